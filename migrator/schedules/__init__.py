"""Schedules: cron's own meaning of them, each target's form of them, and the proof that both fire alike."""

"""Read everything a host or a fleet schedules with cron, and plan where each job should go."""

__version__ = "0.1.0"

"""Tests of the commands, run in this process."""

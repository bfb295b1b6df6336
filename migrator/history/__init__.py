"""Run logs: when, how often and how long the jobs really ran, and what ran that no file has."""

from migrator.history.durations import lasting
from migrator.history.slack import Slack, slack_of
from migrator.history.take import take, with_durations
from migrator.history.types import BadLines, Durations, History, HistoryError, HostLog, JobRuns, LogFile, Stranger

__all__ = [
    "BadLines",
    "Durations",
    "History",
    "HistoryError",
    "HostLog",
    "JobRuns",
    "LogFile",
    "Slack",
    "Stranger",
    "lasting",
    "slack_of",
    "take",
    "with_durations",
]

"""Cloud calls as AWS gets them without a host, one module a service. `native` reads a task's call."""

from migrator.artifacts.calls.call import Allowed, Call, Metric, Poll, Start, State
from migrator.artifacts.calls.native import native
from migrator.artifacts.calls.rendering import rendered, statements
from migrator.artifacts.calls.values import Asked, Joined, Own, Value

__all__ = [
    "Allowed",
    "Asked",
    "Call",
    "Joined",
    "Metric",
    "Own",
    "Poll",
    "Start",
    "State",
    "Value",
    "native",
    "rendered",
    "statements",
]

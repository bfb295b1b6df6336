"""What a shell would do with a command, outcome by outcome, without running anything of it.

The commands that a script starts depend on how those before them ended. Here each is given an outcome, and the shell
tree tells which commands run then, in which order, and what the whole gives (POSIX 2.9, «Shell Commands»).
"""

from migrator.verify.traces.comparing import Runner, differences, scenarios
from migrator.verify.traces.context import NOT_UNDERSTOOD, Context
from migrator.verify.traces.interpreter import ShellRun, shell_trace
from migrator.verify.traces.recording import Event, NotComparableError, Outcomes, Recorder, Trace

__all__ = [
    "NOT_UNDERSTOOD",
    "Context",
    "Event",
    "NotComparableError",
    "Outcomes",
    "Recorder",
    "Runner",
    "ShellRun",
    "Trace",
    "differences",
    "scenarios",
    "shell_trace",
]

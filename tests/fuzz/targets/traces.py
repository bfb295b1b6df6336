"""What a shell would run: told, or refused as not comparable."""

from __future__ import annotations

from migrator.verify.traces import NotComparableError, Outcomes, differences, shell_trace
from tests.fuzz.targets.shell import TARGETS as _SHELL
from tests.fuzz.targets.target import Target, seeds, text_of


def check(data: bytes) -> None:
    """Follow a command through its outcomes, and compare it with itself."""
    command = text_of(data)

    def run(outcomes: Outcomes):
        return shell_trace(command, outcomes)

    try:
        faults, _ = differences(run, run)
    except NotComparableError:
        return
    assert faults == []


TARGETS = (
    Target(
        "traces",
        check,
        (*_SHELL[0].seeds, *seeds('a && b || c; (d; e) & wait; x=$(f) g "$x" | h', "set -e; a; trap 'b' EXIT; exit 2")),
    ),
)

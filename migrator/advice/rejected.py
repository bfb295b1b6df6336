"""Why each target that was not chosen was not: the strongest reason against it, or what the choice itself says."""

from collections.abc import Sequence

from migrator.advice.choice import Choice
from migrator.advice.types import Rejected
from migrator.model import AIRFLOWS, Reason, Target


def rejected_of(choice: Choice, reasons: Sequence[Reason]) -> tuple[Rejected, ...]:
    """Give every other target with its main reason, in the order of the targets."""
    return tuple(Rejected(target, _why(target, choice, reasons)) for target in Target if target is not choice.target)


def _why(target: Target, choice: Choice, reasons: Sequence[Reason]) -> str:
    if choice.pinned:
        guide = " (the guide's answer)" if target is choice.runner_up else ""
        return f"the user pinned {choice.target.label}{guide}"
    if choice.managed and target in AIRFLOWS and choice.target in AIRFLOWS:
        if choice.managed.undecided:
            return f"still open: {choice.target.label} is the guide's answer until the questions about it are answered"
        return f"{choice.target.label} instead: {choice.managed.why}"
    if target is Target.RETAIN and choice.runner_up is Target.RETAIN:
        return "a full option while the host stays and its failures are seen: the runner-up"
    if target is choice.band.runner_up and choice.band.deviation:
        return f"the guide's own answer at this size, and the runner-up; {choice.band.why} take less on Step Functions"
    against = [reason for reason in reasons if reason.target is target and reason.weight < 0]
    if against:
        return min(against, key=lambda reason: reason.weight).text
    if choice.target is Target.RETAIN:
        return f"it stays: {choice.band.why}"
    return f"{choice.target.label} fits better: {choice.band.why}"

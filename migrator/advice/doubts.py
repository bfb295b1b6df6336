"""Dependencies that a person should look at: those just below the threshold, and those just above it.

What the other answer would change is what `turning` found by trying it; ties that would change something come first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from migrator.advice.turning import Turned
from migrator.advice.types import Doubt
from migrator.model import Target
from migrator.model.wording import counted


def doubts_of(turned: Iterable[Turned]) -> tuple[Doubt, ...]:
    """Give the doubtful ties: those that would change a recommendation first, then by how near they are to certain."""
    found = (Doubt(tie.tie, tie.taken, _changes(tie)) for tie in turned)
    return tuple(sorted(found, key=lambda doubt: not doubt.changes))


def _changes(tie: Turned) -> str:
    """Say where jobs would go by the other answer, empty where nothing moves."""
    moves = Counter((one.before, one.after) for one in tie.moved)
    condition = "if it is not real" if tie.taken else "if it is real"
    return f"{condition}, {' and '.join(_moves(moves))}" if moves else ""


def _moves(moves: Counter[tuple[Target, Target]]) -> Iterator[str]:
    for (before, after), count in sorted(moves.items()):
        one = count == 1
        jobs = counted(count, "job")
        if before is after:
            yield f"{after.going} is settled for {jobs}"
        elif after is Target.RETAIN:
            yield f"{jobs} {'stays' if one else 'stay'} on the host instead of going to {before.label}"
        else:
            yield f"{jobs} {'goes' if one else 'go'} to {after.label} instead of {before.going}"

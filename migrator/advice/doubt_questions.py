"""Questions about doubtful ties: those whose answer moves jobs, and those that would make one cluster of two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.advice.standing import Standing
from migrator.advice.turning import Turned, named, tie_question
from migrator.advice.types import Question
from migrator.model import Target
from migrator.model.wording import counted

_SHOWN = 5
_FROM = 0.4


def doubt_questions(standing: Standing, turned: Sequence[Turned]) -> Iterator[Question]:
    """Ask about the ties that settle most jobs one by one, and about the rest in one question."""
    best: dict[tuple[str, ...], Turned] = {}
    asked = sorted(
        (tie for tie in turned if tie.tie.confidence >= _FROM and (tie.moved or _joins(standing, tie))),
        key=lambda tie: (-len(tie.moved), -tie.tie.confidence, tie.tie.upstream, tie.tie.downstream),
    )
    for found in asked:
        # Of two ties between the same clusters, the surer one is asked about; inside one cluster each is its own.
        best.setdefault(
            found.clusters if len(found.clusters) > 1 else (found.tie.upstream, found.tie.downstream), found
        )
    ordered = list(best.values())
    for found in ordered[:_SHOWN]:
        yield _question(standing, found)
    if rest := ordered[_SHOWN:]:
        about = tuple(dict.fromkeys(job for one in rest for job in (one.tie.upstream, one.tie.downstream)))
        are = "Is 1 more doubtful dependency" if len(rest) == 1 else f"Are {len(rest):,} more doubtful dependencies"
        jobs = len({one.job for found in rest for one in found.moved})
        yield Question("depends-others", about, f"{are} real?", "whether more jobs belong together", jobs, bool(jobs))


def _question(standing: Standing, found: Turned) -> Question:
    tie = found.tie
    first, second = named(standing, tie.upstream, tie), named(standing, tie.downstream, tie)
    says = next((piece.says for piece in tie.evidence if piece.says), "")
    settles = "whether they are one cluster in this order"
    if found.moved:
        settles += f", and with that the target of {counted(len({one.job for one in found.moved}), 'job')}"
    return Question(
        tie_question(tie),
        (tie.upstream, tie.downstream),
        f"Does {second} need what {first} does?{f' ({says})' if says else ''}",
        f"{settles}. Add or deny it under `[dependencies]` in migrator.toml",
        len({one.job for one in found.moved}),
        moves=bool(found.moved),
    )


def _joins(standing: Standing, found: Turned) -> bool:
    """Say whether a tie would join clusters that both move."""
    if found.taken or len(found.clusters) < 2:
        return False
    if any(standing.choices[name].target is Target.RETAIN for name in found.clusters):
        return False
    moving = {job.id for name in found.clusters for job in standing.shapes[name].moving}
    return {found.tie.upstream, found.tie.downstream} <= moving

"""What cfn-lint says about templates: which of them it looks at, and the verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path

from migrator.plan import MigrationPlan
from migrator.plan.document import VerdictPart
from migrator.verify import tools
from migrator.verify.files import FOLDER, text_of
from migrator.verify.stack import UnreadError, read_stack
from migrator.verify.verdicts import judged, skipped

_CHECK = "cfn-lint"
_LATER = "left to `migrator verify`, which has cfn-lint look at all files"


def linted(plan: MigrationPlan, folder: Path, most: int | None) -> list[str]:
    """Choose the templates for cfn-lint, the first of the plan as far as `most` characters reach; None for all."""
    if not tools.installed(tools.CFN_LINT):
        return []
    paths = [artifact.path for artifact in plan.artifacts if artifact.path.endswith(".yaml")]
    if most is None:
        return paths
    reached = accumulate(_size(folder / path) for path in paths)
    return [path for path, size in zip(paths, reached, strict=True) if size <= most]


def said_of(path: str, folder: Path) -> tuple[str, ...]:
    """Give what cfn-lint says about a file; nothing about one that cannot be read, which another verdict tells of."""
    try:
        text = text_of(folder / path, folder.resolve() / FOLDER)
        # Deep nesting overflows the stack of cfn-lint's own parser, and with it this process.
        read_stack(path, text)
        return tools.cfn_lint(text)
    except UnreadError:
        return ()


def lint_verdicts(plan: MigrationPlan, read: Iterable[str], said: Mapping[str, Sequence[str]]) -> Iterator[VerdictPart]:
    """Say of each job what cfn-lint says about its template, or why it was not asked; `read` could be read at all."""
    installed = tools.installed(tools.CFN_LINT)
    jobs = {artifact.path: artifact.jobs for artifact in plan.artifacts}
    for path in read:
        told = said.get(path)
        faults = [f"{path}: {message}" for message in told or ()]
        why = _LATER if installed else "cfn-lint is not installed"
        for name in jobs[path] or ("",):
            if told is None:
                yield skipped(name, _CHECK, why if name else f"{path}: {why}", tools.CFN_LINT)
            else:
                yield judged(name, _CHECK, faults, f"it finds nothing in {path}", tools.CFN_LINT)


def _size(place: Path) -> int:
    try:
        return place.stat().st_size
    except OSError:
        return 0

"""What a check of the written files says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import IO

from migrator.model.wording import counted
from migrator.plan import cut
from migrator.plan.document import VerdictPart
from migrator.report.markdown.artifacts import checks_in_words, failures
from migrator.report.terminal.screen import Screen

_MOST_FAULTS = 40


def print_verdicts(verdicts: Sequence[VerdictPart], files: int, stream: IO[str], width: int | None = None) -> None:
    """Show for each check of so many files how often it holds, fails and was not made; then faults and what missed."""
    screen = Screen(stream, width)
    if not verdicts:
        screen.line("The plan lists no files, so there is nothing to check.")
        return
    checks = sorted({(verdict.check, verdict.tool) for verdict in verdicts})
    counts = Counter((verdict.check, verdict.holds) for verdict in verdicts)
    rows = [[check, tool, *(f"{counts[check, holds]:,}" for holds in (True, False, None))] for check, tool in checks]
    screen.table(["Check", "By", "Holds:", "Fails:", "Not made:"], rows)
    found = failures(verdicts)
    for verdict in found[:_MOST_FAULTS]:
        screen.item(f"{verdict.job or 'the shared file'}: {verdict.check}: {cut(verdict.why, 300)}")
    if len(found) > _MOST_FAULTS:
        screen.item(f"{len(found) - _MOST_FAULTS:,} more faults")
    for why in sorted({verdict.why for verdict in verdicts if verdict.holds is None}):
        screen.item(f"not checked: {why}")
    screen.heading(checks_in_words(verdicts, files))
    failed = sum(verdict.holds is False for verdict in verdicts)
    screen.heading(f"{counted(failed, 'check')} failed." if failed else "Every check that could be made holds.")

"""Count the forms of all schedules below a folder, and time reading and the comparison over four years.

Run `python benchmarks/schedule_forms.py [FOLDER] [--tz ZONE …]`. Every distinct schedule gets a form for each target
and is compared with cron, once with the zone that its files tell and once for each zone named. Times are processor
time of this one run.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from migrator.commands.day_guard import job_day_guard
from migrator.model import Job, Schedule, ScheduleKind, Target
from migrator.pipeline import Request, survey
from migrator.schedules.compare import Comparison, compare_all
from migrator.schedules.cron import read
from migrator.schedules.forms import DayTest

CORPUS = Path("../shared/corpus/crontabs")
ZONES = ("Europe/Paris", "America/New_York", "Australia/Lord_Howe")
CLASSES = ("exact", "differs", "not known", "no form")
Question = tuple[Schedule, DayTest | None]


def distinct(jobs: Iterable[Job]) -> list[Question]:
    """List each schedule once, with the test of the day that its command begins with."""
    found: dict[Question, None] = {}
    for job in jobs:
        found[job.schedule, job_day_guard(job)] = None
    return list(found)


def verdict(comparison: Comparison) -> str:
    """Name what came out of a comparison."""
    if comparison.form.why_not is not None:
        return "no form"
    if comparison.exact is None:
        return "not known"
    return "exact" if comparison.exact else "differs"


def measure_reading(schedules: list[Schedule]) -> None:
    """Time the reading of the expressions, new ones and again."""
    texts = sorted({(one.text, one.dialect) for one in schedules if one.kind is ScheduleKind.CRON})
    # Wider blanks make a text that is not remembered yet.
    wider = [(text.replace(" ", "  "), dialect) for text, dialect in texts]
    for name, lines in (("new", wider), ("again", texts)):
        begin = time.process_time()
        for text, dialect in lines:
            read(text, dialect)
        took = time.process_time() - begin
        print(f"reading {len(lines):,} expressions, {name}: {len(lines) / took:,.0f}/s")


def measure_forms(questions: list[Question], where: str) -> None:
    """Compare all, and print a row for each target."""
    begin = time.process_time()
    found = [compare_all(schedule, test) for schedule, test in questions]
    seconds = time.process_time() - begin
    print(
        f"\n{where}: {len(found):,} schedules, all targets, four years: {seconds:.2f} s, {len(found) / seconds:,.0f}/s"
    )
    print(f"  {'':16}" + "".join(f"{name:>10}" for name in CLASSES) + f"{'split':>10}{'guarded':>10}{'by UTC':>10}")
    for target in Target:
        proofs = [proof[target] for proof in found if target in proof]
        if not proofs:
            continue
        counts = Counter(map(verdict, proofs))
        split = sum(len(proof.form.expressions) > 1 for proof in proofs)
        guarded = sum(proof.form.guard is not None for proof in proofs)
        by_utc = sum(any(note.startswith("by UTC") for note in proof.form.notes) for proof in proofs)
        row = "".join(f"{counts[name]:10,}" for name in CLASSES)
        print(f"  {target.value:16}{row}{split:10,}{guarded:10,}{by_utc:10,}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS if CORPUS.is_dir() else Path("samples"))
    parser.add_argument("--tz", action="append", metavar="ZONE", help="zones to compare in", default=None)
    wanted = parser.parse_args()
    jobs = survey(Request(paths=(str(wanted.folder),))).inventory.jobs
    questions = distinct(jobs)
    lifted = sum(test is not None for _, test in questions)
    print(
        f"{wanted.folder}: {len(jobs):,} jobs, {len(questions):,} distinct schedules, {lifted} with a test of the day"
    )
    measure_reading([schedule for schedule, _ in questions])
    measure_forms(questions, "zones as the files tell them")
    for zone in wanted.tz or ZONES:
        moved = [(replace(schedule, timezone=zone), test) for schedule, test in questions]
        measure_forms(moved, zone)


if __name__ == "__main__":
    main()

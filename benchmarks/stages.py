"""Time one `migrator plan` by stage: seconds and the peak memory when each stage ends.

Run `python benchmarks/stages.py PATH` for a table, or with `--json` for one line that other benchmarks read. It does
what the command does, in this process, and throws the plan away. Then python-crontab merely parses the same tabs, which
the last line compares with. `--until-plan` leaves out the targets' files, their checks and the pictures.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from crontab import CronTab

from migrator import pipeline, report
from migrator.collecting import seldom_collected

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): kilobytes on Linux, bytes on macOS


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage's wall and processor seconds, and the peak resident memory in MiB at its end.

    `others` are the processor seconds of the processes that it started and that have ended.
    """

    name: str
    wall: float
    cpu: float
    peak: float
    others: float = 0.0


class Watch:
    """A progress callback that takes the time between stages."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self._open = "start"
        self._since = self._now()

    def __call__(self, stage: str, _done: int, _of: int) -> None:
        """Close the stage that is open when another begins."""
        if stage == self._open:
            return
        now = self._now()
        wall, cpu, others = (after - before for before, after in zip(self._since, now, strict=True))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 2**20
        self.stages.append(Stage(self._open, wall, cpu, peak, others))
        self._open, self._since = stage, now

    @staticmethod
    def _now() -> tuple[float, float, float]:
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        return time.perf_counter(), time.process_time(), children.ru_utime + children.ru_stime


def measure(path: str, *, pictures: bool = True, complete: bool = True) -> tuple[Stage, ...]:
    """Plan what lies below a path, and write the plan into a folder that is thrown away."""
    watch = Watch()
    made = pipeline.with_artifacts if complete else None
    with tempfile.TemporaryDirectory(prefix="migrator-benchmark-") as scratch, seldom_collected():
        found = pipeline.survey(pipeline.Request(paths=(path,)), watch)
        plan = pipeline.make_plan(found, watch)
        watch("writing", 0, 1)
        report.write(plan, Path(scratch) / "plan", watch, pictures=pictures and complete, complete=made)
        watch("end", 0, 0)
    return tuple(stage for stage in watch.stages if stage.name != "start")


def parsed(path: str) -> tuple[float, int]:
    """Parse the tabs of a folder of root trees with python-crontab; give the processor seconds and the entries."""
    users = sorted(Path(path).glob("**/var/spool/cron/crontabs/*"))
    systems = sorted(Path(path).glob("**/etc/cron.d/*"))
    begin, entries = time.process_time(), 0
    for tab in users:
        entries += len(list(CronTab(tab=tab.read_text())))
    for tab in systems:
        entries += len(list(CronTab(tab=tab.read_text(), user=False)))
    return time.process_time() - begin, entries


def show(stages: tuple[Stage, ...], theirs: float, entries: int) -> None:
    """Print a row a stage, and the whole beside the other's parsing."""
    print(f"{'stage':12}{'wall s':>9}{'cpu s':>9}{'others':>9}{'MiB':>8}")
    for stage in stages:
        print(f"{stage.name:12}{stage.wall:9.2f}{stage.cpu:9.2f}{stage.others:9.2f}{stage.peak:8.0f}")
    wall, cpu, others = (sum(getattr(stage, name) for stage in stages) for name in ("wall", "cpu", "others"))
    print(f"{'whole':12}{wall:9.2f}{cpu:9.2f}{others:9.2f}{max(stage.peak for stage in stages):8.0f}")
    if entries:
        ratio = (cpu + others) / theirs
        print(
            f"python-crontab parses {entries:,} entries in {theirs:.2f} cpu s; the whole takes {ratio:.1f} times that"
        )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-pictures", action="store_true")
    parser.add_argument("--until-plan", action="store_true")
    given = parser.parse_args()
    stages = measure(given.path, pictures=not given.no_pictures, complete=not given.until_plan)
    if given.json:
        print(json.dumps([asdict(stage) for stage in stages]))
        return
    show(stages, *parsed(given.path))


if __name__ == "__main__":
    main()

"""Time one `migrator plan` by stage: seconds and the peak memory when each stage ends.

Run `python benchmarks/stages.py PATH` for a table, or with `--json` for one line that other benchmarks read. It does
what the command does, in this process, and throws the plan away.
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

from migrator import pipeline, report
from migrator.commands.collecting import seldom_collected

_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): kilobytes on Linux, bytes on macOS


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage's wall and processor seconds, and the peak resident memory in MiB at its end."""

    name: str
    wall: float
    cpu: float
    peak: float


class Watch:
    """A progress callback that takes the time between stages."""

    def __init__(self) -> None:
        self.stages: list[Stage] = []
        self._open = "start"
        self._wall, self._cpu = time.perf_counter(), time.process_time()

    def __call__(self, stage: str, _done: int, _of: int) -> None:
        """Close the stage that is open when another begins."""
        if stage == self._open:
            return
        wall, cpu = time.perf_counter(), time.process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _RSS_UNIT / 2**20
        self.stages.append(Stage(self._open, wall - self._wall, cpu - self._cpu, peak))
        self._open, self._wall, self._cpu = stage, wall, cpu


def measure(path: str, *, pictures: bool = True) -> tuple[Stage, ...]:
    """Plan what lies below a path, and write the plan into a folder that is thrown away."""
    watch = Watch()
    with tempfile.TemporaryDirectory(prefix="migrator-benchmark-") as scratch, seldom_collected():
        found = pipeline.survey(pipeline.Request(paths=(path,)), watch)
        plan = pipeline.make_plan(found, watch)
        report.write(plan, Path(scratch) / "plan", watch, pictures=pictures, complete=pipeline.with_artifacts)
        watch("end", 0, 0)
    return tuple(stage for stage in watch.stages if stage.name != "start")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--no-pictures", action="store_true")
    given = parser.parse_args()
    stages = measure(given.path, pictures=not given.no_pictures)
    if given.json:
        print(json.dumps([asdict(stage) for stage in stages]))
        return
    for stage in stages:
        print(f"{stage.name:12}{stage.wall:9.2f} s{stage.cpu:9.2f} cpu s{stage.peak:8.0f} MiB")
    print(f"{'whole':12}{sum(stage.wall for stage in stages):9.2f} s{sum(stage.cpu for stage in stages):9.2f} cpu s")


if __name__ == "__main__":
    main()

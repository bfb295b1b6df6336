"""Time `migrator scan` and `migrator plan` on generated fleets of growing size, side by side in one run.

Every run is a process of its own, so that its peak memory is its own. The time of `migrator --version` is printed too:
it is what a run costs before it reads anything. The last column is the time a line takes, held against the
smallest fleet: a stage that is linear stays near 1.

Run `python benchmarks/main_job.py [SIZE …]`; sizes are crontab lines (1000 10000 100000).
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import fleet

SIZES = (1_000, 10_000, 100_000)
DONE = (0, 11)  # 11: done, but something is unread or undecided
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # getrusage(2): kilobytes on Linux, bytes on macOS


@dataclass(frozen=True, slots=True)
class Run:
    """Wall time and processor time in seconds, peak resident memory in MiB."""

    wall: float
    cpu: float
    peak: float


def run(arguments: list[str], scratch: Path) -> Run:
    """Run migrator with `arguments` and measure it; leave with its message where it failed."""
    command = [sys.executable, "-m", "migrator", *arguments]
    errors = scratch / "stderr.txt"
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, str(errors), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600),
    ]
    start = time.perf_counter()
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - start
    if os.waitstatus_to_exitcode(status) not in DONE:
        sys.exit(f"migrator {' '.join(arguments)} failed:\n{errors.read_text(errors='replace')[-2000:]}")
    return _measured(wall, usage)


def _measured(wall: float, usage: resource.struct_rusage) -> Run:
    return Run(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT / 2**20)


def report(sizes: tuple[int, ...], scratch: Path, seed: int) -> None:
    """Print a row a stage and size."""
    start_up = run(["--version"], scratch)
    print(f"start-up {start_up.wall:.2f} s, {start_up.peak:.0f} MiB")
    print(f"{'stage':6} {'lines':>8} {'hosts':>6} {'s':>8} {'cpu s':>8} {'lines/s':>9} {'MiB':>7} {'s/line':>8}")
    first: dict[str, float] = {}
    for size in sizes:
        tree = scratch / f"fleet-{size}"
        count = fleet.write(tree, size, seed=seed)
        for stage, arguments in (("scan", ["--json"]), ("plan", ["-o", str(scratch / f"plan-{size}")])):
            found = run([stage, str(tree), *arguments], scratch)
            busy = max(found.wall - start_up.wall, 1e-9)
            each = busy / size
            ratio = each / first.setdefault(stage, each)
            print(
                f"{stage:6} {size:8} {count:6} {found.wall:8.2f} {found.cpu:8.2f} "
                f"{size / busy:9.0f} {found.peak:7.0f} {ratio:7.2f}x",
                flush=True,
            )


def main() -> None:
    """Measure in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrator-benchmark-") as scratch:
        report(tuple(sorted(given.sizes)), Path(scratch), given.seed)


if __name__ == "__main__":
    main()

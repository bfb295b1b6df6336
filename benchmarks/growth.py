"""Print time against size for shapes that break planners: the time an item takes should stay as it is.

The shapes: one chain of jobs, each reading what the one before it wrote; one file of very many lines; a folder of very
many files; jobs that all write into one folder, which one job reads; jobs that all call one script; one line on very
many hosts. Each is planned at three sizes, doubling, by stage. The columns behind a stage's seconds say by what power
of the size they grew, from the smallest to the largest: 1 is linear, 2 is quadratic. Stages below half a second say
nothing.

Run `python benchmarks/growth.py [SHAPE …] [--share 1.0]`; `--share` makes all sizes smaller.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

STAGES = Path(__file__).with_name("stages.py")
_LONG_ENOUGH = 0.5


def chain(folder: Path, size: int) -> None:
    """Write a crontab of one chain."""
    lines = (
        f"{number % 60} {number // 60 % 24} * * * "
        f"/opt/bin/refine /srv/data/step{number}.csv > /srv/data/step{number + 1}.csv"
        for number in range(size)
    )
    _crontab(folder, lines)


def long_file(folder: Path, size: int) -> None:
    """Write one crontab; one line in ten is a job that no other line has, the others are of ten kinds."""
    lines = (
        f"5 4 * * * /opt/bin/task{number} --quiet" if number % 10 == 0 else f"*/5 * * * * /opt/bin/usual{number % 7}"
        for number in range(size)
    )
    _crontab(folder, lines)


def wide_folder(folder: Path, size: int) -> None:
    """Write a folder of files that are none of cron's, beside one crontab that calls some of them."""
    scripts = folder / "scripts"
    scripts.mkdir(parents=True)
    for number in range(size):
        (scripts / f"task{number}.sh").write_text(f"#!/bin/sh\n/opt/bin/work {number}\n", encoding="utf-8")
    _crontab(folder, (f"{number % 60} 3 * * * /srv/scripts/task{number * 100}.sh" for number in range(size // 100)))


def one_folder(folder: Path, size: int) -> None:
    """Write jobs that write into one folder, and one that reads it."""
    lines = [f"{number % 60} 3 * * * /opt/bin/fetch {number} > /srv/in/part{number}.csv" for number in range(size)]
    _crontab(folder, [*lines, "0 5 * * * cat /srv/in/*.csv > /srv/out/all.csv"])


def one_script(folder: Path, size: int) -> None:
    """Write jobs that call one script with an argument each, which names what it writes."""
    script = folder / "bin/export.sh"
    script.parent.mkdir(parents=True)
    script.write_text('#!/bin/sh\n/opt/bin/export "$1" > "/srv/out/$1.csv"\n', encoding="utf-8")
    _crontab(
        folder, (f"{number % 60} {number // 60 % 24} * * * /srv/bin/export.sh table{number}" for number in range(size))
    )


def replicas(folder: Path, size: int) -> None:
    """Write one line on very many hosts."""
    for number in range(size):
        root = folder / f"host{number}"
        (root / "etc").mkdir(parents=True)
        (root / "etc/hostname").write_text(f"host{number}\n", encoding="utf-8")
        (root / "etc/crontab").write_text("5 4 * * * root /opt/bin/facts > /var/lib/facts.txt\n", encoding="utf-8")


SHAPES: Mapping[str, tuple[Callable[[Path, int], None], int]] = {
    "chain": (chain, 20_000),
    "long-file": (long_file, 1_000_000),
    "wide-folder": (wide_folder, 100_000),
    "one-folder": (one_folder, 5_000),
    "one-script": (one_script, 5_000),
    "replicas": (replicas, 10_000),
}


def _crontab(folder: Path, lines: Iterable[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "crontab").open("w", encoding="utf-8") as stream:
        stream.writelines(f"{line}\n" for line in lines)


def measured(folder: Path, most: int) -> dict[str, float] | None:
    """Give the seconds of all processors in each stage, None where the whole takes longer than `most` seconds."""
    command = [sys.executable, str(STAGES), str(folder), "--json", "--no-pictures"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=most, check=True)
    except subprocess.TimeoutExpired:
        return None
    seconds: Counter[str] = Counter()
    for stage in json.loads(done.stdout):
        seconds[stage["name"]] += stage["cpu"] + stage["others"]
    return dict(seconds)


def report(name: str, share: float, most: int, scratch: Path) -> None:
    """Measure a shape at a quarter, a half and the whole of its size."""
    make, whole = SHAPES[name]
    sizes = [max(4, round(whole * share / part)) for part in (4, 2, 1)]
    found: list[dict[str, float]] = []
    for size in sizes:
        folder = scratch / f"{name}-{size}"
        make(folder, size)
        seconds = measured(folder, most)
        if seconds is None:
            print(f"{name} {size:,}: more than {most} s", flush=True)
            break
        found.append(seconds)
    if not found:
        return
    print(f"{name}: {', '.join(f'{size:,}' for size in sizes[: len(found)])}")
    for stage in [*found[0], "whole"]:
        row = [sum(one.values()) if stage == "whole" else one[stage] for one in found]
        print(f"  {stage:12}{''.join(f'{seconds:9.2f}' for seconds in row)} s{_power(row, sizes)}", flush=True)


def _power(row: list[float], sizes: list[int]) -> str:
    if len(row) < 2 or row[-1] < _LONG_ENOUGH or row[0] <= 0:
        return ""
    return f"{math.log(row[-1] / row[0]) / math.log(sizes[len(row) - 1] / sizes[0]):8.2f}"


def main() -> None:
    """Measure in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shapes", nargs="*", metavar="SHAPE", help=", ".join(SHAPES))
    parser.add_argument("--share", type=float, default=1.0, help="of the sizes (%(default)s)")
    parser.add_argument("--most", type=int, default=900, help="seconds for one plan (%(default)s)")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="migrator-benchmark-") as scratch:
        for name in given.shapes or SHAPES:
            report(name, given.share, given.most, Path(scratch))


if __name__ == "__main__":
    main()

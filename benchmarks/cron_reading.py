"""Measure the reading of cron schedules and crontabs, beside python-crontab and croniter on the same lines.

Run `python benchmarks/cron_reading.py [--lines N] [--expressions N] [--seed N]`. Everything is measured in this one
run, in processor time; the best of three rounds counts. No command is read twice but in «again»: there all lines are
those of an earlier round. «Schedules met before» are remembered by their text, as most of a fleet's are; «every
schedule new» is the other end: no expression occurs twice, and hardly any field is a plain star.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import crontab
from croniter import croniter

from migrator.model import CronFields, Dialect, Schedule
from migrator.schedules.cron import fire_minutes, fires_in_year, in_words, read
from migrator.sources.grammar import read_crontab
from migrator.sources.items import Entry, Format, SourceFile

ROUNDS = 3
FILE_LINES = 10
FOUR_YEARS = (1767225600, 1767225600 + (4 * 365 + 1) * 86_400)
COMMANDS = (
    "/opt/etl/load.sh --table orders{} >> /var/log/load.log 2>&1",
    "cd /srv/app{} && python manage.py sync",
    "/usr/local/bin/backup --set {} --quiet",
    "curl -fsS https://example.org/ping/{} > /dev/null",
)
WITH_PERCENT, PERCENT_SHARE = "tar czf /backup/{}-$(date +\\%F).tgz /etc", 0.05
CORPUS = Path(__file__).parents[2] / "shared" / "corpus" / "crontabs"


def field(draw: random.Random, low: int, high: int) -> str:
    """Draw a field as people write them: mostly a number or a star, sometimes a list, a range or a step."""
    kind = draw.random()
    if kind < 0.35:
        return "*"
    if kind < 0.65:
        return str(draw.randint(low, high))
    if kind < 0.75:
        return (
            f"*/{draw.choice((2, 3, 4, 5, 6, 10, 12, 15, 20, 30))}" if high == 59 else f"*/{draw.choice((2, 3, 4, 6))}"
        )
    first = draw.randint(low, high - 1)
    if kind < 0.9:
        return f"{first}-{draw.randint(first + 1, high)}"
    return ",".join(map(str, sorted(draw.sample(range(low, high + 1), 3))))


def expression(draw: random.Random) -> str:
    """Draw five fields."""
    return " ".join(field(draw, low, high) for low, high in ((0, 59), (0, 23), (1, 28), (1, 12), (0, 6)))


def usual(draw: random.Random) -> str:
    """Draw five fields as real crontabs have them: the day fields are seldom set, and hardly ever both."""
    words = [field(draw, 0, 59), field(draw, 0, 23), "*", "*", "*"]
    for index, low, high, share in ((2, 1, 28, 0.03), (3, 1, 12, 0.04), (4, 0, 6, 0.15)):
        if draw.random() < share:
            words[index] = field(draw, low, high)
    return " ".join(words)


def best(measured: Callable[[], object]) -> float:
    """Give the seconds of the fastest round."""
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        measured()
        seconds.append(time.process_time() - begin)
    return min(seconds)


def timed(measured: Callable[[list[str]], object], files: list[str]) -> float:
    """Give the seconds of one round."""
    begin = time.process_time()
    measured(files)
    return time.process_time() - begin


def small_files(draw: random.Random, lines: int, schedules: Sequence[str]) -> list[str]:
    """Write crontabs of a few lines each, every command another."""
    entries = []
    for schedule in schedules[:lines]:
        command = WITH_PERCENT if draw.random() < PERCENT_SHARE else draw.choice(COMMANDS)
        entries.append(f"{schedule} {command.format(draw.getrandbits(64))}\n")
    return ["MAILTO=ops\n" + "".join(entries[at : at + FILE_LINES]) for at in range(0, lines, FILE_LINES)]


def ours(files: list[str]) -> int:
    """Read the files with migrator; count the jobs."""
    jobs = 0
    for text in files:
        source = SourceFile("tab", Format.CRONTAB, text.encode())
        reading = read_crontab(source, Dialect.DEBIAN, user_column=False)
        jobs += sum(isinstance(item, Entry) for item in reading.items)
    return jobs


def theirs(files: list[str]) -> int:
    """Read the files with python-crontab; count the jobs."""
    return sum(len(list(crontab.CronTab(tab=text))) for text in files)


def fields_of(text: str) -> CronFields:
    """Read an expression that is known to be good."""
    found = read(text, Dialect.DEBIAN)
    if not isinstance(found, Schedule) or found.fields is None:
        raise SystemExit(f"not read: {text}")
    return found.fields


def distinct(draw: random.Random, count: int) -> list[str]:
    """Draw expressions until enough are different."""
    found: dict[str, None] = {}
    while len(found) < count:
        found[expression(draw)] = None
    return list(found)


def read_by_both(paths: Iterable[Path]) -> list[str]:
    """Give the files that python-crontab can read too."""
    texts = []
    for path in sorted(paths):
        try:
            text = path.read_bytes().decode()
            theirs([text])
        except (UnicodeDecodeError, ValueError, KeyError, IndexError):
            continue
        texts.append(text)
    return texts


def print_lines(draw: random.Random, lines: int) -> None:
    """Measure whole small files, made ones and the corpus where it lies beside the project."""
    schedules = [usual(draw) for _ in range(lines)]
    ours(small_files(draw, lines, schedules))
    met = min(timed(ours, small_files(draw, lines, schedules)) for _ in range(ROUNDS))
    files = small_files(draw, lines, schedules)
    again, slow = best(lambda: ours(files)), best(lambda: theirs(files))
    fresh = distinct(draw, ROUNDS * lines)
    new = [small_files(draw, lines, fresh[at : at + lines]) for at in range(0, ROUNDS * lines, lines)]
    mine, yours = min(timed(ours, each) for each in new), min(timed(theirs, each) for each in new)
    print(f"crontabs of {FILE_LINES} entries, {lines} in all: read {ours(files)}, python-crontab {theirs(files)}")
    rows = (("schedules met before", met, slow), ("again", again, slow), ("every schedule new", mine, yours))
    for name, seconds, other in rows:
        print_row(name, lines / seconds, lines / other)
    if CORPUS.is_dir():
        texts = read_by_both(path for path in CORPUS.iterdir() if path.suffix not in (".tsv", ".md"))
        count = sum(text.count("\n") for text in texts)
        seconds, other = best(lambda: ours(texts)), best(lambda: theirs(texts))
        print(f"real crontabs, {len(texts)} files, {count} lines, comments and all")
        print_row("again", count / seconds, count / other)


def print_row(name: str, rate: float, other: float) -> None:
    """Print two rates of lines and their ratio."""
    print(f"  {name:22}{rate:10,.0f} lines/s, python-crontab {other:8,.0f}: {rate / other:5.1f} times")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=2_000)
    parser.add_argument("--expressions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    draw = random.Random(wanted.seed)
    print_lines(draw, wanted.lines)
    texts = distinct(draw, wanted.expressions)
    some = texts[:5_000]
    new = timed(lambda texts: [read(text, Dialect.DEBIAN) for text in texts], some)
    again = best(lambda: [read(text, Dialect.DEBIAN) for text in some])
    slices = best(lambda: [crontab.CronSlices(text) for text in some])
    theirs_too = best(lambda: [croniter(text) for text in some])
    print(f"{len(some):,} distinct expressions read")
    rows = (("migrator, new", new), ("migrator, again", again), ("python-crontab", slices), ("croniter", theirs_too))
    for name, seconds in rows:
        print(f"  {name:20}{len(some) / seconds:10,.0f} expressions/s    {slices / seconds:5.1f} times python-crontab")

    begin = time.process_time()
    total = sum(fires_in_year(fields_of(text), 2027) for text in texts)
    took = time.process_time() - begin
    print(f"fires in 2027 of {len(texts):,} distinct expressions, reading included: {took:.2f} s ({total:,} fires)")

    begin = time.process_time()
    for text in some:
        found = read(text, Dialect.DEBIAN)
        if isinstance(found, Schedule):
            in_words(found)
    print(f"words: {len(some) / (time.process_time() - begin):,.0f} expressions/s")

    paris = ZoneInfo("Europe/Paris")
    for dialect in (Dialect.DEBIAN, Dialect.KUBERNETES):
        lists = [fields_of(text) for text in texts[:500]]
        begin = time.process_time()
        minutes = sum(len(fire_minutes(fields, dialect, paris, *FOUR_YEARS)) for fields in lists)
        took = time.process_time() - begin
        print(
            f"four years of fires, Europe/Paris, {dialect.value}: {len(lists) / took:,.0f} lists/s ({minutes:,} fires)"
        )
    every = fields_of("* * * * *")
    print(f"four years of `* * * * *`: {best(lambda: fire_minutes(every, Dialect.DEBIAN, paris, *FOUR_YEARS)):.2f} s")


if __name__ == "__main__":
    main()

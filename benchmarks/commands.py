"""Measure the study of commands: from a command's text to its facts, where no script is followed.

Run `python benchmarks/commands.py [--lines N] [--seed N]`. Lines are drawn by the shares that public crontabs have.
«Distinct» commands were never seen before; «repeated» ones are those of a fleet, each text ten times. With `../shared`
beside the project, the lines of its corpus are measured too, and those that were not understood are counted.
Everything is measured in processor time, on one core.
"""

from __future__ import annotations

import argparse
import csv
import random
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import fleet

from migrator.commands import analyse
from migrator.model import Dialect, Job, JobId, Origin, Schedule, ScheduleKind
from migrator.shell import parse, walk
from migrator.shell.parser import _parse_short
from migrator.shell.tree import Opaque
from migrator.sources.grammar import read_crontab
from migrator.sources.items import Entry, Format, SourceFile
from migrator.sources.tree import Located

LINES = 15_000
REPEATS = 10
ROUNDS = 3
CORPUS = Path(__file__).resolve().parents[2] / "shared/corpus/crontabs"

NOUNS = [
    "orders",
    "stock",
    "invoices",
    "visits",
    "claims",
    "meters",
    "routes",
    "tickets",
    "prices",
    "parcels",
    "users",
    "feeds",
    "reports",
    "mirror",
    "archive",
    "index",
    "cache",
    "sessions",
    "quota",
    "backup",
    "sensors",
    "forecast",
    "tides",
    "alerts",
    "photos",
    "ledger",
    "digest",
    "search",
    "queue",
    "stats",
    "radar",
]
VERBS = [
    "sync",
    "load",
    "export",
    "import",
    "update",
    "rebuild",
    "clean",
    "fetch",
    "send",
    "publish",
    "refresh",
    "check",
    "rotate",
    "build",
    "push",
    "scrape",
]
APPS = [
    "shop",
    "portal",
    "wiki",
    "crm",
    "forum",
    "billing",
    "weather",
    "library",
    "intranet",
    "registry",
    "tracker",
    "gallery",
]
USERS = ["deploy", "app", "www", "ubuntu", "etl", "ops", "planet", "data"]

Draw = random.Random
Template = Callable[[Draw], str]


def name(draw: Draw) -> str:
    """Draw the name of a task, rarely the same twice."""
    return f"{draw.choice(VERBS)}_{draw.choice(NOUNS)}{draw.choice(('', '', '_' + str(draw.randint(1, 999))))}"


def folder(draw: Draw) -> str:
    """Draw the folder of an application."""
    app = f"{draw.choice(APPS)}{draw.choice(('', '', str(draw.randint(1, 99))))}"
    below = ("/srv/{}", "/var/www/{}/current", "/home/{user}/{}", "/opt/{}", "/data/www/{}.example.org", "~/{}")
    return draw.choice(below).format(app, user=draw.choice(USERS))


def log(draw: Draw) -> str:
    """Draw what becomes of the output, as often as crontabs say so."""
    chance, task = draw.random(), name(draw)
    if chance < 0.55:
        return ""
    if chance < 0.65:
        return " > /dev/null 2>&1"
    if chance < 0.9:
        return f" >> /var/log/{draw.choice(APPS)}/{task}.log 2>&1"
    if chance < 0.95:
        return f" >> {folder(draw)}/logs/$(date +%Y%m%d)-{task}.log 2>&1"
    return f" > {folder(draw)}/{task}.txt"


def options(draw: Draw) -> str:
    """Draw a few arguments."""
    made = []
    while draw.random() < 0.35:
        made.append(
            draw.choice(
                (
                    f"--{draw.choice(NOUNS)}={draw.randint(1, 500)}",
                    f"--{draw.choice(NOUNS)} {draw.choice(NOUNS)}",
                    "-v",
                    "--quiet",
                    f"{draw.randint(1, 48)}",
                    f"-o /srv/out/{name(draw)}.csv",
                    f'"{draw.choice(NOUNS)} {draw.choice(NOUNS)}"',
                )
            )
        )
    return "".join(f" {each}" for each in made)


def framework(draw: Draw) -> str:
    """Draw a task of a framework, behind its folder."""
    program = draw.choice(
        (
            "/usr/bin/python manage.py cron",
            "python manage.py",
            "php artisan",
            "/usr/bin/python3 manage.py",
            "php bin/console",
        )
    )
    joint = draw.choice(("; ", " && ", ";"))
    return f"cd {folder(draw)}{joint}{program} {name(draw)}{options(draw)}{log(draw)}"


def interpreter(draw: Draw) -> str:
    """Draw a script behind its interpreter."""
    language, ending = draw.choice(
        (
            ("/usr/bin/python3", "py"), ("python", "py"), ("python3", "py"), ("venv/bin/python", "py"),
            ("php", "php"), ("/usr/bin/php -f", "php"), ("node", "mjs"), ("perl", "pl"), ("sh", "sh"),
            ("/bin/bash", "sh"),
        )
    )  # fmt: skip
    before = draw.choice(("", "", "", f"cd {folder(draw)} && ", "nice ", "nice -n 19 ", "NODE_ENV=production "))
    return f"{before}{language} {folder(draw)}/bin/{name(draw)}.{ending}{options(draw)}{log(draw)}"


def script(draw: Draw) -> str:
    """Draw a script that is called by its path."""
    ending = draw.choice((".sh", ".sh", ".sh", "", ".pl", ".py", ".csh"))
    before = draw.choice(("", "", "", "", f"cd {folder(draw)}; ", f". {folder(draw)}/env; ", "source ~/.profile && "))
    path = draw.choice(("./", f"{folder(draw)}/", "$HOME/bin/", "/usr/local/bin/"))
    return f"{before}{path}{name(draw)}{ending}{options(draw)}{log(draw)}"


def guarded(draw: Draw) -> str:
    """Draw a guard before the work, as packages have them."""
    path = f"/usr/{draw.choice(('s', ''))}bin/{name(draw)}"
    return draw.choice(
        (
            f"test -x {path} && {path}{options(draw)}",
            f"[ -x {path} ] && {path} -q{log(draw)}",
            f"if [ -x {path} ]; then {path}{options(draw)}; fi",
            f"command -v {name(draw)} > /dev/null && {path} {draw.randint(1, 60)}",
            f"[ $(date +%d) -le {draw.randint(1, 7)} ] && {path}{log(draw)}",
        )
    )


def housekeeping(draw: Draw) -> str:
    """Draw work on files and databases."""
    place, task = folder(draw), name(draw)
    return draw.choice(
        (
            f"find {place}/tmp -type f -mtime +{draw.randint(1, 60)} -delete",
            f"find {place} -name '*.{draw.choice(NOUNS)}' -mmin +{draw.randint(5, 90)} -exec rm {{}} \\;",
            f"tar czf /backup/{task}-$(date +%F).tgz {place}{log(draw)}",
            f"mysqldump -u root {draw.choice(NOUNS)}_{draw.randint(1, 99)} | gzip > /backup/{task}-$(date +%F).sql.gz",
            f"psql -d {draw.choice(APPS)} -c 'delete from {draw.choice(NOUNS)} where id < {draw.randint(1, 9999)}'",
            f"rm -f {place}/cache/{task}.lock",
        )
    )


def network(draw: Draw) -> str:
    """Draw a call or a copy over the network."""
    app, task = draw.choice(APPS), name(draw)
    return draw.choice(
        (
            f"curl -fsS https://{app}.example.org/cron/{task}?key={draw.randint(1, 9999)} > /dev/null",
            f"wget -q -O - http://{app}.example.org/{task}.php{log(draw)}",
            f"rsync -az --delete {folder(draw)}/ backup@{app}.example.org:/srv/{task}/{log(draw)}",
            f"aws s3 cp {folder(draw)}/{task}.csv s3://{app}-lake/{task}/{log(draw)}",
            f"scp -q {folder(draw)}/{task}.csv {app}@db{draw.randint(1, 9)}:/incoming/",
        )
    )


def wrapped(draw: Draw) -> str:
    """Draw wrappers, locks, containers, subshells and backgrounds."""
    inner = draw.choice((script, interpreter))(draw)
    task = name(draw)
    return draw.choice(
        (
            f"flock -n /var/lock/{task}.lock {folder(draw)}/{task}.sh{log(draw)}",
            f"docker exec -t {task} /app/{task}.sh{log(draw)}",
            f"docker compose -f {folder(draw)}/docker-compose.yml run --rm {task}{log(draw)}",
            f"({inner})",
            f"sudo -u {draw.choice(USERS)} {folder(draw)}/{task}.sh{log(draw)}",
            f"sleep {draw.randint(5, 50)}; {inner}",
            f"nohup {folder(draw)}/{task}.sh{log(draw)} &",
            f"bash -c '{folder(draw)}/{task}.sh{options(draw)}'",
            f"timeout {draw.randint(1, 9)}m {folder(draw)}/{task}.sh || echo {task} failed",
            f"run-parts /etc/{task}",
        )
    )


SHARES: tuple[tuple[float, Template], ...] = (
    (22, framework),
    (28, interpreter),
    (28, script),
    (5, guarded),
    (6, housekeeping),
    (5, network),
    (6, wrapped),
)


def commands(count: int, seed: int) -> Iterator[str]:
    """Yield distinct commands, the same for the same seed."""
    draw = random.Random(seed)
    templates = [template for _, template in SHARES]
    weights = [weight for weight, _ in SHARES]
    seen: set[str] = set()
    while len(seen) < count:
        text = draw.choices(templates, weights)[0](draw)
        if text not in seen:
            seen.add(text)
            yield text


class NoFiles:
    """A tree without a file: no script is followed."""

    def locate(self, _written: str, _expanded: str | None, _host: str | None) -> Located | None:
        """Find nothing."""
        return None

    def text(self, _path: str) -> str | None:
        """Hold nothing."""
        return None

    def names(self, _folder: str, _host: str | None) -> tuple[str, ...]:
        """List nothing."""
        return ()


DAILY = Schedule(ScheduleKind.CRON, "0 2 * * *", Dialect.DEBIAN)


def jobs_of(texts: Sequence[str]) -> list[Job]:
    """Make a job of each command."""
    return [
        Job(
            id=JobId(f"j{number}"),
            title=f"j{number}",
            origin=Origin("crontab", number),
            source="crontab",
            text=text,
            host="host",
            user="app",
            owner=None,
            schedule=DAILY,
            command=text,
            stdin=None,
            shell="/bin/sh",
            settings=(),
        )
        for number, text in enumerate(texts, start=1)
    ]


def corpus() -> tuple[list[str], list[str]]:
    """Give the commands of the corpus' crontabs, and those of its templates, which are none until they are filled."""
    found: tuple[list[str], list[str]] = ([], [])
    with (CORPUS / "SOURCES.tsv").open(encoding="utf-8", newline="") as table:
        kinds = {row["file"]: row["kind"] for row in csv.DictReader(table, delimiter="\t")}
    for name, kind in sorted(kinds.items()):
        named = kind in ("system-crontab", "cron.d")
        source = SourceFile(name, Format.SYSTEM_CRONTAB if named else Format.CRONTAB, (CORPUS / name).read_bytes())
        reading = read_crontab(source, Dialect.DEBIAN, user_column=named)
        found[kind == "template"].extend(item.command for item in reading.items if isinstance(item, Entry))
    return found


def crontab_commands(count: int, seed: int) -> list[str]:
    """Give the commands of a generated fleet's crontabs, host by host."""
    found: list[str] = []
    for host in fleet.hosts(count * 3, max(1, count * 3 // fleet.LINES_PER_HOST), seed):
        source = SourceFile("crontab", Format.CRONTAB, "".join(f"{line}\n" for line in host.user_lines).encode())
        found += [
            item.command
            for item in read_crontab(source, Dialect.DEBIAN, user_column=False).items
            if isinstance(item, Entry)
        ]
    return found[:count]


def seconds_of(measured: Callable[[], object]) -> float:
    """Give the processor time of one call."""
    begin = time.process_time()
    measured()
    return time.process_time() - begin


def print_rate(title: str, rounds: Sequence[Sequence[str]]) -> None:
    """Print how many lines a second are studied, by the fastest round; the rounds' lines differ."""
    rates = []
    for texts in rounds:
        jobs = jobs_of(texts)
        # The round before, or another measurement, may have parsed the same texts.
        _parse_short.cache_clear()
        rates.append(len(jobs) / seconds_of(lambda jobs=jobs: analyse(jobs, NoFiles())))  # type: ignore[misc]
    best = max(rates)
    print(f"{title:24}{len(rounds[0]):>10,} lines{best:>12,.0f} lines/s{1e6 / best:>8,.1f} µs a line")


def print_understanding(title: str, texts: Sequence[str]) -> None:
    """Print in how many lines something was not understood."""
    lost = [text for text in texts if any(isinstance(node, Opaque) for node in walk(parse(text)))]
    share = 100 * len(lost) / len(texts)
    print(f"{title:24}{len(texts):>10,} lines{len(lost):>12,} not understood{share:>8.2f} %")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    rounds = [list(commands(wanted.lines, wanted.seed + number)) for number in range(ROUNDS)]
    print_rate("distinct commands", rounds)
    print_rate("repeated commands", [texts[: len(texts) // REPEATS] * REPEATS for texts in rounds])
    fleets = [crontab_commands(wanted.lines, wanted.seed + number) for number in range(ROUNDS)]
    print_rate("crontabs of a fleet", fleets)
    if CORPUS.is_dir():
        found, templates = corpus()
        print_rate("corpus, each line once", [list(dict.fromkeys(found))] * ROUNDS)
        print_rate("corpus, as it is", [found] * ROUNDS)
        print_understanding("corpus", found)
        print_understanding("its templates", templates)
    else:
        print(f"no corpus: {CORPUS} is not there")


if __name__ == "__main__":
    main()

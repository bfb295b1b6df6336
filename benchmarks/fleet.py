"""Write a fleet of root trees with a given number of crontab lines, the same bytes for the same seed.

Every host has a system file that is equal everywhere, and a user crontab with chains through files, lone jobs, comments
and settings, some of them between jobs. The beginning of that crontab is its role's, equal on every twentieth host
(replicas); its end, `--own` of all lines, is the host's alone. The scripts of a chain lie below the host's root; each
tenth script is left out, as on a copied host.
Run `python benchmarks/fleet.py FOLDER [--lines N] [--hosts N] [--own SHARE] [--seed N]`.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

LINES = 100_000
LINES_PER_HOST = 100
ROLES = 20  # a multiple of the number of zones: hosts of one role lie in one zone
OWN = 0.12
ZONES = ("Etc/UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe")
SUBJECTS = ("orders", "stock", "invoices", "visits", "claims", "meters", "routes", "tickets", "prices", "parcels")
STAGES = ("extract", "clean", "join", "rank", "load")
REPLICATED = (
    "# Same file on every host of the fleet",
    "SHELL=/bin/sh",
    "PATH=/usr/sbin:/usr/bin:/sbin:/bin",
    "",
    "*/5 * * * *\troot\t/usr/local/sbin/node-facts > /var/lib/node-facts/facts.prom",
    "17 3 * * *\troot\t/usr/sbin/logrotate /etc/logrotate.conf",
    "09,39 * * * *\troot\tfind /var/tmp/sessions -type f -cmin +1440 -delete",
    "30 4 * * 7\troot\t[ -x /usr/bin/certbot ] && certbot renew -q --post-hook 'systemctl reload nginx'",
)
HEADER = ("SHELL=/bin/bash", "MAILTO=ops@fleet.example", "DATA=/srv/data", "")


@dataclass(frozen=True, slots=True)
class Host:
    """One root tree: a name, a zone, the lines of its two crontab files, its scripts by path."""

    name: str
    zone: str
    system_lines: tuple[str, ...]
    user_lines: tuple[str, ...]
    scripts: dict[str, str]


def hosts(lines: int, count: int, seed: int, own: float = OWN) -> Iterator[Host]:
    """Yield the hosts, sorted by name; their crontab lines sum up to `lines`. A host without a line: ValueError."""
    if not 1 <= count <= lines:
        msg = f"{lines} lines can't be spread over {count} hosts"
        raise ValueError(msg)
    for number in range(count):
        # A generator of its own for each host: host 7 is the same in a fleet of ten and of a thousand.
        share = lines // count + (number < lines % count)
        yield _host(number, share, seed, own)


def write(folder: Path, lines: int = LINES, count: int | None = None, seed: int = 1, own: float = OWN) -> int:
    """Write the fleet below `folder`, which must not exist yet, and give the number of hosts."""
    folder.mkdir(parents=True)
    count = count or max(1, lines // LINES_PER_HOST)
    for host in hosts(lines, count, seed, own):
        root = folder / host.name
        _put(root / "etc/hostname", host.name)
        _put(root / "etc/timezone", host.zone)
        _put(root / "etc/cron.d/fleet", *host.system_lines)
        if host.user_lines:
            _put(root / "var/spool/cron/crontabs/app", *host.user_lines)
        for path, text in host.scripts.items():
            _put(root / path, text)
            (root / path).chmod(0o755)
    return count


def _put(path: Path, *lines: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def _host(number: int, share: int, seed: int, own: float) -> Host:
    scripts: dict[str, str] = {}
    system = REPLICATED[:share]
    behind = min(round(share * own), share - len(system))
    role = number % ROLES
    shared = islice(
        _role_lines(f"r{role:02}", scripts, random.Random(f"{seed}/role/{role}")), share - len(system) - behind
    )
    lines = [*shared, *islice(_blocks(f"{number:04}", scripts, random.Random(f"{seed}/{number}")), behind)]
    return Host(f"host{number:04}", ZONES[number % len(ZONES)], system, tuple(lines), scripts)


def _role_lines(name: str, scripts: dict[str, str], chance: random.Random) -> Iterator[str]:
    """Yield the settings at the head of a user crontab, then the blocks of its role."""
    yield from HEADER
    yield from _blocks(name, scripts, chance)


def _blocks(name: str, scripts: dict[str, str], chance: random.Random) -> Iterator[str]:
    """Yield the lines of blocks without end: a comment, jobs or a settings line; add the scripts that they call."""
    block = 0
    while True:
        subject = f"{chance.choice(SUBJECTS)}{name}x{block}"
        yield f"# {subject}"
        kind = chance.random()
        if kind < 0.4:
            yield from _chain(subject, scripts, chance)
        elif kind < 0.8:
            yield _lone(subject, chance)
        elif kind < 0.92:
            yield chance.choice(
                (f"MAILTO={subject}@fleet.example", f"DATA=/srv/data/{subject}", "PATH=/opt/app/bin:/usr/bin:/bin")
            )
        else:
            yield f"#{_time(chance)} /opt/app/bin/{subject}-old.sh"
        yield ""
        block += 1


def _chain(subject: str, scripts: dict[str, str], chance: random.Random) -> Iterator[str]:
    """Yield two to five jobs, each reading what the one before it wrote, an hour apart."""
    hour, minute = chance.randrange(18), chance.randrange(60)
    before = ""
    for step in STAGES[: chance.randint(2, len(STAGES))]:
        script = f"opt/app/bin/{subject}-{step}.sh"
        after = f"/srv/data/{subject}/{step}-$(date +%F).csv"
        if chance.random() < 0.9:
            scripts[script] = _script(subject, step, before, after)
        yield f"{minute} {hour} * * * /{script} >> /var/log/app/{subject}.log 2>&1"
        before, hour = after, hour + 1


def _script(subject: str, step: str, before: str, after: str) -> str:
    source = f'"{before}"' if before else f"--table {subject}"
    return "\n".join(
        (
            "#!/bin/bash",
            f"# {step} of {subject}",
            "set -euo pipefail",
            f'target="{after}"',
            'mkdir -p "$(dirname "$target")"',
            f'/usr/local/bin/{step}-rows {source} > "$target.part"',
            'if [ ! -s "$target.part" ]; then',
            '    echo "nothing found" >&2',
            "    exit 1",
            "fi",
            'mv "$target.part" "$target"',
        )
    )


def _lone(subject: str, chance: random.Random) -> str:
    command = chance.choice(
        (
            f"python3 /opt/app/reports/{subject}.py --mail ops@fleet.example > /dev/null 2>&1",
            f"cd /opt/app && ./bin/console {subject}:sync --env=prod",
            f"flock -n /var/lock/app/{subject}.lock /opt/app/bin/{subject}-refresh",
            f"/usr/bin/curl -fsS -m 30 'https://api.fleet.example/{subject}/ping?day='$(date +\\%F)",
            f"aws lambda invoke --function-name {subject}-digest /dev/null",
            f"tar czf /backup/{subject}.tgz $DATA/{subject} && find /backup -name '{subject}*' -mtime +30 -delete",
        )
    )
    return f"{_time(chance)} {command}"


def _time(chance: random.Random) -> str:
    minute, hour = chance.randrange(60), chance.randrange(24)
    return chance.choice(
        (
            f"{minute} {hour} * * *",
            f"{minute} {hour} * * 1-5",
            f"{minute} * * * *",
            f"*/{chance.choice((2, 5, 10, 15, 20, 30))} * * * *",
            f"{minute} {hour} {chance.randint(1, 28)} * *",
            "@daily",
            "@hourly",
        )
    )


def main() -> None:
    """Write the fleet that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="must not exist yet")
    parser.add_argument("--lines", type=int, default=LINES, help="crontab lines in all (%(default)s)")
    parser.add_argument("--hosts", type=int, help=f"root trees (one per {LINES_PER_HOST} lines)")
    parser.add_argument(
        "--own", type=float, default=OWN, help="share of the lines that only their host has (%(default)s)"
    )
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    count = write(given.folder, given.lines, given.hosts, given.seed, given.own)
    print(f"{given.lines} lines on {count} hosts below {given.folder}")


if __name__ == "__main__":
    main()

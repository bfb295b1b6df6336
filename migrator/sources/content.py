"""What a file's whole content says about its format, where its place says nothing.

Counts only: how many lines could be entries, with or without a user before the command. One line never decides.
The exact reading is `sources.grammar`'s; here a wide net is right, since what is not caught would be lost.
"""

import re
from dataclasses import dataclass

from migrator.sources.items import Format
from migrator.sources.usual_programs import USUAL_PROGRAMS

_NAME = "(?:sun|mon|tue|wed|thu|fri|sat|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)"
# A time field as people write it, sloppy forms of cron-traps and of other dialects included. Each character or name is
# one step of the expression, so that no field can be read in two ways.
_FIELD = rf"-?(?:[*?~LH0-9]|{_NAME})(?:[-,/~#*?LW0-9]|{_NAME})*"
_ENTRY = re.compile(rf"[ \t]*(?P<time>{_FIELD}(?:[ \t]+{_FIELD}){{4}})[ \t]+(?P<rest>\S.*)", re.IGNORECASE)
_NICKNAME = re.compile(
    r"[ \t]*(?P<time>@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly))[ \t]+(?P<rest>\S.*)",
    re.IGNORECASE,
)
_RANGED = re.compile(r"\d[-,/]\d")
_ANACRON = re.compile(r"[ \t]*(?:\d{1,4}|@[a-z]+)[ \t]+\d{1,5}[ \t]+[^\s/*]*[a-z][^\s/]*[ \t]+\S", re.IGNORECASE)
_ASSIGNMENT = re.compile(r"""[ \t]*["']?[A-Za-z_]\w*["']?[ \t]*=""")
_USER = re.compile(r"[a-z_][a-z0-9_.-]{0,31}\$?")
# A command begins with a path, a variable, a bracket, a quote or a letter; a table of numbers does not.
_COMMAND = re.compile(r"""[A-Za-z/.~$(\[{"'`!:_@<>|\\-]""")

_SYSTEM_USERS = frozenset(
    """
    root daemon bin sys www-data nobody postgres mysql apache nginx http amavis list munin nagios icinga
    zabbix irc gnats uucp lp games ntp redis jenkins tomcat elasticsearch hadoop spark airflow ubuntu admin
    centos ec2-user vagrant debian pi git svn logcheck smmsp news leafnode barman gitlab nextcloud deploy app
    """.split()  # noqa: SIM905 - a list of 90 quoted words reads worse
)
_OTHER_COMMANDS = (
    "ant az backup cargo crontab df du eval exit false head ln mvn notify-send printf redis-cli svn xdotool"
)
_COMMANDS = USUAL_PROGRAMS.union(_OTHER_COMMANDS.split())
_SHELL_START = re.compile(r"""[/~$(\[{"'!.]|[A-Za-z_]\w*=""")
_CONTROLS = frozenset(range(9)) | frozenset(range(14, 27)) | {0x1C, 0x1D, 0x1E, 0x1F}
_MAGIC = (b"\x7fELF", b"\x1f\x8b", b"PK\x03\x04", b"\x89PNG", b"%PDF-", b"BZh", b"\xfd7zXZ", b"SQLite format 3")
_HEAD = 8192
_CLEAR_MAJORITY = 4


@dataclass(frozen=True, slots=True)
class Counts:
    """How many lines of a file look like what.

    `entries` have five time fields or a nickname; of them `users` have a user before the command, `no_users` cannot.
    `wild` have a `*` or a nickname, and what follows looks like a command, or a range, and it is a well-known one.
    `anacron` are lines of an anacrontab.
    """

    entries: int = 0
    users: int = 0
    no_users: int = 0
    wild: int = 0
    anacron: int = 0
    assignments: int = 0
    comments: int = 0
    other: int = 0


def binary_kind(data: bytes) -> str | None:
    """Say how the data is not text that cron could read (`a UTF-16 text`, `a binary file`), or None if it is."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "a UTF-16 text, of which cron reads no line"
    head = data[:_HEAD]
    nul = head.count(0)
    controls = sum(head.count(code) for code in _CONTROLS)
    if head.startswith(_MAGIC) or controls * 10 > len(head):
        return "a UTF-16 text without a mark, or a binary file" if nul * 3 > len(head) else "a binary file"
    return None


def count(data: bytes) -> Counts:
    """Count the lines by what they look like."""
    tally = dict.fromkeys(Counts.__dataclass_fields__, 0)
    for raw in data.split(b"\n"):
        line = raw[:4000].decode("latin-1").strip(" \t\r")
        if not line:
            continue
        if line.startswith("#"):
            tally["comments"] += 1
        elif _ANACRON.match(line) and not _ENTRY.match(line):
            tally["anacron"] += 1
        elif entry := _ENTRY.match(line) or _NICKNAME.match(line):
            tally["entries"] += 1
            tally["wild"] += _is_wild(entry["time"], entry["rest"])
            vote = user_vote(entry["rest"])
            tally["users"] += vote > 0
            tally["no_users"] += vote < 0
        elif _ASSIGNMENT.match(line):
            tally["assignments"] += 1
        else:
            tally["other"] += 1
    return Counts(**tally)


def user_vote(rest: str) -> int:
    """Judge the words after the schedule: 1 if a user comes first, -1 if it cannot, 0 if both are possible."""
    words = rest.split(None, 2)
    first, second = words[0], words[1] if len(words) > 1 else ""
    if (
        not _USER.fullmatch(first)
        or not second
        or second.startswith("-")
        or second in {"&&", "||", "|", ";", ">", ">>"}
    ):
        return -1
    if first in _COMMANDS:
        return -1
    if first in _SYSTEM_USERS:
        return 1
    if _SHELL_START.match(second) or second in _COMMANDS:
        # `notify /srv/x` and `deploy /srv/x` look alike; a dot makes a program of the first word.
        return 1 if "." not in first else 0
    return 0


def guess(counts: Counts) -> tuple[Format, str]:
    """Name the format of a line-based schedule, and how it was found."""
    if counts.anacron > counts.entries:
        return Format.ANACRONTAB, f"{counts.anacron} lines have a period, a delay and an identifier"
    how = f"{counts.users} of {counts.entries} entries have what looks like a user before the command"
    # Read as a system crontab, an entry without a user is lost; read as a user's, one with a user is only odd.
    if counts.users >= _CLEAR_MAJORITY * max(counts.no_users, 1) or (counts.users and not counts.no_users):
        return Format.SYSTEM_CRONTAB, how
    return Format.CRONTAB, how if counts.entries else "no entry shows whether a user comes before the command"


def is_unclear(counts: Counts) -> bool:
    """Say whether the entries do not agree on a user before the command, or none of them shows it."""
    return bool(counts.entries) and (counts.users > 0) == (counts.no_users > 0)


def is_schedule(counts: Counts) -> bool:
    """Say whether the content alone shows a crontab: entries throughout, and at least one with a `*`."""
    declared = counts.entries + counts.anacron + counts.assignments
    entries_first = counts.wild >= 1 or (counts.anacron > 0 and counts.entries == 0)
    return entries_first and counts.other * 10 <= declared


def is_mostly_schedule(counts: Counts) -> bool:
    """Say whether a file whose name speaks of cron is a crontab by its content: entries outweigh what is not read."""
    declared = counts.entries + counts.anacron + counts.assignments
    if not declared and not counts.other:
        return counts.comments > 0  # a crontab with all of its entries commented out
    return counts.entries + counts.anacron > 0 and counts.other <= declared


def _is_wild(time: str, rest: str) -> bool:
    if "*" in time or "@" in time:
        return bool(_COMMAND.match(rest))
    # `31 13 6-14 3 1-5 cd /x`: no table of numbers goes on like that.
    return bool(_RANGED.search(time)) and rest.split(None, 1)[0] in _COMMANDS


def lacks_users(data: bytes) -> bool:
    """Say whether the content contradicts a place where a user comes first: most of two entries or more cannot."""
    counts = count(data)
    return not counts.users and counts.no_users > 1 and counts.no_users * 2 > counts.entries

"""Compare the names of two places: are they the same, may they be, and how much does that say.

A name is a list of parts. `*` stands for anything inside one part (a date, a variable), as `commands` writes it. The
figures are degrees of belief, not frequencies: they order the cases and place them around the default threshold of 0.6.
"""

import re
from dataclasses import replace
from enum import StrEnum

from migrator.model import Resource, ResourceKind
from migrator.model.frozen import frozen
from migrator.model.worded import worded

DEEP = "**"
"""A part of a name that is read: any folders within folders, or none."""

# Longer names are compared as wholes only: no real path comes near (PATH_MAX is 4096, NAME_MAX 255).
_MOST_PARTS = 64
_LONGEST_PART = 255

# A folder that varies on both sides, a day's or a station's, below at least so many known ones.
_VARYING, _ROOTED = 0.75, 2
_TELLING = 3
# Names of which each leaves open what the other says.
_CROSSING = 0.5

_GLOB = re.compile(r"[*?]+|\[[^\]/]{1,80}\]")
_GENERIC = re.compile(r"/?|/[^/]+/?|/(?:var|usr|home|mnt|media|run|dev)/[^/]+/?|~[^/]*/?|\*/?")
_TEMPORARY = ("/tmp/", "/var/tmp/", "/dev/shm/", "/run/", "/var/run/")  # noqa: S108  names to recognise, none is opened
_LOGS = re.compile(r"/var/log/|\.log(?:\Z|[.*])|/logs?/")
_LOG_FOLDERS = re.compile(r"/var/log/|/logs?/")


@worded
class Meeting(StrEnum):
    """How the place that is written lies to the place that is read."""

    SAME = "same"
    ABOVE = "above"  # the folder written holds what is read
    BELOW = "below"  # what is written lies in the folder read


@frozen
class Name:
    """A name in parts; `folder` says that it ends in `/`; `whole` that it is only compared as one text."""

    parts: tuple[str, ...]
    folder: bool
    whole: bool = False

    @property
    def literal(self) -> bool:
        """Say whether nothing in it varies."""
        return not any("*" in part for part in self.parts)


def parse(resource: Resource) -> Name:
    """Split a resource's name: tables at dots, everything else at slashes."""
    text = resource.name
    if resource.kind is ResourceKind.TABLE:
        parts = tuple(text.split("."))
        return Name(parts, folder=False, whole=len(parts) > _MOST_PARTS)
    if resource.kind is ResourceKind.REMOTE:
        text = text.replace(":", "/", 1)
    elif resource.kind in (ResourceKind.FILE, ResourceKind.HDFS) and ("?" in text or "[" in text or "**" in text):
        text = "/".join(part if part == DEEP else _GLOB.sub("*", part) for part in text.split("/"))
    parts = tuple([part for part in text.split("/") if part])
    whole = len(parts) > _MOST_PARTS or (len(text) > _LONGEST_PART and any(len(part) > _LONGEST_PART for part in parts))
    return Name((text,) if whole else parts, folder=text.endswith("/"), whole=whole)


def parts_meet(one: str, other: str) -> bool:
    """Say whether one text can fit both parts, `*` standing for any text."""
    if "*" not in one:
        return one == other or ("*" in other and _fits(one, other))
    if "*" not in other:
        return _fits(other, one)
    # Inner pieces never hinder: the other side's star takes them in.
    heads, tails = (one.partition("*")[0], other.partition("*")[0]), (one.rpartition("*")[2], other.rpartition("*")[2])
    return (heads[0].startswith(heads[1]) or heads[1].startswith(heads[0])) and (
        tails[0].endswith(tails[1]) or tails[1].endswith(tails[0])
    )


def _fits(text: str, pattern: str) -> bool:
    head, *inner, tail = pattern.split("*")
    if len(text) < len(head) + len(tail) or not text.startswith(head) or not text.endswith(tail):
        return False
    position, end = len(head), len(text) - len(tail)
    for piece in inner:
        position = text.find(piece, position, end)
        if position < 0:
            return False
        position += len(piece)
    return True


def belief(written: Resource, read: Resource, meeting: Meeting) -> float:
    """Say how sure the names alone make it that what is read is what was written (0..1)."""
    return belief_of(written, parse(written), read, parse(read), meeting)


def belief_of(written: Resource, one: Name, read: Resource, other: Name, meeting: Meeting) -> float:
    """Say the same of resources whose names were parsed before."""
    if DEEP in other.parts:
        other = _laid(other, one, meeting)
    sure = _same(one, other, written.kind) if meeting is Meeting.SAME else _within(one, other, written.kind)
    return round(sure * _place(written, read, meeting), 3)


def _laid(deep: Name, name: Name, meeting: Meeting) -> Name:
    """Put for the folders within folders of one name those that the other has there."""
    at = deep.parts.index(DEEP)
    head, tail = deep.parts[:at], deep.parts[at + 1 :]
    last = {Meeting.SAME: max(at, len(name.parts) - len(tail)), Meeting.ABOVE: len(name.parts)}.get(meeting, at)
    between = name.parts[at:last]
    return replace(deep, parts=(*head, *between, *tail))


def _same(one: Name, other: Name, kind: ResourceKind) -> float:
    if one.parts == other.parts and one.literal:
        if kind is ResourceKind.TABLE:
            return 0.9 if len(one.parts) > 1 else 0.7
        return 0.9 if one.folder and other.folder else 0.95
    if kind is ResourceKind.TABLE:
        return 0.55  # a whole database, or one of its tables that is not known
    pairs = list(zip(one.parts, other.parts, strict=False))
    # A first part that neither knows is weighed with the place.
    first = int(pairs[:1] == [("*", "*")])
    folders = len(pairs) if one.folder and other.folder else len(pairs) - 1
    sure = min(
        (
            _VARYING if a == b == "*" and _ROOTED <= place < folders else _part_belief(a, b)
            for place, (a, b) in enumerate(pairs)
            if place >= first
        ),
        default=0.0,
    )
    return min(sure, _CROSSING) if _cross(pairs[first:folders]) else sure


def _cross(folders: list[tuple[str, str]]) -> bool:
    """Say whether each side names a folder that the other leaves open: `a/*/thumbs` and `a/north/*` are hardly one."""
    opens = [("*" in a, "*" in b) for a, b in folders]
    return (True, False) in opens and (False, True) in opens


def _part_belief(one: str, other: str) -> float:
    if "*" not in one and "*" not in other:
        return 0.95
    if one == other:
        # All of one ending, made and taken: `out/*.csv`.
        return _specific(one, 0.85, 0.75, 0.74 if "." in one and not one.endswith(".log") else 0.7)
    if "*" not in one or "*" not in other:
        if unlike := _unlike(one, other):
            return unlike
        return _specific(one if "*" in one else other, 0.8, 0.75, 0.7)
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    if shorter == "*":
        # All that lies in a folder, as where the folder itself is read.
        return 0.75
    if _fits(longer.replace("*", "\0"), shorter) or _fits(shorter.replace("*", "\0"), longer):
        # Who reads `*.csv` takes every `sales-*.csv` and `*_*.csv` of its folder.
        sure = 0.7 if (shorter is other and shorter.count("*") == 1) or _letters(longer) >= _TELLING else 0.65
        return _specific(shorter, 0.75, 0.7, sure)
    return 0.45  # `orders-*` and `*-daily` have room for a common name, no more


def _unlike(written: str, read: str) -> float:
    """Give the belief in a text that is hardly what a star stands for, 0 where it may well be.

    What a variable adds to a written name is not nothing, and goes on with no letter right behind another: `sum$DAY`
    is neither `sum` nor `summary`.
    """
    pattern, text = (written, read) if "*" in written else (read, written)
    if pattern.count("*") > 1:
        return 0.0
    head, _, tail = pattern.partition("*")
    middle = text[len(head) : len(text) - len(tail)]
    if not middle:
        return 0.4 if pattern is written else 0.0
    return 0.55 if head[-1:].islower() and middle[0].islower() and pattern is written else 0.0


def _specific(part: str, much: float, little: float, ending: float) -> float:
    """Weigh a part by its fixed letters before the ending."""
    letters = _letters(part)
    if letters >= _TELLING:
        return much
    return little if letters else ending


def _letters(part: str) -> int:
    """Count the fixed letters of a part before its ending."""
    stem, dot, _ = part.rpartition(".")
    return sum(character.isalnum() for character in (stem if dot else part))


def _within(one: Name, other: Name, kind: ResourceKind) -> float:
    if kind is ResourceKind.TABLE:
        return 0.55
    outer, inner = (one, other) if len(one.parts) < len(other.parts) else (other, one)
    whole = outer.parts[-1:] == ("*",) and not outer.folder
    parts, folder = (outer.parts[:-1], True) if whole else (outer.parts, outer.folder)
    sure = {1: 0.7, 2: 0.65, 3: 0.6}.get(len(inner.parts) - len(parts), 0.5)
    if inner is one and folder and len(inner.parts) - len(parts) == 1:
        # Files as they come, or a whole folder, right into the folder that is read.
        sure = 0.8 if one.folder and one.literal else 0.75 if "*" in inner.parts[-1] else sure
    if any("*" in part for part in parts):
        rooted = "*" not in "".join(parts[:_ROOTED]) and parts == inner.parts[: len(parts)]
        sure *= 0.95 if rooted else 0.9
    if folder:
        return sure
    # A path without `/` at its end may be a folder (`tar czf x /data/in`), hardly the one that only may be meant.
    return sure * (0.95 if parts == inner.parts[: len(parts)] else 0.75)


def _place(written: Resource, read: Resource, meeting: Meeting) -> float:
    """Weigh the place: what everybody uses says little about who needs whom."""
    literal = "*" not in written.name and "*" not in read.name
    around = _around(written.name, read.name, meeting)
    if around is not None and too_wide(Resource(read.kind, around)):
        return 0.4
    if read.kind is ResourceKind.URL:
        return 0.5
    if read.kind is not ResourceKind.FILE:
        return 1.0
    if read.name.startswith("*") or written.name.startswith("*"):
        return 0.75 if _known_alike(parse(written), parse(read)) else 0.5
    if read.name.startswith(_TEMPORARY):
        return 0.9 if literal and meeting is Meeting.SAME else 0.65
    if _LOGS.search(read.name):
        # A program's own `weather.log` among its data, which another job reads by that name, is data.
        if meeting is Meeting.SAME and written.name == read.name and not _LOG_FOLDERS.search(read.name):
            return 1.0
        return 0.75 if literal and meeting is Meeting.SAME else 0.6
    return 1.0


def _known_alike(one: Name, other: Name) -> bool:
    """Say whether two names that begin with something unknown go on alike, for two parts that are known."""
    shared = [a for a, b in zip(one.parts[:2], other.parts[:2], strict=False) if a == b and a.strip("*")]
    return len(shared) == 2 or (one == other and sum(bool(part.strip("*")) for part in one.parts) >= 2)


def _around(written: str, read: str, meeting: Meeting) -> str | None:
    """Give the folder that joins two names, None where it is the file itself; `/data/*` is the folder `/data/`."""
    if f"/{DEEP}/" in read:
        return read.partition(f"/{DEEP}/")[0] + "/"
    shorter = min(written, read, key=len)
    if meeting is Meeting.SAME and not (written.endswith("/*") or read.endswith("/*")):
        return None
    return (
        shorter.removesuffix("*")
        if shorter.endswith("/*")
        else shorter.rpartition("/")[0] + "/"
        if meeting is Meeting.SAME
        else shorter
    )


def for_a_moment(resource: Resource) -> bool:
    """Say whether a file lies where programs drop what they need for a moment."""
    return resource.kind is ResourceKind.FILE and resource.name.startswith(_TEMPORARY)


def too_wide(resource: Resource) -> bool:
    """Say whether a place is so general that lying in it means nothing: `/tmp/`, a home, a whole bucket or database."""
    if resource.kind is ResourceKind.FILE:
        return _GENERIC.fullmatch(resource.name) is not None
    parts = [part for part in parse(resource).parts if part.strip("*")]
    if resource.kind is ResourceKind.S3:
        return len(parts) <= 2  # `s3:` and the bucket
    if resource.kind is ResourceKind.HDFS:
        return len(parts) <= 2 or (len(parts) == 3 and parts[1] == "user")
    return len(parts) <= 1

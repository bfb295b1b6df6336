"""Names of what is read and written: normal forms of paths, objects and remote places."""

from __future__ import annotations

import re

from migrator.commands.values import UNKNOWN
from migrator.model import Resource, ResourceKind

_STARS = re.compile(r"\*[*?]+|\?[*?]*")
_BRACES = re.compile(r"\{[^{}/]*(?:,|\.\.)[^{}/]*\}")
_CLASS = re.compile(r"\[[^\]/]{1,80}\]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{1,20})://")
_REMOTE = re.compile(r"(?:[\w.*$-]+@)?[\w.*-]+::?(?!\\)[^\s]*")
_DATES = re.compile(r"(?<!\d)(?:19|20)\d\d-(?:0\d|1[0-2])-(?:[0-2]\d|3[01])(?!\d)")
_KERNEL_SWITCH = re.compile(r"/proc/(?!self/|thread-self/)[a-z]")
_LONGEST = 4096
DEEP = "\1"
"""A part of a path that stands for folders within folders, or none, until the path is named: `**`."""
# Members are found once: in Python 3.11 that takes as long as a call.
_FILE = ResourceKind.FILE

_DEVICES = ("/d", "/p", "/s")
TEMPORARY = ("/tmp/", "/var/tmp/", "/dev/shm/", "/run/shm/")  # noqa: S108  names to recognise, none is opened


def pattern(text: str) -> str:
    """Write every part of a path that varies as one `*`: globs, braces, unknown parts."""
    if "{" in text:
        text = _BRACES.sub(UNKNOWN, text)
    if "[" in text:
        text = _CLASS.sub(UNKNOWN, text)
    text = _STARS.sub(UNKNOWN, text) if "*" in text or "?" in text else text
    return text.replace(DEEP, "**") if DEEP in text else text


def absolute(text: str, folder: str, home: str) -> str:
    """Resolve a path against a folder: `~`, `.`, `..` and `//` go, a last `/` stays.

    A folder or home that is not known keeps its own sign (`~user`, `*`) as the first part.
    """
    first = text[:1]
    if first == "~":
        if text == "~" or text[1] == "/":
            text = home + text[1:]
        elif text.startswith("~root/") or text == "~root":
            text = "/root" + text[5:]
    elif first != "/" and first != UNKNOWN and "://" not in text:
        text = f"{folder}/{text}"
    if text[:1] == "/" and text != "/" and "//" not in text and "/." not in text:
        return text
    parts: list[str] = []
    for part in text.split("/"):
        if part == "..":
            if parts and parts[-1] != ".." and not parts[-1].startswith("~"):
                parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    rooted = "/" if text.startswith("/") else ""
    ending = "/" if parts and text.endswith(("/", "/.")) else ""
    return rooted + "/".join(parts) + ending


def vague(name: str) -> bool:
    """Say whether a name says nothing: no folder or file in it is known."""
    if name[-1:].isalnum():
        return False
    return not any(part.strip(UNKNOWN).strip(".-_~") for part in name.split("/"))


def temporary(name: str) -> bool:
    """Say whether a file lies where files are not kept."""
    return name.startswith(TEMPORARY)


def ignored(name: str) -> bool:
    """Say whether a path is a device or the kernel's: no data rests there."""
    if name[:2] not in _DEVICES:
        return False
    return name.startswith(("/dev/", "/proc/", "/sys/")) and not name.startswith("/dev/shm/")  # noqa: S108  a name only


def of_kernel(name: str) -> bool:
    """Say whether a path is a switch of the kernel: what is written there changes the host."""
    # `/proc/1/fd/1` is the output of a container.
    return name.startswith("/sys/") or bool(_KERNEL_SWITCH.match(name))


def object_name(text: str) -> str:
    """Write an S3 or HDFS address in one form: no double slashes, `s3a`/`s3n` as `s3`, no HDFS authority."""
    match = _SCHEME.match(text)
    if match is None:
        return re.sub(r"/{2,}", "/", text)
    scheme, rest = match[1].lower(), text[match.end() :]
    rest = pattern(re.sub(r"/{2,}", "/", rest))
    if scheme == "hdfs":
        return "hdfs:///" + rest.partition("/")[2]
    return f"s3://{rest}"


def hdfs(text: str, user: str | None) -> Resource:
    """Name a place of the cluster's default file system; a relative one lies in the user's home there."""
    if "://" in text:
        return Resource(ResourceKind.HDFS, object_name(text))
    home = f"/user/{user}" if user else "/user/*"
    return Resource(ResourceKind.HDFS, "hdfs://" + absolute(pattern(text), home, home))


def resource(text: str, folder: str, home: str, host: str | None, *, remote: bool = False) -> Resource | None:
    """Name what a path or address means, or None where it says nothing.

    `remote` allows `host:path` and `remote:path`, which only copying programs understand.
    """
    if not text or len(text) > _LONGEST or "\n" in text or "\0" in text:
        return None
    scheme = _SCHEME.match(text) if "://" in text else None
    if scheme:
        return _addressed(scheme[1].lower(), text, folder, home, host)
    if remote and not text.startswith(("/", ".", "~")) and _REMOTE.fullmatch(text):
        return Resource(ResourceKind.REMOTE, pattern(text))
    name = absolute(_DATES.sub(UNKNOWN, pattern(text)) if "-" in text else pattern(text), folder, home)
    if DEEP in name:
        name = name.replace(DEEP, "**")
    if vague(name) or ignored(name):
        return None
    return Resource(_FILE, name, host)


def _addressed(scheme: str, text: str, folder: str, home: str, host: str | None) -> Resource | None:
    if scheme in ("s3", "s3a", "s3n"):
        name = object_name(text)
        return None if vague(name.removeprefix("s3://")) else Resource(ResourceKind.S3, name)
    if scheme == "hdfs":
        return Resource(ResourceKind.HDFS, object_name(text))
    if scheme == "file":
        bare = text.partition("://")[2].lstrip("/")
        return resource(bare if bare.startswith("~") else f"/{bare}", folder, home, host)
    address = pattern(text.split("#", 1)[0])
    return None if vague(address.partition("://")[2]) else Resource(ResourceKind.URL, address)


def table(database: str | None, name: str) -> Resource:
    """Name a table as `database.table`, in lower case, quotes removed; an unknown database is left out."""
    parts = [part.strip("`\"[]' ") for part in name.split(".")]
    while len(parts) > 1 and parts[0] == UNKNOWN:
        del parts[0]
    if database and len(parts) == 1:
        parts.insert(0, database)
    return Resource(ResourceKind.TABLE, ".".join(part for part in parts if part).lower())


def overlaps(one: str, other: str) -> bool:
    """Say whether two file patterns may mean the same file, or one lies in the folder that the other names."""
    one, other = one.rstrip("/"), other.rstrip("/")
    if one == other or one.startswith(other + "/") or other.startswith(one + "/"):
        return True
    ones, others = one.split("/"), other.split("/")
    if UNKNOWN in (ones[0], others[0]):
        return ones[-1] == others[-1] and ones[-1].strip("*") != ""
    return all(_meets(a, b) for a, b in zip(ones, others, strict=False)) and (
        len(ones) == len(others) or min(len(ones), len(others)) > 2
    )


def _meets(one: str, other: str) -> bool:
    """Say whether two parts of a path may be equal, `*` standing for anything."""
    if UNKNOWN not in one and UNKNOWN not in other:
        return one == other
    head = min(one.find("*") if "*" in one else len(one), other.find("*") if "*" in other else len(other))
    tail = min(
        len(one) - one.rfind("*") - 1 if "*" in one else len(one),
        len(other) - other.rfind("*") - 1 if "*" in other else len(other),
    )
    return one[:head] == other[:head] and (tail == 0 or one[-tail:] == other[-tail:])

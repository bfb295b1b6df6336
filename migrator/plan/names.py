"""Names of files for clusters: safe on every file system, and unique whatever the case."""

import hashlib
import re
from collections.abc import Iterable

_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST = 80
_PLAIN_ID = re.compile(r"[a-z][a-z0-9-]{0,43}")
_TAKEN = frozenset({"overview"})


def file_names(titles: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Give each (id, title) a base name made of its title, in the order given; a number is added to a second one."""
    taken = set(_TAKEN)
    names: dict[str, str] = {}
    for identity, title in titles:
        base = safe_name(title) or safe_name(identity) or "cluster"
        name, ordinal = base, 2
        while name.casefold() in taken:
            name, ordinal = f"{base}-{ordinal}", ordinal + 1
        taken.add(name.casefold())
        names[identity] = name
    return names


def safe_name(title: str) -> str:
    """Keep ASCII letters, digits, `_`, `.` and `-`; may be empty, never begins with a dot or a dash."""
    # `..` would be harmless in a name, but reads like a way out of the folder.
    joined = re.sub(r"\.{2,}", ".", _UNSAFE.sub("-", title[: 4 * _LONGEST]))
    return re.sub(r"-{2,}", "-", joined).strip("-.")[:_LONGEST].rstrip("-.")


def job_key(identity: str) -> str:
    """Give the name under which a job stands in written files: its id, or a digest where that holds other characters.

    At most 44 characters. An id with a `_` never stands for itself, so no two jobs have one key.
    """
    if _PLAIN_ID.fullmatch(identity):
        return identity
    begin = re.sub(r"[^a-z0-9-]+", "-", identity[:200].casefold()).strip("-")[:27].rstrip("-") or "job"
    digest = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{begin}_{digest}"

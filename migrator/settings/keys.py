"""Find the lines of a settings file that set its keys: tomllib does not tell them."""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence

Key = tuple[str | int, ...]
"""A key from the top of the file, with the places of list items counted from 0: `("accept", 1, "reason")`."""

_HEADER = re.compile(r"[ \t]*(?P<list>\[)?\[(?P<key>[^\n]*?)\](?(list)\])[ \t]*(?:#.*)?")
_SETTING = re.compile(r"""[ \t]*(?P<key>(?:[A-Za-z0-9_.\- \t]|"[^"\n]*"|'[^'\n]*')+)=""")
# What opens or closes a value that goes on over lines; strings of one line and comments hide it.
_MARK = re.compile(r"""\"{3}|'{3}|"(?:\\.|[^"\\])*"|'[^']*'|#|[\[{]|[\]}]""")
_ENDS = {'"""': re.compile(r"""\\.|(?P<end>"{3,5})"""), "'''": re.compile(r"(?P<end>'{3,5})")}


def lines_of_keys(text: str) -> dict[Key, int]:
    """Give the line of each table and key of a TOML text that `tomllib` reads, counted from 1.

    What stands inside of a value, such as an inline table, has the line on which the key stands.
    """
    found: dict[Key, int] = {}
    table: Key = ()
    counts: Counter[Key] = Counter()
    value = _Value()
    for number, line in enumerate(text.split("\n"), start=1):
        if value.goes_on:
            value.read(line)
            continue
        header = _HEADER.fullmatch(line.rstrip("\r"))
        named = header or _SETTING.match(line)
        parts = _parts(named["key"]) if named is not None else ()
        if not parts:
            continue
        if header is None:
            value.read(line[named.end() :] if named is not None else "")
            for end in range(1, len(parts) + 1):
                found.setdefault((*table, *parts[:end]), number)
            continue
        table = parts
        if header["list"]:
            table = (*parts, counts[parts])
            counts[parts] += 1
        found.setdefault(table, number)
    return found


def line_of(key: Sequence[str | int], lines: Mapping[Key, int]) -> int:
    """Give the line of a key, or of the innermost table or value that it stands in; 0 where none is known."""
    whole = tuple(key)
    return next((lines[whole[:end]] for end in range(len(whole), 0, -1) if whole[:end] in lines), 0)


class _Value:
    """What is still open of the value that is read: brackets, or a text of several lines."""

    def __init__(self) -> None:
        """Begin with nothing open."""
        self._depth = 0
        self._quotes = ""

    @property
    def goes_on(self) -> bool:
        """Say whether the next line belongs to the value, too."""
        return self._depth > 0 or self._quotes != ""

    def read(self, line: str) -> None:
        """Take in a line, or what of one stands behind the key."""
        at = 0
        while found := (_ENDS[self._quotes] if self._quotes else _MARK).search(line, at):
            at, mark = found.end(), found[0]
            if self._quotes:
                self._quotes = "" if found["end"] else self._quotes
            elif mark in _ENDS:
                self._quotes = mark
            elif mark == "#":
                return
            else:
                self._depth += (mark in "[{") - (mark in "]}")


def _parts(text: str) -> Key:
    """Split a dotted key, whose parts may be quoted; empty where it is none."""
    try:
        value: object = tomllib.loads(f"{text} = 0")
    except tomllib.TOMLDecodeError:
        return ()
    parts: list[str] = []
    while isinstance(value, dict):
        [(part, value)] = value.items()
        parts.append(part)
    return tuple(parts)

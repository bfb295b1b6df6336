"""Names that a program picks out of a folder, as wildcards: what it tests a name for tells which files it uses."""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"\\(?P<escape>.)|(?P<class>\[\^?\]?(?:[^\]\\]|\\.)*\])|(?P<many>[*+?]\??|\{\d*,?\d*\}\??)"
    r"|(?P<open>\((?:\?[:!=<A-Za-z][^)]{0,40})?)|(?P<close>\))|(?P<or>\|)|(?P<end>\$)|(?P<start>\^)|(?P<dot>\.)|(?P<plain>.)",
    re.DOTALL,
)
# Classes by name, what a language puts in, letters by number, and blanks, which count for nothing under a flag.
_UNPLAIN = re.compile(r"\[\[:|#\{|[$@][A-Za-z_{]|\\[xupPQENkgoc0-9]|\s|(?<!\\)#|\(\?[a-z^]*[-x)]")
_LONGEST = 400
_SOME = re.compile(r"\*{2,}")


def of_pattern(pattern: str, *, from_start: bool = False, to_end: bool = False) -> str:
    """Give the wildcard of the names in which a regular expression is found; `*` where it tells nothing simple.

    `from_start` and `to_end` say that it must match there even without `^` and `$`.
    """
    if len(pattern) > _LONGEST or _UNPLAIN.search(pattern):
        return "*"
    parts: list[str] = []
    depth, first, last = 0, from_start, to_end
    for match in _TOKEN.finditer(pattern):
        kind, text = match.lastgroup, match[0]
        last = to_end
        if kind == "or" and not depth:
            return "*"
        if kind in ("open", "close"):
            depth = depth + 1 if kind == "open" else max(0, depth - 1)
            parts.append("*")
        elif depth:
            continue
        elif kind == "many":
            # `a+` is at least one of them.
            parts[-1:] = ["".join(parts[-1:]) + "*"] if text[0] == "+" else ["*"]
        elif kind == "start" or text == "\\A":
            first = first or not parts
        elif kind == "end" or text in ("\\Z", "\\z"):
            last = True
        elif kind == "plain" and text not in "*?[":
            parts.append(text)
        elif kind == "escape" and not text[1].isalnum() and text[1] not in "*?[":
            parts.append(text[1])
        else:
            parts.append("*")
    return _SOME.sub("*", ("" if first else "*") + "".join(parts) + ("" if last else "*"))


def both(one: str, other: str) -> str:
    """Give a wildcard for names that match two, as far as one can say it; else the one that says more."""
    if "*" in (one, other):
        return one if other == "*" else other
    if one.startswith("*") and "*" not in one[1:] and other.endswith("*") and "*" not in other[:-1]:
        return f"{other}{one[1:]}"
    if other.startswith("*") and "*" not in other[1:] and one.endswith("*") and "*" not in one[:-1]:
        return f"{one}{other[1:]}"
    return max(one, other, key=lambda each: (len(each.replace("*", "")), each))


def narrowed(name: str, wildcard: str) -> str:
    """Give a path whose last part is not known with what is known of it now; any other path stays."""
    head, slash, last = name.rpartition("/")
    return f"{head}{slash}{wildcard}" if last == "*" and "/" not in wildcard else name

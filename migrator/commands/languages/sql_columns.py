"""Tell which columns a statement of SQL sets or looks at, where its text names all of them.

A job that sets `checked_at` gives nothing to one that selects `name`. Nothing is said of a statement that takes whole
rows (`SELECT *`, INSERT, COPY) or whose columns are put together at run time: an empty result stands for every column.
"""

from __future__ import annotations

from collections.abc import Sequence

_MOST = 120
# Words of a statement: a longer one is no list of columns that somebody wrote.
_LONGEST = 2000
_END = frozenset(["WHERE", "FROM", "RETURNING", "ORDER", "LIMIT", "OUTPUT", "UPDATE", "INSERT", "DELETE", ";"])
_MADE = ("$", "{", "*", "?", "%")
_BEFORE_COLUMNS = frozenset(["SELECT", "DISTINCT", ",", "BY"])
_BEFORE_VALUES = frozenset(["(", "=", "<", ">", "LIKE", "ILIKE", "REGEXP", "RLIKE", "LIMIT", "OFFSET"])


def assigned(tokens: Sequence[str], upper: Sequence[str], place: int) -> tuple[str, ...]:
    """Give the columns that UPDATE sets; `place` is anywhere behind its word."""
    start = place
    while start < len(upper) and start < place + _MOST and upper[start] not in ("SET", "UPDATE", ";"):
        start += 1
    if upper[start : start + 1] != ["SET"]:
        return ()
    found: set[str] = set()
    depth, begins = 0, True
    for n in range(start + 1, len(upper)):
        word = upper[n]
        if n > start + _LONGEST:
            return ()
        if depth == 0 and word in _END:
            break
        if begins:
            name = _named(tokens, n)
            if not name:
                return ()
            found.add(name)
        depth += (word == "(") - (word == ")")
        begins = word == "," and depth == 0
    return tuple(sorted(found)) if len(found) <= _MOST else ()


def _named(tokens: Sequence[str], place: int) -> str:
    """Read `column =` or `table.column =`; nothing where it is put together at run time."""
    name = ""
    for word in tokens[place : place + 6]:
        if word == "=":
            return name
        if word == ".":
            continue
        if not _is_name(word) or any(sign in word for sign in _MADE):
            return ""
        name = word.strip('`"[]').lower()
    return ""


def looked_at(tokens: Sequence[str], upper: Sequence[str], first: int) -> tuple[str, ...]:
    """Give the words of the statement from a place on: no column of a table is used that is not among them."""
    words: set[str] = set()
    last = min(len(tokens), first + _LONGEST)
    before = ""
    for n in range(first, last):
        word = tokens[n]
        if word.isidentifier():
            words.add(word)
        elif word == ";":
            last = n
            break
        # `count(*)` is no column, nor is a value; every other star is all of them, or what only a run knows.
        elif _is_any(word, before):
            return ()
        elif _is_name(word):
            words.add(word.strip('`"[]'))
        before = upper[n]
    if last < len(tokens) and last == first + _LONGEST:
        return ()
    lowered = {word.lower() for word in words}
    return tuple(sorted(lowered)) if "select" in lowered and len(lowered) <= _MOST else ()


def _is_any(word: str, before: str) -> bool:
    if word[0] == "%":
        return before in _BEFORE_COLUMNS
    return ("*" in word or "$" in word or "{" in word) and before not in _BEFORE_VALUES


def _is_name(word: str) -> bool:
    return word[0].isalpha() or word[0] in '_`"['

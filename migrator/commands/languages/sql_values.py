"""Tell which text a column has in every row that a statement of SQL makes, changes or asks for.

Two jobs may share a table and no row: one adds those of `kind = 'bus'`, the other asks for `kind = 'train'`. Only a
text that is written out speaks, in a statement whose rows can be told from its words: nothing is said where conditions
are joined by OR, where several tables are asked, or where a part is put together at run time.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from migrator.model import all_rows

_LONGEST = 2000
_MOST = 40
_END_OF_WHERE = frozenset(["GROUP", "ORDER", "LIMIT", "HAVING", "FOR", "RETURNING", "WINDOW", "OFFSET", "FETCH", ";"])
_SEVERAL = frozenset(["JOIN", "UNION", "INTERSECT", "EXCEPT", "WITH", "USING"])

Rows = tuple[tuple[str, str], ...]


class Values:
    """The words of a text with the strings that stand at some of them, by place."""

    def __init__(self, tokens: Sequence[str], upper: Sequence[str], strings: Mapping[int, str]) -> None:
        self.tokens = tokens
        self.upper = upper
        self.strings = strings

    def _end(self, first: int) -> int:
        last = min(len(self.upper), first + _LONGEST)
        return next((n for n in range(first, last) if self.upper[n] == ";"), last)

    def asked(self, first: int) -> Rows:
        """Give what the rows that a statement selects from its one table have in common."""
        end = self._end(first)
        words = self.upper[first:end]
        if words.count("SELECT") != 1 or words.count("FROM") != 1 or not _SEVERAL.isdisjoint(words):
            return ()
        start = first + words.index("FROM")
        where = next((n for n in range(start, end) if self.upper[n] == "WHERE"), end)
        if "," in self.upper[start:where]:
            return ()
        return self._conditions(where + 1, end)

    def changed(self, place: int, first: int) -> Rows:
        """Give what the rows have in common that UPDATE finds, and has made of them."""
        end = self._end(first)
        words = self.upper[place:end]
        if "SET" not in words or "WHERE" not in words or "FROM" in words or not _SEVERAL.isdisjoint(words):
            return ()
        start, where = place + words.index("SET"), place + words.index("WHERE")
        found = self._conditions(where + 1, end)
        for begin, close in self._parts(start + 1, where, ","):
            name = self._column(begin, close)
            if name not in {column for column, _ in found}:
                continue
            known = self.strings.get(close - 1) if self._is_equal(begin, close) else None
            if known is None:
                found = tuple(pair for pair in found if pair[0] != name)
            else:
                found = tuple(sorted({*found, (name, known)}))
        return found

    def made(self, place: int) -> Rows:
        """Give what the rows have in common that INSERT adds: `(a, b) VALUES (…), (…)` or `(a, b) SELECT …`."""
        end = self._end(place)
        opened = next((n for n in range(place, min(end, place + 8)) if self.upper[n] == "("), end)
        closed = self._closing(opened, end)
        names = [self._column(begin, close) for begin, close in self._parts(opened + 1, closed, ",")]
        if closed >= end or not names or len(names) > 200:
            return ()
        found: Rows | None = None
        behind = closed + 1
        for begin, close in self._lists(behind, end):
            parts = list(self._parts(begin, close, ","))
            if len(parts) != len(names):
                return ()
            pairs = [
                (name, self.strings.get(n) if m == n + 1 else None) for name, (n, m) in zip(names, parts, strict=True)
            ]
            here = tuple(sorted((name, value) for name, value in pairs if name and value is not None))
            found = here if found is None else all_rows(found, here)
            behind = close
        # `ON CONFLICT … DO UPDATE SET kind = …` changes rows that were there.
        again = {self.tokens[n - 1].strip('`"').lower() for n in range(behind + 1, end) if self.tokens[n] == "="}
        return tuple(pair for pair in found or () if pair[0] not in again)[:_MOST]

    def _lists(self, place: int, end: int) -> Iterator[tuple[int, int]]:
        """Give where each list of values stands, or the list of a SELECT."""
        if self.upper[place : place + 1] == ["SELECT"]:
            stop = next((n for n in range(place, end) if self.upper[n] in ("FROM", "WHERE", "UNION")), end)
            if "UNION" not in self.upper[stop:end]:
                yield place + 1, stop
            return
        if self.upper[place : place + 1] != ["VALUES"]:
            return
        place += 1
        while place < end and self.upper[place] == "(":
            close = self._closing(place, end)
            yield place + 1, close
            place = close + 1 + (self.upper[close + 1 : close + 2] == [","])

    def _conditions(self, first: int, end: int) -> Rows:
        """Read `a = 'x' AND b IN ('y', 'z')`; nothing where a condition may be another, or an alternative."""
        last = next((n for n in range(first, end) if self.upper[n] in _END_OF_WHERE), end)
        found: Rows = ()
        for begin, close in self._parts(first, last, "AND"):
            if "OR" in self._outside(begin, close) or any(self.tokens[n][0] in "*{$" for n in range(begin, close)):
                return ()
            name, strings = self._column(begin, close), self._strings(begin, close)
            if name and strings and name not in {column for column, _ in found}:
                found = (*found, *((name, each) for each in strings))
        return tuple(sorted(set(found)))[:_MOST]

    def _strings(self, begin: int, close: int) -> list[str]:
        """Give the texts of `a = 'x'` and `a IN ('x', 'y')`; none where one is not written out."""
        if self._is_equal(begin, close):
            found = [self.strings.get(close - 1)]
        else:
            inside = next((n for n in range(begin, close) if self.upper[n] == "IN"), close)
            if self.upper[inside + 1 : inside + 2] != ["("] or self._dots(begin, inside) != inside - begin:
                return []
            found = [self.strings.get(n) if m == n + 1 else None for n, m in self._parts(inside + 2, close - 1, ",")]
        return [each for each in found if each is not None] if None not in found else []

    def _is_equal(self, begin: int, close: int) -> bool:
        """Say whether a part is `name = one word`."""
        return (
            close - begin >= 3 and self.tokens[close - 2] == "=" and self._dots(begin, close - 2) == close - 2 - begin
        )

    def _dots(self, begin: int, close: int) -> int:
        """Give the length of a name with or without a table before it: `name`, `t.name`."""
        return 3 if self.tokens[begin + 1 : begin + 2] == ["."] and close - begin >= 3 else 1

    def _column(self, begin: int, close: int) -> str:
        """Give the column that a part begins with, empty where it is none."""
        word = self.tokens[begin + self._dots(begin, close) - 1] if begin < close else ""
        return word.strip('`"').lower() if word[:1].isalpha() or word[:1] in ("_", "`", '"') else ""

    def _outside(self, begin: int, close: int) -> set[str]:
        """Give the words of a part that stand in no parentheses."""
        depth = 0
        found: set[str] = set()
        for n in range(begin, close):
            depth += (self.upper[n] == "(") - (self.upper[n] == ")")
            if depth == 0:
                found.add(self.upper[n])
        return found

    def _parts(self, first: int, last: int, between: str) -> Iterator[tuple[int, int]]:
        """Part a stretch at a word that stands in no parentheses."""
        depth, begin = 0, first
        for n in range(first, last):
            depth += (self.upper[n] == "(") - (self.upper[n] == ")")
            if depth == 0 and self.upper[n] == between:
                yield begin, n
                begin = n + 1
        if begin < last:
            yield begin, last

    def _closing(self, opened: int, end: int) -> int:
        depth = 0
        for n in range(opened, end):
            depth += (self.upper[n] == "(") - (self.upper[n] == ")")
            if depth == 0:
                return n
        return end

"""Find the texts that a pattern may meet by what they begin or end with, whichever leaves fewer to look at."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

_Span = tuple[int, int]
# Above every character that a name has.
_LAST = "\U0010ffff"


class Ends:
    """Texts by what stands before their first `*` and, read backwards, behind their last.

    A text without one stands before and behind.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = sorted(texts)
        self._heads = _ordered(text.partition("*")[0] for text in self._texts)
        self._tails = _ordered(text.rpartition("*")[2][::-1] for text in self._texts)

    def longer(self, pattern: str) -> Iterator[str]:
        """Give the texts that begin as the pattern does, or those that end so."""
        head, tail = _ends_of(pattern)
        yield from self._fewer([_longer(self._heads[0], head)], [_longer(self._tails[0], tail)])

    def alike(self, part: str) -> Iterator[str]:
        """Give the texts of which the beginning, or the end, goes with that of a part: one continues the other."""
        head, tail = _ends_of(part)
        yield from self._fewer(_alike(self._heads[0], head), _alike(self._tails[0], tail))

    def _fewer(self, heads: list[_Span], tails: list[_Span]) -> Iterator[str]:
        by_head = _size(heads) <= _size(tails)
        places = (self._heads if by_head else self._tails)[1]
        for first, last in heads if by_head else tails:
            for place in places[first:last]:
                yield self._texts[place]


def _ordered(ends: Iterable[str]) -> tuple[list[str], list[int]]:
    """Give ends in order, and of which text each one is."""
    pairs = sorted((end, place) for place, end in enumerate(ends))
    return [end for end, _ in pairs], [place for _, place in pairs]


def _ends_of(part: str) -> tuple[str, str]:
    return part.partition("*")[0], part.rpartition("*")[2][::-1]


def _longer(ordered: Sequence[str], end: str) -> _Span:
    first = bisect_left(ordered, end)
    return first, bisect_left(ordered, end + _LAST, first)


def _alike(ordered: Sequence[str], end: str) -> list[_Span]:
    """Give where the ends that begin with `end` stand, and those that `end` begins with."""
    spans = [_longer(ordered, end)]
    for length in range(len(end)):
        shorter = end[:length]
        first = bisect_left(ordered, shorter)
        if first < len(ordered) and ordered[first] == shorter:
            spans.append((first, bisect_left(ordered, shorter + "\0", first)))
    return spans


def _size(spans: Iterable[_Span]) -> int:
    return sum(last - first for first, last in spans)

"""The shell text that is taken apart: where its statements begin and end, and which units' steps lie in them."""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from migrator.shell import parse, walk
from migrator.shell.tree import AndOr, Command, Function, Node, Pipeline, Redirect, Script, Word

NAME = re.compile(r"[A-Za-z_]\w*")
_PREFIX = re.compile(r"(?:(?:!|time(?:\s+-p)?)\s+)+\Z")
_DEEPEST = 3
_DELIMITER = re.compile(r"[^\n]*\n?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A step in a text: the offset of its command there, its index, its unit, and the trail from there on."""

    at: int
    step: int
    unit: int
    trail: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A shell text. `path` is None for the job's own.

    `every_file` has the scripts that each text runs or sources, by its path and the offset of the command; `functions`
    are those that this one defines. `shell` is the name of the one that reads it.
    """

    text: str
    path: str | None
    script: Script
    marks: tuple[Mark, ...]
    every_file: Mapping[str | None, Mapping[int, tuple[tuple[str, str], ...]]]
    functions: Mapping[str, Function]
    shell: str
    depth: int = 0

    @property
    def bash(self) -> bool:
        """Say whether bash reads it, as itself."""
        return posixpath.basename(self.shell) == "bash"

    def file(self, node: Command, word: Word) -> tuple[str, str] | None:
        """Give the path and text of the script that a word of a command names, None where it was not read."""
        name = posixpath.basename(word.raw.strip("\"'"))
        found = self.every_file.get(self.path, {}).get(node.span.start, ())
        same = [each for each in found if posixpath.basename(each[0]) == name]
        return same[0] if len(same) == 1 else None

    def begin(self, node: Node) -> int:
        """Give the offset where a node begins, its `!` or `time` included."""
        first = node.first if isinstance(node, AndOr) else node
        start = min(node.span.start, first.span.start)
        if isinstance(first, Pipeline) and (first.negated or first.timed):
            found = _PREFIX.search(self.text, max(0, start - 40), start)
            return found.start() if found else start
        return start

    def end(self, node: Node) -> int:
        """Give the offset behind a node, the bodies of its here documents and their delimiters included."""
        stop = node.span.end
        for redirect in _documents(node):
            if redirect.body_span is not None and redirect.body_span.end >= stop:
                line = _DELIMITER.match(self.text, redirect.body_span.end)
                stop = max(stop, line.end() if line else stop)
        return stop

    def slice(self, first: Node, last: Node | None = None) -> str:
        """Give the text from the beginning of one node to the end of another."""
        return self.text[self.begin(first) : self.end(last or first)].strip()

    def within(self, start: int, end: int) -> tuple[Mark, ...]:
        """Give the steps whose commands begin between two offsets."""
        low = bisect_left(self.marks, start, key=lambda mark: mark.at)
        return self.marks[low : bisect_left(self.marks, end, key=lambda mark: mark.at)]

    def sourced(self, node: Command) -> Source | None:
        """Give the file that a command reads into this shell, None where it was not read."""
        found = self.file(node, node.words[1]) if len(node.words) > 1 else None
        if found is None or self.depth >= _DEEPEST:
            return None
        script = parse(found[1])
        return replace(
            self,
            text=found[1],
            path=found[0],
            script=script,
            marks=(),
            functions=functions_of(script),
            depth=self.depth + 1,
        )

    def units(self, node: Node) -> frozenset[int]:
        """Give the units that have steps in a node."""
        return frozenset(mark.unit for mark in self.within(self.begin(node), node.span.end))


def _documents(node: Node) -> list[Redirect]:
    found: list[Redirect] = []
    for each in walk(node):
        redirects: Sequence[Redirect] = getattr(each, "redirects", ())
        found += [redirect for redirect in redirects if redirect.body_span is not None]
    return found


def functions_of(script: Script) -> dict[str, Function]:
    """Give the functions that a script defines, wherever; the last definition of a name."""
    return {node.name: node for node in walk(script) if isinstance(node, Function)}

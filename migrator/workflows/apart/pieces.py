"""A piece of a command: its text, and the settings of the shell that are restated before it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from migrator.shell import quote
from migrator.shell.tree import Command, Literal, Node, Pipeline, Word
from migrator.workflows.apart.aborts import Options
from migrator.workflows.apart.effects import Entry
from migrator.workflows.apart.source import NAME, Mark, Source

# Text that may use any name: it is made at run time.
_ANY_NAME = re.compile(r"\beval\b|\$\{!|(?:^|[\s;&|({])(?:\.|source)\s|\b(?:declare|typeset|local)\s+-\w*n")
# Options that make no difference to one program alone.
_HARMLESS = re.compile(r"set (?:-[eu]*o?(?:\s+(?:pipefail|errexit|nounset))?(?:\s+|$))+")
_ACTS = re.compile(r"[*?\[{~=]")
_BUILTINS = frozenset(
    {"echo", "printf", "test", "[", "kill", "pwd", "true", "false", "time", "exec", "eval", "exit", "return", "wait"}
    | {"cd", "set", "shift", "read", "type", "hash", "command", "builtin", "source", ".", ":", "export", "unset", "let"}
    | {"declare", "typeset", "local", "readonly", "umask", "ulimit", "trap", "break", "continue", "getopts", "mapfile"}
    | {"readarray", "pushd", "popd", "dirs", "shopt", "help", "logout", "sleep", "!", "{", "}"}
)
_NO_ERREXIT = "set +e"
_GOES_ON = "true"
OF_THE_SHELL = frozenset({"PWD", "IFS", "OPTIND"})
"""Variables that every shell sets for itself (POSIX 2.5.3)."""


@dataclass(frozen=True, slots=True)
class Wrap:
    """What stands around a layer in the one outside of it.

    `quoted`: the layer is one word, the text that another shell reads. `later` is what stands behind every piece but
    the first: a file that the first one empties is appended to then. `arguments` is how much of both are words; None
    where something before the layer holds for it too.
    """

    before: str
    behind: str
    later: str
    quoted: bool
    arguments: int | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """The settings made so far in one shell text or group; `wrap` is None for the outermost."""

    wrap: Wrap | None = None
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """What a shell holds at a place: its layers, outermost first, its options, and names that are surely set.

    `exported` are names that programs see; all later assignments are exported where `all_exported`.
    """

    layers: tuple[Layer, ...]
    options: Options
    sure: frozenset[str]
    exported: frozenset[str]
    all_exported: bool = False

    def after(self, entry: Entry) -> State:
        """Give the state behind a setting."""
        options, all_exported = self.options, self.all_exported
        for on, letter in switches(entry.sets):
            if letter == "e":
                options = replace(options, errexit=on)
            elif letter == "u":
                options = replace(options, nounset=on)
            elif letter == "a":
                all_exported = on
        seen = bool(entry.defines & (self.exported | entry.exports)) or all_exported
        kept = replace(entry, always=entry.always or seen)
        last = replace(self.layers[-1], entries=(*self.layers[-1].entries, kept))
        return State(
            (*self.layers[:-1], last),
            options,
            self.sure | entry.defines,
            self.exported | entry.exports | (entry.defines if all_exported else frozenset()),
            all_exported,
        )

    def ignoring(self) -> State:
        """Give the state where a status decides something: `set -e` does nothing there."""
        return replace(self, options=replace(self.options, ignored=True))

    def guarding(self, first: int, *, on: bool) -> State:
        """Give the state where the settings from a place on must have succeeded, or need not."""
        layer = self.layers[-1]
        entries = (*layer.entries[:first], *(replace(entry, guarded=on) for entry in layer.entries[first:]))
        return replace(self, layers=(*self.layers[:-1], replace(layer, entries=entries)))

    def inside(self, wrap: Wrap) -> State:
        """Give the state within a group that has redirections of its own."""
        return replace(self, layers=(*self.layers, Layer(wrap)))


def switches(words: Iterable[str]) -> list[tuple[bool, str]]:
    """Read the arguments of `set`: each option as (on, letter)."""
    found: list[tuple[bool, str]] = []
    named: bool | None = None
    letters = {"errexit": "e", "nounset": "u", "allexport": "a"}
    for word in words:
        if named is not None:
            found.append((named, letters.get(word, "")))
            named = None
        elif word in ("--", "-") or word[:1] not in ("-", "+"):
            break
        else:
            found += [(word[0] == "-", letter) for letter in word[1:] if letter != "o"]
            named = word[0] == "-" if "o" in word[1:] else None
    return found


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a command that one task runs. `work` are its nodes that do more than set up the shell."""

    text: str
    state: State
    source: Source
    marks: tuple[Mark, ...]
    work: tuple[Node, ...]
    why: str = ""
    goes_on: bool = False
    branch: tuple[str, ...] = ()

    def command(self, started: set[Wrap]) -> str:
        """Write the command that does this piece alone; `started` are the wraps that a piece before it was in."""
        text = f"{self.text}\n{_GOES_ON}" if self.goes_on else self.text
        options = self.state.options
        innermost = len(self.state.layers) - 1
        one = len(self.work) == 1 and not self.goes_on and isinstance(self.work[0], Command | Pipeline)
        for depth in range(innermost, -1, -1):
            layer = self.state.layers[depth]
            off = depth == innermost and options.errexit and options.ignored and not _plain(self.work, self.source)
            bare = self._bare(layer) if depth == innermost else None
            text = _prelude(layer, text, off=off, one=one)
            if layer.wrap is not None:
                text = _embedded(layer.wrap, text, bare, first=layer.wrap not in started)
                started.add(layer.wrap)
                one = True
        return text

    def _bare(self, layer: Layer) -> tuple[str, str] | None:
        """Give the words and redirections of a program that every shell starts alike, None for any other piece."""
        if len(self.work) != 1 or self.goes_on or not is_plain_program(self.work[0], self.source):
            return None
        node = self.work[0]
        assert isinstance(node, Command)
        if self.text != self.source.slice(node):
            return None
        end = node.words[-1].span.end
        if any(redirect.span.start < end or redirect.body is not None for redirect in node.redirects):
            return None
        if any(not _HARMLESS.fullmatch(entry.text) for entry in needed_entries(layer.entries, self.text)):
            return None
        return self.source.text[node.span.start : end], self.source.text[end : self.source.end(node)].strip()


def is_plain_program(node: Node, source: Source) -> bool:
    """Say whether a node starts one program with words that stand for themselves, whichever shell reads it."""
    if not isinstance(node, Command) or node.assignments or not node.words:
        return False
    name = node.words[0].literal or ""
    known = name in source.functions or name in _BUILTINS
    return bool(name) and not known and all(_stands_for_itself(word) for word in node.words)


def _stands_for_itself(word: Word) -> bool:
    return all(isinstance(part, Literal) and (part.quoted or not _ACTS.search(part.text)) for part in word.parts)


def _plain(work: tuple[Node, ...], source: Source) -> bool:
    """Say whether `set -e` makes no difference to a piece but by its own last status."""
    if len(work) != 1:
        return False
    stages = work[0].stages if isinstance(work[0], Pipeline) and not work[0].negated else (work[0],)
    return all(
        isinstance(stage, Command) and bool(stage.words) and stage.words[0].literal not in {*source.functions, "eval"}
        for stage in stages
    )


def _prelude(layer: Layer, text: str, *, off: bool, one: bool) -> str:
    """Write the settings that a text needs before it; `one` says that it is one command."""
    needed = needed_entries(layer.entries, text)
    if off:
        text, one = f"{_NO_ERREXIT}\n{text}", False
    for entry in reversed(needed):
        if entry.guarded:
            guard = _braced(entry.text, one="\n" not in entry.text)
            text, one = f"{guard} && {_braced(text, one=one)}", True
        else:
            text, one = f"{entry.text}\n{text}", False
    return text


def _braced(text: str, *, one: bool) -> str:
    if one:
        return text
    return f"{{\n{text}\n}}" if "\n" in text else f"{{ {text}; }}"


def needed_entries(entries: tuple[Entry, ...], text: str) -> list[Entry]:
    """Give the settings that a text needs, in order."""
    if _ANY_NAME.search(text):
        return list(entries)
    tokens = set(NAME.findall(text))
    chosen = [entry.always for entry in entries]
    for entry in entries:
        if entry.always:
            tokens |= entry.tokens
    grown = True
    while grown:
        grown = False
        for place in range(len(entries) - 1, -1, -1):
            if not chosen[place] and entries[place].defines & tokens:
                chosen[place] = grown = True
                tokens |= entries[place].tokens
    return [entry for entry, wanted in zip(entries, chosen, strict=True) if wanted]


def _embedded(wrap: Wrap, text: str, bare: tuple[str, str] | None, *, first: bool) -> str:
    behind = wrap.behind if first else wrap.later
    if bare is not None and wrap.arguments is not None:
        return " ".join(part for part in (bare[0], behind[wrap.arguments :].strip(), bare[1]) if part)
    if wrap.quoted:
        return f"{wrap.before}{quote(text)}{behind}"
    return f"{wrap.before}{_braced(text, one=False)}{behind}"

"""The text of a makefile expanded: variables and functions (GNU make manual, chapters 6 and 8).

What only a run can know stays as shell text in the result: `$(shell date +%F)` as `$(date +%F)`, a variable of the
environment as `${NAME}`. The shell reader then finds it unknown, and why.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_FUNCTION = re.compile(r"([a-z-]+)[ \t]+(.*)", re.DOTALL)
_BRACKETS = {"(": re.compile(r"[()]"), "{": re.compile(r"[{}]")}
_DEEPEST = 20
_LONGEST = 20_000
_MOST_EXPANSIONS = 20_000
_READ_IN_ONE = 50  # characters of a reference: a longer one is read as slowly as several
_MOST_WORDS = 500


@dataclass(frozen=True, slots=True)
class Variable:
    """A variable's text; one that is `simple` was expanded where it was set."""

    text: str
    simple: bool


@dataclass(slots=True)
class Expander:
    """Expands text with the variables of one run of make. `spent` bounds the work: text that doubles is `lost`."""

    variables: dict[str, Variable] = field(default_factory=dict)
    spent: int = 0
    lost: bool = False

    def expand(self, text: str, own: Mapping[str, str] | None = None, depth: int = 0) -> str:
        """Put in what is known; `own` are automatic variables and those of a target or call."""
        if "$" not in text:
            return text
        pieces: list[str] = []
        size = pos = 0
        while (dollar := text.find("$", pos)) >= 0:
            pieces.append(text[pos:dollar])
            pos = dollar + 2
            char = text[dollar + 1 : dollar + 2]
            if char in _BRACKETS:
                end = _close(text, dollar + 1)
                pieces.append(self._reference(text[dollar + 2 : end], own, depth))
                pos = end + 1
            elif char == "$" or not char:
                pieces.append("$")
            else:
                pieces.append(self._variable(char, own, depth))
            size += len(pieces[-1]) + len(pieces[-2])
            if size > _LONGEST:
                return self._give_up()
        pieces.append(text[pos:])
        return "".join(pieces)

    def words(self, text: str) -> list[str]:
        """Expand a text and take it apart."""
        return split(self.expand(text))[:_MOST_WORDS]

    def _reference(self, inside: str, own: Mapping[str, str] | None, depth: int) -> str:
        self.spent += 1 + len(inside) // _READ_IN_ONE
        if depth > _DEEPEST or self.spent > _MOST_EXPANSIONS:
            return self._give_up()
        match = _FUNCTION.match(inside)
        if match is not None and match[1] in _OWN:
            return _OWN[match[1]](self, match[2], own, depth + 1)
        if match is not None and match[1] in _PLAIN:
            parts = _parts(match[2])
            return _PLAIN[match[1]]([self.expand(part, own, depth + 1) for part in parts])
        name, colon, change = inside.partition(":")
        if colon and "=" in change and "$" not in name:
            old, _, new = change.partition("=")
            value = self._variable(name, own, depth)
            return _substituted(self.expand(old, own, depth + 1), self.expand(new, own, depth + 1), value)
        return self._variable(self.expand(inside, own, depth + 1).strip(), own, depth)

    def _variable(self, name: str, own: Mapping[str, str] | None, depth: int) -> str:
        if own is not None and name in own:
            return own[name]
        found = self.variables.get(name)
        if found is None:
            # What the makefile does not set comes from the environment, or is nothing.
            return f"${{{name}}}" if name.isidentifier() else ""
        if found.simple or depth > _DEEPEST:
            return found.text
        self.spent += 1
        return self.expand(found.text, own, depth + 1) if self.spent <= _MOST_EXPANSIONS else self._give_up()

    def _give_up(self) -> str:
        self.lost = True
        return ""

    def shell(self, text: str, own: Mapping[str, str] | None, depth: int) -> str:
        """Give `$(shell …)` as the shell would write it."""
        return f"$({self.expand(text, own, depth).strip()})"

    def loop(self, text: str, own: Mapping[str, str] | None, depth: int) -> str:
        """Expand `$(foreach name,list,text)`."""
        parts = _parts(text, 3)
        if len(parts) < 3:
            return ""
        name, listed = self.expand(parts[0], own, depth).strip(), self.expand(parts[1], own, depth).split()
        made: list[str] = []
        size = 0
        for each in listed[:_MOST_WORDS]:
            made.append(self.expand(parts[2], {**(own or {}), name: each}, depth))
            size += len(made[-1])
            if size > _LONGEST:
                return self._give_up()
        return " ".join(made)

    def choice(self, text: str, own: Mapping[str, str] | None, depth: int) -> str:
        """Expand `$(if condition,then,else)`; a condition that is not known leaves both."""
        parts = [*_parts(text, 3), "", ""]
        asked = self.expand(parts[0], own, depth).strip()
        if "$" in asked:
            return " ".join([self.expand(part, own, depth) for part in parts[1:3]]).strip()
        return self.expand(parts[1] if asked else parts[2], own, depth)

    def call(self, text: str, own: Mapping[str, str] | None, depth: int) -> str:
        """Expand `$(call name,arguments)`."""
        name, *arguments = [self.expand(part, own, depth).strip() for part in _parts(text)]
        found = self.variables.get(name)
        numbered = {str(place): argument for place, argument in enumerate(arguments, start=1)}
        return "" if found is None else self.expand(found.text, {**(own or {}), **numbered, "0": name}, depth)


def _nothing(_expander: Expander, _text: str, _own: Mapping[str, str] | None, _depth: int) -> str:
    return ""


_OWN: Mapping[str, Callable[[Expander, str, Mapping[str, str] | None, int], str]] = {
    "shell": Expander.shell,
    "foreach": Expander.loop,
    "if": Expander.choice,
    "call": Expander.call,
    "info": _nothing,
    "warning": _nothing,
    "error": _nothing,
    "eval": _nothing,
}


def _each(change: Callable[[str], str]) -> Callable[[list[str]], str]:
    return lambda parts: " ".join([change(word) for word in ",".join(parts).split()[:_MOST_WORDS]])


def _pick(keep: bool) -> Callable[[list[str]], str]:
    def picked(parts: list[str]) -> str:
        patterns = parts[0].split()
        listed = ",".join(parts[1:]).split()[:_MOST_WORDS]
        return " ".join([word for word in listed if any(stem(p, word) is not None for p in patterns[:50]) is keep])

    return picked


def _word(parts: list[str]) -> str:
    number, listed = parts[0].strip(), ",".join(parts[1:]).split()
    return listed[int(number) - 1] if number.isdecimal() and 0 < int(number[:6]) <= len(listed) else ""


_PLAIN: Mapping[str, Callable[[list[str]], str]] = {
    # The files are not looked for: a pattern stays one.
    "wildcard": lambda parts: " ".join(",".join(parts).split()),
    "subst": lambda parts: ",".join(parts[2:]).replace(parts[0], parts[1]) if len(parts) > 2 and parts[0] else "",
    "patsubst": lambda parts: _substituted(parts[0], parts[1], ",".join(parts[2:])) if len(parts) > 2 else "",
    "strip": lambda parts: " ".join(",".join(parts).split()),
    "addprefix": lambda parts: " ".join([parts[0].strip() + word for word in ",".join(parts[1:]).split()]),
    "addsuffix": lambda parts: " ".join([word + parts[0].strip() for word in ",".join(parts[1:]).split()]),
    "notdir": _each(lambda word: word.rpartition("/")[2]),
    "dir": _each(lambda word: word[: word.rfind("/") + 1] or "./"),
    "basename": _each(lambda word: posixpath.splitext(word)[0]),
    "suffix": _each(lambda word: posixpath.splitext(word)[1]),
    "abspath": _each(lambda word: word),
    "realpath": _each(lambda word: word),
    "firstword": lambda parts: "".join(",".join(parts).split()[:1]),
    "lastword": lambda parts: "".join(",".join(parts).split()[-1:]),
    "word": _word,
    "words": lambda parts: str(len(",".join(parts).split())),
    "sort": lambda parts: " ".join(sorted(set(",".join(parts).split()))),
    "filter": _pick(keep=True),
    "filter-out": _pick(keep=False),
    "or": lambda parts: next((part.strip() for part in parts if part.strip()), ""),
    "and": lambda parts: parts[-1].strip() if all(part.strip() for part in parts) else "",
}


def split(text: str) -> list[str]:
    """Take a text apart at its blanks; what the shell will put in (`$(date +%F)`) stays in one word."""
    if "$(" not in text:
        return text.split()
    words: list[str] = []
    begin = place = 0
    while place < len(text):
        if text.startswith("$(", place):
            place = _close(text, place + 1)
        elif text[place].isspace():
            words.append(text[begin:place])
            begin = place + 1
        place += 1
    return [word for word in (*words, text[begin:]) if word]


def stem(pattern: str, text: str) -> str | None:
    """Give what `%` stands for where a pattern fits a text, None where it does not."""
    head, percent, tail = pattern.partition("%")
    if not percent:
        return "" if pattern == text else None
    fits = len(text) >= len(head) + len(tail) and text.startswith(head) and text.endswith(tail)
    return text[len(head) : len(text) - len(tail)] if fits else None


def _substituted(old: str, new: str, value: str) -> str:
    """Change the words that fit a pattern; without a `%` it is what they end in (`$(FILES:.csv=.gz)`)."""
    old, new = old.strip(), new.strip()
    if "%" not in old:
        old, new = f"%{old}", f"%{new}"
    changed: list[str] = []
    for word in value.split()[:_MOST_WORDS]:
        middle = stem(old, word)
        changed.append(word if middle is None else new.replace("%", middle, 1))
    return " ".join(changed)


def _close(text: str, start: int) -> int:
    """Find the end of what opens at `start`; without one it is the end of the text."""
    opener = text[start]
    depth = 0
    for match in _BRACKETS[opener].finditer(text, start):
        depth += 1 if match[0] == opener else -1
        if not depth:
            return match.start()
    return len(text)


def _parts(text: str, most: int = 100) -> list[str]:
    """Take the arguments of a function apart at the commas that stand in no parentheses."""
    parts: list[str] = []
    depth = begin = 0
    for place, char in enumerate(text):
        if char in "({":
            depth += 1
        elif char in ")}":
            depth -= 1
        elif char == "," and depth <= 0 and len(parts) < most - 1:
            parts.append(text[begin:place])
            begin = place + 1
    return [*parts, text[begin:]]

"""Makefiles as statements, in the order of their lines (GNU make manual, chapter 3). Nothing is expanded here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

_SETTING = re.compile(
    r"((?:(?:export|override|private|unexport)\s+)*)([^\s:#=+?!$]+)\s*(:{1,3}|\?|\+|!)?=\s*(.*)", re.DOTALL
)
_DEFINE = re.compile(r"(?:(?:export|override)\s+)*define\s+(\S+?)\s*(:{1,3}|\?|\+|!)?=?\s*$")
_INCLUDE = re.compile(r"(-include|sinclude|include)\s+(.*)", re.DOTALL)
_CONDITION = re.compile(r"(ifeq|ifneq|ifdef|ifndef)\b\s*(.*)", re.DOTALL)
_ELSE = re.compile(r"else\b\s*(.*)", re.DOTALL)
_EXPORT = re.compile(r"export(?:\s+([^=:]*))?$")
_COMMENT = re.compile(r"(?<!\\)#.*", re.DOTALL)
_IGNORED = ("vpath ", "undefine ", "unexport", "load ", "-load ", "private ")
_LONGEST = 100_000


@dataclass(frozen=True, slots=True)
class MakeSetting:
    """`NAME sign= value`; `targets` are those that alone see it, as written."""

    name: str
    sign: str
    value: str
    exported: bool = False
    overrides: bool = False
    targets: str = ""


@dataclass(frozen=True, slots=True)
class MakeRule:
    """`targets: prerequisites`, as written; `pattern` is the middle of a static pattern rule; the recipe by lines."""

    targets: str
    prerequisites: str
    double: bool
    pattern: str
    recipe: tuple[tuple[int, str], ...]
    line: int


@dataclass(frozen=True, slots=True)
class Condition:
    """`ifeq …` and its kin; `word` is `else` or `endif` for the lines that go on with one or end it."""

    word: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """`include names`; `optional` where a missing file is no fault."""

    names: str
    optional: bool


@dataclass(frozen=True, slots=True)
class Export:
    """`export NAMES`, or all of them."""

    names: str


Statement: TypeAlias = "MakeSetting | MakeRule | Condition | Inclusion | Export"


@lru_cache(maxsize=64)
def statements(text: str) -> tuple[Statement, ...]:
    """Read a makefile; what is no statement of make is left out."""
    return tuple(_read(text))


def _read(text: str) -> Iterator[Statement]:
    rule: MakeRule | None = None
    recipe: list[tuple[int, str]] = []
    for number, line, of_recipe in _logical(text):
        if of_recipe and rule is not None:
            recipe.append((number, line))
            continue
        found = _statement(line.strip(), number)
        if found is None:
            continue
        if rule is not None:
            yield _closed(rule, recipe)
        recipe = []
        if isinstance(found, MakeRule):
            rule = found
            continue
        # A condition may stand between the lines of a recipe: the rule goes on behind it.
        rule = _continued(rule) if isinstance(found, Condition) and rule is not None else None
        yield found
    if rule is not None:
        yield _closed(rule, recipe)


def _closed(rule: MakeRule, recipe: list[tuple[int, str]]) -> MakeRule:
    return MakeRule(rule.targets, rule.prerequisites, rule.double, rule.pattern, (*rule.recipe, *recipe), rule.line)


def _continued(rule: MakeRule) -> MakeRule:
    return MakeRule(rule.targets, "", True, rule.pattern, (), rule.line)


def _logical(text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield lines by number, with those that continue them, and whether a recipe has them; a `define` as a setting."""
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        start, first = number, lines[number]
        number += 1
        taken = [first]
        while taken[-1].endswith("\\") and number < len(lines):
            taken.append(lines[number])
            number += 1
        if first.startswith("\t"):
            yield start + 1, "\n".join(taken)[1:], True
            continue
        line = " ".join([*(each[:-1].rstrip() for each in taken[:-1]), taken[-1]]) if len(taken) > 1 else first
        if match := _DEFINE.match(line.strip()):
            body: list[str] = []
            while number < len(lines) and lines[number].strip() != "endef":
                body.append(lines[number])
                number += 1
            number += 1
            line = f"{match[1]} {match[2] or ''}= " + "\n".join(body)
        else:
            line = _COMMENT.sub("", line).replace("\\#", "#")
        if line.strip() and len(line) <= _LONGEST:
            yield start + 1, line, False


def _statement(line: str, number: int) -> Statement | None:
    if match := _CONDITION.match(line):
        return Condition(match[1], match[2].strip())
    if match := _ELSE.match(line):
        return Condition("else", match[1].strip())
    if line.split(None, 1)[:1] == ["endif"]:
        return Condition("endif")
    if match := _INCLUDE.match(line):
        return Inclusion(match[2], match[1] != "include")
    if setting := _setting(line):
        return setting
    if match := _EXPORT.match(line):
        return Export(match[1] or "")
    return None if line.startswith(_IGNORED) else _rule(line, number)


def _setting(line: str, targets: str = "") -> MakeSetting | None:
    match = _SETTING.fullmatch(line)
    if match is None:
        return None
    words, name, sign, value = match[1], match[2], match[3] or "", match[4]
    if sign == "!":
        sign, value = ":", f"$(shell {value})"
    return MakeSetting(name, sign[:1], value, "export" in words.split(), "override" in words.split(), targets)


def _rule(line: str, number: int) -> Statement | None:
    colon = _colon(line)
    if colon < 0:
        return None
    double = line.startswith("::", colon)
    rest = line[colon + 1 + double :]
    targets = line[:colon].removesuffix("&")
    if own := _setting(rest.strip(), targets):
        return own
    needs, semicolon, inline = rest.partition(";")
    middle = _colon(needs)
    pattern = needs[:middle].strip() if middle >= 0 else ""
    recipe = ((number, inline.strip()),) if semicolon and inline.strip() else ()
    return MakeRule(targets, needs[middle + 1 :], double, pattern, recipe, number)


def _colon(text: str) -> int:
    """Find the first `:` that stands in no `$(…)`; -1 where there is none."""
    depth = 0
    for place, char in enumerate(text):
        if char in "({" and (depth or text[place - 1 : place] == "$"):
            depth += 1
        elif char in ")}" and depth:
            depth -= 1
        elif char == ":" and not depth:
            return place
    return -1

"""Secrets that a script hands on: to the arguments of its own functions, to the names that `read` gives."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from migrator.redaction.arguments import search_command
from migrator.redaction.finds import Finds
from migrator.redaction.marks import Kind
from migrator.redaction.names import kind_of_name
from migrator.redaction.views import View, of_word, of_words, view
from migrator.shell import commands
from migrator.shell.tree import Command, Function, While

_OPTION_WITH_VALUE = re.compile(r"-[A-Za-z]*[Naditnpu]\Z")
_LINE = re.compile(r"[^\n]+")


def search_calls(text: str, functions: Mapping[str, Function], simple: Sequence[Command], finds: Finds) -> None:
    """Find the arguments that a function uses as secrets: `f() { mysql -p"$1"; }; f secret`."""
    places: dict[str, list[int]] = {}
    for command in simple:
        name = command.words[0].raw if command.words else ""
        if name not in functions or len(command.words) < 2:
            continue
        if name not in places:
            places[name] = _secret_arguments(text, functions[name])
        for place in places[name]:
            if place < len(command.words):
                word = of_word(text, command.words[place])
                finds.whole(word, Kind.PASSWORD)


def _secret_arguments(text: str, function: Function) -> list[int]:
    """Give the numbers of the arguments that stand where a secret belongs, or in a variable that does."""
    inner = Finds()
    given: list[tuple[str, View]] = []
    for command in commands(function.body):
        search_command(of_words(text, command.words), inner)
        assigned = [(each.name, each.value) for each in command.assignments if each.value is not None]
        given.extend((name, of_word(text, value)) for name, value in assigned)
        given.extend((name, value) for name, value, _ in inner.named)
    for name, value in given:
        if name in inner.variables or kind_of_name(name) is not None:
            inner.variables.update(value.variables)
    return sorted(int(name) for name in inner.variables if name.isdigit() and name != "0")


def search_loop(text: str, loop: While, finds: Finds) -> None:
    """Find the secrets among the lines that a loop reads: `while read user secret; do …; done <<END`."""
    reader = next((each for each in commands(loop.condition) if each.words and each.words[0].raw == "read"), None)
    if reader is None:
        return
    words = [each.text for each in of_words(text, reader.words)]
    separator = next(
        (of_word(text, each.value).text for each in reader.assignments if each.name == "IFS" and each.value), ""
    )
    names = [word for before, word in pairwise(words) if word.isidentifier() and not _OPTION_WITH_VALUE.match(before)]
    for redirect in loop.redirects:
        body = redirect.body_span
        for line in _LINE.finditer(text, body.start, body.end) if body is not None else ():
            name_read(names, _fields(text, *line.span(), separator), finds)


def _fields(text: str, start: int, end: int, separator: str) -> list[View]:
    pattern = rf"[^{re.escape(separator)}]+" if separator.strip() else r"\S+"
    return [view(text, *match.span()) for match in re.compile(pattern).finditer(text, start, end)]


def name_read(names: Sequence[str], given: Sequence[View], finds: Finds) -> None:
    """Give the words that `read NAME NAME` reads their names."""
    for name, word in zip((name for name in names if name.isidentifier()), given, strict=False):
        finds.named.append((name, word, 0))
        if kind := kind_of_name(name):
            finds.whole(word, kind)

"""The opening of files: `open` in its forms, with a mode, signs before the path, or a pipe in its place."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import UNKNOWN, Seq, Text, Tool, text_options
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.values import Given
from migrator.model import Mode

_SIGNS = re.compile(r"^\s*(\+?>>?|\+?<)\s*(?::\S+\s*)?")


def opened(machine: Machine, given: Given, where: int, how: int) -> object:
    """Read `open`: a mode and a path, or both in one text; a pipe starts a command."""
    target, sign = given.get(where), described(given.get(how)) if len(given.items) > how else "r"
    if machine.language.flat and len(given.items) <= 2:
        return _opened_by_text(machine, given)
    if sign.startswith(("|", "-|", "|-")) or sign in ("-|", "|-"):
        rest = given.items[where:]
        machine.start(rest[0] if len(rest) == 1 else Seq(rest), given.line, given.frame)
        found: object = Tool("file", {})
    else:
        for mode in modes(sign):
            machine.touch(mode, target, given.line, given.frame)
        found = Tool("file", {"name": target})
    return _handle(machine, given, found)


def _opened_by_text(machine: Machine, given: Given) -> object:
    target = given.get(1)
    name: object = target
    for option in text_options(target):
        shown = option.value.text.strip()
        if shown.startswith("|") or shown.endswith("|"):
            bare = option.value.but(shown.strip("|").strip(), option.value.written)
            machine.start(Text(bare), given.line, given.frame)
            name = UNKNOWN
            continue
        match = _SIGNS.match(option.value.text)
        kept = Text(option.value.but(option.value.text[match.end() :] if match else shown))
        name = kept
        for mode in modes(match[1] if match else "<"):
            machine.touch(mode, kept, given.line, given.frame)
    return _handle(machine, given, Tool("file", {"name": name}))


def _handle(machine: Machine, given: Given, found: object) -> object:
    if machine.language.flat and given.nodes:
        machine.bind(given.nodes[0].value, found, given.frame)
        return UNKNOWN
    if given.block is not None:
        machine.invoke(given.block, [found], {}, given.line, given.frame)
    return found


def modes(sign: str) -> tuple[Mode, ...]:
    """Give what a mode does: Perl's signs, or C's letters."""
    letters = sign.partition(":")[0].strip()
    if ">>" in letters or (letters[:1] == "a"):
        return (Mode.APPEND,)
    if "<" in letters:
        # `+<` reads and may write.
        return (Mode.READ, Mode.WRITE) if "+" in letters else (Mode.READ,)
    if ">" in letters or any(letter in letters for letter in "wxc"):
        return (Mode.WRITE,)
    return (Mode.READ, Mode.WRITE) if letters.startswith("r+") else (Mode.READ,)

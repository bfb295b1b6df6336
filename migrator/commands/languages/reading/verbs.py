"""Calls of libraries of which only the name is known: a verb of writing or reading, and a file's path."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import Text, text_options
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Given
from migrator.model import Mode

_WRITES = re.compile(
    r"(?:write|save|export|dump|generate|render_?file|store|download|to_?(?:csv|xlsx|pdf|[fF]ile)|asXML|screenshot|pdf)"
    r"(?![a-z])"
)
_READS = re.compile(r"(?:read|load|import|slurp|open|parse_?file|from_?(?:csv|xlsx|file))(?![a-z])")
_PATH = re.compile(r"[/~.*][^\s:?]*/[^/\s:?]*\.\w{1,10}|/[^/\s:?]+\.\w{1,10}")
_WRITER = re.compile(r"Writ(?:er|e)(?![a-z])")
_MAKES_WRITER = re.compile(r"^(?:create|make|get|open)\w*Writer\Z")
_NAMES = ("path", "file", "filename", "filepath", "dest", "destination", "output", "outfile", "out")
_WRITTEN = 0.7
_READ = 0.6


def touched(machine: Machine, given: Given) -> None:
    """Note the path that a call is given, where its name says what it does to it: `generate('/a/x.pdf')`."""
    name = given.tail[:1].lower() + given.tail[1:]
    makes = _WRITES.match(name) or _MAKES_WRITER.search(name)
    mode = Mode.WRITE if makes else Mode.READ if _READS.match(name) else None
    if mode is None:
        return
    for target in (*given.items[:2], *(given.named[each] for each in _NAMES if each in given.named)):
        options = text_options(target)
        if options and all(_names_a_file(option) for option in options):
            sure = _WRITTEN if mode is Mode.WRITE else _READ
            machine.touch(mode, target, given.line, given.frame, sure)
            return


def made(machine: Machine, given: Given, kind: str) -> None:
    """Note the path that a writer is made for: `Excel::Writer::XLSX->new('/a/x.xlsx')`."""
    if _WRITER.search(kind):
        touched(machine, Given("write", given.items, given.named, given.line, given.frame))


def _names_a_file(option: Text) -> bool:
    """Say whether a text is a file's path of which something is known."""
    value = option.value
    return len(value.text) < 500 and bool(_PATH.fullmatch(value.text)) and value.text.strip("*/.") != ""

"""Functions of R and of its packages beside those of the idioms."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Text,
    any_of,
    anything,
    as_value,
    concatenated,
    either,
    text,
    truth,
)
from migrator.commands.languages.paths import as_folder, below
from migrator.commands.languages.reading import library, modules, objects, opening
from migrator.commands.languages.reading import rows as tables
from migrator.commands.languages.reading.dates import clock, written_date
from migrator.commands.languages.reading.language import Known, rows
from migrator.commands.languages.reading.library import empty_text, first_of, nothing
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.settings_file import read_decoded, settings
from migrator.commands.languages.reading.values import Closure, Given
from migrator.commands.scope import Source
from migrator.commands.values import Value, literal
from migrator.model import Mode


def _sourced(machine: Machine, given: Given) -> object:
    """Read `source(file)`."""
    machine.load(given.get(0, "file"), given.frame)
    return UNKNOWN


def _pasted(_machine: Machine, given: Given) -> object:
    """Read `paste0(a, b)` and `paste(a, b, sep = "")`."""
    glue = described(given.named.get("sep")) if "sep" in given.named else ("" if given.tail == "paste0" else " ")
    parts: list[Value] = []
    for each in given.items[:60]:
        parts.extend([literal(glue), as_value(each)] if parts and glue else [as_value(each)])
    return concatenated(parts) if parts else anything()


def _listed(machine: Machine, given: Given) -> object:
    """Read `list.files(folder, pattern)`: names, or paths with `full.names`."""
    folder = given.get(0, "path")
    if not isinstance(folder, Text):
        return Seq([UNKNOWN], True)
    machine.touch(Mode.READ, as_folder(folder), given.line, given.frame, 0.7)
    each = below(folder, anything("name")) if given.named.get("full.names") is True else anything("name")
    return Seq([each], True)


def _applied(machine: Machine, given: Given) -> object:
    """Read `lapply(list, function)` and its kin."""
    over, function = given.get(0, "X", ".x"), given.get(1, "FUN", ".f")
    if isinstance(over, Closure):
        over, function = function, over
    items = over.items if isinstance(over, Seq) else list(over.items.values()) if isinstance(over, Map) else [over]
    found = [machine.invoke(function, [item], {}, given.line, given.frame) for item in items[:12] or [UNKNOWN]]
    return Seq(found, True)


def _vector(_machine: Machine, given: Given) -> object:
    """Read `c(a, b)` and `list(a = 1)`."""
    return Map(dict(given.named.items())) if given.named and not given.items else Seq(list(given.items))


def _table(mode: Mode) -> Known:
    """Make the reader of a call whose second argument names a table."""

    def known(machine: Machine, given: Given) -> object:
        name = described(given.get(1, "name"))
        if name and "/" not in name:
            tables.touch(machine, mode, name, given.line, given.frame)
        return UNKNOWN

    return known


def _arguments(machine: Machine, given: Given) -> object:
    """Read `commandArgs(trailingOnly = TRUE)`."""
    return (
        Seq(list(machine.arguments)) if given.named.get("trailingOnly") is True or given.items else Seq([UNKNOWN], True)
    )


def _settings(machine: Machine, given: Given) -> object:
    return settings(machine, given.get(0, "file", "input"), given)


def _glued(_machine: Machine, given: Given) -> object:
    """Read `glue("{folder}/x")`: names in braces, by their values."""
    parts: list[Value] = []
    for each in given.items[:20]:
        if not isinstance(each, Text) or not each.value.exact:
            parts.append(as_value(each))
            continue
        for place, piece in enumerate(_BRACES.split(each.value.text)):
            found = given.named.get(piece, given.frame.find(piece)) if place % 2 else text(piece)
            parts.append(as_value(UNKNOWN if found is None else found))
    return concatenated(parts) if parts else anything()


_BRACES = re.compile(r"\{([\w.]{1,80})\}")


def _decoded(machine: Machine, given: Given) -> object:
    """Read `fromJSON(text or path)`."""
    found = given.get(0, "txt", "file")
    if isinstance(found, Text) and found.value.text.endswith(".json"):
        return settings(machine, found, given)
    return read_decoded(machine, given)


def _spoken(machine: Machine, given: Given) -> object:
    """Read `cat(…, file = path)`, where it names one."""
    mode = Mode.APPEND if given.named.get("append") is True else Mode.WRITE
    if "file" in given.named:
        machine.touch(mode, given.named["file"], given.line, given.frame)
    return UNKNOWN


def _chosen(_machine: Machine, given: Given) -> object:
    """Read `ifelse(test, one, other)`."""
    sure = truth(given.get(0, "test", "condition"))
    one, other = given.get(1, "yes", "true"), given.get(2, "no", "false")
    return either(one, other) if sure is None else one if sure else other


def _switched(_machine: Machine, given: Given) -> object:
    """Read `switch(word, a = one, b = two, other)`: what stands for the word, any of them where it is not known."""
    word = given.get(0, "EXPR")
    ways = {name: value for name, value in given.named.items() if name != "EXPR"}
    rest = given.items[1:]
    if isinstance(word, Text) and word.value.exact:
        return ways.get(word.value.text, rest[0] if rest else UNKNOWN)
    return any_of([UNKNOWN, *ways.values(), *rest])


def _is_null(_machine: Machine, given: Given) -> object:
    found = given.get(0)
    return True if found is None else False if isinstance(found, Text | Seq | Map) else UNKNOWN


def _no_frames(_machine: Machine, _given: Given) -> object:
    """Read `sys.frames()`: a program that cron starts is sourced by nobody."""
    return None


def _saved(machine: Machine, given: Given) -> object:
    """Read `save(x, y, file = path)` and `save.image(path)`."""
    target = given.get(0, "file") if given.name == "save.image" else given.named.get("file", UNKNOWN)
    machine.touch(Mode.WRITE, target, given.line, given.frame)
    return UNKNOWN


def _opened(machine: Machine, given: Given) -> object:
    """Read `file(path, mode)`: without a mode it is opened by what uses it."""
    if len(given.items) < 2 and "open" not in given.named:
        return given.get(0, "description")
    mode = given.get(1, "open")
    inner = Given("open", [given.get(0, "description"), mode], {}, given.line, given.frame)
    return opening.opened(machine, inner, 0, 1)


def _rendered(machine: Machine, given: Given) -> object:
    """Read `render(input, output_file = path)`; without a name it is a page beside the text."""
    source, made = given.get(0, "input"), given.named.get("output_file", given.named.get("output", UNKNOWN))
    machine.touch(Mode.READ, source, given.line, given.frame)
    if made is UNKNOWN and isinstance(source, Text) and source.value.exact and given.name == "render":
        made = Text(source.value.but(source.value.text.rpartition(".")[0] + ".html"))
    elif isinstance(given.named.get("output_dir"), Text):
        made = below(given.named["output_dir"], made)
    machine.touch(Mode.WRITE, made, given.line, given.frame, 0.7)
    found = modules.find(machine, source, given.frame, module=False)
    if found is not None:
        # The text's own code runs too.
        code = "\n".join(_code_of(found[1].text))
        machine.take(found[0], Source(code, found[0]), found[2], given.frame)
    return UNKNOWN


def _code_of(whole: str) -> list[str]:
    """Give the lines of R in a document, every other one empty: lines keep their numbers."""
    inside = False
    lines: list[str] = []
    for line in whole.split("\n"):
        fence = line.lstrip().startswith("```")
        lines.append(line if inside and not fence else "")
        inside = (not inside and bool(_CHUNK.match(line))) if fence else inside
    return lines


_CHUNK = re.compile(r"\s*```+\s*\{[rR][\s,}]")

FUNCTIONS: dict[str, Known] = {
    **rows("source sys.source", _sourced),
    **rows("paste0 paste str_c", _pasted),
    **rows("list.files dir Sys.glob", _listed),
    **rows("lapply sapply vapply map map_dfr map_df map_chr walk purrr.map mclapply future_map Map", _applied),
    **rows("c list unlist", _vector),
    **rows("dbWriteTable dbAppendTable copy_to", _table(Mode.WRITE)),
    **rows("dbReadTable tbl", _table(Mode.READ)),
    "commandArgs": _arguments,
    **rows("read_yaml yaml.load_file config.get read.ini", _settings),
    "fromJSON": _decoded,
    "yaml.load": read_decoded,
    **rows("glue str_glue", _glued),
    **rows("cat capture.output", _spoken),
    **rows("ifelse if_else fifelse", _chosen),
    "switch": _switched,
    "is.null": _is_null,
    "sys.frames": _no_frames,
    **rows("save save.image", _saved),
    **rows("file gzfile bzfile xzfile", _opened),
    **rows("render knit quarto_render", _rendered),
    "Sys.getenv": library.environment_of,
    "dbConnect": objects.connection,
    **rows("dirname", library.parent_of),
    **rows("basename", library.last_part),
    **rows("normalizePath path.expand", first_of),
    "getwd": library.working_folder,
    "setwd": library.change_folder,
    **rows("Sys.time Sys.Date date today now", clock),
    **rows("tempfile tempdir", library.temporary),
    "Sys.sleep": library.slept,
    "file.exists": library.looked,
    "sprintf": library.formatted,
    **rows("library require suppressMessages suppressWarnings print message dir.create sqldf", nothing),
    **rows("format strftime", written_date),
    **rows("toupper gsub sub", empty_text),
}

METHODS: dict[str, Known] = {}

"""Functions of libraries that read, write, start and join: by the idioms of each language."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    concatenated,
    flattened,
    text,
    text_options,
    with_places,
)
from migrator.commands.languages.paths import absolute, as_folder, base_name, join, parent
from migrator.commands.languages.reading import objects, opening, verbs
from migrator.commands.languages.reading.machine import Machine, alternatives, described
from migrator.commands.languages.reading.members import environment
from migrator.commands.languages.reading.values import Arguments, Closure, Given
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.words import named
from migrator.commands.values import Value, literal
from migrator.model import Mode

COMMON = named(
    """
    new get set add remove delete update save find first last all each map push pop shift keys values join split log
    info warn error debug print printf write read open close run call execute query prepare do fetch connect send
    next then catch on emit parse format replace test match exec toString length size count name path value data
    create
    """
)
"""Methods that so many things have that their name alone says nothing."""

_LISTED = 0.4
_MOST_ITEMS = 400
_ROOTS = named("child_process cp shell shelljs execa childProcess zx proc subprocess")
_OWN_CALL = frozenset(("exec", "spawn"))


def called(machine: Machine, given: Given) -> object:
    """Read a call of a function that is not the program's own."""
    language = machine.language
    dotted, tail = given.name, given.tail
    known = language.functions.get(dotted)
    # A dot is a letter of R's names: `download.file` is no `file`.
    if known is None and language.name != "r" and (given.owner is UNKNOWN or language.name == "node"):
        known = language.functions.get(tail)
    if known is not None:
        return known(machine, given)
    if dotted.startswith("new ") or (tail == "new" and given.owner is not UNKNOWN):
        return objects.made(machine, given)
    if _starts(machine, dotted, tail, given):
        return started(machine, given)
    uses = _idiom(machine, dotted, tail, given)
    if uses is not None:
        return uses
    inner = language.methods.get(tail) if given.owner is not UNKNOWN and language.name != "perl" else None
    if inner is not None:
        return inner(machine, given)
    return objects.outside(machine, given)


def _starts(machine: Machine, dotted: str, tail: str, given: Given) -> bool:
    starts = machine.language.idioms.starts
    if dotted in starts:
        return True
    if tail not in starts:
        return False
    if machine.language.name == "node":
        return dotted.split(".")[0] in _ROOTS or tail not in _OWN_CALL
    return given.owner is UNKNOWN


def _idiom(machine: Machine, dotted: str, tail: str, given: Given) -> object | None:
    """Read a call by the table of its language; None where it is not in it."""
    idioms = machine.language.idioms
    plain = given.owner is UNKNOWN or machine.language.name in ("node", "r")
    names = (dotted, tail) if plain else (dotted,)
    for name in names:
        if name in idioms.opens:
            where, how = idioms.opens[name]
            return opening.opened(machine, given, where, how)
        if name in idioms.functions:
            listed, before = name in idioms.folders, len(machine.findings.touches)
            for place, mode in idioms.functions[name]:
                target = given.get(place, *_NAMED.get(mode, ()))
                machine.touch(
                    mode, as_folder(target) if listed else target, given.line, given.frame, _LISTED if listed else 1.0
                )
            if len(given.items) > 1 and not isinstance(given.items[0], Text) and given.owner is not UNKNOWN:
                # `XLSX.writeFile(book, path)`: another library's function of the same name.
                verbs.touched(machine, given)
            found = result(machine, name, given)
            if listed and isinstance(found, Seq):
                machine.list_folder(found.items[0], before)
                if given.block is not None:
                    return objects.run_each(machine, found, given)
            objects.called_back(machine, given)
            return found
    if dotted in idioms.joins or tail in idioms.joins:
        return join(given.items)
    return None


_NAMED: dict[Mode, tuple[str, ...]] = {
    Mode.WRITE: ("file", "filename", "path", "con", "destfile"),
    Mode.READ: ("file", "filename", "path", "dsn"),
}


def result(machine: Machine, name: str, given: Given) -> object:
    """Give what a call of a reading function gives: names of a pattern, a file's settings, else unknown text."""
    found = given.get(0)
    if "glob" in name.lower():
        return Seq(
            [Text(Value(o.value.text, o.value.written, exact=False)) for o in text_options(found)] or [UNKNOWN], True
        )
    if name in machine.language.idioms.folders:
        return Seq([anything("name")], True)
    return Tool("content", {"name": found})


def started(machine: Machine, given: Given) -> object:
    """Read a command that is started: one text for the shell, or a program and its arguments."""
    items = [item for item in given.items if not isinstance(item, Map | Closure | Tool)]
    if len(items) == 1 and isinstance(items[0], Seq):
        items = items[0].items
    elif len(items) > 1 and isinstance(items[1], Seq):
        items = [items[0], *items[1].items]
    elif machine.language.name in ("php", "node") and items and not isinstance(items[0], Seq):
        items = items[:1] if given.tail not in ("spawn", "spawnSync", "execFile", "execFileSync") else items
    elif machine.language.name == "r" and "args" in given.named:
        items = [*items[:1], *flattened([given.named["args"]])]
    if items:
        machine.start(items[0] if len(items) == 1 else Seq(items), given.line, given.frame)
    objects.called_back(machine, given)
    return anything("output")


# What several languages have under names of their own.


def parent_of(_machine: Machine, given: Given) -> object:
    """Read `dirname`."""
    found = given.get(0)
    if not isinstance(found, Text):
        return anything()
    value = found.value
    levels = given.get(1)
    for _ in range(levels if isinstance(levels, int) and 0 < levels < 9 else 1):
        value = parent(value)
    return Text(value)


def last_part(_machine: Machine, given: Given) -> object:
    """Read `basename`, with an ending to take off."""
    found = given.get(0)
    if not isinstance(found, Text):
        return anything()
    name = base_name(found.value).text
    ending = described(given.get(1))
    return Text(found.value.but(name.removesuffix(ending) if ending != ".*" else name.rpartition(".")[0] or name))


def whole_path(machine: Machine, given: Given) -> object:
    """Read `realpath`, `abs_path`, `expand_path`."""
    found = given.get(0)
    if not isinstance(found, Text):
        return anything()
    base = given.get(1)
    around = base.value if isinstance(base, Text) else machine.folder
    return Text(absolute(found.value, around))


def joined(_machine: Machine, given: Given) -> object:
    """Read a function that joins its arguments to a path."""
    return join(flattened(given.items))


def working_folder(machine: Machine, _given: Given) -> object:
    """Read `getcwd`."""
    return Text(machine.folder)


def change_folder(machine: Machine, given: Given) -> object:
    """Read `chdir`; a block runs there and comes back."""
    before = machine.folder
    found = given.get(0)
    machine.folder = absolute(found.value, machine.folder) if isinstance(found, Text) else as_value(anything("folder"))
    if given.block is not None:
        machine.invoke(given.block, [found], {}, given.line, given.frame)
        machine.folder = before
    return UNKNOWN


def temporary(_machine: Machine, _given: Given) -> object:
    """Read what makes a temporary file: a name of this run alone."""
    return Text(Value("/tmp/tmp*", "tempfile", exact=False, private=True))  # noqa: S108  a name only


def slept(machine: Machine, given: Given) -> object:
    """Read `sleep`."""
    seconds = given.get(0)
    machine.slept = int(seconds) if isinstance(seconds, int | float) and 0 <= seconds < 10**6 else 0
    return UNKNOWN


def looked(machine: Machine, given: Given) -> object:
    """Read `file_exists`, `File.exist?` and their kin."""
    machine.look(given.get(0))
    return UNKNOWN


def first_of(_machine: Machine, given: Given) -> object:
    """Read a call that gives its argument back as it is, for all that matters here."""
    return given.get(0)


def upper(_machine: Machine, given: Given) -> object:
    """Read `uc`."""
    found = given.get(0)
    return Text(found.value.but(found.value.text.upper())) if isinstance(found, Text) else UNKNOWN


def lower(_machine: Machine, given: Given) -> object:
    """Read `lc`."""
    found = given.get(0)
    return Text(found.value.but(found.value.text.lower())) if isinstance(found, Text) else UNKNOWN


_FORMAT = re.compile(r"%%|%[-+ 0#]*\d*(?:\.\d+)?[a-zA-Z]")


def formatted(_machine: Machine, given: Given) -> object:
    """Read `sprintf`."""
    template = given.get(0)
    if not isinstance(template, Text):
        return anything()
    rest = iter(given.items[1:])
    whole = template.value.text
    return with_places(
        whole,
        _FORMAT.finditer(whole[:4000]),
        lambda place: literal("%") if place[0] == "%%" else as_value(next(rest, UNKNOWN)),
    )


def glued(_machine: Machine, given: Given) -> object:
    """Read `join(glue, list)`."""
    glue = given.get(0)
    items = flattened(given.items[1:])
    if not isinstance(glue, Text) or not items or len(items) > 60:
        return anything()
    parts: list[Value] = []
    for item in items:
        parts.extend([glue.value, as_value(item)] if parts else [as_value(item)])
    return concatenated(parts)


def parts(node: object, separator: object, whole: object) -> Seq:
    """Split a known text at a plain separator."""
    plain = node.text if isinstance(node, nodes.Pattern) else described(separator)
    plain = plain.replace("\\", "") if len(plain) == 2 else plain
    simple = plain in (", ", "::") or (len(plain) == 1 and plain not in ".*+?^$|([")
    if simple and isinstance(whole, Text) and whole.value.exact and len(whole.value.text) < 2000:
        return Seq([text(each) for each in whole.value.text.split(plain)[:60]])
    return Seq([UNKNOWN], True)


def locked(machine: Machine, given: Given) -> object:
    """Read `flock(handle, mode)`: with LOCK_NB a second run gives up."""
    handle = given.get(0)
    opened_files = [each for each in alternatives(handle) if isinstance(each, Tool)]
    name = opened_files[0].data.get("name", UNKNOWN) if opened_files else UNKNOWN
    if given.nodes and isinstance(handle, Text) and handle.value.text == "DATA":
        name = Text(machine.main.deployed)
    machine.lock(name, skips=objects.says(given.nodes, "LOCK_NB"), line=given.line, frame=given.frame, sure=False)
    return UNKNOWN


def environment_of(machine: Machine, given: Given) -> object:
    """Read `getenv(name, default)`."""
    found = environment(machine, described(given.get(0)))
    return given.get(1) if found is UNKNOWN else found


def counted(machine: Machine, given: Given) -> object:
    """Read `count(list)` and `scalar(@list)`: known for the program's own arguments."""
    found = machine.value(given.nodes[0].value, given.frame) if given.nodes else given.owner
    if isinstance(found, Arguments):
        return len(found.items)
    return UNKNOWN if isinstance(found, Seq | Map) else found


def pushed(machine: Machine, given: Given) -> object:
    """Read what adds to a list: a method of it, or a function that is given it."""
    owner, added = given.owner, given.items
    if owner is UNKNOWN and given.nodes:
        owner, added = machine.value(given.nodes[0].value, given.frame), given.items[1:]
    if isinstance(owner, Seq):
        owner.open = True
        if len(owner.items) < _MOST_ITEMS:
            owner.items.extend(added)
    return UNKNOWN


def nothing(_machine: Machine, _given: Given) -> object:
    """Read a call that matters not."""
    return UNKNOWN


def cut(_machine: Machine, given: Given) -> object:
    """Read `substr(text, from, length)` of a text that is known."""
    found, start, length = given.get(0), given.get(1), given.get(2)
    if not isinstance(found, Text) or not found.value.exact or not isinstance(start, int):
        return anything()
    if length is not UNKNOWN and not isinstance(length, int):
        return anything()
    text = found.value.text[start:]
    return Text(found.value.but(text if not isinstance(length, int) else text[:length]))


def empty_text(_machine: Machine, _given: Given) -> object:
    """Read a call that gives some text."""
    return anything()

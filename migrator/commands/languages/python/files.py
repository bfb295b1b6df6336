"""Files of Python programs: opening, reading and writing through libraries, listing, copying, temporary names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.commands.invocation import Space
from migrator.commands.languages.abstract import (
    UNKNOWN,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    elements,
    options,
    text_options,
)
from migrator.commands.languages.paths import any_depth, as_folder, below, deep
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Known, Machine
from migrator.commands.values import Value, literal
from migrator.model import Mode

_LETTERS = frozenset("rwaxbtU+cn")


def opened(machine: Machine, target: object, mode: object, call: Call, sure: float = 0.9) -> object:
    """Read `open(target, mode)`."""
    said = {re.split("[:|]", option.value.text)[0] for option in text_options(mode)}
    # The second argument of an opener may be something else: `open_dataset(path, "zarr")`.
    letters = {each for each in said if set(each) <= _LETTERS} or {"r"}
    found = Tool("file", {"name": target})
    for letter in sorted(letters):
        if any(sign in letter for sign in "wx"):
            machine.touch(Mode.WRITE, target, call, sure)
        elif "+" in letter:
            # Many open a file for both and only read it.
            found.data["changes"] = Mode.APPEND if "a" in letter else Mode.WRITE
            machine.changing += 1
        elif "a" in letter:
            machine.touch(Mode.APPEND, target, call, sure)
        if not set(letter) & set("wxa"):
            machine.touch(Mode.READ, target, call, sure)
    return found


def changed(machine: Machine, things: Iterable[object], call: Call) -> None:
    """Note that files which are open for both are written: by their own method, or by whom they are handed to."""
    for thing in things:
        mode = thing.data.pop("changes", None) if isinstance(thing, Tool) and thing.kind == "file" else None
        if isinstance(thing, Tool) and isinstance(mode, Mode):
            machine.touch(mode, thing.data["name"], call)


def open_file(machine: Machine, call: Call) -> object:
    """Read `open(path, mode)` and its kin."""
    return opened(machine, call.first("file", "filename", "uri"), call.second("mode"), call)


def touching(mode: Mode, *names: str, place: int = 0, folder: bool = False) -> Known:
    """Make the reader of a call that touches one argument, by place or by name."""

    def known(machine: Machine, call: Call) -> object:
        placed = call.given[place] if len(call.given) > place else UNKNOWN
        target = placed if text_options(placed) or isinstance(placed, Seq) else _by_name(call.named, names, placed)
        machine.touch(mode, as_folder(target) if folder else target, call)
        return UNKNOWN

    return known


def _by_name(named: dict[str, object], names: tuple[str, ...], otherwise: object) -> object:
    return next((named[name] for name in names if name in named), otherwise)


def archived(machine: Machine, call: Call) -> object:
    """Read `shutil.make_archive(base, format, folder)`."""
    ending = _ENDINGS.get(as_value(call.second("format")).text)
    for option in text_options(call.first("base_name")) if ending else []:
        machine.touch(Mode.WRITE, Text(option.value + literal(f".{ending}")), call)
    place = call.at(2, "root_dir", "base_dir")
    machine.touch(Mode.READ, as_folder(place), call)
    return UNKNOWN


_ENDINGS = {"zip": "zip", "tar": "tar", "gztar": "tar.gz", "bztar": "tar.bz2", "xztar": "tar.xz"}


def spark(mode: Mode) -> Known:
    """Make the reader of a Spark call that reads or writes its first argument."""

    def known(machine: Machine, call: Call) -> object:
        target = call.first("path", "paths", "name")
        space = Space.HDFS if machine.distributed else Space.PATH
        found = elements(target) if isinstance(target, Seq) else list(options(target))
        for element in found[:12]:
            for option in text_options(element):
                for piece in option.value.text.split(",")[:8]:
                    machine.touch(mode, Text(option.value.but(piece, piece)), call, space=space)
        return UNKNOWN

    return known


def between(*, moves: bool) -> Known:
    """Make the reader of a call that copies one path to another, or moves it there."""

    def known(machine: Machine, call: Call) -> object:
        one = call.first("src")
        machine.touch(Mode.READ, one, call)
        if moves:
            machine.touch(Mode.DELETE, one, call)
        machine.touch(Mode.WRITE, call.second("dst"), call)
        return call.second("dst")

    return known


def listed(machine: Machine, call: Call) -> object:
    """Read a listing of a folder: what it gives is unknown names."""
    folder = call.first("path", "top", "hdfs_path")
    dotted = call.written
    space = Space.HDFS if "hdfs" in dotted else Space.PATH
    walked = dotted.endswith("walk")
    base = deep(folder) if isinstance(folder, Text) else anything()
    inner = base if walked else folder
    machine.listed(as_folder(folder), below(inner, anything("name")), call, 0.7, space=space, walked=walked)
    whole = "hdfs" in dotted or "scandir" in dotted
    each = below(folder, anything("name")) if whole and isinstance(folder, Text) else anything("name")
    if walked:
        return Seq([Seq([base, Seq([anything()], True), Seq([anything()], True)])], True)
    return Seq([each], True)


def globbed(machine: Machine, call: Call) -> object:
    """Read `glob.glob(pattern)`."""
    pattern = any_depth(call.first("pathname"))
    machine.listed(pattern, pattern, call)
    found = text_options(pattern)
    return Seq([Text(Value(o.value.text, o.value.written, exact=False)) for o in found] or [UNKNOWN], True)


def looked(machine: Machine, call: Call) -> object:
    """Read a look at a file: a wait, where a loop sleeps between looks."""
    for option in text_options(call.first()):
        machine.polls.append(("file", option.value.text))
    return UNKNOWN


def temporary_name(_machine: Machine, _call: Call) -> object:
    """Read what `tempfile` gives: a name of this run alone."""
    return Text(Value("/tmp/tmp*", "tempfile", exact=False, private=True))  # noqa: S108  a name only


def temporary_pair(machine: Machine, call: Call) -> object:
    """Read `tempfile.mkstemp`."""
    return Seq([UNKNOWN, temporary_name(machine, call)])


def with_scheme(target: object, scheme: str) -> object:
    """Give the paths of a store their scheme: `bucket/key` of an S3 file system is `s3://bucket/key`."""
    found = [
        option if "://" in option.value.text or not scheme else Text(literal(f"{scheme}://") + option.value)
        for option in text_options(target)
    ]
    return found[0] if len(found) == 1 else target


def store(scheme: str) -> Known:
    """Make the reader of a call that opens a file system of a store."""

    def known(_machine: Machine, _call: Call) -> object:
        return Tool("filesystem", {"scheme": scheme})

    return known


def made(_machine: Machine, _call: Call) -> object:
    """Read the making of a folder: an empty folder is no data."""
    return None

"""Find the libraries of a program among the files read, by the rules of each language."""

from __future__ import annotations

import posixpath

from migrator.commands import resolve
from migrator.commands.languages.abstract import Map, Ref, Text
from migrator.commands.languages.own_files import followed, near
from migrator.commands.languages.paths import absolute, folder_of
from migrator.commands.languages.reading import settings_file
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Frame
from migrator.commands.scope import Source
from migrator.commands.values import Value, literal

MOST = 60
_LONGEST_NAME = 300
# A library lies not far from what takes it in.
_MOST_FOLDERS = 6


def left_out(paths: list[str]) -> str:
    """Say of files beyond the limit that nobody knows what they do."""
    more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
    shown = f"what `{paths[0]}`{more} {'do' if more else 'does'}" if paths else "nothing"
    return f"{shown}: the program loads more than {MOST} files"


def find(machine: Machine, written: object, frame: Frame, *, module: bool) -> tuple[str, Source, Value] | None:
    """Find a library: its path in the tree, its text, where it is deployed."""
    if not isinstance(written, Text) or not 0 < len(written.value.text) < _LONGEST_NAME:
        return None
    if not written.value.exact:
        return _below(machine, written.value.text, frame)
    for candidate in _candidates(machine, written.value, frame, module=module):
        found = located(machine, candidate)
        if found is not None:
            return found
    return None


def _below(machine: Machine, name: str, frame: Frame) -> tuple[str, Source, Value] | None:
    """Find a file whose beginning is a root that nobody knows (`ROOT . '/lib/db.php'`): in the folders around."""
    root, _, tail = name.rpartition("*")
    if root or "/" not in tail:
        return None
    around = folder_of(frame.unit.deployed)
    for _ in range(_MOST_FOLDERS):
        found = located(machine, _in(around, tail))
        if found is not None:
            return found
        if "/" not in around.text.strip("/"):
            break
        around = folder_of(around)
    return None


def located(machine: Machine, deployed: Value) -> tuple[str, Source, Value] | None:
    """Find a file by its deployed path."""
    place = resolve.deployed(deployed.text, machine.scope, exact=deployed.exact)
    if place is None:
        return None
    found = followed(machine.walk, deployed, place, machine.scope)
    if found is None or not near(found[0], place, found[1]):
        return None
    return found[0], found[2], deployed.but(place, place)


def _candidates(machine: Machine, value: Value, frame: Frame, *, module: bool) -> list[Value]:
    name = value.text
    here = folder_of(frame.unit.deployed)
    language = machine.language.name
    if language == "perl":
        tail = name.replace("::", "/") + ".pm" if module else name
        if tail.startswith(("/", "~")):
            return [value]
        main = folder_of(machine.main.deployed)
        usual = [main, _in(main, "lib"), _in(main, "../lib")] if module else [machine.folder, here]
        return [_in(folder, tail) for folder in [*machine.paths[:20], *usual]]
    if name.startswith(("/", "~")):
        return [value] if language != "ruby" or name.endswith(".rb") else [value + literal(".rb"), value]
    if language == "node":
        base = _in(here, name) if name.startswith(".") else _imported(machine, name, here)
        if base is None:
            return []
        return [
            base.but(base.text + ending, base.text + ending)
            for ending in _NODE
            if ending or "." in posixpath.basename(base.text)
        ]
    if language == "ruby":
        tail = name if name.endswith(".rb") else f"{name}.rb"
        roots = [here] if module else [*machine.paths[:10], machine.folder, here, _in(here, "lib"), _in(here, "../lib")]
        return [_in(folder, tail) for folder in roots]
    return [_in(folder, name) for folder in (here, machine.folder, *machine.paths[:6])]


_NODE = ("", ".js", ".mjs", ".cjs", ".ts", ".json", "/index.js", "/index.ts")


def _imported(machine: Machine, name: str, here: Value) -> Value | None:
    """Find `#name` by the `imports` of the nearest package (nodejs.org/api/packages.html, subpath imports)."""
    if not name.startswith("#"):
        return None
    folder = here
    for _ in range(_MOST_FOLDERS):
        found = located(machine, _in(folder, "package.json"))
        if found is not None:
            target = _mapped(settings_file.parsed(found[0], found[1].text), name)
            return _in(folder, target) if target else None
        if "/" not in folder.text.strip("/"):
            break
        folder = folder_of(folder)
    return None


def _mapped(package: object, name: str) -> str:
    """Give the file that a package's `imports` name: by the whole name, or by its beginning before `*`."""
    imports = package.items.get("imports") if isinstance(package, Map) else None
    for key, value in imports.items.items() if isinstance(imports, Map) else ():
        target = value.items.get("node", value.items.get("default")) if isinstance(value, Map) else value
        start, star, end = str(key).partition("*")
        fits = star and name.startswith(start) and name.endswith(end)
        inner = name[len(start) : len(name) - len(end)] if fits else ""
        if isinstance(target, Text) and (key == name or inner):
            return target.value.text.replace("*", inner, 1)
    return ""


def _in(folder: Value, tail: str) -> Value:
    return absolute(folder + literal("/" + tail), literal("."))


def missing(machine: Machine, written: object, *, module: bool) -> object | None:
    """Say what is not there: a library by a file's path is unclear, one by name is somebody else's."""
    if not isinstance(written, Text) or not written.value.text:
        return None
    name = written.value.text
    if machine.language.name == "node" and not name.startswith((".", "/")):
        return Ref(name.removeprefix("node:").replace("/", "."))
    strange = any(part in name for part in ("vendor/", "node_modules/", "*")) or not written.value.exact
    by_path = name.startswith((".", "/")) or (machine.language.name in ("php", "r") and "/" in name)
    if by_path and not strange and not module:
        machine.unclear(f"what `{name}` does: it is not among the files read")
    return Map() if machine.language.name == "node" else None

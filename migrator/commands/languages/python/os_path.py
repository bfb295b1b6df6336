"""`os.path`, `Path(…)` and the working folder."""

from __future__ import annotations

import posixpath
import re

from migrator.commands.languages.abstract import Seq, Text, anything, as_value, text, with_places
from migrator.commands.languages.paths import absolute, base_name, below, join, parent
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.environment import environment
from migrator.commands.languages.python.machine import Machine
from migrator.commands.values import Value, literal

_VARIABLE = re.compile(r"\$(?:(\w{1,80})|\{(\w{1,80})\})")


def joined(_machine: Machine, call: Call) -> object:
    """Read `os.path.join`."""
    return join(call.given)


def folder_of(_machine: Machine, call: Call) -> object:
    """Read `os.path.dirname`."""
    found = call.first()
    return Text(parent(found.value)) if isinstance(found, Text) else anything()


def whole_path(machine: Machine, call: Call) -> object:
    """Read `os.path.abspath` and `realpath`."""
    found = call.first()
    return Text(absolute(found.value, machine.folder)) if isinstance(found, Text) else anything()


def last_part(_machine: Machine, call: Call) -> object:
    """Read `os.path.basename`."""
    found = call.first()
    return (
        Text(found.value.but(found.value.text.rstrip("/").rpartition("/")[2]))
        if isinstance(found, Text)
        else anything()
    )


def path_attribute(owner: Text, name: str) -> object | None:
    """Give an attribute of a `pathlib.Path` that is a path or a name itself."""
    if name == "parent":
        return Text(parent(owner.value), path=True)
    if name == "parents":
        above = [Text(parent(owner.value), path=True)]
        while len(above) < 12 and above[-1].value.text not in ("/", ".", "~", "*"):
            above.append(Text(parent(above[-1].value), path=True))
        return Seq(list(above))
    if name == "name":
        return Text(base_name(owner.value))
    if name == "stem":
        return Text(owner.value.but(posixpath.splitext(posixpath.basename(owner.value.text))[0]))
    if name == "suffix":
        return Text(owner.value.but(posixpath.splitext(owner.value.text)[1]))
    return None


def expanded(machine: Machine, value: Value) -> Value:
    """Give a path that begins with `~` or `~user` with the home in its place: other users' are below `/home`."""
    user = value.text[1:].partition("/")[0]
    if not user:
        return machine.home + value.but(value.text[1:])
    return value.but(("/root" if user == "root" else f"/home/{user}") + value.text[1 + len(user) :])


def homed(machine: Machine, call: Call) -> object:
    """Read `os.path.expanduser` and `Path.home`."""
    found = call.first()
    if isinstance(found, Text):
        return Text(expanded(machine, found.value)) if found.value.text.startswith("~") else found
    return Text(machine.home) if not call.given else anything()


def with_variables(machine: Machine, call: Call) -> object:
    """Read `os.path.expandvars`."""
    found = call.given[0] if call.given else anything()
    if not isinstance(found, Text) or not found.value.exact:
        return found
    whole = found.value.text
    return with_places(
        whole,
        _VARIABLE.finditer(whole),
        lambda name: as_value(environment(machine, text(name[1] or name[2]), None)),
    )


def split_extension(_machine: Machine, call: Call) -> object:
    """Read `os.path.splitext`."""
    found = call.first()
    if not isinstance(found, Text):
        return Seq([anything(), anything()])
    head, dot, tail = found.value.text.rpartition(".")
    if not dot or "/" in tail:
        return Seq([found, text("")])
    return Seq([Text(found.value.but(head)), text(dot + tail)])


def path_made(_machine: Machine, call: Call) -> object:
    """Read `Path(…)`."""
    if not call.given:
        return Text(literal("."), path=True)
    found = call.given[0] if isinstance(call.given[0], Text) else anything()
    for part in call.given[1:]:
        found = below(found, part)
    return Text(as_value(found), path=True)


def working_folder(machine: Machine, _call: Call) -> object:
    """Read `os.getcwd`."""
    return Text(machine.folder)


def change_folder(machine: Machine, call: Call) -> object:
    """Read `os.chdir`."""
    found = call.first()
    if isinstance(found, Text):
        machine.folder = absolute(found.value, machine.folder)
    return None

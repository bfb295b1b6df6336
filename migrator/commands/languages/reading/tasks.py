"""Tasks of Rake: what a Rakefile and the files beside it say, and the running of one (ruby.github.io/rake).

`namespace`, `task`, `multitask` and `file` with what they need and their blocks; the files of `lib/tasks` (Rails),
`rakelib` (Rake's own) and `tasks` are read where the Rakefile alone does not know the task.
"""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import UNKNOWN, Map, Text, Tool, flattened, text
from migrator.commands.languages.paths import folder_of
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.values import Given
from migrator.commands.values import literal

_FOLDERS = ("lib/tasks", "rakelib", "tasks")
_MOST_FILES = 60
_DEEPEST = 8
_ASKED = re.compile(r"([^\[\]]+)(?:\[([^\]]*)\])?\Z")


def space(machine: Machine, given: Given) -> object:
    """Read `namespace :name do … end`."""
    if given.block is not None:
        machine.tasks.spaces.append(described(given.get(0)) or "*")
        machine.invoke(given.block, [], {}, given.line, given.frame)
        machine.tasks.spaces.pop()
    return UNKNOWN


def defined(machine: Machine, given: Given) -> object:
    """Read `task name: [:needed] do |t, args| … end` in its several forms."""
    first = given.get(0) if given.items else UNKNOWN
    pairs = list(first.items.items()) if isinstance(first, Map) else list(given.named.items())
    arguments = [described(each) for each in flattened(given.items[1:])]
    name, needs = described(first), [need for _, value in pairs for need in _texts(value)]
    if not name and pairs:
        name, needs = str(pairs[0][0]), _texts(pairs[0][1])
        arguments = []
    if name:
        whole = ":".join([*machine.tasks.spaces, name])
        machine.tasks.known.setdefault(whole, []).append((needs, [each for each in arguments if each], given.block))
    return UNKNOWN


def _texts(value: object) -> list[str]:
    return [described(each) for each in flattened([value]) if described(each)]


def run(machine: Machine, asked: str) -> None:
    """Run a task by the name that the command gives, `name[a,b]` with its arguments."""
    match = _ASKED.fullmatch(asked)
    if match is not None:
        _asked(machine, match[1], [text(word.strip()) for word in (match[2] or "").split(",")] if match[2] else [])


def _asked(machine: Machine, name: str, given: list[object]) -> None:
    if name not in machine.tasks.known:
        _more(machine)
    if name not in machine.tasks.known:
        machine.unclear(f"what the task `{name[:80]}` does: no file that was read defines it")
    _run(machine, name, given, 0)


def _more(machine: Machine) -> None:
    """Read the files of tasks that lie beside the Rakefile."""
    if machine.top is None:
        return
    root = folder_of(machine.main.deployed)
    for folder in _FOLDERS:
        place = root + literal(f"/{folder}")
        for name in machine.walk.names(place.text, machine.scope)[:_MOST_FILES]:
            if name.endswith(".rake"):
                machine.load(Text(place + literal(f"/{name}")), machine.top)


def _run(machine: Machine, name: str, given: list[object], depth: int) -> None:
    if name in machine.tasks.done or depth > _DEEPEST:
        return
    machine.tasks.done.add(name)
    around = name.rpartition(":")[0]
    for needs, arguments, block in machine.tasks.known.get(name, ()):
        for need in needs:
            inner = f"{around}:{need}" if around and f"{around}:{need}" in machine.tasks.known else need
            _run(machine, inner, [], depth + 1)
        if block is not None:
            named = Map({word: given[n] if n < len(given) else None for n, word in enumerate(arguments)})
            machine.invoke(block, [UNKNOWN, named], {}, block.node.line, block.frame)


def named(_machine: Machine, given: Given) -> object:
    """Read `Rake::Task['name']`."""
    name = described(given.get(0))
    return Tool("task", {"name": name}) if name else UNKNOWN


def invoked(machine: Machine, task: Tool, given: Given) -> None:
    """Read `Rake::Task['name'].invoke(…)`; a Rails program is loaded by its own `environment`."""
    if task.data["name"] != "environment":
        _asked(machine, str(task.data["name"]), given.items)

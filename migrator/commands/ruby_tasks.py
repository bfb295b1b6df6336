"""`rake TASK` and `rails TASK`: the task among those of the Rakefile here; `rails runner`: a text or a file of Ruby."""

from __future__ import annotations

import re

from migrator.commands import expansion, foreign, lookup
from migrator.commands.emit import Here
from migrator.commands.interpreters import Interpreted
from migrator.commands.record import Ending, Flow, Walk
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal

RUNNERS = frozenset(["rake", "rails", "runner"])

_FILES = ("Rakefile", "rakefile", "Rakefile.rb")
_SETTING = re.compile(r"([A-Za-z_]\w{0,60})=(.*)", re.DOTALL)
_VALUED = frozenset(
    ["-f", "--rakefile", "-C", "--directory", "-I", "--libdir", "-r", "--require", "-e", "--environment"]
)
_ASKS = ("runner", "r")
_OWN = frozenset(["server", "s", "console", "c", "generate", "g", "new", "dbconsole", "db", "destroy", "d"])


def run(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read what a task of the tree does; None where no Rakefile here is among the files."""
    name = values[0].text.rpartition("/")[2]
    words, folder, file, settings = _sorted(values[1:])
    if name == "runner" and not values[0].text.endswith("script/runner"):
        return None
    inner = scope.fork()
    if folder is not None:
        inner.folder = expansion.entered(folder, scope)
    for key, value in settings:
        inner.variables[key] = value
        inner.exported.add(key)
    if name == "runner" or (name == "rails" and words and words[0].text in _ASKS):
        return _runner(walk, values, words if name == "runner" else words[1:], here, inner, flow)
    if not words or (name == "rails" and words[0].text in _OWN):
        return None
    for candidate in _FILES if file is None else (file.text,):
        place = expansion.entered(literal(candidate), inner)
        found = lookup.find(walk, place, inner, here, how=name)
        if found is not None:
            label = f"{name} {words[0].shown}"[:60]
            asked = " ".join(word.text for word in words if word.exact)
            told = Interpreted("ruby", place, (), label=label, entry=asked)
            foreign.program_step(walk, found, told, values, here, inner, flow)
            return Ending.FALLS
    return None


def _runner(walk: Walk, values: list[Value], words: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read `rails runner 'Order.close_all'`, whose classes Rails finds by their names, or `rails runner script.rb`."""
    if not words:
        return None
    file = words[0].text.endswith(".rb")
    told = Interpreted(
        "ruby", words[0] if file else None, tuple(words[1:]), None if file else words[0], label=_label(words[0])
    )
    foreign.interpret(walk, "rails", told, values, here, scope, flow)
    return Ending.FALLS


def _label(word: Value) -> str:
    return f"rails runner {word.shown}"[:60]


def _sorted(
    values: list[Value],
) -> tuple[list[Value], Value | None, Value | None, list[tuple[str, Value]]]:
    """Give the tasks that are asked for, the folder and the Rakefile of options, and settings (`NAME=value`)."""
    words: list[Value] = []
    folder: Value | None = None
    file: Value | None = None
    settings: list[tuple[str, Value]] = []
    place = 0
    while place < len(values):
        value = values[place]
        option, equals, tail = value.text.partition("=")
        setting = _SETTING.fullmatch(value.text)
        if value.text in _VALUED and place + 1 < len(values):
            place += 1
            folder = values[place] if value.text in ("-C", "--directory") else folder
            file = values[place] if value.text in ("-f", "--rakefile") else file
        elif option == "--rakefile" and equals:
            file = value.but(tail)
        elif setting is not None:
            settings.append((setting[1], value.but(setting[2])))
        elif not value.text.startswith("-"):
            words.append(value)
        place += 1
    return words[:20], folder, file, settings

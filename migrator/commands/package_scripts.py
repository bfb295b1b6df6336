"""`npm run NAME` and its kin: the command that `package.json` keeps under the name (docs.npmjs.com, npm-run-script)."""

from __future__ import annotations

import json

from migrator.commands import expansion, lookup
from migrator.commands.emit import Here
from migrator.commands.record import MAX_CALLS, Ending, Flow, Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.commands.wrapping import share
from migrator.shell import quote
from migrator.shell.tree import Span

RUNNERS = frozenset(["npm", "yarn", "pnpm", "bun"])

_RUNS = ("run", "run-script", "rum", "urn")
_ALONE = ("start", "test", "stop", "restart")
_FOLDERS = ("--prefix", "-C", "--cwd", "--dir")
_VALUED = (*_FOLDERS, "--loglevel", "--workspace", "-w", "--filter", "-F")


def run(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read the script that a package's runner is told to run; None where no `package.json` here has one."""
    asked, rest, folder = _asked(name, values)
    if asked is None or not asked.exact or flow.calls >= MAX_CALLS:
        return None
    inner = scope.fork()
    if folder is not None:
        inner.folder = expansion.entered(folder, scope)
    found = lookup.find(walk, inner.folder + literal("/package.json"), inner, here, how=name)
    if found is None:
        return None
    whole, line = _command(found[1].text, asked.text, " ".join(quote(each.shown) for each in rest[:40]))
    if not whole:
        return None
    before = len(walk.record.drafts)
    inner.source = Source(whole, found[0], line)
    walk.text(whole, Span(0, len(whole), 1, 1), inner, flow.called())
    share(walk, before, here, here.outer or scope)
    return Ending.FALLS


def _asked(name: str, values: list[Value]) -> tuple[Value | None, list[Value], Value | None]:
    """Give the script that is asked for, what is passed to it, and the folder that an option names."""
    folder: Value | None = None
    words: list[Value] = []
    passed: list[Value] = []
    place = 1
    while place < len(values):
        text = values[place].text
        option, equals, tail = text.partition("=")
        if text == "--":
            passed = values[place + 1 :]
            break
        if text in _VALUED and len(words) < 2 and place + 1 < len(values):
            folder = values[place + 1] if text in _FOLDERS else folder
            place += 1
        elif option in _FOLDERS and equals:
            folder = values[place].but(tail)
        elif not text.startswith("-") or len(words) >= 2:
            words.append(values[place])
        place += 1
    if words and words[0].text in _RUNS:
        return (words[1] if len(words) > 1 else None), [*words[2:], *passed], folder
    alone = words and (words[0].text in _ALONE or name == "yarn")
    return (words[0] if alone else None), [*words[1:], *passed], folder


def _command(text: str, name: str, passed: str) -> tuple[str, int]:
    """Give the command of a script with its line: what stands before it (`prename`), it, what stands behind."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return "", 0
    scripts = found.get("scripts") if isinstance(found, dict) else None
    own = scripts.get(name) if isinstance(scripts, dict) else None
    if not isinstance(scripts, dict) or not isinstance(own, str) or not own.strip():
        return "", 0
    around = [scripts.get(f"pre{name}"), f"{own} {passed}".strip(), scripts.get(f"post{name}")]
    return " && ".join(each for each in around if isinstance(each, str) and each.strip()), _line(text, name)


def _line(text: str, name: str) -> int:
    """Give the line on which a script stands."""
    start = max(text.find('"scripts"'), 0)
    place = text.find(json.dumps(name), start)
    return text.count("\n", 0, place) + 1 if place >= 0 else 1

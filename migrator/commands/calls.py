"""Calls of other code: functions, shell scripts, make targets, programs in other languages."""

from __future__ import annotations

import re
from dataclasses import replace

from migrator.commands import (
    entry_points,
    foreign,
    hints,
    lookup,
    made,
    make,
    package_scripts,
    programs,
    resolve,
    ruby_tasks,
    samples,
    session,
    shells,
)
from migrator.commands.csh import translated
from migrator.commands.emit import Here
from migrator.commands.facts import Called, Followed
from migrator.commands.interpreters import interpreted, runs_text
from migrator.commands.record import MAX_CALLS, Ending, Flow, Walk, quoted
from migrator.commands.scope import Scope
from migrator.commands.scripts import is_c_shell, script, written
from migrator.commands.values import Value
from migrator.commands.wrapping import share

# Members are found once: in Python 3.11 that takes as long as a call.
_FALLS = Ending.FALLS

# Shorter names are those of many programs.
_TELLING_NAME = 6
_INSTALLED = re.compile(r"[\w.-]{2,80}")
_BARE_NAME = re.compile(r"[\w.+-]+")


def function(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Inline a function where it is called; one that calls itself is read once."""
    body = scope.functions[name]
    # A file that is read in may have a function of the same name: `main`.
    own = f"{name}:{scope.function_sources.get(name, scope.source).path}:{body.span.start}"
    if own in scope.active or len(scope.active) >= 20:
        walk.record.open(f"function `{name}` calls itself")
        return Ending.FALLS
    before = len(walk.record.drafts)
    arguments, source, active = scope.arguments, scope.source, scope.active
    scope.arguments, scope.active = tuple(values[1:]), (*active, own)
    scope.source = scope.function_sources.get(name, source)
    try:
        ending = walk.node(body.body, scope, flow.deeper())
    finally:
        scope.arguments, scope.source, scope.active = arguments, source, active
    share(walk, before, here, scope)
    return Ending.EXITS if ending is Ending.EXITS else Ending.FALLS


def source(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Read `. file`: its settings and functions stay, its work is work of the caller."""
    if len(values) < 2:
        return Ending.FALLS
    session.sourced(walk, values[1], here)
    found = lookup.find(walk, values[1], scope, here, how="sourced")
    sampled = found is None
    if found is None and not scope.inside and (sample := samples.text_of(walk, values[1], scope)) is not None:
        found = sample.path or "", sample
    if found is None or flow.calls >= MAX_CALLS or found[0] == scope.source.path:
        return Ending.FALLS
    path, text = found
    if is_c_shell(path, text):
        text = replace(text, text=translated(text.text).text)
    outer, zero = scope.source, scope.zero
    before = len(walk.record.drafts)
    if not sampled:
        walk.record.followed[Followed(outer.path, here.span.start, path, text.text)] = None
    scope.source = text
    if len(values) > 2:
        scope.arguments = tuple(values[2:])
    try:
        ending = walk.script(walk.parsed(text), scope, flow.called())
    finally:
        scope.source, scope.zero = outer, zero
    if sampled:
        # A sample tells what is set, not what is done, and its text is not what a task may restate.
        del walk.record.drafts[before:]
    share(walk, before, here, scope)
    return ending if ending is Ending.EXITS else Ending.FALLS


def call(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Follow a call of a script, a shell or make; None where the command calls none of them."""
    if name in shells.NAMES:
        return shells.shell(walk, name, values, here, scope, flow)
    if name in ("make", "gmake"):
        return make.make(walk, values, here, scope, flow)
    if name in package_scripts.RUNNERS:
        return package_scripts.run(walk, name, values, here, scope, flow)
    if name in ruby_tasks.RUNNERS and (done := ruby_tasks.run(walk, values, here, scope, flow)) is not None:
        return done
    if runs_text(name) and (told := interpreted(name, tuple(values[1:]))) is not None:
        foreign.interpret(walk, name, told, values, here, scope, flow)
        return _FALLS
    if not hints.is_file(values[0].text):
        if programs.known(name):
            return None
        if not _on_path(values[0].text, scope):
            return _installed(walk, name, values, here, scope, flow)
    target = values[0] if "/" in values[0].text else _searched(walk, values[0], scope)
    found = lookup.find(walk, target, scope, here)
    if found is None and (text := made.find(walk, target, scope)) is not None:
        return written(walk, text, target, values[1:], here, scope, flow)
    if found is None:
        return _installed(walk, name, values, here, scope, flow)
    return script(walk, found, target, values[1:], here, scope, flow)


def _installed(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read the function of the tree that an installed program calls; None where the tree installs no such program."""
    found = entry_points.find(walk, name, values[1:], scope) if _INSTALLED.fullmatch(name) else None
    if found is None:
        return None
    program, how, told = found
    walk.record.call(Called(quoted(values[0].written), program[0], how, here.origin))
    foreign.program_step(walk, program, told, values, here, scope, flow)
    return Ending.FALLS


def _on_path(text: str, scope: Scope) -> bool:
    return "PATH" in scope.variables and bool(_BARE_NAME.fullmatch(text))


def _searched(walk: Walk, value: Value, scope: Scope) -> Value:
    """Give the path below a folder of PATH that holds a program, else the bare name where it names a script."""
    path = scope.variables.get("PATH")
    for folder in (path.text if path is not None else "").split(":")[:40]:
        if folder and not (folder + "/").startswith(hints.SYSTEM) and "$" not in folder:
            tried = value.but(f"{folder}/{value.text}")
            if walk.follow(tried.written, resolve.deployed(tried.text, scope, exact=tried.exact), scope) is not None:
                return tried
    if hints.SCRIPT.search(value.text):
        return value
    # Installed from the tree into a folder of PATH: a file of that very name which says what runs it.
    found = walk.follow(value.written, value.text, scope) if len(value.text) >= _TELLING_NAME else None
    return value if found is not None and found[2].text.startswith("#!") else value.but("")

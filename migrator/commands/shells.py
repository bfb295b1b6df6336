"""Calls of a shell: `bash -c text`, `sh file`, and one that reads its commands from a here document."""

from __future__ import annotations

import posixpath
import re

from migrator.commands import hints, library, lookup, made
from migrator.commands.csh import translated
from migrator.commands.emit import Here, emit, short_name
from migrator.commands.facts import StepKind
from migrator.commands.invocation import Effect, work
from migrator.commands.record import Ending, Flow, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope
from migrator.commands.scripts import C_SHELLS, c_script, script, shell_script, written
from migrator.commands.values import Value, literal
from migrator.commands.wrapping import share
from migrator.shell.runners import SHELLS

_UNREADABLE = frozenset({"fish"})
NAMES = SHELLS | C_SHELLS | _UNREADABLE


def shell(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read `bash -c text`, `sh file`, and a shell that reads its commands from a here document."""
    place, errexit, inline = 1, False, False
    while place < len(values) and values[place].text[:1] in ("-", "+") and values[place].text != "-":
        text = values[place].text
        errexit = errexit or bool(re.fullmatch(r"-\w*e\w*", text))
        inline = inline or bool(re.fullmatch(r"-\w*c\w*", text))
        place += 1 + (text in ("-o", "-O", "+O", "--rcfile", "--init-file"))
        if inline:
            break
    rest = values[place:]
    fed = rest if any(re.fullmatch(r"-[a-zA-Z]*s[a-zA-Z]*", value.text) for value in values[1:place]) else []
    if inline and rest:
        walk.record.wrapper(name, " ".join(value.written for value in values[1:place]), here.origin)
        return _shell_text(walk, name, rest, here, scope, flow, errexit=errexit)
    if rest and not fed and rest[0].text != "-" and name not in _UNREADABLE:
        return _shell_file(walk, name, rest, values, here, scope, flow, errexit=errexit)
    if rest and not fed and name in _UNREADABLE:
        return _other_shell(walk, name, rest, values, here, scope, flow)
    found = streams(here.redirects, scope, speaks=False)
    if found.stdin is not None:
        inner = scope.fork()
        inner.fed, inner.arguments = None, tuple(fed or rest[1:])
        return walk.text(found.stdin, found.fed_at or here.span, inner, flow.deeper())
    why = f"what `{name}` reads from its standard input"
    walk.record.open(why)
    emit(walk, Effect(kind=StepKind.OPAQUE, label=name, unclear=(why,)), values, here, scope, flow, found)
    return Ending.FALLS


def _shell_text(
    walk: Walk, name: str, rest: list[Value], here: Here, scope: Scope, flow: Flow, *, errexit: bool
) -> Ending:
    inner = scope.fork()
    inner.errexit = errexit
    inner.zero, inner.arguments = (rest[1] if len(rest) > 1 else literal(name)), tuple(rest[2:])
    before = len(walk.record.drafts)
    text = translated(rest[0].shown).text if name in C_SHELLS else rest[0].shown
    walk.text(text, here.span, inner, flow.called())
    share(walk, before, here, here.outer or scope)
    return Ending.FALLS


def _shell_file(
    walk: Walk,
    name: str,
    rest: list[Value],
    values: list[Value],
    here: Here,
    scope: Scope,
    flow: Flow,
    *,
    errexit: bool,
) -> Ending:
    found = lookup.find(walk, rest[0], scope, here)
    if found is not None:
        spoken = library.language(found[1].text)
        if name in C_SHELLS or spoken in C_SHELLS:
            return c_script(walk, found, rest[0], rest[1:], here, scope, flow)
        if spoken in (None, "sh") or posixpath.splitext(found[0])[1] in (".sh", ".bash", ".ksh"):
            return shell_script(walk, found, rest[0], rest[1:], here, scope, flow, errexit=errexit)
        return script(walk, found, rest[0], rest[1:], here, scope, flow)
    if (said := made.find(walk, rest[0], scope)) is not None and name not in C_SHELLS:
        return written(walk, said, rest[0], rest[1:], here, scope, flow)
    why = lookup.unread(walk, rest[0], here, scope)
    label = short_name(rest[0].shown.rstrip("/").rpartition("/")[2] or rest[0].shown)
    effect = work(StepKind.SCRIPT, label, hints.argument_touches(rest[1:]), (why,))
    emit(walk, effect, [rest[0], *values], here, scope, flow, streams(here.redirects, scope, speaks=False))
    return Ending.FALLS


def _other_shell(
    walk: Walk, name: str, rest: list[Value], values: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    found = lookup.find(walk, rest[0], scope, here)
    why = (
        f"what `{quoted(rest[0].shown)}` does: {name} scripts are not followed"
        if found
        else lookup.unread(walk, rest[0], here, scope)
    )
    walk.record.open(why)
    effect = Effect(kind=StepKind.SCRIPT, label=short_name(rest[0].shown.rpartition("/")[2]), unclear=(why,))
    emit(walk, effect, [rest[0], *values], here, scope, flow, streams(here.redirects, scope, speaks=False))
    return Ending.FALLS

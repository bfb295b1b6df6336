"""Calls of other code: functions, shell scripts, make targets, programs in other languages."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from migrator.commands import (
    entry_points,
    expansion,
    foreign,
    hints,
    library,
    lookup,
    made,
    make,
    package_scripts,
    programs,
    resolve,
    ruby_tasks,
    samples,
    session,
)
from migrator.commands.csh import translated
from migrator.commands.emit import Here, emit, short_name
from migrator.commands.facts import Called, Followed, StepKind, Trait
from migrator.commands.interpreters import Interpreted, interpreted, runs_text
from migrator.commands.invocation import Effect, work
from migrator.commands.record import MAX_CALLS, Draft, Ending, Flow, Place, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.commands.wrapping import share
from migrator.shell.runners import SHELLS

# Members are found once: in Python 3.11 that takes as long as a call.
_FALLS = Ending.FALLS

# Shorter names are those of many programs.
_TELLING_NAME = 6
_C_SHELLS = frozenset({"csh", "tcsh"})
_C_SETTING = re.compile(r"(?m)^[ \t]*setenv[ \t]+\w+[ \t]+\S")
_UNREADABLE = frozenset({"fish"})
_SHELLS = SHELLS | _C_SHELLS | _UNREADABLE
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
    if _is_c_shell(path, text):
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
    if name in _SHELLS:
        return _shell(walk, name, values, here, scope, flow)
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
        return _made(walk, text, target, values[1:], here, scope, flow)
    if found is None:
        return _installed(walk, name, values, here, scope, flow)
    return _file(walk, found, target, values[1:], here, scope, flow)


def _installed(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read the function of the tree that an installed program calls; None where the tree installs no such program."""
    found = entry_points.find(walk, name, values[1:], scope) if _INSTALLED.fullmatch(name) else None
    if found is None:
        return None
    program, how, told = found
    walk.record.call(Called(quoted(values[0].written), program[0], how, here.origin))
    foreign.program_step(walk, program, told, values, here, scope, flow)
    return Ending.FALLS


def _made(walk: Walk, text: str, target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Read a script that the job has written itself before it runs it: one step, which does all that the text does."""
    if flow.calls >= MAX_CALLS:
        return Ending.FALLS
    inner = scope.fork()
    inner.zero, inner.arguments = _zero(target, scope), tuple(arguments)
    before, known = len(walk.record.drafts), dict(walk.record.made)
    # One that calls itself is read once.
    walk.record.made = {path: said for path, said in known.items() if said != text}
    walk.text(text, here.span, inner, flow.called())
    walk.record.made = known
    done = walk.record.drafts[before:]
    del walk.record.drafts[before:]
    effect = work(StepKind.SCRIPT, short_name(target.shown.rpartition("/")[2]), (), ())
    emit(walk, effect, [target, *arguments], here, scope, flow, streams(here.redirects, scope, speaks=False))
    for draft in walk.record.drafts[before:][:1]:
        for inside in done:
            draft.accesses.extend(inside.accesses)
            draft.reads.extend(inside.reads)
            draft.writes.extend(inside.writes)
            draft.state |= inside.state
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


def _file(
    walk: Walk, found: tuple[str, Source], target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    path, text = found
    spoken = library.language(text.text)
    extension = posixpath.splitext(path)[1]
    if _is_c_shell(path, text):
        return c_script(walk, found, target, arguments, here, scope, flow)
    if spoken == "sh" or (spoken is None and extension in ("", ".sh", ".bash", ".ksh", ".cron", ".job")):
        return shell_script(walk, found, target, arguments, here, scope, flow)
    foreign.program_step(
        walk,
        found,
        Interpreted(lookup.language_of_file(spoken, path), target, tuple(arguments)),
        [target, *arguments],
        here,
        scope,
        flow,
    )
    return Ending.FALLS


def _is_c_shell(path: str, text: Source) -> bool:
    """Say whether a file is csh's: by its first line, its name, or a setting that sh has not."""
    spoken = library.language(text.text)
    if spoken is not None:
        return spoken in _C_SHELLS
    return path.endswith((".csh", ".tcsh", "cshrc", ".login")) or bool(_C_SETTING.search(text.text[:20_000]))


def c_script(
    walk: Walk, found: tuple[str, Source], target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    """Read a called script of csh: what of it can be put over is read as a shell script."""
    path, text = found
    put = translated(text.text)
    for number, line in put.lost[:5]:
        walk.record.open(f"`{path}` line {number}, which sh has no words for: {quoted(line)}")
    return shell_script(walk, (path, replace(text, text=put.text)), target, arguments, here, scope, flow)


def shell_script(
    walk: Walk,
    found: tuple[str, Source],
    target: Value,
    arguments: list[Value],
    here: Here,
    scope: Scope,
    flow: Flow,
    *,
    errexit: bool = False,
) -> Ending:
    """Read a called shell script in a shell of its own; its steps stand for the call."""
    path, text = found
    walk.record.followed[Followed(scope.source.path, here.span.start, path, text.text)] = None
    if path in scope.active or flow.calls >= MAX_CALLS:
        walk.record.open(f"`{path}` calls itself" if path in scope.active else f"calls nested deeper than {MAX_CALLS}")
        return Ending.FALLS
    inner = Scope(
        source=text,
        folder=scope.folder,
        home=scope.home,
        user=scope.user,
        host=scope.host,
        inside=scope.inside,
        kept=scope.kept,
        mounts=scope.mounts,
        variables=scope.environment(),
        exported=set(scope.exported) & set(scope.variables),
        zero=_zero(target, scope),
        arguments=tuple(arguments),
        descriptors=dict(scope.descriptors),
        active=(*scope.active, path),
        errexit=errexit or bool(re.match(r"#!\S*(?:\s+\S*/?bash)?\s+-\w*e", text.text)),
    )
    before, spare = len(walk.record.drafts), len(walk.record.spare)
    running = walk.record.running
    walk.record.running = 0
    place = Place.PLAIN if flow.place is Place.STAGE else flow.place
    walk.script(walk.parsed(text), inner, flow.but(calls=flow.calls + 1, depth=flow.depth + 1, place=place))
    if walk.record.running:
        walk.record.trait(
            Trait.DAEMON, here.origin, here.text, f"`{path}` ends while what it started with `&` still runs"
        )
    walk.record.running = running
    if len(walk.record.drafts) == before:
        walk.record.drafts.append(_only_housekeeping(walk, path, spare, here, flow))
    _note_silence(walk, inner, before, path)
    share(walk, before, here, here.outer or scope)
    return Ending.FALLS


def _zero(target: Value, scope: Scope) -> Value:
    if target.text.startswith(("/", "~", "*")) or not target.exact:
        return target
    return expansion.entered(target, scope)


def _only_housekeeping(walk: Walk, path: str, spare: int, here: Here, flow: Flow) -> Draft:
    draft = Draft(posixpath.basename(path), here.text, StepKind.SCRIPT, here.origin, path, flow)
    for skipped in walk.record.spare[spare : spare + 50]:
        draft.accesses.extend(skipped.accesses)
        draft.state |= skipped.state
    return draft


def _note_silence(walk: Walk, inner: Scope, before: int, path: str) -> None:
    """Note that failures of a script's inner steps do not show, where nothing stops it."""
    steps = walk.record.drafts[before:]
    if len(steps) > 1 and not inner.errexit and any(step.join.value == "then" for step in steps):
        first = steps[0]
        walk.record.trait(
            Trait.SWALLOWS_EXIT,
            first.origin,
            first.text,
            f"`{path}` goes on after a failure: no `set -e`, only the last exit counts",
        )


def _shell(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
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
    text = translated(rest[0].shown).text if name in _C_SHELLS else rest[0].shown
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
        if name in _C_SHELLS or spoken in _C_SHELLS:
            return c_script(walk, found, rest[0], rest[1:], here, scope, flow)
        if spoken in (None, "sh") or posixpath.splitext(found[0])[1] in (".sh", ".bash", ".ksh"):
            return shell_script(walk, found, rest[0], rest[1:], here, scope, flow, errexit=errexit)
        return _file(walk, found, rest[0], rest[1:], here, scope, flow)
    if (said := made.find(walk, rest[0], scope)) is not None and name not in _C_SHELLS:
        return _made(walk, said, rest[0], rest[1:], here, scope, flow)
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

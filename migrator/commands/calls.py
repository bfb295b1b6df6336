"""Calls of other code: functions, shell scripts, make targets, programs in other languages."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace
from decimal import Decimal

from migrator.commands import expansion, library, make, programs, resolve
from migrator.commands.emit import Here, apply_traits, emit, short_name
from migrator.commands.facts import Called, Join, StepKind, Trait, Wait, Wrapper
from migrator.commands.interpreters import Interpreted, interpreted, language_of
from migrator.commands.invocation import Effect, Touch
from migrator.commands.languages import effects
from migrator.commands.languages.findings import Waited
from migrator.commands.record import MAX_CALLS, Draft, Ending, Flow, Place, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.commands.wrapping import share
from migrator.model import Mode, Origin, Range, ServiceCall

SHELLS = frozenset({"sh", "bash", "dash", "ksh", "ksh93", "mksh", "zsh", "ash", "rbash", "fish", "csh", "tcsh"})
_UNREADABLE = frozenset({"csh", "tcsh", "fish"})
_SCRIPT = re.compile(
    r"\.(?:sh|bash|ksh|zsh|py|pl|rb|php|js|mjs|cjs|ts|r|R|jar|sql|csh|tcsh|awk|lua|tcl|groovy|scala|exs?)$"
)
_SYSTEM_FOLDERS = """
    /bin/ /sbin/ /usr/bin/ /usr/sbin/ /usr/lib/ /usr/libexec/ /usr/local/bin/ /usr/local/sbin/ /lib/ /snap/bin/
    /opt/homebrew/bin/ /usr/games/ /usr/lib64/
"""
_SYSTEM = tuple(_SYSTEM_FOLDERS.split())
_PATHLIKE = re.compile(r"^(?:~|\.{1,2}|\*)?/[^\s=]+$|^[\w.*-]+(?:/[\w.*-]+)+/?$|^(?:s3|s3a|s3n|hdfs|file)://\S+$")
_OUTPUT = re.compile(r"out|dest|target|to$|write|save|result|report|export|dump|sink", re.IGNORECASE)
_INPUT = re.compile(r"in$|input|source|src|from|read|load|import|data|file", re.IGNORECASE)
_NEUTRAL = re.compile(
    r"log|conf|cfg|ini$|setting|cred|key|cert|pid|lock|env|lib|module|plugin|template|log4j|schema", re.IGNORECASE
)


def is_file(text: str) -> bool:
    """Say whether a command's first word names a file of the user's own rather than a program of the system."""
    if _SCRIPT.search(text):
        return True
    return "/" in text and not text.startswith(_SYSTEM)


def kind_of(name: str) -> StepKind:
    """Give the kind of a called file that was not found."""
    return StepKind.SCRIPT if _SCRIPT.search(name) else StepKind.PROGRAM


def unread(walk: Walk, value: Value, here: Here) -> str:
    """Note a called file that is not among the files read; give the words for it."""
    shown = quoted(value.shown)
    why = f"what `{shown}` does: it is not among the files read"
    walk.record.open(why)
    walk.record.trait(Trait.FOLLOWS_UNREAD, here.origin, here.text, f"`{shown}` is not among the files read")
    return why


def argument_touches(arguments: list[Value] | tuple[Value, ...]) -> tuple[Touch, ...]:
    """Read arguments of a program that is not known: an option's name says whether its path is read or written."""
    touches: list[Touch] = []
    option = ""
    for argument in arguments[:60]:
        value = argument
        if value.text.startswith("-"):
            option, equals, tail = value.text.partition("=")
            if not equals:
                continue
            value = value.but(tail, value.written.partition("=")[2])
        touches.extend(_argument(option, value))
        option = ""
    return tuple(touches)


def _argument(option: str, value: Value) -> list[Touch]:
    name = option.lstrip("-")
    pathlike = len(value.text) <= 500 and _PATHLIKE.match(value.text)
    if not pathlike and not (name and re.fullmatch(r"[\w*./-]{1,500}\.\w{2,8}", value.text)):
        return []
    if _NEUTRAL.search(name) or value.text.startswith(_SYSTEM):
        return []
    if name in ("o", "O") or _OUTPUT.search(name):
        return [Touch(Mode.WRITE, value, 0.8)]
    if name in ("i", "f") or _INPUT.search(name):
        return [Touch(Mode.READ, value, 0.8)]
    return [Touch(Mode.READ, value, 0.4)]


def with_sql(walk: Walk, effect: Effect, data: tuple[Touch, ...], scope: Scope, here: Here) -> Effect:
    """Add the tables of SQL files that a database client is given."""
    if effect.kind is not StepKind.DATABASE:
        return effect
    added: list[Touch] = []
    for touch in (*effect.touches, *data):
        if touch.mode is Mode.READ and touch.value.text.endswith((".sql", ".hql", ".ddl")):
            found = find(walk, touch.value, scope, here, how="SQL")
            if found is not None:
                told = Interpreted("sql", touch.value)
                added.extend(effects.READERS["sql"](walk, told, found[0], found[1], scope).touches)
    return replace(effect, touches=(*effect.touches, *added)) if added else effect


def function(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Inline a function where it is called; one that calls itself is read once."""
    body = scope.functions[name]
    if name in scope.active or len(scope.active) >= 20:
        walk.record.open(f"function `{name}` calls itself")
        return Ending.FALLS
    before = len(walk.record.drafts)
    arguments, source, active = scope.arguments, scope.source, scope.active
    scope.arguments, scope.active = tuple(values[1:]), (*active, name)
    scope.source = scope.function_sources.get(name, source)
    try:
        ending = walk.node(body.body, scope, flow.but(depth=flow.depth + 1))
    finally:
        scope.arguments, scope.source, scope.active = arguments, source, active
    share(walk, before, here, scope)
    return Ending.EXITS if ending is Ending.EXITS else Ending.FALLS


def source(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Read `. file`: its settings and functions stay, its work is work of the caller."""
    if len(values) < 2:
        return Ending.FALLS
    found = find(walk, values[1], scope, here, how="sourced")
    if found is None or flow.calls >= MAX_CALLS or found[0] == scope.source.path:
        return Ending.FALLS
    _, text = found
    outer, zero = scope.source, scope.zero
    before = len(walk.record.drafts)
    scope.source = text
    if len(values) > 2:
        scope.arguments = tuple(values[2:])
    try:
        ending = walk.script(walk.parsed(text), scope, flow.but(calls=flow.calls + 1, depth=flow.depth + 1))
    finally:
        scope.source, scope.zero = outer, zero
    share(walk, before, here, scope)
    return ending if ending is Ending.EXITS else Ending.FALLS


def find(walk: Walk, value: Value, scope: Scope, here: Here, *, how: str = "") -> tuple[str, Source] | None:
    """Find a called file among the files read, and note the call."""
    if not value.text or value.text.startswith("-") or len(value.text) > 4096 or "\n" in value.text:
        return None
    if scope.inside:
        return None
    expanded = resolve.deployed(value.text, scope, exact=value.exact)
    found = walk.follow(value.written, expanded, scope)
    if found is None:
        return None
    path, told, text = found
    led = f"{how}; {told}" if how else told
    called = Called(quoted(value.written), path, led, here.origin)
    if called not in walk.record.called[-100:]:
        walk.record.called.append(called)
    return path, text


def call(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Follow a call of a script, a shell or make; None where the command calls none of them."""
    if name in SHELLS:
        return _shell(walk, name, values, here, scope, flow)
    if name in ("make", "gmake"):
        return make.make(walk, values, here, scope, flow)
    told = interpreted(name, tuple(values[1:]))
    if told is not None:
        _interpret(walk, name, told, values, here, scope, flow)
        return Ending.FALLS
    if not is_file(values[0].text) and (programs.known(name) or not _on_path(values[0].text, scope)):
        return None
    target = values[0] if "/" in values[0].text else _searched(walk, values[0], scope)
    found = find(walk, target, scope, here)
    if found is None:
        return None
    return _file(walk, found, target, values[1:], here, scope, flow)


def _on_path(text: str, scope: Scope) -> bool:
    return bool(re.fullmatch(r"[\w.+-]+", text)) and "PATH" in scope.variables


def _searched(walk: Walk, value: Value, scope: Scope) -> Value:
    """Give the path below a folder of PATH that holds a program, else the bare name where it names a script."""
    path = scope.variables.get("PATH")
    for folder in (path.text if path is not None else "").split(":")[:40]:
        if folder and not (folder + "/").startswith(_SYSTEM) and "$" not in folder:
            tried = value.but(f"{folder}/{value.text}")
            if walk.follow(tried.written, resolve.deployed(tried.text, scope, exact=tried.exact), scope) is not None:
                return tried
    return value if _SCRIPT.search(value.text) else value.but("")


def _file(
    walk: Walk, found: tuple[str, Source], target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    path, text = found
    spoken = library.language(text.text)
    extension = posixpath.splitext(path)[1]
    if spoken == "sh" or (spoken is None and extension in ("", ".sh", ".bash", ".ksh", ".cron", ".job")):
        return shell_script(walk, found, target, arguments, here, scope, flow)
    _foreign(
        walk,
        found,
        Interpreted(_language(spoken, path), target, tuple(arguments)),
        [target, *arguments],
        here,
        scope,
        flow,
    )
    return Ending.FALLS


def _language(spoken: str | None, path: str) -> str:
    """Give the language of a file by its first line, else by its name."""
    if spoken is None:
        return library.language_by_name(path) or ""
    return language_of(spoken) or spoken


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
    if path in scope.active or flow.calls >= MAX_CALLS:
        walk.record.open(f"`{path}` calls itself" if path in scope.active else f"calls nested deeper than {MAX_CALLS}")
        return Ending.FALLS
    inner = Scope(
        source=text,
        folder=scope.folder,
        home=scope.home,
        user=scope.user,
        host=scope.host,
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
    draft = Draft(
        posixpath.basename(path), here.text, StepKind.SCRIPT, here.origin, path, flow.join, flow.branch, flow.loop
    )
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
    if inline and rest:
        inner = scope.fork()
        inner.errexit = errexit
        inner.zero, inner.arguments = (rest[1] if len(rest) > 1 else literal(name)), tuple(rest[2:])
        before = len(walk.record.drafts)
        if len(walk.record.wrappers) < 500:
            walk.record.wrappers.append(
                Wrapper(name, " ".join(value.written for value in values[1:place]), here.origin)
            )
        walk.text(rest[0].shown, here.span, inner, flow.but(calls=flow.calls + 1, depth=flow.depth + 1))
        share(walk, before, here, here.outer or scope)
        return Ending.FALLS
    if rest and rest[0].text != "-" and name not in _UNREADABLE:
        return _shell_file(walk, rest, values, here, scope, flow, errexit=errexit)
    if rest and name in _UNREADABLE:
        return _other_shell(walk, name, rest, values, here, scope, flow)
    found = streams(here.redirects, scope, speaks=False)
    if found.stdin is not None:
        return walk.text(found.stdin, here.span, scope.fork(), flow.but(depth=flow.depth + 1))
    why = f"what `{name}` reads from its standard input"
    walk.record.open(why)
    emit(walk, Effect(kind=StepKind.OPAQUE, label=name, unclear=(why,)), values, here, scope, flow, found)
    return Ending.FALLS


def _shell_file(
    walk: Walk, rest: list[Value], values: list[Value], here: Here, scope: Scope, flow: Flow, *, errexit: bool
) -> Ending:
    found = find(walk, rest[0], scope, here)
    if found is not None:
        spoken = library.language(found[1].text)
        if spoken in (None, "sh") or posixpath.splitext(found[0])[1] in (".sh", ".bash", ".ksh"):
            return shell_script(walk, found, rest[0], rest[1:], here, scope, flow, errexit=errexit)
        return _file(walk, found, rest[0], rest[1:], here, scope, flow)
    why = unread(walk, rest[0], here)
    effect = Effect(
        kind=StepKind.SCRIPT,
        label=short_name(rest[0].shown.rstrip("/").rpartition("/")[2] or rest[0].shown),
        unclear=(why,),
        touches=argument_touches(rest[1:]),
    )
    emit(walk, effect, [rest[0], *values], here, scope, flow, streams(here.redirects, scope, speaks=False))
    return Ending.FALLS


def _other_shell(
    walk: Walk, name: str, rest: list[Value], values: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    found = find(walk, rest[0], scope, here)
    why = (
        f"what `{quoted(rest[0].shown)}` does: {name} scripts are not followed"
        if found
        else unread(walk, rest[0], here)
    )
    walk.record.open(why)
    effect = Effect(kind=StepKind.SCRIPT, label=short_name(rest[0].shown.rpartition("/")[2]), unclear=(why,))
    emit(walk, effect, [rest[0], *values], here, scope, flow, streams(here.redirects, scope, speaks=False))
    return Ending.FALLS


def _interpret(
    walk: Walk, name: str, told: Interpreted, values: list[Value], here: Here, scope: Scope, flow: Flow
) -> None:
    """Read a call of an interpreter: its script's effects, or what stands on the line."""
    if told.script is None:
        _inline(walk, name, told, values, here, scope, flow)
        return
    found = find(walk, told.script, scope, here)
    if found is None and told.module:
        found = find(walk, told.script.but(told.script.text.removesuffix(".py") + "/__main__.py"), scope, here)
    if found is not None:
        _foreign(walk, found, told, [told.script, *values], here, scope, flow)
        return
    unclear: tuple[str, ...] = ()
    if not told.module:
        unclear = (unread(walk, told.script, here),)
    base = told.label or short_name(told.script.shown.rpartition("/")[2] or told.script.shown)
    effect = Effect(kind=StepKind.SCRIPT, label=base, unclear=unclear, touches=argument_touches(told.arguments))
    emit(
        walk,
        effect,
        [told.script, *values],
        here,
        scope,
        flow,
        streams(here.redirects, scope, speaks=False),
        script=True,
    )


def _inline(
    walk: Walk, name: str, told: Interpreted, values: list[Value], here: Here, scope: Scope, flow: Flow
) -> None:
    """Read a program text on the line (`-c`, `-e`) or in a here document."""
    found = streams(here.redirects, scope, speaks=False)
    text = told.text.shown if told.text is not None else found.stdin
    effect = Effect(kind=StepKind.SCRIPT, label=told.label or name, touches=argument_touches(told.arguments))
    read = None
    if text:
        inner = replace(scope, source=Source(text, scope.source.path))
        read = effects.reading(walk, told, scope.source.path or "", inner.source, inner, flow)
        effect = effects.effect(read, effect)
        # Lines of a text on the line are not lines of a file.
        effect = replace(effect, touches=tuple(replace(touch, path="", line=0) for touch in effect.touches))
    draft = emit(walk, effect, values, here, scope, flow, found, script=True)
    if draft is None:
        return
    if read is not None:
        _also(walk, draft, read, here.origin)
    apply_traits(walk, draft)


def _also(walk: Walk, draft: Draft, read: effects.Reading, origin: Origin | None) -> None:
    """Add to a program's step what the commands that it starts do, and the cloud calls among its work."""
    draft.accesses.extend(read.accesses if origin is None else [replace(a, origin=origin) for a in read.accesses])
    walk.record.called.extend(called for called in read.called if called not in walk.record.called)
    for used in read.findings.uses:
        place = origin or Origin(used.path, used.line)
        call = ServiceCall(used.use.service, used.use.action, used.use.name, used.use.arguments, place, used.text)
        walk.record.services.append(call)


def _foreign(
    walk: Walk,
    found: tuple[str, Source],
    told: Interpreted,
    values: list[Value],
    here: Here,
    scope: Scope,
    flow: Flow,
) -> None:
    """Note a program in another language: one step with what its text tells, or its waits and cloud calls."""
    path, text = found
    label = told.label or posixpath.basename(path)
    base = Effect(kind=StepKind.SCRIPT, label=label, touches=argument_touches(told.arguments))
    read = effects.reading(walk, told, path, text, scope, flow)
    for why in read.unclear:
        walk.record.open(why)
    flows = streams(here.redirects, scope, speaks=False)
    if read.only_calls:
        for effect, words, place in effects.steps_of(read, base):
            step = emit(walk, effect, values, replace(here, text=words, origin=place), scope, flow, flows, script=True)
            flow = flow.but(join=Join.AND)
            if step is not None:
                walk.record.waits.extend(step.waits)
        return
    draft = emit(walk, effects.effect(read, base), values, here, scope, flow, flows, script=True)
    if draft is None:
        return
    draft.program = values[0].shown
    for waited in read.findings.waits:
        _note_wait(walk, waited)
    _also(walk, draft, read, None)
    apply_traits(walk, draft)


def _note_wait(walk: Walk, waited: Waited) -> None:
    seconds = waited.waiting.seconds
    between = None if seconds is None else Range(Decimal(seconds), Decimal(seconds))
    place = Origin(waited.path, waited.line)
    walk.record.waits.append(
        Wait(waited.waiting.kind, waited.waiting.target, between, waited.waiting.timeout, place, waited.text)
    )

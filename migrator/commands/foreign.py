"""Calls of programs in other languages: one step, with the effects that the program's text tells."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence
from dataclasses import replace

from migrator.commands import hints, lookup, made, resolve
from migrator.commands.emit import Here, apply_traits, emit, short_name
from migrator.commands.facts import Join, Lock, StepKind
from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Effect, Space, Touch, work
from migrator.commands.languages import effects
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.shown import shown
from migrator.commands.record import Draft, Flow, Walk
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope, Source
from migrator.commands.sleeping import slept
from migrator.commands.values import Value, literal
from migrator.model import Mode, Origin
from migrator.shell import quote

# Members are found once: in Python 3.11 that takes as long as a call.
_SCRIPT = StepKind.SCRIPT
_PASSED, _INTERPRETED = 0.6, 0.8
_SURE = 0.7
_FOREIGN = re.compile(r"\.(?:py|[rR]|pl|php|rb|js)\Z")
_ASKED = re.compile(r"\$\([^()]{0,200}\)")
_OWN_DOLLARS = frozenset(["node", "perl", "php"])
_ONLY_SLEEPS = re.compile(r"\s*(?:(?:import|from|use)\b[^;()]{0,100};\s*)*(?:time\.)?sleep\b[\s(][^;]{0,200};?\s*")


def interpret(
    walk: Walk, name: str, told: Interpreted, values: list[Value], here: Here, scope: Scope, flow: Flow
) -> None:
    """Read a call of an interpreter: its script's effects, or what stands on the line."""
    if told.script is None:
        _inline(walk, name, told, values, here, scope, flow)
        return
    found = lookup.find(walk, told.script, scope, here)
    if found is None and told.module:
        found = lookup.find(walk, told.script.but(told.script.text.removesuffix(".py") + "/__main__.py"), scope, here)
    if found is not None:
        program_step(walk, found, told, [told.script, *values], here, scope, flow)
        return
    said = made.find(walk, told.script, scope)
    if said is not None:
        # What the shell asked for in a here document is no word of the language.
        text = literal(said if told.language in _OWN_DOLLARS else _ASKED.sub("*", said))
        _inline(walk, name, replace(told, script=None, text=text), values, here, scope, flow)
        return
    unclear: tuple[str, ...] = ()
    if not told.module:
        unclear = (lookup.unread(walk, told.script, here, scope),)
    base = told.label or short_name(told.script.shown.rpartition("/")[2] or told.script.shown)
    effect = work(_SCRIPT, base, hints.argument_touches(told.arguments), unclear)
    flows = streams(here.redirects, scope, speaks=False)
    draft = emit(walk, effect, [told.script, *values], here, scope, flow, flows, script=True)
    if draft is not None and not told.module:
        passed_scripts(walk, draft, told.script, told.arguments, scope, flow)


def _inline(
    walk: Walk, name: str, told: Interpreted, values: list[Value], here: Here, scope: Scope, flow: Flow
) -> None:
    """Read a program text on the line (`-c`, `-e`) or in a here document."""
    found = streams(here.redirects, scope, speaks=False)
    text = told.text.shown if told.text is not None else found.stdin
    if text is not None and _ONLY_SLEEPS.fullmatch(text):
        walk.record.waits.append(slept(here))
        return
    effect = work(StepKind.SCRIPT, told.label or name, hints.argument_touches(told.arguments))
    read = None
    if text:
        inner = replace(scope, source=replace(scope.source, text=text, line=1))
        read = effects.reading(walk, told, scope.source.path or "", inner.source, inner, flow)
        effect = effects.effect(read, effect)
        # Lines of a text on the line are not lines of a file.
        effect = replace(effect, touches=tuple(replace(touch, path="", line=0) for touch in effect.touches))
    draft = emit(walk, effect, values, here, scope, flow, found, script=True)
    if draft is None:
        return
    if read is not None:
        _also(walk, draft, read, here.origin)
        _locks(walk, read, here, scope)
        for seen in shown(text or "", told.language):
            walk.record.trait(seen.trait, here.origin, seen.text, seen.says)
    apply_traits(walk, draft)


def _also(walk: Walk, draft: Draft, read: effects.Reading, origin: Origin | None) -> None:
    """Add to a program's step what the commands that it starts do, and the cloud calls among its work."""
    draft.accesses.extend(read.accesses if origin is None else [replace(a, origin=origin) for a in read.accesses])
    walk.record.call(*read.called)
    for used in read.findings.uses:
        place = origin or Origin(used.path, used.line)
        walk.record.services.append(used.use.at(place, used.text))


def _locks(walk: Walk, read: effects.Reading, here: Here, scope: Scope) -> None:
    """Note the locks that a program takes."""
    for found in read.findings.locks:
        name = resolve.file_name(Touch(Mode.READ, found.name), scope)
        if name is not None:
            place = Origin(found.path, found.line) if found.path else here.origin
            walk.record.locks.append(Lock(found.kind, name, found.skips, place, here.text, None))


def program_step(
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
    base = work(StepKind.SCRIPT, label, hints.argument_touches(told.arguments))
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
    if not read.called:
        # What the program was seen to start needs no guess.
        passed_scripts(walk, draft, values[0], told.arguments, scope, flow)
    for waited in read.findings.waits:
        walk.record.waits.append(waited.waiting.at(Origin(waited.path, waited.line), waited.text))
    _also(walk, draft, read, None)
    _locks(walk, read, here, scope)
    for seen in shown(text.text, told.language):
        walk.record.trait(seen.trait, Origin(path, seen.line), seen.text, seen.says)
    apply_traits(walk, draft)


def passed_scripts(
    walk: Walk, draft: Draft, program: Value, arguments: Sequence[Value], scope: Scope, flow: Flow
) -> None:
    """Read a script that a program is given to run (`runner.pl ./build.pl`): its effects may be the program's."""
    for place, value in enumerate(arguments[:6]):
        text = value.text
        if "." not in text or not value.exact or text.endswith(".sql") or not hints.SCRIPT.search(text):
            continue
        found = None if walk.nested else _given(walk, value, program, scope)
        if found is None:
            continue
        command = " ".join(_as_word(each) for each in (found, *arguments[place + 1 : place + 40]))
        read = effects.Reading(Findings())
        effects.started(walk, read, command, "", 0, scope, flow)
        # What a variable names before a program of Python is its interpreter.
        named = place == 0 and draft.program.startswith(("*", "$")) and _FOREIGN.search(text)
        sure = _INTERPRETED if named else _PASSED
        draft.accesses.extend(replace(a, confidence=min(a.confidence, sure)) for a in read.accesses)
        walk.record.call(*read.called)
        return


def _given(walk: Walk, value: Value, program: Value, scope: Scope) -> Value | None:
    """Find a script that a program is given: in the working folder, or by its bare name beside the program."""
    beside = posixpath.dirname(program.text) if program.exact and "/" not in value.text else ""
    for each in (value, value.but(f"{beside}/{value.text}")) if beside else (value,):
        if walk.follow(each.written, resolve.deployed(each.text, scope, exact=True), scope) is not None:
            return each
    return None


def _as_word(value: Value) -> str:
    """Write a value as a word of the shell; the home that stands first in it stays one."""
    at_home = value.text.startswith("~/") and not value.quoted
    return f"~/{quote(value.text[2:])}" if at_home else quote(value.text)


# What a database client is given to run, by the name's end.
_STATEMENTS = (((".sql", ".hql", ".ddl"), "sql"), ((".js", ".mongodb"), "mongo"))


def with_sql(walk: Walk, effect: Effect, data: tuple[Touch, ...], scope: Scope, here: Here) -> Effect:
    """Add the tables of files that a database client is given: SQL, or scripts of the mongo shell."""
    added: list[Touch] = []
    for touch in (*effect.touches, *data):
        language = next((name for ends, name in _STATEMENTS if touch.value.text.endswith(ends)), None)
        if touch.mode is Mode.READ and language is not None:
            how = "SQL" if language == "sql" else "a script of the client"
            found = lookup.find(walk, touch.value, scope, here, how=how)
            if found is not None:
                told = Interpreted(language, touch.value)
                tables = effects.READERS[language](walk, told, found[0], found[1], scope).touches
                added.extend(_qualified(table, effect.database) for table in tables)
    return replace(effect, touches=(*_told(effect.touches, added), *added)) if added else effect


def _qualified(table: Touch, database: str) -> Touch:
    """Name a table with the database that the client speaks to, where it names none itself."""
    whole = not database or "." in table.value.text
    return table if whole else replace(table, value=table.value.but(f"{database}.{table.value.text}"))


def _told(touches: tuple[Touch, ...], tables: list[Touch]) -> tuple[Touch, ...]:
    """Leave out that a database's file may be written, where its statements are known and only read."""
    if any(table.mode is not Mode.READ for table in tables):
        return touches
    return tuple(t for t in touches if t.mode is Mode.READ or t.space is Space.TABLE or t.confidence >= _SURE)

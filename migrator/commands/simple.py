"""Read a simple command: assignments, then a builtin, a function, a wrapper, a called file or a program."""

from __future__ import annotations

from migrator.commands import builtins, calls, expansion, foreign, hints, lookup, made, programs, session
from migrator.commands.captures import captured
from migrator.commands.emit import Here, apply_traits, emit, short_name
from migrator.commands.facts import StepKind
from migrator.commands.invocation import Effect, Invocation, Role, work
from migrator.commands.record import Ending, Flow, Place, Walk
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope
from migrator.commands.values import UNKNOWN, Value, joined, literal, unknown
from migrator.commands.wrappers import WRAPPERS
from migrator.commands.wrapping import unwrap
from migrator.shell.tree import Assignment, Command, Word

# Members are found once: in Python 3.11 that takes as long as a call.
_WORK, _FILTER = Role.WORK, Role.FILTER
_FALLS, _CAPTURE, _DATABASE = Ending.FALLS, Place.CAPTURE, StepKind.DATABASE
_SPEAKERS = frozenset({"echo", "printf", "date", "cat", "print", "hostname", "uname", ":", "true"})


def command(walk: Walk, node: Command, scope: Scope, flow: Flow) -> Ending:
    """Read a simple command."""
    if walk.record.full():
        return Ending.FALLS
    here = Here(scope.source.slice(node.span), scope.source.origin(node.span), node.span, node.redirects)
    if node.substitutes:
        _substituted(walk, node, scope, flow)
    if not node.words:
        for assignment in node.assignments:
            assign(assignment, scope)
            session.named(walk, assignment.name, here, scope)
        if node.redirects:
            run(walk, [literal(":")], here, scope, flow)
        return Ending.FALLS
    values = expansion.words(node.words, scope)
    if not node.assignments:
        return run(walk, values, here, scope, flow)
    saved, exported = dict(scope.variables), set(scope.exported)
    for assignment in node.assignments:
        assign(assignment, scope)
        scope.exported.add(assignment.name)
        session.named(walk, assignment.name, here, scope)
    values = expansion.words(node.words, scope) if any(w.literal is None for w in node.words) else values
    try:
        return run(walk, values, here, scope, flow)
    finally:
        scope.variables, scope.exported = saved, exported


def assign(assignment: Assignment, scope: Scope) -> None:
    """Set the variable of an assignment."""
    if assignment.elements is not None:
        elements = tuple(expansion.words(assignment.elements, scope))
        old = scope.arrays.get(assignment.name, ()) if assignment.append else ()
        scope.variables.pop(assignment.name, None)
        scope.arrays[assignment.name] = (*old, *elements)[:1000]
        return
    value = literal("") if assignment.value is None else expansion.word(assignment.value, scope)
    if assignment.append:
        old_value = scope.variables.get(assignment.name)
        value = unknown(f"${assignment.name}") if old_value is None else old_value + value
    if value.text.startswith("~/") and not value.quoted:
        value = joined([scope.home, value.but(value.text[1:], value.written.removeprefix("~"))])
    if len(value.text) <= 20_000:
        scope.set(assignment.name, value)
    else:
        scope.set(assignment.name, unknown(f"${assignment.name}"))


def _substituted(walk: Walk, node: Command, scope: Scope, flow: Flow) -> None:
    texts: list[Word] = list(node.words)
    for assignment in node.assignments:
        texts.extend(assignment.elements or ((assignment.value,) if assignment.value is not None else ()))
    texts += [redirect.target for redirect in node.redirects if redirect.target is not None]
    captured(walk, texts, scope, flow)


def run(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Read a command whose words are expanded."""
    first = values[0].text if values else ""
    if not first and len(values) < 2:
        return Ending.FALLS
    name = first.rpartition("/")[2]
    if scope.functions and name in scope.functions and "/" not in first:
        return calls.function(walk, name, values, here, scope, flow)
    ending = builtins.builtin(walk, name, values, here, scope, flow) if name in builtins.NAMES else None
    if ending is None and name in WRAPPERS and flow.calls < 40:
        ending = unwrap(walk, name, values, here, scope, flow, run)
    if ending is None:
        ending = calls.call(walk, name, values, here, scope, flow)
    if ending is not None:
        return ending
    program(walk, name, values, here, scope, flow)
    return _FALLS


def program(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> None:
    """Read a program by the table, or as one that is not known."""
    found = streams(here.redirects, scope, speaks=name in _SPEAKERS)
    effect, known = None, programs.known(name)
    if known:
        call = Invocation(name, values[0], tuple(values[1:]), found.stdin, scope.variables, found.fed)
        effect = programs.effect(call)
    # A file of the user's own is not the system's `w` or `test`, whatever its name.
    if effect is None or (effect.role is not _WORK and hints.is_file(values[0].text)):
        effect = _stranger(walk, name, values, here, scope)
    if here.redirects and (effect.dumps or effect.role is _FILTER):
        found = streams(here.redirects, scope, speaks=True)
    if flow.place is _CAPTURE and values[0].text == UNKNOWN:
        return
    if effect.kind is _DATABASE:
        effect = foreign.with_sql(walk, effect, found.data, scope, here)
    draft = emit(walk, effect, values, here, scope, flow, found)
    if found.data and name in made.WRITERS:
        made.note(walk, name, values, found, scope)
    if draft is not None:
        if not known and len(values) > 1:
            foreign.passed_scripts(walk, draft, values[0], values[1:], scope, flow)
        apply_traits(walk, draft)
        if draft.waits and draft.kind is StepKind.WAIT:
            walk.record.waits.extend(draft.waits)
        if draft.program[:1] == "*" or name == "*":
            walk.record.open(f"which program `{here.text[:80]}` runs")


def _stranger(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope) -> Effect:
    """Say what is known of a program that the table lacks: that it works, and whether it could be read."""
    first = values[0]
    if not first.exact and ("/" not in first.text or name.strip("*") == ""):
        # Of a variable that is set in two ways one is written here.
        named = "$" in first.written or "*" in first.written
        asked = f"which program `{first.written}` is" if named else f"whether `{first.written}` is the program"
        why = f"{asked}: only a run knows the variable"
        walk.record.open(why)
        return work(StepKind.PROGRAM, short_name(first.written), hints.argument_touches(values[1:]), (why,))
    if hints.is_file(first.text):
        why = lookup.unread(walk, first, here, scope)
        return work(hints.kind_of(name), "", hints.argument_touches(values[1:]), (why,))
    return work(StepKind.PROGRAM, "", hints.argument_touches(values[1:]))

"""Read loops: bodies counted once; a loop that only looks and sleeps is a wait."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from migrator.commands import expansion, programs, resolve
from migrator.commands.decide import decided
from migrator.commands.emit import give_output
from migrator.commands.facts import BranchKind, StepKind, Trait, Wait, WaitKind
from migrator.commands.invocation import Invocation, Role, Touch, number
from migrator.commands.record import Draft, Ending, Flow, Place, Walk, quoted
from migrator.commands.redirects import group_redirects
from migrator.commands.scope import Scope
from migrator.commands.values import Value, unknown
from migrator.model import Mode, Range
from migrator.shell import commands as commands_of
from migrator.shell import walk as nodes_of
from migrator.shell.tree import Command, For, Node, Script, Span, Test, While

_COUNT = re.compile(r"-(?:lt|le|ge|gt|eq)\s+\"?'?\$?\{?(\w+)\}?|\bseq\s+(?:\d+\s+)?(\d+)|\{\d+\.\.(\d+)\}|<=?\s*(\d+)")
_NET = frozenset(
    {"curl", "wget", "nc", "ncat", "ping", "telnet", "http", "pg_isready", "mysqladmin", "redis-cli", "psql", "mysql"}
)


def for_each(walk: Walk, node: For, scope: Scope, flow: Flow) -> Ending:
    """Read `for`: the variable is unknown where it takes more than one value."""
    wait = _polling(node, node.body, None, scope)
    if wait is not None:
        return _waited(walk, wait, node.span, scope, flow)
    flows, before = group_redirects(walk, node.redirects, scope, node.span), len(walk.record.drafts)
    values = expansion.words(node.words, scope) if node.words is not None else []
    scope.forget(_assigned(node.body))
    if len(values) == 1 and values[0].exact and not re.search(r"[*?\[{]", values[0].text):
        scope.set(node.name, values[0])
    else:
        state = frozenset().union(*(value.state for value in values)) if values else frozenset()
        private = bool(values) and all(value.private for value in values)
        scope.set(node.name, _looped(node.name, values, state, private=private))
    ending = _body(walk, node.body, scope, flow)
    give_output(walk, flows, before, node.span, scope, flow)
    return ending


def _looped(name: str, values: list[Value], state: frozenset[str], *, private: bool) -> Value:
    """Give a loop variable's value: a glob's own pattern, else unknown."""
    if len(values) == 1 and "*" in values[0].text and "/" in values[0].text:
        return Value(values[0].text, f"${name}", exact=False, private=private, state=state)
    return unknown(f"${name}", private=private, state=state)


def while_do(walk: Walk, node: While, scope: Scope, flow: Flow) -> Ending:
    """Read `while` and `until`."""
    wait = _polling(node, node.body, node.condition, scope)
    if wait is not None:
        return _waited(walk, wait, node.span, scope, flow)
    flows = group_redirects(walk, node.redirects, scope, node.span)
    if decided(node.condition, scope) is node.until:
        return Ending.FALLS
    record = walk.record
    scope.forget(_assigned(node.body) | _assigned(node.condition))
    answer = decided(node.condition, scope)
    before, branches = len(record.drafts), len(record.branches)
    text, origin = scope.source.slice(node.condition.span), scope.source.origin(node.span)
    iterates = _iterates(node.condition)
    endless = answer is (not node.until)
    if not iterates and not endless:
        record.branch(BranchKind.LOOP, origin, f"{'until' if node.until else 'while'} {text}")
    label = flow.branch if iterates or endless else (*flow.branch, f"loop {len(record.branches)}")
    walk.script(node.condition, scope, flow.but(place=Place.CONDITION, loop=True, depth=flow.depth + 1))
    _body(walk, node.body, scope, flow.but(branch=label))
    give_output(walk, flows, before, node.span, scope, flow)
    if len(record.branches) == branches + 1 and len(record.drafts) == before and not iterates and not endless:
        record.branches.pop()
    if endless and not _leaves(node.body):
        record.trait(Trait.DAEMON, origin, scope.source.slice(node.span), "loops for ever")
        return Ending.EXITS
    return Ending.FALLS


def _iterates(condition: Script) -> bool:
    """Say whether a condition only fetches the next item: `read`, `shift`, `getopts`, a counter."""
    for command in commands_of(condition):
        name = command.words[0].literal if command.words else ""
        if name in ("read", "getopts", "shift", "mapfile"):
            return True
    texts = [node for node in nodes_of(condition) if isinstance(node, Test) and node.operator == "(("]
    if texts:
        return True
    raw = [word.raw for command in commands_of(condition) for word in command.words]
    return any("$#" in word or "${1" in word or word in ('"$1"', "$1") for word in raw)


def _leaves(body: Script) -> bool:
    return any(
        command.words and command.words[0].literal in ("break", "exit", "return") for command in commands_of(body)
    )


def _body(walk: Walk, body: Script, scope: Scope, flow: Flow) -> Ending:
    walk.script(body, scope, flow.but(loop=True, depth=flow.depth + 1))
    return Ending.FALLS


def _assigned(script: Script) -> frozenset[str]:
    """Give the variables that a piece of script may change."""
    names: set[str] = set()
    for node in nodes_of(script):
        if isinstance(node, For):
            names.add(node.name)
        if isinstance(node, Command):
            names.update(assignment.name for assignment in node.assignments if not node.words)
            texts = [word.literal or word.raw for word in node.words]
            if texts and texts[0] in ("read", "getopts", "let", "local", "declare", "export", "readonly"):
                names.update(t.partition("=")[0] for t in texts[1:] if t.partition("=")[0].isidentifier())
            if texts and texts[0] == "shift":
                names.add("#")
    return frozenset(names)


def _polling(node: Node, body: Script, condition: Script | None, scope: Scope) -> Wait | None:
    """Recognise a loop that only looks and sleeps, and say what it waits for."""
    every = [*(commands_of(condition) if condition is not None else ()), *commands_of(body)]
    sleeps = [command for command in every if _name(command) in ("sleep", "usleep")]
    if not sleeps or len(every) > 60:
        return None
    inner = scope.fork()
    inner.forget(_assigned(body) - {"#"})
    targets: list[tuple[WaitKind, str]] = []
    for command in every:
        looked = _looks(command, inner)
        if looked is False:
            return None
        if isinstance(looked, tuple):
            targets.append(looked)
    targets.extend(_double_tests(node, inner))
    if not targets:
        if condition is None or decided(condition, scope) is not None:
            return None
        targets.append((WaitKind.SERVICE, quoted(scope.source.slice(condition.span))))
    kind, target = min(targets, key=lambda found: _RANK[found[0]])
    seconds = _seconds(sleeps, scope)
    text = scope.source.slice(_span_of(node))
    most = _most(text, scope)
    timeout = most * int(seconds.high) if most is not None and seconds is not None else None
    return Wait(kind, target, seconds, timeout, scope.source.origin(_span_of(node)), quoted(text))


_RANK = {WaitKind.OBJECT: 0, WaitKind.FILE: 1, WaitKind.SERVICE: 2, WaitKind.TIME: 3, WaitKind.RANDOM: 4}


def _span_of(node: Node) -> Span:
    return node.span


def _name(command: Command) -> str:
    return (command.words[0].literal or "").rpartition("/")[2] if command.words else ""


def _looks(command: Command, scope: Scope) -> tuple[WaitKind, str] | bool:
    """Say what a command looks at; True where it changes nothing, False where it works."""
    name = _name(command)
    if not command.words:
        return True
    values = expansion.words(command.words, scope)
    if name in ("test", "["):
        return _tested(values, scope) or True
    if name in _NET:
        addresses = [value.shown for value in values[1:] if not value.text.startswith("-")]
        return (WaitKind.SERVICE, addresses[0] if addresses else name)
    if name in ("systemctl", "service", "docker"):
        return (WaitKind.SERVICE, quoted(" ".join(value.shown for value in values)))
    if name in scope.functions:
        return True
    effect = programs.effect(Invocation(name, values[0], tuple(values[1:])))
    if effect is None:
        return False
    if effect.waits:
        return (effect.waits[0].kind, effect.waits[0].target)
    if name == "ls" and len(values) > 1 and "/" in values[-1].text:
        return (WaitKind.FILE, resolve.path_of(values[-1].text, scope))
    return effect.role is not Role.WORK


def _tested(values: list[Value], scope: Scope) -> tuple[WaitKind, str] | None:
    for place, value in enumerate(values[:-1]):
        if value.text in ("-f", "-e", "-s", "-r", "-d", "-L"):
            return (WaitKind.FILE, resolve.path_of(values[place + 1].text, scope))
    return None


def _double_tests(node: Node, scope: Scope) -> Iterator[tuple[WaitKind, str]]:
    for inner in nodes_of(node):
        if isinstance(inner, Test) and inner.operator == "[[":
            found = _tested(expansion.words(inner.words, scope), scope)
            if found is not None:
                yield found


def _seconds(sleeps: list[Command], scope: Scope) -> Range | None:
    values = expansion.words(sleeps[0].words[1:], scope)
    times = [number(value.text) for value in values]
    known = [time for time in times if time is not None]
    if not known or len(known) != len(times):
        return None
    return Range(Decimal(sum(known)), Decimal(sum(known)))


def _most(text: str, scope: Scope) -> int | None:
    """Give how often a loop looks at most, by its counter."""
    match = _COUNT.search(text[:4000])
    if match is None:
        return None
    found = next(group for group in match.groups() if group)
    if not found.isdigit():
        value = scope.variables.get(found)
        found = value.text if value is not None else ""
    return int(found) if found.isdigit() and 1 < int(found[:8]) <= 100_000 else None


def _waited(walk: Walk, wait: Wait, span: Span, scope: Scope, flow: Flow) -> Ending:
    """Note a wait as a step of its own."""
    walk.record.waits.append(wait)
    names = {WaitKind.OBJECT: "wait for object", WaitKind.FILE: "wait for file", WaitKind.SERVICE: "wait for service"}
    draft = Draft(
        name=names.get(wait.kind, "wait"),
        text=scope.source.slice(span),
        kind=StepKind.WAIT,
        origin=wait.origin,
        program="sleep",
        join=flow.join,
        branch=flow.branch,
        loop=True,
        polls=wait.target,
    )
    if wait.kind in (WaitKind.FILE, WaitKind.OBJECT) and wait.target:
        touch = Touch(Mode.READ, Value(wait.target, wait.target))
        draft.accesses.extend(resolve.access(touch, scope, wait.origin, wait.text))
        draft.reads.append(wait.target)
    walk.record.drafts.append(draft)
    return Ending.FALLS

"""Recognise loops that only look and sleep: waits for a file, an object, a service."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from migrator.commands import expansion, programs, resolve
from migrator.commands.asking import asks_process, program_name
from migrator.commands.decide import decided
from migrator.commands.facts import StepKind, Wait, WaitKind
from migrator.commands.invocation import Effect, Invocation, Role, Touch
from migrator.commands.paths import ignored
from migrator.commands.record import Draft, Ending, Flow, Walk, quoted
from migrator.commands.scope import Scope
from migrator.commands.sleeping import summed
from migrator.commands.values import Value
from migrator.model import Mode, Range
from migrator.shell import commands as commands_of
from migrator.shell import walk as nodes_of
from migrator.shell.tree import Command, For, Node, Script, Span, Test

_NET = frozenset(
    ["curl", "wget", "nc", "ncat", "ping", "telnet", "http", "pg_isready", "mysqladmin", "redis-cli", "psql", "mysql"]
)
_SERVICES = frozenset(["systemctl", "service", "docker", "podman", "supervisorctl", "rc-service", "pm2"])
_COMPARED = re.compile(
    r"\$\{?(\w+)\}?[\"']?\s+-(lt|le|ge|gt|eq)\s+[\"']?\$?\{?(\w+)|\(\(\s*\$?(\w+)\s*(<=?|>=?|==)\s*\$?(\w+)\s*\)\)"
)
_COUNTED = re.compile(r"\bseq\s+(?:\d+\s+)?(\d+)|\{\d+\.\.(\d+)\}|;\s*\w+\s*<=?\s*(\d+)\s*;")
_RANK = {WaitKind.OBJECT: 0, WaitKind.FILE: 1, WaitKind.SERVICE: 2, WaitKind.TIME: 3, WaitKind.RANDOM: 4}
_MOST_LOOKS = 100_000
_MOST_COMMANDS = 60


def polling(node: Node, body: Script, condition: Script | None, scope: Scope) -> Wait | None:
    """Recognise a loop that only looks and sleeps, and say what it waits for."""
    every = [*(commands_of(condition) if condition is not None else ()), *commands_of(body)]
    sleeps = [command for command in every if program_name(command) in ("sleep", "usleep")]
    if not sleeps or len(every) > _MOST_COMMANDS:
        return None
    inner = scope.fork()
    inner.forget(assigned(body) - {"#"})
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
    text = scope.source.slice(node.span)
    timeout = None if seconds is None else _longest(text[:4000], int(seconds.high), scope)
    return Wait(kind, target, seconds, timeout, scope.source.origin(node.span), quoted(text))


def assigned(script: Script) -> frozenset[str]:
    """Give the variables that a piece of script may change; `#` where it shifts its arguments."""
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


def _looks(command: Command, scope: Scope) -> tuple[WaitKind, str] | bool:
    """Say what a command looks at; True where it changes nothing, False where it works."""
    name = program_name(command)
    if not command.words:
        return True
    values = expansion.words(command.words, scope)
    if name in ("test", "["):
        return _tested(values, scope) or True
    if name in _SERVICES:
        return (WaitKind.SERVICE, quoted(" ".join(v.shown for v in values))) if asks_process(command) else False
    if name in scope.functions:
        return True
    effect = programs.effect(Invocation(name, values[0], tuple(values[1:])))
    if _keeps(command, effect, scope):
        return False
    if name in _NET:
        addresses = [value.shown for value in values[1:] if not value.text.startswith("-")]
        return (WaitKind.SERVICE, addresses[0] if addresses else name)
    if effect is None:
        return False
    if effect.waits:
        return (effect.waits[0].kind, effect.waits[0].target)
    if name == "ls" and len(values) > 1 and "/" in values[-1].text:
        return (WaitKind.FILE, resolve.path_of(values[-1].text, scope))
    return effect.role is not Role.WORK


def _keeps(command: Command, effect: Effect | None, scope: Scope) -> bool:
    """Say whether what a question to a service gives is kept or changes something: a download that is tried again."""
    touches = effect.touches if effect is not None and effect.role is Role.WORK else ()
    if any(touch.mode is not Mode.READ and not ignored(touch.value.text) for touch in touches):
        return True
    return program_name(command) in _NET and any(
        ">" in redirect.operator
        and redirect.target is not None
        and not ignored(target := expansion.word(redirect.target, scope).text)
        and not target.isdecimal()
        for redirect in command.redirects
    )


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
    whole = summed(expansion.words(sleeps[0].words[1:], scope))
    return None if whole is None else Range.exactly(whole)


def _longest(text: str, seconds: int, scope: Scope) -> int | None:
    """Give the seconds after which a loop gives up, by its counter: one of looks, or of seconds; None where unknown."""
    if match := _COUNTED.search(text):
        looks = int(next(group for group in match.groups() if group)[:8])
        return looks * seconds if 1 < looks <= _MOST_LOOKS else None
    for match in _COMPARED.finditer(text):
        name, limit = (match[1] or match[4]), _known(match[3] or match[6], scope)
        if name == "SECONDS":
            return limit
        step = _step(name, text)
        if limit is None or not step:
            continue
        first = _known(name, scope)
        far = (first or 0) - limit if step < 0 else limit - (first or 0)
        looks = math.ceil(far / abs(step))
        if 1 < looks <= _MOST_LOOKS:
            return looks * seconds
    return None


def _known(text: str, scope: Scope) -> int | None:
    """Give a number, or that which a variable holds."""
    if not text.isdecimal():
        value = scope.variables.get(text)
        text = value.text if value is not None and value.exact else ""
    return int(text) if text.isdecimal() and len(text) < 9 else None


def _step(name: str, text: str) -> int:
    """Give by how much each round changes a counter, 0 where that is not plain."""
    name = re.escape(name)
    if match := re.search(rf"\b{name}(\+\+|--)|(\+\+|--)\$?{name}\b", text):
        return 1 if "+" in (match[1] or match[2]) else -1
    match = re.search(
        rf"\b{name}\s*([-+])=\s*(\d{{1,6}})|\b{name}=[^;\n]{{0,12}}?\$?\b{name}\}}?\s*([-+])\s*(\d{{1,6}})", text
    )
    if match is None:
        return 0
    return int(match[2] or match[4]) * (-1 if "-" in (match[1] or match[3]) else 1)


def waited(walk: Walk, wait: Wait, span: Span, scope: Scope, flow: Flow) -> Ending:
    """Note a wait as a step of its own."""
    walk.record.waits.append(wait)
    names = {WaitKind.OBJECT: "wait for object", WaitKind.FILE: "wait for file", WaitKind.SERVICE: "wait for service"}
    draft = Draft(
        name=names.get(wait.kind, "wait"),
        text=scope.source.slice(span),
        kind=StepKind.WAIT,
        origin=wait.origin,
        program="sleep",
        flow=flow.but(loop=True),
    )
    draft.polls = wait.target
    if wait.kind in (WaitKind.FILE, WaitKind.OBJECT) and wait.target:
        touch = Touch(Mode.READ, Value(wait.target, wait.target))
        draft.accesses.extend(resolve.access(touch, scope, wait.origin, wait.text))
        draft.reads.append(wait.target)
    walk.record.drafts.append(draft)
    return Ending.FALLS

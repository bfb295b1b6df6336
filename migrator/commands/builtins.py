"""Shell builtins that change the state of the shell, and sleeps, locks and tests (POSIX.1 XCU 2.14, bash(1))."""

from __future__ import annotations

import re
from collections.abc import Callable

from migrator.commands import calls, expansion, guards, resolve, session
from migrator.commands.emit import Here, emit
from migrator.commands.facts import Lock, LockKind, StepKind, Trait
from migrator.commands.invocation import Effect
from migrator.commands.locking import gives_up
from migrator.commands.peeling import own
from migrator.commands.record import Ending, Flow, Place, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope
from migrator.commands.sleeping import slept
from migrator.commands.values import UNKNOWN, Value, unknown

# Members are found once: in Python 3.11 that takes as long as a call.
_FALLS = Ending.FALLS
_LOCK_TOOLS = frozenset({"lockfile", "dotlockfile", "lockfile-create", "shlock", "lockfile-check", "dotlock"})

_MOST_FOLDERS = 50

# `trap 'kill $PID' EXIT`: a variable, or whatever still runs (`jobs -p`, the group 0).
_ENDED = re.compile(r"\bkill\b[^;&|]*?(?:\$\{?(\w+)|\$\(jobs\b|\s0\b|\$!)")
_BY_VARIABLE = re.compile(r"exit\s+\"?\$\{?(\w+)\}?\"?\s*\Z")

Handler = Callable[[Walk, list[Value], Here, Scope, Flow], "Ending | None"]


def builtin(walk: Walk, name: str, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read a builtin; None where the name is none of those that need more than being no step."""
    if name in _LOCK_TOOLS:
        return _lock_tool(walk, values, here, scope)
    handler = _HANDLERS.get(name)
    if handler is None or ("/" in values[0].text and name not in ("sleep", "mkdir", "flock", "test", "[")):
        return None
    return handler(walk, values, here, scope, flow)


def _cd(_walk: Walk, values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    target = scope.home
    for value in values[1:]:
        if value.text[:1] != "-" or not re.fullmatch(r"-[LPe@]+|--", value.text):
            target = value
            break
    before = scope.folder
    scope.folder = expansion.entered(target, scope)
    scope.variables["OLDPWD"] = before
    scope.variables.pop("PWD", None)
    return _FALLS


def _pushd(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    stack = scope.arrays.get("DIRSTACK", ())
    scope.arrays["DIRSTACK"] = (*stack[-_MOST_FOLDERS:], scope.folder)
    return _cd(walk, values, here, scope, flow)


def _popd(_walk: Walk, _values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    stack = scope.arrays.get("DIRSTACK", ())
    scope.folder = stack[-1] if stack else unknown("$OLDPWD")
    scope.arrays["DIRSTACK"] = stack[:-1]
    return Ending.FALLS


def _declare(walk: Walk, values: list[Value], here: Here, scope: Scope, _flow: Flow) -> Ending:
    name = values[0].text
    exports = name == "export" or any(re.fullmatch(r"-\w*x\w*", v.text) for v in values[1:])
    for value in values[1:]:
        if value.text.startswith("-"):
            continue
        variable, equals, text = value.text.partition("=")
        if not variable.isidentifier():
            continue
        if equals:
            set_to = value.but(text, value.written.partition("=")[2])
            if text.startswith("~/"):
                set_to = scope.home + set_to.but(text[1:])
            scope.set(variable, set_to)
            session.named(walk, variable, here, scope)
        if exports:
            scope.exported.add(variable)
    return Ending.FALLS


def _unset(_walk: Walk, values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    for value in values[1:]:
        scope.variables.pop(value.text, None)
        scope.arrays.pop(value.text, None)
    return Ending.FALLS


def _set(_walk: Walk, values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    texts = [value.text for value in values[1:]]
    for place, text in enumerate(texts):
        if text == "--":
            scope.arguments = tuple(values[place + 2 :])
            break
        on = text.startswith("-")
        if re.fullmatch(r"[-+][A-Za-z]+", text):
            if ("e" in text and not text.endswith("o")) or "e" in text[1:-1]:
                scope.errexit = on
            if "a" in text:
                scope.export_all = on
        named = texts[place + 1] if text.endswith("o") and place + 1 < len(texts) else ""
        if named == "errexit":
            scope.errexit = on
        elif named == "pipefail":
            scope.pipefail = on
        elif named == "allexport":
            scope.export_all = on
    return Ending.FALLS


def _shift(_walk: Walk, values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    known = len(values) < 2 or (values[1].exact and values[1].text.isdecimal() and len(values[1].text) < 4)
    if not known:
        scope.arguments = None
    elif scope.arguments is not None:
        scope.arguments = scope.arguments[int(values[1].text) if len(values) > 1 else 1 :]
    return Ending.FALLS


def _exit(walk: Walk, values: list[Value], here: Here, _scope: Scope, flow: Flow) -> Ending:
    if len(values) > 1 and values[1].text == "0" and walk.record.drafts and not flow.branch:
        walk.record.trait(Trait.SWALLOWS_EXIT, here.origin, here.text, "the exit code is 0 whatever came before")
    if walk.record.kept and (named := _BY_VARIABLE.match(here.text)):
        walk.record.show(named[1])
    if len(values) > 1 and values[1].text == "99":
        walk.record.trait(Trait.EXITS_99, here.origin, here.text, "ends with 99")
    return Ending.EXITS


def _return(_walk: Walk, _values: list[Value], _here: Here, _scope: Scope, _flow: Flow) -> Ending:
    return Ending.RETURNS


def _leave(_walk: Walk, _values: list[Value], _here: Here, _scope: Scope, _flow: Flow) -> Ending:
    return Ending.LEAVES_LOOP


def _wait(walk: Walk, _values: list[Value], _here: Here, _scope: Scope, _flow: Flow) -> Ending:
    if walk.record.running:
        walk.record.fan_in += 1
        walk.record.running = 0
    return Ending.FALLS


def _read(walk: Walk, values: list[Value], here: Here, scope: Scope, _flow: Flow) -> Ending:
    _taken_in(walk, here, scope)
    for value in values[1:]:
        if value.text.isidentifier():
            scope.set(value.text, unknown(f"${value.text}", state=frozenset({f"read {value.text}"})))
    return Ending.FALLS


def _taken_in(walk: Walk, here: Here, scope: Scope) -> None:
    """Note the file whose lines become variables: `read a b < status.csv`, `mapfile -t hosts < hosts.txt`."""
    for touch in streams(here.redirects, scope, speaks=False).data if here.redirects else ():
        walk.record.access(resolve.access(touch, scope, here.origin, quoted(here.text)))


def _eval(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    text = _known_text(values[1:])
    if text is not None and text.startswith("set -- ") and any(not value.exact for value in values):
        scope.arguments = None
        return Ending.FALLS
    if text is not None and flow.calls < 8:
        return walk.text(text, here.span, scope, flow.called())
    why = f"what `eval` runs: {quoted(here.text)}"
    if re.search(
        r"ssh-agent|keychain|brew shellenv|conda.*hook|perl -I|pyenv init|rbenv init|direnv|dircolors", here.text
    ):
        return Ending.FALLS
    walk.record.open(why)
    emit(
        walk,
        Effect(kind=StepKind.OPAQUE, label="eval", unclear=(why,)),
        values,
        here,
        scope,
        flow,
        streams((), scope, speaks=False),
    )
    return Ending.FALLS


def _known_text(values: list[Value]) -> str | None:
    """Give what `eval` reads; a part that only a run can know stays as `*`, as long as the program is known."""
    if all(value.exact for value in values):
        return " ".join(value.shown for value in values)
    text = " ".join(value.text for value in values)
    program = text.split(maxsplit=1)[:1]
    return text if program and UNKNOWN not in program[0] else None


def _sleep(walk: Walk, values: list[Value], here: Here, _scope: Scope, flow: Flow) -> Ending:
    leads = not (walk.record.drafts or flow.branch or flow.loop or flow.background) and not walk.nested
    walk.record.waits.append(slept(here, values[1:], leads=leads))
    return Ending.FALLS


def _flock(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending | None:
    """Read the lock on a descriptor, `flock -n 9`; with a command behind it the number is a file's name (flock(1))."""
    split = own("flock", tuple(values[1:]))
    behind = own("flock", split.rest[1:])
    if not split.rest or not split.rest[0].text.isdecimal() or behind.rest:
        return None
    if not {"-u", "--unlock"}.isdisjoint(split.flags | behind.flags):
        return Ending.FALLS
    number = split.rest[0].text
    held = scope.descriptors.get(int(number[:4]))
    name = resolve.path_of(held.text, scope) if held is not None else f"descriptor {number}"
    skips = gives_up(split) or gives_up(behind)
    fails = None if flow.place is Place.CONDITION else True
    walk.record.locks.append(Lock(LockKind.FLOCK, name, skips, here.origin, quoted(here.text), fails))
    return Ending.FALLS


def _lock_tool(walk: Walk, values: list[Value], here: Here, scope: Scope) -> Ending:
    plain = [value for value in values[1:] if not value.text.startswith("-") and "/" in value.text]
    if plain and "check" not in values[0].text:
        name = resolve.path_of(plain[-1].text, scope)
        skips = any(re.match(r"-r\s*\d|-r$|--retry", value.text) for value in values[1:]) or values[0].text.endswith(
            "shlock"
        )
        walk.record.locks.append(Lock(LockKind.LOCK_TOOL, name, skips, here.origin, quoted(here.text)))
    return Ending.FALLS


def _mkdir(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    folders = [value for value in values[1:] if not value.text.startswith("-")]
    parents = any(re.fullmatch(r"-\w*p\w*|--parents", value.text) for value in values[1:])
    if flow.place is Place.CONDITION and not parents and len(folders) == 1:
        name = resolve.path_of(folders[0].text, scope)
        if re.search(r"lock|lck|pid|mutex|running", name, re.IGNORECASE):
            walk.record.locks.append(
                Lock(LockKind.DIRECTORY, name, skips=True, origin=here.origin, text=quoted(here.text))
            )
    return Ending.FALLS


def _test(walk: Walk, values: list[Value], here: Here, scope: Scope, _flow: Flow) -> Ending:
    guards.tested(walk, values[1:], here.origin, here.text, scope)
    return Ending.FALLS


def _kill(walk: Walk, values: list[Value], _here: Here, _scope: Scope, _flow: Flow) -> None:
    """Count off what the script started with `&` itself: `kill $!`, a variable that kept that, `kill %1`."""
    if any("$!" in value.written or value.text.startswith("%") for value in values[1:]):
        walk.record.running = max(walk.record.running - 1, 0)


def _trap(walk: Walk, values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    match = _ENDED.search(values[1].written[:1000]) if len(values) > 1 else None
    kept = scope.variables.get(match[1]) if match and match[1] else None
    if match and (not match[1] or (kept is not None and "$!" in kept.written)):
        walk.record.running = 0
    return Ending.FALLS


def _exec(walk: Walk, values: list[Value], here: Here, scope: Scope, _flow: Flow) -> Ending | None:
    if len(values) == 1:
        found = streams(here.redirects, scope, speaks=False)
        for touch in found.logs + found.data:
            walk.record.access(resolve.access(touch, scope, here.origin, quoted(here.text), log=touch in found.logs))
        return Ending.FALLS
    return None


def _let(_walk: Walk, values: list[Value], _here: Here, scope: Scope, _flow: Flow) -> Ending:
    for value in values[1:]:
        match = re.match(r"(\w+)\s*[-+*/%]?=|(\w+)(?:\+\+|--)", value.text)
        if match:
            scope.set(match[1] or match[2], unknown("$" + (match[1] or match[2])))
    return Ending.FALLS


def _fills(walk: Walk, values: list[Value], here: Here, scope: Scope, _flow: Flow) -> Ending:
    _taken_in(walk, here, scope)
    names = [value.text for value in values[1:] if value.text.isidentifier()]
    if names:
        scope.arrays.pop(names[-1], None)
        scope.variables[names[-1]] = unknown(f"${names[-1]}")
    return Ending.FALLS


_HANDLERS: dict[str, Handler] = {
    "cd": _cd, "pushd": _pushd, "popd": _popd, "export": _declare, "declare": _declare, "typeset": _declare,
    "local": _declare,
    "readonly": _declare, "unset": _unset, "set": _set, "shift": _shift, "exit": _exit, "return": _return,
    "break": _leave,
    "continue": _leave, "wait": _wait, "read": _read, "eval": _eval, "sleep": _sleep, "flock": _flock, "mkdir": _mkdir,
    "test": _test, "[": _test, "trap": _trap, "kill": _kill,
    "exec": _exec, "source": calls.source, ".": calls.source, "let": _let,
    "mapfile": _fills, "readarray": _fills, "getopts": _fills,
}  # fmt: skip
NAMES = _LOCK_TOOLS | _HANDLERS.keys()
"""The names of the builtins that are read here."""

"""Follow make(1): targets in order, each prerequisite once before its target, recipe lines each in a shell of its own.

What is read: explicit rules, `.PHONY`, variables (`=`, `:=`, `?=`, `+=`), automatic variables, recipe prefixes `@ - +`.
What is not: pattern rules, functions, includes, conditionals; a target that needs them is one step with a reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from migrator.commands import resolve
from migrator.commands.emit import Here, emit
from migrator.commands.facts import Called, Join, StepKind, Trait
from migrator.commands.invocation import Effect
from migrator.commands.record import MAX_CALLS, Ending, Flow, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.commands.wrapping import share
from migrator.shell import parse

_SETTING = re.compile(r"^(?:export\s+|override\s+)*([\w.-]+)\s*(\?|:{1,2}|\+|!)?=\s*(.*)$")
_RULE = re.compile(r"^([^:=#\t][^:=]*?)\s*::?(?!=)\s*(.*)$")
_VARIABLE = re.compile(r"\$(?:\(([\w.-]+)\)|\{([\w.-]+)\}|([@<^?*]))")
_OPTIONS = frozenset(
    [
        "-f",
        "--file",
        "--makefile",
        "-C",
        "--directory",
        "-I",
        "-j",
        "--jobs",
        "-l",
        "-o",
        "-W",
        "--load-average",
        "--old-file",
    ]
)
_NAMES = ("GNUmakefile", "makefile", "Makefile")


@dataclass(slots=True)
class _Rule:
    prerequisites: list[str] = field(default_factory=list)
    recipe: list[tuple[int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Makefile:
    variables: dict[str, str] = field(default_factory=dict)
    rules: dict[str, _Rule] = field(default_factory=dict)
    first: str = ""


def make(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Read a call of make: the steps of its targets stand for it."""
    file, folder, settings, targets = _arguments(values[1:])
    inner = scope.fork()
    if folder is not None:
        from_folder = folder.text if folder.text.startswith(("/", "~")) else f"{scope.folder.text}/{folder.text}"
        shown = (
            folder.written if folder.text.startswith(("/", "~", "*")) else f"{scope.folder.written}/{folder.written}"
        )
        inner.folder = folder.but(from_folder, shown)
    found = _find(walk, file, inner, here)
    if found is None or flow.calls >= MAX_CALLS:
        _unread(walk, file, values, here, scope, flow)
        return Ending.FALLS
    _, source = found
    read = _read(source.text)
    read.variables.update(settings)
    before = len(walk.record.drafts)
    done: set[str] = set()
    join = flow.join
    for target in targets or [read.first]:
        count = len(walk.record.drafts)
        _target(walk, target, read, source, inner, flow.but(calls=flow.calls + 1, join=join), done, 0)
        join = Join.AND if len(walk.record.drafts) > count else join
    if len(walk.record.drafts) == before:
        label = f"make {' '.join(targets)}".strip()
        emit(walk, Effect(label=label), values, here, scope, flow, streams(here.redirects, scope, speaks=False))
    share(walk, before, here, here.outer or scope)
    return Ending.FALLS


def _arguments(values: list[Value]) -> tuple[Value | None, Value | None, dict[str, str], list[str]]:
    file: Value | None = None
    folder: Value | None = None
    settings: dict[str, str] = {}
    targets: list[str] = []
    queue = iter(values)
    for value in queue:
        text = value.text
        if text in _OPTIONS:
            given = next(queue, literal(""))
            if text in ("-f", "--file", "--makefile"):
                file = given
            elif text in ("-C", "--directory"):
                folder = given
        elif text.startswith("-C") and len(text) > 2:
            folder = value.but(text[2:])
        elif text.startswith("-"):
            continue
        elif re.match(r"[\w.-]+[:?+]?=", text):
            name, _, rest = text.partition("=")
            settings[name.rstrip(":?+")] = rest
        else:
            targets.append(text)
    return file, folder, settings, targets


def _find(walk: Walk, file: Value | None, scope: Scope, here: Here) -> tuple[str, Source] | None:
    base = scope.folder
    names = (
        [file]
        if file is not None
        else [base.but(f"{base.text.rstrip('/')}/{n}", f"{base.written.rstrip('/')}/{n}") for n in _NAMES]
    )
    for name in names:
        found = walk.follow(name.written, resolve.deployed(name.text, scope, exact=name.exact), scope)
        if found is not None:
            path, how, source = found
            if len(walk.record.called) < 500:
                walk.record.called.append(Called(quoted(name.written), path, how, here.origin))
            return path, source
    return None


def _unread(walk: Walk, file: Value | None, values: list[Value], here: Here, scope: Scope, flow: Flow) -> None:
    label = " ".join(["make", *_arguments(values[1:])[3]])
    name = file.shown if file is not None else "the Makefile"
    why = f"what `{quoted(label)}` does: {name} is not among the files read"
    walk.record.open(why)
    walk.record.trait(Trait.FOLLOWS_UNREAD, here.origin, here.text, why)
    effect = Effect(kind=StepKind.SCRIPT, label=label, unclear=(why,))
    emit(walk, effect, values, here, scope, flow, streams(here.redirects, scope, speaks=False))


def _read(text: str) -> _Makefile:
    read = _Makefile()
    current: list[_Rule] = []
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        start, line = number + 1, lines[number]
        while line.endswith("\\") and number + 1 < len(lines) and len(line) < 50_000:
            number += 1
            line = line + "\n" + lines[number]
        number += 1
        if line.startswith("\t"):
            for rule in current:
                rule.recipe.append((start, line[1:]))
            continue
        line = line.replace("\\\n", " ").split("#", 1)[0].rstrip()
        if not line.strip():
            continue
        current = _line(line, start, read) or (
            [] if not line.startswith((" ", "ifeq", "ifneq", "ifdef", "else", "endif")) else current
        )
    return read


def _line(line: str, number: int, read: _Makefile) -> list[_Rule]:
    setting = _SETTING.match(line)
    if setting:
        name, sign, value = setting.groups()
        if sign == "+":
            value = f"{read.variables.get(name, '')} {value}".strip()
        if sign != "?" or name not in read.variables:
            read.variables[name] = value if len(value) < 10_000 else ""
        return []
    rule = _RULE.match(line)
    if rule is None:
        return []
    prerequisites, semicolon, inline = rule[2].partition(";")
    rules = []
    for target in _expanded(rule[1], read.variables).split()[:200]:
        found = read.rules.setdefault(target, _Rule())
        found.prerequisites.extend(_expanded(prerequisites.replace("|", " "), read.variables).split()[:500])
        if semicolon:
            found.recipe.append((number, inline.strip()))
        if not read.first and not target.startswith(".") and "%" not in target:
            read.first = target
        rules.append(found)
    return rules


def _expanded(text: str, variables: dict[str, str], automatic: dict[str, str] | None = None, depth: int = 0) -> str:
    """Put variables in; what is no known variable stays as shell text that only a run can know."""

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[2]
        if match[3]:
            return (automatic or {}).get(match[3], "")
        found = variables.get(name)
        if found is None:
            return f"${{{name}}}"
        if depth > 5 or "$(shell" in found or len(found) > 5000:
            return f"${{{name}}}"
        return _expanded(found, variables, automatic, depth + 1)

    return _VARIABLE.sub(value, text[:100_000])


def _target(
    walk: Walk, target: str, read: _Makefile, source: Source, scope: Scope, flow: Flow, done: set[str], depth: int
) -> None:
    if target in done or depth > 20 or walk.record.full():
        return
    done.add(target)
    rule = read.rules.get(target)
    if rule is None:
        return
    join = flow.join
    for prerequisite in rule.prerequisites:
        count = len(walk.record.drafts)
        _target(walk, prerequisite, read, source, scope, flow.but(join=join), done, depth + 1)
        join = Join.AND if len(walk.record.drafts) > count else join
    automatic = {
        "@": target,
        "<": rule.prerequisites[0] if rule.prerequisites else "",
        "^": " ".join(rule.prerequisites),
    }
    for number, line in rule.recipe:
        count = len(walk.record.drafts)
        _recipe(walk, line, number, read, automatic, source, scope, flow.but(join=join))
        join = Join.AND if len(walk.record.drafts) > count else join


def _recipe(
    walk: Walk,
    line: str,
    number: int,
    read: _Makefile,
    automatic: dict[str, str],
    source: Source,
    scope: Scope,
    flow: Flow,
) -> None:
    text = line.replace("\\\n\t", "\\\n").lstrip()
    ignores = False
    while text[:1] in ("@", "-", "+"):
        ignores = ignores or text[0] == "-"
        text = text[1:].lstrip()
    if not text or text.startswith("#"):
        return
    text = text.replace("$(MAKE)", "make").replace("${MAKE}", "make")
    text = _expanded(text.replace("$$", "\0"), read.variables, automatic).replace("\0", "$")
    # A `$(name …)` that is left is a function of make, not a command substitution.
    text = re.sub(
        r"\$\((?:shell|wildcard|patsubst|subst|foreach|addprefix|addsuffix|notdir|dir|basename) ", "$(: ", text
    )
    inner = scope.fork()
    inner.source = replace(source, text=text, line=number)
    before = len(walk.record.drafts)
    walk.script(parse(text), inner, flow.but(depth=flow.depth + 1))
    if ignores and len(walk.record.drafts) > before:
        draft = walk.record.drafts[before]
        walk.record.trait(
            Trait.SWALLOWS_EXIT, draft.origin, text, "make ignores a failure of a line that begins with `-`"
        )

"""Follow make(1): targets in order, each prerequisite once before its target, recipe lines each in a shell of its own.

A makefile may set its variables, decide and include as it likes (`make_rules`); the rules that make has built in, and
`$(eval …)`, are not known. What the shell would find is read by the shell reader, with the place in the makefile.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from migrator.commands import hints, resolve
from migrator.commands.emit import Here, emit
from migrator.commands.facts import Called, Join, StepKind, Trait
from migrator.commands.invocation import Effect, Role, Touch
from migrator.commands.make_rules import Makefile, Rule
from migrator.commands.make_text import Variable
from migrator.commands.record import MAX_CALLS, Draft, Ending, Flow, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.commands.wrapping import share
from migrator.model import Mode, Origin
from migrator.shell import parse, quote

_SETTING = re.compile(r"([\w.-]+)(?::{1,3}|[?+!])?=(.*)", re.DOTALL)
_VALUED = {"f": "file", "C": "folder", "I": "", "o": "", "W": "", "l": "", "j": ""}
_LONG = {"--file": "file", "--makefile": "file", "--directory": "folder"}
_LONG_VALUED = frozenset({"--include-dir", "--old-file", "--assume-old", "--what-if", "--new-file", "--eval"})
# Bare, these take no word that is no number.
_NUMBERED = frozenset({"-j", "-l", "--jobs", "--load-average", "--max-load"})
_DRY = frozenset({"-n", "--just-print", "--dry-run", "--recon", "-q", "--question", "-t", "--touch", "-v", "--version"})
_NAMES = ("GNUmakefile", "makefile", "Makefile")
_NEEDED = 0.8
_DEEPEST = 40
_MOST_RUNS = 30


@dataclass(slots=True)
class _Call:
    """The words of a call of make."""

    files: list[Value] = field(default_factory=list)
    folders: list[Value] = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)
    targets: list[str] = field(default_factory=list)
    dry: bool = False

    @property
    def label(self) -> str:
        """Name the call by its targets."""
        return " ".join(["make", *self.targets])


def make(walk: Walk, values: list[Value], here: Here, scope: Scope, flow: Flow) -> Ending:
    """Read a call of make: the steps of its targets stand for it."""
    call = _call(values[1:])
    if call.dry:
        effect = Effect(role=Role.PROBE, label=call.label)
        emit(walk, effect, values, here, scope, flow, streams(here.redirects, scope, speaks=True))
        return Ending.FALLS
    inner = scope.fork()
    for folder in call.folders:
        inner.folder = _below(inner.folder, folder)
    walk.record.makes += 1
    source = _find(walk, call.files, inner, here) if walk.record.makes <= _MOST_RUNS else None
    if source is None or flow.calls >= MAX_CALLS:
        _unread(walk, call, values, here, scope, flow)
        return Ending.FALLS
    before = len(walk.record.drafts)
    _Run(walk, call, _read(walk, call, source, inner), inner).targets(flow.but(calls=flow.calls + 1))
    if len(walk.record.drafts) == before:
        emit(walk, Effect(label=call.label), values, here, scope, flow, streams(here.redirects, scope, speaks=False))
    share(walk, before, here, here.outer or scope)
    return Ending.FALLS


def _call(values: list[Value]) -> _Call:
    call = _Call()
    queue = list(reversed(values))
    while queue:
        value = queue.pop()
        text = value.text
        name, equals, given = text.partition("=")
        call.dry = call.dry or text in _DRY
        if text.startswith("--"):
            kind = _LONG.get(name)
            if (kind is not None or name in _LONG_VALUED) and not equals:
                value = queue.pop() if queue else literal("")
            elif equals:
                value = value.but(given, value.written.partition("=")[2])
            _take(call, kind or "", value)
        elif text.startswith("-") and len(text) > 1:
            _bundle(call, value, queue)
        elif match := _SETTING.fullmatch(text):
            call.settings[match[1]] = match[2]
        else:
            call.targets.append(text)
    return call


def _bundle(call: _Call, value: Value, queue: list[Value]) -> None:
    """Read letters behind one dash: `-sC dir`, `-j4`, `-f file`."""
    for place, letter in enumerate(value.text[1:40], start=1):
        call.dry = call.dry or letter in "nqt"
        if letter not in _VALUED:
            continue
        glued = value.text[place + 1 :]
        if glued:
            _take(call, _VALUED[letter], value.but(glued, value.written[place + 1 :]))
        elif f"-{letter}" not in _NUMBERED or (queue and re.fullmatch(r"[\d.]+", queue[-1].text)):
            _take(call, _VALUED[letter], queue.pop() if queue else literal(""))
        return


def _take(call: _Call, kind: str, value: Value) -> None:
    if kind == "file":
        call.files.append(value)
    elif kind == "folder":
        call.folders.append(value)


def _below(folder: Value, entered: Value) -> Value:
    if entered.text.startswith(("/", "~", "*")):
        return entered
    return entered.but(f"{folder.text}/{entered.text}", f"{folder.written}/{entered.written}")


def _find(walk: Walk, files: list[Value], scope: Scope, here: Here) -> Source | None:
    """Find the makefile: the first that `-f` names, else one of the usual names in the folder."""
    for name in files or [_below(scope.folder, literal(name)) for name in _NAMES]:
        found = walk.follow(name.written, resolve.deployed(name.text, scope, exact=name.exact), scope)
        if found is not None:
            path, how, source = found
            walk.record.call(Called(quoted(name.written), path, how, here.origin))
            return source
    return None


def _read(walk: Walk, call: _Call, source: Source, scope: Scope) -> Makefile:
    def find(name: str) -> Source | None:
        found = walk.follow(name, resolve.deployed(name, scope, exact="$" not in name), scope)
        return None if found is None else found[2]

    environment = {name: value.text for name, value in scope.environment().items() if value.exact}
    read = Makefile(environment, find, frozenset(call.settings))
    settings = call.settings
    read.expander.variables["MAKE"] = Variable(
        " ".join(["make", *(quote(f"{name}={value}") for name, value in settings.items())]), simple=True
    )
    read.expander.variables["CURDIR"] = Variable(scope.folder.text if scope.folder.exact else "$PWD", simple=True)
    read.expander.variables["MAKECMDGOALS"] = Variable(" ".join(call.targets), simple=True)
    read.expander.variables.update({name: Variable(value, simple=True) for name, value in settings.items()})
    read.read(source)
    for name, value in read.values((*read.exported, *settings)).items():
        scope.variables[name] = literal(value) if "$" not in value else Value("*", value, exact=False)
        scope.exported.add(name)
    for other in call.files[1:]:
        also = find(other.text)
        if also is not None:
            read.read(also)
    return read


def _unread(walk: Walk, call: _Call, values: list[Value], here: Here, scope: Scope, flow: Flow) -> None:
    name = call.files[0].shown if call.files else "the Makefile"
    why = f"what `{quoted(call.label)}` does: {name} is not among the files read"
    if flow.calls >= MAX_CALLS or walk.record.makes > _MOST_RUNS:
        why = f"what `{quoted(call.label)}` does: make calls itself too often"
    walk.record.open(why)
    walk.record.trait(Trait.FOLLOWS_UNREAD, here.origin, here.text, why)
    effect = Effect(kind=StepKind.SCRIPT, label=call.label, unclear=(why,))
    emit(walk, effect, values, here, scope, flow, streams(here.redirects, scope, speaks=False))


@dataclass(slots=True)
class _Run:
    """One run of make over what was read; `done` are the targets that were made."""

    walk: Walk
    call: _Call
    read: Makefile
    scope: Scope
    done: set[str] = field(default_factory=set)

    def targets(self, flow: Flow) -> None:
        """Make the targets that are asked for, else the first."""
        join = flow.join
        for target in self.call.targets or [self.read.first]:
            if self.read.rule(target) is None:
                self.walk.record.open(f"what `{quoted(self.call.label)}` does: the makefile has no rule for `{target}`")
            join = self._target(target, flow.but(join=join), 0)
        for why in self.read.unclear:
            self.walk.record.open(why)
        if self.read.expander.lost:
            self.walk.record.open(f"what `{quoted(self.call.label)}` does: its variables come to more than is read")

    def _target(self, target: str, flow: Flow, depth: int) -> Join:
        """Make a target behind its prerequisites; give how the next step follows."""
        if target in self.done or self.walk.record.full():
            return flow.join
        if depth > _DEEPEST:
            self.walk.record.open(f"prerequisites nested deeper than {_DEEPEST}")
            return flow.join
        self.done.add(target)
        rule = self.read.rule(target)
        if rule is None:
            return flow.join
        join = flow.join
        for need in rule.prerequisites:
            join = self._target(need, flow.but(join=join), depth + 1)
        own = _automatic(target, rule)
        before = len(self.walk.record.drafts)
        lines = rule.recipe
        if self.read.one_shell and lines:
            source, number, _ = lines[0]
            lines = [(source, number, "\n".join(text for _, _, text in lines))]
        for source, number, line in lines:
            if self.walk.record.full():
                break
            count = len(self.walk.record.drafts)
            self._recipe(line, number, own, source, flow.but(join=join))
            join = Join.AND if len(self.walk.record.drafts) > count else join
        self._note_files(target, rule, self.walk.record.drafts[before:], asked=depth == 0)
        return join

    def _note_files(self, target: str, rule: Rule, drafts: Sequence[Draft], *, asked: bool) -> None:
        """Note what a recipe is made from, and that it runs only where its target is out of date."""
        if not drafts:
            return
        for need in rule.prerequisites:
            # A program is no data of the job; a phony name is no file.
            if self._is_file(need) and not hints.SCRIPT.search(need) and rule.source is not None:
                place = Origin(rule.source.path, rule.line) if rule.source.path else rule.source.place
                touch = Touch(Mode.READ, literal(need), _NEEDED)
                known = {access.resource for access in drafts[0].accesses}
                found = resolve.access(touch, self.scope, place, f"{target}: {need}")
                drafts[0].accesses.extend(access for access in found if access.resource not in known)
        made = resolve.file_name(Touch(Mode.WRITE, literal(target)), self.scope)
        if asked or not self._is_file(target):
            return
        for draft in drafts:
            draft.accesses[:] = [
                replace(a, stale=True) if a.mode is Mode.WRITE and a.resource.name == made else a
                for a in draft.accesses
            ]

    def _is_file(self, name: str) -> bool:
        phony = self.read.rules.get(".PHONY")
        named = ("/" in name or "." in name.strip(".")) and "$" not in name
        return named and not (phony is not None and name in phony.prerequisites)

    def _recipe(self, line: str, number: int, own: Mapping[str, str], source: Source, flow: Flow) -> None:
        text = line.replace("\\\n\t", "\\\n").lstrip()
        ignores = False
        while text[:1] in ("@", "-", "+"):
            ignores = ignores or text[0] == "-"
            text = text[1:].lstrip()
        if not text or text.startswith("#"):
            return
        text = self.read.expander.expand(text, own).lstrip("@-+ \t")
        walk = self.walk
        inner = self.scope.fork()
        inner.source = replace(source, text=text, line=number)
        before = len(walk.record.drafts)
        walk.script(parse(text), inner, flow.deeper())
        if ignores and len(walk.record.drafts) > before:
            draft = walk.record.drafts[before]
            says = "make ignores a failure of a line that begins with `-`"
            walk.record.trait(Trait.SWALLOWS_EXIT, draft.origin, text, says)


def _automatic(target: str, rule: Rule) -> dict[str, str]:
    """Give the automatic variables of a target, and those that it alone sees (GNU make manual, 10.5.3)."""
    needs = list(dict.fromkeys(rule.prerequisites))
    own = {"@": target, "<": needs[0] if needs else "", "^": " ".join(needs), "?": " ".join(needs)}
    own |= {"+": " ".join(rule.prerequisites), "|": "", "*": target.rpartition(".")[0]}
    for name in ("@", "<", "*"):
        folder, slash, base = own[name].rpartition("/")
        own[f"{name}D"], own[f"{name}F"] = (folder or "/") if slash else ".", base
    return own | rule.own

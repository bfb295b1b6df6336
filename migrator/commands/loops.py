"""Read loops: a body counts once, and what its rounds touch is touched by its steps.

A loop over a few known words is read round by round, and so is one that takes the arguments of the script apart. Of any
other loop the variable is unknown. A loop that only looks and sleeps is a wait (`polling`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from migrator.commands import expansion
from migrator.commands.captures import captured
from migrator.commands.decide import decided
from migrator.commands.emit import give_output
from migrator.commands.facts import BranchKind, Trait
from migrator.commands.options import Option, options_of
from migrator.commands.polling import assigned, polling, waited
from migrator.commands.record import Draft, Ending, Flow, Place, Record, Walk
from migrator.commands.redirects import group_redirects
from migrator.commands.scope import Scope
from migrator.commands.values import Value, unknown
from migrator.shell import commands as commands_of
from migrator.shell import walk as nodes_of
from migrator.shell.tree import For, Script, Test, While

_MOST_WORDS = 8
_MOST_ROUNDS = 40
_MOST_COMMANDS = 60
_GLOB = re.compile(r"[*?\[{]")
_PATTERN = re.compile(r"[*?\[]")


def for_each(walk: Walk, node: For, scope: Scope, flow: Flow) -> Ending:
    """Read `for`: each of a few known words by itself, else with a variable that is unknown."""
    wait = polling(node, node.body, None, scope)
    if wait is not None:
        return waited(walk, wait, node.span, scope, flow)
    flows, before = group_redirects(walk, node.redirects, scope, node.span), len(walk.record.drafts)
    spare = len(walk.record.spare)
    captured(walk, node.words or (), scope, flow)
    # What lists the words is not what the loop does.
    del walk.record.spare[spare:]
    values = expansion.words(node.words, scope) if node.words is not None else list(scope.arguments or ())
    changes = assigned(node.body)
    scope.forget(changes)
    if 0 < len(values) <= _MOST_WORDS and all(value.exact and not _GLOB.search(value.text) for value in values):
        few = values if len(values) == 1 or _is_small(node.body, flow) else []
    else:
        few = []
    ending = Ending.FALLS
    if few:
        rounds = _Rounds(walk, node.body, scope, flow)
        for value in few:
            scope.forget(changes)
            scope.set(node.name, value)
            ending = rounds.run()
    if len(few) != 1:
        state = frozenset().union(*(value.state for value in values)) if values else frozenset()
        private = bool(values) and all(value.private for value in values)
        scope.set(node.name, _looped(node.name, values, state, private=private))
    if not few:
        ending = _Rounds(walk, node.body, scope, flow).run()
    give_output(walk, flows, before, node.span, scope, flow)
    return ending if ending is Ending.EXITS and len(values) == 1 else Ending.FALLS


def _is_small(body: Script, flow: Flow) -> bool:
    """Say whether a body is read once for each word: loops in loops would be read too often."""
    return not flow.loop and sum(1 for _ in commands_of(body)) <= _MOST_COMMANDS


def _looped(name: str, values: list[Value], state: frozenset[str], *, private: bool) -> Value:
    """Give a loop variable's value: a glob's own pattern, else unknown."""
    text = values[0].text if len(values) == 1 else ""
    if text and values[0].exact and "/" not in text and _GLOB.search(text) and text.strip("*?"):
        # `*.csv` is chosen by its form, in the folder where the shell is.
        text = f"./{text}"
    # What `$(ls | grep csv$)` gives are names.
    names = bool(text.strip("*?")) and not values[0].exact and values[0].written.startswith("$(")
    if ("/" in text or names) and _PATTERN.search(text):
        return Value(text, f"${name}", exact=False, private=private, state=state)
    return unknown(f"${name}", private=private, state=state)


def while_do(walk: Walk, node: While, scope: Scope, flow: Flow) -> Ending:
    """Read `while` and `until`."""
    wait = polling(node, node.body, node.condition, scope)
    if wait is not None:
        return waited(walk, wait, node.span, scope, flow)
    flows = group_redirects(walk, node.redirects, scope, node.span)
    if decided(node.condition, scope) is node.until:
        return Ending.FALLS
    if (ending := _by_arguments(walk, node, scope, flow)) is not None:
        return ending
    record = walk.record
    scope.forget(assigned(node.body) | assigned(node.condition))
    answer = decided(node.condition, scope)
    before, branches = len(record.drafts), len(record.branches)
    text, origin = scope.source.slice(node.condition.span), scope.source.origin(node.span)
    iterates = _iterates(node.condition)
    endless = answer is (not node.until)
    if not iterates and not endless:
        record.branch(BranchKind.LOOP, origin, f"{'until' if node.until else 'while'} {text}")
    label = flow.branch if iterates or endless else (*flow.branch, f"loop {len(record.branches)}")
    walk.script(node.condition, scope, flow.but(place=Place.CONDITION, loop=True, depth=flow.depth + 1))
    _Rounds(walk, node.body, scope, flow.but(branch=label)).run()
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


def _names(body: Script, *names: str) -> bool:
    return any(command.words and command.words[0].literal in names for command in commands_of(body))


def _leaves(body: Script) -> bool:
    return _names(body, "break", "exit", "return")


def _by_arguments(walk: Walk, node: While, scope: Scope, flow: Flow) -> Ending | None:
    """Read a loop that takes known arguments apart, round by round; None where it is no such loop, or not all known."""
    if scope.arguments is None or flow.loop or node.until or _names(node.body, "continue"):
        return None
    given = options_of(node.condition, scope)
    if given is None and "#" not in assigned(node.body):
        return None
    saved, mark = scope.fork(), _Mark.of(walk.record)
    rounds = _Rounds(walk, node.body, scope, flow)
    ending = _by_options(rounds, given, scope) if given is not None else _by_shift(rounds, node.condition, scope)
    if ending is None:
        scope.take(saved)
        mark.restore(walk.record)
    return ending


def _by_options(rounds: _Rounds, given: tuple[Option, ...], scope: Scope) -> Ending | None:
    for option in given:
        option.set(scope)
        if option.letter and (ending := rounds.run()) is not Ending.FALLS:
            return Ending.FALLS if ending is Ending.LEAVES_LOOP else ending
    return Ending.FALLS


def _by_shift(rounds: _Rounds, condition: Script, scope: Scope) -> Ending | None:
    for _ in range(_MOST_ROUNDS):
        answer = decided(condition, scope)
        if answer is None:
            return None
        if not answer:
            return Ending.FALLS
        left = len(scope.arguments or ())
        if (ending := rounds.run()) is not Ending.FALLS:
            return Ending.FALLS if ending is Ending.LEAVES_LOOP else ending
        if scope.arguments is None or len(scope.arguments) >= left:
            return None
    return None


@dataclass(slots=True)
class _Mark:
    """How much was noted at a moment."""

    lengths: dict[str, int]

    @classmethod
    def of(cls, record: Record) -> _Mark:
        """Note how much there is."""
        return cls({name: len(getattr(record, name)) for name in (*_NOTED, "drafts", "spare", "accesses", "unclear")})

    def restore(self, record: Record) -> None:
        """Forget what was noted since."""
        for name, length in self.lengths.items():
            del getattr(record, name)[length:]


_NOTED = ("branches", "locks", "waits", "wrappers", "called", "traits", "services")


@dataclass(slots=True)
class _Rounds:
    """The rounds of a loop: what a later one does again is added to the steps of those before."""

    walk: Walk
    body: Script
    scope: Scope
    flow: Flow
    first: _Mark | None = None

    def run(self) -> Ending:
        """Read the body once more."""
        record = self.walk.record
        begin = _Mark.of(record)
        ending = self.walk.script(self.body, self.scope, self.flow.but(loop=True, depth=self.flow.depth + 1))
        if self.first is None:
            self.first = begin
        else:
            _merge(record, self.first.lengths, begin.lengths)
        return ending


def _merge(record: Record, first: dict[str, int], begin: dict[str, int]) -> None:
    known = {_site(draft): draft for draft in record.drafts[first["drafts"] : begin["drafts"]]}
    added = record.drafts[begin["drafts"] :]
    del record.drafts[begin["drafts"] :]
    for draft in added:
        same = known.get(_site(draft))
        if same is None:
            record.drafts.append(draft)
            continue
        same.take(draft)
        same.state |= draft.state
        same.dated = same.dated or draft.dated
    for name in _NOTED:
        noted: list[object] = getattr(record, name)
        before = noted[first[name] : begin[name]]
        noted[begin[name] :] = [each for each in noted[begin[name] :] if each not in before]


def _site(draft: Draft) -> tuple[object, ...]:
    """Tell steps apart by where they stand and what they run: `./$name.sh` is another program in each round."""
    return (draft.origin, draft.text, draft.program)

"""Read decisions: `if`, `case`, `&&`, `||`, and what tests look at (locks, guards, watchdogs)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from migrator.commands import expansion, guards, resolve
from migrator.commands.asking import asks_process, is_test, negated, program_name
from migrator.commands.captures import captured
from migrator.commands.decide import answered, decided, matches
from migrator.commands.facts import BranchKind, Join, Lock, LockKind, Trait, TraitFound
from migrator.commands.record import Draft, Ending, Flow, Place, Walk, quoted
from migrator.commands.redirects import is_sign
from migrator.commands.refusals import settle
from migrator.commands.scope import Scope
from migrator.shell import commands as commands_of
from migrator.shell.tree import AndOr, Case, Command, Group, If, Node, Script, Span

# Members are found once: in Python 3.11 that takes as long as a call.
_FALLS, _CAPTURE, _CONDITION = Ending.FALLS, Place.CAPTURE, Place.CONDITION
_STARTS = re.compile(
    r"\b(?:re)?start(?:ed|-?up|s|er)?\b|nohup|daemon|\bserve|server|\bup\b|\brun\b.*&|launch|watchdog|keepalive",
    re.IGNORECASE,
)
_NET = frozenset({"curl", "wget", "nc", "ncat", "ping", "nmap", "telnet", "http"})


def and_or(walk: Walk, node: AndOr, scope: Scope, flow: Flow) -> Ending:
    """Read a list of `&&` and `||`, left to right."""
    record = walk.record
    start, locks = len(record.drafts), len(record.locks)
    left: Node = node.first
    ending = walk.node(node.first, scope, flow.but(place=_before(flow)))
    if ending is not _FALLS:
        return ending
    tested = is_test(node.first) and len(record.drafts) == start
    known = answered(node.first, scope) if tested and flow.place is not _CONDITION else None
    branch, join = flow.branch, flow.join
    for place, (operator, right) in enumerate(node.rest):
        if record.full():
            break
        if known is (operator == "||"):
            left = right
            continue
        last = place == len(node.rest) - 1
        before, branches = len(record.drafts), len(record.branches)
        if before > start:
            join = _join(operator)
        sure, known = known is not None, True if known is not None and _assigns(right) else None
        kind = None if sure else BranchKind.TEST if tested else (BranchKind.HANDLER if operator == "||" else None)
        label = branch
        if kind is not None:
            record.branch(kind, scope.source.origin(node.span), scope.source.slice(node.span))
            label = (*branch, f"{kind} {len(record.branches)}")
        inner = scope.fork() if not sure and (operator == "||" or tested) else scope
        place_of = flow.place if last else _before(flow)
        same = join is flow.join and label is flow.branch and place_of is flow.place
        here = flow if same else flow.but(join=join, branch=label, place=place_of)
        if operator == "||":
            settle(record, locks, right)
        ending = walk.node(right, inner, here)
        emitted = record.drafts[before:]
        if sure and ending is not Ending.FALLS:
            return ending
        if kind is not None and not emitted and len(record.branches) == branches + 1:
            record.branches.pop()
        _conclude(walk, left, operator, right, emitted, ending, scope, tested=tested, works=before > start)
        if inner is not scope and ending is Ending.FALLS:
            scope.take(scope.fork(), inner)
        if tested and operator == "&&" and emitted:
            branch = label
        tested = tested and not emitted and is_test(right)
        left = right
    return _FALLS


def _assigns(node: Node) -> bool:
    """Say whether a node surely succeeds: it only sets variables."""
    return isinstance(node, Command) and not node.words and not node.substitutes


def _before(flow: Flow) -> Place:
    return _CAPTURE if flow.place is _CAPTURE else _CONDITION


def _join(operator: str) -> Join:
    return Join.AND if operator == "&&" else Join.OR


def _conclude(
    walk: Walk,
    left: Node,
    operator: str,
    right: Node,
    emitted: Sequence[Draft],
    ending: Ending,
    scope: Scope,
    *,
    tested: bool,
    works: bool,
) -> None:
    """Note what a `&&` or `||` means beside order: a swallowed failure, a lock, a watchdog."""
    if operator == "&&" and ending is _FALLS and not (emitted and negated(left)):
        return
    text, origin = scope.source.slice(_span(left, right)), scope.source.origin(left.span)
    if operator == "||" and works and not tested and ending is Ending.FALLS and not emitted:
        lost = walk.record.trait(Trait.SWALLOWS_EXIT, origin, text, "`||` turns a failure into success")
        for name in _remembers(right):
            walk.record.kept.setdefault(name, []).append(lost)
    if operator == "&&" and tested and not emitted and ending is Ending.EXITS and not negated(left):
        _sentinel(walk, left, scope, text)
    if emitted and (operator == "||" or negated(left)):
        watches(walk, left, emitted, scope, text)
    if operator == "&&" and ending is Ending.EXITS and asks_process(left) and not emitted:
        _process_lock(walk, left, scope, text)


def _remembers(node: Node) -> Iterator[str]:
    """Give the variables in which a handler keeps that something failed: `|| rc=1`, `|| { echo no; rc=1; }`."""
    if isinstance(node, Group) and not node.subshell:
        for item in node.body.items:
            yield from _remembers(item.node)
    elif isinstance(node, Command) and not node.words:
        yield from (one.name for one in node.assignments if one.value is not None and one.value.literal != "0")


def _span(left: Node, right: Node) -> Span:
    return Span(left.span.start, right.span.end, left.span.line, right.span.last_line)


def watches(walk: Walk, condition: Node | Script, emitted: Sequence[Draft], scope: Scope, text: str) -> None:
    """Note a watchdog: it starts what is not running; or a lock by process list, where the work is a batch."""
    restarts = all(draft.controls for draft in emitted if draft.kind.value != "mail") and any(
        d.controls for d in emitted
    )
    alive = asks_process(condition)
    asked = is_test(condition) or any(program_name(command) in _NET for command in commands_of(condition))
    if not alive and not (restarts and asked):
        return
    origin = emitted[0].origin
    starts = any(_STARTS.search(draft.text[:2000]) or draft.join.value == "parallel" for draft in emitted)
    if restarts or starts or walk.frequent:
        walk.record.trait(Trait.WATCHDOG, origin, text, "starts again what is found not to run")
    if alive and not restarts:
        _process_lock(walk, condition, scope, text)


def _process_lock(walk: Walk, condition: Node | Script, scope: Scope, text: str) -> None:
    pattern = ""
    for command in commands_of(condition):
        values = [value.shown for value in expansion.words(command.words, scope)]
        plain = [value for value in values[1:] if not value.startswith("-")]
        name = values[0].rpartition("/")[2] if values else ""
        if plain and name in ("pgrep", "pidof", "grep", "egrep") and plain[0] != "grep":
            pattern = pattern or plain[0].strip("[]").replace("[", "").replace("]", "")
    if pattern:
        walk.record.locks.append(
            Lock(
                LockKind.PROCESS_LIST,
                pattern,
                skips=True,
                origin=scope.source.origin(condition.span),
                text=quoted(text),
            )
        )


def _sentinel(walk: Walk, condition: Node | Script, scope: Scope, text: str) -> None:
    """Note a file whose presence ends the run: a lock, if it is named so or the run makes it."""
    for command in commands_of(condition):
        values = expansion.words(command.words, scope)
        for place, value in enumerate(values[:-1]):
            if value.text in ("-f", "-e", "-s", "-d", "-r", "-L"):
                name = resolve.path_of(values[place + 1].text, scope)
                walk.record.suspects.append((name, scope.source.origin(command.span), quoted(text)))
                if is_sign(name):
                    walk.record.marks.add(name)


def if_else(walk: Walk, node: If, scope: Scope, flow: Flow) -> Ending:
    """Read `if`, its `elif` arms and `else`; arms that cannot be reached are left out."""
    endings: list[Ending] = []
    after: list[Scope] = []
    reached_else = True
    record, works = walk.record, []
    asked: list[TraitFound] = []
    for condition, body in node.arms:
        answer = decided(condition, scope)
        if answer is False:
            continue
        drafts = len(record.drafts)
        ending = _arm(walk, condition, body, scope, flow, after, asked, sure=answer is True)
        endings.append(ending)
        works.append(len(record.drafts) > drafts or ending is not Ending.FALLS)
        if answer is True:
            reached_else = False
            break
    if reached_else:
        inner = scope.fork()
        if node.otherwise is not None:
            count = len(walk.record.branches)
            label = flow.branch if not endings else (*flow.branch, f"else {count}")
            drafts = len(record.drafts)
            endings.append(walk.script(node.otherwise, inner, flow.but(branch=label, depth=flow.depth + 1)))
            works.append(len(record.drafts) > drafts and endings[-1] is Ending.FALLS)
            if endings[-1] is Ending.FALLS:
                after.append(inner)
        else:
            endings.append(Ending.FALLS)
            after.append(inner)
    scope.take(*after)
    if not any(works) or (node.otherwise is not None and all(works) and set(endings) == {Ending.FALLS}):
        # Whatever the clock says, the run goes on, or does one of two works: the schedule decides alone.
        idle = {id(found) for found in asked if found.trait is Trait.DATE_GUARD}
        record.traits[:] = [found for found in record.traits if id(found) not in idle]
    return min(endings, key=lambda ending: ending.value, default=Ending.FALLS)


def _arm(
    walk: Walk,
    condition: Script,
    body: Script,
    scope: Scope,
    flow: Flow,
    after: list[Scope],
    traits: list[TraitFound],
    *,
    sure: bool,
) -> Ending:
    """Read an arm; `after` gets the state that it leaves, `traits` what its condition shows."""
    record = walk.record
    begin, asked, shown = len(record.drafts), len(record.locks), len(record.traits)
    walk.script(condition, scope, flow.but(place=Place.CONDITION, depth=flow.depth + 1))
    traits += record.traits[shown:]
    if negated(condition):
        settle(record, asked, body)
    text, origin = _head(condition, scope), scope.source.origin(condition.span)
    inner = scope.fork()
    before, branches, locks = len(record.drafts), len(record.branches), len(record.locks)
    label = flow.branch
    if not sure:
        record.branch(BranchKind.IF, origin, text)
        label = (*flow.branch, f"if {len(record.branches)}")
    join = flow.join if begin == before else Join.AND
    ending = walk.script(body, inner, flow.but(branch=label, join=join, depth=flow.depth + 1))
    emitted = record.drafts[before:]
    if ending is Ending.FALLS:
        after.append(inner)
    if ending in (Ending.EXITS, Ending.RETURNS) and not emitted:
        if not negated(condition):
            _sentinel(walk, condition, scope, text)
        if asks_process(condition) and not negated(condition):
            _process_lock(walk, condition, scope, text)
    elif emitted and negated(condition):
        watches(walk, condition, emitted, scope, text)
    plain = not emitted and len(record.branches) == branches + 1
    if not sure and plain and not _skips(body, ending, len(record.locks) > locks, condition, scope):
        record.branches.pop()
    return ending


def _head(condition: Script, scope: Scope) -> str:
    return f"if {scope.source.slice(condition.span).rstrip(';').rstrip()}"


def _skips(body: Script, ending: Ending, locked: bool, condition: Script, scope: Scope) -> bool:
    """Say whether an arm without steps ends the run as done: that decides about the work, a failed check does not."""
    if ending is not Ending.EXITS or locked or asks_process(condition) or is_sign(scope.source.slice(condition.span)):
        return False
    last = body.items[-1].node if body.items else None
    words = last.words if isinstance(last, Command) else ()
    return len(words) > 1 and words[1].literal == "0"


def case(walk: Walk, node: Case, scope: Scope, flow: Flow) -> Ending:
    """Read `case`: the one arm that a known word takes, else all of them."""
    captured(walk, (node.word,), scope, flow)
    word = expansion.word(node.word, scope)
    if word.exact:
        for patterns, body in node.arms:
            answer = matches(word.text, patterns)
            if answer is None:
                break
            if answer:
                return walk.script(body, scope, flow.deeper())
        else:
            return Ending.FALLS
    record = walk.record
    working = 0
    endings: list[Ending] = [Ending.FALLS]
    after: list[Scope] = [scope.fork()]
    number = len(record.branches) + 1
    for place, (_, body) in enumerate(node.arms, start=1):
        inner = scope.fork()
        before = len(record.drafts)
        label = (*flow.branch, f"case {number}/{place}")
        ending = walk.script(body, inner, flow.but(branch=label, depth=flow.depth + 1))
        working += len(record.drafts) > before
        endings.append(ending)
        if ending is Ending.FALLS:
            after.append(inner)
    scope.take(*after)
    every = any(pattern.literal == "*" for patterns, _ in node.arms for pattern in patterns)
    # `case $day in Sat|Sun) exit ;; esac` decides about all that follows.
    if Ending.EXITS in endings or (working and (working < len(node.arms) or not every)):
        guards.tested(walk, [word], scope.source.origin(node.span), f"case {node.word.raw}", scope)
    decisions = max(working - 1, 1 if working and len(node.arms) > 1 else 0)
    head = f"case {node.word.raw}"
    for _ in range(decisions):
        record.branch(BranchKind.CASE, scope.source.origin(node.span), head)
    return Ending.FALLS if after else min(endings, key=lambda ending: ending.value)

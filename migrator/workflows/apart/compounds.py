"""Take decisions, loops over words, groups and parallel parts apart."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from migrator.shell import walk
from migrator.shell.tree import Case, Command, For, Group, If, Item, Literal, Redirect, Script, Word
from migrator.workflows.apart.aborts import Abort, Options, aborts
from migrator.workflows.apart.effects import effects
from migrator.workflows.apart.pieces import State, Wrap
from migrator.workflows.apart.purity import appends, still
from migrator.workflows.apart.source import Source
from migrator.workflows.apart.taker import Refusal, Taking
from migrator.workflows.flow import Beside, Choice, Each, Flow

_FALLS_ON = re.compile(r";&|;;&")
_SPECIAL = re.compile(r"[*?\[{~]")


def take_if(taker: Taking, node: If, source: Source, state: State, *, go: bool) -> Flow:
    """Take `if` apart: its conditions and its arms."""
    state = redirected(node.redirects, source, state)
    quiet = Options(state.options.errexit, ignored=True)
    for condition, _ in node.arms:
        if any(list(effects(item.node, source)) for item in condition.items):
            raise Refusal("its condition changes the shell")
        if aborts(condition, source, quiet) is not Abort.NEVER:
            raise Refusal("its shell may end in its condition")
    return _arm(taker, node, 0, source, state, go=go)


def _arm(taker: Taking, node: If, place: int, source: Source, state: State, *, go: bool) -> Flow:
    condition, body = node.arms[place]
    asked = taker.script(condition.items, source, state.ignoring())
    number = taker.decision()
    with taker.branch(f"if {number}"):
        then = taker.script(body.items, source, state, go=go)
    otherwise: Flow | None = None
    with taker.branch(f"else {number}"):
        if place + 1 < len(node.arms):
            otherwise = _arm(taker, node, place + 1, source, state, go=go)
        elif node.otherwise is not None:
            otherwise = taker.script(node.otherwise.items, source, state, go=go)
    return Choice(asked, then, otherwise)


def take_case(taker: Taking, node: Case, source: Source, state: State, *, go: bool) -> Flow:
    """Take `case` apart: each arm but a last `*` is decided by a `case` of its own."""
    state = redirected(node.redirects, source, state)
    if _FALLS_ON.search(source.slice(node)):
        raise Refusal("an arm of its `case` goes on in the next one")
    asked = len(node.arms) - (_is_rest(node.arms[-1][0]) if node.arms else 0)
    words = [node.word, *(word for patterns, _ in node.arms for word in patterns)]
    if asked > 1 and not all(still(word, source) for word in words):
        raise Refusal("its `case` asks for something that may change between two looks")
    if not node.arms or not asked:
        raise Refusal("its `case` decides nothing")
    return _case(taker, node, 0, source, state, go=go)


def _is_rest(patterns: tuple[Word, ...]) -> bool:
    return len(patterns) == 1 and patterns[0].raw == "*"


def _case(taker: Taking, node: Case, place: int, source: Source, state: State, *, go: bool) -> Flow:
    patterns, body = node.arms[place]
    if place == len(node.arms) - 1 and place and _is_rest(patterns):
        return taker.script(body.items, source, state, go=go)
    either = "|".join(word.raw for word in patterns)
    text = f"case {node.word.raw} in {either}) true ;; *) false ;; esac"
    asked = taker.piece((node,), source, state.ignoring(), text=text)
    number = taker.decision()
    with taker.branch(f"if {number}"):
        then = taker.script(body.items, source, state, go=go) if body.items else None
    otherwise: Flow | None = None
    if place + 1 < len(node.arms):
        with taker.branch(f"else {number}"):
            otherwise = _case(taker, node, place + 1, source, state, go=go)
    if then is None:
        raise Refusal("an arm of its `case` is empty")
    return Choice(asked, then, otherwise)


def take_for(taker: Taking, node: For, source: Source, state: State) -> Flow:
    """Take a loop over constant words apart: its body, once for each."""
    state = redirected(node.redirects, source, state)
    items = [word.literal for word in node.words or () if _is_constant(word)]
    if node.words is None or len(items) != len(node.words) or not items:
        raise Refusal("it repeats over words that only a run knows")
    if aborts(node.body, source, state.options) is not Abort.NEVER or _breaks(node.body):
        raise Refusal("its loop may end before its last round")
    own = frozenset({node.name})
    inner = replace(state, sure=state.sure | own)
    _same_in_each_round(node, source)
    body = taker.script(node.body.items, source, inner)
    return Each(node.name, tuple(item for item in items if item is not None), body)


def _is_constant(word: Word) -> bool:
    return all(isinstance(part, Literal) and (part.quoted or not _SPECIAL.search(part.text)) for part in word.parts)


def _breaks(body: Script) -> bool:
    names = {each.words[0].literal for each in walk(body) if isinstance(each, Command) and each.words}
    return bool(names & {"break", "continue"})


def _same_in_each_round(node: For, source: Source) -> None:
    """Refuse where a round of a loop finds what the round before it left."""
    for item in node.body.items:
        for one in effects(item.node, source, background=item.background):
            raise Refusal(f"a round of its loop leaves something to the next one ({type(one).__name__.lower()})")


def take_group(taker: Taking, node: Group, source: Source, state: State, *, go: bool) -> Flow:
    """Take a group or a subshell apart; what a subshell sets up ends with it."""
    state = redirected(node.redirects, source, state)
    return taker.script(node.body.items, source, state, go=go and not node.subshell)


def take_beside(taker: Taking, items: Sequence[Item], source: Source, state: State) -> Flow:
    """Take `a & b & c; wait` apart: what is started with `&`, and what then runs in the foreground."""
    last = items[-1].node
    if not (isinstance(last, Command) and [word.literal for word in last.words] == ["wait"]):
        raise Refusal("what it starts with `&` may run on when its shell has ended")
    count = next((place for place, item in enumerate(items) if not item.background), len(items))
    front = items[count:-1]
    if any(item.background for item in front):
        raise Refusal("it starts something with `&` after work in the foreground")
    if any(layer.wrap is not None and layer.wrap.behind != layer.wrap.later for layer in state.layers):
        raise Refusal("its parallel parts empty one file")
    if aborts(Script(tuple(front), last.span), source, state.options) is not Abort.NEVER:
        raise Refusal("its shell may end before what it started with `&` has")
    parts = [taker.one(item.node, source, state, go=False) for item in items[:count]]
    if front:
        parts.append(taker.script(front, source, state))
    return Beside(tuple(parts), waits=True)


def redirected(redirects: tuple[Redirect, ...], source: Source, state: State) -> State:
    """Give the state within a construct that has redirections. Raise Refusal where they cannot be made again."""
    if not redirects:
        return state
    if not appends(redirects, source):
        raise Refusal("its parts share a file that is opened once for all of them")
    start, end = redirects[0].span.start, redirects[-1].span.end
    behind = " " + source.text[start:end]
    return state.inside(Wrap("", behind, behind, quoted=False))

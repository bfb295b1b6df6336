"""Read what tests look at: the date, the host's name, files."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from migrator.commands import expansion, resolve
from migrator.commands.captures import captured
from migrator.commands.facts import Trait
from migrator.commands.invocation import Touch
from migrator.commands.record import Flow, Walk, quoted
from migrator.commands.redirects import is_sign
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal
from migrator.model import Mode, Origin
from migrator.shell.tree import Test

_CLOCK = re.compile(r"(?:\$\(|`)\s*(?:/bin/)?date\b(?![^)`]*\+\"?'?%s)|\bdate\s+\+\\?[\"']?%[duwaVWUjHAkIyYm]")
_NAMES = re.compile(r"(?<![\w.])[A-Za-z_]\w*")
_HOST = re.compile(r"(?:\$\(|`)\s*(?:/bin/)?(?:hostname|uname\s+-n)\b|\$\{?HOSTNAME\b")
_LOOKS_AT = re.compile(r"-[a-hkprstuwxGLNOSnz]|-nt|-ot|-ef")


def _is_day(name: str, scope: Scope) -> bool:
    value = scope.variables.get(name)
    return value is not None and value.dated and value.text == "*" and _CLOCK.search(value.written[:2000]) is not None


def double_test(walk: Walk, node: Test, scope: Scope, flow: Flow) -> None:
    """Read `[[ … ]]`, and of `(( … ))` whether it asks the date."""
    captured(walk, node.words, scope, flow)
    if node.operator != "[[":
        text = scope.source.slice(node.span)
        if _CLOCK.search(text[:2000]) or any(_is_day(name, scope) for name in _NAMES.findall(text[:2000])):
            walk.record.trait(Trait.DATE_GUARD, scope.source.origin(node.span), text, "tests the date before it works")
    else:
        tested(
            walk,
            expansion.words(node.words, scope),
            scope.source.origin(node.span),
            scope.source.slice(node.span),
            scope,
        )


def tested(walk: Walk, values: Sequence[Value], origin: Origin, text: str, scope: Scope) -> None:
    """Note what a test looks at: the date, the host's name, a file."""
    # A file with a date or the host's name in its own is only looked at, not compared with anything.
    compared = [value for before, value in pairwise([literal(""), *values]) if not _LOOKS_AT.fullmatch(before.text)]
    # Two moments are compared to see how long something takes, or whether it was done today: no day is asked for.
    moments = sum(value.dated and value.text == "*" for value in compared)
    if moments == 1 or (not moments and _CLOCK.search(text[:2000])):
        walk.record.trait(Trait.DATE_GUARD, origin, text, "tests the date before it works")
    if any(_HOST.search(one.written) or "hostname" in one.written for one in compared if not one.exact):
        walk.record.trait(Trait.HOST_GUARD, origin, text, "tests the host's name before it works")
    for place, value in enumerate(values[:-1]):
        if value.text in ("-f", "-s", "-e", "-r"):
            target = values[place + 1]
            if value.text in ("-e", "-r") and "." not in target.text.rpartition("/")[2]:
                continue
            name = resolve.path_of(target.text, scope)
            if not is_sign(name) and not re.search(r"\.env$|activate$|\.conf$|\.cfg$|/bin/|/etc/|rc$", name):
                walk.record.access(resolve.access(Touch(Mode.READ, target, 0.6), scope, origin, quoted(text)))

"""Read the commands whose output becomes text: work in them is work of the job, and what they read it reads."""

from __future__ import annotations

from collections.abc import Iterable

from migrator.commands import expansion
from migrator.commands.record import Flow, Place, Walk
from migrator.commands.scope import Scope
from migrator.shell.tree import Script, Substitution, Word
from migrator.shell.words import scripts_of


def captured(walk: Walk, words: Iterable[Word], scope: Scope, flow: Flow) -> None:
    """Read the substitutions of words, in order."""
    for word in words:
        for part in word.special or ():
            for script in scripts_of(part):
                _capture(walk, script, scope, flow, shown=isinstance(part, Substitution))


def _capture(walk: Walk, script: Script, scope: Scope, flow: Flow, *, shown: bool) -> None:
    before = len(walk.record.drafts)
    walk.script(script, scope.fork(), flow.but(place=Place.CAPTURE, depth=flow.depth + 1))
    for draft in walk.record.drafts[before:]:
        draft.state |= expansion.output(script, scope).state if shown else frozenset()

"""Whether a piece is nothing but one call of a cloud service, which a target can make itself."""

from __future__ import annotations

import posixpath

from migrator.commands.facts import Step
from migrator.shell.tree import Command, Node
from migrator.workflows.apart.calls import go_in
from migrator.workflows.apart.pieces import State, is_plain_program
from migrator.workflows.apart.rows import Row
from migrator.workflows.apart.source import Source
from migrator.workflows.apart.taker import Refusal

# Whose rights a call is made with, and where: a target's own call has neither.
_OTHER_SIDE = ("AWS_", "--profile", "--endpoint-url")


def is_call(work: tuple[Node, ...], source: Source, state: State, step: Step) -> bool:
    """Say whether statements do nothing but the call of a step; what they say may go to a log or nowhere."""
    while len(work) == 1 and isinstance(node := work[0], Command):
        marks = source.within(source.begin(node), source.end(node))
        entries = "".join(entry.text for layer in state.layers for entry in layer.entries)
        if len(marks) != 1 or any(word in source.slice(node) + entries for word in _OTHER_SIDE):
            return False
        if len(marks[0].trail) == 1:
            name = posixpath.basename(node.words[0].literal or "") if node.words else ""
            return name == posixpath.basename(step.program.split()[0]) and is_plain_program(node, source)
        try:
            source, state = go_in(node, source, state)
            row = Row(source.script.items, source, state)
        except Refusal:
            return False
        work = tuple(item.node for one in row.elements if not one.pure for item in one.items)
        state = row.states[-1]
    return False

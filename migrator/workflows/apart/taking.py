"""Turn a shell tree into a flow over pieces, where each piece does its part in a shell of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from migrator.shell.tree import AndOr, Case, Command, For, Group, If, Item, Node, Pipeline, While
from migrator.workflows.apart import compounds
from migrator.workflows.apart.aborts import Abort, may_end_failed, without_last_exit
from migrator.workflows.apart.calls import go_in
from migrator.workflows.apart.operands import take_operands
from migrator.workflows.apart.pieces import Piece, State
from migrator.workflows.apart.rows import Cell, Row
from migrator.workflows.apart.source import Source
from migrator.workflows.apart.taker import Refusal, both, fails_alike, in_order
from migrator.workflows.flow import Choice, Flow, Negated, Run

_MOST_STATEMENTS = 500


class Taker:
    """Makes pieces and the flow over them. `why` says why some of them were not taken further apart."""

    def __init__(self) -> None:
        self.pieces: dict[str, Piece] = {}
        self.why: list[str] = []
        self._decisions = 0
        self._branch: tuple[str, ...] = ()
        self._depth = 0

    def script(self, items: Sequence[Item], source: Source, state: State, *, go: bool = False) -> Flow:
        """Take a list apart. `go`: its success must mean that the shell goes on, since more stands behind it."""
        if len(items) > _MOST_STATEMENTS:
            raise Refusal("it has too many statements")
        row = Row(items, source, state)
        row.bind()
        cells = row.bonds.cells()
        work = [cell for cell in cells if row.works(cell)]
        if not work or (len(work) == 1 and not row.compound(work[0])):
            return self._row(row, (0, len(row.elements) - 1), go=go)
        return self._cells(row, work, 0, go=go)

    def _cells(self, row: Row, cells: list[Cell], place: int, *, go: bool) -> Flow:
        cell, last = cells[place], place == len(cells) - 1
        abort = row.abort(cell)
        if not last and abort is Abort.ANYHOW:
            return self._left_early(row, cells, place, go=go)
        here = self._cell(row, cell, go=go if last else abort is Abort.FAILING)
        if last:
            return here
        rest = self._cells(row, cells, place + 1, go=go)
        if row.said_again(cell) and fails_alike(rest):
            return rest
        return both(here, rest) if abort is Abort.FAILING else in_order(here, rest)

    def _cell(self, row: Row, cell: Cell, *, go: bool) -> Flow:
        if not row.compound(cell):
            return self._row(row, cell, go=go)
        element, state = row.elements[cell[0]], row.states[cell[0]]
        kept = len(self.why)
        try:
            if element.beside:
                return compounds.take_beside(self, element.items, row.source, state)
            return self._node(element.node, row.source, state, go=go)
        except Refusal as refusal:
            del self.why[kept:]
            self.why.append(str(refusal))
            return self._row(row, cell, go=go, why=str(refusal))

    def _row(self, row: Row, cell: Cell, *, go: bool, why: str = "") -> Flow:
        """Make one piece of a cell."""
        begin = row.first(cell)
        source, elements = row.source, row.elements[begin : cell[1] + 1]
        items = tuple(item for element in elements for item in element.items)
        state = row.states[begin]
        goes_on = go and may_end_failed(items, source, row.states[cell[1] + 1].options)
        reason = why or row.bonds.reason(*cell)
        if reason and not why and len(frozenset().union(*(element.units for element in elements))) > 1:
            self.why.append(reason)
        work = tuple(item.node for element in elements if not element.pure for item in element.items)
        first, last = elements[0].items[0].node, elements[-1].items[-1].node
        stop = source.end(last)
        text = source.text[source.begin(first) : stop].strip()
        if items[-1].background:
            text += " &"
        marks = source.within(source.begin(first), stop)
        return self._made(Piece(text, state, source, marks, work, reason, goes_on, self._branch))

    def one(self, node: Node, source: Source, state: State, *, go: bool) -> Flow:
        """Take a node apart where it holds several units and can be, else give its piece."""
        why = ""
        if len(source.units(node)) > 1:
            kept = len(self.why)
            try:
                return self._node(node, source, state, go=go)
            except Refusal as refusal:
                why = str(refusal)
                del self.why[kept:]
                self.why.append(why)
        return self.piece((node,), source, state, go=go, why=why)

    def piece(
        self, nodes: tuple[Node, ...], source: Source, state: State, *, go: bool = False, text: str = "", why: str = ""
    ) -> Flow:
        """Make a piece of operands, or of a question with a text of its own."""
        goes_on = go and may_end_failed((Item(nodes[-1]),), source, state.options)
        goes_on = goes_on or (go and len(nodes) > 1)
        marks = () if text else source.within(source.begin(nodes[0]), source.end(nodes[-1]))
        said = text or source.slice(nodes[0], nodes[-1])
        if why and len({mark.unit for mark in marks}) > 1 and why not in self.why:
            self.why.append(why)
        return self._made(Piece(said, state, source, marks, nodes, why, goes_on, self._branch))

    def _made(self, piece: Piece) -> Run:
        key = str(len(self.pieces))
        self.pieces[key] = piece
        return Run(key)

    @contextmanager
    def branch(self, label: str) -> Iterator[None]:
        """Make pieces that lie in a branch; no label, no branch."""
        outer = self._branch
        self._branch = (*outer, label) if label else outer
        try:
            yield
        finally:
            self._branch = outer

    def decision(self) -> int:
        """Give the next decision its number."""
        self._decisions += 1
        return self._decisions

    def _node(self, node: Node, source: Source, state: State, *, go: bool) -> Flow:
        match node:
            case Command():
                inner, within = go_in(node, source, state)
                return self.script(without_last_exit(inner.script.items), inner, within)
            case AndOr():
                return take_operands(self, node, len(node.rest), source, state, go=go)
            case Group():
                return compounds.take_group(self, node, source, state, go=go)
            case If():
                return compounds.take_if(self, node, source, state, go=go)
            case Case():
                return compounds.take_case(self, node, source, state, go=go)
            case For():
                return compounds.take_for(self, node, source, state)
            case Pipeline(stages=(stage,), negated=True, timed=False):
                return Negated(self.one(stage, source, state.ignoring(), go=False))
            case Pipeline():
                raise Refusal("the parts of a pipeline run at once, each on the output of another")
            case While():
                raise Refusal("how often its loop runs is only known when it runs")
            case _:
                raise Refusal("its text was not understood")

    def _left_early(self, row: Row, cells: list[Cell], place: int, *, go: bool) -> Flow:
        """Take `a || exit` and `if a; then …; exit; fi`, with all that stands behind on the other way."""
        cell = cells[place]
        node, state, source = row.elements[cell[1]].node, row.states[cell[1]], row.source
        number = self.decision()
        ways = (f"if {number}", f"else {number}")
        if isinstance(node, If):
            asked = self.script(node.arms[0][0].items, source, state.ignoring())
            with self.branch(ways[0]):
                leaving = self.script(node.arms[0][1].items, source, state, go=go)
            on_success = True
        elif isinstance(node, AndOr):
            sign, last = node.rest[-1]
            on_success = sign == "&&"
            asked = self._former(node, source, state)
            with self.branch(ways[0 if on_success else 1]):
                leaving = self.one(last, source, state, go=go)
        else:
            raise Refusal("its shell may end in the middle of it")
        with self.branch(ways[1 if on_success else 0]):
            rest = self._cells(row, cells, place + 1, go=go)
        return Choice(asked, leaving, rest) if on_success else Choice(asked, rest, leaving)

    def _former(self, node: AndOr, source: Source, state: State) -> Flow:
        """Take all operands of a list but the last apart."""
        if len(node.rest) == 1:
            return self.one(node.first, source, state.ignoring(), go=False)
        return take_operands(self, node, len(node.rest) - 1, source, state.ignoring())

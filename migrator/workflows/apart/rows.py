"""A list of statements with the state before each, and the bonds that keep some of them in one piece."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from migrator.shell.tree import AndOr, If, Item, Node
from migrator.workflows.apart.aborts import Abort, Options, aborts, diverges
from migrator.workflows.apart.effects import Entry, Made
from migrator.workflows.apart.lists import Bonds, Ties, elements, needs_last, unset
from migrator.workflows.apart.pieces import State
from migrator.workflows.apart.source import Source
from migrator.workflows.apart.taker import Refusal

Cell = tuple[int, int]


class Row:
    """One list."""

    def __init__(self, items: Sequence[Item], source: Source, state: State) -> None:
        self.source = source
        self.elements = elements(items, source)
        self.states = [state]
        for element in self.elements:
            for one in element.left:
                if isinstance(one, Entry):
                    state = state.after(one)
            self.states.append(state)
        self.bonds = Bonds(len(self.elements))

    def bind(self) -> None:
        """Join what cannot be parted. Raise Refusal where none of it can."""
        self._units()
        self._ties()
        for place in range(len(self.elements) - 1):
            self._leaving(place)
        self._housekeeping()
        for cell in self.bonds.cells():
            if self.abort(cell) is Abort.ANYHOW and not self._leaves_early(cell):
                self.bonds.merge(cell[0], len(self.elements) - 1, "its shell may end in the middle of it")
        if len(self._work()) > 1:
            self._set()

    def _work(self) -> list[Cell]:
        return [cell for cell in self.bonds.cells() if not self.pure(cell)]

    def pure(self, cell: Cell) -> bool:
        """Say whether a cell only sets up the shell."""
        return all(element.pure for element in self.elements[cell[0] : cell[1] + 1])

    def said_again(self, cell: Cell) -> bool:
        """Say whether a cell holds nothing but settings that every piece behind it begins with."""
        left = [one for element in self.elements[cell[0] : cell[1] + 1] for one in element.left]
        return self.pure(cell) and all(isinstance(one, Entry) and one.always for one in left) and bool(left)

    def compound(self, cell: Cell) -> bool:
        """Say whether a cell is one statement that may be taken apart: it holds several units."""
        return cell[0] == cell[1] and len(self.elements[cell[0]].units) > 1

    def first(self, cell: Cell) -> int:
        """Give the place of the first element of a cell that does more than set up the shell; if none, the last."""
        works = (place for place in range(cell[0], cell[1]) if not self.elements[place].pure or self._abort(place))
        return next(works, cell[1])

    def works(self, cell: Cell) -> bool:
        """Say whether a cell is worth a piece: it works, it may end the shell, or its status is the list's."""
        last = cell[1] == len(self.elements) - 1
        return not self.pure(cell) or self.abort(cell) is not Abort.NEVER or last

    def nodes(self, cell: Cell) -> tuple[Node, ...]:
        """Give the statements of a cell."""
        return tuple(item.node for element in self.elements[cell[0] : cell[1] + 1] for item in element.items)

    def abort(self, cell: Cell) -> Abort:
        """Say how the shell may be ended in a cell."""
        return max(self._abort(place) for place in range(cell[0], cell[1] + 1))

    def _abort(self, place: int) -> Abort:
        options = self.states[place + 1].options
        found = [aborts(item.node, self.source, options) for item in self.elements[place].items if not item.background]
        return max(found, default=Abort.NEVER)

    def _units(self) -> None:
        first: dict[int, int] = {}
        for place, element in enumerate(self.elements):
            for unit in sorted(element.units):
                if unit in first:
                    self.bonds.merge(first[unit], place)
                first.setdefault(unit, place)

    def _ties(self) -> None:
        ties = Ties(self.source, self.states[0].exported)
        for place, element in enumerate(self.elements):
            former = ties.former(place, element.text, element.left)
            if former is not None:
                self.bonds.merge(former[0], place, former[1])
            if not place:
                continue
            before = self.elements[place - 1]
            if needs_last(element.node, self.source):
                self.bonds.merge(place - 1, place, "it asks how the command before it ended")
            if self.source.end(before.items[-1].node) > self.source.begin(element.node):
                self.bonds.merge(place - 1, place)

    def _leaving(self, place: int) -> None:
        """Keep with all behind it what may end the shell with success, where no branch of a flow says that."""
        if self._abort(place) is Abort.ANYHOW and not self._leaves_early((place, place)):
            self.bonds.merge(place, len(self.elements) - 1, "its shell may end in the middle of it")

    def _leaves_early(self, cell: Cell) -> bool:
        """Say whether a cell is one statement of which one way ends the shell and the other one goes on."""
        element = self.elements[cell[1]]
        former = self.elements[cell[0] : cell[1]]
        if any(not one.pure for one in former) or element.beside or any(isinstance(one, Made) for one in element.left):
            return cell[1] == len(self.elements) - 1
        node = element.node
        quiet = Options(self.states[cell[1]].options.errexit, ignored=True)
        if isinstance(node, AndOr):
            before = [node.first, *(one for _, one in node.rest[:-1])]
            stays = all(aborts(one, self.source, quiet) is Abort.NEVER for one in before)
            return stays and diverges(node.rest[-1][1], self.source) and not element.left
        if isinstance(node, If) and len(node.arms) == 1 and node.otherwise is None and not node.redirects:
            condition, body = node.arms[0]
            stays = aborts(condition, self.source, quiet) is Abort.NEVER
            return stays and diverges(body, self.source) and not element.left
        return cell[1] == len(self.elements) - 1

    def _housekeeping(self) -> None:
        """Give statements without steps to the cell behind them, at the end to the one before."""
        cells = self.bonds.cells()
        groups = [place for place, cell in enumerate(cells) if self._units_of(cell)]
        for place, cell in enumerate(cells):
            if self._units_of(cell) or self._own(cell, sum(group > place for group in groups)):
                continue
            later = [group for group in groups if group > place]
            if later and not self.compound(cells[later[0]]):
                self.bonds.merge(cell[0], cells[later[0]][0])
            elif not later and groups and not self.compound(cells[groups[-1]]):
                self.bonds.merge(cells[groups[-1]][1], cell[1])
        self._runs_of_housekeeping()

    def _own(self, cell: Cell, behind: int) -> bool:
        """Say whether a cell without steps guards several units behind it."""
        if behind < 2 or self.pure(cell):
            return False
        options = Options(self.states[cell[1]].options.errexit, ignored=True)
        nodes = self.nodes(cell)
        return any(aborts(node, self.source, options) is not Abort.NEVER for node in nodes)

    def _runs_of_housekeeping(self) -> None:
        cells = self.bonds.cells()
        for one, other in pairwise(cells):
            if self._units_of(one) or self._units_of(other) or self.pure(other):
                continue
            options = self.states[one[0]].options
            guards = [self.abort(cell) is not Abort.NEVER and not options.errexit for cell in (one, other)]
            if not any(guards):
                self.bonds.merge(one[0], other[1])

    def _units_of(self, cell: Cell) -> frozenset[int]:
        return frozenset().union(*(element.units for element in self.elements[cell[0] : cell[1] + 1]))

    def _set(self) -> None:
        """Refuse where a variable that nothing sets would end the shell: no flow says with which status."""
        for place, element in enumerate(self.elements):
            state = self.states[place]
            made = frozenset().union(*(one.names if isinstance(one, Made) else one.defines for one in element.left))
            missing = sorted(set(unset([i.node for i in element.items], state.sure | made)))
            if missing and self.states[place + 1].options.nounset:
                raise Refusal(f"`set -u` would end it at `${missing[0]}`, which nothing that was read sets")

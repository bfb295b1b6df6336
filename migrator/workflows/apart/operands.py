"""Take a list of `&&` and `||` apart: left to right, of equal precedence (POSIX 2.9.3)."""

from __future__ import annotations

from migrator.commands.asking import is_test
from migrator.shell.tree import AndOr
from migrator.workflows.apart.aborts import Abort, Options, aborts
from migrator.workflows.apart.effects import Entry, effects, pure_prefix
from migrator.workflows.apart.lists import Bonds, Ties, needs_last
from migrator.workflows.apart.pieces import State
from migrator.workflows.apart.purity import pure
from migrator.workflows.apart.source import Source
from migrator.workflows.apart.taker import Refusal, Taking, fails_alike
from migrator.workflows.flow import AndOr as AndOrFlow
from migrator.workflows.flow import Choice, Flow, Sign


class Operands:
    """The first `count` + 1 operands of a list, and which of them stay together."""

    def __init__(self, node: AndOr, count: int, source: Source, state: State) -> None:
        self.nodes = (node.first, *(one for _, one in node.rest[:count]))
        self.signs = ("", *(sign for sign, _ in node.rest[:count]))
        self.source = source
        prefix = pure_prefix(node, source)
        self.lead = min(prefix[1] + 1, len(self.nodes)) if prefix else 0
        self.entry = prefix[0] if prefix else None
        self.units = [source.units(one) for one in self.nodes]
        self.pure = [pure(one, source) for one in self.nodes]
        self.bonds = Bonds(len(self.nodes))
        self._state = state

    def bind(self) -> None:
        """Join what cannot be parted."""
        size = len(self.nodes)
        first: dict[int, int] = {}
        for place, units in enumerate(self.units):
            for unit in sorted(units):
                if unit in first and self._row(first[unit], place):
                    self.bonds.merge(first[unit], place)
                first.setdefault(unit, place)
        self._ties()
        for place in range(size):
            if self.units[place]:
                continue
            self._housekeeping(place)

    def _row(self, low: int, high: int) -> bool:
        """Say whether a stretch may be read as one operand: from the first on, or where all signs are the same."""
        return low == 0 or len(set(self.signs[low : high + 1])) == 1

    def join(self, low: int, high: int, why: str = "") -> None:
        """Join a stretch; from the first operand on where it is none by itself."""
        self.bonds.merge(low if self._row(low, high) else 0, high, why)

    def _ties(self) -> None:
        ties = Ties(self.source, self._state.exported)
        for place, one in enumerate(self.nodes):
            left = list(effects(one, self.source))
            conditional = place >= self.lead and "||" in self.signs[place + 1 :]
            if self.pure[place] and left and conditional:
                self.join(place, len(self.nodes) - 1, f"`{self.source.slice(one)[:60]}` is done on one way only")
            former = ties.former(place, self.source.slice(one), left)
            if former is not None:
                self.join(former[0], place, former[1])
            if place and needs_last(one, self.source):
                self.join(place - 1, place, "it asks how the command before it ended")

    def _housekeeping(self, place: int) -> None:
        later = [other for other in range(place + 1, len(self.nodes)) if self.units[other]]
        if place < self.lead:
            parted = self.lead < len(self.nodes) and len(self.units[self.lead]) > 1
            if later:
                self.bonds.merge(place, self.lead - 1 if parted else min(self.lead, later[0]))
        elif self.pure[place] and place + 1 < len(self.nodes):
            self.join(place, place + 1)
        elif later and is_test(self.nodes[place]) and len({*map(self.units.__getitem__, later)}) > 1:
            return
        elif later and self._row(place, later[0]) and len(self.units[later[0]]) < 2:
            self.bonds.merge(place, later[0])
        elif place and self._row(place - 1, place) and len(self.units[place - 1]) < 2:
            self.bonds.merge(place - 1, place)


def take_operands(taker: Taking, node: AndOr, count: int, source: Source, state: State, *, go: bool = False) -> Flow:
    """Take the first `count` + 1 operands apart. Raise Refusal where the shell may end in one that decides."""
    found = Operands(node, count, source, state)
    found.bind()
    cells = found.bonds.cells()
    if len(cells) == 1 and cells[0] != (0, 0):
        return taker.piece(found.nodes, source, state, go=go, text=source.slice(node, found.nodes[-1]), why=_why(found))
    quiet = Options(state.options.errexit, ignored=True)
    for low, high in cells[:-1]:
        if any(aborts(one, source, quiet) is not Abort.NEVER for one in found.nodes[low : high + 1]):
            raise Refusal("its shell may end in a part whose outcome decides")
    return _flow(taker, found, cells, state, go=go)


def _why(found: Operands) -> str:
    return found.bonds.reason(0, len(found.nodes) - 1)


def _flow(taker: Taking, found: Operands, cells: list[tuple[int, int]], state: State, *, go: bool) -> Flow:
    base = len(state.layers[-1].entries)
    flow: Flow | None = None
    rest: list[tuple[Sign, Flow]] = []
    tested = False
    for place, (low, high) in enumerate(cells):
        last = high == len(found.nodes) - 1
        all_and = set(found.signs[1 : low + 1]) <= {"&&"}
        here = state.guarding(base, on=all_and)
        with taker.branch(_label(taker, found.signs[low], tested=tested)):
            made = _operand(taker, found, low, high, here if last else here.ignoring(), go=go and last)
        if flow is None:
            flow, tested = made, is_test(found.nodes[high]) and not any(found.units[low : high + 1])
        elif place == 1 and _said_again(found, cells[0], low, made) and not (go and last):
            flow = made
        elif last and go and found.signs[low] == "&&":
            return Choice(AndOrFlow(flow, tuple(rest)) if rest else flow, made)
        else:
            rest.append((Sign(found.signs[low]), made))
        state = _behind(found, low, high, state)
    assert flow is not None
    return AndOrFlow(flow, tuple(rest)) if rest else flow


def _said_again(found: Operands, first: tuple[int, int], place: int, flow: Flow) -> bool:
    """Say whether settings need no piece: all pieces behind begin with them, and fail as they do."""
    entry = found.entry
    alone = first[1] < found.lead and found.signs[place] == "&&"
    return alone and entry is not None and entry.always and fails_alike(flow)


def _label(taker: Taking, sign: str, *, tested: bool) -> str:
    if sign == "||":
        return f"handler {taker.decision()}"
    return f"test {taker.decision()}" if tested and sign else ""


def _operand(taker: Taking, found: Operands, low: int, high: int, state: State, *, go: bool) -> Flow:
    if low == high:
        return taker.one(found.nodes[low], found.source, state, go=go)
    nodes = found.nodes[low : high + 1]
    return taker.piece(nodes, found.source, state, go=go, why=found.bonds.reason(low, high))


def _behind(found: Operands, low: int, high: int, state: State) -> State:
    """Give the state for the operands behind a cell."""
    if low == 0 and found.entry is not None:
        state = state.after(found.entry)
    for place in range(max(low, found.lead), high + 1):
        if found.pure[place]:
            for one in effects(found.nodes[place], found.source):
                state = state.after(one) if isinstance(one, Entry) else state
    return state

"""A tree of the names of places, to find those that may meet without comparing all with all."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from migrator.graph.ends import Ends
from migrator.graph.patterns import DEEP, Meeting, Name, parts_meet

# One name that meets more than this many others is a place for everything; the search stops there.
MOST_MEETINGS = 400


@dataclass(slots=True, eq=False)
class _Node:
    """A part of a name: `plain` children and `starred` ones, by their text.

    The ends are made when first asked for, and forgotten when a child is added.
    """

    plain: dict[str, "_Node"] = field(default_factory=dict)
    starred: dict[str, "_Node"] = field(default_factory=dict)
    ends: "tuple[Ends, Ends] | None" = None
    file: int | None = None
    folder: int | None = None

    def child(self, part: str) -> "_Node":
        """Give the child of a part, made where it is missing."""
        children = self.starred if "*" in part else self.plain
        if part not in children:
            children[part] = _Node()
            self.ends = None
        return children[part]

    def meeting(self, part: str) -> Iterator["_Node"]:
        """Give the children whose part may be the same text."""
        if "*" not in part:
            if part in self.plain:
                yield self.plain[part]
            if not self.starred:
                return
        if self.ends is None:
            self.ends = Ends(self.plain), Ends(self.starred)
        if "*" in part:
            for text in self.ends[0].longer(part):
                if parts_meet(part, text):
                    yield self.plain[text]
        if self.starred:
            for text in self.ends[1].alike(part):
                if parts_meet(part, text):
                    yield self.starred[text]

    def children(self) -> Iterator["_Node"]:
        """Give all children, the plain ones first, in the order they came."""
        yield from self.plain.values()
        yield from self.starred.values()


class NameTree:
    """Names with a number each; asked for a name, it gives the numbers of those that may mean the same place."""

    def __init__(self) -> None:
        self._root = _Node()

    def add(self, name: Name, number: int) -> None:
        """Put a name in; the last number of a name holds."""
        node = self._root
        for part in name.parts:
            node = node.child(part)
        if name.folder:
            node.folder = number
        else:
            node.file = number

    def find(self, name: Name, *, nested: bool = True) -> tuple[list[tuple[int, Meeting]], bool]:
        """Give (number, how it lies to `name`) and whether the search was cut short at `MOST_MEETINGS`.

        `nested` says that a name may lie in another, as files do in folders.
        """
        found: list[tuple[int, Meeting]] = []
        node, begun = self._led(name.parts, nested=nested)
        if node is None:
            return found, False
        count = len(name.parts)
        front, cut = [node], False
        for depth, part in enumerate(name.parts[begun:], begun):
            if not front:
                return found, cut
            if nested and depth:
                found += [(node.folder, Meeting.ABOVE) for node in front if node.folder is not None]
                if count - depth == 1 and name.parts[depth - 1] != DEEP:
                    # `cp -r x /data/in` names a folder without saying so; only its direct files are taken.
                    found += [(node.file, Meeting.ABOVE) for node in front if node.file is not None]
            following: list[_Node] = []
            for node in front if part != DEEP else ():
                if node.starred or "*" in part:
                    following += islice(node.meeting(part), MOST_MEETINGS + 1 - len(following))
                elif part in node.plain and len(following) <= MOST_MEETINGS:
                    following.append(node.plain[part])
            if part == DEEP:
                following = _with_all_below(front)
            cut = cut or len(following) > MOST_MEETINGS
            front = following[:MOST_MEETINGS]
        for node in front:
            found += [(number, Meeting.SAME) for number in (node.file, node.folder) if number is not None]
        if nested and not name.whole:
            cut = _below(front, found) or cut
        return _surest(found) if DEEP in name.parts else found, cut

    def _led(self, parts: tuple[str, ...], *, nested: bool) -> tuple[_Node | None, int]:
        """Follow a name as long as one node alone can be meant and is no place itself; None where nothing is.

        Nearly all names share a few folders with the tree and lie elsewhere then.
        """
        node = self._root
        for depth, part in enumerate(parts):
            placed = nested and depth and (node.folder is not None or node.file is not None)
            if placed or node.starred or "*" in part:
                return node, depth
            if part not in node.plain:
                return None, depth
            node = node.plain[part]
        return node, len(parts)


def _surest(found: list[tuple[int, Meeting]]) -> list[tuple[int, Meeting]]:
    """Leave out that what is meant may lie around or below it as well."""
    same = {number for number, how in found if how is Meeting.SAME}
    return [(number, how) for number, how in dict.fromkeys(found) if how is Meeting.SAME or number not in same]


def _with_all_below(front: list[_Node]) -> list[_Node]:
    """Give the nodes and all below them, one more than may be looked at where there are so many."""
    found, waiting = list[_Node](), deque(front)
    while waiting and len(found) <= MOST_MEETINGS:
        node = waiting.popleft()
        found.append(node)
        waiting.extend(islice(node.children(), MOST_MEETINGS + 1))
    return found


def _below(front: list[_Node], found: list[tuple[int, Meeting]]) -> bool:
    """Add all that lies below the nodes; say whether that was cut short."""
    stack = [child for node in front for child in islice(node.children(), MOST_MEETINGS + 1)]
    while stack:
        node = stack.pop()
        found += [(number, Meeting.BELOW) for number in (node.file, node.folder) if number is not None]
        if len(found) > MOST_MEETINGS:
            return True
        stack.extend(islice(node.children(), MOST_MEETINGS + 1))
    return False

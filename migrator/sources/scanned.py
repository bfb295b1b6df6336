"""A PATH as it was found: every file below it, known by name, and its links resolved without touching the system."""

from collections import deque
from dataclasses import dataclass, field

from migrator.sources.names import shown
from migrator.sources.walk import Node, NodeKind, Refused

# As many as the kernel allows (path_resolution(7)).
_MAX_HOPS = 40


@dataclass(frozen=True, slots=True)
class HostRoot:
    """A host's root tree below a PATH: `root` is its name there (empty: the PATH itself), `host` None if unnamed."""

    root: str
    host: str | None


@dataclass(frozen=True, slots=True)
class ScannedPath:
    """A folder that was walked, or a single file (`nodes` has one).

    `label` begins the names of its files when several PATHs are read, else it is empty. `real` is the folder's path.
    """

    label: str
    real: str
    nodes: dict[str, Node]
    roots: tuple[HostRoot, ...] = field(default=())
    # Found once: a fleet has thousands of roots, and each file asks.
    _roots_by_name: dict[str, HostRoot] = field(default_factory=dict, init=False, repr=False, compare=False)
    _roots_by_folder: dict[str, HostRoot | None] = field(default_factory=dict, init=False, repr=False, compare=False)

    def path_of(self, name: str) -> str:
        """Write a file's name as `Origin.path` has it."""
        return "/".join(filter(None, (self.label, shown(name))))

    def root_of(self, name: str) -> HostRoot | None:
        """Give the innermost host's root that a file lies in."""
        known = self._roots_by_name
        if not known and self.roots:
            # Of equal names the last holds, as in a dictionary.
            known.update((root.root, root) for root in self.roots)
        if (found := known.get(name)) is not None:
            return found
        folder = name.rpartition("/")[0]
        if folder not in self._roots_by_folder:
            self._roots_by_folder[folder] = self._innermost(folder)
        return self._roots_by_folder[folder]

    def _innermost(self, name: str) -> HostRoot | None:
        while name:
            if (found := self._roots_by_name.get(name)) is not None:
                return found
            name = name.rpartition("/")[0]
        return self._roots_by_name.get("")

    def resolve(self, name: str, root: str | None = None) -> Node | Refused:
        """Follow the links of a path inside this PATH; below a host's root, absolute links begin at that root."""
        floor = _parts(root) if root is not None else []
        done: list[str] = []
        pending = deque(_parts(name))
        hops = 0
        while pending:
            part = pending.popleft()
            if part == "..":
                if len(done) <= len(floor):
                    return Refused("leads out of the tree")
                done.pop()
                continue
            node = self.nodes.get("/".join([*done, part]))
            if node is None:
                return Refused("leads to a file that is not there")
            if node.kind is not NodeKind.LINK:
                done.append(part)
                continue
            hops += 1
            if hops > _MAX_HOPS:
                return Refused("leads in a circle")
            if node.target.startswith("/"):
                inner = self._absolute(node.target, root)
                if inner is None:
                    return Refused("leads out of the tree")
                done = []
                pending.extendleft(reversed(inner))
            else:
                pending.extendleft(reversed(_parts(node.target)))
        return self.nodes.get("/".join(done)) or Refused("leads to the PATH itself")

    def _absolute(self, target: str, root: str | None) -> list[str] | None:
        if root is not None:
            return [*_parts(root), *_parts(target)]
        if target.startswith(self.real.rstrip("/") + "/"):
            return _parts(target[len(self.real.rstrip("/")) :])
        return None


def _parts(path: str) -> list[str]:
    return [part for part in path.split("/") if part not in {"", "."}]

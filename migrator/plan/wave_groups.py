"""Clusters that must move at one time, and which of these groups must move before which."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from migrator.graph.types import RelationKind
from migrator.plan.clusters import ClusterPart
from migrator.plan.jobs import RelationPart

BEFORE = frozenset({RelationKind.DOUBTFUL})
"""Possible dependencies: the upstream moves in an earlier wave, so that one side at a time is new."""
NOT_AFTER = frozenset(
    {
        RelationKind.CLEANUP,
        RelationKind.ROTATION,
        RelationKind.BACKUP,
        RelationKind.MONITORING,
        RelationKind.SERVICE,
    }
)
"""What cleans, rotates, saves, watches or shows another's files moves with it or after it."""


@dataclass(frozen=True, slots=True)
class Groups:
    """`members` are clusters that move together, by the group's name; `before` says for each group what precedes it.

    The value of `before` is 1 where an earlier wave is a must and 0 where the same wave will do. It has no ring.
    """

    members: Mapping[str, tuple[ClusterPart, ...]]
    before: Mapping[str, Mapping[str, int]]


def groups_of(movers: Sequence[ClusterPart], relations: Iterable[RelationPart]) -> Groups:
    """Group the clusters that share a lock, or that come before each other in a ring."""
    home = {job: cluster.id for cluster in movers for job in cluster.jobs}
    ties = sorted(
        {
            (home[tie.upstream], home[tie.downstream], tie.kind)
            for tie in relations
            if tie.kind in BEFORE | NOT_AFTER | {RelationKind.LOCK} and tie.upstream in home and tie.downstream in home
        }
    )
    names = [cluster.id for cluster in movers]
    follow: dict[str, list[str]] = {name: [] for name in names}
    for upstream, downstream, kind in ties:
        follow[upstream].append(downstream)
        if kind is RelationKind.LOCK:
            follow[downstream].append(upstream)
    group = rings(names, follow)
    before: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for upstream, downstream, kind in ties:
        first, then = group[upstream], group[downstream]
        if first != then:
            before[then][first] = max(before[then].get(first, 0), int(kind in BEFORE))
    members: defaultdict[str, list[ClusterPart]] = defaultdict(list)
    for cluster in movers:
        members[group[cluster.id]].append(cluster)
    return Groups({name: tuple(found) for name, found in members.items()}, before)


def rings(names: Sequence[str], follow: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Give each name the first name, in their order, of those that it reaches and that reach it.

    Tarjan's strongly connected components (1972), without recursion: rings may be long.
    """
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    found: dict[str, str] = {}
    open_names: list[str] = []
    position = {name: number for number, name in enumerate(names)}
    for start in names:
        if start in order:
            continue
        order[start] = low[start] = len(order)
        open_names.append(start)
        walk = [(start, iter(follow[start]))]
        while walk:
            name, rest = walk[-1]
            for other in rest:
                if other not in order:
                    order[other] = low[other] = len(order)
                    open_names.append(other)
                    walk.append((other, iter(follow[other])))
                    break
                if other not in found:
                    low[name] = min(low[name], order[other])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[name])
                if low[name] == order[name]:
                    at = open_names.index(name) if open_names[-1] != name else len(open_names) - 1
                    ring, open_names[at:] = open_names[at:], []
                    first = min(ring, key=position.__getitem__)
                    found.update(dict.fromkeys(ring, first))
    return found

"""Find who touches what another job wrote: by name and host, never all with all."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from itertools import combinations, pairwise, product

from migrator.graph.aliases import Spot, aliases
from migrator.graph.families import Family
from migrator.graph.names import NameTree
from migrator.graph.patterns import Meeting, Name, belief_of, parse
from migrator.graph.touches import PACKED, Touch
from migrator.graph.types import Hub
from migrator.model import JobId, Resource, ResourceKind, all_columns, all_rows, no_row_of_both
from migrator.model.frozen import frozen

# More pairs than these through one place say that everybody uses it, not that somebody needs somebody. Three loaders of
# a table and eight reports from it are a star that is meant; twelve loaders and one report are a fan-in; more writers
# than that are a common folder or a journal.
MOST_PAIRS = 24
MOST_WRITERS = 12
# Of more meetings than can be counted so many tell whether one job fills the place, or many do.
ENOUGH = 60
# Jobs of one script count once: five lines of one parser are no crowd, as long as they are few.
MOST_FAMILIES = 12
MOST_OF_FAMILIES = 144
# Ties through hubs are shown as examples: a hub is named with all its jobs anyway.
EXAMPLES = 3
MOST_THROUGH_HUBS = 240
# A folder into which more scripts than these put files of their own is a common one: who walks it lists what is there.
MOST_FILLERS = 6
_COMMON = 0.75
# Who fills the folder that it reads may look for its own files only, less so beside a whole folder of others.
_FILLS, _FILLS_BESIDE = 0.75, 0.9
# What names alone make less sure than this is not worth a reader's time.
LEAST_BELIEF = 0.3

_Hosts = frozenset[str | None]
_Scope = tuple[ResourceKind, _Hosts]
# Number of the source, number of the target, how they lie to each other, and how sure the names make it.
_Met = tuple[int, int, Meeting, float]


@frozen
class Flow:
    """`former` wrote a place that `latter` touches; `belief` is that of the names and of how each was understood."""

    former: Touch
    latter: Touch
    meeting: Meeting
    belief: float


@dataclass(frozen=True, slots=True)
class Flows:
    """Flows by place, those of `shared` between jobs that both write and read the place, and the hubs left out."""

    flows: tuple[Flow, ...]
    shared: tuple[Flow, ...]
    hubs: tuple[Hub, ...]
    through_hubs: tuple[Flow, ...]


@dataclass(slots=True)
class _Place:
    resource: Resource
    name: Name
    hosts: _Hosts
    by_job: dict[JobId, Touch]


def flows(
    former: Iterable[Touch],
    latter: Iterable[Touch],
    families: Mapping[JobId, Family] | None = None,
    copies: Mapping[JobId, tuple[JobId, ...]] | None = None,
) -> Flows:
    """Pair the touches of places that meet; the one side is what was done first.

    `families` says which jobs are of one script; without it each is of its own. `copies` has the jobs of one line in
    several files, which count once.
    """
    sources, targets = _places(former), _places(latter)
    trees = _trees(sources)
    near = _Neighbours(trees)
    met: list[_Met] = []
    wide: set[int] = set()
    for number, target in enumerate(targets):
        kind = target.resource.kind
        for scope in near((kind, target.hosts)):
            found, cut = trees[scope].find(target.name, nested=kind is not ResourceKind.TABLE)
            if cut:
                wide.add(number)
            for source, meeting in found[:ENOUGH] if cut else found:
                one = sources[source]
                sure = belief_of(one.resource, one.name, target.resource, target.name, meeting)
                if sure >= LEAST_BELIEF:
                    met.append((source, number, meeting, sure))
    seen = {(source, target) for source, target, _, _ in met}
    met += [one for one in aliases(_spots(sources), _spots(targets)) if one[3] >= LEAST_BELIEF and one[:2] not in seen]
    return _Crowds(sources, targets, families or {}, copies or {}).judged(met, wide)


def _spots(places: Iterable[_Place]) -> list[Spot]:
    return [Spot(place.resource, place.hosts) for place in places]


def _places(touches: Iterable[Touch]) -> list[_Place]:
    """Gather the touches of each place, the surest of a job."""
    found: dict[tuple[ResourceKind, str, _Hosts], _Place] = {}
    for touch in touches:
        # The host is in `hosts` already, and replicas share the place.
        key = (touch.resource.kind, touch.resource.name, touch.hosts)
        place = found.get(key)
        if place is None:
            resource = Resource(key[0], key[1])
            place = found[key] = _Place(resource, parse(resource), touch.hosts, {})
        known = place.by_job.get(touch.job)
        if known is None:
            place.by_job[touch.job] = touch
            continue
        columns, rows = all_columns(known.columns, touch.columns), all_rows(known.rows, touch.rows)
        surer = touch if _rank(touch) > _rank(known) else known
        same = surer.columns == columns and surer.rows == rows
        place.by_job[touch.job] = surer if same else replace(surer, columns=columns, rows=rows)
    for place in found.values():
        if len(place.by_job) > 1:
            place.by_job = dict(sorted(place.by_job.items()))
    ranks = _ranks(place.hosts for place in found.values())
    return sorted(found.values(), key=lambda place: (place.resource.kind, place.resource.name, ranks[place.hosts]))


def _ranks(every: Iterable[_Hosts]) -> dict[_Hosts, int]:
    """Give sets of hosts a number each, in the order of names: one of ten thousand is sorted once, not a place."""
    ordered = sorted(dict.fromkeys(every), key=lambda hosts: sorted(map(str, hosts)))
    return {hosts: rank for rank, hosts in enumerate(ordered)}


def _rank(touch: Touch) -> tuple[bool, bool, float, int]:
    return (not touch.own, not touch.stale, touch.confidence, -touch.step)


def _trees(places: list[_Place]) -> dict[_Scope, NameTree]:
    trees: dict[_Scope, NameTree] = {}
    for number, place in enumerate(places):
        scope = (place.resource.kind, place.hosts)
        tree = trees.get(scope)
        if tree is None:
            tree = trees[scope] = NameTree()
        tree.add(place.name, number)
    return trees


class _Neighbours:
    """The scopes that share a host with a scope, and what is known on every host."""

    def __init__(self, scopes: Iterable[_Scope]) -> None:
        self._all = set(scopes)
        self._ranks = _ranks(hosts for _, hosts in self._all)
        self._by_host: defaultdict[tuple[ResourceKind, str | None], list[_Scope]] = defaultdict(list)
        for kind, hosts in self._all:
            for host in hosts:
                self._by_host[kind, host].append((kind, hosts))
        self._known: dict[_Scope, list[_Scope]] = {}

    def __call__(self, scope: _Scope) -> list[_Scope]:
        if scope not in self._known:
            kind, hosts = scope
            found = {near for host in hosts for near in self._by_host.get((kind, host), ())}
            if not hosts and scope in self._all:
                found.add(scope)
            self._known[scope] = sorted(found, key=lambda near: self._ranks[near[1]])
        return self._known[scope]


class _Crowds:
    """Tell flows from hubs, by how many jobs, and jobs of how many scripts, meet at a place."""

    def __init__(
        self,
        sources: list[_Place],
        targets: list[_Place],
        families: Mapping[JobId, Family],
        copies: Mapping[JobId, tuple[JobId, ...]],
    ) -> None:
        self._sources, self._targets, self._families = sources, targets, families
        self._first = {job: same[0] for job, same in copies.items()}
        self._givers: defaultdict[int, set[JobId]] = defaultdict(set)
        self._takers: defaultdict[int, set[JobId]] = defaultdict(set)
        # Who packs or puts away what it found at a target.
        self._away: defaultdict[int, set[JobId]] = defaultdict(set)
        self._hubs: defaultdict[str, set[JobId]] = defaultdict(set)
        self._through: dict[tuple[str, frozenset[JobId]], Flow] = {}
        self._shown: Counter[str] = Counter()

    def judged(self, met: list[_Met], wide: set[int]) -> Flows:
        for source, target, meeting, _ in met:
            former, latter = self._sources[source], self._targets[target]
            away = {job for job in former.by_job if _archives(job, former, latter, meeting)}
            self._away[target] |= away
            self._givers[target].update(former.by_job.keys() - away)
            self._takers[source].update(latter.by_job)
        common = self._common(met)
        plain: list[Flow] = []
        shared: list[Flow] = []
        for one in met:
            source, target, meeting, sure = one
            if meeting is Meeting.BELOW and target in common:
                sure *= _COMMON
            former, latter = self._sources[source], self._targets[target]
            crowded = self._crowded(source, target)
            if crowded or target in wide:
                self._hub(one, example=crowded)
            if crowded:
                continue
            both = former.by_job.keys() & latter.by_job.keys()
            mutual = self._told(both) if both else set()
            for flow in _pairs(former, latter, meeting, sure, MOST_PAIRS * MOST_PAIRS):
                if self._apart(flow, target, former) and _archives(flow.former.job, former, latter, meeting):
                    continue
                mutually = flow.former.job in both and flow.latter.job in both
                back = former.by_job[flow.latter.job] if mutually else None
                if back is not None and _only_fills(flow.former, back):
                    continue
                if back is None or _only_fills(back, flow.former) or _one_way(flow, former, latter):
                    plain.append(flow)
                elif frozenset((flow.former.job, flow.latter.job)) in mutual:
                    shared.append(flow)
        listed = tuple(Hub(name, tuple(sorted(jobs))) for name, jobs in sorted(self._hubs.items()))
        return Flows(tuple(plain), tuple(shared), listed, tuple(self._through.values()))

    def _apart(self, flow: Flow, target: int, former: _Place) -> bool:
        """Say whether each of several jobs that go through a folder packs its own, of no use to the others."""
        return flow.latter.job in former.by_job or len(self._away[target]) > 1

    def _common(self, met: list[_Met]) -> set[int]:
        """Give the targets that are folders into which many scripts put something."""
        below: defaultdict[int, set[JobId]] = defaultdict(set)
        for source, target, meeting, _ in met:
            if meeting is Meeting.BELOW:
                below[target].update(self._sources[source].by_job)
        return {
            target
            for target, jobs in below.items()
            if len(jobs) > MOST_FILLERS and len(self._kinds(jobs)) > MOST_FILLERS
        }

    def _crowded(self, source: int, target: int) -> bool:
        givers: Set[JobId] = self._givers[target]
        takers: Set[JobId] = self._takers[source]
        former, latter = self._sources[source], self._targets[target]
        if former.name == latter.name and "*" not in former.name.parts:
            # Who names a place counts there; who may mean any place of its kind makes it no common one.
            givers, takers = former.by_job.keys() - self._away[target], latter.by_job.keys()
        if self._first:
            givers, takers = self._once(givers), self._once(takers)
        pairs = len(givers) * len(takers)
        if len(givers) <= MOST_WRITERS and pairs <= MOST_PAIRS:
            return False
        return pairs > MOST_OF_FAMILIES or len(self._kinds(givers)) * len(self._kinds(takers)) > MOST_FAMILIES

    def _once(self, jobs: Iterable[JobId]) -> set[JobId]:
        return {self._first.get(job, job) for job in jobs}

    def _kinds(self, jobs: Iterable[JobId]) -> set[Family]:
        return {self._families.get(job, (job,)) for job in jobs}

    def _told(self, both: Iterable[JobId]) -> set[frozenset[JobId]]:
        """Give which pairs that share a place are told: all of different scripts, of one only each with the next."""
        groups: defaultdict[Family, list[JobId]] = defaultdict(list)
        for job in sorted(both):
            groups[self._families.get(job, (job,))].append(job)
        found = {frozenset(pair) for group in groups.values() for pair in pairwise(group)}
        for one, other in combinations(sorted(groups), 2):
            found |= {frozenset(pair) for pair in product(groups[one], groups[other])}
        return found

    def _hub(self, met: _Met, *, example: bool) -> None:
        source, target, meeting, sure = met
        one, other = self._sources[source], self._targets[target]
        name = other.resource.name if len(self._givers[target]) > 1 else one.resource.name
        self._hubs[name].update(one.by_job, other.by_job)
        if not example or self._shown[name] >= EXAMPLES or len(self._through) >= MOST_THROUGH_HUBS:
            return
        for flow in _pairs(one, other, meeting, sure, 2 * EXAMPLES):
            key = name, frozenset((flow.former.job, flow.latter.job))
            if key not in self._through and self._shown[name] < EXAMPLES:
                self._through[key] = flow
                self._shown[name] += 1


def _archives(job: JobId, former: _Place, latter: _Place, meeting: Meeting) -> bool:
    """Say whether a job packs or puts away, in the folder that it goes through itself, what it is done with."""
    name, folder = former.resource.name, latter.resource.name
    if job not in latter.by_job or not name.startswith(folder.rstrip("*")):
        return False
    deeper = meeting is Meeting.BELOW and "/" in name.removeprefix(folder)[:-1]
    return deeper or PACKED.search(name) is not None


def _of_use(former: Touch, latter: Touch) -> bool:
    """Say whether the latter may use what the former wrote: not where it looks at other columns or rows only."""
    if former.columns and latter.columns and set(former.columns).isdisjoint(latter.columns):
        return False
    return not no_row_of_both(former.rows, latter.rows)


def _nothing_back(flow: Flow, former: _Place, latter: _Place) -> bool:
    """Say whether, of two jobs that both write and read a place, the first has no use of what the second writes."""
    return not _of_use(former.by_job[flow.latter.job], latter.by_job[flow.former.job])


def _only_fills(one: Touch, other: Touch) -> bool:
    """Say whether one job makes a file only where it is missing, which the other makes in any case."""
    return one.stale and not other.stale


def _one_way(flow: Flow, former: _Place, latter: _Place) -> bool:
    """Say whether, of two jobs that both write and read a place, only the second needs the first."""
    return _nothing_back(flow, former, latter) or _makes_rows(flow, former)


def _makes_rows(flow: Flow, written: _Place) -> bool:
    """Say whether, of two jobs that both write and read a table, the one adds rows and the other only changes them."""
    made, changed = written.by_job[flow.former.job].columns, written.by_job[flow.latter.job].columns
    of_one = _of_use(written.by_job[flow.former.job], written.by_job[flow.latter.job])
    return written.resource.kind is ResourceKind.TABLE and not made and bool(changed) and of_one


def _pairs(one: _Place, other: _Place, meeting: Meeting, sure: float, most: int) -> list[Flow]:
    found: list[Flow] = []
    for former in one.by_job.values():
        for latter in other.by_job.values():
            both = _joined(sure, former, latter, meeting)
            if former.job != latter.job and both >= LEAST_BELIEF and _of_use(former, latter):
                found.append(Flow(former, latter, meeting, both))
                if len(found) == most:
                    return found
    return found


def _joined(sure: float, former: Touch, latter: Touch, meeting: Meeting) -> float:
    """Join the belief in the names with how well the weaker end was understood.

    A file that one job writes and another names lends that naming weight: a word that might be anything is hardly
    somebody else's product by chance. A folder around it proves less, and a folder that the reader itself fills less
    again: it may look for its own files only.
    """
    sure *= _FILLS if latter.inside and meeting is Meeting.ABOVE else 1.0
    understood = min(former.confidence, latter.confidence)
    if latter.fills:
        beside = meeting is Meeting.BELOW and former.resource.name.endswith("/")
        sure *= _FILLS_BESIDE if beside else _FILLS
    return round(sure * (0.55 + 0.45 * understood if meeting is Meeting.SAME else 0.75 + 0.25 * understood), 3)

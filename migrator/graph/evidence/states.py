"""A file or table that two jobs both read and write: which of both is first.

A state that several scripts hand on (today's positions, rows that get a mark) has an order though names alone show
none: what the first of the day wrote, the next one of the day goes on with.

**Speaks** when two scripts both read and write one place that is named in full, and all starts of the one lie before
those of the other on the same days, twelve hours apart at most; for jobs that start more than four times a day, when
the one starts much sooner after the other than the other way round.

**Confidence.** 0.62 for a file and a table with its database, 0.54 for a table without. The way back, over night, is
not given: what is there in the morning is the same state, but nobody hands it on.

**Says nothing** of one script at two times, of places that one of both clears, that a third job makes or that more than
six jobs share, of journals that are only added to, of temporary files, and of what everybody keeps for convenience:
caches, tokens, cookies, sessions. Nor of a table in which the reader only looks up a number (`SELECT account_id FROM
account WHERE name = …`), making it where it is missing.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.meetings import Flow
from migrator.graph.patterns import Meeting, for_a_moment, parse, parts_meet
from migrator.graph.through import through
from migrator.graph.types import DependencyKind
from migrator.model import JobId, Mode, Resource, ResourceKind

_SURE, _UNQUALIFIED = 0.62, 0.54
_MOST_JOBS = 6
_MADE = 0.5
_KEPT = re.compile(r"cache|token|cookie|session|credential|oauth|(?:^|[-_.])auth(?![a-z])", re.IGNORECASE)
_LOOKS_UP = re.compile(r"\bSELECT\s+(?:\w+\.)?(?:\w+_)?id\s+FROM\b", re.IGNORECASE)
_KINDS = {ResourceKind.FILE: DependencyKind.FILE, ResourceKind.TABLE: DependencyKind.TABLE}


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate from the first of a day to the next, for each place that both go on with."""
    groups: defaultdict[Resource, list[Flow]] = defaultdict(list)
    for flow in scene.flows.shared:
        if _handed_on(flow):
            groups[flow.latter.resource].append(flow)
    if not groups:
        return
    makers: defaultdict[Resource, set[JobId]] = defaultdict(set)
    for flow in scene.flows.flows:
        if flow.meeting is Meeting.SAME and flow.belief >= _MADE:
            makers[flow.latter.resource].add(flow.former.job)
    cleared = _cleared(scene)
    for place, found in sorted(groups.items(), key=lambda item: (item[0].kind, item[0].name)):
        jobs = {flow.former.job for flow in found} | {flow.latter.job for flow in found}
        if makers[place] - jobs or len(jobs) > _MOST_JOBS or any(_gone(place, cleared.get(job, ())) for job in jobs):
            continue
        for flow in found:
            yield from _ordered(flow, scene)


def _handed_on(flow: Flow) -> bool:
    """Say whether both ends name one place in full, and the one writes what the other may change."""
    one, other = flow.former, flow.latter
    name = other.resource.name
    known = one.resource == other.resource and "*" not in name and not name.endswith("/")
    return (
        flow.meeting is Meeting.SAME
        and known
        and one.resource.kind in _KINDS
        and one.mode is Mode.WRITE
        and not for_a_moment(one.resource)
        and not _KEPT.search(name.rpartition("/")[2])
        and not _LOOKS_UP.search(other.text)
    )


def _cleared(scene: Scene) -> dict[JobId, list[Resource]]:
    found: defaultdict[JobId, list[Resource]] = defaultdict(list)
    for touch in scene.touches:
        if touch.mode in (Mode.DELETE, Mode.ROTATE):
            found[touch.job].append(touch.resource)
    return found


def _gone(place: Resource, cleared: list[Resource] | tuple[Resource, ...]) -> bool:
    parts = parse(place).parts
    for one in cleared:
        other = parse(one).parts
        if len(other) <= len(parts) and all(parts_meet(a, b) for a, b in zip(parts, other, strict=False)):
            return True
    return False


def _ordered(flow: Flow, scene: Scene) -> Iterator[Candidate]:
    former, latter = flow.former.job, flow.latter.job
    if scene.families[former] == scene.families[latter]:
        return
    if scene.clock.first_of_day(scene.jobs[former], scene.jobs[latter]) is None:
        return
    kind = flow.latter.resource.kind
    whole = kind is ResourceKind.FILE or "." in flow.latter.resource.name
    yield through(flow, _KINDS[kind], "states", min(flow.belief, _SURE if whole else _UNQUALIFIED), timed=False)


EVIDENCE = EvidenceKind("states", find)

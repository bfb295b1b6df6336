"""What all jobs of one script look at when they have done their own: a summary that each makes, no order of them.

`ingest.py birds` and `ingest.py fish` fill a table each and end with the same count of all tables. Either reads what
the other wrote, and neither needs it.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from migrator.graph.families import Family
from migrator.graph.touches import Touch
from migrator.model import WRITES, JobId, Mode, Origin, Resource

# Two or three jobs of one script may well be the steps of one piece of work.
_FEWEST = 4

_Look = tuple[Family, Resource, Origin]


def without_trailers(touches: Sequence[Touch], kin: Mapping[JobId, Family]) -> tuple[Touch, ...]:
    """Give the touches, in their order, without the readings that end the work of most jobs of a script."""
    sizes = Counter(kin.values())
    if max(sizes.values(), default=0) < _FEWEST:
        return tuple(touches)
    # Where a job first writes a place, first reads it, and first writes anything.
    written: dict[tuple[JobId, Resource], int] = {}
    read: dict[tuple[JobId, Resource], int] = {}
    began: dict[JobId, int] = {}
    looks: defaultdict[_Look, list[int]] = defaultdict(list)
    for number, touch in enumerate(touches):
        family = kin.get(touch.job)
        if family is None or touch.log or sizes[family] < _FEWEST:
            continue
        if touch.mode in WRITES:
            written.setdefault((touch.job, touch.resource), number)
            began.setdefault(touch.job, number)
        elif touch.mode is Mode.READ:
            read.setdefault((touch.job, touch.resource), number)
            looks[family, touch.resource, touch.origin].append(number)
    makers: defaultdict[tuple[Family, Resource], list[JobId]] = defaultdict(list)
    for job, resource in written:
        makers[kin[job], resource].append(job)
    ends: set[int] = set()
    for (family, resource, _), numbers in looks.items():
        lookers = len({touches[number].job for number in numbers})
        if lookers < _FEWEST or 2 * lookers <= sizes[family]:
            continue
        # Who looks at what he wrote just now sums it up; who looks before he writes works on it.
        of_place = [(written[job, resource], read.get((job, resource), -1)) for job in makers[family, resource]]
        if of_place and all(made < seen for made, seen in of_place):
            # Of the makers both ends are known: whether they share the place is told by those.
            ends.update(
                number
                for number in numbers
                if (touches[number].job, resource) not in written and began.get(touches[number].job, number) < number
            )
    return tuple(touch for number, touch in enumerate(touches) if number not in ends) if ends else tuple(touches)

"""The same entry on many hosts is one job with replicas.

The same means: place below the host's root, user, command, standard input, schedule, zone, dialect, settings in force,
and whether it runs. Two equal lines on one host stay two jobs. A manifest's jobs are not replicated.
"""

from collections import defaultdict
from collections.abc import Iterable

from migrator.inventory.draft import Again, Draft
from migrator.model import Replica

_Said = tuple[tuple[str, str], ...]
_ByHost = dict[str, list[Draft | Again]]


def merge_replicas(drafts: Iterable[Draft | Again]) -> list[Draft]:
    """Merge what is the same on several hosts; the job stands on the first host by name.

    What an `Again` repeats comes before it, and lies on a host.
    """
    groups: dict[tuple[object, ...], _ByHost] = defaultdict(lambda: defaultdict(list))
    home: dict[int, _ByHost] = {}
    alone: list[Draft] = []
    said: dict[int, _Said] = {}
    for draft in drafts:
        if isinstance(draft, Again):
            home[id(draft.first)][draft.host].append(draft)
        elif draft.from_manifest or draft.host is None:
            alone.append(draft)
        else:
            home[id(draft)] = group = groups[_key(draft, said)]
            group[draft.host].append(draft)
    return alone + [draft for by_host in groups.values() for draft in _merged(by_host)]


def _merged(by_host: _ByHost) -> Iterable[Draft]:
    """Pair the n-th such line of one host with the n-th of every other."""
    hosts = sorted(by_host.items())
    most = max(len(lines) for _, lines in hosts)
    for position in range(most):
        same = [lines[position] for _, lines in hosts if position < len(lines)]
        first, others = same[0], same[1:]
        draft = first.make() if isinstance(first, Again) else first
        draft.replicas = tuple(sorted(Replica(other.host or "", other.entry.origin) for other in others))
        yield draft


def _key(draft: Draft, said: dict[int, _Said]) -> tuple[object, ...]:
    schedule = draft.schedule
    # The lines below a settings line share its tuple, which their drafts keep.
    if id(draft.settings) not in said:
        said[id(draft.settings)] = tuple([(setting.name, setting.value) for setting in draft.settings])
    return (
        draft.place,
        draft.user,
        draft.command,
        draft.stdin,
        draft.reading.source.format,
        schedule.text,
        schedule.timezone,
        schedule.dialect,
        schedule.random_minutes,
        said[id(draft.settings)],
        draft.inactive,
    )

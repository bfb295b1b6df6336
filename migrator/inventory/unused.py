"""What the settings say of names that nothing has: a misspelt one must not be ignored in silence.

It is a remark and no error: one file of settings may serve scans of a part of the hosts.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from difflib import get_close_matches
from fnmatch import filter as matching

from migrator.inventory.draft import Draft
from migrator.inventory.types import SwitchedOff
from migrator.inventory.zones import ANY_HOST
from migrator.model import Finding
from migrator.model.wording import some
from migrator.settings import Settings

_MOST_SHOWN = 5
# The nearest of 5,000 names is found in a tenth of a second; among more, a search of the report is sooner at it.
_MOST_COMPARED = 5_000


def unused_settings(
    settings: Settings, drafts: Sequence[Draft], done: Iterable[SwitchedOff], hosts: Iterable[str | None]
) -> Iterator[Finding]:
    """Yield a finding for each table or list of the settings that names what is not among what was read.

    `done` are jobs that were switched off when they moved: what is said of them is no mistake.
    """
    names = {name for draft in drafts for name in (draft.id, draft.title)}
    names.update(name for item in done for name in (item.job, item.title))
    yield from _unknown(settings, ("jobs",), settings.jobs, names, "job")
    known = {ANY_HOST, *(host for host in hosts if host is not None)}
    for table, said in (("zones", settings.zones), ("dialects", settings.dialects)):
        yield from _unknown(settings, (table,), said, known, "host")
    yield from _unknown(settings, ("host_costs",), settings.host_costs, known - {ANY_HOST}, "host")
    if settings.ignore:
        ordered = sorted(names)
        yield from _unknown(
            settings, ("ignore",), settings.ignore, {glob for glob in settings.ignore if matching(ordered, glob)}, "job"
        )
    owners = {draft.owner for draft in drafts if draft.owner is not None}
    yield from _unknown(settings, ("team", "owners"), settings.team.owners, owners, "owner")
    kept_apart = dict.fromkeys(owner for group in settings.isolation for owner in group)
    yield from _unknown(settings, ("isolation",), kept_apart, owners, "owner")


def _unknown(
    settings: Settings, table: tuple[str, ...], said: Iterable[str], known: Collection[str], noun: str
) -> Iterator[Finding]:
    missing = [name for name in said if name not in known]
    if not missing:
        return
    shown = some([f"`{name}`" for name in missing], _MOST_SHOWN)
    text = f"{'.'.join(table)} of the settings says {shown}, and no {noun} that was read is called so"
    compared = len(missing) == 1 and len(known) <= _MOST_COMPARED
    close = get_close_matches(missing[0], sorted(known), n=1) if compared else []
    remedy = f"did you mean {close[0]}?" if close else "correct the name, or take it out"
    yield Finding(settings.place_of(*table, missing[0]), "setting-unused", text, remedy)

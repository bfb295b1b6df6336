"""What the user fixed by name: targets of clusters and jobs, accepted hazards. A name that fits nothing is an error."""

from collections.abc import Collection, Iterable, Sequence
from difflib import get_close_matches

from migrator.advice.case import Case
from migrator.model import MigratorError, Target
from migrator.settings import Settings


class AdviceError(MigratorError):
    """The settings name something that is not there; exit code 2."""

    exit_code = 2


def pins_of(cases: Sequence[Case], settings: Settings) -> dict[str, Target]:
    """Give the pinned target of each cluster that has one, by cluster id.

    A name is a cluster's id or title, or a job's. Raise AdviceError where one fits nothing, or where two pins of one
    cluster differ.
    """
    if not settings.targets:
        return {}
    clusters = _clusters_by_name(cases)
    for name in settings.targets:
        _refuse_unknown(_pin_place(settings, name), name, clusters)
    pins: dict[str, tuple[Target, str]] = {}
    for name, target in settings.targets.items():
        for cluster in clusters[name]:
            earlier = pins.setdefault(cluster, (target, name))
            if earlier[0] is not target:
                raise AdviceError(
                    _pin_place(settings, name),
                    f"pins cluster {cluster} to {target}, but {earlier[1]} pins it to {earlier[0]}",
                    "pin the cluster once",
                )
    return {cluster: target for cluster, (target, _) in pins.items()}


def check_accepted(settings: Settings, cases: Sequence[Case], hazards: Iterable[str]) -> None:
    """Raise AdviceError where an accepted hazard has an unknown name, or names a job that is not there."""
    if not settings.accept:
        return
    known = frozenset(hazards)
    jobs = {name for case in cases for job in case.jobs for name in (job.id, job.title)}
    for number, entry in enumerate(settings.accept):
        place = f"{settings.place_of('accept', number)}, accept"
        _refuse_unknown(place, entry.hazard, known)
        if entry.job is not None:
            _refuse_unknown(place, entry.job, jobs)


def _pin_place(settings: Settings, name: str) -> str:
    said = settings.line_said("targets", name)
    return f"{said}, targets" if said else f"settings, targets.{name}"


def _clusters_by_name(cases: Sequence[Case]) -> dict[str, tuple[str, ...]]:
    found: dict[str, dict[str, None]] = {}
    for case in cases:
        names = [case.cluster.id, case.cluster.title, *(name for job in case.jobs for name in (job.id, job.title))]
        for name in names:
            found.setdefault(name, {})[case.cluster.id] = None
    return {name: tuple(clusters) for name, clusters in found.items()}


def _refuse_unknown(place: str, name: str, known: Collection[str]) -> None:
    if name not in known:
        close = get_close_matches(name, sorted(known), n=3)
        remedy = f"did you mean {', '.join(close)}?" if close else "use an id or a title that `migrator scan` prints"
        raise AdviceError(place, f"nothing is called {name!r}", remedy)

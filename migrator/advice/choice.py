"""The choice per cluster: hard limits, the user's pin, then the guide's band with people and money.

Rules give reasons; nothing here adds up their weights. An environment is chosen once for all clusters that share it,
and it never draws in a cluster whose own band is smaller.
"""

from collections.abc import Mapping, Sequence

from migrator.advice.bands import Band, band_of, hard_limit
from migrator.advice.case import Case
from migrator.advice.environments import Managed, decide_all, isolation_group
from migrator.advice.shape import Shape
from migrator.advice.wants import Wants
from migrator.costs import PriceList
from migrator.model import AIRFLOWS, Target
from migrator.model.frozen import frozen
from migrator.settings import Settings


@frozen
class Choice:
    """A cluster's answer. `managed` is the environment's answer where it is on one.

    `refused` says why a pin could not be followed.
    """

    target: Target
    runner_up: Target | None
    band: Band
    undecided: str | None = None
    pinned: bool = False
    managed: Managed | None = None
    refused: str | None = None
    group: str = ""


def choose(
    cases: Sequence[Case],
    shapes: Mapping[str, Shape],
    pins: Mapping[str, Target],
    settings: Settings,
    prices: PriceList,
) -> dict[str, Choice]:
    """Choose for every cluster, by cluster id; `shapes` has each cluster's."""
    bands = {case.cluster.id: band_of(shapes[case.cluster.id]) for case in cases}
    groups = {name: isolation_group(shapes[name].owners, settings) for name in bands}
    followed = {name: pin for name, pin in pins.items() if name in shapes and hard_limit(shapes[name], pin) is None}
    environments = _environments(cases, shapes, bands, groups, followed, settings, prices)
    return {
        name: answer_of(shapes[name], band, pins.get(name), environments.get(groups[name]), groups[name])
        for name, band in bands.items()
    }


def _environments(
    cases: Sequence[Case],
    shapes: Mapping[str, Shape],
    bands: Mapping[str, Band],
    groups: Mapping[str, str],
    pins: Mapping[str, Target],
    settings: Settings,
    prices: PriceList,
) -> dict[str, Managed]:
    # Counted are clusters whose own band is Airflow; a pin to something else takes a cluster out, a pin never adds one.
    wants = Wants()
    for case in cases:
        name = case.cluster.id
        if bands[name].target is Target.AIRFLOW and pins.get(name, Target.AIRFLOW) in AIRFLOWS:
            wants.add(groups[name], shapes[name], dags_of(case))
    return decide_all(wants.demands(), settings, prices)


def dags_of(case: Case) -> int:
    """Count the DAGs of a cluster: a workflow each, replicas not multiplied, those without an active job left out."""
    active = {job.id for job in case.active}
    return max(1, sum(bool(active.intersection(flow.jobs)) for flow in case.workflows))


def answer_of(shape: Shape, band: Band, pin: Target | None, managed: Managed | None, group: str) -> Choice:
    """Choose for one cluster; `managed` is the answer of the environment that its group would share."""
    refused = None
    if pin is not None:
        limit = hard_limit(shape, pin)
        if limit is None:
            target, runner_up = _guides_answer(band, managed)
            return Choice(pin, runner_up if pin is target else target, band, pinned=True, group=group)
        refused = f"pinned to {pin.label}, which cannot take it: {limit}"
    target, runner_up = _guides_answer(band, managed)
    on_environment = band.target is Target.AIRFLOW
    undecided = managed.undecided if managed and on_environment else None
    if shape.cyclic and len(shape.moving) > 1:
        undecided = "its dependencies form a cycle, so no order can be given until one of them is denied"
    return Choice(
        target, runner_up, band, undecided, managed=managed if on_environment else None, refused=refused, group=group
    )


def _guides_answer(band: Band, managed: Managed | None) -> tuple[Target, Target | None]:
    if band.target is not Target.AIRFLOW or managed is None:
        return band.target, band.runner_up
    other = Target.MWAA if managed.target is Target.AIRFLOW else Target.AIRFLOW
    # Which Airflow is the nearer question when money or people left it open, or when the environment was decided by
    # them.
    close = managed.undecided is not None or managed.trade.saved is not None or band.runner_up is None
    big = managed.demand.jobs >= 20
    return managed.target, other if close or big else band.runner_up

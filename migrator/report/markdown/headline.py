"""The paragraph that says it all."""

from migrator.model import Target
from migrator.model.job import IGNORED
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.report.markdown.escaping import prose
from migrator.report.money import prices_of, unknown_because, usd
from migrator.report.words import listed

_COMPUTE = ("Fargate", "Lambda")
"""How the lines of a bill begin that are for what commands run on."""


def headline(plan: MigrationPlan) -> str:
    """Say what was found, where it should go, what that costs, and what is open."""
    return " ".join([_found(plan), _goes(plan), _costs(plan), _open(plan)])


def open_points(plan: MigrationPlan) -> list[str]:
    """List what is still open, as counts."""
    counts = plan.counts
    points = [
        (counts.undecided, counted(counts.undecided, "undecided cluster")),
        (counts.silent_hazards, counted(counts.silent_hazards, "hazard") + " that would go wrong in silence"),
        (counts.unread, counted(counts.unread, "line") + " that could not be read"),
        (counts.questions, counted(counts.questions, "question")),
    ]
    return [text for count, text in points if count]


def _found(plan: MigrationPlan) -> str:
    counts = plan.counts
    where = counted(counts.files, "file") + (f" on {counted(counts.hosts, 'host')}" if counts.hosts else "")
    verb = "holds" if counts.files == 1 else "hold"
    found = f"{where} {verb} **{counted(counts.jobs, 'job')}**"
    if counts.replicas:
        found += f" ({counted(counts.replicas, 'more copy', 'more copies')} on other hosts)"
    if counts.active < counts.jobs:
        ignored = sum(job.inactive_kind == IGNORED for job in plan.jobs)
        if counts.active + ignored < counts.jobs:
            found += f"; cron runs {counts.active + ignored:,} of them today"
        if ignored:
            found += f"; the settings ignore {ignored:,} of them"
    if counts.jobs == 1:
        return f"{found}."
    return f"{found}. They form {counted(counts.clusters, 'cluster')}{_larger(plan)}."


def _larger(plan: MigrationPlan) -> str:
    larger = sum(cluster.metrics.jobs > 1 for cluster in plan.clusters)
    if larger and larger == len(plan.clusters):
        return ", each of two jobs or more" if larger > 1 else " of two jobs or more"
    return f", {larger:,} of them of two jobs or more" if larger else ", each a job on its own"


def _goes(plan: MigrationPlan) -> str:
    ways = []
    for target, chosen in plan.portfolio.chosen.items():
        pinned = sum(c.recommendation.pinned and c.recommendation.target is target for c in plan.clusters)
        by_users = (
            "" if not pinned else ", pinned by the users" if pinned == chosen.clusters else f", {pinned:,} pinned"
        )
        size = f"{counted(chosen.clusters, 'cluster')} ({counted(chosen.jobs, 'job')}{by_users})"
        if target is Target.RETAIN:
            ways.append(f"{size} {'stays' if chosen.clusters == 1 else 'stay'} on the host")
        else:
            ways.append(f"{size} {'goes' if chosen.clusters == 1 else 'go'} to **{target.label}**")
    return listed(ways)[:1].upper() + listed(ways)[1:] + "." if ways else ""


def _costs(plan: MigrationPlan) -> str:
    portfolio = plan.portfolio
    now = f"Scheduling costs {usd(portfolio.now)} a month now"
    region = f" ({prose(where)})" if (where := prices_of(plan)) else ""
    lines = [
        line
        for cluster in plan.clusters
        if (estimate := cluster.recommendation.estimates.get(cluster.recommendation.target))
        for line in estimate.lines
    ]
    if portfolio.monthly is not None:
        moved = sorted({line.name.split()[0] for line in lines if line.name.startswith(_COMPUTE)})
        rest = f", {listed(moved)} for the commands included; what else" if moved else "; what"
        then = f"**{usd(portfolio.monthly)}** then{region}{rest}"
        return f"{now} and {then} the jobs' own compute costs comes on top."
    unknown = counted(portfolio.unknown, "cluster")
    return (
        f"{now} and then {usd(portfolio.known)} for what is known{region}; the bill of {unknown} "
        f"{prose(unknown_because(lines)).replace('not known', 'is not known')}."
    )


def _open(plan: MigrationPlan) -> str:
    points = open_points(plan)
    return f"Open: {listed(points)}." if points else "Nothing is open."

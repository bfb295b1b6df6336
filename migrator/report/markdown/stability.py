"""How far the plan holds, and what would change it."""

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart
from migrator.plan.stability import PortfolioFlipPart, StabilityPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened
from migrator.report.markdown.escaping import code, prose
from migrator.report.words import listed

_MOST = 12
_VALUE = 400
_BILL_ONLY = (
    "No number of runs and no duration changes a target: the guide decides by units, order and needs, and between "
    "Airflow on EC2 and MWAA by people, money and upkeep. Runs and durations change what it costs."
)
_WORDS = {
    "team.engineers": "the engineers",
    "team.cost_sensitive": "the budget",
    "team.existing": "an environment that runs already",
    "team.needs": "what the team needs",
    "team.upkeep_hours.self_hosted": "the hours of upkeep",
    "team.upkeep_hours.managed": "the hours that remain under MWAA",
    "team.hourly_cost": "the cost of an hour",
}


def stability_blocks(plan: MigrationPlan) -> Blocks:
    """Say how far the answers hold over all that is open, and list the changes that would move most jobs."""
    found = plan.portfolio.stability
    if found is None or not plan.clusters:
        return []
    blocks = ["## What would change the plan", f"{_holds(found)}{_hosts(plan)}"]
    if found.questions:
        asked = {question.id: question for question in plan.questions}
        best = [asked[name] for name in found.questions if name in asked]
        one = len(best) == 1
        settle = "The answer to this question settles" if one else f"These {len(best)} questions settle"
        blocks.append(f"{settle} the target of {counted(found.settled, 'job')}:")
        blocks.append(bullets(f"{prose(item.text)} ({counted(item.jobs, 'job')})" for item in best))
    if plan.portfolio.flips:
        items = [_flip(flip) for flip in plan.portfolio.flips]
        blocks += ["Single changes, each tried:", bullets(shortened(items, _MOST, "in `plan.json`"))]
    moving = any(cluster.recommendation.target is not Target.RETAIN for cluster in plan.clusters)
    return [*blocks, _BILL_ONLY] if moving else blocks


def worlds_in_words(cluster: ClusterPart) -> str:
    """Say in how many worlds a cluster goes where, empty where nobody tried."""
    worlds = cluster.recommendation.worlds
    if not worlds:
        return ""
    ranked = sorted(worlds.items(), key=lambda item: (item[0] is not cluster.recommendation.target, -item[1]))
    total = sum(worlds.values())
    first, *rest = [f"{target.label} in {count}" for target, count in ranked]
    if not rest:
        return f"{ranked[0][0].label} in all {total} ways to answer what is open."
    chosen = cluster.recommendation
    most = ranked[0][0] is chosen.target and 2 * ranked[0][1] >= total
    told = f"{listed([f'{first} of {total} ways to answer what is open', *rest])}."
    if most or chosen.undecided:
        return told
    return (
        f"{told} Most ways lead elsewhere: this is the guide's answer while nobody has answered, so settle that first."
    )


def _holds(found: StabilityPart) -> str:
    open_ = []
    if found.ties:
        each = "real as often as its confidence says"
        open_.append(f"{counted(found.ties, 'doubtful dependency', 'doubtful dependencies')}, {each}")
    if found.settings:
        open_.append(f"what nobody stated ({listed([_WORDS[key] for key in found.settings])})")
    if not open_:
        return "Nothing is open that could move a job: no doubtful dependency, and all is stated."
    left = f"; {found.left:,} more doubtful ones were left as they are" if found.left else ""
    return f"What is open was answered in {found.worlds} ways: {'; '.join(open_)}{left}. {_firm(found)}"


def _firm(found: StabilityPart) -> str:
    if found.firm == found.jobs:
        return "Whatever the answers, **every job** goes where this plan has it."
    average = max(1, min(99, round(found.part * 100)))
    where = "goes where this plan has it" if found.firm == 1 else "go where this plan has them"
    return (
        f"Whatever the answers, **{found.firm:,} of {counted(found.jobs, 'job')}** {where}; "
        f"on average {average}% of all do."
    )


def _hosts(plan: MigrationPlan) -> str:
    """Say what no setting can: a job of one unit may as well stay while its host does."""
    asked = next((question for question in plan.questions if question.id == "hosts"), None)
    if asked is None:
        return ""
    return f" Beside that, {counted(asked.jobs, 'job')} of one unit may as well stay while the host does."


def _flip(flip: PortfolioFlipPart) -> str:
    moves = [_move(shift.jobs, shift.before, shift.after) for shift in flip.shifts]
    change = code(f"{flip.change.key} = {flip.change.value}", _VALUE)
    return f"{prose(flip.when)}: {listed(moves)}. Set {change}."


def _move(jobs: int, before: Target, after: Target) -> str:
    if before is after:
        return f"{after.going} is settled for {counted(jobs, 'job')}"
    if after is Target.RETAIN:
        return f"{counted(jobs, 'job')} on the host instead of {before.label}"
    return f"{counted(jobs, 'job')} to {after.label} instead of {before.going}"

"""The one-way street from PATHs to a plan, in a few readable functions."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import BinaryIO

from migrator import advice, artifacts, clusters, commands, cores, graph, history, inventory, plan, verify, workflows
from migrator.clusters import Cluster
from migrator.collecting import uncollected
from migrator.commands.day_guard import job_day_guard
from migrator.commands.facts import CommandFacts, Trait
from migrator.costs import packaged_prices
from migrator.history import History
from migrator.inventory import Inventory, Options
from migrator.model import Dialect, Finding, Job, JobId, MigratorError, Target
from migrator.plan.document import VerdictPart
from migrator.schedules.compare import Comparison, compare_all
from migrator.settings import Settings
from migrator.settings.load import load
from migrator.settings.narrowing import without_jobs
from migrator.sources import (
    Discovery,
    FileTree,
    Format,
    Tree,
    discover,
    discover_live,
    mapping_hints,
    narrowed,
    own_tab,
    tree_of,
)

_MOST_INPUT = 64 << 20
_MOST_LINTED = 300_000  # characters of templates, about three seconds
_SHARED = 200  # so many jobs or schedules are worth another core
_FEW_FILES = 8  # so many files are worth another core
_FEW_CHECKS = 4  # cfn-lint's take longest
_PIECES = 64  # of the schedules, clusters and checks, so that no core waits long for another
_WORTH_TELLING, _TOLD_EACH = 2_000, 100  # so many jobs or schedules take long enough to be told of one by one
_TOLD_TIMES = 200  # at most, of things that each take long
_STAGES = ("reading", "commands", "graph", "workflows", "advice", "plan")

Progress = Callable[[str, int, int], None]
"""A callback that is told the stage, how much of it is done, and of how much.

Each stage is announced by its number among the stages; where many jobs make it long, they are counted after that.
"""


def silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""


@dataclass(frozen=True, slots=True)
class LiveHost:
    """The host that migrator runs on: its root folder, the user who asks, and its name."""

    root: str
    user: str
    name: str


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asked for: PATHs, or the host itself. `mappings` and `targets` go before the settings file's.

    `logs` are run logs, `log_day` the day on which those were taken that write no years (None: today).
    """

    paths: tuple[str, ...]
    live: LiveHost | None = None
    only: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    as_format: str | None = None
    dialect: Dialect | None = None
    timezone: str | None = None
    mappings: tuple[tuple[str, str], ...] = ()
    config: Path | None = None
    targets: tuple[tuple[str, Target], ...] = ()
    assume_installed: bool = False
    stdin: BinaryIO | None = None
    logs: tuple[Path, ...] = ()
    log_day: date | None = None


@dataclass(frozen=True, slots=True)
class Survey:
    """What was read: the settings in force, the jobs, the files around them, and what run logs tell."""

    settings: Settings
    inventory: Inventory
    tree: Tree
    history: History | None = None


class RequestError(MigratorError):
    """A request that cannot be met: an unknown format, too much on standard input."""

    exit_code = 2


def survey(request: Request, progress: Progress = silent) -> Survey:
    """Read the settings and everything that the PATHs schedule. Raise MigratorError for what stops a run."""
    progress(_STAGES[0], 0, len(_STAGES))
    settings = _with_options(load([Path(path) for path in request.paths if path != "-"], request.config), request)
    found = _discover(request)
    options = Options(request.dialect, request.timezone, request.assume_installed)
    taken = inventory.take(found, settings, options)
    told = _history(request, taken, progress)
    if told is not None:
        taken = _with_history(taken, told)
    return Survey(_without_done(settings, taken), taken, tree_of(found, settings.paths), told)


def _without_done(settings: Settings, taken: Inventory) -> Settings:
    """Leave out what the settings say of jobs that a cut-over has switched off: they are no misspelt names."""
    there = {name for job in taken.jobs for name in (job.id, job.title)}
    gone = {name for line in taken.switched_off for name in (line.job, line.title)}
    return without_jobs(settings, gone - there)


def make_scan(found: Survey, progress: Progress = silent) -> plan.MigrationPlan:
    """Say what there is and what each job does: a plan without ties, clusters and advice."""
    progress(_STAGES[1], 1, len(_STAGES))
    facts = _facts(found, progress)
    progress(_STAGES[5], 5, len(_STAGES))
    nothing = graph.JobGraph(())
    with _proofs(found.inventory.jobs) as proofs:
        hints = _mapping_hints(found, facts)
        document = plan.assemble(
            found.inventory, facts, nothing, (), (), advice.NOTHING, findings=hints, proofs=proofs()
        )
    return _told(document, found, nothing)


def make_plan(found: Survey, progress: Progress = silent) -> plan.MigrationPlan:
    """Say what the jobs do, what ties them, where they should go, and at what cost."""
    progress(_STAGES[1], 1, len(_STAGES))
    facts = _facts(found, progress)
    with uncollected():
        return _planned(found, facts, progress)


def _planned(found: Survey, facts: Mapping[JobId, CommandFacts], progress: Progress) -> plan.MigrationPlan:
    jobs, settings = found.inventory.jobs, found.settings
    progress(_STAGES[2], 2, len(_STAGES))
    with _proofs(jobs) as compared:
        ties = graph.build(jobs, facts, settings)
        groups = clusters.group(jobs, facts, ties)
        progress(_STAGES[3], 3, len(_STAGES))
        by_id = {job.id: job for job in jobs}
        flows = {group.id: workflows.build(group, by_id, facts) for group in groups}
        progress(_STAGES[4], 4, len(_STAGES))
        proofs = compared()
    prices = packaged_prices()
    ties_of = _relations_by_cluster(groups, ties)
    cases = [
        advice.Case(group, tuple(by_id[job] for job in group.jobs), facts, flows[group.id], ties_of[group.id], proofs)
        for group in groups
    ]
    advised = advice.advise(cases, settings, prices, _begun)
    progress(_STAGES[5], 5, len(_STAGES))
    every_flow = [flow for group in groups for flow in flows[group.id]]
    document = plan.assemble(
        found.inventory,
        facts,
        ties,
        groups,
        every_flow,
        advised,
        findings=(*ties.findings, *_mapping_hints(found, facts)),
        proofs=proofs,
        prices=f"{prices.region}, {prices.collected}",
        regions=(settings.aws.region, prices.region),
    )
    return _told(document, found, ties)


def _mapping_hints(found: Survey, facts: Mapping[JobId, CommandFacts]) -> tuple[Finding, ...]:
    """Tell of mappings that would find scripts which are not where they are called."""
    if not isinstance(found.tree, FileTree):
        return ()
    unread = (one.evidence.says for each in facts.values() for one in each.traits if one.trait is Trait.FOLLOWS_UNREAD)
    return mapping_hints(found.tree, unread)


def with_artifacts(document: plan.MigrationPlan, folder: Path, *, search_path: str | None = None) -> plan.MigrationPlan:
    """Write the targets' files below a folder and check them; give the plan that lists both. OSError as it comes.

    `search_path` (as in PATH) is where programs that check are looked for. All cores make files, and check them.
    """

    def written(piece: artifacts.Piece) -> artifacts.Listed:
        texts, listed = artifacts.made_of(piece)
        _write(texts, folder)
        return listed

    pieces = artifacts.pieces(document)
    # The last piece is the longest: it comes first.
    answers = cores.in_turn(written, pieces[::-1], cores.available(), _FEW_FILES)[::-1]
    made = artifacts.together(document, pieces, answers)
    _write(made.texts, folder)
    listed = plan.without_files(document, made.left_out).model_copy(update={"artifacts": made.artifacts})
    verdicts = verify.check(listed, folder, _MOST_LINTED, search_path=search_path, share=_shared)
    return listed.model_copy(update={"verdicts": verdicts})


def _write(texts: Mapping[str, str], folder: Path) -> None:
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.encode())


def verified(
    document: plan.MigrationPlan, folder: Path, progress: Progress = silent, *, search_path: str | None = None
) -> tuple[VerdictPart, ...]:
    """Check all that a plan lists below a folder, by every program that is there; all cores do."""

    def shared(done: Callable[[verify.Task], verify.Found], tasks: Sequence[verify.Task]) -> list[verify.Found]:
        at_work = max(1, min(cores.available(), len(tasks) // _FEW_CHECKS))
        more = _telling(progress, "checking", len(tasks), len(tasks) // _TOLD_TIMES + 1)

        def told(task: verify.Task) -> verify.Found:
            more(at_work)
            return done(task)

        return _shared(told, tasks)

    return verify.check(document, folder, search_path=search_path, with_airflow=True, share=shared)


def _shared(done: Callable[[verify.Task], verify.Found], tasks: Sequence[verify.Task]) -> list[verify.Found]:
    # A core takes several at a time, which are alike.
    return cores.in_turn(done, tasks, cores.available(), _FEW_CHECKS, _PIECES)


def _history(request: Request, taken: Inventory, progress: Progress) -> History | None:
    if not request.logs:
        return None
    progress("logs", 0, len(_STAGES))
    # The only clock that is read: a log without years lies in the past.
    today = request.log_day or datetime.now(UTC).date()
    return history.take(request.logs, taken.jobs, taken.hosts, today)


def _with_history(taken: Inventory, told: History) -> Inventory:
    return replace(
        taken,
        jobs=history.with_durations(taken.jobs, told),
        findings=tuple(sorted({*taken.findings, *told.findings})),
        secrets=tuple(sorted({*taken.secrets, *told.secrets})),
    )


def _told(document: plan.MigrationPlan, found: Survey, ties: graph.JobGraph) -> plan.MigrationPlan:
    """Add what the logs tell to a plan."""
    if found.history is None:
        return document
    part = plan.history_part(found.history, found.inventory.jobs, ties.dependencies)
    return document.model_copy(update={"history": part})


def _facts(found: Survey, progress: Progress) -> dict[JobId, CommandFacts]:
    """Study all commands, on all cores where they are many."""
    jobs = found.inventory.jobs
    more = _telling(progress if len(jobs) >= _WORTH_TELLING else silent, _STAGES[1], len(jobs), _TOLD_EACH)

    def studied(share: Sequence[Job]) -> list[CommandFacts]:
        facts = commands.analyse(counted(share), found.tree)
        return [facts[job.id] for job in share]

    def counted(share: Sequence[Job]) -> Iterator[Job]:
        # By then all cores have done as many.
        at_work = round(len(jobs) / len(share)) if share else 1
        for job in share:
            more(at_work)
            yield job

    return dict(zip((job.id for job in jobs), cores.mapped(studied, jobs, cores.available(), _SHARED), strict=True))


@contextmanager
def _proofs(jobs: Sequence[Job]) -> Iterator[Callable[[], dict[JobId, Mapping[Target, Comparison]]]]:
    """Compare every schedule with its form on every target, each distinct one once; other cores begin at once."""
    asked = {job.id: (job.schedule, job_day_guard(job)) for job in jobs}
    distinct = list(dict.fromkeys(asked.values()))
    with cores.begun(lambda one: compare_all(*one), distinct, cores.available(), _SHARED, _PIECES) as answers:

        def proofs() -> dict[JobId, Mapping[Target, Comparison]]:
            made = dict(zip(distinct, answers(), strict=True))
            return {job: made[each] for job, each in asked.items()}

        yield proofs


def _begun(
    looked: Callable[[advice.Case], advice.Looked], cases: Sequence[advice.Case]
) -> AbstractContextManager[Callable[[], list[advice.Looked]]]:
    return cores.begun(looked, cases, cores.available(), _SHARED, _PIECES)


def _telling(progress: Progress, stage: str, of: int, each: int) -> Callable[[int], None]:
    """Give a way to tell that one more is begun here, by when all cores have begun so many; one in `each` is told."""
    here, told, done = os.getpid(), 0, 0

    def more(count: int) -> None:
        nonlocal told, done
        if told % each == 0 and os.getpid() == here:
            progress(stage, min(of, done), of)
        told, done = told + 1, done + count

    return more


def _discover(request: Request) -> Discovery:
    form = _format(request.as_format)
    if request.live is not None:
        host = request.live
        found = discover_live(host.root, own_tab(), host.user, host.name)
        return narrowed(found, request.only, request.exclude)
    return discover(
        request.paths,
        only=request.only,
        exclude=request.exclude,
        as_format=form,
        stdin=_bytes_of(request.stdin) if request.stdin else None,
    )


def _bytes_of(stream: BinaryIO) -> bytes:
    data = stream.read(_MOST_INPUT + 1)
    if len(data) > _MOST_INPUT:
        raise RequestError("-", f"standard input is larger than {_MOST_INPUT >> 20} MiB", "put it into files")
    return data


def _relations_by_cluster(groups: Sequence[Cluster], ties: graph.JobGraph) -> Mapping[str, tuple[graph.Relation, ...]]:
    home = {job: group.id for group in groups for job in group.jobs}
    found: dict[str, list[graph.Relation]] = {group.id: [] for group in groups}
    for tie in ties.relations:
        for name in sorted({home[tie.upstream], home[tie.downstream]}):
            found[name].append(tie)
    return {name: tuple(of_cluster) for name, of_cluster in found.items()}


def _with_options(settings: Settings, request: Request) -> Settings:
    # What is said on the command line holds before the file.
    return settings.model_copy(
        update={
            "targets": {**settings.targets, **dict(request.targets)},
            "paths": {**settings.paths, **dict(request.mappings)},
        }
    )


def _format(name: str | None) -> Format | None:
    if name is None:
        return None
    if name not in list(Format):
        raise RequestError("--as", f"{name!r} is not a format", f"one of {', '.join(Format)}")
    return Format(name)

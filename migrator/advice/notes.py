"""What is to be said besides: of one cluster, and of many jobs at once."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from migrator.advice.bands import band_of
from migrator.advice.case import Case, is_measured
from migrator.advice.choice import Choice
from migrator.advice.hazards.shell_path import starts_nothing
from migrator.advice.kept_together import kept_together
from migrator.advice.mail import throws_away, told_today
from migrator.advice.repeats import counted_units, repeated_scripts
from migrator.advice.serverless import nothing_fits, shortcomings
from migrator.advice.settings_used import uses
from migrator.advice.shape import Shape
from migrator.commands.facts import CommandFacts, Trait, WaitKind
from migrator.costs import PriceList, mwaa, mwaa_serverless, rounded, rounded_range
from migrator.costs.types import Workload
from migrator.history import lasting
from migrator.model import AIRFLOWS, Dialect, Job, JobId, ScheduleKind, Setting, Target
from migrator.model.wording import counted, some
from migrator.redaction.marks import MARK
from migrator.settings import Settings

_SCRIPT = re.compile(r"\.(?:sh|bash)\s*$")
_USE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)")
_KNOWN_EVERYWHERE = frozenset({"HOME", "PATH", "SHELL", "USER", "LOGNAME"})
_NAMED = 5


def cluster_notes(
    case: Case, shape: Shape, choice: Choice, work: Workload, settings: Settings, prices: PriceList
) -> Iterator[str]:
    """Give what a reader of one cluster should know besides its reasons."""
    if choice.refused:
        yield choice.refused
    if choice.band.deviation and choice.target is choice.band.target:
        yield choice.band.deviation
    yield from _left_out(shape)
    yield from _repeats(case, shape)
    if unread := [job for job in shape.moving if job.id in case.facts and case.facts[job.id].has(Trait.FOLLOWS_UNREAD)]:
        yield f"its units are counted without the scripts of {_titles(unread)}, which are not among the files read"
    if choice.target in AIRFLOWS or choice.target is Target.STEP_FUNCTIONS:
        yield from kept_together(case, shape)
    yield from _measured(shape, settings)
    yield from _also_consider(case, shape, choice, work, settings, prices)


def portfolio_notes(cases: Sequence[Case], choices: dict[str, Choice], hosted: Collection[JobId]) -> tuple[str, ...]:
    """Give what is true of many jobs, once, with their number; `hosted` are those whose commands SSM starts."""
    moving = [
        (job, choices[case.cluster.id].target)
        for case in cases
        if choices[case.cluster.id].target is not Target.RETAIN
        for job in case.active
    ]
    return (*_about(moving, hosted), *_unused_secrets(cases))


def _left_out(shape: Shape) -> Iterator[str]:
    if shape.staying and shape.moving:
        staying = {tie.job.id: tie.job.title for tie in shape.staying}
        titles = list(dict.fromkeys(staying.values()))
        several = f" ({len(staying)} jobs)" if len(titles) < len(staying) else ""
        verb = "stays" if len(staying) == 1 else "stay"
        yield f"{_some(titles)}{several} {verb} on the host, tied to it; the rest is advised on"
    if shape.asleep and (shape.moving or shape.staying):
        verbs = "does not run today and is" if len(shape.asleep) == 1 else "do not run today and are"
        yield f"{_titles(shape.asleep)} {verbs} left out of units, runs and costs"


def _repeats(case: Case, shape: Shape) -> Iterator[str]:
    """Say of scripts that are run several times that they count once, and what they would give counted each."""
    jobs = shape.moving[:1] if case.cluster.kin else shape.moving
    facts = [case.facts[job.id] for job in jobs if job.id in case.facts]
    told = [_repeated(found, path, times) for found in facts for path, times in repeated_scripts(found)]
    if not told:
        return
    more = sum(len(found.units) - len(counted_units(found)) for found in facts)
    then = band_of(replace(shape, units=shape.units + more)).target
    name = "Airflow" if then is Target.AIRFLOW else then.label
    other = f"; counted each, {shape.units + more} units would go to {name}"
    yield (
        f"{_some(told)}, over other arguments, and no run is seen to need another: as in a loop the units count once"
        + (other if then is not band_of(shape).target else "")
    )


def _repeated(facts: CommandFacts, path: str, times: int) -> str:
    """Tell a script that is called several times from a function or loop in one that runs once."""
    several = sum(called.path == path for called in facts.called) > 1
    return f"{path} is run {times} times" if several else f"commands of {path} are run {times} times"


def _measured(shape: Shape, settings: Settings) -> Iterator[str]:
    """Say which durations a log measured."""
    told = [
        f"{job.title} {job.measured.runs:,} runs, p50 {lasting(int(job.measured.duration.low))}, "
        f"p95 {lasting(int(job.measured.p95))}, longest {lasting(int(job.measured.duration.high))}"
        for job in shape.moving
        if job.measured is not None and is_measured(job, settings)
    ]
    if told:
        rest = f"; and of {len(told) - _NAMED} more jobs" if len(told) > _NAMED else ""
        yield f"durations from the log: {'; '.join(told[:_NAMED])}{rest}"


def _also_consider(
    case: Case, shape: Shape, choice: Choice, work: Workload, settings: Settings, prices: PriceList
) -> Iterator[str]:
    if any(wait.kind is WaitKind.OBJECT for wait in shape.waits) and choice.target is not Target.EVENTBRIDGE:
        yield "also consider: an EventBridge rule on the S3 event starts the work without a clock and without waiting"
    if choice.target not in AIRFLOWS:
        return
    existing = settings.team.existing
    if existing is not None and existing.value == choice.target.value:
        yield _existing_note(choice.target, prices)
    elif not nothing_fits(case, shape, settings):
        serverless = mwaa_serverless.estimate(work, prices).monthly
        yield (
            f"also consider: MWAA Serverless has no floor and would cost {rounded_range(serverless)} a month here; "
            f"{shortcomings([(case, shape)], settings)}"
        )


def _existing_note(target: Target, prices: PriceList) -> str:
    if target is Target.AIRFLOW:
        return "the Airflow that runs already takes it without a bill of its own"
    small, micro = mwaa.bill(26, prices), mwaa.bill(25, prices)
    step = rounded(small.low - micro.low) if small and micro else "more"
    return f"the MWAA that runs already takes it; the 26th DAG of a mw1.micro needs mw1.small, {step} a month more"


def _about(moving: Sequence[tuple[Job, Target]], hosted: Collection[JobId]) -> Iterator[str]:
    jobs = [job for job, _ in moving]
    if not jobs:
        return
    yield from told_today(jobs)
    if discarded := [job for job in jobs if throws_away(job.command)]:
        what = f"standard output of {_count(discarded)} is thrown away"
        yield f"{what}: drop the redirect in the target, where a log is kept"
    if paths := [job for job in jobs if _setting(job, "PATH")]:
        yield f"programs of {_count(paths)} are found by a PATH that the crontab sets: the target must have the same"
    run = [job for job in jobs if job.shell != "/bin/sh" and not starts_nothing(job)]
    shells = sorted({job.shell for job in run})
    if shells:
        are = "is" if len(run) == 1 else "are"
        yield f"{_count(run)} {are} run by {_some(shells)}; SSM runs /bin/sh, BashOperator bash: keep that shell"
    yield from _about_settings(jobs)
    yield from _about_time(jobs)
    yield from _about_targets(moving, hosted)


def _about_settings(jobs: Sequence[Job]) -> Iterator[str]:
    used = [found for job in jobs if (found := _settings_used(job))]
    if used:
        names = sorted(frozenset[str]().union(*used))
        it = "it" if len(names) == 1 else "them"
        use = "uses" if len(used) == 1 else "use"
        yield (
            f"{_count(used)} {use} {_some(names)}, which crontab lines set and no target knows: carry {it} into its "
            "environment"
        )


def _settings_used(job: Job) -> frozenset[str]:
    set_here = {setting.name for setting in job.settings} - _KNOWN_EVERYWHERE
    return frozenset(set_here.intersection(_USE.findall(job.command))) if set_here else frozenset()


def _unused_secrets(cases: Sequence[Case]) -> Iterator[str]:
    """Tell once of a settings line with a secret that no job below it is seen to use."""
    used: dict[tuple[str, int], bool] = {}
    names: dict[tuple[str, int], str] = {}
    for case in cases:
        for job in case.jobs:
            for item in job.settings:
                if MARK.search(item.value):
                    place = (item.origin.path, item.origin.line)
                    names[place] = item.name
                    facts = case.facts.get(job.id)
                    used[place] = used.get(place, False) or (facts is not None and uses(item.name, job, facts))
    for path, line in sorted(place for place, seen in used.items() if not seen):
        yield (
            f"{path}:{line} sets {names[path, line]} to a secret that no command read here is seen to use: find out "
            "what does, and carry it into no target but from Secrets Manager"
        )


def _about_time(jobs: Sequence[Job]) -> Iterator[str]:
    clocked = [job for job in jobs if job.schedule.kind is ScheduleKind.CRON]
    if zoned := [job for job in clocked if _setting(job, "TZ")]:
        yield (
            f"above {_count(zoned)} a TZ is set, which cron does not use for the schedule: keep the host's zone for "
            "the start and give the command its TZ"
        )
    debian = [job for job in clocked if job.schedule.dialect is Dialect.DEBIAN]
    if ignored := [job for job in debian if _setting(job, "CRON_TZ")]:
        yield (
            f"above {_count(ignored)} a CRON_TZ is set, which Debian's cron does not use: keep the host's zone for the "
            "start, unless the file is cronie's"
        )
    literal = [job for job in jobs if any("$" in setting.value for setting in job.settings)]
    if literal:
        yield f"a setting above {_count(literal)} holds a `$`: cron does not expand it, the job gets the text"


def _about_targets(moving: Sequence[tuple[Job, Target]], hosted: Collection[JobId]) -> Iterator[str]:
    users = sorted({job.user for job, _ in moving if job.user and job.user != "root" and job.id in hosted})
    if users:
        yield f"SSM runs a command as root: those of {_some(users)} must be started as that user (runuser -u USER)"
    if scripts := [job for job, target in moving if target in AIRFLOWS and _SCRIPT.search(job.command)]:
        ends = "ends in .sh, which BashOperator takes for a template file: add a space at its end"
        yield f"the command of {_count(scripts)} on Airflow {ends}"
    if all(target in AIRFLOWS for _, target in moving):
        yield "cron has no timeout: set one for each job"
        return
    yield (
        "EventBridge Scheduler may deliver a start twice, and cron has no timeout: set one for each job, and a short "
        "event age"
    )


def _setting(job: Job, name: str) -> Setting | None:
    return next((setting for setting in job.settings if setting.name == name), None)


def _titles(jobs: Sequence[Job]) -> str:
    return _some([job.title for job in jobs])


def _some(names: Sequence[str]) -> str:
    return some(names, _NAMED)


def _count(found: Sequence[object]) -> str:
    return counted(len(found), "job")

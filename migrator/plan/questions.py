"""What no file can tell and a person must answer."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from migrator.advice.types import STAYING, Question
from migrator.commands.facts import Trait
from migrator.model.job import IGNORED
from migrator.model.wording import counted, some
from migrator.plan.document import QuestionPart
from migrator.plan.jobs import JobPart

_MOST_NAMED = 5
_MOST_GROUPS = 5  # of hosts that are alike, each with a question of its own


def questions_of(jobs: Sequence[JobPart], advised: Iterable[Question]) -> tuple[QuestionPart, ...]:
    """Give the advice's questions and those about the jobs themselves; one of an id is kept.

    What settles a target comes before the rest, and in both what settles most jobs.
    """
    asked = {
        q.id: QuestionPart(id=q.id, about=q.about, text=q.text, settles=q.settles, jobs=q.jobs, moves=q.moves)
        for q in advised
    }
    for question in _about_jobs(jobs):
        asked.setdefault(question.id, question)
    return tuple(sorted(asked.values(), key=lambda question: (not question.moves, -question.jobs)))


def _about_jobs(jobs: Sequence[JobPart]) -> Iterator[QuestionPart]:
    yield from _zones(jobs)
    yield from _replicas(jobs)
    yield from _inactive(jobs)
    yield from _scripts(jobs)
    yield from _owners(jobs)


def _zones(jobs: Iterable[JobPart]) -> Iterator[QuestionPart]:
    adrift = [job for job in jobs if job.active and _needs_zone(job)]
    if not adrift:
        return
    hosts = sorted({job.host or "the host" for job in adrift})
    yield QuestionPart(
        id="zones",
        about=tuple(hosts),
        text=f"Which time zone does cron use on {some(hosts, _MOST_NAMED)}?",
        settles=f"the minutes at which {_jobs(len(adrift))} must fire after the move; no file that was read names the "
        "zone. Set `[zones]` in migrator.toml or pass `--tz`",
        jobs=len(adrift),
    )


def _needs_zone(job: JobPart) -> bool:
    """Say whether a job that moves, or may, starts at minutes which its unknown zone decides; by UTC none does."""
    schedule = job.schedule
    if schedule.timezone is not None or not schedule.kind.clocked or job.runs_on in STAYING:
        return False
    return not schedule.forms or any(form.timezone is None for form in schedule.forms.values())


def _replicas(jobs: Iterable[JobPart]) -> Iterator[QuestionPart]:
    groups: defaultdict[tuple[str, ...], list[JobPart]] = defaultdict(list)
    for job in jobs:
        if job.active and job.replicas:
            named = {replica.host for replica in job.replicas} | ({job.host} if job.host else set())
            groups[tuple(sorted(named))].append(job)
    if len(groups) > _MOST_GROUPS:
        yield _replicas_together(groups)
        return
    for hosts, same in sorted(groups.items()):
        yield QuestionPart(
            id=f"replicas-{same[0].id}",
            about=tuple(job.id for job in same),
            text=f"{_jobs(len(same))} {'stands' if len(same) == 1 else 'stand'} on {len(hosts):,} hosts alike "
            f"({some(hosts, _MOST_NAMED)}). Does each host do work of its own, or do all do the same work?",
            settles="whether the move needs one schedule or one for each host, and what is run once instead of "
            f"{len(hosts):,} times",
            jobs=len(same),
        )


def _replicas_together(groups: Mapping[tuple[str, ...], Sequence[JobPart]]) -> QuestionPart:
    """Ask once for many groups of hosts: a fleet has one for each of its roles."""
    jobs = [job for _, same in sorted(groups.items()) for job in same]
    sizes = [len(hosts) for hosts in groups]
    least, most = min(sizes), max(sizes)
    several = f"{least:,}" if least == most else f"{least:,} to {most:,}"
    return QuestionPart(
        id="replicas",
        about=tuple(job.id for job in jobs),
        text=f"{_jobs(len(jobs))} stand on {several} hosts alike, in {len(groups):,} groups of hosts. Does each host "
        "do work of its own, or do all of a group do the same work?",
        settles="whether the move needs one schedule or one for each host, and what is run once instead of up to "
        f"{most:,} times",
        jobs=len(jobs),
    )


def _inactive(jobs: Iterable[JobPart]) -> Iterator[QuestionPart]:
    groups: defaultdict[str, list[JobPart]] = defaultdict(list)
    for job in jobs:
        if not job.active and job.inactive_kind != IGNORED:
            groups[job.inactive_kind or "inactive"].append(job)
    for kind, same in sorted(groups.items()):
        yield QuestionPart(
            id=f"inactive-{kind}",
            about=tuple(job.id for job in same),
            text=f"Cron does not run {_jobs(len(same))} today ({_reason(same)}). Should it?",
            settles="what is mended and moved, and what is dropped. Until then it is in no wave",
            jobs=len(same),
        )


def _scripts(jobs: Iterable[JobPart]) -> Iterator[QuestionPart]:
    blind = [job for job in jobs if any(found.trait is Trait.FOLLOWS_UNREAD for found in job.traits)]
    if blind:
        yield QuestionPart(
            id="scripts",
            about=tuple(job.id for job in blind),
            text=f"{_jobs(len(blind))} {'calls' if len(blind) == 1 else 'call'} scripts that are not among the files "
            "read. Can they be added?",
            settles="steps, what is read and written, and with that dependencies and targets",
            jobs=len(blind),
        )


def _owners(jobs: Iterable[JobPart]) -> Iterator[QuestionPart]:
    orphans = [job for job in jobs if job.active and job.owner is None]
    if orphans:
        them = "it" if len(orphans) == 1 else "them"
        yield QuestionPart(
            id="owners",
            about=tuple(job.id for job in orphans),
            text=f"Nobody is named as owner of {_jobs(len(orphans))}. Who owns {them}?",
            settles="who reviews this plan, answers the other questions and is called when a moved job fails",
            jobs=len(orphans),
        )


def _reason(same: Sequence[JobPart]) -> str:
    reasons = list(dict.fromkeys(job.inactive_why or "no reason is known" for job in same))
    return reasons[0] if len(reasons) == 1 else f"for example: {reasons[0]}"


def _jobs(count: int) -> str:
    return counted(count, "job")

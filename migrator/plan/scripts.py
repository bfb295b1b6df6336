"""The scripts whose parts are tasks of their own: what a reader of the plan needs to compare both."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping

from migrator.commands.facts import CommandFacts, Followed
from migrator.model import Job, JobId
from migrator.plan.jobs import ScriptPart
from migrator.shell import commands, parse
from migrator.workflows.types import Workflow


def parted_jobs(workflows: Iterable[Workflow], jobs: Mapping[JobId, Job]) -> frozenset[JobId]:
    """Name the jobs of which a task runs other text than the job's own, taken from a script."""
    return frozenset(
        task.job
        for flow in workflows
        for task in flow.tasks
        if task.command not in (None, jobs[task.job].command) and task.origin.path != jobs[task.job].origin.path
    )


def script_parts(command: str, facts: CommandFacts) -> tuple[ScriptPart, ...]:
    """Give the scripts that a job runs or sources, each by the word that calls it.

    A word that calls several, in scripts of different folders, names none.
    """
    texts: dict[str | None, str] = {one.path: one.text for one in facts.followed}
    found: dict[str, set[tuple[str, str]]] = {}
    for caller, text in sorted({None: command, **texts}.items(), key=lambda item: item[0] or ""):
        for call, one in _calls(text, [one for one in facts.followed if one.caller == caller]):
            found.setdefault(call, set()).add((one.path, one.text))
    return tuple(
        ScriptPart(call=call, path=path, text=text)
        for call, several in sorted(found.items())
        if len(several) == 1
        for path, text in several
    )


def _calls(text: str, followed: list[Followed]) -> Iterator[tuple[str, Followed]]:
    """Give the word of each call, as it is written in the caller's text."""
    if not followed:
        return
    at = {command.span.start: command for command in commands(parse(text))}
    for one in followed:
        name = posixpath.basename(one.path)
        words = at[one.at].words if one.at in at else ()
        same = [word.raw for word in words if posixpath.basename(word.raw.strip("\"'")) == name]
        if same:
            yield same[0], one

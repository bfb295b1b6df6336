"""What the comment at the beginning of a DAG's file, and the page that Airflow shows of it, tell their readers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from migrator.artifacts.airflow.draft import Draft
from migrator.artifacts.airflow.python_text import literal
from migrator.artifacts.airflow.work import Work
from migrator.artifacts.parts.cloudformation import described
from migrator.artifacts.parts.header import header, mailed
from migrator.plan import cut
from migrator.plan.clusters import InflowPart

_TITLE = "Airflow DAG: the cron entries below."
_MOST_LINES = 40
_PAUSED = "Airflow pauses it at first sight. Unpause it in the minute in which its crontab lines are switched off."
_NOTIFIER = "Set a notifier (on_failure_callback) if wanted."


def header_of(draft: Draft, variables: Mapping[str, str], files: Sequence[str]) -> str:
    """Write the comment: what the DAG replaces, what to fill in, what to know."""
    jobs = [work.job for work in draft.works]
    fill_in = [("START_DATE", "the moment at which it takes over from cron")]
    if draft.form.timezone is None:
        fill_in.append(("TIMEZONE", "the zone of the host's clock; no file says it"))
    fill_in += [(f"Airflow Variable {name}", what) for name, what in variables.items()]
    return header(_TITLE, jobs, fill_in, _know(draft, files)) + "\n"


def doc_of(draft: Draft) -> str:
    """Write the page in Markdown, as an expression: texts of the user stand in code spans, and nothing in them acts."""
    lines = ["It replaces what cron started:\n", "\n"]
    for work in draft.works[:_MOST_LINES]:
        job = work.job
        when = job.schedule.text or job.schedule.in_words
        lines.append(f"- {_span(str(job.origin))}, at {_span(when)}: {_span(job.title)}\n")
    if len(draft.works) > _MOST_LINES:
        lines.append(f"- and {len(draft.works) - _MOST_LINES} more\n")
    pad = " " * 8
    return "(\n" + "".join(f"{pad}{literal(line)}\n" for line in lines) + "    )"


def _span(text: str) -> str:
    shown = described(cut(text, 120)).replace("`", "'").replace("{%", "{ %").replace("{#", "{ #")
    return f"`{shown}`" if shown.strip() else "(without a name)"


def _know(draft: Draft, files: Sequence[str]) -> Iterator[str]:
    yield _PAUSED
    told = mailed([work.job for work in draft.works], "what jobs printed")
    yield f"A failed run shows in Airflow{told}. {_NOTIFIER}"
    for file in files:
        yield f"Its commands are in {file}: deploy that first."
    if any(made is not None for work in draft.works for made in work.operators.values()):
        yield "What Airflow's role needs for its calls is in permissions.yaml: deploy that first."
    if draft.form.expressions and draft.form.exact is not True:
        yield from (f"{draft.works[0].job.origin}: {text}." for text in draft.form.differences)
        if draft.form.exact is None:
            yield "Without a known zone nobody can say whether clock changes move a start."
    for work in draft.works:
        yield from _of_work(work, draft)
    yield from dict.fromkeys(_inflow(inflow) for inflow in draft.workflow.inflows)
    if draft.inflows:
        yield "AFTER_DATA makes it wait for that data in place of the clock."


def _inflow(inflow: InflowPart) -> str:
    when = "the run before of " if inflow.previous_run else ""
    home = "" if inflow.upstream == inflow.upstream_workflow else f", in the workflow {inflow.upstream_workflow}"
    return f"It needs {when}{inflow.upstream}{home} ({inflow.what}); the clock alone keeps that order, as now."


def _of_work(work: Work, draft: Draft) -> Iterator[str]:
    job, place = work.job, str(work.job.origin)
    if work.why:
        yield f"{place}: its command is one task: {work.why}." if len(work.tasks) == 1 else f"{place}: {work.why}."
    if job.compute != "ssm" and job.command.strip():
        yield f"{place}: the settings ask for {job.compute}; a DAG does not follow that, its commands stay on its host."
    if job.locks:
        held = ", ".join(job.locks)
        yield (
            f"{place}: its command takes {held} on its host, as now. max_active_runs=1 keeps a second run waiting "
            "until the first has ended; of several that were due meanwhile the last one runs."
        )
        if job.skipped_locks:
            skipped = ", ".join(job.skipped_locks)
            yield f"{place}: with cron a second run gives up at {skipped}; here it waits, and runs then."
        for lock in job.locks:
            if lock in draft.pools:
                yield (
                    f"{lock} is taken in other DAGs too. Before the first run: "
                    f"airflow pools set {draft.pools[lock]} 1 'one at a time'"
                )
    if job.schedule.random_minutes:
        yield f"{place}: cron draws the start from {job.schedule.random_minutes} minutes; the DAG starts at the first."
    if len(work.hosts) > 1:
        yield f"{place}: it stands on {len(work.hosts)} hosts and runs on all at once; it fails if it fails on one."

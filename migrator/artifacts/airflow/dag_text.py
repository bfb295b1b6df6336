"""The file of a DAG, as an engineer would write it: header, imports, what to fill in, tasks, their order."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.artifacts.airflow.draft import GATE, Draft
from migrator.artifacts.airflow.gate import gate_text
from migrator.artifacts.airflow.nodes import ALL_SUCCESS, Node
from migrator.artifacts.airflow.operators import EMPTY, Operator, Variables, on_hosts
from migrator.artifacts.airflow.python_text import Name, Value, call, literal
from migrator.artifacts.airflow.told import doc_of, header_of
from migrator.artifacts.parts.cloudformation import comment, described
from migrator.plan import cut
from migrator.plan.names import job_key

_MOST_AT_ONCE = 16  # Airflow's own limit for the tasks of one DAG
_SHOWN = 90
_RIGHT_DAY = "right_day"
_TIMETABLES = "airflow.timetables.trigger"
_START = """\
# Nothing is due before this moment. Set it to the moment at which cron's lines are switched off, before the DAG is
# unpaused: Airflow begins with the last start that lies between the two, at once, and cron has made that one.
START_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)
"""
_ZONE = """\
# The zone of the host's clock, such as "Europe/Paris"; no file says it. Until it is filled in, the DAG has no schedule.
TIMEZONE = ""
"""


_AFTER_DATA = """\
# False: it starts by the clock, as with cron. True: it starts when all the data that it takes from other DAGs has
# been written anew, whatever the time is.
AFTER_DATA = False
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A stack of commands as a DAG names it: the constants, the Variables behind them, and what those are."""

    file: str
    constant: str
    stack: tuple[str, str]
    hosts: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class _Writing:
    """What gathers while a DAG is written."""

    draft: Draft
    places: Mapping[str, Place]
    imports: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    variables: Variables = field(default_factory=Variables)

    def use(self, module: str, name: str) -> Name:
        self.imports[module].add(name)
        return Name(name)


def dag_text(draft: Draft, places: Mapping[str, Place]) -> str:
    """Write a DAG; `places` has the stack of each document, by the document's name."""
    writing = _Writing(draft, places)
    writing.use(_TIMETABLES, _timetable_name(draft))
    used = list({p.constant: p for d in draft.documents.values() for p in [places[d.name]]}.values())
    for place in used:
        for name, what in (place.stack, *place.hosts):
            writing.variables.told.setdefault(name, what)
    for work in draft.works:
        for name, what in work.variables.told.items():
            writing.variables.told.setdefault(name, what)
    tasks = "\n".join(_task(node, writing) for node in draft.nodes)
    gate = gate_text(draft.form) if draft.form.guard_days is not None else ""
    body = "\n".join(part for part in (gate, tasks, _order(draft)) if part)
    dag = _dag(writing)
    parts = [
        header_of(draft, writing.variables.told, [place.file for place in used]) + _imports(writing),
        _constants(draft, used),
        f"with {dag} as dag:\n{body}",
    ]
    return "\n".join(parts)


def _imports(writing: _Writing) -> str:
    """Write the imports; what Airflow 2.11 has elsewhere is tried there next."""
    draft = writing.draft
    gated, assets = draft.form.guard_days is not None, bool(draft.given or draft.inflows)
    new = ["DAG", *(["Asset"] if assets else []), *(["task"] if gated else [])]
    old = ["    from airflow import DAG"]
    old += ["    from airflow.datasets import Dataset as Asset"] if assets else []
    old += ["    from airflow.decorators import task"] if gated else []
    named = ["datetime", *(["timedelta"] if _spans(draft) else []), "timezone"]
    lines = [f"from datetime import {', '.join(named)}"]
    lines += ["from zoneinfo import ZoneInfo"] if gated else []
    ordered = sorted(new, key=lambda name: (name.islower(), name.lower()))
    lines += [
        "",
        *(f"from {module} import {', '.join(sorted(some))}" for module, some in sorted(writing.imports.items())),
    ]
    lines += ["", "try:", f"    from airflow.sdk import {', '.join(ordered)}"]
    lines += ["except ImportError:  # Airflow 2.11", *old]
    return "\n".join(lines) + "\n"


def _spans(draft: Draft) -> bool:
    called = [node.task for node in draft.nodes if node.task is not None and node.id not in draft.documents]
    delays = any(node.task is not None and node.task.retry_delay is not None for node in draft.nodes)
    days = draft.form.guard_days
    return delays or any(task.timeout is not None for task in called) or bool(days and days.last)


def _constants(draft: Draft, used: Sequence[Place]) -> str:
    blocks = [_START]
    if draft.form.timezone is None:
        blocks.append(_ZONE)
    if used:
        lines = ["# Airflow Variables; each is read when a task runs."]
        for place in used:
            lines.append(f'COMMANDS_{place.constant} = "{{{{ var.value.{place.stack[0]} }}}}"')
            hosts = [f"{{{{ var.value.{name} }}}}" for name, _ in place.hosts]
            lines.append(f"INSTANCES_{place.constant} = {literal(hosts, 0, len(place.constant) + 13)}")
        blocks.append("\n".join(lines) + "\n")
    if _named(draft):
        ending = " if TIMEZONE else None" if draft.form.timezone is None else ""
        blocks.append(f"CLOCK = {_timetable(draft, 0, 8 + len(ending))}{ending}\n")
    if draft.inflows:
        assets = sorted({inflow.upstream for inflow in draft.inflows})
        blocks.append(f"{_AFTER_DATA}DATA = {literal([Name(_asset(job)) for job in assets], 0, 7)}\n")
    return "\n".join(blocks) + "\n"


def _dag(writing: _Writing) -> str:
    draft = writing.draft
    owner = next((work.job.owner or work.job.user for work in draft.works if work.job.owner or work.job.user), None)
    defaults: dict[str, Value] = {"retries": 0}
    if owner:
        defaults = {"owner": _plain(owner), **defaults}
    real = sum(node.task is not None for node in draft.nodes)
    arguments: list[tuple[str, Value]] = [
        ("dag_id", draft.key),
        ("description", described(cut(draft.workflow.title, 200))),
        ("doc_md", Name(doc_of(draft))),
        ("schedule", Name(_schedule(draft))),
        ("start_date", Name("START_DATE")),
        ("catchup", False),
        ("is_paused_upon_creation", True),
    ]
    if any(work.job.locks for work in draft.works):
        arguments.append(("max_active_runs", 1))
    if real > _MOST_AT_ONCE:
        arguments.append(("max_active_tasks", real))
    arguments += [("default_args", defaults), ("tags", _tags(draft))]
    return call("DAG", arguments)


def _tags(draft: Draft) -> list[str]:
    hosts = sorted({work.job.host for work in draft.works if work.job.host})
    owners = sorted({work.job.owner for work in draft.works if work.job.owner})
    return list(dict.fromkeys(["from-cron", *(_plain(text) for text in (*hosts[:3], *owners[:3]))]))


def _plain(text: str) -> str:
    kept = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "-_.@") else "-" for sign in text[:80])
    return kept.strip("-") or "unnamed"


def _schedule(draft: Draft) -> str:
    """Give the DAG's schedule: the timetable where it stands alone, else the name that it has above."""
    made = "CLOCK" if _named(draft) else _timetable(draft, 4, 12)
    if not draft.inflows:
        return made
    return f"DATA if AFTER_DATA else {made}"


def _named(draft: Draft) -> bool:
    return bool(draft.inflows) or draft.form.timezone is None


def _timetable(draft: Draft, indent: int, used: int) -> str:
    form = draft.form
    zone: Value = Name("TIMEZONE") if form.timezone is None else form.timezone
    crons: list[tuple[str, Value]] = [("", text) for text in form.expressions]
    return call(_timetable_name(draft), [*crons, ("timezone", zone)], indent, used)


def _timetable_name(draft: Draft) -> str:
    return "CronTriggerTimetable" if len(draft.form.expressions) == 1 else "MultipleCronTriggerTimetable"


def _asset(job: str) -> str:
    return f'Asset("{job_key(job)}")'


def _task(node: Node, writing: _Writing) -> str:
    draft = writing.draft
    if node.task is None:
        writing.use(*EMPTY)
        arguments: list[tuple[str, Value]] = [("task_id", node.id), ("trigger_rule", node.rule)]
        arguments += _outlets(node, draft)
        return _indented_comment(node.why) + f"    {node.id} = {call(EMPTY[1], arguments, 4, len(node.id) + 3)}\n"
    work = draft.work_of[node.id]
    operator = work.operators[node.task.name] or _on_hosts(node, writing)
    writing.use(operator.module, operator.name)
    arguments = [("task_id", node.id), *operator.arguments, *_settings(node, operator, draft), *_outlets(node, draft)]
    about = [str(node.task.origin), *_shown(node.task.text)]
    if node.task.name in work.joined:
        about.append(f"One task for all of it: {work.joined[node.task.name]}.")
    if operator.note:
        about.append(operator.note)
    text = "".join(_indented_comment(line) for line in about)
    return text + f"    {node.id} = {call(operator.name, arguments, 4, len(node.id) + 3)}\n"


def _on_hosts(node: Node, writing: _Writing) -> Operator:
    document = writing.draft.documents[node.id]
    place = writing.places[document.name]
    name = Name(f'COMMANDS_{place.constant} + "-{document.name}"')
    limit = node.task.timeout if node.task else None
    return on_hosts(name, Name(f"INSTANCES_{place.constant}"), len(place.hosts), limit)


def _settings(node: Node, operator: Operator, draft: Draft) -> Iterator[tuple[str, Value]]:
    task = node.task
    if task is None:
        return
    if node.rule != ALL_SUCCESS:
        yield "trigger_rule", node.rule
    if operator.name.endswith("Sensor"):
        yield "retries", 0  # a retry would wait as long once more
    elif task.retries:
        yield "retries", task.retries
        if task.retry_delay is not None:
            yield "retry_delay", Name(f"timedelta(seconds={task.retry_delay})")
    # A command on a host is ended by its document: Airflow's own clock would count the time of its delivery too.
    if task.timeout is not None and node.id not in draft.documents and not operator.name.endswith("Sensor"):
        yield "execution_timeout", Name(f"timedelta(seconds={task.timeout})")
    pool = next((draft.pools[lock] for lock in draft.work_of[node.id].job.locks if lock in draft.pools), None)
    if pool is not None:
        yield "pool", pool


def _outlets(node: Node, draft: Draft) -> list[tuple[str, Value]]:
    jobs = sorted(job for job in draft.given if draft.ends[job] == node.id)
    return [("outlets", [Name(_asset(job)) for job in jobs])] if jobs else []


def _shown(text: str) -> Iterator[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:3]:
        yield "  " + (line if len(line) <= _SHOWN else line[:_SHOWN] + " ...")
    if len(lines) > 3:
        yield f"  ... and {len(lines) - 3} more lines"


def _indented_comment(text: str) -> str:
    """Write a comment; a long sentence over several lines, a line of a command as it is."""
    lines = [text] if text.startswith(" ") else textwrap.wrap(text, _SHOWN + 10)
    return "".join(f"    {line}\n" for line in comment(lines).splitlines())


def _order(draft: Draft) -> str:
    """Write what comes after what: chains on one line each, several before one as a list."""
    after = {node.id: node.after for node in draft.nodes if node.after}
    if not after:
        return ""
    gated = any(GATE in some for some in after.values())
    lines = [f"    {_RIGHT_DAY} = {GATE}()"] if gated else []
    shown = {GATE: _RIGHT_DAY}
    done: set[str] = set()
    for node in draft.nodes:
        if node.id not in after or node.id in done:
            continue
        before = [shown.get(name, name) for name in after[node.id]]
        chain = [before[0] if len(before) == 1 else f"[{', '.join(before)}]", node.id]
        done.add(node.id)
        while (following := _only_next(chain[-1], draft.nodes)) and following not in done:
            chain.append(following)
            done.add(following)
            if sum(len(name) + 4 for name in chain) > 90:
                break
        lines.append(f"    {' >> '.join(chain)}")
    return "\n".join(lines) + "\n"


def _only_next(name: str, nodes: Sequence[Node]) -> str | None:
    return next((node.id for node in nodes if node.after == (name,)), None)

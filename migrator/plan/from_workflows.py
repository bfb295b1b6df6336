"""Workflows as the plan has them."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal

from migrator.commands.facts import Wait, WaitKind
from migrator.costs.polling import states_of
from migrator.costs.states import GUARD, STATES_A_LOOK
from migrator.model import JobId, Range, ServiceCall
from migrator.plan.clusters import (
    CallPart,
    InflowPart,
    JobFlowPart,
    ListingPart,
    OrderPart,
    TaskPart,
    WaitPart,
    WorkflowPart,
)
from migrator.plan.flow import flow_part
from migrator.plan.from_commands import service_name, wait_in_words
from migrator.plan.parts import PlaceOf, RangePart, middle
from migrator.workflows.types import Inflow, Task, Workflow
from migrator.workflows.watching import Listing, sought


def workflow_part(workflow: Workflow, guarded: Collection[JobId] = (), moved: Collection[JobId] = ()) -> WorkflowPart:
    """Take over a workflow; `guarded` are jobs whose days no expression says, `moved` those that leave their hosts."""
    return WorkflowPart(
        id=workflow.id,
        title=workflow.title,
        schedule=workflow.schedule.text,
        schedule_kind=workflow.schedule.kind,
        timezone=workflow.schedule.timezone,
        jobs=tuple(workflow.jobs),
        tasks=tuple(_task(task) for task in workflow.tasks),
        order=tuple(OrderPart(upstream=o.upstream, task=o.task, after=o.after) for o in workflow.order),
        inflows=tuple(_inflow(inflow) for inflow in workflow.inflows),
        locks=tuple(sorted({lock.name for lock in workflow.locks})),
        branches=workflow.branches,
        replicas=workflow.replicas,
        runs_per_month=middle(workflow.runs_per_month),
        flows=tuple(JobFlowPart(job=one.job, flow=flow_part(one.flow), why=one.why) for one in workflow.flows),
        job_order=tuple(workflow.job_order),
        states=RangePart.of(_priced_states(workflow, guarded, moved)),
    )


def _priced_states(workflow: Workflow, guarded: Collection[JobId], moved: Collection[JobId]) -> Range:
    """Count the states of a run whose commands take a look or two; a call may have to stay a command on its host."""
    looks = Range(Decimal(1), Decimal(2))
    ways = [states_of(workflow, workflow.tasks, looks)]
    if any(task.call is not None or task.wait is not None for task in workflow.tasks):
        commands = tuple(_on_host(task) if task.command else task for task in workflow.tasks)
        ways.append(states_of(workflow, commands, looks))
    if any(job in moved for job in workflow.jobs):
        ways.append(states_of(workflow, workflow.tasks, looks, moved))
    found = Range(min(way.low for way in ways), max(way.high for way in ways))
    # A job's own test of the day may say days that its expressions leave open.
    tested = [GUARD + STATES_A_LOOK * look for look in (looks.low, looks.high)]
    low = tested[0] if all(job in guarded for job in workflow.jobs) else Decimal(0)
    return found + Range(low, tested[1] if any(job in guarded for job in workflow.jobs) else Decimal(0))


def _on_host(task: Task) -> Task:
    watched = task.wait is not None and task.wait.kind is WaitKind.OBJECT
    return replace(task, call=None, wait=None if watched else task.wait)


def _task(task: Task) -> TaskPart:
    return TaskPart(
        name=task.name,
        job=task.job,
        steps=tuple(task.steps),
        text=task.text,
        origin=PlaceOf.of(task.origin),
        service=service_name(task.call) if task.call else None,
        wait=wait_in_words(task.wait) if task.wait else None,
        branch=tuple(task.branch),
        retries=task.retries,
        timeout=task.timeout,
        command=task.command,
        call=_call(task.call) if task.call else None,
        why=task.why,
        retry_delay=task.retry_delay,
        waits_for=_waits_for(task.wait, sought(task)) if task.wait else None,
    )


def _waits_for(wait: Wait, found: Listing | str) -> WaitPart:
    return WaitPart(
        kind=wait.kind,
        target=wait.target,
        every=int(wait.seconds.low) if wait.seconds is not None and wait.seconds.exact else None,
        timeout=wait.timeout,
        listing=None
        if isinstance(found, str)
        else ListingPart(bucket=found.bucket, prefix=found.prefix, ending=found.ending),
        why=found if isinstance(found, str) else "",
    )


def _call(call: ServiceCall) -> CallPart:
    return CallPart(service=call.service, action=call.action, name=call.name, arguments=tuple(call.arguments))


def _inflow(inflow: Inflow) -> InflowPart:
    return InflowPart(
        upstream_workflow=inflow.upstream_workflow,
        upstream=inflow.upstream,
        task=inflow.task,
        what=inflow.what,
        previous_run=inflow.previous_run,
    )

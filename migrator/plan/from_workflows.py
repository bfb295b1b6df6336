"""Workflows as the plan has them."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

from migrator.costs.polling import LOOK_SECONDS, tally
from migrator.model import Range, ServiceCall
from migrator.plan.clusters import CallPart, InflowPart, JobFlowPart, OrderPart, TaskPart, WorkflowPart
from migrator.plan.flow import flow_part
from migrator.plan.from_commands import service_name, wait_in_words
from migrator.plan.parts import PlaceOf, RangePart, middle
from migrator.workflows.types import Inflow, Task, Workflow


def workflow_part(workflow: Workflow) -> WorkflowPart:
    """Take over a workflow."""
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
        states=RangePart.of(_priced_states(workflow)),
    )


def _priced_states(workflow: Workflow) -> Range:
    """Count the states of a run whose commands take a look or two; a call may have to stay a command on its host."""
    of_job = Counter(task.job for task in workflow.tasks)
    two_looks = {job: Range(Decimal(0), 2 * LOOK_SECONDS * count) for job, count in of_job.items()}
    commands = tuple(replace(task, call=None) if task.command else task for task in workflow.tasks)
    calls_made = tally(workflow, workflow.tasks, two_looks).states
    calls_run = tally(workflow, commands, two_looks).states
    return Range(min(calls_made.low, calls_run.low), max(calls_made.high, calls_run.high))


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

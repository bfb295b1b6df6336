"""The flow of a job's tasks, as `plan.json` has it."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from migrator.plan.parts import Part, Text
from migrator.workflows import flow
from migrator.workflows.flow import Flow, Sign


class RunPart(Part):
    """Run one task."""

    kind: Literal["run"] = "run"
    task: Text


class InOrderPart(Part):
    """Each part after the one before, whatever that gave."""

    kind: Literal["in-order"] = "in-order"
    parts: tuple[FlowPart, ...]


class AndOrPart(Part):
    """The first part, then each other one as its sign (`&&`, `||`) says; `signs` are as many as the `rest`."""

    kind: Literal["and-or"] = "and-or"
    first: FlowPart
    signs: tuple[Sign, ...]
    rest: tuple[FlowPart, ...]


class ChoicePart(Part):
    """One arm, as the condition ends."""

    kind: Literal["choice"] = "choice"
    condition: FlowPart
    then: FlowPart
    otherwise: FlowPart | None


class BesidePart(Part):
    """All parts at once; `waits`: the shell waits for all, and then goes on as after a success."""

    kind: Literal["beside"] = "beside"
    parts: tuple[FlowPart, ...]
    waits: bool


class EachPart(Part):
    """The body once for each item, in turn, which is the variable's value then."""

    kind: Literal["each"] = "each"
    variable: Text
    items: tuple[Text, ...]
    body: FlowPart


class NegatedPart(Part):
    """The part; its status turned round."""

    kind: Literal["negated"] = "negated"
    part: FlowPart


FlowPart: TypeAlias = Annotated[
    RunPart | InOrderPart | AndOrPart | ChoicePart | BesidePart | EachPart | NegatedPart, Field(discriminator="kind")
]

for _part in (InOrderPart, AndOrPart, ChoicePart, BesidePart, EachPart, NegatedPart):
    _part.model_rebuild()


def flow_part(found: Flow) -> FlowPart:
    """Take over a flow."""
    match found:
        case flow.Run(task):
            return RunPart(task=task)
        case flow.InOrder(parts):
            return InOrderPart(parts=tuple(flow_part(part) for part in parts))
        case flow.AndOr(first, rest):
            signs = tuple(sign for sign, _ in rest)
            return AndOrPart(first=flow_part(first), signs=signs, rest=tuple(flow_part(one) for _, one in rest))
        case flow.Choice(condition, then, otherwise):
            other = None if otherwise is None else flow_part(otherwise)
            return ChoicePart(condition=flow_part(condition), then=flow_part(then), otherwise=other)
        case flow.Beside(parts, waits):
            return BesidePart(parts=tuple(flow_part(part) for part in parts), waits=waits)
        case flow.Each(variable, items, body):
            return EachPart(variable=variable, items=items, body=flow_part(body))
        case flow.Negated(part):
            return NegatedPart(part=flow_part(part))


def flow_of(part: FlowPart) -> Flow:
    """Give the flow that was taken over."""
    match part:
        case RunPart(task=task):
            return flow.Run(task)
        case InOrderPart(parts=parts):
            return flow.InOrder(tuple(map(flow_of, parts)))
        case AndOrPart(first=first, signs=signs, rest=rest):
            return flow.AndOr(flow_of(first), tuple(zip(signs, map(flow_of, rest), strict=True)))
        case ChoicePart(condition=condition, then=then, otherwise=otherwise):
            return flow.Choice(flow_of(condition), flow_of(then), None if otherwise is None else flow_of(otherwise))
        case BesidePart(parts=parts, waits=waits):
            return flow.Beside(tuple(map(flow_of, parts)), waits)
        case EachPart(variable=variable, items=items, body=body):
            return flow.Each(variable, items, flow_of(body))
        case NegatedPart(part=inner):
            return flow.Negated(flow_of(inner))

"""Values of a call as CloudFormation writes them: with references in the place of what the stack or a person gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from migrator.artifacts.calls.call import Allowed
from migrator.artifacts.calls.values import Asked, Joined, Own, Piece, Value
from migrator.artifacts.parts.cloudformation import Json, joined, ref

Asking = Callable[[Asked], Json]
"""Declares the parameter and refers to it."""


def rendered(value: Value, asking: Asking, *, in_text: bool = False) -> Json:
    """Write a value. `in_text`: it becomes a part of JSON text (`json_text`), where a list must write its own signs."""
    if isinstance(value, Asked) and value.many and in_text:
        return [{"Fn::Join": ['", "', asking(value)]}]
    if isinstance(value, (Asked, Own)):
        return _piece(value, asking)
    if isinstance(value, Joined):
        return joined([_piece(piece, asking) for piece in value.pieces])
    if isinstance(value, tuple):
        return [rendered(item, asking, in_text=in_text) for item in value]
    if isinstance(value, Mapping):
        return {key: rendered(item, asking, in_text=in_text) for key, item in value.items()}
    return value


def statements(allowed: Iterable[Allowed], asking: Asking) -> list[Json]:
    """Write permissions as statements of a policy; resources of the same actions stand together."""
    merged: dict[str, list[Allowed]] = {}
    for one in allowed:
        merged.setdefault(repr((one.actions, one.condition, _filled_in(one))), []).append(one)
    return [_statement(some, asking) for some in merged.values()]


def _filled_in(one: Allowed) -> tuple[Asked, ...]:
    """Give the list that a person fills in: it is the whole of a statement's resources."""
    return tuple(resource for resource in one.resources if isinstance(resource, Asked) and resource.many)


def _statement(some: Sequence[Allowed], asking: Asking) -> Json:
    first = some[0]
    lists = _filled_in(first)
    resources = tuple(dict.fromkeys(resource for one in some for resource in one.resources))
    statement: dict[str, Json] = {
        "Effect": "Allow",
        "Action": list(first.actions),
        "Resource": asking(lists[0]) if lists else rendered(resources, asking),
    }
    return statement | ({"Condition": rendered(first.condition, asking)} if first.condition else {})


def _piece(piece: Piece, asking: Asking) -> Json:
    if isinstance(piece, Own):
        return ref(piece.value)
    return asking(piece) if isinstance(piece, Asked) else piece

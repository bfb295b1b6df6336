"""Values of a call as CloudFormation writes them: with references in the place of what the stack or a person gives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

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


def _piece(piece: Piece, asking: Asking) -> Json:
    if isinstance(piece, Own):
        return ref(piece.value)
    return asking(piece) if isinstance(piece, Asked) else piece

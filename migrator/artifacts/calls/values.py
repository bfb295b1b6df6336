"""The values of a call's parameters: data, what a person must fill in, and what the stack knows of itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Own(StrEnum):
    """What a stack knows of the place that it is deployed in; the values are CloudFormation's pseudo parameters."""

    PARTITION = "AWS::Partition"
    REGION = "AWS::Region"
    ACCOUNT = "AWS::AccountId"
    SUFFIX = "AWS::URLSuffix"


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person must fill in: the name of the parameter, what it is, what it must look like; `many` by commas."""

    name: str
    what: str
    pattern: str
    many: bool = False


Piece: TypeAlias = "str | Own | Asked"


@dataclass(frozen=True, slots=True)
class Joined:
    """A text put together, such as an ARN."""

    pieces: tuple[Piece, ...]


Value: TypeAlias = "str | int | float | bool | Asked | Joined | tuple[Value, ...] | Mapping[str, Value] | None"

_LISTS = (tuple, list)  # an input that is handed on as it is has JSON's own

# It is put into JSON, and CloudFormation escapes nothing.
_FREE = r'^([^"\\\x00-\x1f]|\\["\\/nrt])+$'


def free_text(name: str, what: str) -> Asked:
    """Ask for a text of any kind."""
    return Asked(name, f'{what} (as JSON writes a text: \\" for a quote, \\n for a new line)', _FREE)


def acts(text: str) -> bool:
    """Say whether CloudFormation could take a part of a text for its own: `{{resolve:…}}`, `${…}`."""
    return "{{" in text or "${" in text


def own_arn(service: str, *resource: Piece, region: bool = True) -> Joined:
    """Name a resource of the stack's own account and region."""
    place: tuple[Piece, ...] = (Own.REGION,) if region else ()
    return Joined(("arn:", Own.PARTITION, f":{service}:", *place, ":", Own.ACCOUNT, ":", *resource))


def asked_in(value: Value) -> Iterator[Asked]:
    """Give what a person must fill in of a value, in order."""
    if isinstance(value, Asked):
        yield value
    elif isinstance(value, Joined):
        yield from (piece for piece in value.pieces if isinstance(piece, Asked))
    elif isinstance(value, tuple):
        for item in value:
            yield from asked_in(item)
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from asked_in(item)


def texts_in(value: Value) -> Iterator[str]:
    """Give the texts in a value that come from the source, keys included."""
    if isinstance(value, str) and not isinstance(value, Own):
        yield value
    elif isinstance(value, Joined):
        yield from (piece for piece in value.pieces if not isinstance(piece, (Own, Asked)))
    elif isinstance(value, _LISTS):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield key
            yield from texts_in(item)


def holds_null(value: Value) -> bool:
    """Say whether a null stands somewhere in a value."""
    if isinstance(value, Mapping):
        return any(holds_null(item) for item in value.values())
    return any(holds_null(item) for item in value) if isinstance(value, _LISTS) else value is None

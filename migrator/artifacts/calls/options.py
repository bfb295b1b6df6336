"""Options of the AWS CLI as members of a request (AWS CLI user guide, «Parameter values», «Shorthand syntax»)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.shorthand import ShorthandError, read_shorthand
from migrator.artifacts.calls.values import Value
from migrator.artifacts.parts.file import CannotBeSaidError

_LONGEST = 200_000


class Kind(StrEnum):
    """What an option's text stands for."""

    TEXT = "text"
    NUMBER = "whole number"
    DECIMAL = "number"
    FLAG = "flag"
    MAP = "map"  # of texts, keys as they are
    STRUCTURE = "structure"  # members' names, all the way down
    NAMED = "named structures"  # keys as they are, structures below


@dataclass(frozen=True, slots=True)
class Option:
    """A member of the request and what an option's text is there."""

    member: str
    kind: Kind = Kind.TEXT


def flags(options: Mapping[str, Option]) -> frozenset[str]:
    """Give the options that take no value."""
    named = {name for name, option in options.items() if option.kind is Kind.FLAG}
    return frozenset(named | {f"no-{name}" for name in named})


def members(given: Given, options: Mapping[str, Option], spare: frozenset[str] = frozenset()) -> dict[str, Value]:
    """Give the members that the options of a call set; `spare` are options that the caller reads.

    Raise CannotBeSaidError for an option that is not known, or a text that is not of the option's kind.
    """
    found: dict[str, Value] = {}
    for name, text in given.options.items():
        if name in spare:
            continue
        if name.startswith("no-") and options.get(name[3:], Option("")).kind is Kind.FLAG:
            found[options[name[3:]].member] = False
        elif name in options:
            found[options[name].member] = _value(name, text, options[name].kind)
        else:
            msg = f"its option --{name[:40]} is not carried over"
            raise CannotBeSaidError(msg)
    return found


def others(given: Given, options: Mapping[str, Option], spare: frozenset[str] = frozenset()) -> dict[str, str]:
    """Give a manifest's keys that are no options of the call: they go into what it sends."""
    known = options.keys() | spare
    return {name: text for name, text in given.options.items() if given.declared and name not in known}


def json_value(text: str, what: str) -> Any:  # Any: JSON is free-form
    """Read JSON without losing anything; raise CannotBeSaidError."""
    try:
        if len(text) > _LONGEST:
            raise ValueError
        return json.loads(text, object_pairs_hook=_once, parse_constant=_constant, parse_float=_decimal)
    except (ValueError, RecursionError) as error:
        msg = f"its {what} is no JSON that means the same to every reader"
        raise CannotBeSaidError(msg) from error


def _value(name: str, text: str, kind: Kind) -> Value:
    match kind:
        case Kind.TEXT:
            return text
        case Kind.FLAG:
            return text not in {"false", "no"}
        case Kind.NUMBER if re.fullmatch(r"[0-9]{1,9}", text):
            return int(text)
        case Kind.DECIMAL if re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,6})?", text):
            return float(text)
        case Kind.MAP:
            return _texts(name, _structured(name, text))
        case Kind.NAMED:
            given = _structured(name, text)
            if isinstance(given, dict):
                return {key: _pascal(value) for key, value in given.items()}
        case Kind.STRUCTURE:
            return _pascal(_structured(name, text))
    msg = f"its option --{name} has a value that is not read"
    raise CannotBeSaidError(msg)


def _structured(name: str, text: str) -> Any:
    if text.lstrip().startswith(("{", "[")):
        return json_value(text, f"option --{name}")
    try:
        return read_shorthand(text)
    except ShorthandError as error:
        msg = f"its option --{name} is not read: {error}"
        raise CannotBeSaidError(msg) from error


def _texts(name: str, given: Any) -> dict[str, Value]:
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        msg = f"its option --{name} is no map of texts"
        raise CannotBeSaidError(msg)
    return dict(given)


def _pascal(given: Any) -> Value:
    """Write members' names as Step Functions and Scheduler do: with a capital first."""
    if isinstance(given, dict):
        return {key[:1].upper() + key[1:]: _pascal(value) for key, value in given.items()}
    if isinstance(given, list):
        return tuple(_pascal(value) for value in given)
    return given  # type: ignore[no-any-return]  # a JSON scalar


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        msg = "a key twice"
        raise ValueError(msg)
    return found


def _constant(text: str) -> None:
    raise ValueError(text)


def _decimal(text: str) -> float:
    value = float(text)
    if repr(value) != text:
        raise ValueError(text)
    return value

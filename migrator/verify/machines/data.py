"""Paths, payload templates and choice rules of the Amazon States Language (states-language.net/spec.html, JSONPath)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase

from migrator.verify.values import Value

_STEP = re.compile(r"\.([A-Za-z_][A-Za-z0-9_-]*)|\[([0-9]+)\]|(\[\*\])")
_CALL = re.compile(r"States\.(ArrayGetItem|Array|Format|MathAdd)\((.*)\)", re.DOTALL)
_ARGUMENT = re.compile(r"\s*('(?:[^'\\]|\\.)*'|[^,']+)\s*(?:,|$)")
_ESCAPED = re.compile(r"\\(.)")
_WHOLE = re.compile("-?[0-9]{1,18}")
_WORDS: Mapping[str, Value] = {"true": True, "false": False, "null": None}
_NUMBERS = {
    "Equals": lambda one, other: one == other,
    "GreaterThan": lambda one, other: one > other,
    "GreaterThanEquals": lambda one, other: one >= other,
    "LessThan": lambda one, other: one < other,
    "LessThanEquals": lambda one, other: one <= other,
}
_TYPES = ("String", "Numeric", "Boolean", "Timestamp")


class DataError(ValueError):
    """A path that leads nowhere or a rule that is not read: a clause."""


def looked_up(path: str, data: Value, context: Value) -> Value:
    """Follow a reference path from the state's input (`$`) or from the context object (`$$`)."""
    here, rest = (context, path[2:]) if path.startswith("$$") else (data, path[1:])
    at = 0
    while at < len(rest):
        match = _STEP.match(rest, at)
        if match is None:
            msg = f"the path {path} is not read"
            raise DataError(msg)
        if match[3] is not None and isinstance(here, list):
            return [looked_up(f"${rest[match.end() :]}", item, None) for item in here]
        if match[1] is not None and isinstance(here, dict) and match[1] in here:
            here = here[match[1]]
        elif match[2] is not None and isinstance(here, list) and int(match[2]) < len(here):
            here = here[int(match[2])]
        else:
            msg = f"the path {path} leads nowhere"
            raise DataError(msg)
        at = match.end()
    return here


def filled(template: Value, data: Value, context: Value) -> Value:
    """Fill a payload template in."""
    if isinstance(template, list):
        return [filled(item, data, context) for item in template]
    if not isinstance(template, dict):
        return template
    made: dict[str, Value] = {}
    for key, value in template.items():
        if key.endswith(".$"):
            made[key[:-2]] = _evaluated(str(value), data, context)
        else:
            made[key] = filled(value, data, context)
    return made


def _evaluated(text: str, data: Value, context: Value) -> Value:
    call = _CALL.fullmatch(text.strip())
    if call is None:
        return looked_up(text.strip(), data, context)
    given = [_argument(match[1].strip(), data, context) for match in _ARGUMENT.finditer(call[2])]
    if call[1] == "MathAdd":
        numbers = [one for one in given if isinstance(one, int) and not isinstance(one, bool)]
        if len(numbers) != 2 or len(given) != 2:
            msg = f"{text[:60]} adds no two numbers"
            raise DataError(msg)
        return sum(numbers)
    if call[1] == "ArrayGetItem":
        return _item(text, given)
    if call[1] == "Array":
        return given
    pieces = str(given[0]).split("{}") if given else [""]
    if len(pieces) != max(len(given), 1):
        msg = f"{text} has {len(pieces) - 1} places for {len(given) - 1} values"
        raise DataError(msg)
    return "".join(f"{piece}{value}" for piece, value in zip(pieces, [*given[1:], ""], strict=True))


def _item(text: str, given: Sequence[Value]) -> Value:
    """Give an item of a list by its number, from 0."""
    match given:
        case [list(items), int(number)] if not isinstance(number, bool) and 0 <= number < len(items):
            return items[number]
    msg = f"{text[:60]} gives no item of a list"
    raise DataError(msg)


def _argument(text: str, data: Value, context: Value) -> Value:
    """Give an argument of a function: a text, a path, a number or a word; functions in functions are not read."""
    if text.startswith("'"):
        return _ESCAPED.sub(r"\1", text[1:-1])
    if text.startswith("$"):
        return looked_up(text, data, context)
    if _WHOLE.fullmatch(text):
        return int(text)
    if text not in _WORDS:
        msg = f"the argument {text} is not read"
        raise DataError(msg)
    return _WORDS[text]


def put(path: Value, result: Value, data: Value) -> Value:
    """Give a state's output: its input with the result at `ResultPath`; None discards the result."""
    if path is None:
        return data
    if path == "$":
        return result
    names = [match[1] for match in _STEP.finditer(str(path)[1:])]
    if not names or None in names or not isinstance(data, dict):
        msg = f"the ResultPath {path} is not read"
        raise DataError(msg)
    made = dict(data)
    here = made
    for name in names[:-1]:
        inner = here.get(name)
        here[name] = dict(inner) if isinstance(inner, dict) else {}
        here = here[name]  # type: ignore[assignment]  # the line above made it a table
    here[names[-1]] = result
    return made


def holds(rule: Mapping[str, Value], data: Value, context: Value) -> bool:
    """Say whether a choice rule matches."""
    for name, combine in (("And", all), ("Or", any)):
        inner = rule.get(name)
        if isinstance(inner, list):
            return combine(holds(one, data, context) for one in inner if isinstance(one, dict))
    inner = rule.get("Not")
    if isinstance(inner, dict):
        return not holds(inner, data, context)
    operators = sorted(rule.keys() - {"Variable", "Next", "Comment"})
    if len(operators) != 1:
        msg = f"a choice rule compares by {operators}"
        raise DataError(msg)
    return _compared(operators[0], rule, data, context)


def _compared(operator: str, rule: Mapping[str, Value], data: Value, context: Value) -> bool:
    wanted = rule[operator]
    if operator == "IsPresent":
        try:
            looked_up(str(rule.get("Variable")), data, context)
        except DataError:
            return wanted is False
        return wanted is True
    value = looked_up(str(rule.get("Variable")), data, context)
    if operator == "IsNull":
        return (value is None) == wanted
    if operator == "StringMatches":
        return isinstance(value, str) and fnmatchcase(value, str(wanted))
    kind = next((kind for kind in _TYPES if operator.startswith(kind)), None)
    ending = operator.removeprefix(kind or "").removesuffix("Path")
    if kind is None or ending not in _NUMBERS:
        msg = f"a choice rule compares by {operator}"
        raise DataError(msg)
    if operator.endswith("Path"):
        wanted = looked_up(str(wanted), data, context)
    same = {"Numeric": (int, float), "Boolean": (bool,)}.get(kind, (str,))
    fits = isinstance(value, same) and isinstance(wanted, same) and (kind == "Boolean") == isinstance(value, bool)
    return fits and bool(_NUMBERS[ending](value, wanted))

"""Values of a program's options: defaults, and what the call passes (argparse, optparse, click, typer alike)."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.commands.languages.python.abstract import UNKNOWN, Seq, Text, Tool, anything, as_value, text
from migrator.commands.values import Value


def values(declared: list[Tool], arguments: Sequence[Value]) -> dict[str, object]:
    """Give each option its value: what the call passes, else the default."""
    passed, rest = _passed(declared, arguments)
    given: dict[str, object] = {}
    for tool in declared:
        names = _names(tool)
        if not names:
            continue
        positional = not names[0].startswith("-")
        wanted = tool.data.get("dest")
        name = as_value(wanted).text if isinstance(wanted, Text) else _destination(names)
        several = as_value(tool.data.get("nargs", UNKNOWN)).text in ("+", "*")
        if positional:
            if several:
                given[name] = Seq([Text(value) for value in rest], not rest)
                rest = []
            else:
                given[name] = Text(rest.pop(0)) if rest else tool.data.get("default", anything(name))
            continue
        action = as_value(tool.data.get("action", UNKNOWN)).text
        flag = action in ("store_true", "store_false") or tool.data.get("is_flag") is True
        hit = next((passed[n] for n in names if n in passed), None)
        if hit is not None:
            given[name] = (
                (action != "store_false")
                if flag
                else (Seq([Text(v) for v in hit]) if several else Text(hit[0]) if hit else UNKNOWN)
            )
        elif "default" in tool.data:
            given[name] = tool.data["default"]
        elif flag:
            given[name] = action == "store_false"
        else:
            given[name] = anything(name) if tool.data.get("required") is True else None
    return given


def _names(tool: Tool) -> list[str]:
    names = tool.data.get("names")
    return [as_value(name).text for name in names.items if isinstance(name, Text)] if isinstance(names, Seq) else []


def _destination(names: list[str]) -> str:
    long = next((name for name in names if name.startswith("--")), None)
    plain = next((name for name in names if not name.startswith("-")), None)
    chosen = long or plain or names[0]
    return chosen.lstrip("-").partition("/")[0].replace("-", "_")


def _flags(declared: list[Tool]) -> set[str]:
    return {
        name
        for tool in declared
        if as_value(tool.data.get("action", UNKNOWN)).text in ("store_true", "store_false", "count", "store_const")
        or tool.data.get("is_flag") is True
        for name in _names(tool)
    }


def _passed(declared: list[Tool], arguments: Sequence[Value]) -> tuple[dict[str, list[Value]], list[Value]]:
    known = {name for tool in declared for name in _names(tool)}
    flags = _flags(declared)
    passed: dict[str, list[Value]] = {}
    rest: list[Value] = []
    queue = list(arguments)
    place = 0
    while place < len(queue):
        value = queue[place]
        place += 1
        name, equals, tail = value.text.partition("=")
        if not value.text.startswith("-") or (value.text not in known and name not in known):
            rest.append(value)
            continue
        if equals and name in known:
            passed[name] = [value.but(tail, value.written.partition("=")[2])]
            continue
        taken: list[Value] = []
        while value.text not in flags and place < len(queue) and not queue[place].text.startswith("-"):
            taken.append(queue[place])
            place += 1
            if not _several(declared, value.text):
                break
        passed[value.text] = taken
    return passed, rest


def _several(declared: list[Tool], name: str) -> bool:
    return any(name in _names(tool) and isinstance(tool.data.get("nargs"), Text | int) for tool in declared)


def named_options(parameter: str, told: Tool | None, has_default: bool, value: object) -> Tool:
    """Give the option that a function's parameter is for a library that makes the command line of it."""
    data: dict[str, object] = dict(told.data) if told is not None else {}
    names = [name for name in _names(told) if name.startswith("-")] if told is not None else []
    if told is not None:
        given = data.get("names")
        first = given.items[0] if isinstance(given, Seq) and given.items else None
        if first is not None and not (isinstance(first, Text) and first.value.text.startswith("-")):
            data["default"] = first
    elif has_default:
        data["default"] = value
    if isinstance(data.get("default"), bool):
        data["is_flag"] = True
    data["dest"] = text(parameter)
    long = "--" + parameter.replace("_", "-")
    by_name = has_default and not (told is not None and told.data.get("positional") is True)
    data["names"] = Seq([text(n) for n in (names or [long, "--" + parameter])] if by_name else [text(parameter)])
    return Tool("option", data)

"""Values of a program's options: defaults, and what the call passes (argparse, optparse, click, typer alike)."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.commands.languages.abstract import UNKNOWN, Ref, Seq, Text, Tool, anything, as_value, items_of, text
from migrator.commands.values import Value


def values(declared: list[Tool], arguments: Sequence[Value]) -> dict[str, object]:
    """Give each option its value: what the call passes, else the default."""
    passed, rest = passed_by(declared, arguments)
    given: dict[str, object] = {}
    for tool in declared:
        names = _names(tool)
        if not names:
            continue
        wanted = tool.data.get("dest")
        name = as_value(wanted).text if isinstance(wanted, Text) else _destination(names)
        if names[0].startswith("-"):
            hit = next((passed[n] for n in names if n in passed), None)
            given[name] = _of_option(tool, name, hit, next((n for n in names if n in passed), ""))
        elif _takes_several(tool):
            given[name] = Seq([Text(value) for value in rest], not rest)
            rest = []
        else:
            given[name] = _typed(tool, rest.pop(0)) if rest else tool.data.get("default", anything(name))
    return given


def _of_option(tool: Tool, name: str, hit: list[Value] | None, spelling: str) -> object:
    action = as_value(tool.data.get("action", UNKNOWN)).text
    if hit is not None:
        if _is_flag(tool):
            return action != "store_false" and not spelling.startswith("--no-")
        if _takes_several(tool) or action in ("append", "extend"):
            return Seq([Text(value) for value in hit])
        return _typed(tool, hit[0]) if hit else tool.data.get("const", UNKNOWN)
    if "default" in tool.data:
        return tool.data["default"]
    if _is_flag(tool):
        return action == "store_false"
    return anything(name) if tool.data.get("required") is True else None


def _typed(tool: Tool, value: Value) -> object:
    """Give a passed word as the type that the option says."""
    kind = tool.data.get("type")
    if kind == Ref("int") and value.exact and value.text.isdecimal() and len(value.text) < 16:
        return int(value.text)
    if kind in (Ref("str.upper"), Ref("str.lower")):
        return Text(value.but(value.text.upper() if kind == Ref("str.upper") else value.text.lower()))
    return Text(value, isinstance(kind, Ref) and kind.dotted in ("Path", "pathlib.Path"))


def _is_flag(tool: Tool) -> bool:
    action = tool.data.get("action", UNKNOWN)
    named = isinstance(action, Ref) and action.dotted.endswith("BooleanOptionalAction")
    if named or as_value(action).text in ("store_true", "store_false") or tool.data.get("is_flag") is True:
        return True
    return any("/" in as_value(name).text for name in items_of(tool.data.get("names")))


def _names(tool: Tool) -> list[str]:
    """Give the spellings of an option; `--x/--no-x` of click are two, and argparse's flag of two sides has both."""
    found = [
        part for name in items_of(tool.data.get("names")) if isinstance(name, Text) for part in _sides(name.value.text)
    ]
    action = tool.data.get("action")
    if isinstance(action, Ref) and action.dotted.endswith("BooleanOptionalAction"):
        found.extend("--no-" + name[2:] for name in list(found) if name.startswith("--"))
    return found


def _sides(name: str) -> list[str]:
    return [side.strip() for side in name.split("/")] if name.startswith("-") else [name]


def _destination(names: list[str]) -> str:
    long = next((name for name in names if name.startswith("--")), None)
    plain = next((name for name in names if not name.startswith("-")), None)
    chosen = long or plain or names[0]
    return chosen.lstrip("-").partition("/")[0].replace("-", "_")


def _flags(declared: list[Tool]) -> set[str]:
    silent = ("count", "store_const", "append_const", "help", "version")
    return {
        name
        for tool in declared
        if _is_flag(tool) or as_value(tool.data.get("action", UNKNOWN)).text in silent
        for name in _names(tool)
    }


def passed_by(declared: list[Tool], arguments: Sequence[Value]) -> tuple[dict[str, list[Value]], list[Value]]:
    """Give the options that a call passes, with their values, as they are spelled, and the words left over."""
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
        if not value.text.startswith("-") or value.text == "-" or value.text[1:2].isdigit():
            rest.append(value)
        elif equals and name in known:
            passed.setdefault(name, []).append(value.but(tail, value.written.partition("=")[2]))
        elif value.text in known:
            taken: list[Value] = []
            while value.text not in flags and place < len(queue) and not queue[place].text.startswith("-"):
                taken.append(queue[place])
                place += 1
                if not _several(declared, value.text):
                    break
            passed.setdefault(value.text, []).extend(taken)
        elif value.text[:2] in known and not value.text.startswith("--"):
            # `-ofile` and bundled flags: `-vn`.
            short = value.text[:2]
            passed.setdefault(short, []).extend(
                [] if short in flags else [value.but(value.text[2:], value.written[2:])]
            )
            for letter in value.text[2:] if short in flags else "":
                passed.setdefault("-" + letter, [])
    return passed, rest


def _several(declared: list[Tool], name: str) -> bool:
    return any(name in _names(tool) and _takes_several(tool) for tool in declared)


def _takes_several(tool: Tool) -> bool:
    """Say whether an option takes a list: `nargs` of argparse and click (there with a number too)."""
    number = tool.data.get("nargs")
    if isinstance(number, Text):
        return number.value.text in ("+", "*", "...")
    return isinstance(number, int) and not isinstance(number, bool) and number not in (0, 1)


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

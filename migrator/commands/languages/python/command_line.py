"""Command lines of programs: parsers with subcommands (argparse), decorated commands (click, typer), fire."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, Tool, as_value, elements, items_of, text
from migrator.commands.languages.python.attributes import attribute
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.evaluate import evaluate
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.options_of_call import named_options, passed_by, values
from migrator.commands.languages.python.values import Class, Function, Module, Thing
from migrator.commands.values import Value, literal


def parser(_machine: Machine, call: Call) -> object:
    """Read `argparse.ArgumentParser()`."""
    inherited: list[object] = []
    for parent in items_of(call.named.get("parents")):
        if isinstance(parent, Tool):
            inherited.extend(items_of(parent.data.get("declared")))
    return _new_parser(inherited)


def pair_parser(_machine: Machine, _call: Call) -> object:
    """Read `optparse.OptionParser()`: its `parse_args` gives the options and the words that are left."""
    return Tool("parser", {**_new_parser([]).data, "pair": True})


def _new_parser(declared: list[object]) -> Tool:
    return Tool("parser", {"declared": Seq(declared), "commands": Map(), "fixed": Map(), "dest": None})


def of_parser(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a parser or of its `add_subparsers()`."""
    if name in ("add_argument", "add_option"):
        declared = owner.data["declared"]
        if isinstance(declared, Seq) and len(declared.items) < 200:
            declared.items.append(option(machine, call))
        return UNKNOWN
    if name in ("parse_args", "parse_intermixed_args") and "pair" not in owner.data:
        return parsed(owner, _passed(machine, call))
    if name == "parse_args":
        passed = _passed(machine, call)
        return Seq([parsed(owner, passed), _words(passed_by(_declared(owner), passed)[1])])
    if name == "parse_known_args":
        return Seq([parsed(owner, _passed(machine, call)), Seq([], True)])
    if name in ("add_argument_group", "add_mutually_exclusive_group"):
        return owner
    if name == "add_subparsers":
        owner.data["dest"] = call.named.get("dest")
        return Tool("subparsers", {"parser": owner})
    if name == "add_parser" and isinstance(owner.data.get("parser"), Tool):
        return _subcommand(owner.data["parser"], machine, call)
    if name == "set_defaults":
        fixed = owner.data["fixed"]
        if isinstance(fixed, Map):
            fixed.items.update(call.named)
    return UNKNOWN


def _passed(machine: Machine, call: Call) -> Sequence[Value]:
    """Give what is parsed: the list that the call names where it is known, else the program's own arguments."""
    given = call.first("args")
    if isinstance(given, Seq) and not given.open and given.items and all(isinstance(i, Text) for i in given.items):
        return [as_value(item) for item in given.items]
    return machine.arguments


def _subcommand(above: object, machine: Machine, call: Call) -> object:
    new = parser(machine, call)
    commands = above.data.get("commands") if isinstance(above, Tool) else None
    if isinstance(commands, Map):
        for name in [call.first("name"), *items_of(call.named.get("aliases"))]:
            if isinstance(name, Text) and name.value.exact:
                commands.items[name.value.text] = new
    return new


def parsed(owner: Tool, arguments: Sequence[Value]) -> Thing:
    """Give the namespace that parsing gives."""
    declared = _declared(owner)
    commands = owner.data.get("commands")
    fixed = owner.data.get("fixed")
    found = Thing(None, dict(fixed.items) if isinstance(fixed, Map) else {})  # type: ignore[arg-type]
    place, chosen = _chosen(commands, arguments)
    dest = owner.data.get("dest")
    if chosen is None:
        found.attributes.update(values(declared, arguments))
        if isinstance(dest, Text) and all(value.exact for value in arguments):
            # A word that is no command would end the program.
            found.attributes.setdefault(dest.value.text, None)
        return found
    found.attributes.update(values(declared, arguments[:place]))
    if isinstance(dest, Text):
        found.attributes[dest.value.text] = Text(arguments[place])
    found.attributes.update(parsed(chosen, arguments[place + 1 :]).attributes)
    return found


def _declared(owner: Tool) -> list[Tool]:
    return [tool for tool in items_of(owner.data.get("declared")) if isinstance(tool, Tool)]


def letters(machine: Machine, call: Call) -> object:
    """Read `getopt.getopt(sys.argv[1:], 'o:v', ['output='])`: pairs of option and value, and the words left."""
    short, long = as_value(call.second("shortopts")).text, call.at(2)
    declared = [
        Tool("option", {"names": Seq([text(f"-{sign}")]), "is_flag": short[place + 1 : place + 2] != ":"})
        for place, sign in enumerate(short[:200])
        if sign.isalnum()
    ]
    declared += [
        Tool("option", {"names": Seq([text(f"--{name.rstrip('=')}")]), "is_flag": not name.endswith("=")})
        for name in (as_value(each).text for each in elements(long, 100))
    ]
    first = call.first()
    known = isinstance(first, Seq) and not first.open
    passed = [as_value(each) for each in items_of(first)] if known else machine.arguments
    options, rest = passed_by(declared, passed)
    pairs = [Seq([text(name), Text(found[0]) if found else text("")]) for name, found in options.items()]
    return Seq([Seq(list(pairs)), _words(rest)])


def _words(values: Sequence[Value]) -> Seq:
    return Seq([Text(value) for value in values])


def _chosen(commands: object, arguments: Sequence[Value]) -> tuple[int, Tool | None]:
    if isinstance(commands, Map) and commands.items:
        for place, value in enumerate(arguments):
            found = commands.items.get(value.text)
            if isinstance(found, Tool):
                return place, found
    return 0, None


def option(_machine: Machine, call: Call) -> Tool:
    """Read `@click.option('--out', default='…')`."""
    return Tool("option", {"names": Seq(call.given), **call.named})


def argument(_machine: Machine, call: Call) -> Tool:
    """Read `typer.Argument('…')`."""
    return Tool("option", {"names": Seq(call.given), "positional": True, **call.named})


def command(_machine: Machine, call: Call) -> object:
    """Read `@click.command()`."""
    return Tool("command", {"name": call.first("name")})


def group(_machine: Machine, call: Call) -> object:
    """Read `@click.group()` and `typer.Typer()`."""
    return Tool("group", {"name": call.first("name"), "commands": Map()})


def entry(function: Function, decorators: list[Tool]) -> Tool:
    """Give what a decorated function becomes: something that is called with the program's arguments."""
    found = Tool("entry", {"function": function, "options": Seq([d for d in decorators if d.kind == "option"])})
    for each in decorators:
        if each.kind == "group":
            found.data["commands"] = Map()
        if each.kind == "command" and isinstance(each.data.get("above"), Tool):
            _register(each.data["above"], each, function, found)
    return found


def _register(above: object, told: Tool, function: Function, found: Tool) -> None:
    commands = above.data.get("commands") if isinstance(above, Tool) else None
    if isinstance(commands, Map):
        name = told.data.get("name")
        own = function.node.name if not isinstance(function.node, ast.Lambda) else ""
        known = isinstance(name, Text) and name.value.exact
        commands.items[as_value(name).text if known else own.lower().replace("_", "-")] = found
        found.data["called"] = True


def of_group(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a group: `@cli.command()`, `app.add_typer(other, name='x')`, `cli.add_command(run)`."""
    if name in ("command", "group", "callback"):
        found = Tool("command" if name == "command" else "group", {"name": call.first("name"), "above": owner})
        found.data["commands"] = Map()
        return found
    if name in ("add_typer", "add_command") and call.given and isinstance(call.given[0], Tool):
        commands = owner.data.get("commands")
        told = call.second("name")
        if isinstance(commands, Map) and isinstance(told, Text):
            commands.items[told.value.text] = call.given[0]
        return UNKNOWN
    return entered(machine, owner, call) if name == "main" else UNKNOWN


def entered(
    machine: Machine, tool: Tool, call: Call, arguments: Sequence[Value] | None = None, depth: int = 0
) -> object:
    """Call what a command line library calls: the function, with the values of its options; a group's command."""
    tool.data["called"] = True
    passed = machine.arguments if arguments is None else arguments
    place, chosen = _chosen(tool.data.get("commands"), passed)
    function = tool.data.get("function")
    if isinstance(function, Function):
        known = [each for each in items_of(tool.data.get("options")) if isinstance(each, Tool)] or _typed(
            machine, function
        )
        machine.call(function, call.but([], values(known, passed if chosen is None else passed[:place])))
    commands = tool.data.get("commands")
    if chosen is None and isinstance(commands, Map) and len(commands.items) == 1 and function is None:
        (only,) = commands.items.values()
        chosen, place = only if isinstance(only, Tool) else None, -1
    return (
        entered(machine, chosen, call, passed[place + 1 :], depth + 1) if chosen is not None and depth < 6 else UNKNOWN
    )


def _typed(machine: Machine, function: Function) -> list[Tool]:
    """Give the options that typer makes of a function's parameters: those with a default are named."""
    spec = function.node.args
    parameters = [*spec.posonlyargs, *spec.args]
    defaults = [None] * (len(parameters) - len(spec.defaults)) + list(spec.defaults)
    if function.bound is not None:
        parameters, defaults = parameters[1:], defaults[1:]
    found: list[Tool] = []
    for each, default in [
        *zip(parameters, defaults, strict=True),
        *zip(spec.kwonlyargs, spec.kw_defaults, strict=True),
    ]:
        value = evaluate(machine, default, function.outer) if default is not None else UNKNOWN
        told = value if isinstance(value, Tool) and value.kind == "option" else None
        found.append(named_options(each.arg, told, default is not None, value))
    return found


def run(machine: Machine, call: Call) -> object:
    """Read `typer.run(main)` and `fire.Fire(main)`: words by place, `--name value` by name, methods by word."""
    thing = call.first("component", "function")
    passed = list(machine.arguments)
    while isinstance(thing, Class | Thing | Map | Module) and passed:
        word = passed.pop(0)
        made = machine.call(thing, call.but([])) if isinstance(thing, Class) else thing
        thing = made.items.get(word.text, UNKNOWN) if isinstance(made, Map) else attribute(machine, made, word.text)
    if isinstance(thing, Function):
        machine.call(thing, call.but([], values(_typed(machine, thing), passed)))
    return UNKNOWN


def settings_command(machine: Machine, call: Call) -> object:
    """Read Django's `execute_from_command_line(sys.argv)`: the command's module, its options, its `handle`."""
    given = call.first("argv")
    words = [as_value(item) for item in given.items[1:]] if isinstance(given, Seq) else list(machine.arguments)
    for word, after in zip(words, [*words[1:], literal("")], strict=True):
        # `--settings shop.settings.live` goes before what the program set.
        said = word.text.partition("=")[2] or after.text if word.text.startswith("--settings") else ""
        if said:
            machine.environment["DJANGO_SETTINGS_MODULE"] = literal(said)
    return _managed(machine, call, words[0].text, words[1:], {}) if words else UNKNOWN


def call_command(machine: Machine, call: Call) -> object:
    """Read Django's `call_command('name', 'argument', option=…)`."""
    name = as_value(call.first("command_name"))
    words = [as_value(each) for each in call.given[1:] if isinstance(each, Text)]
    return _managed(machine, call, name.text, words, call.named) if name.exact else UNKNOWN


def _managed(machine: Machine, call: Call, name: str, words: Sequence[Value], named: dict[str, object]) -> object:
    module = machine.command(name)
    kind = module.names.get("Command") if module is not None else None
    if not isinstance(kind, Class):
        return UNKNOWN
    made = machine.call(kind, call.but([]))
    asked = _new_parser([])
    machine.call(attribute(machine, made, "add_arguments"), call.but([asked]))
    found = {**parsed(asked, words).attributes, **named}
    handle = attribute(machine, made, "handle")
    return machine.call(handle, call.but([], {"verbosity": 1, **found}))

"""Variables of the environment in Python programs."""

from __future__ import annotations

from migrator.commands.languages.abstract import Choice, Text, anything, as_value, text
from migrator.commands.languages.python.machine import Machine


def environment(machine: Machine, key: object, default: object) -> object:
    """Give a variable of the environment: what the schedule or script sets, else the default, else unknown."""
    name = as_value(key)
    if name.exact and name.text in machine.environment:
        return Text(machine.environment[name.text])
    if name.exact and name.text == "HOME":
        return Text(machine.home)
    if default is None:
        return anything(f"${name.text}")
    # An empty default says that the setting matters where it is given, and it may be.
    return Choice((default, anything(f"${name.text}"))) if default in (text(""), False) else default

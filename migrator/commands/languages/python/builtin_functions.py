"""Built-in functions of Python over what is known of their arguments, the environment and the clock."""

from __future__ import annotations

from migrator.commands.languages.python.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    elements,
    text,
)
from migrator.commands.languages.python.attributes import attribute
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.dates import in_format
from migrator.commands.languages.python.evaluate import environment
from migrator.commands.languages.python.machine import Machine


def string_of(_machine: Machine, call: Call) -> object:
    """Read `str(…)`."""
    return Text(as_value(call.given[0])) if call.given else text("")


def getenv(machine: Machine, call: Call) -> object:
    """Read `os.getenv` and `os.environ.get`."""
    return environment(machine, call.first("key"), call.given[1] if len(call.given) > 1 else call.named.get("default"))


def clock(machine: Machine, _call: Call) -> object:
    """Read a question to the clock."""
    machine.findings.dated = True
    return Tool("clock")


def date_written(machine: Machine, call: Call) -> object:
    """Read `time.strftime(format)`."""
    machine.findings.dated = True
    return in_format(call.first("format"))


def passed_on(_machine: Machine, call: Call) -> object:
    """Read a call that gives its argument back as it is, for all that matters here."""
    return call.given[0] if call.given else Seq([])


def counting(_machine: Machine, call: Call) -> object:
    """Read `range`."""
    if len(call.given) == 1 and isinstance(call.given[0], int) and 0 <= call.given[0] <= 12:
        return Seq(list(range(call.given[0])))
    return Seq([UNKNOWN], True)


def zipped(_machine: Machine, call: Call) -> object:
    """Read `zip`."""
    columns = [elements(one) for one in call.given[:6]]
    return Seq(
        [Seq(list(row)) for row in zip(*columns, strict=False)], any(isinstance(g, Seq) and g.open for g in call.given)
    )


def counted(_machine: Machine, call: Call) -> object:
    """Read `enumerate`."""
    return Seq([Seq([UNKNOWN, element]) for element in elements(call.given[0] if call.given else UNKNOWN)], True)


def mapped(machine: Machine, call: Call) -> object:
    """Read `map`: the function is called for each known element."""
    if len(call.given) < 2:
        return UNKNOWN
    columns = [elements(one, 12) for one in call.given[1:4]]
    found = [machine.call(call.given[0], call.but(list(row))) for row in zip(*columns, strict=False)]
    return Seq(found, not isinstance(call.given[1], Seq) or call.given[1].open)


def filtered(_machine: Machine, call: Call) -> object:
    """Read `filter`: what is left may be any of the elements."""
    return Seq(elements(call.given[1]), True) if len(call.given) > 1 else UNKNOWN


def one_of(_machine: Machine, call: Call) -> object:
    """Read `max`, `min` and `next`."""
    found = elements(call.given[0]) if call.given else []
    return found[0] if len(found) == 1 else (anything() if found and isinstance(found[0], Text) else UNKNOWN)


def dictionary(_machine: Machine, call: Call) -> object:
    """Read `dict(…)`."""
    found = Map(dict(call.given[0].items) if call.given and isinstance(call.given[0], Map) else {})
    found.items.update(call.named)
    return found


def length_of(_machine: Machine, call: Call) -> object:
    """Read `len`."""
    if call.given and isinstance(call.given[0], Seq) and not call.given[0].open:
        return len(call.given[0].items)
    return UNKNOWN


def attribute_of(machine: Machine, call: Call) -> object:
    """Read `getattr`."""
    if len(call.given) > 1 and isinstance(call.given[1], Text) and call.given[1].value.exact:
        return attribute(machine, call.given[0], call.given[1].value.text)
    return UNKNOWN

"""What is a language's own: its parser, its idioms, the functions and methods that the reader knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from migrator.commands.languages.reading.idioms import Idioms
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Frame, Given
from migrator.commands.languages.syntax import nodes

Known: TypeAlias = Callable[[Machine, Given], object]


def rows(names: str, reader: Known) -> dict[str, Known]:
    """Give several names one reader; `~` stands for a blank in a name."""
    return {name.replace("~", " "): reader for name in names.split()}


@dataclass(frozen=True, slots=True)
class Language:
    """A language. `joins` are operators that join strings; `flat` says that lists run into each other (Perl).

    `ends` says that a function gives its last expression; `names` are values of names of the language's own.
    """

    name: str
    parse: Callable[[str], nodes.Program]
    idioms: Idioms
    functions: Mapping[str, Known]
    methods: Mapping[str, Known]
    joins: frozenset[str] = frozenset()
    flat: bool = False
    ends: bool = False
    this: str = ""
    names: Mapping[str, Callable[[Machine, Frame], object]] = field(default_factory=dict)

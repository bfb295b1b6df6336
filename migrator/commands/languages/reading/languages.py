"""The languages that are read by their tree."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.commands.languages.idioms import IDIOMS
from migrator.commands.languages.python.abstract import Seq, Text, Tool, anything, text
from migrator.commands.languages.reading import perl_library
from migrator.commands.languages.reading.language import Language
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.modules import folder_of
from migrator.commands.languages.syntax import perl
from migrator.commands.values import unknown


def _folder(machine: Machine) -> object:
    return Text(folder_of(machine.main.deployed)) if machine.main is not None else anything()


def _script(machine: Machine) -> object:
    return Text(machine.main.deployed) if machine.main is not None else anything()


def _process(_machine: Machine) -> object:
    return Text(unknown("pid", private=True))


def _arguments(machine: Machine) -> object:
    found = machine.globals.get("@ARGV")
    if not isinstance(found, Seq):
        found = machine.globals["@ARGV"] = Seq(machine.arguments)
    return found


def _environment(_machine: Machine) -> object:
    return Tool("environment")


_PERL = Language(
    "perl",
    perl.parse,
    IDIOMS["perl"],
    perl_library.FUNCTIONS,
    perl_library.METHODS,
    (".pm", ".pl"),
    frozenset((".",)),
    flat=True,
    ends=True,
    names={
        "$0": _script,
        "$$": _process,
        "$FindBin::Bin": _folder,
        "$FindBin::RealBin": _folder,
        "$Bin": _folder,
        "$RealBin": _folder,
        "@ARGV": _arguments,
        "%ENV": _environment,
        "$^T": lambda machine: anything("time", dated=True),
        "__DIR__": _folder,
        "__END__": lambda machine: text(""),
    },
)

LANGUAGES: Mapping[str, Language] = {"perl": _PERL}

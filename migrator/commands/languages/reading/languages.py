"""The languages that are read by their tree."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from migrator.commands.languages.abstract import Map, Seq, Text, Tool, anything, text
from migrator.commands.languages.paths import folder_of
from migrator.commands.languages.reading import idioms, node_library, perl_library, php_library, r_library, ruby_library
from migrator.commands.languages.reading.language import Language
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Arguments, Frame, Kind
from migrator.commands.languages.syntax import node, perl, php, r, ruby
from migrator.commands.values import unknown


def _folder(_machine: Machine, frame: Frame) -> object:
    return Text(folder_of(frame.unit.deployed))


def _main_folder(machine: Machine, _frame: Frame) -> object:
    return Text(folder_of(machine.main.deployed))


def _file(_machine: Machine, frame: Frame) -> object:
    return Text(frame.unit.deployed)


def _script(machine: Machine, _frame: Frame) -> object:
    return Text(machine.main.deployed)


def _process(_machine: Machine, _frame: Frame) -> object:
    return Text(unknown("pid", private=True))


def _arguments(machine: Machine, _frame: Frame) -> object:
    found = machine.globals.get("@ARGV")
    if not isinstance(found, Seq):
        found = machine.globals["@ARGV"] = Arguments(list(machine.arguments))
    return found


def _script_and_arguments(machine: Machine, frame: Frame) -> object:
    holder = frame.holder("$argv")
    if holder is not None:
        # `array_shift($argv)` leaves what is left.
        return holder.names["$argv"]
    return Arguments([_script(machine, frame), *machine.arguments])


def _environment(_machine: Machine, _frame: Frame) -> object:
    return Tool("environment")


def _time(_machine: Machine, _frame: Frame) -> object:
    return anything("time", dated=True)


def _own_kind(machine: Machine, frame: Frame) -> object:
    return machine.kind(frame.kind) if frame.kind else Kind("")


def _parent_kind(machine: Machine, frame: Frame) -> object:
    bases = machine.kind(frame.kind).bases if frame.kind else []
    return machine.kind(bases[0]) if bases else Kind("")


def _this(_machine: Machine, frame: Frame) -> object:
    return frame.this if frame.this is not None else Kind("")


def _globals(machine: Machine, frame: Frame) -> object:
    """Give `$GLOBALS`: the variables of the program's own statements."""
    top = machine.top.names if machine.top is not None else frame.names
    return Map({name[1:]: value for name, value in top.items() if name.startswith("$")})


def _fixed(said: str) -> Callable[[Machine, Frame], object]:
    return lambda _machine, _frame: text(said)


Names = dict[str, Callable[[Machine, Frame], object]]

_PERL_NAMES: Names = {
    "$0": _script,
    "$$": _process,
    "$FindBin::Bin": _main_folder,
    "$FindBin::RealBin": _main_folder,
    "$Bin": _main_folder,
    "$RealBin": _main_folder,
    "$FindBin::Script": _script,
    "@ARGV": _arguments,
    "%ENV": _environment,
    "$^T": _time,
    "__FILE__": _file,
}
_PHP_NAMES: Names = {
    "__DIR__": _folder,
    "__FILE__": _file,
    "DIRECTORY_SEPARATOR": _fixed("/"),
    "PHP_EOL": _fixed("\n"),
    "PATH_SEPARATOR": _fixed(":"),
    "$argv": _script_and_arguments,
    "$_ENV": _environment,
    "$GLOBALS": _globals,
    "self": _own_kind,
    "static": _own_kind,
    "parent": _parent_kind,
}
_RUBY_NAMES: Names = {
    "__dir__": _folder,
    "__FILE__": _file,
    "$0": _script,
    "$PROGRAM_NAME": _script,
    "$$": _process,
    "ARGV": _arguments,
    "ENV": _environment,
    "self": _this,
}
_NODE_NAMES: Names = {
    "__dirname": _folder,
    "__filename": _file,
    "import.meta.dirname": _folder,
    "import.meta.filename": _file,
    "import.meta.url": _file,
    "process.env": _environment,
    "process.argv": node_library.arguments,
    "process.pid": _process,
    "path.sep": _fixed("/"),
    "require.main": _this,
}

LANGUAGES: Mapping[str, Language] = {
    "perl": Language(
        "perl",
        perl.parse,
        idioms.PERL,
        perl_library.FUNCTIONS,
        perl_library.METHODS,
        frozenset((".",)),
        flat=True,
        ends=True,
        names=_PERL_NAMES,
    ),
    "php": Language(
        "php",
        php.parse,
        idioms.PHP,
        php_library.FUNCTIONS,
        php_library.METHODS,
        frozenset((".",)),
        this="$this",
        names=_PHP_NAMES,
    ),
    "ruby": Language(
        "ruby",
        ruby.parse,
        idioms.RUBY,
        ruby_library.FUNCTIONS,
        ruby_library.METHODS,
        frozenset(("+",)),
        ends=True,
        names=_RUBY_NAMES,
    ),
    "node": Language(
        "node",
        node.parse,
        idioms.NODE,
        node_library.FUNCTIONS,
        node_library.METHODS,
        frozenset(("+",)),
        this="this",
        names=_NODE_NAMES,
    ),
    "r": Language("r", r.parse, idioms.R, r_library.FUNCTIONS, r_library.METHODS, frozenset(), ends=True, names={}),
}

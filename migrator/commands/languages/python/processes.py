"""Commands, threads and sleeps of Python programs."""

from __future__ import annotations

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Tool,
    as_value,
    elements,
    flattened,
    text,
    text_options,
)
from migrator.commands.languages.paths import absolute
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.model import Mode

_LONGEST = 10**9


def started(machine: Machine, call: Call) -> object:
    """Read a command that the program starts; what it says is not known."""
    machine.start(call.first("args", "cmd", "command"), call)
    return UNKNOWN


def spawned(machine: Machine, call: Call) -> object:
    """Read `os.execv(path, arguments)` and `asyncio.create_subprocess_exec(program, *arguments)`."""
    words = call.given[1].items if len(call.given) > 1 and isinstance(call.given[1], Seq) else call.given
    machine.start(Seq(list(words)), call.but([], {}))
    return UNKNOWN


def as_program(machine: Machine, call: Call) -> object:
    """Read `rrdtool.update(path, "N:1")`: the library does what the program of its name does with these words."""
    program, _, action = call.written.rpartition(".")
    machine.start(Seq([text(program), text(action), *flattened(call.given)]), call.but([], {}))
    return UNKNOWN


def notebook(machine: Machine, call: Call) -> object:
    """Read `papermill.execute_notebook(source, target)`."""
    machine.touch(Mode.READ, call.first("input_path"), call)
    machine.touch(Mode.WRITE, call.second("output_path"), call)
    return UNKNOWN


def slept(machine: Machine, call: Call) -> object:
    """Read `time.sleep`."""
    given = call.given[0] if call.given else 0
    seconds = given if isinstance(given, int | float) and not isinstance(given, bool) else 0
    machine.slept = int(seconds) if 0 <= seconds < _LONGEST else 0
    return None


def thread_target(machine: Machine, call: Call) -> object:
    """Read a thread or process: its target is called."""
    if "target" in call.named:
        more = call.named.get("kwargs")
        named = {str(key): value for key, value in more.items.items()} if isinstance(more, Map) else {}
        machine.call(call.named["target"], call.but(elements(call.named.get("args", Seq([]))), named))
    return Tool("thread")


def module_run(machine: Machine, call: Call) -> object:
    """Read `runpy.run_module('pkg.mod')` and `importlib.import_module('pkg.mod')`: the module's statements."""
    name = as_value(call.first("mod_name", "name"))
    found = machine.imported(name.text, call.frame) if name.exact else None
    return UNKNOWN if found is None else found


def searched(machine: Machine, call: Call) -> object:
    """Read `sys.path.insert(0, folder)` and `sys.path.append(folder)`."""
    for option in text_options(call.given[-1] if call.given else UNKNOWN):
        machine.search(absolute(option.value, machine.folder))
    return None

"""Commands that change the shell itself (POSIX 2.14, «Special Built-In Utilities»; bash(1), SHELL BUILTIN COMMANDS)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NoReturn, TypeAlias

from migrator.verify.traces.expansion import known
from migrator.verify.traces.known_tests import known_status
from migrator.verify.traces.recording import readable
from migrator.verify.traces.shell_state import ExitShell, LeaveLoop, Opened, ReturnFromFunction, Shell, unknown

if TYPE_CHECKING:
    from migrator.verify.traces.interpreter import ShellRun

_DIGITS = 9  # of a number that a shell takes


@dataclass(frozen=True, slots=True)
class Call:
    """A built-in command: who runs it, in which shell, its words and its redirections."""

    run: ShellRun
    shell: Shell
    words: list[str]
    redirects: tuple[str, ...]


Builtin: TypeAlias = Callable[[Call], int]


_JOB = re.compile(r"\x00job (-?\d+)\x01|%(\d+)")
_SWITCHES = {"e": "errexit", "errexit": "errexit", "pipefail": "pipefail"}
_HARMLESS = frozenset("uxv")
_DECLARED = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)(?:=(.*))?", re.DOTALL)


def _exit(call: Call) -> NoReturn:
    raise ExitShell(_status(call.shell, call.words))


def _return(call: Call) -> NoReturn:
    if not call.shell.depth:
        raise unknown("it returns from no function")
    raise ReturnFromFunction(_status(call.shell, call.words))


def _leave(call: Call) -> NoReturn:
    levels = call.words[1] if len(call.words) > 1 else "1"
    if not call.shell.loops or not levels.isdecimal() or len(levels) > _DIGITS:
        raise unknown(f"its {call.words[0]} leaves no loop")
    raise LeaveLoop(int(levels), goes_on=call.words[0] == "continue")


def _status(shell: Shell, words: list[str]) -> int:
    if len(words) == 1:
        return shell.status
    if not words[1].isdecimal() or len(words[1]) > _DIGITS:
        raise unknown(f"it ends with the status {readable(words[1])}, which only a run knows")
    return int(words[1]) & 255


def _constant(call: Call) -> int:
    return int(call.words[0] == "false")


def _cd(call: Call) -> int:
    """Go to a folder. It is no step, but it can fail."""
    places = [word for word in call.words[1:] if word not in ("--", "-P", "-L")]
    status = call.run.recorder.status(readable(" ".join(["cd", *places])), call.shell.turn, steady=True)
    if status == 0:
        call.shell.change_folder(places[0] if places else "\x00$HOME\x01")
    return status


def _pushd(call: Call) -> int:
    """Go to a folder and keep the one before (bash(1), pushd); other forms turn a stack that a run may have changed."""
    places = call.words[1:]
    if not call.shell.bash or len(places) != 1 or places[0][:1] in ("+", "-"):
        raise unknown("it uses pushd")
    status = call.run.recorder.status(readable(f"pushd {places[0]}"), call.shell.turn, steady=True)
    if status == 0:
        call.shell.kept = (*call.shell.kept, call.shell.folder)
        call.shell.change_folder(places[0])
    return status


def _popd(call: Call) -> int:
    if not call.shell.kept or len(call.words) > 1:
        raise unknown("it uses popd")
    call.shell.kept, call.shell.folder = call.shell.kept[:-1], call.shell.kept[-1]
    return 0


def _set(call: Call) -> int:
    index = set_options(call.shell, call.words)
    if index < len(call.words):
        call.shell.positional = call.words[index + (call.words[index] in ("-", "--")) :]
    return 0


def set_options(shell: Shell, words: Sequence[str]) -> int:
    """Switch the options that `set` names; give the index of the first word that is none."""
    index = 1
    while index < len(words) and words[index][:1] in ("-", "+") and words[index] not in ("-", "--"):
        on, letters = words[index][0] == "-", words[index][1:]
        for letter in letters:
            if letter == "o":
                index += 1
                _switch(shell, words[index] if index < len(words) else "", on=on)
            else:
                _switch(shell, letter, on=on)
        index += 1
    return index


def _switch(shell: Shell, name: str, *, on: bool) -> None:
    if name in _SWITCHES:
        setattr(shell, _SWITCHES[name], on)
    elif name == "E" or name == "errtrace":
        raise unknown("its ERR trap holds in functions too")
    elif name not in _HARMLESS and name not in ("nounset", "xtrace", "verbose"):
        shell.around = (*shell.around, f"set {'-' if on else '+'}{name}")


def _shift(call: Call) -> int:
    if call.shell.positional is not None:
        count = int(call.words[1][:_DIGITS]) if len(call.words) > 1 and call.words[1].isdecimal() else 1
        call.shell.positional = call.shell.positional[count:]
    return 0


def _declare(call: Call) -> int:
    exports = call.words[0] == "export" or "-x" in call.words
    for word in call.words[1:]:
        match = _DECLARED.fullmatch(word)
        if match is None:
            continue
        if match[2] is not None:
            call.shell.variables[match[1]] = match[2]
        if exports:
            call.shell.exported.add(match[1])
    return 0


def _unset(call: Call) -> int:
    for word in call.words[1:]:
        call.shell.variables[word] = None
    return 0


def _read_line(call: Call) -> int:
    status = call.run.start(call.shell, tuple(call.words), call.redirects)
    for word in call.words[1:]:
        if not word.startswith("-"):
            call.shell.variables[word] = (
                f"\x00{word} of line {call.run.recorder.counts[readable(' '.join(call.words))]}\x01"
            )
    return status


def _exec(call: Call) -> int:
    if len(call.words) == 1:
        call.shell.redirected = (*call.shell.redirected, *(Opened(one) for one in call.redirects))
        return 0
    raise ExitShell(call.run.start(call.shell, tuple(call.words[1:]), call.redirects), trapped=False)


def _trap(call: Call) -> int:
    words = [word for word in call.words if word != "--"]
    if len(words) < 3:
        return 0
    text: str | None = None if words[1] == "-" else readable(words[1])
    for signal in words[2:]:
        if signal in ("EXIT", "0"):
            call.shell.exit_trap = text
        elif signal == "ERR" and call.shell.bash:
            call.shell.error_trap = text
        elif signal in ("ERR", "DEBUG", "RETURN"):
            raise unknown(f"it has a trap for {signal}")
        else:
            continue
        if not known(words[1]):
            raise unknown("the text of its trap is only known in a run")
    return 0


def _wait(call: Call) -> int:
    if len(call.words) == 1:
        call.shell.wait_for(range(len(call.shell.jobs)))
        return 0
    numbers: list[int] = []
    for word in call.words[1:]:
        match = _JOB.fullmatch(word)
        number = -1 if match is None else int(match[1]) if match[1] else int(match[2]) - 1
        if not 0 <= number < len(call.shell.jobs):
            raise unknown(f"it waits for {readable(word)}, which only a run knows")
        numbers.append(number)
    return call.shell.wait_for(numbers)


def _test(call: Call) -> int:
    inner = call.words[1:-1] if call.words[0] == "[" else call.words[1:]
    status = known_status(inner)
    return call.run.ask(call.shell, tuple(call.words), call.redirects) if status is None else status


def _source(call: Call) -> int:
    """Take over the settings of another file. It is no step, but it can fail."""
    text = " ".join(call.words[1:])
    call.shell.around = (*call.shell.around, f". {text}")
    return call.run.recorder.status(readable(f". {text}"), call.shell.turn, steady=True)


def _surrounding(call: Call) -> int:
    call.shell.around = (*call.shell.around, " ".join(call.words))
    return 0


def _not_read(call: Call) -> NoReturn:
    raise unknown(f"it uses {call.words[0]}")


BUILTINS: Mapping[str, Builtin] = {
    ":": _constant,
    ".": _source,
    "[": _test,
    "alias": _not_read,
    "break": _leave,
    "cd": _cd,
    "continue": _leave,
    "declare": _declare,
    "eval": _not_read,
    "exec": _exec,
    "exit": _exit,
    "export": _declare,
    "false": _constant,
    "local": _declare,
    "popd": _popd,
    "pushd": _pushd,
    "read": _read_line,
    "readonly": _declare,
    "return": _return,
    "set": _set,
    "shift": _shift,
    "shopt": _surrounding,
    "source": _source,
    "test": _test,
    "trap": _trap,
    "true": _constant,
    "typeset": _declare,
    "ulimit": _surrounding,
    "umask": _surrounding,
    "unset": _unset,
    "wait": _wait,
}

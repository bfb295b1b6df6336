"""Arguments, printing, exit codes. Heavy modules are imported inside the commands: `--help` stays quick."""

from __future__ import annotations

import atexit
import gc
import io
import os
import signal
import sys
from types import FrameType

import click

from migrator import __version__
from migrator.cli.cutover import cutover
from migrator.cli.diff import diff
from migrator.cli.explain import explain
from migrator.cli.graph import graph
from migrator.cli.init import init
from migrator.cli.plan import plan
from migrator.cli.scan import scan
from migrator.cli.schedule import schedule
from migrator.cli.schema import schema
from migrator.cli.status import DONE, FAILED, INTERRUPTED, TERMINATED
from migrator.cli.verify import verify
from migrator.model import MigratorError

_COMPLETE = "_MIGRATOR_COMPLETE"  # click's name for it: eval "$(_MIGRATOR_COMPLETE=bash_source migrator)"
_ENDING = (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)  # besides SIGINT, which Python itself takes
_CONTEXT = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _CommandLine(click.Group):
    """The commands, listed in the order in which one needs them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - as in click.Group
        """Give the names in the order of their registration."""
        return list(self.commands)


@click.group(cls=_CommandLine, context_settings=_CONTEXT)
@click.version_option(__version__, prog_name="migrator")
def command_line() -> None:
    """Read everything that cron starts on a host or a fleet, and plan where each job should go.

    PATH is a crontab, a manifest, a folder of them, a host's root tree, a fleet (a folder of root trees), or - for
    standard input.

    \b
    Exit codes:
      0         done, and every line was read
      1         migrator failed (a full disk, too)
      2         wrong usage or settings
      3         no job found
      11        done, but something is unread, undecided or rejected
      12        an artifact failed its check
      130, 143  interrupted
    """  # noqa: D301 - click takes the character \b, not the two letters


for _command in (scan, plan, explain, graph, verify, cutover, diff, schedule, init, schema):
    command_line.add_command(_command)


class _Terminated(BaseException):
    """One of `_ENDING` arrived; like KeyboardInterrupt it unwinds, so that temporary folders are removed."""


def _terminate(_number: int, _frame: FrameType | None) -> None:
    # timeout(1) sends the signal twice, a session that ends more than one: the second must not cut the tidying short.
    for number in _ENDING:
        signal.signal(number, signal.SIG_IGN)
    raise _Terminated


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the contract's exit code."""
    for number in _ENDING:
        # What the caller has us ignore stays ignored: nohup(1), a shell's background.
        if number == signal.SIGTERM or signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _terminate)
    # A parent that ignores its children hands that on, and then nobody could wait for a core's answer (wait(2)).
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _open_closed_streams()
    # Nearly all values live until the end of the run: looking for garbage among them took up to half of the time.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A name in a language that the terminal cannot show is no reason to stop.
            stream.reconfigure(errors="backslashreplace")
    # Python looks for garbage once more at its end: whatever is left ends with the process.
    atexit.register(gc.freeze)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; give the exit code instead of leaving."""
    try:
        return _run(arguments)
    except click.ClickException as error:
        shown = io.StringIO()
        error.show(file=shown)
        click.echo(printable(shown.getvalue()), nl=False, err=True)
        return error.exit_code
    except MigratorError as error:
        click.echo(f"migrator: {printable(str(error))}", err=True)
        return error.exit_code
    except KeyboardInterrupt:
        click.echo(err=True)  # after the terminal's ^C
        return INTERRUPTED
    except _Terminated:
        return TERMINATED
    except (BrokenPipeError, SystemExit):
        # The reader of our output has what it wants (`| head`); rich leaves by itself then, with SystemExit.
        _drop_output()
        return DONE
    except MemoryError:
        _drop_output()
        click.echo("migrator: the memory is full; leave files out with --exclude, or raise the limit", err=True)
        return FAILED
    except OSError as error:
        _drop_output()
        click.echo(f"migrator: {printable(str(error.filename or 'standard output'))}: {error.strerror}", err=True)
        return FAILED


def _run(arguments: list[str] | None) -> int:
    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete

        return shell_complete(command_line, {}, "migrator", _COMPLETE, instruction)
    given = sys.argv[1:] if arguments is None else arguments
    try:
        with command_line.make_context("migrator", list(given)) as context:
            result = command_line.invoke(context)
    except click.exceptions.Exit as leave:
        result = leave.exit_code
    # What does not fit on the disk must fail here, not unnoticed when Python leaves.
    sys.stdout.flush()
    return result if isinstance(result, int) else DONE


def _open_closed_streams() -> None:
    """Give the streams that the caller has closed a place where nothing is; else the next file opened would be one."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # takes the lowest number that is free: this one
    for number, name in ((1, "stdout"), (2, "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(number, "w", encoding="utf-8", closefd=False))


def _drop_output() -> None:
    """Let Python leave without another try to print what nobody takes (docs.python.org, "Note on SIGPIPE")."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # a stream of a test has no number
        return


def printable(text: str) -> str:
    """Show what a terminal would act on, or could not encode, as an escape."""
    return "".join(
        character
        if character.isprintable() or character == "\n"
        else character.encode("unicode_escape", "surrogatepass").decode()
        for character in text
    )

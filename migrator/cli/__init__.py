"""Arguments, printing, exit codes. Heavy modules are imported inside the commands: `--help` stays quick."""

from __future__ import annotations

import signal
import sys
from types import FrameType

import click

from migrator import __version__
from migrator.cli.explain import explain
from migrator.cli.graph import graph
from migrator.cli.init import init
from migrator.cli.plan import plan
from migrator.cli.scan import scan
from migrator.cli.schedule import schedule
from migrator.cli.schema import schema
from migrator.model import MigratorError

INTERRUPTED = 130
TERMINATED = 143


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="migrator")
def command_line() -> None:
    r"""Read everything that cron runs here, and plan where each job should go.

    \b
    Exit codes: 0 done, 1 migrator failed, 2 wrong usage or settings, 3 no job found,
    11 done but something is unread, undecided or rejected, 12 an artifact failed its check,
    130/143 interrupted.
    """


for _command in (scan, plan, explain, graph, schedule, init, schema):
    command_line.add_command(_command)


class _Terminated(BaseException):
    """SIGTERM arrived; like KeyboardInterrupt it unwinds, so that temporary folders are removed."""


def _terminate(_number: int, _frame: FrameType | None) -> None:
    raise _Terminated


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and leave with the contract's exit code."""
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(run(arguments))


def run(arguments: list[str] | None = None) -> int:
    """Run the command line; give the exit code instead of leaving."""
    try:
        result = command_line.main(arguments, prog_name="migrator", standalone_mode=False)
    except click.exceptions.Exit as leave:
        return leave.exit_code
    except click.exceptions.Abort:
        return INTERRUPTED
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except MigratorError as error:
        click.echo(f"migrator: {printable(str(error))}", err=True)
        return error.exit_code
    except KeyboardInterrupt:
        return INTERRUPTED
    except _Terminated:
        return TERMINATED
    except BrokenPipeError:
        # The reader of our output left (`| head`): not our failure, and nobody is there to be told.
        sys.stderr.close()
        return 0
    return result if isinstance(result, int) else 0


def printable(text: str) -> str:
    """Show what a terminal would act on, or could not encode, as an escape."""
    return "".join(
        character
        if character.isprintable() or character == "\n"
        else character.encode("unicode_escape", "surrogatepass").decode()
        for character in text
    )

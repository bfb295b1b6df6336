"""`migrator cutover`: the edited crontab of a wave."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click

from migrator.cli.new_file import write_new
from migrator.cli.status import DONE, WRONG_USAGE
from migrator.model import MigratorError

_MOST_INPUT = 16 << 20
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})


class OutputError(MigratorError):
    """A place that the edited tab must not be written to."""

    exit_code = WRONG_USAGE


@click.command(short_help="Write a wave's crontab with its lines switched off.")
@click.argument("directory", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("number", metavar="WAVE", type=int)
@click.argument("source", metavar="PATH")
@click.option(
    "-o",
    "--output",
    required=True,
    metavar="TAB",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The file to write, outside DIR; it must not exist yet.",
)
@click.option("--undo", is_flag=True, help="Switch the wave's lines on again.")
@click.option("--all", "every", is_flag=True, help="Switch off lines too whose job no file of the plan starts.")
def cutover(directory: Path, number: int, source: str, output: Path, undo: bool, every: bool) -> int:
    """Write the crontab of a wave with its lines made comments, every other byte kept.

    PATH is the crontab as it is now (a copy will do), or the folder that was planned; - is standard input. The file
    must be the one that the plan was made from, lines apart that an earlier wave switched off. A line whose job no file
    of the plan starts stays on: it would run nowhere. The result is read again
    and compared before it is written; where it would not be exact nothing is written, and the reason is given.
    """
    from migrator import report
    from migrator.cli.written import read_plan
    from migrator.plan.cutover import choose_tab, find_wave
    from migrator.plan.tabs import switch_off, switch_on

    plan = read_plan(directory)
    wave = find_wave(plan, number)
    path = _tab_path(source, wave.number, [tab.path for tab in wave.tabs])
    data = _bytes(path)
    _check_output(output, directory, path)
    choice = choose_tab(plan, wave, "" if path is None else path.absolute().as_posix(), data, every=every or undo)
    edited = switch_on(data, choice.tab) if undo else switch_off(data, choice.tab)
    _write(output, edited.data)
    report.print_cutover(plan, choice.part, edited, output, sys.stdout, undo=undo)
    return DONE


def _tab_path(source: str, number: int, names: list[str]) -> Path | None:
    """Give the file to edit; of a folder the wave's only file in it. None is standard input."""
    if source == "-":
        return None
    path = Path(source)
    if not path.is_dir():
        return path
    found = [name for name in dict.fromkeys(names) if (path / name).is_file()]
    if len(found) == 1:
        return path / found[0]
    fault = f"holds {len(found)} files of wave {number}" if found else f"holds no file of wave {number}"
    shown = ", ".join(found[:8] or names[:8])
    raise OutputError(source, fault, f"name one file: {shown}" + (" …" if len(found or names) > 8 else ""))


def _bytes(path: Path | None) -> bytes:
    if path is None:
        data = sys.stdin.buffer.read(_MOST_INPUT + 1)
    else:
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
            with os.fdopen(descriptor, "rb") as stream:
                data = stream.read(_MOST_INPUT + 1)
        except OSError as error:
            raise OutputError(str(path), error.strerror or "cannot be read", "check the path and its mode") from error
    if len(data) > _MOST_INPUT:
        raise OutputError(str(path or "-"), f"is larger than {_MOST_INPUT >> 20} MiB", "name a crontab")
    return data


def _check_output(output: Path, directory: Path, source: Path | None) -> None:
    place, folder = Path(os.path.realpath(output)), Path(os.path.realpath(directory))
    folder = folder if folder.is_dir() else folder.parent
    if place.is_relative_to(folder):
        raise OutputError(str(output), "lies in the plan's folder, which holds no crontab", "write it outside")
    if source is not None and os.path.lexists(output) and output.exists() and output.samefile(source):
        raise OutputError(str(output), "is the crontab itself, which is never written to", "name a new file")


def _write(output: Path, data: bytes) -> None:
    try:
        # A crontab may hold secrets: nobody else may read the copy.
        write_new(output, data, 0o600)
    except FileExistsError as error:
        raise OutputError(str(output), "is there already", "remove it first, or give another name") from error
    except OSError as error:
        fault, remedy = error.strerror or "cannot be written", "nothing was written; choose another place"
        kind = MigratorError if error.errno in _NO_ROOM else OutputError
        raise kind(str(output), fault, remedy) from error

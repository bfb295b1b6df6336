"""The options that all commands over PATHs share."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from migrator.cli import this_host
from migrator.model import Dialect, Target

if TYPE_CHECKING:
    from migrator.pipeline import Request

_Decorator = Callable[[Callable[..., int]], Callable[..., int]]

_OPTIONS: Sequence[_Decorator] = (
    click.argument("paths", nargs=-1, metavar="[PATH]..."),
    click.option("--live", is_flag=True, help="Read this host instead of PATHs: your crontab, /etc and cron's spool."),
    click.option("--only", multiple=True, metavar="GLOB", help="Read only the files that match (repeatable)."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out the files that match (repeatable)."),
    click.option(
        "--as",
        "as_format",
        metavar="FORMAT",
        help="Read every file as this: crontab, system-crontab, periodic, anacrontab or manifest.",
    ),
    click.option(
        "--dialect",
        type=click.Choice([d.value for d in Dialect]),
        metavar="NAME",
        help=f"Whose cron rules hold, whatever the place says: {', '.join(Dialect)}.",
    ),
    click.option("--tz", "timezone", metavar="ZONE", help="The hosts' time zone (IANA), where no file says it."),
    click.option(
        "--map",
        "mappings",
        multiple=True,
        metavar="FROM=TO",
        help="Where a deployed folder lies below PATH: /opt/etl=etl (repeatable).",
    ),
    click.option(
        "--config",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The settings; else migrator.toml in PATH, or beside it.",
    ),
    click.option(
        "--target",
        "targets",
        multiple=True,
        metavar="CLUSTER=TARGET",
        help=f"Pin a cluster or job to {', '.join(Target)} (repeatable).",
    ),
    click.option(
        "--assume-installed",
        is_flag=True,
        help="Count the jobs of a file with a fault (no last newline, a name cron ignores) as active.",
    ),
)


_LOG_OPTIONS: Sequence[_Decorator] = (
    click.option(
        "--log",
        "logs",
        multiple=True,
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="A log of cron, plain or .gz, or a folder of logs: what ran, when, for how long (repeatable).",
    ),
    click.option(
        "--log-day",
        metavar="DATE",
        type=click.DateTime(["%Y-%m-%d"]),
        help="The day on which the logs were taken, for those that write no years; else today.",
    ),
)


def source_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the arguments and options that say what is read, and how."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def log_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the options that say which run logs are read."""
    for option in reversed(_LOG_OPTIONS):
        command = option(command)
    return command


def request(values: dict[str, Any]) -> Request:
    """Make the request from the options' values; raise UsageError where they do not fit together."""
    from migrator.pipeline import Request

    paths = tuple(values["paths"])
    _check_paths(paths, values["live"], values["as_format"])
    return Request(
        paths=paths,
        live=this_host.here() if values["live"] else None,
        only=values["only"],
        exclude=values["exclude"],
        as_format=values["as_format"],
        dialect=Dialect(values["dialect"]) if values["dialect"] else None,
        timezone=zone_name(values["timezone"]),
        mappings=tuple(_pair(text, "--map", "FROM=TO") for text in values["mappings"]),
        config=values["config"],
        targets=tuple(_target(text) for text in values["targets"]),
        assume_installed=values["assume_installed"],
        stdin=sys.stdin.buffer if "-" in paths and sys.stdin else None,
        logs=values.get("logs", ()),
        log_day=values["log_day"].date() if values.get("log_day") else None,
    )


def _check_paths(paths: tuple[str, ...], live: bool, as_format: str | None) -> None:
    if live and paths:
        msg = "--live reads this host; leave the PATHs out, or read them in a run of their own"
    elif live and as_format is not None:
        msg = "--live knows each file by its place; leave --as out"
    elif not paths and not live:
        msg = "name at least one PATH (a file, a folder, - for standard input), or give --live"
    elif paths.count("-") > 1:
        msg = "standard input can be read only once; give - once"
    else:
        return
    raise click.UsageError(msg)


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, separator, right = text.partition("=")
    if not separator or not left:
        msg = f"{text!r} is not of the form {form}"
        raise click.BadParameter(msg, param_hint=option)
    return left, right


def _target(text: str) -> tuple[str, Target]:
    # A cluster's title may hold `=`; a target's name does not.
    name, separator, target = text.rpartition("=")
    if not separator or not name or target not in list(Target):
        msg = f"{text!r} is not CLUSTER=TARGET with TARGET one of {', '.join(Target)}"
        raise click.BadParameter(msg, param_hint="--target")
    return name, Target(target)


def zone_name(name: str | None) -> str | None:
    """Check the name of a time zone; raise BadParameter for one that is not known."""
    if name is None:
        return None
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        msg = f"{name!r} is not an IANA time zone, such as Europe/Paris"
        raise click.BadParameter(msg, param_hint="--tz") from error
    return name

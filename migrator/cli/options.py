"""The options that all commands over PATHs share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from migrator.model import Dialect, Target
from migrator.pipeline import Request

_Decorator = Callable[[Callable[..., int]], Callable[..., int]]

_OPTIONS: tuple[_Decorator, ...] = (
    click.argument("paths", nargs=-1, metavar="PATH..."),
    click.option("--live", is_flag=True, help="Read this host: your crontab and /etc."),
    click.option("--only", multiple=True, metavar="GLOB", help="Read only files that match."),
    click.option("--exclude", multiple=True, metavar="GLOB", help="Leave out files that match."),
    click.option("--as", "as_format", metavar="FORMAT", help="Read every file as this format."),
    click.option(
        "--dialect",
        type=click.Choice([d.value for d in Dialect]),
        help="Whose cron rules hold, whatever the place says.",
    ),
    click.option("--tz", "timezone", metavar="ZONE", help="The hosts' time zone (IANA), where no file says it."),
    click.option("--map", "mappings", multiple=True, metavar="FROM=TO", help="A deployed prefix and its folder here."),
    click.option(
        "--config",
        type=click.Path(path_type=Path, dir_okay=False),
        help="Settings; else migrator.toml in or beside PATH.",
    ),
    click.option(
        "--target", "targets", multiple=True, metavar="CLUSTER=TARGET", help="Pin a cluster or job to a target."
    ),
    click.option("--assume-installed", is_flag=True, help="Faults of a file are findings; its jobs count as active."),
)


def source_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add the arguments and options that say what is read, and how."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def request(values: dict[str, Any]) -> Request:
    """Make the request from the options' values; raise UsageError where they do not fit together."""
    paths = tuple(values["paths"])
    if not paths and not values["live"]:
        msg = "name at least one PATH (a file, a folder, - for standard input), or give --live"
        raise click.UsageError(msg)
    return Request(
        paths=paths,
        live=values["live"],
        only=values["only"],
        exclude=values["exclude"],
        as_format=values["as_format"],
        dialect=Dialect(values["dialect"]) if values["dialect"] else None,
        timezone=zone_name(values["timezone"]),
        mappings=tuple(_pair(text, "--map", "FROM=TO") for text in values["mappings"]),
        config=values["config"],
        targets=tuple(_target(text) for text in values["targets"]),
        assume_installed=values["assume_installed"],
        stdin=click.get_binary_stream("stdin") if "-" in paths else None,
    )


def _pair(text: str, option: str, form: str) -> tuple[str, str]:
    left, separator, right = text.partition("=")
    if not separator or not left:
        msg = f"{text!r} is not of the form {form}"
        raise click.BadParameter(msg, param_hint=option)
    return left, right


def _target(text: str) -> tuple[str, Target]:
    # A cluster's title may hold `=`; a target's name does not.
    name, separator, target = text.rpartition("=")
    if not separator or target not in list(Target):
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

"""What is said about a line without stopping for it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.model import Dialect, Finding, Origin, Severity
from migrator.schedules.cron import Front, remarks, shown
from migrator.sources.grammar.assignment import Setting
from migrator.sources.grammar.command import has_two_backslashes
from migrator.sources.grammar.user import looks_like_user_column

_DATE_FORMAT = re.compile(r"\bdate\b[^|;&]*\+\S*$")
_NUMBERED = re.compile(r"(?<![^\s;|&])(?P<both>[12]?&)?(?(both)|[12])>[12](?![^\s;|&)])")
_NO_LOG = (
    "a leading `-` stops cronie from logging the start",
    "drop it; cronie takes it only from root and in system crontabs",
)


def of_schedule(front: Front, origin: Origin) -> tuple[Finding, ...]:
    """Give the remarks on an entry's schedule as findings."""
    said = remarks(front.schedule, front.broken)
    if not said and not front.quiet:
        return ()
    found = [Finding(origin, remark.kind, remark.text, remark.remedy, remark.severity) for remark in said]
    if front.quiet:
        found.append(Finding(origin, "quiet-entry", *_NO_LOG, Severity.NUISANCE))
    return tuple(found)


def of_command(
    raw: str, command: str, stdin: str | None, origin: Origin, dialect: Dialect, *, user_column: bool
) -> tuple[Finding, ...]:
    """Say what cron does to a command that a reader of the line may not expect."""
    found = [*_redirected(raw, origin)] if may_redirect_to_a_number(raw) else []
    if stdin is None and command and "\\" not in raw and raw[-1] != "\r":
        return (*found, *(() if user_column else _user_in_front(command, origin)))  # the usual line
    if raw.endswith("\r"):
        found.append(
            Finding(
                origin,
                "crlf",
                "the line ends in a carriage return, which becomes part of the command",
                "save the file with Unix line ends",
            )
        )
    if stdin is not None:
        found.append(_percent(command, stdin, origin))
    if dialect is Dialect.DEBIAN and has_two_backslashes(raw):
        found.append(
            Finding(
                origin,
                "backslash-collapse",
                "Debian's cron makes one backslash of two before the shell sees the command",
                "the command shown is what the shell gets",
                Severity.SILENT,
            )
        )
    if raw.endswith("\\") and dialect is not Dialect.BUSYBOX:
        found.append(
            Finding(
                origin,
                "no-continuation",
                "the command ends in a backslash: cron has no continuation lines, the next line stands for itself",
                "write the command on one line or in a script",
                Severity.SILENT,
            )
        )
    if not command.strip():
        found.append(Finding(origin, "empty-command", "the entry has no command and does nothing", "remove it"))
    return (*found, *(() if user_column else _user_in_front(command, origin)))


def may_redirect_to_a_number(raw: str) -> bool:
    """Say whether a command is worth a look for `2&>1` and `2>1`."""
    return "&>" in raw or ">1" in raw or ">2" in raw


def _redirected(raw: str, origin: Origin) -> Iterator[Finding]:
    for match in _NUMBERED.finditer(raw):
        what = (
            f"bash writes both outputs into a file called `{match[0][-1]}`, sh starts the command in the background"
            if match["both"]
            else f"the shell writes into a file called `{match[0][-1]}`"
        )
        text = f"`{match[0]}` joins no outputs: {what}"
        yield Finding(origin, "redirect-to-a-number", text, "if `2>&1` is meant, write that", Severity.SILENT)


def _user_in_front(command: str, origin: Origin) -> tuple[Finding, ...]:
    if not looks_like_user_column(command):
        return ()
    user = command.split(None, 1)[0]
    text = f"the command begins with `{shown(user)}`, a user's name: a user crontab has no user column"
    return (Finding(origin, "user-column", text, "drop the name, or read the file as a system crontab"),)


def _percent(command: str, stdin: str, origin: Origin) -> Finding:
    if _DATE_FORMAT.search(command):
        text = f"the command ends at an unescaped `%` inside a date format: the shell gets {_end_of(command)}"
    elif stdin:
        text = "an unescaped `%` ends the command; what follows is its standard input"
    else:
        text = "an unescaped `%` ends the command and gives it an empty standard input"
    return Finding(origin, "percent", text, "write `\\%` for a percent sign", Severity.SILENT)


def _end_of(command: str) -> str:
    """Quote the end of a command; marks that it has itself would end the quotation."""
    end = shown(command[-30:])
    return f"«… {end}»" if "`" in end else f"`… {end}`"


def of_setting(setting: Setting, raw: str, origin: Origin, dialect: Dialect) -> tuple[Finding, ...]:
    """Say what cron makes of a settings line that a reader may not expect."""
    found: list[Finding] = []
    if setting.cut:
        found.append(
            Finding(
                origin,
                "setting-cut",
                f"cron keeps only the beginning of the value of {shown(setting.name)}",
                "shorten the value",
                Severity.SILENT,
            )
        )
    if "$" in setting.value or "`" in setting.value:
        found.append(
            Finding(
                origin,
                "no-expansion",
                f"cron expands nothing in a settings line: {shown(setting.name)} holds the `$` as it stands",
                "write the full value",
                Severity.SILENT,
            )
        )
    if not setting.name:
        found.append(Finding(origin, "unnamed-setting", "a settings line without a name", "remove the line"))
    if dialect is not Dialect.BUSYBOX and raw.endswith("\r") and '"' not in raw and "'" not in raw:
        found.append(Finding(origin, "crlf", "the line ends in a carriage return", "save the file with Unix line ends"))
    return tuple(found)


def nul_byte(origin: Origin) -> Finding:
    """Say that a NUL hides a line break."""
    return Finding(
        origin,
        "nul-byte",
        "the line holds a NUL byte, which cron takes for a line break: what follows is an entry of its own",
        "remove the NUL and look at what stands behind it",
        Severity.SILENT,
    )

"""A script that runs a command as cron runs it: user, home, shell, environment, standard input, working folder.

cron's `child_process` (do_command.c) becomes the user, goes to HOME, makes an environment of LOGNAME, HOME, PATH, SHELL
and the settings lines above the entry (crontab(5)), and runs SHELL with `-c` and the command. SSM's agent runs scripts
as root: `runuser` (util-linux) changes to the user.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.secrets import JobSecrets, secrets_of
from migrator.artifacts.parts.shell_words import quoted, word
from migrator.model import Dialect
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import DaysPart, JobPart
from migrator.redaction.marks import MARK

NOT_TODAY = 64
"""The exit status of a test of the day on days that it does not hold on."""

_USER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}\$?")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_PATH = "/usr/bin:/bin"  # _PATH_DEFPATH of Debian's and cronie's pathnames.h
# Who sets no environment of its own (busybox's crond.c, `set_env_vars`: «We assume crond inherited suitable PATH»).
_INHERITED = {Dialect.BUSYBOX: "busybox's crond", Dialect.KUBERNETES: "its container's image"}
# What an entry cannot change (crontab(5)): it is the user that the command runs as.
_OWN = frozenset({"LOGNAME", "USER"})
# A value of these that is not known here cannot be used before the command runs.
_NEEDED = frozenset({"HOME", "PATH", "SHELL"})


@dataclass(frozen=True, slots=True)
class AsCron:
    """What a script needs. `lines` follow lines that set `user`, each secret's variable, and `zone` where `guarded`.

    One that is not `as_user` asks something of the host and needs no user. `rounds` counts the loops around it: the
    document's parameters `Round1`, `Round2` … say which item of each is meant.
    """

    lines: tuple[str, ...]
    user: str | None
    secrets: JobSecrets
    guarded: bool
    as_user: bool = True
    rounds: int = 0


Loop = tuple[str, tuple[str, ...]]
"""A shell variable and the words that it takes in turn."""


def as_cron(
    job: JobPart, guard: DaysPart | None = None, task: TaskPart | None = None, loops: Sequence[Loop] = ()
) -> AsCron:
    """Make the script of a job, or of one of its tasks; raise CannotBeSaidError where it cannot be restated exactly.

    `guard` names the days on which the command runs at all; the script then takes the moment that it was due at as the
    document's parameter `ScheduledTime`. `loops` are those around the task, the outermost first.
    """
    _check(job)
    if task is not None and job.stdin and task.command != job.command:
        msg = "its standard input would be there for each of its parts, and cron gives it once"
        raise CannotBeSaidError(msg)
    secrets = secrets_of(job, task)
    lines = [
        """home=$(getent passwd "$user" | cut -d: -f6)""",
        """[ -n "$home" ] || { echo "this host has no user $user" >&2; exit 1; }""",
    ]
    if guard is not None:
        lines += _guard(guard, 0)
    lines += [_item(number, loop) for number, loop in enumerate(loops, start=1)]
    command = job.command if task is None or task.command is None else task.command
    lines += _run(job, command, secrets, len(loops))
    return AsCron(tuple(lines), job.user, secrets, guard is not None, rounds=len(loops))


def day_test(days: DaysPart) -> AsCron:
    """Make a script that only tells whether a run goes on: it ends with `NOT_TODAY` on any other day."""
    return AsCron(tuple(_guard(days, NOT_TODAY)), None, JobSecrets((), (), ()), guarded=True, as_user=False)


def _check(job: JobPart) -> None:
    if job.inexact:
        raise CannotBeSaidError(job.inexact)
    if whose := _INHERITED.get(job.schedule.dialect):
        msg = f"its environment is that of {whose}, PATH too, and no file that was read says what that is"
        raise CannotBeSaidError(msg)
    if not job.command.strip():
        msg = "it has no command that a shell could run"
        raise CannotBeSaidError(msg)
    if job.user is not None and not _USER.fullmatch(job.user):
        msg = "what stands in its user's place is no name of a user"
        raise CannotBeSaidError(msg)
    for setting in job.settings:
        if setting.name in _NEEDED and MARK.search(setting.value):
            msg = f"the settings line {setting} puts a secret into {setting.name}"
            raise CannotBeSaidError(msg)
        if not _NAME.fullmatch(setting.name):
            msg = f"the settings line {setting} names a variable that no shell can hold"
            raise CannotBeSaidError(msg)


def _item(number: int, loop: Loop) -> str:
    """Give the line that sets `item_N` to the assignment that a loop's variable has in this round."""
    variable, items = loop
    if not _NAME.fullmatch(variable) or any(MARK.search(item) for item in items):
        msg = "a loop in it goes over a secret, or its variable has no name that a shell can hold"
        raise CannotBeSaidError(msg)
    arms = (
        f"{place}) item_{number}={quoted(f'{variable}={quoted(item)}; ')} ;;" for place, item in enumerate(items, 1)
    )
    return f"case '{{{{ Round{number} }}}}' in {' '.join(arms)} *) exit 1 ;; esac"


def _run(job: JobPart, command: str, secrets: JobSecrets, rounds: int = 0) -> list[str]:
    """Give the lines that run the command.

    The environment is set behind `runuser`: a settings line such as LD_PRELOAD must not reach a program of root's. A
    value with a secret goes by a file descriptor: the arguments of a program can be read by everyone on the host.
    """
    hidden = {s.name: marks for s, marks in zip(job.settings, secrets.settings, strict=True) if marks}
    values = {s.name: s.value for s in job.settings}
    assigned = [
        f"value_{number}={word(values[name], marks)}" for number, (name, marks) in enumerate(hidden.items(), start=1)
    ]
    fed = bool(job.stdin)
    first = "exec " if not fed else f"printf '%s' {word(job.stdin or '', secrets.stdin)} |\n"
    last = ["3<<VALUES"] if hidden else []
    lines = [
        f'{first}/sbin/runuser -u "$user" -- env -i',
        *_environment(job, frozenset(hidden)),
        f"/bin/sh -c {quoted(_inside(list(hidden)))}",
        quoted(job.shell),
        "".join(f'"$item_{number}"' for number in range(1, rounds + 1)) + word(command, secrets.command),
        *last,
        *([] if fed else ["< /dev/null"]),
    ]
    below = [*(f"$value_{number}" for number in range(1, len(hidden) + 1)), "VALUES"] if hidden else []
    return [*assigned, " \\\n  ".join(lines), *below]


def _inside(hidden: list[str]) -> str:
    """Give what runs as the user, in its environment: take the hidden values, go home, run the command."""
    taken = [f"IFS= read -r {name} <&3 && export {name}" for name in hidden]
    return " && ".join([*taken, *(["exec 3<&-"] if hidden else []), 'cd "$HOME"', 'exec "$0" -c "$1"'])


def _environment(job: JobPart, hidden: frozenset[str]) -> list[str]:
    """Give the variables as words; cron's own come first, and the entry's settings replace them in place."""
    own = {"HOME": 'HOME="$home"', "LOGNAME": 'LOGNAME="$user"', "PATH": f"PATH={_PATH}"}
    if job.schedule.dialect is not Dialect.DEBIAN:
        own["USER"] = 'USER="$user"'  # Debian's cron does not set it
    given = {
        setting.name: f"{setting.name}={quoted(setting.value)}"
        for setting in job.settings
        if setting.name not in _OWN and setting.name not in hidden
    }
    # An empty SHELL means the default to cron, as no SHELL does.
    given["SHELL"] = f"SHELL={quoted(job.shell)}"
    return list((own | given).values())


def _guard(days: DaysPart, otherwise: int) -> list[str]:
    return [
        # The moment that it was due at, not the moment at which it arrives: it may be late, on another day.
        "day=$(TZ=\"$zone\" date -d '{{ ScheduledTime }}' '+%d %u') || exit 1",
        f"case $day in {'|'.join(_patterns(days))}) ;; *) exit {otherwise} ;; esac",
    ]


def _patterns(days: DaysPart) -> list[str]:
    # %u counts Sunday as 7.
    weekdays = "".join(sorted(str(day or 7) for day in days.weekdays))
    if days.either:
        return [*(f"{day:02d}\\ ?" for day in days.days), f"??\\ [{weekdays}]"]
    weekday = "?" if len(days.weekdays) == 7 else f"[{weekdays}]"
    return [f"{day:02d}\\ {weekday}" for day in days.days] if len(days.days) < 31 else [f"??\\ {weekday}"]

"""Whether a document runs what cron runs: the same text, user, shell, environment and standard input.

What cron gives a command is read anew from crontab(5) and do_command.c here; nothing is taken over from what wrote it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from migrator.model import Dialect
from migrator.plan.jobs import JobPart
from migrator.redaction.marks import MARK
from migrator.verify.script import Name, Run, Word
from migrator.verify.stack import Stack
from migrator.verify.values import table

_DEFAULT_PATH = "/usr/bin:/bin"


def command_faults(job: JobPart, run: Run) -> Iterator[str]:
    """Say in what a script differs from the job."""
    yield from setting_faults(job, run)
    if not _same(job.command, run.command, run.secrets):
        yield "the command is another text"


def secret_faults(job: JobPart, run: Run, stack: Stack) -> Iterator[str]:
    """Say where a person is asked for another secret than stands in the lines of a job or in its scripts."""
    if not run.secrets:
        return
    places = {str(job.origin), *map(str, job.settings), *(script.path for script in job.scripts)}
    for name in sorted(set(run.secrets.values())):
        told = str(table(stack.parameters.get(name.strip("<>"))).get("Description"))
        if not any(f" at {place} in place of" in told or f" at {place}:" in told for place in places):
            yield f"{name} is not what stands in the job's lines"


def setting_faults(job: JobPart, run: Run) -> Iterator[str]:
    """Say in what a script runs its command otherwise than cron: user, shell, environment, standard input."""
    named: dict[str, str] = {}
    for name, parameter in run.secrets.items():
        if parameter in named.values():
            yield f"{name} and another secret have one parameter, {parameter}"
        named[name] = parameter
    yield from _user(job, run)
    if run.shell != (job.shell,):
        yield f"the shell is {_shown(run.shell)}, cron's is {job.shell}"
    if (run.stdin is None) != (not job.stdin) or (job.stdin and not _same(job.stdin, run.stdin or (), run.secrets)):
        yield "the standard input is another text"
    yield from _environment(job, run)


def _user(job: JobPart, run: Run) -> Iterator[str]:
    if job.user is None:
        if not run.user.startswith("<"):
            yield f"it runs as {run.user}, though no file names the user"
    elif run.user != job.user:
        yield f"it runs as {run.user}, cron runs it as {job.user}"


def _environment(job: JobPart, run: Run) -> Iterator[str]:
    expected = _expected(job)
    for name in sorted(expected.keys() - run.environment.keys()):
        yield f"{name} is not set"
    for name in sorted(run.environment.keys() - expected.keys()):
        yield f"{name} is set, which cron does not do"
    for name in sorted(expected.keys() & run.environment.keys()):
        wanted, found = expected[name], run.environment[name]
        same = found == wanted if isinstance(wanted, tuple) else _same(wanted, found, run.secrets)
        if not same:
            yield f"{name} has another value than cron gives it"


def _expected(job: JobPart) -> dict[str, str | Word]:
    found: dict[str, str | Word] = {"HOME": (Name("home"),), "PATH": _DEFAULT_PATH}
    found |= {setting.name: setting.value for setting in job.settings}
    found["SHELL"] = job.shell
    found.pop("USER", None)
    if job.schedule.dialect is not Dialect.DEBIAN:
        found["USER"] = (Name("user"),)
    found["LOGNAME"] = (Name("user"),)
    return found


def _same(text: str, word: Word, secrets: Mapping[str, str]) -> bool:
    """Say whether a word is a text, with a fetched secret in the place of each mark."""
    rest = list(word)
    last = 0
    for match in MARK.finditer(text):
        before = text[last : match.start()]
        if before and (not rest or rest.pop(0) != before):
            return False
        secret = rest.pop(0) if rest else None
        if not isinstance(secret, Name) or secret.name not in secrets:
            return False
        last = match.end()
    ending = text[last:]
    return rest == ([ending] if ending else [])


def _shown(word: Word) -> str:
    return "".join(piece if isinstance(piece, str) else f"${piece.name}" for piece in word)

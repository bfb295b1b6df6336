"""Secrets that a command holds: their marks become references to Secrets Manager.

The value that a person stores there is the text that stands in the crontab in place of the mark, as it is written
there: put back into the command before the shell reads it, it means what it means today, whatever quotes are around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.redaction import Kind
from migrator.redaction.marks import MARK, mark


@dataclass(frozen=True, slots=True)
class Secret:
    """One mark: the line that it stands on, its number there, and the shell variable that holds the secret.

    `place` and `number` make it one secret: jobs below one settings line share it.
    """

    mark: str
    place: str
    number: int
    variable: str


@dataclass(frozen=True, slots=True)
class JobSecrets:
    """The secrets of a job's texts: of each of its settings, of the command and of the standard input."""

    settings: tuple[tuple[Secret, ...], ...]
    command: tuple[Secret, ...]
    stdin: tuple[Secret, ...]

    @property
    def all(self) -> tuple[Secret, ...]:
        """List them in order."""
        return tuple(secret for of_setting in self.settings for secret in of_setting) + self.command + self.stdin


def secrets_of(job: JobPart, task: TaskPart | None = None) -> JobSecrets:
    """Find the marks in a job's texts, or in those of one of its tasks.

    Raise CannotBeSaidError where one does not stand for the whole of a secret.
    """
    command = _command(job, task)
    taken = 0
    of_texts: list[tuple[Secret, ...]] = []
    texts = [(setting.value, str(setting), _counted(setting.value, 0)) for setting in job.settings]
    before = len(MARK.findall(job.command))
    entry = [command, (job.stdin or "", str(job.origin), _counted(job.stdin or "", before))]
    for text, place, numbers in [*texts, *entry]:
        _check(text)
        marks = MARK.findall(text)
        of_texts.append(
            tuple(
                Secret(found, place, number, f"secret_{taken + ordinal}")
                for ordinal, (found, number) in enumerate(zip(marks, numbers, strict=True), start=1)
            )
        )
        taken += len(marks)
    return JobSecrets(tuple(of_texts[:-2]), of_texts[-2], of_texts[-1])


def _command(job: JobPart, task: TaskPart | None) -> tuple[str, str, tuple[int, ...]]:
    """Give the command's text, where it stands, and the number that each of its marks has there."""
    text = job.command if task is None or task.command is None else task.command
    marks, there = MARK.findall(text), MARK.findall(job.command)
    if task is None or marks == there:
        return text, str(job.origin), tuple(range(1, len(marks) + 1))
    if not set(marks) & set(there):
        return text, str(task.origin), tuple(range(1, len(marks) + 1))  # of a script that the job calls
    if any(there.count(one) != 1 for one in marks):
        msg = "which of its secrets a part of the command needs cannot be told: their marks are alike"
        raise CannotBeSaidError(msg)
    return text, str(job.origin), tuple(there.index(one) + 1 for one in marks)


def _counted(text: str, before: int) -> tuple[int, ...]:
    return tuple(range(before + 1, before + 1 + len(MARK.findall(text))))


def _check(text: str) -> None:
    for match in MARK.finditer(text):
        if match[0] == mark(Kind.UNREAD):
            msg = "a part of it was not understood and is left out of the plan, since it may hold a secret"
            raise CannotBeSaidError(msg)
        if text[match.end() : match.end() + 1] == "\n" or text[match.end() : match.end() + 2] == "\\\n":
            msg = "it holds a secret of several lines, which one value cannot stand for"
            raise CannotBeSaidError(msg)


def pieces(text: str, secrets: tuple[Secret, ...]) -> Iterator[tuple[str, Secret | None]]:
    """Cut a text at its marks: plain pieces with None, each mark with its secret."""
    last = 0
    for match, secret in zip(MARK.finditer(text), secrets, strict=True):
        if match.start() > last:
            yield text[last : match.start()], None
        yield match[0], secret
        last = match.end()
    if last < len(text):
        yield text[last:], None

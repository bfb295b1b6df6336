"""What the tests of this stage share: a tree of files in memory, and a job around a command."""

from collections.abc import Mapping

from migrator.commands import CommandFacts, analyse
from migrator.model import (
    CronFields,
    Declared,
    Dialect,
    Job,
    JobId,
    Mode,
    Origin,
    Schedule,
    ScheduleKind,
    Setting,
)
from migrator.sources.tree import Located

PLACE = Origin("crontab", 3)


class Files:
    """A tree whose deployed paths are those of its files with `/` before them."""

    def __init__(self, files: Mapping[str, str] | None = None) -> None:
        self.files = dict(files or {})
        self.asked = 0

    def locate(self, written: str, expanded: str | None, host: str | None) -> Located | None:
        """Find a file by its whole path, else by its name where that is unique."""
        self.asked += 1
        for path in (expanded, written):
            if path is not None and path.removeprefix("/") in self.files:
                return Located(path.removeprefix("/"), "below the root")
        name = (expanded or written).rpartition("/")[2]
        found = [path for path in self.files if path.rpartition("/")[2] == name]
        return Located(found[0], "by name") if len(found) == 1 and name else None

    def text(self, path: str) -> str | None:
        """Give the text of a file."""
        return self.files.get(path)

    def names(self, folder: str, host: str | None) -> tuple[str, ...]:
        """Give the files in a folder."""
        return tuple(
            sorted(path.rpartition("/")[2] for path in self.files if path.rpartition("/")[0] == folder.strip("/"))
        )


def job(
    command: str,
    *,
    user: str | None = None,
    host: str | None = None,
    settings: Mapping[str, str] | None = None,
    stdin: str | None = None,
    shell: str = "/bin/sh",
    name: str = "j",
    minute: int = 1,
    line: int = 3,
    declared: Declared | None = None,
) -> Job:
    """Make a job that runs a command every day at 02:00."""
    fields = CronFields(minute, 4, (1 << 32) - 2, 8190, 127, False, False, True, True)
    place = Origin("crontab", line)
    return Job(
        id=JobId(name),
        title=name,
        origin=place,
        source="crontab",
        text=command,
        host=host,
        user=user,
        owner=None,
        schedule=Schedule(ScheduleKind.CRON, "0 2 * * *", Dialect.DEBIAN, fields=fields),
        command=command,
        stdin=stdin,
        shell=shell,
        settings=tuple(Setting(key, value, place) for key, value in (settings or {}).items()),
        declared=declared,
    )


def facts(command: str, files: Mapping[str, str] | None = None, **more: object) -> CommandFacts:
    """Read one command."""
    return analyse([job(command, **more)], Files(files))[JobId("j")]  # type: ignore[arg-type]


def script(text: str, call: str = "/opt/run.sh", **more: object) -> CommandFacts:
    """Read a job that calls a shell script."""
    return facts(call, {"opt/run.sh": "#!/bin/bash\n" + text}, **more)


def names(found: CommandFacts) -> list[str]:
    """Give the names of the steps."""
    return [step.name for step in found.steps]


def units(found: CommandFacts) -> list[tuple[int, ...]]:
    """Give the steps of each unit."""
    return [unit.steps for unit in found.units]


def touched(found: CommandFacts, *modes: Mode, logs: bool = False) -> set[str]:
    """Give the names of what is touched in one of these modes."""
    return {a.resource.name for a in found.touched if a.mode in modes and a.log is logs}


def reads(found: CommandFacts) -> set[str]:
    """Give what is read."""
    return touched(found, Mode.READ)


def writes(found: CommandFacts) -> set[str]:
    """Give what is written or appended, logs left out."""
    return touched(found, Mode.WRITE, Mode.APPEND)


def traits(found: CommandFacts) -> set[str]:
    """Give the traits found."""
    return {str(trait.trait) for trait in found.traits}

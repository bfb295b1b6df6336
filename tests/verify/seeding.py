"""Files of one plan into which faults are seeded, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from migrator import pipeline, verify
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.document import VerdictPart
from tests.artifacts.making import HEAD, host, planned
from tests.execution.pinned import pinned

TAB = f"""{HEAD}5 4 * * 1-5 /opt/extract 'a b' && /opt/transform || /opt/notify failed; /opt/report
0 7 1,15 * 5 /opt/early & /opt/late & wait; /opt/after
"""
MANIFEST = """version: 1
jobs:
  - {id: first, schedule: "15 6 * * *", command: /opt/first, host: web1, user: etl, retries: 2, retry_delay: 1m}
  - {id: second, schedule: "15 6 * * *", command: /opt/second, host: web1, user: etl, depends_on: [first]}
"""
FILES = host(TAB) | {"jobs.yaml": MANIFEST}


@contextmanager
def changed(place: Path, change: Callable[[str], str]) -> Iterator[None]:
    """Have a file hold another text for a while."""
    text = place.read_text(encoding="utf-8")
    place.write_text(change(text), encoding="utf-8")
    try:
        yield
    finally:
        place.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Seeded:
    """A plan whose files stand below a folder."""

    plan: MigrationPlan
    folder: Path

    def failed(self, part: str, old: str, new: str) -> dict[str, str]:
        """Replace a text in the file whose path goes on with `part`, check, put it back; give the failed checks."""
        (path,) = [one.path for one in self.plan.artifacts if f"/{part}" in f"/{one.path}"]

        def change(text: str) -> str:
            assert old in text, old
            return text.replace(old, new, 1)

        with changed(self.folder / path, change):
            found = verify.check(self.plan, self.folder)
        return {verdict.check: verdict.why for verdict in found if verdict.holds is False}

    def checked(self) -> tuple[list[VerdictPart], set[str]]:
        """Check the files as they are; give what fails, and the jobs whose steps were compared."""
        found = verify.check(self.plan, self.folder)
        compared = {verdict.job for verdict in found if verdict.check == "steps and order" and verdict.holds}
        return [verdict for verdict in found if verdict.holds is False], compared


Fault = tuple[str, str, str, str]
"""The file, by how its path goes on, a text in it, what is put for that, and the check that finds it."""


@dataclass(frozen=True)
class Faults:
    """Files of hosts, the target of their jobs (None: as advised), and faults in what is written, each by a name."""

    files: dict[str, str]
    target: Target | None
    each: dict[str, Fault]

    def seeded(self, folder: Path) -> Seeded:
        """Write the files of the target."""
        if self.target is not None:
            return Seeded(pinned(folder, self.files, self.target), folder)
        return Seeded(pipeline.with_artifacts(planned(folder, self.files), folder), folder)

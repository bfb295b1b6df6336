"""Files of one plan into which faults are seeded, one at a time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from migrator import verify
from migrator.plan import MigrationPlan
from tests.artifacts.making import HEAD, host

TAB = f"""{HEAD}5 4 * * 1-5 /opt/extract 'a b' && /opt/transform || /opt/notify failed; /opt/report
0 7 1,15 * 5 /opt/early & /opt/late & wait; /opt/after
"""
MANIFEST = """version: 1
jobs:
  - {id: first, schedule: "15 6 * * *", command: /opt/first, host: web1, user: etl, retries: 2, retry_delay: 1m}
  - {id: second, schedule: "15 6 * * *", command: /opt/second, host: web1, user: etl, depends_on: [first]}
"""
FILES = host(TAB) | {"jobs.yaml": MANIFEST}


@dataclass(frozen=True)
class Seeded:
    """A plan whose files stand below a folder."""

    plan: MigrationPlan
    folder: Path

    def failed(self, part: str, old: str, new: str) -> dict[str, str]:
        """Replace a text in the file whose path holds `part`, check, and put it back; give the failed checks."""
        (path,) = [one.path for one in self.plan.artifacts if part in one.path]
        place = self.folder / path
        text = place.read_text(encoding="utf-8")
        assert old in text, old
        place.write_text(text.replace(old, new, 1), encoding="utf-8")
        try:
            found = verify.check(self.plan, self.folder)
        finally:
            place.write_text(text, encoding="utf-8")
        return {verdict.check: verdict.why for verdict in found if verdict.holds is False}

"""A small plan with the files of each target, made once: what the readers of written files are fed with."""

from __future__ import annotations

import io
import tempfile
from dataclasses import replace
from functools import cache
from pathlib import Path

from migrator import pipeline
from migrator.model import Target
from migrator.pipeline import Request
from migrator.plan import MigrationPlan

_TAB = (
    b"CRON_TZ=Europe/Paris\n0 2 1-7 * 1 cd /srv && /opt/extract.sh > /srv/orders.csv || /opt/tell.sh\n"
    b"0 2 * * * if [ -f /srv/orders.csv ]; then /opt/load.sh < /srv/orders.csv; else exit 3; fi; /opt/a & /opt/b; wait\n"
    b"5 3 * * * aws sns publish --topic-arn arn:aws:sns:eu-west-1:111122223333:t --message done\n"
)


@cache
def written(target: Target) -> tuple[MigrationPlan, dict[str, bytes]]:
    """Give a plan whose jobs all go to a target, and its files by their names."""
    found = pipeline.survey(Request(("-",), as_format="crontab", stdin=io.BytesIO(_TAB)))
    pins = {job.id: target for job in found.inventory.jobs}
    made = pipeline.make_plan(replace(found, settings=found.settings.model_copy(update={"targets": pins})))
    with tempfile.TemporaryDirectory() as folder:
        listed = pipeline.with_artifacts(made, Path(folder), search_path="")
        return listed, {part.path: (Path(folder) / part.path).read_bytes() for part in listed.artifacts}

"""Jobs whose script was taken apart: the files are compared with the script's own text, which the plan holds."""

from __future__ import annotations

import pytest

from migrator import verify
from migrator.model import Target
from tests.artifacts.making import HEAD, host
from tests.execution.pinned import pinned
from tests.verify.seeding import Seeded

pytestmark = pytest.mark.usefixtures("own_checks_alone")

SCRIPT = """#!/usr/bin/env bash
set -e
cd "$(dirname "$0")/.."
[ -n "$STEP" ] || STEP=all
. /opt/etl/night.env
aws s3 cp s3://in/orders.csv /srv/orders.csv
/opt/etl/load --from /srv/orders.csv "$STAGE" "$STEP" || /opt/etl/tell failed
aws s3 cp /srv/report.csv s3://out/report.csv
"""
FILES = host(f"{HEAD}5 4 * * * /opt/etl/night.sh > /var/log/night.log 2>&1\n") | {
    "opt/etl/night.sh": SCRIPT,
    "opt/etl/night.env": "STAGE=/srv/stage\n",
}


@pytest.fixture(scope="module", params=[Target.STEP_FUNCTIONS, Target.AIRFLOW])
def seeded(request, tmp_path_factory):
    """Write the files of one job whose script has several units."""
    folder = tmp_path_factory.mktemp("scripts")
    return Seeded(pinned(folder, FILES, request.param), folder)


def test_the_parts_are_what_the_script_runs(seeded):
    """There are several tasks, and they were compared with the script."""
    (job,) = seeded.plan.jobs
    tasks = [task for cluster in seeded.plan.clusters for flow in cluster.workflows for task in flow.tasks]
    assert len(tasks) > 1
    assert {script.call for script in job.scripts} == {"/opt/etl/night.sh", "/opt/etl/night.env"}
    found = [verdict for verdict in verify.check(seeded.plan, seeded.folder) if verdict.check == "steps and order"]
    assert [verdict.holds for verdict in found] == [True]


_END = "'\\''"
"""The end of a text within single quotes within single quotes."""


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"/opt/etl/tell failed{_END}", f"/opt/etl/tell nothing{_END}"),
        (f"s3://out/report.csv{_END}", f"s3://out/other.csv{_END}"),
        (f'"$STEP" || /opt/etl/tell failed{_END}', f"|| /opt/etl/tell failed{_END}"),
        (f'"$STEP" || /opt/etl/tell failed{_END}', f'"$STEP"; /opt/etl/tell failed{_END}'),
        (">> /var/log/night.log 2>&1", "> /var/log/night.log 2>&1"),
        ('cd "$(dirname "$0")/.."', 'cd "$(dirname "$1")/.."'),
        ('[ -n "$STEP" ] || STEP=all', '[ -z "$STEP" ] || STEP=all'),
    ],
)
def test_a_fault_in_a_part_is_found(seeded, old, new):
    """Other text, another file, another decision."""
    place = next(
        artifact.path
        for artifact in seeded.plan.artifacts
        if old in (seeded.folder / artifact.path).read_text(encoding="utf-8")
    )
    assert "steps and order" in seeded.failed(place, old, new)


def test_without_its_text_nothing_is_claimed(seeded):
    """A plan that lost the script says that it could not compare."""
    (job,) = seeded.plan.jobs
    poor = seeded.plan.model_copy(update={"jobs": (job.model_copy(update={"scripts": ()}),)})
    (found,) = [one for one in verify.check(poor, seeded.folder) if one.check == "steps and order"]
    assert found.holds is None
    assert "whose text the plan does not hold" in found.why

"""What Airflow itself says about DAG files."""

from __future__ import annotations

import os

import pytest

from migrator import verify
from migrator.model import Target
from migrator.verify import tools
from tests.artifacts.making import HEAD, host
from tests.execution.pinned import pinned
from tests.verify.seeding import changed

TAB = f"{HEAD}5 4 * * 1-5 /opt/extract && /opt/load || /opt/notify\n0 7 1 * * /opt/early\n"


def _needs_airflow():
    if not tools.installed(tools.AIRFLOW):
        if os.environ.get("CI") == "true":
            pytest.fail("Airflow is not installed")
        pytest.skip("Airflow is not installed")


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write two DAGs."""
    folder = tmp_path_factory.mktemp("bag")
    return pinned(folder, host(TAB), Target.AIRFLOW), folder


def _said(plan, folder):
    found = verify.check(plan, folder, 0, with_airflow=True)
    return {verdict.job: verdict for verdict in found if verdict.check == "DagBag"}


def test_airflow_reads_what_is_written_and_says_what_it_cannot(written):
    """Two good files; then one that names an operator with an argument that it does not have."""
    _needs_airflow()
    plan, folder = written
    good = _said(plan, folder)
    assert {verdict.holds for verdict in good.values()} == {True}
    assert good.keys() == {job.id for job in plan.jobs}
    path = next(one.path for one in plan.artifacts if one.path.endswith(".py") and "early" in one.path)
    with changed(folder / path, lambda text: text.replace("waiter_delay=", "waiter_pause=", 1)):
        bad = [verdict for verdict in _said(plan, folder).values() if verdict.holds is False]
    assert [verdict.job for verdict in bad] == [job.id for job in plan.jobs if "early" in job.id]
    assert "waiter_pause" in bad[0].why


def test_code_beside_a_dag_is_never_run(written):
    """What our own reader refuses is not handed on."""
    plan, folder = written
    path = next(one.path for one in plan.artifacts if one.path.endswith(".py") and "early" in one.path)
    there = folder / "was-run"
    with changed(folder / path, lambda text: f"{text}\nopen({str(there)!r}, 'w')\n"):
        said = _said(plan, folder)
    assert not there.exists()
    assert not [job for job in said if "early" in job]


def test_without_airflow_nothing_is_claimed(written, monkeypatch):
    """The verdict says why it is missing, in a plan and in `verify`."""
    plan, folder = written
    assert {v.holds for v in plan.verdicts if v.check == "DagBag"} == {None}
    monkeypatch.setattr("migrator.verify.tools.installed", lambda tool: False)
    assert {(v.holds, v.why) for v in _said(plan, folder).values()} == {(None, "Airflow is not installed")}

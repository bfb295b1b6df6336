"""Faults seeded into written files: each one is found, by the check that it belongs to."""

from __future__ import annotations

import pytest

from migrator import pipeline, verify
from migrator.model import Target
from migrator.plan.parts import RangePart
from tests.artifacts.making import host, planned
from tests.execution.pinned import pinned
from tests.verify.faults.dags import DAGS, TIED_DAGS
from tests.verify.faults.environments import ENVIRONMENTS
from tests.verify.faults.machines import CALLING_MACHINES, MACHINES
from tests.verify.faults.schedules import OF_FILE, SCHEDULES
from tests.verify.seeding import Seeded, changed

# Our own checks must find each fault.
pytestmark = pytest.mark.usefixtures("own_checks_alone")

SETS = {
    "schedules": SCHEDULES,
    "machines": MACHINES,
    "machines that call": CALLING_MACHINES,
    "DAGs": DAGS,
    "DAGs that are tied": TIED_DAGS,
    "an environment": ENVIRONMENTS,
}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """Give the written files of a set, made once."""
    made = {}

    def files_of(name):
        if name not in made:
            made[name] = SETS[name].seeded(tmp_path_factory.mktemp("faults"))
        return made[name]

    return files_of


@pytest.fixture
def written(seeded):
    """Give what is written for EventBridge Scheduler."""
    return seeded("schedules")


@pytest.mark.parametrize("name", SETS)
def test_what_was_written_holds(seeded, name):
    """Nothing fails, and each job was compared: its command, or its steps."""
    failed, compared = seeded(name).checked()
    assert failed == []
    if SETS[name].target is not None:
        assert compared == {job.id for job in seeded(name).plan.jobs}


def test_all_but_the_tools_was_checked(written):
    """The files of one crontab on two hosts: the command of each job was compared."""
    assert len(written.plan.artifacts) == 2
    found = verify.check(written.plan, written.folder)
    assert {verdict.check for verdict in found if verdict.holds is None} == {"cfn-lint", "SDK call"}
    assert {verdict.job for verdict in found if verdict.check == "command"} == {job.id for job in written.plan.jobs}


@pytest.mark.parametrize(("name", "fault"), [(name, fault) for name, faults in SETS.items() for fault in faults.each])
def test_a_seeded_fault_is_found(seeded, name, fault):
    """The check that owns the fault fails, and says why."""
    *change, check = SETS[name].each[fault]
    found = seeded(name).failed(*change)
    assert check in found, found
    assert found[check]


def test_a_dropped_job_is_found(written):
    """Its document and schedule gone, the rest whole: the job is missing."""

    def dropped(text):
        begin = text.index("\n  Load")
        end = text.index("\n  ", text.index("Schedule:\n", begin))
        following = next(at for at in range(end, len(text)) if text.startswith("\n  ", at) and text[at + 3] != " ")
        return text[:begin] + text[following:]

    with changed(written.folder / "artifacts/eventbridge/web1.yaml", dropped):
        found = verify.check(written.plan, written.folder)
    assert "there once" in {verdict.check for verdict in found if verdict.holds is False}


def test_a_removed_file_is_found(written):
    """A file that the plan lists and that is gone fails for all of its jobs."""
    place = written.folder / "artifacts/eventbridge/web1.yaml"
    text = place.read_bytes()
    place.unlink()
    try:
        found = verify.check(written.plan, written.folder)
    finally:
        place.write_bytes(text)
    assert {verdict.job for verdict in found if verdict.holds is False} >= {job.id for job in written.plan.jobs}


def test_a_job_that_no_file_has_is_found(written):
    """A plan that lost a job from its list of files, without a reason, fails for that job."""
    first, second = written.plan.artifacts
    fewer = second.model_copy(update={"jobs": second.jobs[1:]})
    plan = written.plan.model_copy(update={"artifacts": (first, fewer)})
    found = {verdict.job for verdict in verify.check(plan, written.folder) if verdict.holds is False}
    assert second.jobs[0] in found


def test_a_path_out_of_the_folder_is_not_read(written):
    """A plan that lists a file elsewhere gets a failed check, and the file is left alone."""
    first, second = written.plan.artifacts
    away = second.model_copy(update={"path": "artifacts/../../secret.yaml"})
    found = verify.check(written.plan.model_copy(update={"artifacts": (first, away)}), written.folder)
    assert any("outside" in verdict.why for verdict in found if verdict.holds is False)


def test_hosts_that_a_tag_finds_hold(tmp_path):
    """More hosts than a role can name: the leave goes by a tag whose value a person fills in, and by no other."""
    files = {name: text for n in range(25) for name, text in host("5 4 * * * /opt/x\n", f"web{n:02d}").items()}
    seeded = Seeded(pipeline.with_artifacts(planned(tmp_path, files), tmp_path), tmp_path)
    assert seeded.checked()[0] == []
    tag = "ssm:resourceTag/migrator-hosts:\n                Ref: HostsTag"
    assert OF_FILE in seeded.failed("eventbridge/web00", tag, "ssm:resourceTag/migrator-hosts: '*'")
    assert OF_FILE in seeded.failed("eventbridge/web00", tag, tag.replace("resourceTag/migrator-hosts", "resourceTag"))


def test_a_machine_waits_for_its_function(seeded):
    """What Scheduler's own calls do not wait for is told of those alone."""
    called = seeded("machines that call")
    (path,) = [one.path for one in called.plan.artifacts if "step-functions" in one.path]
    assert "Scheduler does not wait" not in (called.folder / path).read_text(encoding="utf-8")


def test_states_that_the_bill_does_not_count_are_found(seeded):
    """A plan that prices a run at fewer states than it executes fails."""
    machines = seeded("machines")
    cheap = RangePart(low=1.0, high=2.0)
    clusters = tuple(
        cluster.model_copy(
            update={"workflows": tuple(flow.model_copy(update={"states": cheap}) for flow in cluster.workflows)}
        )
        for cluster in machines.plan.clusters
    )
    found = verify.check(machines.plan.model_copy(update={"clusters": clusters}), machines.folder)
    failed = {verdict.job for verdict in found if verdict.check == "priced states" and verdict.holds is False}
    assert failed == {job.id for job in machines.plan.jobs}


def test_a_test_of_the_day_behind_its_task_is_found(tmp_path):
    """The days are those of the gate only where the task waits for it."""
    seeded = Seeded(pinned(tmp_path, host("0 6 */2 * 1 /opt/x\n"), Target.AIRFLOW), tmp_path)
    assert seeded.checked()[0] == []
    assert "does not wait for the test of the day" in seeded.failed("dags/x", "right_day >> x", "x >> right_day")["DAG"]


def test_a_pattern_that_has_no_room_is_found(tmp_path, monkeypatch):
    """Rules hear of a dozen machines each; one of all of them would be refused."""
    lines = (f"{minute} 4 * * * /opt/j{minute} < /srv/d/{minute} > /srv/d/{minute + 1}\n" for minute in range(15))
    files = host("".join(lines))
    good = Seeded(pinned(tmp_path / "good", files, Target.STEP_FUNCTIONS), tmp_path / "good")
    failed, compared = good.checked()
    assert (failed, len(compared)) == ([], 15)
    monkeypatch.setattr("migrator.artifacts.step_functions.stack._MOST_HEARD", 15)
    bad = Seeded(pinned(tmp_path / "bad", files, Target.STEP_FUNCTIONS), tmp_path / "bad")
    failed, _ = bad.checked()
    assert {verdict.check for verdict in failed} == {OF_FILE}
    assert "the pattern of FailureNotice may have more than 2048 characters" in failed[0].why

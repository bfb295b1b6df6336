"""Faults seeded into state machines: each one is found, by the check that it belongs to."""

from __future__ import annotations

import pytest

from migrator import verify
from migrator.model import Target
from migrator.plan.parts import RangePart
from tests.execution.pinned import pinned
from tests.verify.seeding import FILES, Seeded

# Our own checks must find each fault.
pytestmark = pytest.mark.usefixtures("own_checks_alone")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """Write state machines for a crontab and a manifest."""
    folder = tmp_path_factory.mktemp("machines")
    return Seeded(pinned(folder, FILES, Target.STEP_FUNCTIONS), folder)


def test_what_was_written_holds(seeded):
    """Nothing fails, and each job was compared."""
    assert seeded.checked() == ([], {job.id for job in seeded.plan.jobs})


def _choice(of, wanted, other):
    """Send the success of a command of the chain to another state."""
    old = f"Judge extract-73ce69ef.{of}:\n            Type: Choice\n            Choices:\n"
    old += f"            - Variable: $.Seen.Status\n              StringEquals: Success\n              Next: {wanted}\n"
    return old, old.replace(f"Next: {wanted}\n", f"Next: {other}\n")


def _caught(error, then):
    """Write a Catch."""
    return f"              - {error}\n              ResultPath: null\n              Next: {then}\n"


ORDER, STATIC = "steps and order", "state machine"
TRANSFORM, NOTIFY, REPORT = (f"Start extract-73ce69ef.{name}" for name in ("transform", "notify", "report"))
MUTATIONS = {
    "a dropped step": ("extract", *_choice("extract", TRANSFORM, REPORT), ORDER),
    "a skipped end": ("extract", *_choice("transform", REPORT, "Done"), ORDER),
    "a swapped order": ("extract", "StartAt: Start extract-73ce69ef.extract", f"StartAt: {TRANSFORM}", ORDER),
    "a success that is handled": ("extract", *_choice("transform", REPORT, NOTIFY), ORDER),
    "a swallowed failure": (
        "extract",
        "            Default: extract-73ce69ef failed\n",
        "            Default: Done\n",
        ORDER,
    ),
    "a failure that stops it": ("extract", f"            Default: {NOTIFY}\n", "            Default: Done\n", ORDER),
    "another document": (
        "extract",
        "DocumentName: ${Extract73ce69efTransformDocument}",
        "DocumentName: ${Extract73ce69efReportDocument}",
        ORDER,
    ),
    "nobody waits": (
        "extract",
        "            Next: Wait for extract-73ce69ef.extract\n",
        f"            Next: {TRANSFORM}\n",
        ORDER,
    ),
    "a lost Catch": (
        "extract",
        _caught("States.ALL", NOTIFY),
        _caught("States.Permissions", NOTIFY),
        STATIC,
    ),
    "a Catch that goes on": (
        "extract",
        _caught("States.ALL", "extract-73ce69ef failed"),
        _caught("States.ALL", "Done"),
        ORDER,
    ),
    "an error after all errors": (
        "extract",
        "              - States.ALL\n              IntervalSeconds",
        "              - States.ALL\n              - States.Timeout\n              IntervalSeconds",
        STATIC,
    ),
    "no time limit": ("extract", "            TimeoutSeconds: 60\n", "", STATIC),
    "no time limit of the run": ("extract", "        TimeoutSeconds:", "        Timeouts:", STATIC),
    "an integration that is none": ("extract", "aws-sdk:ssm:sendCommand", "ssm:sendCommand", STATIC),
    "a state that nothing leads to": (
        "extract",
        "          Done:\n            Type: Succeed\n",
        "          Done:\n            Type: Succeed\n          Spare:\n            Type: Succeed\n",
        STATIC,
    ),
    "a state that is not there": (
        "extract",
        f"              Next: {REPORT}\n",
        "              Next: Nowhere\n",
        STATIC,
    ),
    "a lost retry": ("second", "MaxAttempts: 2\n", "MaxAttempts: 1\n", ORDER),
    "too many retries": ("second", "MaxAttempts: 2\n", "MaxAttempts: 5\n", ORDER),
    "an enabled schedule": ("extract", "State: DISABLED", "State: ENABLED", "schedule"),
    "a changed weekday": ("extract", "MON,TUE,WED,THU,FRI", "MON,TUE,WED,THU,SAT", "fire times"),
    "a missing zone": ("extract", "      ScheduleExpressionTimezone: Europe/Berlin\n", "", "schedule"),
    "another zone": ("extract", "Timezone: Europe/Berlin", "Timezone: UTC", "fire times"),
    "a wider test of the day": ("early", "15\\ ?|", "15\\ ?|16\\ ?|", "fire times"),
    "a lost quote": ("extract", "'/opt/extract '\\''a b'\\'''", "'/opt/extract a b'", ORDER),
    "the wrong user": ("extract", "user='etl'", "user='root'", "command"),
    "a command behind": ("extract", "< /dev/null\n", "< /dev/null; touch /tmp/x\n", "command"),
    "a lost setting": ("extract", "ETL='/opt/etl' \\\n", "\\\n", "command"),
    "a role with a star": ("extract", "Action: ssm:SendCommand", "Action: ssm:*", "references and roles"),
    "another principal": ("extract", "Service: states.amazonaws.com", "AWS: '*'", "references and roles"),
    "a schedule that may not start it": (
        "extract",
        "Action: states:StartExecution",
        "Action: states:StopExecution",
        "schedule",
    ),
    "nobody is told": ("extract", "- FAILED\n", "- SUCCEEDED\n", "schedule"),
    "a lost parallel branch": ("early", "Type: Parallel", "Type: Parallels", STATIC),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_seeded_fault_is_found(seeded, name):
    """The check that it belongs to fails, with its reason."""
    *fault, check = MUTATIONS[name]
    assert check in seeded.failed(*fault)


def test_states_that_the_bill_does_not_count_are_found(seeded):
    """A plan that prices a run at fewer states than it executes fails."""
    cheap = RangePart(low=1.0, high=2.0)
    clusters = tuple(
        cluster.model_copy(
            update={"workflows": tuple(flow.model_copy(update={"states": cheap}) for flow in cluster.workflows)}
        )
        for cluster in seeded.plan.clusters
    )
    found = verify.check(seeded.plan.model_copy(update={"clusters": clusters}), seeded.folder)
    failed = {verdict.job for verdict in found if verdict.check == "priced states" and verdict.holds is False}
    assert failed == {job.id for job in seeded.plan.jobs}

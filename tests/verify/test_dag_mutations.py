"""Faults seeded into DAGs and their commands: each one is found, by the check that it belongs to."""

from __future__ import annotations

import pytest

from migrator.model import Target
from tests.execution.pinned import pinned
from tests.verify.seeding import FILES, Seeded

# Our own checks must find each fault.
pytestmark = pytest.mark.usefixtures("own_checks_alone")


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """Write DAGs for a crontab and a manifest."""
    folder = tmp_path_factory.mktemp("dags")
    return Seeded(pinned(folder, FILES, Target.AIRFLOW), folder)


def test_what_was_written_holds(seeded):
    """Nothing fails, and each job was compared."""
    assert seeded.checked() == ([], {job.id for job in seeded.plan.jobs})


ORDER = "steps and order"
MUTATIONS = {
    "a dropped step": ("extract", "extract >> transform >> notify >> report", "extract >> transform >> notify", ORDER),
    "a swapped order": ("extract", "extract >> transform >>", "transform >> extract >>", ORDER),
    "a lost order": ("extract", "extract >> transform >>", "transform >>", ORDER),
    "a handler that always runs": ("extract", 'trigger_rule="one_failed"', 'trigger_rule="all_done"', ORDER),
    "a handler that never runs": ("extract", '        trigger_rule="one_failed",\n', "", ORDER),
    "a step that a failure stops": ("extract", 'trigger_rule="all_done"', 'trigger_rule="all_success"', ORDER),
    "an unknown rule": ("extract", 'trigger_rule="all_done"', 'trigger_rule="all_ended"', ORDER),
    "another document": ("extract", "-1-extract", "-2-transform", ORDER),
    "no such document": ("extract", "-1-extract", "-1-extracts", "command"),
    "catching up": ("extract", "catchup=False", "catchup=True", "DAG"),
    "switched on": ("extract", "is_paused_upon_creation=True", "is_paused_upon_creation=False", "DAG"),
    "tried again by default": ("extract", '"retries": 0', '"retries": 1', "DAG"),
    "tried again": ("extract", 'task_id="report"', 'task_id="report", retries=3', ORDER),
    "a lost retry": ("second", "        retries=2,\n", "", ORDER),
    "a changed weekday": ("extract", '"5 4 * * 1-5"', '"5 4 * * 1-6"', "fire times"),
    "another zone": ("extract", 'timezone="Europe/Berlin"', 'timezone="Asia/Tokyo"', "fire times"),
    "a missing zone": ("extract", ', timezone="Europe/Berlin"', "", "fire times"),
    "another day of the month": ("early", 'Timetable("0 7 1,15', 'Timetable("0 7 1,16', "fire times"),
    "a template in a text": ("extract", 'task_id="report"', 'task_id="report", env={"a": "{{ ds }}"}', "DAG"),
    "a soft failure": ("extract", 'task_id="report"', 'task_id="report", soft_fail=True', "command"),
    "no waiting": ("extract", 'task_id="report"', 'task_id="report", wait_for_completion=False', "command"),
    "code beside the DAG": ("extract", "START_DATE =", "print(1)\nSTART_DATE =", "parse"),
    "code in the DAG": ("extract", "extract >> transform", "print(1)\n    extract >> transform", "parse"),
    "a circle": ("extract", "extract >> transform >>", "extract >> transform >> extract >>", ORDER),
    "jobs side by side": ("second", "first >> second", "first", "parse"),
    "a lost quote": ("commands", "'/opt/extract '\\''a b'\\'''", "'/opt/extract a b'", ORDER),
    "the wrong user": ("commands", "user='etl'", "user='root'", "command"),
    "a command behind": ("commands", "< /dev/null\n", "< /dev/null; touch /tmp/x\n", "command"),
    "a lost setting": ("commands", "ETL='/opt/etl' \\\n", "\\\n", "command"),
    "a role with a star": ("commands", "Action: ssm:SendCommand", "Action: ssm:*", "references and roles"),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_seeded_fault_is_found(seeded, name):
    """The check that it belongs to fails, with its reason."""
    *fault, check = MUTATIONS[name]
    assert check in seeded.failed(*fault)

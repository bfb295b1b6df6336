"""What the user fixes by name holds, is marked, and is an error where the name fits nothing."""

import pytest

from migrator.advice import AdviceError
from migrator.model import ScheduleKind, Target
from tests.advice.build import answer, asked, fan, line, lone, started_by


@pytest.mark.parametrize("name", ["c1", "c1 title", "a", "a.sh"])
def test_pin_by_any_name(name: str):
    """A cluster's id or title, or a job's."""
    found = answer(lone(), targets={name: "step-functions"})
    assert (found.target, found.pinned, found.runner_up) == (Target.STEP_FUNCTIONS, True, Target.EVENTBRIDGE)
    assert found.reasons
    assert all("pinned" in item.why for item in found.rejected)


def test_pin_to_the_guides_answer():
    """The runner-up is then the guide's runner-up."""
    found = answer(lone(), targets={"c1": "eventbridge"})
    assert (found.target, found.runner_up, found.pinned) == (Target.EVENTBRIDGE, Target.RETAIN, True)


def test_unknown_name_is_an_error_with_close_matches():
    """The message names the key and what may have been meant."""
    with pytest.raises(AdviceError, match=r"did you mean a\.sh") as caught:
        asked(lone(), targets={"a.shh": "airflow"})
    assert caught.value.exit_code == 2
    with pytest.raises(AdviceError, match="migrator scan"):
        asked(lone(), targets={"quite-different": "airflow"})


def test_pins_that_contradict():
    """Two jobs of one cluster pinned to two targets."""
    with pytest.raises(AdviceError, match="pins cluster c1 to mwaa"):
        asked(line(2), targets={"c1j000": "airflow", "c1j001": "mwaa"})


def test_hard_limits_go_before_pins():
    """A boot job has no event, and fifty units are no state machine; the answer says what was asked."""
    boot = answer(lone(schedule=started_by(ScheduleKind.REBOOT)), targets={"c1": "eventbridge"})
    assert (boot.target, boot.pinned) == (Target.RETAIN, False)
    assert any("pinned to EventBridge Scheduler" in note for note in boot.notes)
    assert answer(line(50), targets={"c1": "step-functions"}).target is not Target.STEP_FUNCTIONS
    assert answer(lone(schedule=started_by(ScheduleKind.REBOOT)), targets={"c1": "retain"}).pinned


def test_pin_moves_nobody_else():
    """A chain pinned to Airflow does not count for the managed service, and pays an environment of its own."""
    found = asked(fan(19, name="big"), line(2, name="two"), team={"engineers": 5}, targets={"two": "airflow"})
    answers = {item.cluster: item for item in found.recommendations}
    assert answers["big"].undecided is not None
    assert answers["two"].target is Target.AIRFLOW


def test_pin_out_of_airflow_takes_the_jobs_along():
    """A cluster pinned elsewhere is no longer counted."""
    found = asked(fan(15, name="a"), fan(10, name="b"), team={"engineers": 5}, targets={"b": "step-functions"})
    assert {item.cluster: item.target for item in found.recommendations} == {
        "a": Target.AIRFLOW,
        "b": Target.STEP_FUNCTIONS,
    }


def test_pinned_environment_is_told():
    """The environment of a pinned cluster says why it is there."""
    [environment] = asked(line(2), targets={"c1": "airflow"}).environments
    assert environment.why == "pinned by the user"

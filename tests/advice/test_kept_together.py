"""Jobs that the files do not take apart are told of, since the guide's units are not what a target then runs."""

from tests.advice.manifests import planned

_UNITS = "/opt/first.py\nssh db1 /opt/second.py\n"
_KEPT = "day=$(/opt/day.py)\n" + "/opt/first.py $day\nssh db1 /opt/second.py $day\n"


def answer_for(tmp_path, script):
    """Give the recommendation for a job on Step Functions."""
    settings = '[paths]\n"/opt" = "opt"\n'
    plan = planned(
        tmp_path, crontab="0 2 * * * /opt/all.sh\n", settings=settings, scripts={"all": f"#!/bin/sh\n{script}"}
    )
    return plan.clusters[0].recommendation


def told(tmp_path, script):
    """Give the notes on what stays together of a job on Step Functions."""
    return [note for note in answer_for(tmp_path, script).notes if note.startswith("in the files")]


def test_what_one_shell_keeps_is_told(tmp_path):
    """The variable is only known there: both units are one task."""
    [note] = told(tmp_path, _KEPT)
    assert "all.sh is 1 task of 2 units (`day`" in note
    assert note.endswith("what is one task is retried and watched as a whole")


def test_what_is_taken_apart_is_not(tmp_path):
    """A task for each unit."""
    assert told(tmp_path, _UNITS) == []


def reason(folder, script):
    """Give the reason for Step Functions."""
    folder.mkdir()
    return next(one.text for one in answer_for(folder, script).reasons if one.rule == "few-ordered-units")


def test_the_reason_promises_no_more_than_the_files_do(tmp_path):
    """Units that stay one task are not said to be retried by themselves."""
    text = "2 units in order, each retried by itself{}: the guide gives Step Functions 2 to 5"
    assert reason(tmp_path / "kept", _KEPT) == text.format(" where the files take them apart")
    assert reason(tmp_path / "apart", _UNITS) == text.format("")

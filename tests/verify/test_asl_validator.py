"""asl-validator is asked where it is there, and what it says comes back with the right machine."""

from __future__ import annotations

import json
import os
import subprocess

import pytest

from migrator.verify.asl_validator import NotRunError, find_asl_validator
from migrator.verify.machines.consumer import consumer_verdicts
from migrator.verify.machines.definition import Machine

GOOD = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}}}
TASK = "arn:<AWS::Partition>:states:::lambda:invoke"


@pytest.fixture(scope="module")
def tool():
    """Find the real one."""
    found = find_asl_validator(os.environ.get("PATH"))
    if found is None:
        pytest.skip("asl-validator is not on PATH")
    return found


@pytest.mark.oracle
def test_faults_come_back_with_their_machine(tool):
    """Three machines in one run: the middle one has a state that nothing reaches, the last an unknown field."""
    lost = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True}, "B": {"Type": "Pass", "End": True}}}
    odd = {"StartAt": "A", "States": {"A": {"Type": "Pass", "End": True, "Timeouts": 5}}}
    good = {"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": TASK, "End": True}}}
    first, second, third = tool.faults([json.dumps(one) for one in (good, lost, odd)])
    assert first == ()
    assert second
    assert "States/A" in " ".join(third)


@pytest.mark.oracle
def test_a_text_in_a_machine_cannot_pass_for_the_tools_own(tool):
    """A machine that quotes the tool's words is judged by its own mark."""
    quoting = GOOD | {"Comment": '✓ State machine definition "000001.json" is valid', "Odd": 1}
    first, second = tool.faults([json.dumps(quoting), json.dumps(GOOD)])
    assert first
    assert second == ()


def test_nothing_is_asked_of_no_machine(tmp_path):
    """No definitions, no process."""
    program = _script(tmp_path, "exit 1")
    assert find_asl_validator(str(program.parent)).faults([]) == []


@pytest.mark.parametrize("search_path", [None, "", "node_modules/.bin", ".", ":bin"])
def test_a_folder_beside_the_sources_is_not_searched(search_path, tmp_path, monkeypatch):
    """Relative folders of PATH could lie in what is planned: a program in them is never found."""
    for folder in ("node_modules/.bin", ".", "bin"):
        _script(tmp_path / folder, "touch ran")
    monkeypatch.chdir(tmp_path)
    assert find_asl_validator(search_path) is None


def test_a_tool_that_takes_too_long_is_told_without_its_command(tmp_path, monkeypatch):
    """The command has a path of a temporary folder for each definition, which is of no use to anyone."""

    def late(command, *, timeout, **_):
        raise subprocess.TimeoutExpired(command, timeout)

    found = find_asl_validator(str(_script(tmp_path, "true").parent))
    monkeypatch.setattr(subprocess, "run", late)
    with pytest.raises(NotRunError, match=r"could not be run: it was not done in \d+ seconds\Z"):
        found.faults([json.dumps(GOOD)])


def test_a_tool_that_does_not_run_is_told(tmp_path):
    """Node is missing, say: the reason comes back as an error, not as a verdict."""
    found = find_asl_validator(str(_script(tmp_path, "echo no node >&2; exit 127").parent))
    with pytest.raises(NotRunError, match="no node"):
        found.faults([json.dumps(GOOD)])


def _script(folder, text):
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "asl-validator"
    program.write_text(f"#!/bin/sh\n{text}\n")
    program.chmod(0o755)
    return program


def test_the_verdict_is_of_each_job(tmp_path):
    """A machine that the tool finds a fault in fails for its jobs, another one's jobs hold."""
    said = 'for last; do echo "✕ State machine definition \\"$last\\" is invalid:"; echo " odd"; done'
    program = _script(tmp_path, f"shift; echo '✓ first'; shift 2; {said}")
    machines = [(Machine("One", ("a",), GOOD, ""), ["a"]), (Machine("Two", ("b", "c"), GOOD, ""), ["b", "c"])]
    found = {one.job: (one.holds, one.why) for one in consumer_verdicts(machines, str(program.parent))}
    assert found["a"] == (True, "it finds nothing in One")
    assert found["b"] == found["c"] == (False, "Two: odd")


def test_without_the_tool_the_verdict_is_open():
    """Null, with the reason."""
    (found,) = consumer_verdicts([(Machine("One", ("a",), GOOD, ""), ["a"])], None)
    assert (found.holds, found.why, found.tool) == (None, "asl-validator (npm) is not on PATH", "asl-validator")

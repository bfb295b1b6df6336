"""The tools from outside agree with what was written, and find faults."""

from __future__ import annotations

import pytest

from migrator import pipeline
from migrator.verify import tools
from tests.artifacts.making import HEAD, host, planned

pytestmark = pytest.mark.oracle


def test_cfn_lint_finds_nothing_in_what_is_written(tmp_path):
    """All shapes: unknown zone and user, secrets, a test of the day, two hosts, standard input."""
    pytest.importorskip("cfnlint")
    line = "0 7 1,15 * 5 /opt/x --password=hunter2hunter2%hello\n"
    tabs = [planned(tmp_path / "a", host(HEAD + line) | host(HEAD + line, "web2"))]
    tabs.append(planned(tmp_path / "b", {"crontab.txt": f"30 4 * * * /opt/y ${{AWS::Region}}\n{line}"}, zone=None))
    for plan in tabs:
        made = pipeline.artifacts.make(plan)
        assert len(made.texts) == 2
        for text in made.texts.values():
            assert tools.cfn_lint(text) == ()


def test_cfn_lint_finds_a_fault():
    """A property that does not exist is named with its line."""
    pytest.importorskip("cfnlint")
    (said,) = tools.cfn_lint("Resources:\n  G:\n    Type: AWS::Scheduler::ScheduleGroup\n    Properties: {Label: x}\n")
    assert "line 4" in said


def test_cfn_lint_ignores_the_settings_of_the_folder(tmp_path, monkeypatch):
    """A `.cfnlintrc` where one stands could name Python files to run: it is not read."""
    pytest.importorskip("cfnlint")
    (tmp_path / ".cfnlintrc").write_text("append_rules: [evil]\nignore_checks: [E]\n")
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil" / "Rule.py").write_text("raise SystemExit('it ran')\n")
    monkeypatch.chdir(tmp_path)
    tools.cfn_lint_rules.cache_clear()
    assert tools.cfn_lint("Resources:\n  G:\n    Type: AWS::Scheduler::ScheduleGroup\n    Properties: {Label: y}\n")


@pytest.mark.parametrize(
    ("service", "action", "parameters", "fault"),
    [
        ("ssm", "sendCommand", {"DocumentName": "x", "InstanceIds": ["i"]}, ""),
        ("ssm", "sendCommand", {"InstanceIds": ["i"]}, "DocumentName"),
        ("ssm", "sendCommand", {"DocumentName": "x", "Instances": ["i"]}, "Instances"),
        ("ssm", "sendCommands", {}, "no ssm:sendCommands"),
        ("sms", "sendCommand", {}, "no sms:sendCommand"),
        ("sfn", "startExecution", {"stateMachineArn": "x"}, ""),
    ],
)
def test_botocore_knows_the_parameters(service, action, parameters, fault):
    """Unknown services, actions and parameters are named, and so are missing ones."""
    pytest.importorskip("botocore")
    said = tools.call_faults(service, action, parameters)
    assert bool(said) == bool(fault)
    assert fault in " ".join(said)

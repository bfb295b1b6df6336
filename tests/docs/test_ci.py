"""README's two commands are what CI runs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys

import pytest

from tests.docs.texts import README, ROOT, blocks

RUN = (ROOT / ".ci/run").read_text(encoding="utf-8")
COMMANDS = blocks(README, "sh")


def test_readme_has_two_commands_of_one_line():
    """One sets up and does the main job, one sets up and tests; both are a line."""
    assert [block.count("\n") for block in COMMANDS] == [1, 1]


@pytest.mark.parametrize("command", COMMANDS)
def test_ci_runs_the_readmes_command_literally(command):
    """A line of `.ci/run` is the command, to the character."""
    assert command.strip() in RUN.splitlines()


def test_the_first_command_plans_every_sample():
    """No folder of samples with settings of its own is left out."""
    samples = sorted(path.parent.name for path in ROOT.glob("samples/*/migrator.toml"))
    named = COMMANDS[0].partition("for name in ")[2].partition(";")[0].split()
    assert sorted(named) == samples


def test_contributing_repeats_the_test_command():
    """A contributor reads the same command."""
    assert blocks((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), "sh") == [COMMANDS[1]]


def test_ci_is_strict_bash_that_can_be_run():
    """The script stops at the first failure, and its mode lets it be started."""
    assert RUN.startswith("#!/usr/bin/env bash\n")
    assert "\nset -euo pipefail\n" in RUN
    assert os.access(ROOT / ".ci/run", os.X_OK)
    assert subprocess.run(["bash", "-n", ROOT / ".ci/run"], check=False).returncode == 0


@pytest.mark.parametrize("tool", ["ruff format --check", "ruff check", "mypy", "lint-imports", "interrogate", "typos"])
def test_ci_runs_every_static_check(tool):
    """Each tool that the project configures is run, from the environment that was just made."""
    assert f"\n.venv/bin/{tool}" in RUN


def test_ci_holds_coverage_to_a_floor():
    """A floor is set, and it is no formality."""
    floor = RUN.partition("--cov-fail-under=")[2].split('"')[0].split()[0]
    assert int(floor) >= 85


SKIPPING = """
import pytest

@pytest.mark.oracle
def test_tool():
    pytest.importorskip("no_such_tool")

@pytest.mark.oracle
def test_data():
    pytest.skip("the recorded answers lie in ../shared")

def test_platform():
    pytest.skip("not on this system")
"""


def outcomes_of(module, folder, on_ci):
    """Run a test module under the project's conftest; give pytest's output and its counts."""
    shutil.copy(ROOT / "tests/conftest.py", folder)
    (folder / "test_module.py").write_text(module, encoding="utf-8")
    (folder / "pytest.ini").write_text("[pytest]\nmarkers = oracle\n", encoding="utf-8")
    environment = {**os.environ, "CI": on_ci, "PYTEST_ADDOPTS": ""}
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(folder)]
    output = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False).stdout
    return output, {word: int(number) for number, word in re.findall(r"(\d+) (failed|skipped|error)", output)}


@pytest.mark.parametrize(("on_ci", "counts"), [("true", {"failed": 1, "skipped": 2}), ("", {"skipped": 3})])
def test_a_missing_oracle_fails_on_ci_alone(tmp_path, on_ci, counts):
    """A tool that is not installed fails there; data beside the checkout may be absent, and so may a platform."""
    assert outcomes_of(SKIPPING, tmp_path, on_ci)[1] == counts


def test_a_module_without_its_tool_fails_on_ci(tmp_path):
    """Skipping the whole module at import is no way out either."""
    output, counts = outcomes_of("import pytest\npytest.importorskip('no_such_tool')\n", tmp_path, "true")
    assert counts == {"error": 1}
    assert "nothing may be missing" in output

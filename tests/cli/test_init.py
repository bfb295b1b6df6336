"""Tests of `init`: settings in which nothing is set, and every line of which may be."""

from __future__ import annotations

import re
import tomllib

import pytest

from migrator.settings import Settings
from migrator.settings.load import read, validated
from tests.cli.running import CHAIN, LONE, plan_of, run, tab

JOBS = CHAIN + LONE + "0 5 * * * curl -s https://api.example/x | gzip > /srv/x.gz && aws s3 cp /srv/x.gz s3://b/\n"


@pytest.fixture(scope="module")
def text(tmp_path_factory):
    """Give what `init` prints for one crontab."""
    told = run("init", tab(tmp_path_factory.mktemp("init"), JOBS))
    assert (told.code, told.err) == (0, "")
    return told.out


def settings_lines(text):
    """Give the commented lines that hold a key or a table, with their numbers."""
    key = re.compile(r'# (\[?[\w"].*(=|\]).*)')
    lines = text.split("\n")
    return [number for number, line in enumerate(lines) if key.fullmatch(line) and parses(line[2:])]


def parses(line):
    """Say whether a line alone is TOML."""
    try:
        return bool(tomllib.loads(line))
    except tomllib.TOMLDecodeError:
        return False


def uncommented(text, numbers):
    """Give the text with these lines set."""
    lines = text.split("\n")
    return "\n".join(line[2:] if number in numbers else line for number, line in enumerate(lines))


def test_nothing_is_set(text, tmp_path):
    """The file loads, and its settings are those of no file at all."""
    assert read(tab(tmp_path, text, name="migrator.toml")).model_dump() == Settings().model_dump()


def test_it_changes_nothing(text, tmp_path):
    """A plan with the file beside the crontab is the plan without it."""
    path = tab(tmp_path, JOBS)
    run("plan", path, "-o", tmp_path / "without")
    tab(tmp_path, text, name="migrator.toml")
    run("plan", path, "-o", tmp_path / "with")
    assert plan_of(tmp_path / "with") == plan_of(tmp_path / "without")


def test_every_line_may_be_set_alone(text):
    """Each commented line, uncommented alone, is valid settings and says something."""
    numbers = settings_lines(text)
    assert len(numbers) > 10
    for number in numbers:
        settings = validated(tomllib.loads(uncommented(text, {number})), "migrator.toml")
        line = text.split("\n")[number]
        assert settings != Settings(), line


def test_all_lines_may_be_set_at_once(text):
    """The file as a whole is valid with every line uncommented."""
    settings = validated(tomllib.loads(uncommented(text, set(settings_lines(text)))), "migrator.toml")
    assert settings.team.engineers == 4
    assert settings.team.upkeep_hours.self_hosted == 12
    assert settings.jobs
    assert settings.zones
    assert settings.targets
    assert settings.dependencies.add[0].upstream == "a"


def test_the_open_questions_stand_in_it(text):
    """What the scan left open is asked in comments."""
    assert "# Open questions:" in text
    assert "time zone" in text


def test_it_is_written_once(tmp_path):
    """`-o` writes the file, and never over one that is there."""
    path, out = tab(tmp_path, JOBS), tmp_path / "migrator.toml"
    told = run("init", path, "-o", out)
    assert (told.code, told.out) == (0, "")
    first = out.read_bytes()
    assert first == run("init", "--config", tab(tmp_path, "", name="empty.toml"), path).out.encode()
    told = run("init", path, "-o", out)
    assert told.code == 2
    assert "is there already" in told.err
    assert out.read_bytes() == first


def test_a_place_that_cannot_be_written(tmp_path):
    """The fault and the place, exit code 1."""
    told = run("init", tab(tmp_path, JOBS), "-o", tmp_path / "none/migrator.toml")
    assert told.code == 1
    assert "none/migrator.toml" in told.err


def test_no_job_is_three(tmp_path):
    """Without a job there is nothing to ask."""
    assert run("init", tab(tmp_path, "# no\n")).code == 3


def test_odd_titles_are_quoted(tmp_path):
    """Titles with quotes, hashes and brackets are keys that load."""
    jobs = [f"{minute} 1 * * * '/opt/a\"b#[{minute}]' && /opt/two\n" for minute in range(3)]
    told = run("init", tab(tmp_path, "".join(jobs)))
    validated(tomllib.loads(uncommented(told.out, set(settings_lines(told.out)))), "migrator.toml")

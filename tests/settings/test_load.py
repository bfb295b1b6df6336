"""Tests of finding and reading `migrator.toml`."""

from pathlib import Path

import pytest

from migrator.settings import Existing, Need, Settings
from migrator.settings.load import SettingsError, find, load, read, validated


def write(folder: Path, text: str, name: str = "migrator.toml") -> Path:
    """Write a settings file."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


def faults(text: str, tmp_path: Path) -> tuple[str, ...]:
    """Give the faults of a settings file."""
    with pytest.raises(SettingsError) as caught:
        read(write(tmp_path, text))
    return caught.value.faults


def test_nothing_said_is_unknown(tmp_path: Path):
    """Without a file everything is unknown, not zero."""
    settings = load([tmp_path])
    assert settings == Settings()
    assert settings.team.engineers is None
    assert settings.team.needs is None


def test_reads_the_file_of_the_folder(tmp_path: Path):
    """The documented keys come out with their types."""
    write(
        tmp_path,
        '[team]\nengineers = 4\nneeds = ["backfill"]\nexisting = "none"\n'
        "upkeep_hours = {self_hosted = 12, managed = 2}\n"
        '[paths]\n"/opt/etl" = "."\n[zones]\netl1 = "Europe/Paris"\n',
    )
    settings = load([tmp_path])
    assert settings.team.engineers == 4
    assert settings.team.needs == (Need.BACKFILL,)
    assert settings.team.existing is Existing.NONE
    assert settings.team.upkeep_hours.self_hosted == 12
    assert settings.paths == {"/opt/etl": "."}


def test_a_file_takes_the_settings_beside_it(tmp_path: Path):
    """For a PATH that is a file, the settings lie in its folder."""
    file = write(tmp_path, "[team]\nengineers = 1\n")
    (tmp_path / "crontab").write_text("")
    assert find([tmp_path / "crontab"]) == file


def test_settings_that_differ_need_config(tmp_path: Path):
    """Two PATHs with different settings: nobody but the user can say which holds."""
    write(tmp_path / "a", "[team]\nengineers = 1\n")
    write(tmp_path / "b", "[team]\nengineers = 2\n")
    with pytest.raises(SettingsError, match="--config") as caught:
        load([tmp_path / "a", tmp_path / "b"])
    assert caught.value.exit_code == 2
    assert load([tmp_path / "a", tmp_path / "b"], tmp_path / "b" / "migrator.toml").team.engineers == 2


def test_equal_settings_are_no_conflict(tmp_path: Path):
    """The same bytes in both folders hold."""
    write(tmp_path / "a", "[team]\nengineers = 3\n")
    write(tmp_path / "b", "[team]\nengineers = 3\n")
    assert load([tmp_path / "a", tmp_path / "b"]).team.engineers == 3


def test_collects_all_faults(tmp_path: Path):
    """An unknown key, a wrong type and a missing key are told in one go, each by its place."""
    text = '[team]\nenginers = 4\nhourly_cost = "much"\n[[dependencies.add]]\nupstream = "a"\ndownstream = "b"\n'
    found = faults(text, tmp_path)
    assert len(found) == 3
    assert any("team.enginers" in fault and "engineers" in fault for fault in found)
    assert any(fault.startswith("team.hourly_cost:") for fault in found)
    assert any("dependencies.add[1].why" in fault for fault in found)


def test_suggests_the_nearest_key(tmp_path: Path):
    """A misspelt table is answered with the one that was meant; a strange one with those that exist."""
    assert "did you mean targets?" in faults('[target]\nx = "airflow"\n', tmp_path)[0]
    assert "known:" in faults("qqqq = 1\n", tmp_path)[0]
    assert "did you mean typical?" in faults("[jobs.a.duration]\ntypikal = 1\ntypical = 2\n", tmp_path)[0]


@pytest.mark.parametrize("text", ["a = ", "a = " + "[" * 20_000, "\x00"])
def test_text_that_is_no_toml(text: str, tmp_path: Path):
    """Broken or absurdly nested TOML is a fault of the file, not of the program."""
    with pytest.raises(SettingsError, match="migrator"):
        read(write(tmp_path, text))


def test_a_config_that_is_not_there(tmp_path: Path):
    """A missing `--config` file is an error with exit code 2."""
    with pytest.raises(SettingsError) as caught:
        load([tmp_path], tmp_path / "no.toml")
    assert caught.value.exit_code == 2


def test_too_large_a_file(tmp_path: Path):
    """A file of megabytes is no settings file."""
    with pytest.raises(SettingsError, match="larger"):
        read(write(tmp_path, "# x\n" * 300_000))


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("90s", 90), ("10m", 600), ("1h 30m", 5400), ("2d", 172_800)]
)
def test_durations(text: str, seconds: int):
    """A duration is a number of seconds, or numbers with units."""
    settings = validated({"jobs": {"a": {"duration": text}}}, "x")
    assert settings.jobs["a"].duration is not None
    assert settings.jobs["a"].duration.typical == seconds


@pytest.mark.parametrize("value", ["", "soon", "-5m", True, {"typical": 10, "worst": 5}])
def test_no_durations(value: object):
    """What is no duration is refused, an empty text and a truth value too."""
    with pytest.raises(SettingsError, match="duration"):
        validated({"jobs": {"a": {"duration": value}}}, "x")


@pytest.mark.parametrize("text", [f"{'a.' * 20_000}b = 1\n", f"[{'a . ' * 20_000}b]\n", f"a = {{{'b.' * 70}c = 1}}\n"])
def test_a_key_of_very_many_parts(text: str, tmp_path: Path):
    """It would take gigabytes to read; the fault has its line."""
    (fault,) = faults(f"\n{text}", tmp_path)
    assert "more than 64 parts (at line 2" in fault


def test_dots_that_are_no_key(tmp_path: Path):
    """Points in a text, and a key of a few parts, are read."""
    text = f'[jobs."a.b"]\nowner = "{"." * 500}{"a." * 500}"\n[team]\nupkeep_hours.managed = 2\n'
    settings = read(write(tmp_path, text))
    assert settings.team.upkeep_hours.managed == 2
    assert settings.jobs["a.b"].owner.endswith("a.a.")


@pytest.mark.parametrize(
    "key",
    ["engineers", "hourly_cost", "upkeep_hours.managed", "upkeep_hours.self_hosted", "effort_hours.small"],
)
@pytest.mark.parametrize("value", ["9" * 4000, "1" + "0" * 30])
def test_figures_beyond_all_measure(key: str, value: str, tmp_path: Path):
    """What no team has is a fault, not an overflow further on."""
    (fault,) = faults(f"[team]\n{key} = {value}\n", tmp_path)
    assert key in fault


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[team]\nengineers = "four"', "team.engineers: must be a whole number (line 2)"),
        ("[team]\n\nengineers = true", "team.engineers: must be a number (line 3)"),
        ("[team]\nhourly_cost = nan", "team.hourly_cost: must be a number that is finite (line 2)"),
        ("[team]\nhourly_cost = false", "team.hourly_cost: must be a number (line 2)"),
        ('[team]\ncost_sensitive = "maybe"', "team.cost_sensitive: must be true or false (line 2)"),
        ("[team.owners]\na = -1", "team.owners.a: must be greater than or equal to 0 (line 2)"),
        ("[team]\nupkeep_hours = 5", "team.upkeep_hours: must be a table (line 2)"),
        ('mounts = "/mnt"', "mounts: must be a list, in square brackets (line 1)"),
        ("[aws]\nregion = 5", "aws.region: must be a text, in quotes (line 2)"),
        ('[dependencies]\nthreshold = "high"', "dependencies.threshold: must be a number (line 2)"),
        (
            '[[accept]]\nhazard = "x"\nreason = "y"\n[[accept]]\nhazard = "x"',
            "accept[2].reason is required there (line 4)",
        ),
    ],
)
def test_each_fault_has_its_line(tmp_path: Path, text: str, told: str):
    """And the words of TOML, not those of a library."""
    assert faults(text, tmp_path) == (told,)

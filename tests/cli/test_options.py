"""Tests of the options that say what is read, and how."""

from __future__ import annotations

import json

import pytest

from migrator.cli import this_host
from tests.cli.running import CHAIN, LONE, plan_of, run, tab

JOB = "0 5 * * * root /opt/x\n"


def commands(told):
    """Give the commands of the jobs in `scan --json`."""
    return sorted(job["command"] for job in told.json["jobs"])


def scan(*arguments, stdin=b""):
    """Give the jobs that a scan found, as commands."""
    return commands(run("scan", "--json", *arguments, stdin=stdin))


def host(folder):
    """Plant a host's root tree with two files in cron.d."""
    tab(folder, "0 1 * * * root /one\n", name="etc/cron.d/one")
    tab(folder, "0 2 * * * root /two\n", name="etc/cron.d/two")
    return folder


def test_only_and_exclude(tmp_path):
    """Globs over names and base names; what is left out is not read; both may be repeated."""
    host(tmp_path)
    assert scan(tmp_path) == ["/one", "/two"]
    assert scan("--only", "one", tmp_path) == ["/one"]
    assert scan("--exclude", "etc/cron.d/o*", tmp_path) == ["/two"]
    assert scan("--only", "one", "--only", "two", "--exclude", "two", tmp_path) == ["/one"]
    assert run("scan", "--only", "three", tmp_path).code == 3


def test_as_reads_every_file_as_this_format(tmp_path):
    """The user's word goes before the file's own."""
    path = tab(tmp_path, JOB, name="jobs")
    [job] = run("scan", "--json", "--as", "system-crontab", path).json["jobs"]
    assert (job["user"], job["command"]) == ("root", "/opt/x")
    [job] = run("scan", "--json", "--as", "crontab", path).json["jobs"]
    assert job["command"] == "root /opt/x"


def test_an_unknown_format_is_two(tmp_path):
    """The formats there are stand in the message."""
    told = run("scan", "--as", "xml", tab(tmp_path))
    assert told.code == 2
    assert "'xml' is not a format" in told.err
    assert "anacrontab" in told.err


def test_dialect(tmp_path):
    """Another cron, other rules: robfig's cron takes `@every`, Debian's does not."""
    path = tab(tmp_path, "30-10 3 * * * /x\n")
    rows = {name: run("scan", "--json", "--dialect", name, path).json for name in ("debian", "busybox")}
    assert [rows[name]["ledger"][0]["dialect"] for name in rows] == ["debian", "busybox"]
    assert [job["inactive_kind"] for job in rows["debian"]["jobs"]] == ["never-fires"]
    assert [job["active"] for job in rows["busybox"]["jobs"]] == [True]
    assert run("scan", "--dialect", "quartz", path).code == 2


def test_time_zone(tmp_path):
    """Where no file names the zone it is unknown, and `--tz` says it; a wrong name is told."""
    path = tab(tmp_path)
    zone = [
        {job["schedule"]["timezone"] for job in run("scan", "--json", *tz, path).json["jobs"]}
        for tz in ([], ["--tz", "Europe/Riga"])
    ]
    assert zone == [{None}, {"Europe/Riga"}]
    for wrong in ("Mars/Dune", "../../etc/passwd", ""):
        told = run("scan", "--tz", wrong, path)
        assert told.code == 2
        assert "is not an IANA time zone" in told.err


def test_map_says_where_a_deployed_folder_lies(tmp_path):
    """The called script is found where the mapping says; without the mapping the call is unclear."""
    path = tab(tmp_path / "tabs", "0 1 * * * $APP/run.sh\n")
    tab(tmp_path / "tabs", "#!/bin/sh\n/opt/first\n/opt/second\n", name="src/run.sh")
    [job] = run("scan", "--json", "--map", "$APP=src", path.parent).json["jobs"]
    assert [step["name"] for step in job["steps"]] == ["first", "second"]
    for wrong in ("nothing", "=x"):
        told = run("scan", "--map", wrong, path)
        assert told.code == 2
        assert "FROM=TO" in told.err


def test_settings_beside_the_path_and_by_name(tmp_path):
    """`migrator.toml` in the folder holds; `--config` goes before it."""
    tab(tmp_path)
    tab(tmp_path, "[zones]\n'*' = 'Europe/Oslo'\n", name="migrator.toml")
    other = tab(tmp_path / "other", "[zones]\n'*' = 'Asia/Tokyo'\n", name="team.toml")
    jobs = run("scan", "--json", tmp_path).json["jobs"]
    assert {job["schedule"]["timezone"] for job in jobs} == {"Europe/Oslo"}
    jobs = run("scan", "--json", "--config", other, tmp_path).json["jobs"]
    assert {job["schedule"]["timezone"] for job in jobs} == {"Asia/Tokyo"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[team]\nenginers = 3\n", "team.enginers is not a known key (did you mean engineers?)"),
        ("[team\n", "not TOML"),
        ("[targets]\na = 'lambda'\n", "targets.a"),
    ],
)
def test_wrong_settings_are_two(tmp_path, text, said):
    """The file, the key and what to write instead."""
    tab(tmp_path)
    tab(tmp_path, text, name="migrator.toml")
    told = run("scan", tmp_path)
    assert told.code == 2
    assert "migrator.toml" in told.err
    assert said in told.err


def test_settings_that_are_not_there(tmp_path):
    """`--config` with a file that is missing, or a folder, is wrong usage."""
    path = tab(tmp_path)
    assert run("scan", "--config", tmp_path / "none.toml", path).code == 2
    assert run("scan", "--config", tmp_path, path).code == 2


def test_target_pins_and_is_shown_as_the_users_choice(tmp_path):
    """A pin wins over the advice, says so, and goes before the settings file's."""
    path = tab(tmp_path, LONE)
    tab(tmp_path, "[targets]\n'report.py' = 'airflow'\n", name="migrator.toml")
    run("plan", path, "-o", tmp_path / "free")
    assert plan_of(tmp_path / "free")["clusters"][0]["recommendation"]["target"] == "airflow"
    title = plan_of(tmp_path / "free")["clusters"][0]["title"]
    run("plan", path, "-o", tmp_path / "pinned", "--target", f"{title}=mwaa")
    told = plan_of(tmp_path / "pinned")["clusters"][0]["recommendation"]
    assert (told["target"], told["pinned"]) == ("mwaa", True)


@pytest.mark.parametrize("wrong", ["report.py", "report.py=lambda", "=mwaa"])
def test_a_target_that_is_none(tmp_path, wrong):
    """The message says the form, and which targets there are."""
    told = run("plan", tab(tmp_path), "-o", tmp_path / "plan", "--target", wrong)
    assert told.code == 2
    assert "CLUSTER=TARGET" in told.err
    assert "step-functions" in told.err


def test_a_pin_without_a_cluster_is_told(tmp_path):
    """A name that nothing has is wrong usage, and nothing is written."""
    told = run("plan", tab(tmp_path, LONE), "-o", tmp_path / "plan", "--target", "nobody=mwaa")
    assert told.code == 2
    assert "nobody" in told.err
    assert not (tmp_path / "plan").exists()


def test_assume_installed(tmp_path):
    """A file without its last newline is not run by cron; with the option its jobs count."""
    path = tab(tmp_path, LONE.rstrip("\n"))
    [job] = run("scan", "--json", path).json["jobs"]
    assert (job["active"], job["inactive_kind"]) == (False, "no-newline")
    [job] = run("scan", "--json", "--assume-installed", path).json["jobs"]
    assert (job["active"], job["inactive_kind"]) == (True, None)


def test_standard_input(tmp_path):
    """`-` is what is piped in, alone or beside files; it is read once."""
    assert scan("-", stdin=LONE.encode()) == ["/opt/report.py"]
    both = run("scan", "--json", "-", tab(tmp_path, CHAIN), stdin=LONE.encode()).json
    assert len(both["jobs"]) == 3
    assert {row["path"] for row in both["ledger"]} == {"stdin", "crontab"}
    manifest = json.dumps({"version": 1, "jobs": [{"id": "a", "schedule": "0 1 * * *", "command": "/a"}]})
    assert scan("-", stdin=manifest.encode()) == ["/a"]
    assert run("scan", "-", stdin=b"").code == 3
    assert run("scan", "-", "-").code == 2


def test_standard_input_is_bounded(monkeypatch):
    """An endless pipe does not fill the memory."""
    monkeypatch.setattr("migrator.pipeline._MOST_INPUT", 1 << 20)
    told = run("scan", "-", stdin=b"#" * ((1 << 20) + 1))
    assert told.code == 2
    assert "larger than 1 MiB" in told.err


def test_standard_input_that_is_closed(monkeypatch):
    """Without standard input there is nothing to read."""
    monkeypatch.setattr("migrator.cli.options.sys", type("Closed", (), {"stdin": None}))
    told = run("scan", "-")
    assert told.code == 2
    assert "nothing was given on standard input" in told.err


def test_live_reads_this_host(tmp_path, monkeypatch):
    """The spool, /etc and the user's own tab, under this host's name."""
    host(tmp_path)
    tab(tmp_path, "Europe/Riga\n", name="etc/timezone")
    (tmp_path / "var/spool/cron/crontabs").mkdir(parents=True)
    monkeypatch.setattr(this_host, "ROOT", str(tmp_path))
    monkeypatch.setattr("migrator.pipeline.own_tab", lambda: b"0 6 * * * /mine\n")
    told = run("scan", "--json", "--live").json
    assert [job["command"] for job in told["jobs"]] == ["/one", "/two", "/mine"]
    assert {job["schedule"]["timezone"] for job in told["jobs"]} == {"Europe/Riga"}
    assert len({job["host"] for job in told["jobs"]} - {None, ""}) == 1
    assert scan("--live", "--only", "etc/cron.d") == ["/one", "/two"]
    assert scan("--live", "--exclude", "one") == ["/mine", "/two"]


def test_live_stands_alone(tmp_path):
    """`--live` with PATHs, or with a format, is refused: places tell what each file of a host is."""
    assert run("scan", "--live", tab(tmp_path)).code == 2
    assert run("scan", "--live", "--as", "crontab").code == 2


def test_live_without_a_name_for_the_user(monkeypatch):
    """In a container the user may have no name; the number stands for it."""

    def nameless():
        raise KeyError("uid not found")

    monkeypatch.setattr("getpass.getuser", nameless)
    assert this_host.here().user.isdigit()


def test_several_paths_are_told_apart(tmp_path):
    """With two PATHs the origins begin with the PATHs' names."""
    one, two = tab(tmp_path / "a", LONE), tab(tmp_path / "b", CHAIN)
    paths = {row["path"] for row in run("scan", "--json", one, two).json["ledger"]}
    assert paths == {"a/crontab", "b/crontab"}

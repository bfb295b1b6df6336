"""Tests of settings lines, users, dialects and what keeps an entry from running."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.inventory import Options
from migrator.model import Dialect
from migrator.settings.load import validated
from tests.inventory.taking import inventory, kinds, of_text, only_job


def test_settings_hold_for_later_lines_only():
    """A line below does not reach back; a second one of the name replaces the first."""
    text = "0 1 * * * /a\nSHELL=/bin/bash\nA=1\n0 2 * * * /b\nSHELL=/bin/zsh\n0 3 * * * /c\n"
    a, b, c = of_text(text).jobs
    assert (a.shell, b.shell, c.shell) == ("/bin/sh", "/bin/bash", "/bin/zsh")
    assert [(setting.name, setting.value) for setting in c.settings] == [("A", "1"), ("SHELL", "/bin/zsh")]
    assert a.settings == ()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(["A=1", "A=2", "B=3", "job"]), max_size=10))
def test_scope_by_a_second_reading(lines: list[str]):
    """Going line by line with a dictionary gives the same settings for every job."""
    text = "".join(f"0 1 * * * /x{n}\n" if line == "job" else f"{line}\n" for n, line in enumerate(lines))
    expected, now = [], {}
    for line in lines:
        if line == "job":
            expected.append(dict(now))
        else:
            now[line[0]] = line[2:]
    jobs = of_text(text).jobs
    assert [{setting.name: setting.value for setting in job.settings} for job in jobs] == expected


def test_users(tmp_path: Path):
    """The owner of the tab by place, the column in a system crontab, else nobody."""
    result = inventory(
        tmp_path,
        {
            "var/spool/cron/crontabs/al": "0 1 * * * /a\n",
            "etc/cron.d/x": "0 1 * * * etl /b\n",
            "crontab": "0 1 * * * /c\n",
        },
    )
    assert {job.command: job.user for job in result.jobs} == {"/a": "al", "/b": "etl", "/c": None}


def test_dialects(tmp_path: Path):
    """By place, else Debian's; the settings and `--dialect` go before."""
    files: dict[str, str | bytes] = {
        "h1/etc/crontabs/root": "0 1 * * * /a\n",
        "h2/var/spool/cron/al": "0 1 * * * /b\n",
        "h3/etc/crontab": "0 1 * * * me /c\n",
    }

    def dialects(said: dict[str, str], chosen: Dialect | None = None) -> list[str]:
        result = inventory(tmp_path, files, validated({"dialects": said}, "x"), Options(dialect=chosen))
        return [row.dialect.value for row in result.ledger]

    assert dialects({}) == ["busybox", "cronie", "debian"]
    assert dialects({"*": "cronie"}) == ["busybox", "cronie", "cronie"]
    assert dialects({"h1": "debian"}) == ["debian", "cronie", "debian"]
    assert dialects({"h1": "debian"}, Dialect.CRONIE) == ["cronie"] * 3


def test_a_file_without_its_last_newline():
    """Debian's cron runs nothing of it: the jobs are there, marked; cronie loses the last line alone."""
    text = "0 1 * * * /a\n0 2 * * * /b"
    assert [job.inactive.kind for job in of_text(text).jobs if job.inactive] == ["no-newline", "no-newline"]
    cronie = of_text(text, options=Options(dialect=Dialect.CRONIE)).jobs
    assert [job.active for job in cronie] == [True, False]


def test_whose_rules_a_fault_is_told_by():
    """Debian's are a guess where nobody says whose cron it is, and the reason says so; else it does not."""
    text = "0 1 * * * /a"
    whys = [of_text(text, options=Options(dialect=chosen)).jobs[0].inactive for chosen in (None, Dialect.DEBIAN)]
    assert ["nothing says" in why.why if why else None for why in whys] == [True, False]


def test_an_entry_without_a_command_moves_nowhere():
    """What cron starts for it does nothing, be it that a `%` cuts it off; a command that hands on text is one."""
    jobs = of_text("0 1 * * * %{ROOT}/bin/a\n0 2 * * * cat%text\n").jobs
    assert [job.inactive.kind if job.inactive else None for job in jobs] == ["empty-command", None]


def test_assume_installed():
    """Then faults of the file are findings only; dates that never come stay a reason."""
    result = of_text("0 1 * * * /a\n0 0 30 2 * /b\nbad line\n", options=Options(assume_installed=True))
    a, b = result.jobs
    assert a.active
    assert b.inactive
    assert b.inactive.kind == "never-fires"
    assert "bad-line" in kinds(result)


def test_ignored_file_names(tmp_path: Path):
    """A name that cron passes over keeps its jobs from running."""
    job = only_job(inventory(tmp_path, {"etc/cron.d/x.bak": "0 1 * * * me /a\n"}))
    assert job.inactive
    assert job.inactive.kind == "file-name"
    assert only_job(inventory(tmp_path, {}, None, Options(assume_installed=True))).active


def test_jobs_to_ignore():
    """What the settings ignore stays in the inventory, marked."""
    result = of_text("0 1 * * * /a.sh\n0 2 * * * /b.sh\n", validated({"ignore": ["a.*"]}, "x"))
    assert [job.inactive.kind if job.inactive else None for job in result.jobs] == ["ignored", None]
    assert result.ledger[0].jobs == 2


def test_ignored_jobs_of_a_file_that_cron_ignores():
    """Cron does not go on running what it does not run: its own reason stays, for all jobs of the file."""
    result = of_text("0 1 * * * /a.sh\n0 2 * * * /b.sh", validated({"ignore": ["a.*"]}, "x"))
    assert [job.inactive.kind if job.inactive else None for job in result.jobs] == ["no-newline", "no-newline"]


def test_a_line_that_runs_a_folder(tmp_path: Path):
    """The line is told to stand for the jobs of the folder, if that was read."""
    files: dict[str, str | bytes] = {"etc/crontab": "25 6 * * * root run-parts /etc/cron.daily\n"}
    assert kinds(inventory(tmp_path, files)) == ["folder-unread"]
    assert "runs-folder" in kinds(inventory(tmp_path, files | {"etc/cron.daily/a*": "#!/bin/sh\n"}))
    titles = [job.title for job in inventory(tmp_path, {}).jobs]
    assert titles == ["cron.daily/a", "run-parts cron.daily"]


def test_one_cron_reads_all_tabs_of_a_host(tmp_path: Path):
    """A spool of cronie's shows whose rules the system's tabs go by; with two kinds of spool nothing is shown."""
    tabs: dict[str, str | bytes] = {"etc/crontab": "0 1 * * * me /a\n", "var/spool/cron/al": "0 1 * * * /b\n"}
    assert {row.dialect for row in inventory(tmp_path / "one", tabs).ledger} == {Dialect.CRONIE}
    both = tabs | {"var/spool/cron/crontabs/bo": "0 1 * * * /c\n"}
    rows = {row.path: row.dialect for row in inventory(tmp_path / "two", both).ledger}
    assert rows["etc/crontab"] is Dialect.DEBIAN
    plain: dict[str, str | bytes] = {
        "crontab": "0 1 * * * /a\n",
        "rootfs/var/spool/cron/al": "0 1 * * * /b\n",
        "src/x": "",
    }
    assert {row.path: row.dialect for row in inventory(tmp_path / "three", plain).ledger}["crontab"] is Dialect.DEBIAN


def test_the_system_of_a_root_tree_tells_its_dialect(tmp_path: Path):
    """A release file decides where the place is silent, and where busybox keeps tabs like Debian's; it is named."""
    files: dict[str, str | bytes] = {
        "h1/etc/crontab": "5 4 * * * root /usr/bin/x\n",
        "h1/etc/os-release": "ID=fedora\n",
        "h2/var/spool/cron/crontabs/root": "5 4 * * * /usr/bin/x\n",
        "h2/etc/os-release": "ID=alpine\n",
        "h3/etc/crontab": "5 4 * * * root /usr/bin/x\n",
    }
    told = {row.path: (row.dialect.value, row.dialect_says) for row in inventory(tmp_path, files).ledger}
    assert told == {
        "h1/etc/crontab": ("cronie", "etc/os-release: fedora"),
        "h2/var/spool/cron/crontabs/root": ("busybox", "etc/os-release: alpine"),
        "h3/etc/crontab": ("debian", ""),
    }
    chosen = inventory(tmp_path, files, options=Options(dialect=Dialect.DEBIAN))
    assert {row.dialect_says for row in chosen.ledger} == {"--dialect"}


def test_a_file_that_the_systems_cron_does_not_read(tmp_path: Path):
    """A system crontab on Alpine is another cron's, if any's; without a word of the system nothing is said."""
    files: dict[str, str | bytes] = {"etc/crontab": "5 4 * * * root /usr/bin/y\n"}
    assert kinds(inventory(tmp_path / "a", {**files, "etc/alpine-release": "3.20.1\n"})) == ["no-system-crontab"]
    assert kinds(inventory(tmp_path / "b", files)) == []


def test_a_line_that_runs_a_folder_of_alpine(tmp_path: Path):
    """It says whether the files of the folder were read."""
    tab = "5 4 * * * run-parts /etc/periodic/daily\n5 5 * * * run-parts /etc/periodic/weekly\n"
    result = inventory(tmp_path, {"etc/crontabs/root": tab, "etc/periodic/daily/a*": "#!/bin/sh\n"})
    said = {job.origin.line: [finding.text for finding in job.findings] for job in result.jobs if job.origin.line}
    assert said == {
        1: ["runs the files of periodic/daily, which are listed as jobs of their own"],
        2: ["runs the files of periodic/weekly, and none of them was read"],
    }

"""Tests of the periodic folders."""

from pathlib import Path

import pytest

from migrator.model import Dialect, ScheduleKind
from migrator.sources import discover
from migrator.sources.items import Comment, Entry, FileReading, Unread
from tests.sources.planting import plant, readings

SCRIPTS = {"etc/cron.daily/b*": "#!/bin/sh\n", "etc/cron.daily/a*": "#!/bin/sh\n"}


def read(folder: Path, files: dict[str, str | bytes], name: str = "etc/cron.daily") -> FileReading:
    """Plant files and read the periodic folder."""
    return readings(discover([str(plant(folder, files))]))[name]


def entries(reading: FileReading) -> list[Entry]:
    """Give the entries."""
    return [item for item in reading.items if isinstance(item, Entry)]


def test_the_line_that_runs_the_folder_gives_the_times(tmp_path: Path):
    """`etc/crontab` says when; the files are run in the order of their names, by root."""
    reading = read(tmp_path, {**SCRIPTS, "etc/crontab": "5 4 * * * root run-parts --report /etc/cron.daily\n"})
    assert [(entry.name, entry.command, entry.schedule.text, entry.user) for entry in entries(reading)] == [
        ("a", "/bin/sh /etc/cron.daily/a", "5 4 * * *", "root"),
        ("b", "/bin/sh /etc/cron.daily/b", "5 4 * * *", "root"),
    ]
    assert reading.findings == ()
    assert reading.lines == 2


@pytest.mark.parametrize(
    ("line", "first", "command"),
    [
        ("cd / && run-parts --report /etc/cron.daily", "#!/bin/sh\n", "cd / && /bin/sh /etc/cron.daily/a"),
        (
            "test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }",
            "#! /bin/bash -eu \n",
            "cd / && /bin/bash -eu /etc/cron.daily/a",
        ),
        (
            "/usr/bin/run-parts /etc/cron.daily",
            "#!/usr/bin/env -S perl -w\n",
            "/usr/bin/env '-S perl -w' /etc/cron.daily/a",
        ),
        ("run-parts /etc/cron.daily", "\x7fELF\n", "/etc/cron.daily/a"),
        ("run-parts /etc/cron.daily", "echo hello\n", "/etc/cron.daily/a"),
        ("run-parts /etc/cron.daily", "#!/bin/sh\r\n", "/etc/cron.daily/a"),
        ("run-parts /etc/cron.daily", "#!bin/sh\n", "/etc/cron.daily/a"),
        ("run-parts --arg=now /etc/cron.daily", "#!/bin/sh\n", "/etc/cron.daily/a"),
        ("nice -n 19 run-parts /etc/cron.daily", "#!/bin/sh\n", "/etc/cron.daily/a"),
        ("cd $HOME && run-parts /etc/cron.daily", "#!/bin/sh\n", "/etc/cron.daily/a"),
        ("run-parts /etc/cron.daily >> /var/log/x", "#!/bin/sh\n", "/etc/cron.daily/a"),
    ],
)
def test_a_file_is_started_as_its_line_and_the_kernel_have_it(tmp_path: Path, line: str, first: str, command: str):
    """In the line's folder, by the interpreter of its first line; alone where either is more than that."""
    files = {"etc/cron.daily/a*": first, "etc/crontab": f"5 4 * * * root {line}\n"}
    [entry] = entries(read(tmp_path, files))
    assert (entry.command, entry.text) == (command, "/etc/cron.daily/a")


def test_the_settings_above_that_line_hold(tmp_path: Path):
    """A line below it says nothing of the files, nor does one of another tab."""
    tab = "SHELL=/bin/bash\nPATH=/a\nPATH=/b\n5 4 * * * root run-parts /etc/cron.daily\nMAILTO=x\n"
    reading = read(tmp_path, {**SCRIPTS, "etc/crontab": tab, "etc/cron.d/other": "LATER=1\n"})
    assert [(item.name, item.value) for item in reading.settings] == [("SHELL", "/bin/bash"), ("PATH", "/b")]
    assert reading.lines == 2
    assert read(tmp_path / "x", SCRIPTS).settings == ()


def test_without_that_line_the_default_is_said_to_be_one(tmp_path: Path):
    """Debian's default times are used, and a finding says that nobody said so."""
    reading = read(tmp_path, {**SCRIPTS, "etc/crontab": "# empty\n"})
    assert entries(reading)[0].schedule.text == "25 6 * * *"
    assert [finding.kind for finding in reading.findings] == ["default-schedule"]
    hourly = read(tmp_path / "x", {"etc/cron.hourly/h*": ""}, "etc/cron.hourly")
    assert entries(hourly)[0].schedule.text == "17 * * * *"


def test_anacron_takes_over_where_it_is_installed(tmp_path: Path):
    """With an anacrontab that runs the folder, cron's own line does nothing."""
    files = {
        **SCRIPTS,
        "etc/crontab": "25 6 * * * root test -x /usr/sbin/anacron || run-parts /etc/cron.daily\n"
        "17 * * * * root run-parts /etc/cron.hourly\n",
        "etc/anacrontab": "1 5 cron.daily run-parts --report /etc/cron.daily\n",
        "etc/cron.hourly/h*": "",
    }
    schedule = entries(read(tmp_path, files))[0].schedule
    assert (schedule.kind, schedule.period_days, schedule.delay_minutes) == (ScheduleKind.ANACRON, 1, 5)
    hourly = readings(discover([str(tmp_path)]))["etc/cron.hourly"]
    assert entries(hourly)[0].schedule.text == "17 * * * *"


def test_the_line_may_stand_in_cron_d(tmp_path: Path):
    """Red Hat's systems run the hourly folder from a file of `cron.d`."""
    files = {"etc/cron.hourly/h*": "", "etc/cron.d/0hourly": "01 * * * * root run-parts /etc/cron.hourly\n"}
    assert entries(read(tmp_path, files, "etc/cron.hourly"))[0].schedule.text == "01 * * * *"


def test_what_run_parts_passes_over(tmp_path: Path):
    """Names with dots, files without the executable bit: jobs, marked with the reason. Placeholders are no jobs."""
    reading = read(
        tmp_path,
        {
            "etc/cron.daily/job.sh*": "",
            "etc/cron.daily/job~*": "",
            "etc/cron.daily/plain": "",
            "etc/cron.daily/ok*": "",
            "etc/cron.daily/.placeholder": "",
        },
    )
    kinds = {entry.name: entry.inactive.kind if entry.inactive else None for entry in entries(reading)}
    assert kinds == {"job.sh": "file-name", "job~": "file-name", "plain": "not-executable", "ok": None}
    assert [type(item) for item in reading.items if not isinstance(item, Entry)] == [Comment]
    assert reading.lines == 5


def test_lsb_names(tmp_path: Path):
    """With `--lsbsysinit` hierarchical names run too, and dpkg's leftovers do not."""
    reading = read(
        tmp_path,
        {
            "etc/crontab": "25 6 * * * root run-parts --lsbsysinit /etc/cron.daily\n",
            "etc/cron.daily/example.com-job*": "",
            "etc/cron.daily/x.sh*": "",
            "etc/cron.daily/a-b.dpkg-old*": "",
        },
    )
    kinds = {entry.name: entry.inactive is None for entry in entries(reading)}
    assert kinds == {"example.com-job": True, "x.sh": False, "a-b.dpkg-old": False}


def test_links_and_special_files(tmp_path: Path):
    """A link to a script that was not copied is a job with a finding; a folder is none; a FIFO is unread."""
    import os

    plant(tmp_path, {**SCRIPTS, "opt/run*": ""})
    folder = tmp_path / "etc/cron.daily"
    (folder / "gone").symlink_to("/usr/lib/gone")
    (folder / "here").symlink_to("/opt/run")
    (folder / "sub").mkdir()
    os.mkfifo(folder / "fifo")
    reading = readings(discover([str(tmp_path)]))["etc/cron.daily"]
    by_name = {entry.name: entry for entry in entries(reading)}
    assert [finding.kind for finding in by_name["gone"].findings] == ["script-missing"]
    assert by_name["here"].findings == ()
    assert by_name["here"].inactive is None
    assert [item.reason for item in reading.items if isinstance(item, Unread)] == ["the file is a FIFO"]
    assert reading.lines == 5


def test_red_hat_runs_names_with_a_dot(tmp_path: Path):
    """Its run-parts takes any name but what editors and rpm leave behind."""
    names = dict.fromkeys(("etc/cron.daily/tidy.cron*", "etc/cron.daily/tidy.rpmnew*"), "#!/bin/sh\n")
    reading = read(tmp_path, {**names, "etc/cron.daily/tidy~*": "", "etc/redhat-release": "Rocky Linux release 9.4\n"})
    kinds = {entry.name: entry.inactive.kind if entry.inactive else None for entry in entries(reading)}
    assert kinds == {"tidy.cron": None, "tidy.rpmnew": "file-name", "tidy~": "file-name"}
    assert all(not entry.findings for entry in entries(reading))


def test_where_two_run_parts_are_usual_it_is_said(tmp_path: Path):
    """Cronie is there with no word of the system: a name with a dot counts, with a finding; a plain one without."""
    files = {"etc/cron.daily/a.sh*": "", "etc/cron.daily/b*": "", "etc/cron.hourly/0anacron*": ""}
    plant(tmp_path, files)
    got = readings(discover([str(tmp_path)]), Dialect.CRONIE)["etc/cron.daily"]
    found = {entry.name: [finding.kind for finding in entry.findings] for entry in entries(got)}
    assert found == {"a.sh": ["run-parts-unclear"], "b": []}
    assert all(entry.inactive is None for entry in entries(got))


def test_options_of_debians_run_parts_tell_whose_it_is(tmp_path: Path):
    """`--report` is known to Debian's alone: a name with a dot is passed over, whatever cron there is."""
    files = {"etc/cron.daily/a.sh*": "", "etc/crontab": "25 6 * * * root run-parts --report /etc/cron.daily\n"}
    plant(tmp_path, files)
    (entry,) = entries(readings(discover([str(tmp_path)]), Dialect.CRONIE)["etc/cron.daily"])
    assert entry.inactive is not None


def test_the_folders_of_alpine(tmp_path: Path):
    """Root's crontab says when they run; names with a dot are passed over there too."""
    files: dict[str, str | bytes] = {
        "etc/crontabs/root": "*/15 * * * * run-parts /etc/periodic/15min\n30 3 * * * run-parts /etc/periodic/daily\n",
        "etc/periodic/15min/look*": "",
        "etc/periodic/daily/save*": "",
        "etc/periodic/daily/save.sh*": "",
        "etc/periodic/monthly/bill*": "",
        "etc/periodic/security/check*": "",
    }
    got = readings(discover([str(plant(tmp_path, files))]), Dialect.BUSYBOX)
    (look,) = entries(got["etc/periodic/15min"])
    assert (look.command, look.schedule.text, look.user) == ("/etc/periodic/15min/look", "*/15 * * * *", "root")
    daily = {entry.name: (entry.schedule.text, entry.inactive is None) for entry in entries(got["etc/periodic/daily"])}
    assert daily == {"save": ("30 3 * * *", True), "save.sh": ("30 3 * * *", False)}
    monthly = got["etc/periodic/monthly"]
    assert entries(monthly)[0].schedule.text == "0 5 1 * *"
    assert [finding.text for finding in monthly.findings] == [
        "no line that runs this folder was read: 0 5 1 * * is Alpine's default, not this host's own"
    ]
    assert "etc/periodic/security" not in got


def test_the_folders_of_freebsd(tmp_path: Path):
    """periodic(8) runs every executable file, whatever its name."""
    files = {"etc/crontab": "1 3 * * * root periodic daily\n", "etc/periodic/daily/100.clean*": ""}
    (entry,) = entries(read(tmp_path, files, "etc/periodic/daily"))
    assert (entry.schedule.text, entry.inactive) == ("1 3 * * *", None)


def test_two_lines_that_run_a_folder(tmp_path: Path):
    """Cronie's line yields to anacron where what starts anacron is there; else both run it, which is said."""
    files: dict[str, str | bytes] = {
        **SCRIPTS,
        "etc/anacrontab": "1 5 cron.daily run-parts /etc/cron.daily\n",
        "etc/cron.d/daily": "02 4 * * * root [ ! -f /etc/cron.hourly/0anacron ] && run-parts /etc/cron.daily\n",
    }
    both = read(tmp_path / "both", files)
    assert [(finding.kind, "etc/cron.d/daily:1" in finding.text) for finding in both.findings] == [("run-twice", True)]
    assert read(tmp_path / "one", {**files, "etc/cron.hourly/0anacron*": ""}).findings == ()


def test_other_programs_that_run_a_folder(tmp_path: Path):
    """The run-cron of dcron takes files of any name; run-crons runs all folders at hours that only the host knows."""
    tab = {"etc/crontabs/root": "@daily ID=sys-daily /usr/sbin/run-cron /etc/cron.daily\n", "etc/cron.daily/a.sh*": ""}
    reading = read(tmp_path / "dcron", dict(tab))
    assert [(entry.schedule.text, entry.inactive) for entry in entries(reading)] == [("@daily", None)]
    assert reading.findings == ()
    runs = "*/15 * * * * root test -x /usr/lib/cron/run-crons && /usr/lib/cron/run-crons\n"
    (finding,) = read(tmp_path / "suse", {**SCRIPTS, "etc/crontab": runs}).findings
    assert finding.text.startswith("run-crons, by etc/crontab, starts this folder once a period")
    (finding,) = read(tmp_path / "off", {**SCRIPTS, "etc/crontab": f"#{runs}"}).findings
    assert finding.text.startswith("no line that runs this folder was read")

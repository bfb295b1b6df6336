"""Tests of the periodic folders."""

from pathlib import Path

from migrator.model import ScheduleKind
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
        ("a", "/etc/cron.daily/a", "5 4 * * *", "root"),
        ("b", "/etc/cron.daily/b", "5 4 * * *", "root"),
    ]
    assert reading.findings == ()
    assert reading.lines == 2


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

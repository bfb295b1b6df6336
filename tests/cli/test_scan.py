"""Tests of `scan`: the ledger, the jobs, what was not read, and the exit code."""

from __future__ import annotations

from tests.cli.running import CHAIN, LONE, run, tab


def test_everything_read_is_zero(tmp_path):
    """Results on standard output, nothing on standard error, exit code 0."""
    told = run("scan", tab(tmp_path))
    assert (told.code, told.err) == (0, "")
    assert "3 jobs" in told.out
    assert "0 unread" in told.out


def test_json_has_the_ledger_the_unread_and_the_jobs(tmp_path):
    """One object, and nothing beside it on standard output; the ledger adds up."""
    told = run("scan", "--json", tab(tmp_path, f"MAILTO=ops\n# hello\n\n{CHAIN}not a line\n"))
    assert told.code == 11
    assert told.err == ""
    assert sorted(told.json) == ["jobs", "ledger", "unread"]
    [row] = told.json["ledger"]
    parts = ("jobs", "assignments", "comments", "blank", "disabled", "unread")
    assert [row[part] for part in parts] == [2, 1, 1, 1, 0, 1]
    assert row["lines"] == sum(row[part] for part in parts) == 6
    assert [(line["path"], line["line"], line["text"]) for line in told.json["unread"]] == [
        ("crontab", 6, "not a line")
    ]
    assert {"id", "origin", "schedule", "command", "steps", "units"} <= told.json["jobs"][0].keys()


def test_what_was_not_read_is_named(tmp_path):
    """File, line, text and reason of a line that is no line, and the others are jobs all the same."""
    told = run("scan", tab(tmp_path, f"61 * * * * /x\n{LONE}"))
    assert told.code == 11
    assert "crontab:1" in told.out
    assert "61" in told.out
    assert "report.py" in told.out


def test_no_job_is_three(tmp_path):
    """A file that schedules nothing is read, and the exit code says that there was no job."""
    told = run("scan", tab(tmp_path, "# nothing\n"))
    assert told.code == 3
    assert "0 jobs" in told.out


def test_a_folder_without_jobs_is_three(tmp_path):
    """A folder in which nothing is scheduled."""
    tab(tmp_path, "hello\n", name="README.md")
    assert run("scan", tmp_path).code == 3
    assert run("scan", "--json", tmp_path).json["jobs"] == []


def test_an_open_recommendation_is_no_fault_of_a_scan(tmp_path):
    """`scan` recommends nothing: where every line was read it is 0, and `plan` of the same says 11."""
    jobs = "".join(f"0 {hour} * * * /opt/s{hour} < /srv/{hour} > /srv/{hour + 1}\n" for hour in range(6))
    assert run("scan", tab(tmp_path, jobs)).code == 0
    assert run("plan", tmp_path / "crontab", "-o", tmp_path / "plan").code == 11


def test_a_missing_path_is_two(tmp_path):
    """A PATH that is not there is told by name."""
    told = run("scan", tmp_path / "gone", tab(tmp_path))
    assert (told.code, told.out) == (2, "")
    assert "gone: there is no such file or folder" in told.err


def test_binary_files_are_named(tmp_path):
    """A binary file is one unread line with the reason; what lies beside it is read."""
    (tmp_path / "etc/cron.d").mkdir(parents=True)
    (tmp_path / "etc/cron.d/tool").write_bytes(b"\x7fELF" + bytes(200))
    tab(tmp_path, "0 1 * * * root /x\n", name="etc/cron.d/job")
    told = run("scan", "--json", tmp_path)
    assert told.code == 11
    [unread] = told.json["unread"]
    assert unread["path"] == "etc/cron.d/tool"
    assert "ELF" in unread["reason"] or "binary" in unread["reason"]
    assert [job["command"] for job in told.json["jobs"]] == ["/x"]


def test_an_unreadable_file_is_named(tmp_path, monkeypatch):
    """A file that may not be opened is one unread line; the others are read."""
    import os

    tab(tmp_path, "0 1 * * * root /x\n", name="etc/cron.d/job")
    tab(tmp_path, "0 1 * * * root /y\n", name="etc/cron.d/secret")
    real = os.open

    def refusing(path, *arguments, **named):
        """Refuse as the kernel refuses an ordinary user (the tests may run as root)."""
        if str(path).endswith("secret"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, *arguments, **named)

    monkeypatch.setattr(os, "open", refusing)
    told = run("scan", "--json", tmp_path)
    assert told.code == 11
    assert [(line["path"], "ermission denied" in line["reason"]) for line in told.json["unread"]] == [
        ("etc/cron.d/secret", True)
    ]
    assert [job["command"] for job in told.json["jobs"]] == ["/x"]


def test_a_broken_manifest_is_told_with_file_line_key_and_remedy(tmp_path):
    """One job of the manifest is wrong: it is told, and the others are jobs."""
    text = "version: 1\njobs:\n- id: a\n  schedule: 5\n  command: /a\n- {id: b, schedule: '0 1 * * *', command: /b}\n"
    told = run("scan", tab(tmp_path, text, name="jobs.yaml"))
    assert told.code == 11
    words = " ".join(told.out.split())
    assert "jobs.yaml:4: jobs[0].schedule: input should be a valid string, not 5; correct the value" in words
    [job] = run("scan", "--json", tmp_path / "jobs.yaml").json["jobs"]
    assert job["title"] == "b"


def test_a_manifest_that_is_no_yaml(tmp_path):
    """A document that cannot be read is one unread line with its place."""
    told = run("scan", "--json", "--as", "manifest", tab(tmp_path, "version: 1\njobs: [\n", name="jobs.yaml"))
    assert told.code == 3
    [unread] = told.json["unread"]
    assert (unread["path"], unread["line"]) == ("jobs.yaml", 3)


def test_widths(tmp_path, monkeypatch):
    """No line is wider than the terminal, at 80 and at 120 columns."""
    text = "".join(f"{minute} * * * * /opt/{'long' * 20}{minute} --with {'words ' * 30}\n" for minute in range(5))
    path = tab(tmp_path, text + "not a line " * 30 + "\n")
    for width in (80, 120):
        monkeypatch.setenv("COLUMNS", str(width))
        told = run("scan", path)
        assert max(len(line) for line in told.out.splitlines()) <= width

"""The script of a document, run by a real sh with stand-ins for the programs that need root."""

from __future__ import annotations

import os
import subprocess

import pytest

from migrator import pipeline
from migrator.artifacts.parts.as_cron import as_cron
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.model import Dialect
from tests.artifacts.making import HEAD, host, planned, script, templates

# Shows what a command would get, in place of running it as the user: arguments, environment, input, folder.
RUNUSER = """#!/bin/sh
[ "$1" = -u ] && [ "$3" = -- ] || exit 9
printf 'user=%s\\n' "$2"
shift 3
exec "$@"
"""
SHELL = """#!/bin/sh
printf 'argument=%s\\n' "$@"
printf 'pwd=%s\\n' "$(pwd)"
env | sort
printf 'stdin=%s\\n' "$(cat)"
"""


def told(folder, template, **replaced):
    """Run a template's script with stand-ins; give what the command's shell was handed."""
    tools = folder / "tools"
    tools.mkdir()
    for name, text in {
        "runuser": RUNUSER,
        "shell": SHELL,
        "getent": f'#!/bin/sh\necho "$2:x:1:1::{folder}:/bin/sh"\n',
        "aws": "#!/bin/sh\nprintf '%s\\n' \"s3c'r\\$t\"\n",
    }.items():
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    text = script(template).replace("/sbin/runuser", "runuser").replace("'/bin/bash'", f"'{tools}/shell'")
    for old, new in replaced.items():
        text = text.replace(old, new)
    path = {"PATH": f"{tools}:{os.environ['PATH']}"}
    done = subprocess.run(["/bin/sh"], input=text, capture_output=True, text=True, env=path, timeout=20, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


FOLDER = "SHELL=/bin/bash\nPATH=/usr/sbin:/usr/bin:/bin\n25 6 * * * root cd / && run-parts --report /etc/cron.daily\n"


def test_a_file_of_a_periodic_folder_runs_when_run_parts_must_not_start_it(tmp_path):
    """It goes to the line's folder, has its PATH, and needs no leave to be executed, which the cut-over takes away."""
    files = {"web1/etc/crontab": FOLDER, "web1/etc/cron.daily/tidy": "#!/bin/sh -u\npwd; echo $PATH; echo $0\n"}
    for name, text in files.items():
        place = tmp_path / "in" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text)
    there = tmp_path / "in/web1/etc/cron.daily/tidy"
    there.chmod(0o755)
    plan = planned(tmp_path, {})
    [job] = [one for one in plan.jobs if one.source == "periodic"]
    assert job.command == "cd / && /bin/sh -u /etc/cron.daily/tidy"
    assert (job.text, job.id) == ("/etc/cron.daily/tidy", job.id)
    there.chmod(0o644)
    made = as_cron(job)
    text = "user=root\n" + "\n".join(made.lines).replace("/sbin/runuser -u", "env --").replace(
        "/etc/cron", f"{tmp_path}/in/web1/etc/cron"
    )
    assert "SHELL='/bin/bash'" in text
    done = subprocess.run(
        ["/bin/sh"], input=text.replace('env -- "$user" -- ', "env "), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines() == ["/", "/usr/sbin:/usr/bin:/bin", str(there)]


@pytest.mark.parametrize(
    ("line", "text"),
    [(FOLDER, "\x7fELF"), (FOLDER.replace("cd /", "nice"), "#!/bin/sh\n"), ("", "#!/bin/sh\n")],
)
def test_a_file_that_nobody_can_start_otherwise_is_left_out(tmp_path, line, text):
    """A program without an interpreter, a line that does more, no line at all: the reason says what to do."""
    files = {"web1/etc/timezone": "UTC\n", "web1/etc/crontab": line, "web1/etc/cron.daily/tidy": text}
    for name, content in files.items():
        place = tmp_path / "in" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(content)
    (tmp_path / "in/web1/etc/cron.daily/tidy").chmod(0o755)
    [job] = [one for one in planned(tmp_path, {}).jobs if one.source == "periodic"]
    with pytest.raises(CannotBeSaidError, match="run-parts starts it as a program"):
        as_cron(job)


@pytest.mark.parametrize("dialect", [Dialect.BUSYBOX, Dialect.KUBERNETES])
def test_an_environment_that_nobody_read_is_not_made_up(tmp_path, dialect):
    """Busybox's crond hands its own on, and a CronJob has its image's: neither is Debian's."""
    [job] = planned(tmp_path, host("5 4 * * * /opt/x\n"), dialect=dialect).jobs
    with pytest.raises(CannotBeSaidError, match="its environment is that of"):
        as_cron(job)


@pytest.mark.parametrize(
    ("tab", "dialect", "told"),
    [
        ("5 4 * * * /opt/x\n", Dialect.DEBIAN, True),
        ("PATH=/opt\n5 4 * * * /opt/x\n", Dialect.DEBIAN, False),
        ("5 4 * * * /opt/x\n", Dialect.CRONIE, False),
    ],
)
def test_the_header_tells_where_the_path_may_be_another(tmp_path, tab, dialect, told):
    """Only where no settings line has it, and only of the cron that some systems start otherwise."""
    plan = planned(tmp_path, {"crontab.txt": tab}, dialect=dialect)
    text = pipeline.artifacts.make(plan).texts["artifacts/eventbridge/host.yaml"]
    assert ("Where a crontab sets no PATH" in text) == told
    assert "compare `env` in both" in text


def test_the_command_gets_what_cron_gives_it(tmp_path):
    """User, shell with -c, the text to the last quote, home, settings, and nothing on standard input."""
    command = "cd $ETL && ./load 'a  b' \"{{ x }}\" | tee ${AWS::Region} \\\\ `date`"
    plan = planned(tmp_path, host(f"{HEAD}5 4 * * * {command}\n"))
    lines = told(tmp_path, templates(plan)["web1"])
    assert "user=etl" in lines
    assert f"argument={plan.jobs[0].command}" in lines
    assert f"pwd={tmp_path}" in lines
    assert {"ETL=/opt/etl", "MAILTO=ops@example.org", "LOGNAME=etl", f"HOME={tmp_path}", "PATH=/usr/bin:/bin"} <= set(
        lines
    )
    assert not [line for line in lines if line.startswith("USER=")]
    assert lines[-1] == "stdin="


def test_standard_input_is_fed(tmp_path):
    """What follows a `%` arrives line by line."""
    plan = planned(tmp_path, host(f"{HEAD}5 4 * * * mail -s x%one%it's {{{{two}}}}\n"))
    lines = told(tmp_path, templates(plan)["web1"])
    assert lines[-2:] == ["stdin=one", "it's {{two}}"]


def test_a_secret_is_put_back(tmp_path):
    """In the command as text, in a setting as its value, and in no argument of a setting."""
    text = f"{HEAD}API_TOKEN=9f8a7b6c5d4e3f2a1b0c9d8e7f\n5 4 * * * curl -u me:hunter2hunter2 https://x.example/y\n"
    plan = planned(tmp_path, host(text))
    assert "9f8a7b6c" not in str(templates(plan))
    lines = told(tmp_path, templates(plan)["web1"])
    assert "API_TOKEN=s3c'r$t" in lines
    assert any("me:s3c'r$t" in line for line in lines if line.startswith("argument="))
    assert "API_TOKEN=" not in script(templates(plan)["web1"]).partition("3<<VALUES")[0]


def test_a_users_settings_never_reach_root(tmp_path):
    """The environment is set behind runuser: LD_PRELOAD of a crontab is no program of root's."""
    plan = planned(tmp_path, host("LD_PRELOAD=/home/etl/x.so\n5 4 * * * /opt/x\n"))
    before, _, after = script(templates(plan)["web1"]).partition("runuser -u")
    assert "LD_PRELOAD" not in before
    assert "LD_PRELOAD" in after


@pytest.mark.parametrize(
    ("moment", "runs"),
    [
        ("2026-02-01T05:00:00Z", True),  # the 1st
        ("2026-02-06T05:00:00Z", True),  # a Friday
        ("2026-02-05T05:00:00Z", False),
        ("2026-01-31T23:30:00Z", True),  # in Berlin it is the 1st
    ],
)
def test_a_test_of_the_day_comes_first(tmp_path, moment, runs):
    """Where cron means either of two day fields, the script goes on only on cron's days, by the zone's own date."""
    plan = planned(tmp_path, host(f"{HEAD}0 6 1,15 * 5 /opt/x\n"))
    template = templates(plan)["web1"]
    lines = told(tmp_path, template, **{"{{ ScheduledTime }}": moment})
    assert bool(lines) is runs


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"command": " "}, "no command"),
        ({"user": "-u root"}, "no name of a user"),
        ({"inexact": "it holds a NUL"}, "NUL"),
        ({"command": "x REDACTED-unread"}, "not understood"),
        ({"command": "x 'REDACTED-key\ny'"}, "several lines"),
    ],
)
def test_what_cannot_be_restated_says_why(tmp_path, change, why):
    """It is refused with a reason, never written in part."""
    (job,) = planned(tmp_path, host("5 4 * * * /opt/x\n")).jobs
    with pytest.raises(ValueError, match=why):
        as_cron(job.model_copy(update=change))

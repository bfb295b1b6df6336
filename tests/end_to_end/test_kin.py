"""Kin: jobs of one script that need nothing of each other are one cluster, and are advised on as one of them."""

from __future__ import annotations

import textwrap

import pytest

from tests.cli.running import plan_of, run

pytestmark = pytest.mark.usefixtures("own_checks_alone")

COPY = """\
#!/bin/sh
rclone copy "/home/me" "$DRIVE:/home/me"
"""
LOAD = """\
#!/bin/sh
set -e
case "$1" in
  load) curl -fsS https://feeds.example.org/a.csv -o /srv/feed/a.csv && psql -c "COPY feed FROM '/srv/feed/a.csv'" ;;
  tidy) find /srv/old -mtime +30 -delete ;;
esac
"""


def clusters(tmp_path, tab: str, **scripts: str) -> list[list[int]]:
    """Plan a tree of a crontab and scripts; give the lines of each cluster's jobs."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "crontab").write_text(textwrap.dedent(tab))
    for name, text in scripts.items():
        (tree / name.replace("_", ".")).write_text(text)
    plan = planned(tmp_path, tree)
    line = {job["id"]: job["origin"]["line"] for job in plan["jobs"]}
    return sorted(sorted(line[job] for job in cluster["jobs"]) for cluster in plan["clusters"])


def planned(tmp_path, tree) -> dict:
    """Run `plan` and read what it wrote."""
    ran = run("plan", str(tree), "-o", str(tmp_path / "out"), "--map", "/opt/jobs=.")
    assert ran.code in (0, 11), ran.err
    return plan_of(tmp_path / "out")


def test_one_script_with_other_settings_is_one_cluster(tmp_path):
    """Copies to three drives, set by export, by an assignment in front and by an option; another script is another."""
    tab = """\
        18 1 * * * export DRIVE=a; /opt/jobs/copy.sh
        18 2 * * * DRIVE=b /opt/jobs/copy.sh
        18 3 * * 5 DRIVE=c /opt/jobs/copy.sh --checksum
        18 4 * * * /opt/jobs/other.sh
        """
    assert clusters(tmp_path, tab, copy_sh=COPY, other_sh=COPY) == [[1, 2, 3], [4]]


def test_one_command_at_several_times_is_one_cluster(tmp_path):
    """The same words, whatever the blanks; another word is another command."""
    tab = """\
        18 1 * * * /usr/local/bin/report all
        18 2 * * * /usr/local/bin/report  all
        18 3 * * * /usr/local/bin/report some
        """
    assert clusters(tmp_path, tab) == [[1, 2], [3]]


def test_a_word_that_chooses_what_is_done_parts_jobs(tmp_path):
    """The arms of a `case` are other work; so may be whatever a program's first words ask for."""
    tab = """\
        18 1 * * * /opt/jobs/feed.sh load
        18 2 * * * /opt/jobs/feed.sh tidy
        18 3 * * * python3 /opt/jobs/manage.py clear --quiet
        18 4 * * * python3 /opt/jobs/manage.py send
        18 5 * * * python3 /opt/jobs/fetch.py --region us
        18 6 * * * python3 /opt/jobs/fetch.py --region jp
        """
    program = "import sys\nprint(sys.argv)\n"
    found = clusters(tmp_path, tab, feed_sh=LOAD, manage_py=program, fetch_py=program)
    assert found == [[1], [2], [3], [4], [5, 6]]


@pytest.mark.parametrize("other", ["@reboot", "0 3 * * * root"])
def test_kin_start_alike(tmp_path, other):
    """What starts with the host is another matter, and so is another command of the same time."""
    tab = f"0 1 * * * /opt/jobs/copy.sh\n{other} /opt/jobs/copy.sh\n"
    assert clusters(tmp_path, tab, copy_sh=COPY) == [[1], [2]]


def test_kin_are_advised_on_as_one_of_them(tmp_path):
    """Eight jobs of one unit each are no case for Airflow: the target is what each would get, with a workflow each."""
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "copy.sh").write_text(COPY)
    (tree / "crontab").write_text("".join(f"18 {hour} * * * DRIVE=d{hour} /opt/jobs/copy.sh\n" for hour in range(8)))
    [cluster] = planned(tmp_path, tree)["clusters"]
    assert cluster["title"] == "copy.sh (8 jobs)"
    assert (cluster["metrics"]["jobs"], cluster["metrics"]["units"], cluster["metrics"]["dependencies"]) == (8, 8, 0)
    assert len(cluster["workflows"]) == 8
    assert cluster["recommendation"]["target"] == "eventbridge"
    report = (tmp_path / "out/report.md").read_text()
    assert "One script, at other times or with other settings: no job needs another." in report
    assert "one unit: one time or event starts one thing" in report


def test_one_of_a_script_in_a_chain_is_no_kin(tmp_path):
    """What depends on another is with that one."""
    tab = """\
        0 1 * * * /opt/jobs/make.sh
        0 2 * * * DRIVE=/srv/a.csv /opt/jobs/send.sh
        0 3 * * * DRIVE=/srv/b.csv /opt/jobs/send.sh
        0 4 * * * DRIVE=/srv/c.csv /opt/jobs/send.sh
        """
    send = '#!/bin/sh\nscp "$DRIVE" backup.example.org:/in/\n'
    found = clusters(tmp_path, tab, make_sh="#!/bin/sh\n/usr/bin/extract > /srv/a.csv\n", send_sh=send)
    assert found == [[1, 2], [3, 4]]

"""Tests of ids: what they survive, and that no two are equal."""

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.inventory.taking import inventory, of_text, only_job

LINES = [
    "0 1 * * * /a.sh",
    "0 2 * * * /b.sh x",
    "5 2 * * * /b.sh x",
    "@daily /a.sh",
    "0 3 * * * cd /x && /c.py",
    "0 1 * * * /a.sh",
]
MANIFEST = "version: 1\njobs:\n{}"


def ids(text: str) -> list[str]:
    """Give the sorted ids of a crontab's jobs."""
    return sorted(job.id for job in of_text(text).jobs)


def test_an_id_can_be_read():
    """A slug of the title, and eight hex digits."""
    assert re.fullmatch(r"load-orders-sh-[0-9a-f]{8}", only_job(of_text("0 1 * * * /opt/load_orders.sh\n")).id)


@settings(max_examples=25, deadline=None)
@given(st.permutations(LINES))
def test_reordering_changes_no_id(lines: list[str]):
    """Any order of the lines gives the same ids."""
    assert ids("\n".join(lines) + "\n") == ids("\n".join(LINES) + "\n")


def test_reordering_keeps_each_job_s_own_id():
    """Not only the set: each command and schedule keeps its id, equal commands too."""

    def by_job(lines: list[str]) -> set[tuple[str, str]]:
        return {(job.schedule.text, job.id) for job in of_text("\n".join(lines) + "\n").jobs}

    assert by_job(LINES) == by_job(LINES[::-1])


def test_a_changed_schedule_changes_no_id():
    """The schedule is no part of an id, nor are comments and blank lines."""
    assert ids("0 1 * * * /a.sh\n") == ids("# new\n\n30 4 * * 1-5   /a.sh\n")


def test_what_an_id_depends_on(tmp_path: Path):
    """User, place, command and standard input each tell jobs apart."""
    texts = ["0 1 * * * /a.sh\n", "0 1 * * * /a.sh x\n", "0 1 * * * /a.sh%in\n", "0 1 * * * root /a.sh\n"]
    assert len({only_job(of_text(text)).id for text in texts}) == 4
    placed = inventory(tmp_path, {"var/spool/cron/crontabs/al": texts[0], "var/spool/cron/crontabs/bo": texts[0]})
    assert len({job.id for job in placed.jobs}) == 2


def test_equal_lines_get_ordinals():
    """Three equal lines are three jobs with three ids, told to be duplicates."""
    jobs = of_text("0 1 * * * /a\n0 1 * * * /a\n0 1 * * * /a\n").jobs
    base = min(job.id for job in jobs)
    assert sorted(job.id for job in jobs) == [base, f"{base}-2", f"{base}-3"]
    assert sum(finding.kind == "duplicate-entry" for job in jobs for finding in job.findings) == 2


def test_an_id_sees_only_the_secret_s_kind():
    """Another password is the same job."""
    one, other = (only_job(of_text(f"0 1 * * * mysqldump -pQwErTy{n}zX shop\n")) for n in "12")
    assert one.id == other.id
    assert "QwErTy" not in one.command + one.text + one.id + one.title


def test_ids_of_hosts(tmp_path: Path):
    """The same command on hosts that differ in schedule shares no replica, and every id is its own."""
    files = {f"h{n}/etc/cron.d/x": f"{n} 1 * * * me /a\n" for n in range(3)}
    result = inventory(tmp_path, files)
    assert len({job.id for job in result.jobs}) == 3


def test_a_host_more_changes_no_id_of_a_group(tmp_path: Path):
    """Where an entry stands on several hosts its id does not hang on which of them were read."""
    line = "0 1 * * * me /a\n"
    two = inventory(tmp_path / "two", {f"h{n}/etc/cron.d/x": line for n in (1, 2)})
    three = inventory(tmp_path / "three", {f"h{n}/etc/cron.d/x": line for n in (0, 1, 2)})
    assert only_job(two).id == only_job(three).id


def test_a_manifest_s_own_ids():
    """A declared id stands where it is safe and unique; else a slug with a hash stands for it."""
    jobs = ["load-orders", "a b", "../../etc", "", "dup", "dup", "A.b_c", "x" * 81, "-rf"]
    text = MANIFEST.format("".join(f"- {{id: '{name}', schedule: '@daily', command: /x}}\n" for name in jobs))
    found = {job.id for job in of_text(text).jobs}
    assert {"load-orders", "A.b_c"} <= found
    assert len(found) == 8
    assert all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}", each) for each in found)


def test_a_declared_id_that_a_crontab_s_job_has(tmp_path: Path):
    """A job of its own cannot take the id of another file's job."""
    tab = "0 1 * * * /a.sh\n"
    taken = only_job(of_text(tab)).id
    base = inventory(tmp_path / "a", {"crontab": tab}).jobs[0].id
    manifest = MANIFEST.format(f"- {{id: {base}, schedule: '@daily', command: /b}}\n")
    jobs = inventory(tmp_path / "b", {"crontab": tab, "jobs.yaml": manifest}).jobs
    assert len({job.id for job in jobs}) == 2
    assert taken

"""Tests of manifests that speak of other files' jobs."""

from pathlib import Path

from migrator.inventory import Inventory
from tests.inventory.taking import inventory, kinds, of_text, only_job

TAB = "0 1 * * * /opt/extract.sh\n0 2 * * * /opt/load.sh --all\n"


def both(folder: Path, items: str) -> Inventory:
    """Take a crontab and a manifest with the items, given as YAML lines."""
    return inventory(folder, {"crontab": TAB, "jobs.yaml": f"version: 1\njobs:\n{items}"})


def test_by_exact_command(tmp_path: Path):
    """Owner, title, durations and dependencies come to the crontab's job; no job is added, no id changed."""
    items = (
        "- {id: extract, command: /opt/extract.sh, title: The extract, duration: 5m}\n"
        "- {command: /opt/load.sh --all, depends_on: [extract], owner: data}\n"
    )
    result = both(tmp_path, items)
    extract, load = result.jobs
    assert extract.title == "The extract"
    assert extract.declared
    assert extract.declared.duration
    assert load.owner == "data"
    assert load.declared
    assert load.declared.depends_on == (extract.id,)
    assert {job.id for job in result.jobs} == {job.id for job in inventory(tmp_path / "x", {"crontab": TAB}).jobs}
    assert result.findings == ()
    assert {row.path: (row.lines, row.jobs, row.assignments) for row in result.ledger} == {
        "crontab": (2, 2, 0),
        "jobs.yaml": (2, 0, 2),
    }


def test_by_id(tmp_path: Path):
    """The id of an earlier scan names the job."""
    job = inventory(tmp_path, {"crontab": TAB}).jobs[0]
    result = both(tmp_path, f"- {{id: {job.id}, retries: 3}}\n")
    assert result.jobs[0].declared
    assert result.jobs[0].declared.retries == 3


def test_almost_the_command_is_no_match(tmp_path: Path):
    """A command that differs matches nothing: a finding, and no guess."""
    result = both(tmp_path, "- {command: /opt/load.sh, owner: x}\n- {id: nobody, owner: y}\n")
    assert kinds(result) == ["unmatched-annotation", "unmatched-annotation"]
    assert [job.owner for job in result.jobs] == [None, None]


def test_a_job_that_its_upstream_starts(tmp_path: Path):
    """Without a match, what depends on something, or is depended on, is a job of its own."""
    items = "- {id: a, command: /x}\n- {id: b, command: /y, depends_on: [a]}\n"
    result = both(tmp_path, items)
    own = {job.id: job for job in result.jobs if job.source == "manifest"}
    assert set(own) == {"a", "b"}
    assert own["b"].declared
    assert own["b"].declared.depends_on == ("a",)
    assert own["b"].schedule.kind == "upstream"
    assert [row.jobs for row in result.ledger] == [2, 2]


def test_host_and_user_must_agree(tmp_path: Path):
    """An annotation for one host does not speak of another's job."""
    line = "0 1 * * * me /a\n"
    files: dict[str, str | bytes] = {
        "h1/etc/cron.d/x": line,
        "h2/etc/cron.d/y": line,
        "jobs.yaml": "version: 1\njobs:\n"
        "- {command: /a, host: h2, owner: you}\n- {command: /a, user: other, owner: no}\n",
    }
    result = inventory(tmp_path, files)
    assert [job.owner for job in result.jobs] == [None, "you"]
    assert kinds(result) == ["unmatched-annotation"]


def test_two_words_about_one_job(tmp_path: Path):
    """The first value stands, lists are joined, and it is said."""
    one = "- {command: /opt/extract.sh, retries: 1, tags: [a]}\n"
    items = one + "- {command: /opt/extract.sh, retries: 2, timeout: 9, tags: [b]}\n"
    result = both(tmp_path, items)
    said = result.jobs[0].declared
    assert said
    assert (said.retries, said.timeout, said.tags) == (1, 9, ("a", "b"))
    assert kinds(result) == ["annotated-twice"]


def test_a_secret_in_a_manifest():
    """Arguments, commands and lines of a manifest are redacted too."""
    text = (
        "version: 1\njobs:\n- {id: a, schedule: '@daily', command: 'mysql -pCANARY42x db'}\n"
        "- id: b\n  schedule: '@daily'\n  call: {service: sns, name: t, arguments: {password: CANARY77y}}\n"
        "- {command: mysql -pCANARY42x db, title: 'x password=CANARY88z', reads: ['https://u:CANARY99w@h/x']}\n"
    )
    result = of_text(text)
    assert "CANARY" not in repr(result)
    assert {secret.origin.line for secret in result.secrets} == {3, 4, 7}


def test_a_manifest_names_its_jobs():
    """A job is called by its title, else by its id: whoever wrote the manifest has named it."""
    text = "version: 1\njobs: [{id: nightly-convert, schedule: '@daily', call: {service: glue, name: convert}}]\n"
    assert only_job(of_text(text)).title == "nightly-convert"
    assert only_job(of_text(text.replace("id:", "title: Convert all, id:"))).title == "Convert all"

"""Tests of the same entry on many hosts."""

from pathlib import Path

from tests.inventory.taking import inventory

LINE = "0 1 * * * me /a\n"


def fleet(files: dict[str, str]) -> dict[str, str | bytes]:
    """Give files of hosts."""
    return dict(files)


def test_one_job_with_replicas(tmp_path: Path):
    """The job stands on the first host; the others are listed with their own lines."""
    files = {"h2/etc/cron.d/x": LINE, "h1/etc/cron.d/x": LINE, "h3/etc/cron.d/x": "# new\n" + LINE}
    [job] = inventory(tmp_path, fleet(files)).jobs
    assert job.host == "h1"
    assert [(replica.host, str(replica.origin)) for replica in job.replicas] == [
        ("h2", "h2/etc/cron.d/x:1"),
        ("h3", "h3/etc/cron.d/x:2"),
    ]


def test_the_ledger_counts_every_host(tmp_path: Path):
    """Replicas do not hide lines: each host's file is accounted for."""
    result = inventory(tmp_path, fleet({f"h{n}/etc/cron.d/x": LINE for n in range(4)}))
    assert [row.jobs for row in result.ledger] == [1, 1, 1, 1]
    assert [host.host for host in result.hosts] == ["h0", "h1", "h2", "h3"]


def test_what_makes_another_job(tmp_path: Path):
    """Another schedule, user, setting, place or zone is another job, and so is one that does not run."""
    changed = {
        "schedule": {"etc/cron.d/x": "0 2 * * * me /a\n"},
        "user": {"etc/cron.d/x": "0 1 * * * you /a\n"},
        "setting": {"etc/cron.d/x": "PATH=/bin\n" + LINE},
        "place": {"etc/cron.d/y": LINE},
        "zone": {"etc/cron.d/x": LINE, "etc/timezone": "Europe/Riga\n"},
        "inactive": {"etc/cron.d/x": LINE.rstrip("\n")},
    }
    for name, files in changed.items():
        hosts = {"h1/etc/cron.d/x": LINE} | {f"h2/{path}": text for path, text in files.items()}
        assert len(inventory(tmp_path / name, fleet(hosts)).jobs) == 2, name


def test_equal_lines_of_one_host_stay_two_jobs(tmp_path: Path):
    """The n-th of one host goes with the n-th of another."""
    jobs = inventory(tmp_path, fleet({"h1/etc/cron.d/x": LINE + LINE, "h2/etc/cron.d/x": LINE})).jobs
    assert sorted(len(job.replicas) for job in jobs) == [0, 1]


def test_a_manifest_is_not_replicated(tmp_path: Path):
    """Two manifests that say the same declare two jobs."""
    text = "version: 1\njobs: [{id: a, schedule: '@daily', command: /x}]\n"
    jobs = inventory(
        tmp_path,
        fleet({"h1/etc/cron.d/x": LINE, "h1/opt/j.yaml": text, "h2/etc/cron.d/x": LINE, "h2/opt/j.yaml": text}),
    ).jobs
    assert len([job for job in jobs if job.source == "manifest"]) == 2


def test_the_first_host_by_name_has_its_own_words(tmp_path: Path):
    """A file that is read later may be of a host that comes first: comments and lines are that host's own."""
    files = {"a-b/etc/cron.d/x": "# of a-b\n" + LINE, "a/etc/cron.d/x": "\n# of a\n" + LINE}
    [job] = inventory(tmp_path, fleet(files)).jobs
    assert (job.host, str(job.origin)) == ("a", "a/etc/cron.d/x:3")
    assert [comment.text for comment in job.comments] == ["# of a"]
    assert [(replica.host, str(replica.origin)) for replica in job.replicas] == [("a-b", "a-b/etc/cron.d/x:2")]


def test_a_secret_is_noted_on_every_host(tmp_path: Path):
    """One job, and as many places that hold the secret as there are lines."""
    line = "PGPASSWORD=hunter2hunter2\n0 1 * * * me pg_dump -U app shop | curl -u me:tr0ub4dor https://x.example/\n"
    result = inventory(tmp_path, fleet({f"h{number}/etc/cron.d/x": line for number in range(3)}))
    assert len(result.jobs) == 1
    assert sorted({(secret.origin.path, secret.origin.line) for secret in result.secrets}) == [
        (f"h{number}/etc/cron.d/x", row) for number in range(3) for row in (1, 2)
    ]

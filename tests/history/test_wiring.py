"""Tests of the whole way: options, settings before logs, plan.json, the report, the terminal, exit codes."""

from __future__ import annotations

import json
from datetime import date

import pytest

from migrator import pipeline, plan
from migrator.model import Target
from migrator.pipeline import Request
from tests.cli.running import plan_of, run
from tests.history.logs import written

TAB = "0 2 * * * /opt/extract.sh > /srv/orders.csv\n0 3 * * * /opt/load.sh < /srv/orders.csv\n0 4 * * * /opt/idle.sh\n"
EXTRACT, LOAD = "/opt/extract.sh > /srv/orders.csv", "/opt/load.sh < /srv/orders.csv"


def log():
    """Write four days of two jobs; the third night the first one takes too long."""
    lines = ["Nov 17 00:00:00 h1 systemd[1]: up"]
    for day, ended in ((17, "02:40:01"), (18, "02:50:01"), (19, "03:10:01"), (20, "02:45:01")):
        load = f"Nov {day} 03:00:01 h1 CROND[23]: (root) CMD ({LOAD})"
        extract = f"Nov {day} {ended} h1 CROND[10]: (root) CMDEND ({EXTRACT})"
        lines += [f"Nov {day} 02:00:01 h1 CROND[11]: (root) CMD ({EXTRACT})"]
        lines += [extract, load] if ended < "03" else [load, extract]
        lines += [f"Nov {day} 03:30:01 h1 CROND[22]: (root) CMDEND ({LOAD})"]
    lines += ["what is this", f"Nov 20 05:00:01 h1 CRON[9]: (root) CMD (curl -u me:{'s3cret' * 3} https://x.example)"]
    return "\n".join([*lines, "Nov 20 06:00:00 h1 systemd[1]: down", ""])


@pytest.fixture
def host(tmp_path):
    """Give a host's root tree, and its log beside it."""
    root = tmp_path / "h1"
    for name, text in {"etc/hostname": "h1\n", "etc/timezone": "UTC\n", "var/spool/cron/crontabs/root": TAB}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root, written(tmp_path / "logs", log())


def planned(root, *logs):
    """Make the plan of a host with logs."""
    asked = Request((str(root),), logs=logs, log_day=date(2026, 11, 22))
    return pipeline.make_plan(pipeline.survey(asked))


def test_runs_stand_in_the_plan(host):
    """Each job's figures, the account of the log, the order's slack; and the plan reads itself again."""
    document = planned(*host)
    told = document.history
    assert plan.load(plan.dump(document)) == document
    assert [(each.path, each.lines, each.runs, each.other, each.unread) for each in told.logs] == [
        ("syslog", 20, 17, 2, 1)
    ]
    assert [(each.path, each.line, each.count) for each in told.bad] == [("syslog", 18, 1)]
    figures = {each.job.rpartition("-")[0]: (each.runs, each.expected, each.missed) for each in told.jobs}
    assert figures == {"extract-sh": (4, 4, 0), "load-sh": (4, 4, 0), "idle-sh": (0, 4, 4)}
    [order] = told.orders
    assert (order.pairs, order.gap, order.least, order.late) == (4, 3600, -600, 1)
    assert [(each.user, each.runs) for each in told.strangers] == [("root", 1)]
    assert "log-never-ran" in {finding.kind for finding in document.findings}


def test_no_log_no_history(host):
    """Then nothing changes."""
    assert planned(host[0]).history is None


def test_durations_enter_the_costs_and_are_named(host):
    """What was open by an unknown duration is reckoned, and the note says by which runs."""
    root, syslog = host

    def bill(document):
        [cluster] = [cluster for cluster in document.clusters if cluster.metrics.jobs == 2]
        return cluster, cluster.recommendation.estimates[Target.STEP_FUNCTIONS].monthly

    cluster, known = bill(planned(root, syslog))
    _, unknown = bill(planned(root))
    assert known.high < unknown.high
    [note] = [note for note in cluster.recommendation.notes if note.startswith("durations from the log")]
    assert "extract.sh 4 runs, p50 45 min, p95 70 min, longest 70 min" in note


def test_settings_go_before_the_log(host):
    """A duration that the settings state is the one that counts, and no note claims another."""
    root, syslog = host
    (root / "migrator.toml").write_text('[jobs]\n"extract.sh".duration = "1m"\n"load.sh".duration = "1m"\n')
    document = planned(root, syslog)
    notes = [note for cluster in document.clusters for note in cluster.recommendation.notes]
    assert not [note for note in notes if note.startswith("durations from the log")]


def test_the_report_tells_it(host, tmp_path):
    """A section of its own, without the secret that the log holds; explain and scan say it in a line."""
    root, syslog = host
    out = tmp_path / "out"
    ran = run("plan", root, "--log", syslog, "--log-day", "2026-11-22", "-o", out)
    report = (out / "report.md").read_text()
    assert ran.code in {0, 11}
    for words in (
        "## What the run logs tell",
        "Started too early",
        "Commands that no file has",
        "never ran",
        "REDACTED",
    ):
        assert words in report
    assert "s3crets3cret" not in "".join(path.read_text() for path in out.glob("*.*"))
    assert "4 runs of 4 starts" in run("explain", out, "extract.sh").out
    assert plan_of(out)["history"]["logs"][0]["first"] == "2026-11-17 00:00"
    scanned = run("scan", root, "--log", syslog, "--log-day", "2026-11-22")
    assert "idle.sh on h1: 0 runs" in scanned.out
    assert set(run("scan", root, "--log", syslog, "--json").json) == {"ledger", "unread", "jobs", "history"}
    assert set(run("scan", root, "--json").json) == {"ledger", "unread", "jobs"}


def test_two_runs_give_the_same_bytes(host):
    """Whatever the order in which logs are named."""
    root, syslog = host
    other = written(syslog.parent, "Nov 20 06:00:01 h1 CRON[1]: (root) CMD (x)\n", "cron.log")
    assert plan.dump(planned(root, syslog, other)) == plan.dump(planned(root, other, syslog))


def test_exit_codes(host, tmp_path):
    """A missing log is wrong usage; one that cannot be read at all leaves a gap; a strange line in one is no gap."""
    root, syslog = host
    assert run("scan", root, "--log", tmp_path / "missing").code == 2
    assert run("scan", root, "--log", syslog, "--log-day", "soon").code == 2
    assert run("scan", root, "--log", syslog).code == 0
    noise = written(tmp_path, "noise\n", "noise.log")
    binary = tmp_path / "system.journal"
    binary.write_bytes(b"LPKSHHRH\0")
    for bad in (noise, binary):
        ran = run("scan", root, "--log", bad)
        assert (ran.code, bad.name in ran.out) == (11, True)


def test_hostile_words_do_not_act_in_the_report(host, tmp_path):
    """A command that looks like markdown, HTML or a terminal's escape is shown, not obeyed."""
    root, _ = host
    words = "Nov 20 06:00:01 h1 CRON[1]: (root) CMD (echo '<script>' | x `a` \x1b[31m [l](javascript:x))\n"
    out = tmp_path / "out"
    assert run("plan", root, "--log", written(tmp_path, words), "-o", out).code in {0, 11}
    report = (out / "report.md").read_text()
    assert "\x1b" not in report
    assert json.loads((out / "plan.json").read_text())["history"]["strangers"]

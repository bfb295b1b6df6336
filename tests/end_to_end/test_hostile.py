"""Hostile inputs of our own, end to end: each is survived, told and inert, and costs no other job."""

from __future__ import annotations

import json
import os
import socket
from pathlib import Path

import pytest

from tests.cli.running import plan_of, run, tab
from tests.end_to_end.checking import faults_of

KEPT = "11 2 * * * /usr/local/bin/kept\n"

# Each: what stands in a crontab beside a good line, and what must be said of it.
LINES = {
    "bytes that are no UTF-8": ("0 1 * * * echo \udce9t\udce9 > /srv/\udcff\n", ""),
    "a NUL that hides a job": ("0 1 * * * /shown\x000 5 * * * /hidden\n", "NUL byte"),
    "carriage returns": ("0 1 * * * /opt/x\r\n", "carriage return"),
    "a byte order mark": ("\ufeff0 1 * * * /opt/x\n", "byte order mark"),
    "blanks that are none": ("0\u00a01 * * * /opt/x\n", "bad"),
    "a step of zero": ("*/0 * * * * /opt/x\n", "step of zero"),
    "digits of another script": ("\u0665 * * * * /opt/x\n", "not ASCII"),
    "five thousand digits": ("9" * 5000 + " * * * * /opt/x\n", "bad minute"),
    "a day that never comes": ("0 0 31 2 * /opt/x\n", "never"),
    "a continuation": ("0 1 * * * /opt/x \\\n --flag\n", "no continuation"),
    "no command": ("0 1 * * *\n", "no command"),
    "nothing but operators": ("0 1 * * * ;;&&|| |\n", ""),
    "an open quote": ("0 1 * * * echo 'never closed\n", ""),
    "a function that calls itself": ("0 1 * * * f(){ f|f& };f\n", ""),
    "braces that would explode": ("0 1 * * * echo {1..99999999}{1..99999999}\n", ""),
    "a deep nest": (f"0 1 * * * {'(' * 2500}true{')' * 2500}\n", "command too long"),
    "a deep substitution": (f"0 1 * * * {'$(' * 2500}id{')' * 2500}\n", "command too long"),
    "a long chain": (f"0 1 * * * {' && '.join(['/bin/x'] * 4000)}\n", "command too long"),
    "a long pipeline": (f"0 1 * * * {' | '.join(['cat'] * 4000)}\n", "command too long"),
    "a word of 20,000 slashes": (f"0 1 * * * {'/' * 20_000}\n", "command too long"),
    "20,000 blanks": (f"0 1 * * * x{' ' * 20_000}y\n", "command too long"),
    "markup": ("0 1 * * * echo '</title><script>alert(1)</script>' '<img src=x onerror=y>'\n", ""),
    "markdown": ("0 1 * * * echo '| a |' '```' '[x](javascript:y)' '<details open>'\n", ""),
    "a formula": ("0 1 * * * =cmd|calc\n", ""),
    "escape characters": ("0 1 * * * echo \x1b[2J\x1b]0;title\x07 \x9b31m\n", ""),
    "text that turns round": ("0 1 * * * echo \u202egnp.exe \u2066x\u2069\n", ""),
    "a quote for DOT and Mermaid": ('0 1 * * * echo x"]; evil [label="y" --> z["q\n', ""),
    "templates": ("0 1 * * * echo {{ 7*7 }} ${x} {\\% raw \\%}\n", ""),
}


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize("name", LINES)
def test_a_hostile_line(tmp_path, monkeypatch, name):
    """The good line beside it is a job, what is wrong is told, and every file written is well-formed."""
    monkeypatch.chdir(tmp_path)
    line, said = LINES[name]
    path, out = tab(tmp_path, KEPT + line), tmp_path / "out"
    planned, scanned = run("plan", path, "-o", out), run("scan", path)
    assert planned.code in {0, 11}
    assert scanned.code in {0, 11}
    assert "Traceback" not in planned.err + scanned.err
    assert "\x1b" not in planned.out + scanned.out
    plan = plan_of(out)
    assert "/usr/local/bin/kept" in {job["command"] for job in plan["jobs"]}
    told = json.dumps([plan["unread"], plan["findings"], plan["jobs"]])
    assert said in told
    assert faults_of(out) == []
    assert sorted(found.name for found in tmp_path.iterdir()) == ["crontab", "out"]


@pytest.mark.parametrize("target", ["eventbridge", "step-functions", "airflow", "mwaa"])
def test_hostile_text_in_every_target(tmp_path, monkeypatch, target):
    """What the lines hold is data in the target's files: each job is there or has its reason, and no check fails."""
    monkeypatch.chdir(tmp_path)
    inert = ("markup", "markdown", "a formula", "a quote for DOT and Mermaid", "templates", "an open quote")
    path = tab(tmp_path / "in", "CRON_TZ=Europe/Paris\n" + KEPT + "".join(LINES[name][0] for name in inert))
    jobs = [job["id"] for job in run("scan", "--json", path).json["jobs"]]
    pins = "".join(f"{json.dumps(job)} = {json.dumps(target)}\n" for job in jobs)
    settings = tab(tmp_path, f"[targets]\n{pins}", name="pins.toml")
    assert run("plan", path, "--config", settings, "--assume-installed", "-o", tmp_path / "out").code in {0, 11}
    plan = plan_of(tmp_path / "out")
    written = {job for artifact in plan["artifacts"] for job in artifact["jobs"]}
    assert written
    assert written | {part["job"] for part in plan["left_out"]} == set(jobs)
    assert [verdict for verdict in plan["verdicts"] if verdict["holds"] is False] == []
    assert faults_of(tmp_path / "out") == []
    assert sorted(found.name for found in tmp_path.iterdir()) == ["in", "out", "pins.toml"]


MANIFESTS = {
    "a list": "[1, 2, 3]",
    "two keys of one name": '{"version": 1, "version": 1, "jobs": []}',
    "no number": '{"version": 1, "jobs": [{"id": "a", "schedule": "0 1 * * *", "command": "x", "retries": NaN}]}',
    "a number of 5,000 digits": '{"version": 1, "jobs": [{"id": "a", "retries": ' + "1" * 5000 + "}]}",
    "nested deeply": '{"version": 1, "jobs": ' + "[" * 50_000 + "]" * 50_000 + "}",
    "an alias bomb": "version: 1\na: &a [x, x, x, x, x, x, x, x, x]\n"
    + "".join(f"{n}: &{n} [{', '.join([f'*{m}'] * 9)}]\n" for m, n in zip("abcdefghi", "bcdefghij", strict=True))
    + "jobs: []\n",
    "an alias to itself": "version: 1\njobs: &j [*j]\n",
    "a tag that would run code": "version: 1\njobs: !!python/object/apply:os.system ['touch pwned']\n",
    "a tab": "version: 1\njobs:\n\t- id: a\n",
    "two documents": "version: 1\njobs: []\n---\nversion: 1\n",
    "words for jobs": '{"version": 1, "jobs": ["a", 5, null, [], {}]}',
}


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize("name", MANIFESTS)
def test_a_hostile_manifest(tmp_path, monkeypatch, name):
    """The file is unread with the reason and its place, and the crontab beside it is read."""
    monkeypatch.chdir(tmp_path)
    tab(tmp_path / "in", KEPT)
    ending = "json" if MANIFESTS[name].startswith(("{", "[")) else "yaml"
    tab(tmp_path / "in", MANIFESTS[name], name=f"jobs.{ending}")
    alone = run("plan", tmp_path / f"in/jobs.{ending}", "-o", tmp_path / "alone", "--as", "manifest")
    assert alone.code == 3
    assert f"jobs.{ending}" in alone.err.split("nothing was written")[1]
    told = run("plan", tmp_path / "in", "-o", tmp_path / "out")
    assert told.code in {0, 11}
    assert [job["command"] for job in plan_of(tmp_path / "out")["jobs"]] == ["/usr/local/bin/kept"]
    assert sorted(found.name for found in tmp_path.iterdir()) == ["in", "out"]


@pytest.mark.usefixtures("own_checks_alone")
def test_a_manifest_in_utf_16(tmp_path):
    """With a mark it is read, and found in a folder too; what is wrong in it is shown as it reads."""
    jobs = '{"id": "a", "schedule": "0 1 * * *", "command": "/bin/x"}, {"id": "b\u0113", "command": 7}'
    text = f'{{"version": 1, "jobs": [{jobs}]}}'
    path = tmp_path / "in/jobs.json"
    path.parent.mkdir()
    path.write_bytes(text.encode("utf-16"))
    told = run("scan", "--json", path.parent)
    assert told.code == 11
    assert [job["command"] for job in told.json["jobs"]] == ["/bin/x"]
    assert "b\u0113" in told.json["unread"][0]["text"]
    assert "\\x00" not in told.out


@pytest.mark.usefixtures("own_checks_alone")
def test_dependencies_that_go_round(tmp_path):
    """A circle, a job that waits for itself, a name that nothing has: each is told, no job is lost."""
    jobs = [
        {"id": name, "schedule": "0 1 * * *", "command": f"/opt/{name}", "depends_on": upstream}
        for name, upstream in (("a", ["b"]), ("b", ["a"]), ("c", ["c"]), ("d", ["nobody"]), ("e", ["a", "a"]))
    ]
    told = run(
        "plan", tab(tmp_path, json.dumps({"version": 1, "jobs": jobs}), name="jobs.json"), "-o", tmp_path / "out"
    )
    assert told.code in {0, 11}
    plan = plan_of(tmp_path / "out")
    assert [job["id"] for job in plan["jobs"]] == ["a", "b", "c", "d", "e"]
    said = {finding["kind"]: finding["text"] for finding in plan["findings"]}
    assert "a → b → a" in said["dependency-cycle"]
    assert {"self-dependency", "unknown-dependency"} <= said.keys()
    assert [tie["upstream"] for tie in plan["dependencies"] if tie["downstream"] == "e"] == ["a"]


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize("shape", ["chain", "circle", "crowd"])
def test_many_jobs_in_one_cluster(tmp_path, shape):
    """A long chain, a long circle, a crowd that all depend on all before: drawn, told, without recursion."""
    size = {"chain": 1500, "circle": 700, "crowd": 60}[shape]
    upstream = {
        "chain": lambda n: [n - 1] if n else [],
        "circle": lambda n: [(n - 1) % size],
        "crowd": lambda n: list(range(n)),
    }[shape]
    jobs = [
        {"id": f"n{n}", "schedule": "0 1 * * *", "command": "/bin/x", "depends_on": [f"n{m}" for m in upstream(n)]}
        for n in range(size)
    ]
    path = tab(tmp_path, json.dumps({"version": 1, "jobs": jobs}), name="jobs.json")
    assert run("plan", path, "-o", tmp_path / "out").code in {0, 11}
    [cluster] = plan_of(tmp_path / "out")["clusters"]
    assert len(cluster["jobs"]) == size
    assert faults_of(tmp_path / "out") == []
    assert (tmp_path / "out/graphs/overview.svg").exists()


@pytest.mark.usefixtures("own_checks_alone")
def test_names_that_are_paths(tmp_path):
    """Ids that are paths, options, reserved names or alike but for a dot: every file stays in the folder."""
    names = [
        "../../etc/passwd",
        "/etc/passwd",
        "..",
        "CON",
        "-rf",
        "$(touch pwned)",
        "a;b",
        "x" * 300,
        "A-B",
        "a.b",
        "a b",
    ]
    jobs = []
    for name in names:
        jobs.append({"id": name, "schedule": "0 1 * * *", "command": "/bin/x"})
        jobs.append({"id": f"{name} after", "schedule": "0 2 * * *", "command": "/bin/y", "depends_on": [name]})
    path = tab(tmp_path / "in", json.dumps({"version": 1, "jobs": jobs}), name="jobs.json")
    assert run("plan", path, "-o", tmp_path / "out").code in {0, 11}
    plan = plan_of(tmp_path / "out")
    assert len({job["id"] for job in plan["jobs"]}) == len(jobs)
    assert sorted(found.name for found in tmp_path.iterdir()) == ["in", "out"]
    pictures = [file.name.lower() for file in (tmp_path / "out/graphs").glob("*.svg")]
    assert len(set(pictures)) == 1 + len(plan["clusters"])
    assert faults_of(tmp_path / "out") == []


@pytest.mark.usefixtures("own_checks_alone")
def test_a_tree_of_traps(tmp_path):
    """Pipes, sockets, loops, links out of the tree, huge and odd-named files: nothing blocks, each is told."""
    root = tmp_path / "root"
    tab(root, "0 1 * * * root /usr/local/bin/kept\n", name="etc/cron.d/kept")
    folder = root / "etc/cron.d"
    os.mkfifo(folder / "pipe")
    with socket.socket(socket.AF_UNIX) as listening:
        here = os.open(folder, os.O_RDONLY)
        listening.bind(f"/proc/self/fd/{here}/socket" if Path("/proc/self/fd").exists() else str(folder / "socket"))
        os.close(here)
    (folder / "loop").symlink_to("loop")
    (folder / "out").symlink_to("/etc/passwd")
    (folder / "up").symlink_to("..")
    (root / "round").symlink_to(".")
    with (folder / "huge").open("wb") as stream:
        stream.truncate(3 << 30)
    tab(root, KEPT, name="etc/cron.d/$(touch pwned)")
    tab(root, KEPT, name="odd\nname\x1b[2J/crontab")
    told = run("plan", root, "-o", tmp_path / "plan")
    assert told.code == 11
    assert "root:x:0" not in (tmp_path / "plan/plan.json").read_text()
    plan = plan_of(tmp_path / "plan")
    assert "/usr/local/bin/kept" in {job["command"] for job in plan["jobs"]}
    unread = {line["path"].rpartition("/")[2]: line["reason"] for line in plan["unread"]}
    assert {"pipe", "socket", "loop", "out", "huge"} <= unread.keys()
    assert "FIFO" in unread["pipe"]
    assert "larger than" in unread["huge"]
    assert faults_of(tmp_path / "plan") == []


@pytest.mark.usefixtures("own_checks_alone")
def test_long_inputs_take_linear_time(tmp_path):
    """A hundred thousand comments, empty lines and one line of a megabyte: seconds, and the job is found."""
    text = "# x\n" * 100_000 + "\n" * 100_000 + KEPT + "0 1 * * * echo " + "A" * 1_000_000 + "\n"
    path = tab(tmp_path, text)
    told = run("scan", "--json", path)
    assert told.code in {0, 11}
    assert [row["lines"] for row in told.json["ledger"]] == [200_002]
    assert "/usr/local/bin/kept" in {job["command"] for job in told.json["jobs"]}
    assert len(told.out) < 4_000_000


@pytest.mark.usefixtures("own_checks_alone")
def test_many_jobs_at_one_minute(tmp_path):
    """A thousand jobs at the same minute, each with a file of its own, are a thousand clusters."""
    text = "".join(f"0 1 * * * /opt/s{n} > /srv/o{n}\n" for n in range(1000))
    told = run("plan", tab(tmp_path, text), "-o", tmp_path / "out")
    assert told.code in {0, 11}
    assert len(plan_of(tmp_path / "out")["clusters"]) == 1000


@pytest.mark.usefixtures("own_checks_alone")
@pytest.mark.parametrize("target", ["step-functions", "airflow"])
def test_hosts_of_any_name(tmp_path, target):
    """Names in other scripts, with what CloudFormation resolves, or very long: what was written is found again."""
    hosts = ["日本", "caf\u00e9", "e\u0301", "${x}", "{{y}}", "a\\b", "x" * 500, "\U0001f600" * 100, "a|b`<c>"]
    jobs = [
        {"id": f"j{n}", "schedule": "0 1 * * *", "command": "/opt/x", "host": host, "timezone": "Europe/Paris"}
        for n, host in enumerate(hosts)
    ]
    path = tab(tmp_path, json.dumps({"version": 1, "jobs": jobs}), name="jobs.json")
    pins = [part for n in range(len(hosts)) for part in ("--target", f"j{n}={target}")]
    assert run("plan", path, *pins, "-o", tmp_path / "out").code in {0, 11}
    plan = plan_of(tmp_path / "out")
    assert [verdict for verdict in plan["verdicts"] if verdict["holds"] is False] == []
    assert {job for artifact in plan["artifacts"] for job in artifact["jobs"]} == {f"j{n}" for n in range(len(hosts))}
    assert faults_of(tmp_path / "out") == []


@pytest.mark.usefixtures("own_checks_alone")
def test_a_plan_inside_the_tree_that_it_is_of(tmp_path):
    """The next plan is the same, byte for byte; beside anything else, what looks like a plan hides nothing."""
    root = tmp_path / "root"
    tab(root, KEPT)
    assert run("plan", root, "-o", root / "out").code == 0
    before = {path: path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()}
    tab(root, "{", name=".out.migrator-abc_123/plan.json")
    assert run("plan", root, "-o", root / "out").code == 0
    assert {path: path.read_bytes() for path in (root / "out").rglob("*") if path.is_file()} == before
    tab(root, (root / "out/plan.json").read_text(), name="etc/cron.d/plan.json")
    tab(root, "0 1 * * * root /opt/hidden\n", name="etc/cron.d/evil")
    assert "/opt/hidden" in run("scan", "--json", root).out


@pytest.mark.usefixtures("own_checks_alone")
def test_thousands_of_empty_substitutions(tmp_path):
    """A word made of nothing else is compared in little memory, and the check holds."""
    root = tmp_path / "root"
    tab(root, KEPT + "0 1 * * * /opt/run.sh\n")
    tab(root, f"#!/bin/bash\n/opt/tool > /srv/pre.csv\n{'`' * 4000}\n/opt/after\n", name="opt/run.sh")
    assert run("plan", root, "-o", tmp_path / "out").code in {0, 11}
    assert [verdict for verdict in plan_of(tmp_path / "out")["verdicts"] if verdict["holds"] is False] == []

"""The samples are what their README says they are."""

from __future__ import annotations

import os
import re
import subprocess

import pytest
import yaml

from migrator.settings import load
from tests.docs.texts import ROOT, first_cells

SAMPLES = ROOT / "samples"
ETL = SAMPLES / "etl-host"
FLEET = SAMPLES / "fleet"
SCRIPTS = sorted(
    path
    for path in SAMPLES.glob("**/*")
    if path.is_file() and not path.is_symlink() and path.read_bytes().startswith(b"#!")
)
# The one script that was not copied: the report must ask for it.
MISSING = "/opt/etl/geo/geocode.py"


def manifest_jobs():
    """Give the jobs of the fleet's manifest that the nightly run is made of."""
    jobs = yaml.safe_load((FLEET / "jobs.yaml").read_text(encoding="utf-8"))["jobs"]
    return {job["id"]: job for job in jobs if "id" in job and "trigger" not in job}


def test_readme_has_a_row_for_every_sample():
    """The table names each folder, and no other."""
    rows = first_cells((SAMPLES / "README.md").read_text(encoding="utf-8"))[2:]
    assert sorted(row.strip("`/") for row in rows) == sorted(path.name for path in SAMPLES.iterdir() if path.is_dir())


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*/*.toml")), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_settings_are_valid(file):
    """Each file of settings is accepted, unknown keys and all."""
    assert load.read(file)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: str(path.relative_to(SAMPLES)))
def test_scripts_are_whole(script):
    """Each shell script is accepted by the shell that it names, without being run; each Python script compiles."""
    shebang = script.read_text(encoding="utf-8").splitlines()[0]
    if "python" in shebang:
        compile(script.read_bytes(), str(script), "exec")
        return
    shell = shebang.rpartition("/")[2]
    assert subprocess.run([shell, "-n", script], capture_output=True, check=False).returncode == 0


def test_every_script_of_the_etl_host_is_there_but_one():
    """Paths below /opt/etl lead to files, so the sample shows what following scripts gives."""
    tab = (ETL / "var/spool/cron/crontabs/etl").read_text(encoding="utf-8").replace("$ETL_HOME", "/opt/etl")
    active = "\n".join(line for line in tab.splitlines() if not line.startswith("#"))
    called = set(re.findall(r"/opt/etl/(?!venv)[\w/]+\.(?:sh|py)", active))
    assert len(called) > 20
    assert [path for path in sorted(called) if not (ETL / path[1:]).is_file()] == []
    assert not (ETL / MISSING[1:]).exists()


def test_the_nightly_run_has_25_jobs_in_an_order():
    """The manifest's graph is closed, has no cycle, and branches and joins."""
    jobs = manifest_jobs()
    assert len(jobs) == 25
    upstream = {name: set(job.get("depends_on", ())) for name, job in jobs.items()}
    assert set().union(*upstream.values()) <= set(jobs)
    done: set[str] = set()
    while ready := {name for name, needs in upstream.items() if name not in done and needs <= done}:
        done |= ready
    assert done == set(jobs)
    assert max(len(needs) for needs in upstream.values()) >= 4
    assert {job.get("call", {}).get("service") for job in jobs.values()} >= {"glue", "lambda", "emr", "redshift-data"}


def test_the_fleets_traps_are_there():
    """One file lacks its last newline, one script its mode, one file has a name that run-parts skips."""
    assert not (FLEET / "web2/etc/cron.d/fpm-watch").read_bytes().endswith(b"\n")
    assert os.access(FLEET / "web1/etc/cron.weekly/fstrim", os.X_OK)
    assert not os.access(FLEET / "web3/etc/cron.weekly/fstrim", os.X_OK)
    assert (FLEET / "web2/etc/cron.daily/logrotate.dpkg-old").is_file()
    assert (FLEET / "db1/etc/localtime").readlink().as_posix().endswith("zoneinfo/America/Chicago")


def test_the_guides_example_is_the_same_twice():
    """Only the settings differ between the guide's answer and the pinned one."""
    for name in ("crontab", "bin/csv_to_parquet.sh"):
        first, second = (SAMPLES / folder / name for folder in ("guide-example", "guide-example-airflow"))
        assert first.read_bytes() == second.read_bytes()

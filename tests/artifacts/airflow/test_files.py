"""Which files there are, and what stands in them."""

from __future__ import annotations

import ast
import json

import pytest
import yaml

from migrator import pipeline
from migrator.artifacts import airflow
from migrator.model import Target
from tests.artifacts.airflow.shapes import files_of, only_dag, plan_of
from tests.artifacts.making import HEAD, host, planned, resolved


def test_a_command_is_in_its_document_and_not_in_the_dag(tmp_path):
    """The DAG names the document and the host by Variables; a secret is in neither."""
    files = files_of(plan_of(tmp_path, HEAD + "0 7 * * 1-5 /opt/load --password=hunter2hunter2 'a b'\n"))
    assert sorted(files) == [
        "airflow/commands-web1.yaml", *[path for path in files if path.startswith("airflow/dags/")],
        "airflow/requirements.txt",
    ]  # fmt: skip
    assert "hunter2" not in "".join(files.values())
    template = yaml.safe_load(files["airflow/commands-web1.yaml"])
    (document,) = [one for one in template["Resources"].values() if one["Type"] == "AWS::SSM::Document"]
    lines = document["Properties"]["Content"]["mainSteps"][0]["inputs"]["runCommand"]
    assert "/opt/load --password=" in "".join(resolved(line) for line in lines)
    (dag,) = [text for path, text in files.items() if path.endswith(".py")]
    assert 'schedule=CronTriggerTimetable("0 7 * * 1-5", timezone="Europe/Berlin")' in dag
    assert f'COMMANDS_WEB1 + "{document["Metadata"]["Task"]}"'.replace('+ "', '+ "-') in dag
    assert "web1/var/spool/cron/crontabs/etl:4" in dag.partition("import")[0]


def test_airflow_s_role_may_send_these_documents_to_this_host_alone(tmp_path):
    """No star but where IAM knows no resource."""
    files = files_of(plan_of(tmp_path, "0 7 * * * /opt/load\n"))
    policy = yaml.safe_load(files["airflow/commands-web1.yaml"])["Resources"]["AirflowPolicy"]["Properties"]
    assert policy["Roles"] == [{"Ref": "AirflowRole"}]
    stars = [one for one in policy["PolicyDocument"]["Statement"] if one["Resource"] == "*"]
    assert [one["Action"] for one in stars] == [
        ["ssm:CancelCommand", "ssm:GetCommandInvocation", "ssm:ListCommandInvocations"]
    ]


def test_an_unknown_zone_is_asked_for(tmp_path):
    """Without it the DAG has no schedule; no zone is made up."""
    loose = {"crontab.txt": "0 6 * * * /opt/zoneless.sh\n"}
    only = planned(tmp_path / "a", loose, zone=None).jobs[0].id
    text = only_dag(planned(tmp_path / "a", loose, zone=None, targets=((only, Target.AIRFLOW),)))
    assert 'TIMEZONE = ""' in text
    assert 'CLOCK = CronTriggerTimetable("0 6 * * *", timezone=TIMEZONE) if TIMEZONE else None' in text


def test_data_of_another_dag_is_an_option_and_never_changes_the_clock(tmp_path):
    """The one tells of its asset, the other starts by the clock until AFTER_DATA is set."""
    files = files_of(plan_of(tmp_path, "0 1 * * * dump > /srv/x/a.csv\n30 1 * * * load < /srv/x/a.csv\n"))
    texts = sorted(
        (text for path, text in files.items() if path.endswith(".py")), key=lambda text: "AFTER_DATA" in text
    )
    giver, taker = texts
    (asset,) = [line.strip() for line in giver.splitlines() if line.strip().startswith("outlets=")]
    assert asset.removeprefix("outlets=").rstrip(",") in taker
    assert "AFTER_DATA = False\n" in taker
    assert "schedule=DATA if AFTER_DATA else CLOCK" in taker
    assert "AFTER_DATA" not in giver


def test_a_lock_that_several_dags_take_is_a_pool(tmp_path):
    """One lock of one DAG is none; in both cases one run at a time."""
    line = "{} * * * flock /run/lock/shared.lock /opt/{}.sh\n"
    shared = files_of(plan_of(tmp_path / "a", line.format("0 1", "one") + line.format("0 2", "two")))
    texts = [text for path, text in shared.items() if path.endswith(".py")]
    assert all('pool="lock_shared_lock"' in text and "max_active_runs=1" in text for text in texts)
    assert all("airflow pools set lock_shared_lock 1" in text for text in texts)
    alone = only_dag(plan_of(tmp_path / "b", line.format("0 1", "one")))
    assert "pool=" not in alone
    assert "max_active_runs=1" in alone


def test_hosts_go_on_by_themselves(tmp_path):
    """An entry of two hosts is sent to both at once, whatever fails on one."""
    text = HEAD + "0 7 * * * /opt/load\n"
    names = tuple((job.id, Target.AIRFLOW) for job in planned(tmp_path, host(text) | host(text, "web2")).jobs)
    dag = only_dag(planned(tmp_path, host(text) | host(text, "web2"), targets=names))
    assert '"MaxErrors": "100%"' in dag
    assert dag.count("var.value.instance_web") == 2


def test_what_cannot_be_said_is_left_out_with_its_reason(tmp_path):
    """No file, and the reason by job; what waits for it is left out too."""
    plan = plan_of(tmp_path, "0 1 * * * /opt/x &\n")
    (make,) = airflow.pieces(plan)
    files, left_out = make()
    assert files == []
    assert ["it leaves a process behind" in reason for reason in left_out.values()] == [True]


def test_hostile_names_are_texts(tmp_path):
    """Ids, titles and owners of a manifest reach comments, the page, tags and ids: the file holds no statement more."""
    hostile = "a\rimport os\r# '''\"\"\" {{ 7 }} \u202e ${x}"
    jobs = {"version": 1, "jobs": [
        {"id": hostile, "title": hostile, "owner": hostile, "schedule": "0 1 * * *", "command": f"/bin/echo {hostile}"},
    ]}  # fmt: skip
    tree = {"jobs.json": json.dumps(jobs)}
    found = planned(tmp_path, tree)
    dag = only_dag(planned(tmp_path, tree, targets=tuple((job.id, Target.AIRFLOW) for job in found.jobs)))
    assert dag.isascii()
    assert "\r" not in dag
    modules = {one.module for one in ast.walk(ast.parse(dag)) if isinstance(one, ast.ImportFrom)}
    assert not [one for one in ast.walk(ast.parse(dag)) if isinstance(one, ast.Import)]
    assert all(module in ("datetime", "airflow") or module.startswith("airflow.") for module in modules)


@pytest.mark.parametrize(
    ("hosts", "told"),
    [(10, ""), (11, "IAM attaches 10: ask AWS for that many first."), (21, "leave some hosts to another Airflow")],
)
def test_more_policies_than_a_role_takes_are_told(tmp_path, hosts, told):
    """Each host's template has one for Airflow's role; as many as IAM attaches say nothing."""
    tabs = [host(f"5 4 * * * /opt/only-{n:02}\n", f"web{n:02}") for n in range(hosts)]
    files = {name: text for tab in tabs for name, text in tab.items()}
    targets = tuple((cluster.id, Target.AIRFLOW) for cluster in planned(tmp_path, files).clusters)
    texts = pipeline.artifacts.make(planned(tmp_path, files, targets=targets)).texts
    heads = [text for path, text in texts.items() if "/commands-web" in path]
    assert len(heads) == hosts
    assert all((told in text) if told else ("managed policies" not in text) for text in heads)

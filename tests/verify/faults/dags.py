"""Faults in DAGs and their commands, in what ties DAGs, and in their calls."""

from __future__ import annotations

from migrator.model import Target
from tests.artifacts.making import host
from tests.verify.seeding import FILES, Faults

ORDER = "steps and order"
MUTATIONS = {
    "a dropped step": ("extract", "extract >> transform >> notify >> report", "extract >> transform >> notify", ORDER),
    "a swapped order": ("extract", "extract >> transform >>", "transform >> extract >>", ORDER),
    "a lost order": ("extract", "extract >> transform >>", "transform >>", ORDER),
    "a handler that always runs": ("extract", 'trigger_rule="one_failed"', 'trigger_rule="all_done"', ORDER),
    "a handler that never runs": ("extract", '        trigger_rule="one_failed",\n', "", ORDER),
    "a step that a failure stops": ("extract", 'trigger_rule="all_done"', 'trigger_rule="all_success"', ORDER),
    "an unknown rule": ("extract", 'trigger_rule="all_done"', 'trigger_rule="all_ended"', ORDER),
    "another document": ("extract", "-1-extract", "-2-transform", ORDER),
    "no such document": ("extract", "-1-extract", "-1-extracts", "command"),
    "catching up": ("extract", "catchup=False", "catchup=True", "DAG"),
    "switched on": ("extract", "is_paused_upon_creation=True", "is_paused_upon_creation=False", "DAG"),
    "tried again by default": ("extract", '"retries": 0', '"retries": 1', "DAG"),
    "tried again": ("extract", 'task_id="report"', 'task_id="report", retries=3', ORDER),
    "a lost retry": ("second", "        retries=2,\n", "", ORDER),
    "a changed weekday": ("extract", '"5 4 * * 1-5"', '"5 4 * * 1-6"', "fire times"),
    "another zone": ("extract", 'timezone="Europe/Berlin"', 'timezone="Asia/Tokyo"', "fire times"),
    "a missing zone": ("extract", ', timezone="Europe/Berlin"', "", "fire times"),
    "another day of the month": ("early", 'Timetable("0 7 1,15', 'Timetable("0 7 1,16', "fire times"),
    "a line that stays on": ("extract", "#   web1/var/spool", "#   web2/var/spool", "DAG"),
    "another line on its page": ("extract", "- `web1/var/spool/cron/crontabs/etl:4`", "- `web1/etc/crontab:4`", "DAG"),
    "an end": ("extract", "    catchup=False,\n", '    catchup=False,\n    end_date="2026-01-02",\n', "DAG"),
    "a limit of the run": ("extract", "    catchup=False,\n", "    catchup=False,\n    dagrun_timeout=1,\n", "DAG"),
    "all fail with one": ("extract", "    catchup=False,\n", "    catchup=False,\n    fail_fast=True,\n", "DAG"),
    "a start at once": ("extract", 'zone="Europe/Berlin"', 'zone="Europe/Berlin", run_immediately=True', "DAG"),
    "an operator from elsewhere": ("extract", "airflow.providers.amazon.aws.operators.ssm", "evil.ssm", "DAG"),
    "another host": ("extract", "or mi-...) of web1", "or mi-...) of web2", "DAG"),
    "another stack": ("extract", "stack made of commands-web1", "stack made of commands-web2", "DAG"),
    "another Variable": ("extract", "{{ var.value.instance_web1 }}", "{{ var.value.commands_web1_stack }}", "DAG"),
    "looks without a pause": ("extract", "waiter_delay=15", "waiter_delay=0", "DAG"),
    "one look": ("extract", "waiter_max_attempts=11560", "waiter_max_attempts=1", "DAG"),
    "hardly delivered": ("extract", '"TimeoutSeconds": 600', '"TimeoutSeconds": 5', "DAG"),
    "hosts in two ways": ("extract", '"TimeoutSeconds": 600', '"TimeoutSeconds": 600, "Targets": []', "DAG"),
    "a later attempt": ("second", "timedelta(seconds=60)", "timedelta(seconds=6000)", "DAG"),
    "a limit of Airflow's": (
        "second",
        "        retries=2,\n",
        "        retries=2,\n        execution_timeout=1,\n",
        "DAG",
    ),
    "workers that nobody has": ("extract", 'task_id="report"', 'task_id="report", queue="x"', "DAG"),
    "a command that is cut off": ("commands", "timeoutSeconds: '172800'", "timeoutSeconds: '60'", "command"),
    "a template in a text": ("extract", 'task_id="report"', 'task_id="report", env={"a": "{{ ds }}"}', "DAG"),
    "a soft failure": ("extract", 'task_id="report"', 'task_id="report", soft_fail=True', "command"),
    "no waiting": ("extract", 'task_id="report"', 'task_id="report", wait_for_completion=False', "command"),
    "code beside the DAG": ("extract", "START_DATE =", "print(1)\nSTART_DATE =", "parse"),
    "code in the DAG": ("extract", "extract >> transform", "print(1)\n    extract >> transform", "parse"),
    "a circle": ("extract", "extract >> transform >>", "extract >> transform >> extract >>", ORDER),
    "jobs side by side": ("second", "first >> second", "first", "parse"),
    "a lost quote": ("commands", "'/opt/extract '\\''a b'\\'''", "'/opt/extract a b'", ORDER),
    "a quote that is never closed": ("commands", "'/opt/extract '\\''a b'\\'''", "'/opt/extract '\\''a b'", ORDER),
    "a name that is not imported": ("extract", "import datetime, timezone", "import timezone", "parse"),
    "a timetable from elsewhere": ("extract", "airflow.timetables.trigger", "airflow.timetables.interval", "parse"),
    "a DAG from nowhere": ("extract", "from airflow.sdk import", "from airflow.sdks import", "parse"),
    "an import that is not tried": ("extract", "except ImportError:", "except ValueError:", "parse"),
    "a task without a name": ("extract", '        task_id="report",\n', "", "parse"),
    "an argument twice": ("extract", "    catchup=False,\n", "    catchup=False,\n    catchup=False,\n", "parse"),
    "the wrong user": ("commands", "user='etl'", "user='root'", "command"),
    "a command behind": ("commands", "< /dev/null\n", "< /dev/null; touch /tmp/x\n", "command"),
    "a lost setting": ("commands", "ETL='/opt/etl' \\\n", "\\\n", "command"),
    "a role with a star": ("commands", "Action: ssm:SendCommand", "Action: ssm:*", "references and roles"),
}
TIED = host(
    """BUCKET=b
0 1 * * * flock /run/a /opt/one
0 2 * * * flock /run/a /opt/two
0 3 * * * /opt/make > /srv/x.csv
30 3 * * * /opt/take < /srv/x.csv
0 4 * * * while ! aws s3 ls s3://bkt/in/; do sleep 9; done; aws emr add-steps --cluster-id j --steps Type=Spark,Args=[a]
"""
) | {
    "jobs.yaml": """version: 1
defaults: {timezone: Europe/Berlin}
jobs:
  - {id: convert, schedule: "15 6 * * *", call: {service: glue, name: conv, arguments: {--x: "y z"}},
     retries: 2, timeout: 30m}
  - {id: tell, call: {service: lambda, name: tell, arguments: {a: "1"}}, depends_on: [convert]}
"""
}
MADE, TAKEN, ONE, WAITING, CALLING = "dags/make", "dags/take", "dags/one", "dags/aws-s3-ls", "dags/tell"
TIES = {
    "data under another name": (MADE, 'outlets=[Asset("make', 'outlets=[Asset("made', "DAG"),
    "other data": (TAKEN, 'DATA = [Asset("make', 'DATA = [Asset("made', "DAG"),
    "nobody told": (MADE, "        outlets=", "        tags=", "DAG"),
    "no pool": (ONE, '        pool="lock_a",\n', "", "DAG"),
    "another pool": (ONE, 'pool="lock_a"', 'pool="lock_b"', "DAG"),
    "two runs at once": (ONE, "    max_active_runs=1,\n", "", "DAG"),
    "another prefix": (WAITING, "s3://bkt/in/*", "s3://bkt/out/*", "command"),
    "no star": (WAITING, "wildcard_match=True", "wildcard_match=False", "command"),
    "a short wait": (WAITING, "timeout=604800", "timeout=1", "DAG"),
    "looks without a pause": (WAITING, "poke_interval=9", "poke_interval=0", "DAG"),
    "another wait after that": (WAITING, "retries=0", "retries=5", "DAG"),
    "another region": (CALLING, 'job_name="conv"', 'job_name="conv", region_name="x"', "DAG"),
    "another account": (CALLING, 'job_name="conv"', 'job_name="conv", aws_conn_id="x"', "DAG"),
    "another job": (CALLING, 'job_name="conv"', 'job_name="convs"', "command"),
    "words in another order": (CALLING, '"y z"', '"z y"', "command"),
    "an argument more": (CALLING, '"y z"', '"y z", "--y": "1"', "command"),
    "nobody waits": (CALLING, "wait_for_completion=True", "wait_for_completion=False", "DAG"),
    "another limit": (CALLING, "timedelta(seconds=1800)", "timedelta(seconds=1)", "DAG"),
    "a lost retry": (CALLING, "        retries=2,\n", "", "steps and order"),
    "a function without an answer": (CALLING, '"RequestResponse"', '"Event"', "command"),
    "another payload": (CALLING, '{"a": "1"}', '{"a": "2"}', "command"),
    "a second call": (CALLING, '"total_max_attempts": 1', '"total_max_attempts": 5', "DAG"),
    "a lost leave": ("permissions", ":function:tell\n", ":function:other\n", "DAG"),
    "nobody may look at it": ("permissions", "          - glue:GetJobRun\n", "", "DAG"),
    "nobody may look at commands": ("commands", "          - ssm:GetCommandInvocation\n", "", "DAG"),
    "leave that is refused": ("permissions", "Effect: Allow", "Effect: Deny", "references and roles"),
    "leave for no service's name": ("permissions", ":glue:", ":glues:", "references and roles"),
    "leave elsewhere": ("commands", "aws:RequestedRegion:", "aws:RequestedRegions:", "references and roles"),
    "a lost provider": ("requirements", "apache-airflow-providers-amazon", "# ", "parse"),
    "another index": (
        "requirements",
        "apache-airflow-providers-amazon",
        "-i https://x\napache-airflow-providers-amazon",
        "parse",
    ),
    "another action": ("permissions", "lambda:InvokeFunction", "lambda:UpdateFunctionCode", "references and roles"),
}
DAGS = Faults(FILES, Target.AIRFLOW, MUTATIONS)
TIED_DAGS = Faults(
    TIED,
    Target.AIRFLOW,
    {name: (f"artifacts/airflow/{part}", *fault) for name, (part, *fault) in TIES.items()},
)

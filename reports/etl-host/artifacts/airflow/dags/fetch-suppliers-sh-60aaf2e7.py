# Airflow DAG: the cron entries below.
#
# Replaces:
#   var/spool/cron/crontabs/etl:36  0 22 * * *  fetch_suppliers.sh
#
# Fill in, as parameters:
#   START_DATE: the moment at which it takes over from cron
#   Airflow Variable commands_etl1_stack: the name of the stack made of commands-etl1.yaml
#   Airflow Variable instance_etl1: the id in Systems Manager (i-... or mi-...) of etl1
#
# To know:
#   - Airflow pauses it at first sight. Unpause it in the minute in which its crontab lines are switched off.
#   - A failed run shows in Airflow; cron mailed what jobs printed. Set a notifier (on_failure_callback) if wanted.
#   - Its commands are in commands-etl1.yaml: deploy that first.

from datetime import datetime, timezone

from airflow.providers.amazon.aws.operators.ssm import SsmRunCommandOperator
from airflow.timetables.trigger import CronTriggerTimetable

try:
    from airflow.sdk import Asset, DAG
except ImportError:  # Airflow 2.11
    from airflow import DAG
    from airflow.datasets import Dataset as Asset

# Nothing is due before this moment. Set it to the moment at which cron's lines are switched off, before the DAG is
# unpaused: Airflow begins with the last start that lies between the two, at once, and cron has made that one.
START_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)

# Airflow Variables; each is read when a task runs.
COMMANDS_ETL1 = "{{ var.value.commands_etl1_stack }}"
INSTANCES_ETL1 = ["{{ var.value.instance_etl1 }}"]


with DAG(
    dag_id="fetch-suppliers-sh-60aaf2e7",
    description="fetch_suppliers.sh: 0 22 * * *",
    doc_md=(
        "It replaces what cron started:\n"
        "\n"
        "- `var/spool/cron/crontabs/etl:36`, at `0 22 * * *`: `fetch_suppliers.sh`\n"
    ),
    schedule=CronTriggerTimetable("0 22 * * *", timezone="Europe/Berlin"),
    start_date=START_DATE,
    catchup=False,
    is_paused_upon_creation=True,
    default_args={"owner": "etl", "retries": 0},
    tags=["from-cron", "etl1"],
) as dag:
    # opt/etl/bin/fetch_suppliers.sh:7
    #   curl -fsS --retry 2 --key /home/etl/.ssh/suppliers "sftp://nordlicht@sftp.$supplier.exampl ...
    #   -o "$LANDING/suppliers/$supplier.xml"
    fetch_suppliers_sh = SsmRunCommandOperator(
        task_id="fetch_suppliers_sh",
        document_name=COMMANDS_ETL1 + "-fetch-suppliers-sh-60aaf2e7",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
        outlets=[Asset("fetch-suppliers-sh-60aaf2e7")],
    )

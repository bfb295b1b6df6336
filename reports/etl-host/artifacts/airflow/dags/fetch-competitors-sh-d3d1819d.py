# Airflow DAG: the cron entries below.
#
# Replaces:
#   var/spool/cron/crontabs/etl:37  15 22 * * *  fetch_competitors.sh
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
    dag_id="fetch-competitors-sh-d3d1819d",
    description="fetch_competitors.sh: 15 22 * * *",
    doc_md=(
        "It replaces what cron started:\n"
        "\n"
        "- `var/spool/cron/crontabs/etl:37`, at `15 22 * * *`: `fetch_competitors.sh`\n"
    ),
    schedule=CronTriggerTimetable("15 22 * * *", timezone="Europe/Berlin"),
    start_date=START_DATE,
    catchup=False,
    is_paused_upon_creation=True,
    default_args={"owner": "etl", "retries": 0},
    tags=["from-cron", "etl1"],
) as dag:
    # opt/etl/bin/fetch_competitors.sh:6
    #   curl -fsS -u "nordlicht:REDACTED-password" "https://api.pricewatch.example/v1/offers?count ...
    #   > $LANDING/competitors/offers-$(date +%Y%m%d).csv
    fetch_competitors_sh = SsmRunCommandOperator(
        task_id="fetch_competitors_sh",
        document_name=COMMANDS_ETL1 + "-fetch-competitors-sh-d3d1819d",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
        outlets=[Asset("fetch-competitors-sh-d3d1819d")],
    )

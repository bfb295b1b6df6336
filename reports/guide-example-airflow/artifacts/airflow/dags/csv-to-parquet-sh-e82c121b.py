# Airflow DAG: the cron entries below.
#
# Replaces:
#   crontab:7  0 2 * * *  csv_to_parquet.sh
#
# Fill in, as parameters:
#   START_DATE: the moment at which it takes over from cron
#   Airflow Variable commands_host_stack: the name of the stack made of commands-host.yaml
#   Airflow Variable instance_host: the id in Systems Manager (i-... or mi-...) of the host that has this crontab
#
# To know:
#   - Airflow pauses it at first sight. Unpause it in the minute in which its crontab lines are switched off.
#   - A failed run shows in Airflow; cron mailed what jobs printed. Set a notifier (on_failure_callback) if wanted.
#   - Its commands are in commands-host.yaml: deploy that first.
#   - crontab:7: its command is one task: no part of it can be run without the others.

from datetime import datetime, timezone

from airflow.providers.amazon.aws.operators.ssm import SsmRunCommandOperator
from airflow.timetables.trigger import CronTriggerTimetable

try:
    from airflow.sdk import DAG
except ImportError:  # Airflow 2.11
    from airflow import DAG

# Nothing is due before this moment. Set it to the moment at which cron's lines are switched off, before the DAG is
# unpaused: Airflow begins with the last start that lies between the two, at once, and cron has made that one.
START_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)

# Airflow Variables; each is read when a task runs.
COMMANDS_HOST = "{{ var.value.commands_host_stack }}"
INSTANCES_HOST = ["{{ var.value.instance_host }}"]


with DAG(
    dag_id="csv-to-parquet-sh-e82c121b",
    description="csv_to_parquet.sh",
    doc_md=(
        "It replaces what cron started:\n"
        "\n"
        "- `crontab:7`, at `0 2 * * *`: `csv_to_parquet.sh`\n"
    ),
    schedule=CronTriggerTimetable("0 2 * * *", timezone="America/New_York"),
    start_date=START_DATE,
    catchup=False,
    is_paused_upon_creation=True,
    default_args={"retries": 0},
    tags=["from-cron"],
) as dag:
    # crontab:7
    #   /opt/jobs/bin/csv_to_parquet.sh >> /var/log/jobs/csv_to_parquet.log 2>&1
    csv_to_parquet_sh = SsmRunCommandOperator(
        task_id="csv_to_parquet_sh",
        document_name=COMMANDS_HOST + "-csv-to-parquet-sh-e82c121b",
        run_command_kwargs={"InstanceIds": INSTANCES_HOST, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
    )

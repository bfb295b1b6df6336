# Airflow DAG: the cron entries below.
#
# Replaces:
#   var/spool/cron/crontabs/etl:38  0 23 * * *  normalise.py
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
#   - It needs fetch-suppliers-sh-60aaf2e7 (writes /srv/etl/landing/suppliers/alpenkraft.xml); the clock alone keeps that order, as now.
#   - AFTER_DATA makes it wait for that data in place of the clock.

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

CLOCK = CronTriggerTimetable("0 23 * * *", timezone="Europe/Berlin")

# False: it starts by the clock, as with cron. True: it starts when all the data that it takes from other DAGs has
# been written anew, whatever the time is.
AFTER_DATA = False
DATA = [Asset("fetch-suppliers-sh-60aaf2e7")]


with DAG(
    dag_id="normalise-py-d31225c3",
    description="normalise.py: 0 23 * * *",
    doc_md=(
        "It replaces what cron started:\n"
        "\n"
        "- `var/spool/cron/crontabs/etl:38`, at `0 23 * * *`: `normalise.py`\n"
    ),
    schedule=DATA if AFTER_DATA else CLOCK,
    start_date=START_DATE,
    catchup=False,
    is_paused_upon_creation=True,
    default_args={"owner": "etl", "retries": 0},
    tags=["from-cron", "etl1"],
) as dag:
    # var/spool/cron/crontabs/etl:38
    #   $ETL_HOME/venv/bin/python $ETL_HOME/catalogue/normalise.py >> $LOGS/catalogue.log 2>&1
    normalise_py = SsmRunCommandOperator(
        task_id="normalise_py",
        document_name=COMMANDS_ETL1 + "-normalise-py-d31225c3",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
        outlets=[Asset("normalise-py-d31225c3")],
    )

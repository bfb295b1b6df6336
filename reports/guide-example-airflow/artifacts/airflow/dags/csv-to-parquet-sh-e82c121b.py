# Airflow DAG: the cron entries below.
#
# Replaces:
#   crontab:7  0 2 * * *  csv_to_parquet.sh
#
# Fill in, as parameters:
#   START_DATE: the moment at which it takes over from cron
#
# To know:
#   - Airflow pauses it at first sight. Unpause it in the minute in which its crontab lines are switched off.
#   - A failed run shows in Airflow; cron mailed what jobs printed. Set a notifier (on_failure_callback) if wanted.
#   - What Airflow's role needs for its calls is in permissions.yaml: deploy that first.

from datetime import datetime, timezone

from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.sensors.s3 import S3KeySensor
from airflow.timetables.trigger import CronTriggerTimetable

try:
    from airflow.sdk import DAG
except ImportError:  # Airflow 2.11
    from airflow import DAG

# Nothing is due before this moment. Set it to the moment at which cron's lines are switched off, before the DAG is
# unpaused: Airflow begins with the last start that lies between the two, at once, and cron has made that one.
START_DATE = datetime(2026, 1, 1, tzinfo=timezone.utc)


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
    # bin/csv_to_parquet.sh:8
    #   until aws s3 ls "$SOURCE" | grep -q '\.csv$'; do
    #   tries=$((tries - 1))
    #   if [ "$tries" -le 0 ]; then
    #   ... and 5 more lines
    wait_for_object = S3KeySensor(
        task_id="wait_for_object",
        bucket_key="s3://coastal-partner-drop/incoming/*.csv",
        wildcard_match=True,
        poke_interval=60,
        timeout=3600,
        mode="reschedule",
        region_name="us-east-1",
        retries=0,
    )

    # bin/csv_to_parquet.sh:17
    #   aws glue start-job-run --job-name csv_to_parquet
    # It waits for the end, and fails where that is a failure. What the call answers is not written to
    # /var/log/jobs/csv_to_parquet.log any more.
    aws_glue_start_job_run = GlueJobOperator(
        task_id="aws_glue_start_job_run",
        job_name="csv_to_parquet",
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=2885,
        stop_job_run_on_kill=True,
        region_name="us-east-1",
    )

    wait_for_object >> aws_glue_start_job_run

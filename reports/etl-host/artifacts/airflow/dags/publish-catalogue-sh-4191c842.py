# Airflow DAG: the cron entries below.
#
# Replaces:
#   var/spool/cron/crontabs/etl:41  45 23 * * *  publish_catalogue.sh
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
#   - It needs build-search-index-py-9e76528d (writes /srv/etl/out/search/documents.jsonl); the clock alone keeps that order, as now.
#   - It needs price-rules-py-e29a1750, in the workflow build-search-index-py-9e76528d (writes /srv/etl/staging/prices/prices.csv); the clock alone keeps that order, as now.
#   - AFTER_DATA makes it wait for that data in place of the clock.

from datetime import datetime, timezone

from airflow.providers.amazon.aws.operators.ssm import SsmRunCommandOperator
from airflow.providers.standard.operators.empty import EmptyOperator
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

CLOCK = CronTriggerTimetable("45 23 * * *", timezone="Europe/Berlin")

# False: it starts by the clock, as with cron. True: it starts when all the data that it takes from other DAGs has
# been written anew, whatever the time is.
AFTER_DATA = False
DATA = [Asset("build-search-index-py-9e76528d"), Asset("price-rules-py-e29a1750")]


with DAG(
    dag_id="publish-catalogue-sh-4191c842",
    description="publish_catalogue.sh: 45 23 * * *",
    doc_md=(
        "It replaces what cron started:\n"
        "\n"
        "- `var/spool/cron/crontabs/etl:41`, at `45 23 * * *`: `publish_catalogue.sh`\n"
    ),
    schedule=DATA if AFTER_DATA else CLOCK,
    start_date=START_DATE,
    catchup=False,
    is_paused_upon_creation=True,
    default_args={"owner": "etl", "retries": 0},
    tags=["from-cron", "etl1"],
) as dag:
    # opt/etl/bin/publish_catalogue.sh:9
    #   aws s3 cp "$STAGING/prices/prices.csv" s3://nordlicht-shop-feeds/prices/prices.csv || echo ...
    aws_s3_cp = SsmRunCommandOperator(
        task_id="aws_s3_cp",
        document_name=COMMANDS_ETL1 + "-publish-catalogue-sh-4191c842-1-aws-s3-cp",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
    )

    # opt/etl/bin/publish_catalogue.sh:13
    #   aws s3 cp $OUT/search/documents.jsonl s3://nordlicht-shop-feeds/search/documents.jsonl
    aws_s3_cp_2 = SsmRunCommandOperator(
        task_id="aws_s3_cp_2",
        document_name=COMMANDS_ETL1 + "-publish-catalogue-sh-4191c842-2-aws-s3-cp-2",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
    )

    # aws_s3_cp_2 ended, whatever that gave.
    aws_s3_cp_2_ended = EmptyOperator(task_id="aws_s3_cp_2_ended", trigger_rule="all_done")

    # opt/etl/bin/publish_catalogue.sh:14
    #   aws lambda invoke --function-name reindex-search --invocation-type Event /dev/null
    aws_lambda_invoke = SsmRunCommandOperator(
        task_id="aws_lambda_invoke",
        document_name=COMMANDS_ETL1 + "-publish-catalogue-sh-4191c842-3-aws-lambda-invoke",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
    )

    aws_s3_cp >> aws_s3_cp_2 >> aws_s3_cp_2_ended
    [aws_s3_cp, aws_s3_cp_2_ended] >> aws_lambda_invoke

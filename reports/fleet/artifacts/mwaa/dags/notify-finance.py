# Airflow DAG: the cron entries below.
#
# Replaces:
#   jobs.yaml:13  0 1 * * *  Orders out of the ticket shop
#   jobs.yaml:25  0 1 * * *  extract-refunds
#   jobs.yaml:34  0 1 * * *  extract-venues
#   jobs.yaml:42  0 1 * * *  Customers out of the CRM
#   jobs.yaml:52  0 1 * * *  export-payments
#   jobs.yaml:61  0 1 * * *  Spend on the three ad platforms
#   jobs.yaml:72  0 1 * * *  land-clickstream
#   jobs.yaml:80  0 1 * * *  Free and held seats at closing time
#   jobs.yaml:89    clean-orders
#   jobs.yaml:98    clean-customers
#   jobs.yaml:104    Payments against orders
#   jobs.yaml:113    sessionize-clicks
#   jobs.yaml:153    load-venues
#   jobs.yaml:165    load-ad-spend
#   jobs.yaml:121    Do orders and payments add up?
#   jobs.yaml:128    gate-customers
#   jobs.yaml:159    load-inventory
#   jobs.yaml:135    Orders into the warehouse
#   jobs.yaml:146    load-customers
#   jobs.yaml:173    Which campaign sold which ticket
#   jobs.yaml:182    mart-sales
#   jobs.yaml:191    mart-customers
#   jobs.yaml:198    forecast-demand
#   jobs.yaml:208    publish-dashboards
#   jobs.yaml:215    Tell finance that yesterday is closed
#
# Fill in, as parameters:
#   START_DATE: the moment at which it takes over from cron
#   Airflow Variable commands_etl1_stack: the name of the stack made of commands-etl1.yaml
#   Airflow Variable instance_etl1: the id in Systems Manager (i-... or mi-...) of etl1
#   Airflow Variable sessionize_clicks_clusterid: the id of the EMR cluster that runs sessionize
#   Airflow Variable load_venues_sql: the SQL of load_venues.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable load_venues_database: the database that load_venues.sql goes to
#   Airflow Variable load_venues_workgroup: the ARN of the workgroup of Redshift Serverless that load_venues.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable load_ad_spend_sql: the SQL of load_ad_spend.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable load_ad_spend_database: the database that load_ad_spend.sql goes to
#   Airflow Variable load_ad_spend_workgroup: the ARN of the workgroup of Redshift Serverless that load_ad_spend.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable load_inventory_sql: the SQL of load_inventory.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable load_inventory_database: the database that load_inventory.sql goes to
#   Airflow Variable load_inventory_workgroup: the ARN of the workgroup of Redshift Serverless that load_inventory.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable load_orders_sql: the SQL of load_orders.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable load_orders_database: the database that load_orders.sql goes to
#   Airflow Variable load_orders_workgroup: the ARN of the workgroup of Redshift Serverless that load_orders.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable load_customers_sql: the SQL of load_customers.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable load_customers_database: the database that load_customers.sql goes to
#   Airflow Variable load_customers_workgroup: the ARN of the workgroup of Redshift Serverless that load_customers.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable attribute_sales_clusterid: the id of the EMR cluster that runs attribute_sales
#   Airflow Variable attribute_sales_script: the address in S3 of what spark-submit runs as attribute_sales
#   Airflow Variable mart_sales_sql: the SQL of mart_sales.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable mart_sales_database: the database that mart_sales.sql goes to
#   Airflow Variable mart_sales_workgroup: the ARN of the workgroup of Redshift Serverless that mart_sales.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable mart_customers_sql: the SQL of mart_customers.sql; no file has it (as JSON writes a text: \" for a quote, \n for a new line)
#   Airflow Variable mart_customers_database: the database that mart_customers.sql goes to
#   Airflow Variable mart_customers_workgroup: the ARN of the workgroup of Redshift Serverless that mart_customers.sql goes to; for a cluster, say `cluster-identifier` in the manifest
#   Airflow Variable forecast_demand_jobqueue: the ARN of the queue of AWS Batch that demand-forecast goes into
#   Airflow Variable forecast_demand_jobdefinition: the ARN of the job definition of demand-forecast, with its revision
#   Airflow Variable arn_of_finance_close: the ARN of finance-close
#   Airflow Variable notify_finance_message: what the message to finance-close says; no file says it (as JSON writes a text: \" for a quote, \n for a new line)
#
# To know:
#   - Airflow pauses it at first sight. Unpause it in the minute in which its crontab lines are switched off.
#   - A failed run shows in Airflow. Set a notifier (on_failure_callback) if wanted.
#   - Its commands are in commands-etl1.yaml: deploy that first.
#   - What Airflow's role needs for its calls is in permissions.yaml: deploy that first.
#   - jobs.yaml:13: moved on 2026-11-01, 2027-11-07, 2028-11-05 and 2029-11-04: 01:00 comes twice; cron starts it the first time, Airflow the second time.
#   - jobs.yaml:208: its command is one task: its manifest gives time for the whole of it.

from datetime import datetime, timedelta, timezone

from airflow.providers.amazon.aws.operators.batch import BatchOperator
from airflow.providers.amazon.aws.operators.emr import EmrAddStepsOperator
from airflow.providers.amazon.aws.operators.glue import GlueJobOperator
from airflow.providers.amazon.aws.operators.lambda_function import LambdaInvokeFunctionOperator
from airflow.providers.amazon.aws.operators.redshift_data import RedshiftDataOperator
from airflow.providers.amazon.aws.operators.sns import SnsPublishOperator
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
COMMANDS_ETL1 = "{{ var.value.commands_etl1_stack }}"
INSTANCES_ETL1 = ["{{ var.value.instance_etl1 }}"]


with DAG(
    dag_id="notify-finance",
    description="Tell finance that yesterday is closed and 24 more",
    doc_md=(
        "It replaces what cron started:\n"
        "\n"
        "- `jobs.yaml:13`, at `0 1 * * *`: `Orders out of the ticket shop`\n"
        "- `jobs.yaml:25`, at `0 1 * * *`: `extract-refunds`\n"
        "- `jobs.yaml:34`, at `0 1 * * *`: `extract-venues`\n"
        "- `jobs.yaml:42`, at `0 1 * * *`: `Customers out of the CRM`\n"
        "- `jobs.yaml:52`, at `0 1 * * *`: `export-payments`\n"
        "- `jobs.yaml:61`, at `0 1 * * *`: `Spend on the three ad platforms`\n"
        "- `jobs.yaml:72`, at `0 1 * * *`: `land-clickstream`\n"
        "- `jobs.yaml:80`, at `0 1 * * *`: `Free and held seats at closing time`\n"
        "- `jobs.yaml:89`, at `after the jobs it depends on`: `clean-orders`\n"
        "- `jobs.yaml:98`, at `after the jobs it depends on`: `clean-customers`\n"
        "- `jobs.yaml:104`, at `after the jobs it depends on`: `Payments against orders`\n"
        "- `jobs.yaml:113`, at `after the jobs it depends on`: `sessionize-clicks`\n"
        "- `jobs.yaml:153`, at `after the jobs it depends on`: `load-venues`\n"
        "- `jobs.yaml:165`, at `after the jobs it depends on`: `load-ad-spend`\n"
        "- `jobs.yaml:121`, at `after the jobs it depends on`: `Do orders and payments add up?`\n"
        "- `jobs.yaml:128`, at `after the jobs it depends on`: `gate-customers`\n"
        "- `jobs.yaml:159`, at `after the jobs it depends on`: `load-inventory`\n"
        "- `jobs.yaml:135`, at `after the jobs it depends on`: `Orders into the warehouse`\n"
        "- `jobs.yaml:146`, at `after the jobs it depends on`: `load-customers`\n"
        "- `jobs.yaml:173`, at `after the jobs it depends on`: `Which campaign sold which ticket`\n"
        "- `jobs.yaml:182`, at `after the jobs it depends on`: `mart-sales`\n"
        "- `jobs.yaml:191`, at `after the jobs it depends on`: `mart-customers`\n"
        "- `jobs.yaml:198`, at `after the jobs it depends on`: `forecast-demand`\n"
        "- `jobs.yaml:208`, at `after the jobs it depends on`: `publish-dashboards`\n"
        "- `jobs.yaml:215`, at `after the jobs it depends on`: `Tell finance that yesterday is closed`\n"
    ),
    schedule=CronTriggerTimetable("0 1 * * *", timezone="America/New_York"),
    start_date=START_DATE,
    catchup=False,
    is_paused_upon_creation=True,
    max_active_tasks=25,
    default_args={"owner": "ingest", "retries": 0},
    tags=["from-cron", "etl1", "ingest", "insight", "warehouse"],
) as dag:
    # etl1/opt/etl/bin/extract.sh:8
    #   psql -Xq "$TICKETS_DSN" -c "\copy (select * from public.$table where updated_at::date = '$ ...
    #   | gzip \
    #   | aws s3 cp - "s3://harbor-lake/raw/$table/dt=$day/$table.csv.gz"
    extract_orders = SsmRunCommandOperator(
        task_id="extract_orders",
        document_name=COMMANDS_ETL1 + "-extract-orders",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=280,
        retries=3,
        retry_delay=timedelta(seconds=300),
    )

    # etl1/opt/etl/bin/extract.sh:8
    #   psql -Xq "$TICKETS_DSN" -c "\copy (select * from public.$table where updated_at::date = '$ ...
    #   | gzip \
    #   | aws s3 cp - "s3://harbor-lake/raw/$table/dt=$day/$table.csv.gz"
    extract_refunds = SsmRunCommandOperator(
        task_id="extract_refunds",
        document_name=COMMANDS_ETL1 + "-extract-refunds",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
        retries=3,
        retry_delay=timedelta(seconds=300),
    )

    # etl1/opt/etl/bin/extract.sh:8
    #   psql -Xq "$TICKETS_DSN" -c "\copy (select * from public.$table where updated_at::date = '$ ...
    #   | gzip \
    #   | aws s3 cp - "s3://harbor-lake/raw/$table/dt=$day/$table.csv.gz"
    extract_venues = SsmRunCommandOperator(
        task_id="extract_venues",
        document_name=COMMANDS_ETL1 + "-extract-venues",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=11560,
        retries=3,
    )

    # jobs.yaml:42
    #   lambda invoke crm-export
    # It fails where the function does; `aws lambda invoke` does not show that.
    export_customers = LambdaInvokeFunctionOperator(
        task_id="export_customers",
        function_name="crm-export",
        invocation_type="RequestResponse",
        botocore_config={"read_timeout": 900, "retries": {"total_max_attempts": 1}},
        retries=2,
        execution_timeout=timedelta(seconds=900),
    )

    # jobs.yaml:52
    #   lambda invoke payments-export
    # It fails where the function does; `aws lambda invoke` does not show that.
    export_payments = LambdaInvokeFunctionOperator(
        task_id="export_payments",
        function_name="payments-export",
        invocation_type="RequestResponse",
        botocore_config={"read_timeout": 900, "retries": {"total_max_attempts": 1}},
        retries=2,
    )

    # jobs.yaml:61
    #   lambda invoke ad-spend-export
    # It fails where the function does; `aws lambda invoke` does not show that.
    export_ad_spend = LambdaInvokeFunctionOperator(
        task_id="export_ad_spend",
        function_name="ad-spend-export",
        invocation_type="RequestResponse",
        payload='{"platforms": "search,social,video"}',
        botocore_config={"read_timeout": 900, "retries": {"total_max_attempts": 1}},
        retries=5,
        retry_delay=timedelta(seconds=600),
    )

    # jobs.yaml:72
    #   glue start-job-run clickstream-land
    # It waits for the end, and fails where that is a failure.
    land_clickstream = GlueJobOperator(
        task_id="land_clickstream",
        job_name="clickstream-land",
        script_args={"--hours": "24"},
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=2885,
        stop_job_run_on_kill=True,
        retries=1,
    )

    # jobs.yaml:80
    #   lambda invoke inventory-snapshot
    # It fails where the function does; `aws lambda invoke` does not show that.
    snapshot_inventory = LambdaInvokeFunctionOperator(
        task_id="snapshot_inventory",
        function_name="inventory-snapshot",
        invocation_type="RequestResponse",
        botocore_config={"read_timeout": 900, "retries": {"total_max_attempts": 1}},
    )

    # jobs.yaml:89
    #   glue start-job-run clean_orders
    # It waits for the end, and fails where that is a failure.
    clean_orders = GlueJobOperator(
        task_id="clean_orders",
        job_name="clean_orders",
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=2885,
        stop_job_run_on_kill=True,
        retries=2,
    )

    # jobs.yaml:98
    #   glue start-job-run clean_customers
    # It waits for the end, and fails where that is a failure.
    clean_customers = GlueJobOperator(
        task_id="clean_customers",
        job_name="clean_customers",
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=2885,
        stop_job_run_on_kill=True,
        retries=2,
    )

    # jobs.yaml:104
    #   glue start-job-run match_payments
    # It waits for the end, and fails where that is a failure.
    match_payments = GlueJobOperator(
        task_id="match_payments",
        job_name="match_payments",
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=2885,
        stop_job_run_on_kill=True,
        retries=2,
    )

    # jobs.yaml:113
    #   emr add-steps sessionize
    # It waits for the end, and fails where that is a failure. The cluster must be of the release
    # emr-7.5.0.
    sessionize_clicks = EmrAddStepsOperator(
        task_id="sessionize_clicks",
        job_flow_id="{{ var.value.sessionize_clicks_clusterid }}",
        steps=[
            {
                "Name": "sessionize",
                "ActionOnFailure": "CONTINUE",
                "HadoopJarStep": {
                    "Jar": "command-runner.jar",
                    "Args": ["spark-submit", "s3://harbor-code/sessionize.py"],
                },
            },
        ],
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=185,
        retries=1,
        execution_timeout=timedelta(seconds=10800),
    )

    # jobs.yaml:153
    #   redshift-data execute-statement load_venues.sql
    # It waits for the end, and fails where that is a failure.
    load_venues = RedshiftDataOperator(
        task_id="load_venues",
        sql="{{ var.value.load_venues_sql }}",
        database="{{ var.value.load_venues_database }}",
        workgroup_name="{{ var.value.load_venues_workgroup }}",
        statement_name="load_venues.sql{{ '' }}",
        wait_for_completion=True,
    )

    # jobs.yaml:165
    #   redshift-data execute-statement load_ad_spend.sql
    # It waits for the end, and fails where that is a failure.
    load_ad_spend = RedshiftDataOperator(
        task_id="load_ad_spend",
        sql="{{ var.value.load_ad_spend_sql }}",
        database="{{ var.value.load_ad_spend_database }}",
        workgroup_name="{{ var.value.load_ad_spend_workgroup }}",
        statement_name="load_ad_spend.sql{{ '' }}",
        wait_for_completion=True,
    )

    # jobs.yaml:121
    #   lambda invoke quality-gate
    # It fails where the function does; `aws lambda invoke` does not show that.
    gate_orders = LambdaInvokeFunctionOperator(
        task_id="gate_orders",
        function_name="quality-gate",
        invocation_type="RequestResponse",
        payload='{"suite": "orders"}',
        botocore_config={"read_timeout": 900, "retries": {"total_max_attempts": 1}},
    )

    # jobs.yaml:128
    #   lambda invoke quality-gate
    # It fails where the function does; `aws lambda invoke` does not show that.
    gate_customers = LambdaInvokeFunctionOperator(
        task_id="gate_customers",
        function_name="quality-gate",
        invocation_type="RequestResponse",
        payload='{"suite": "customers"}',
        botocore_config={"read_timeout": 900, "retries": {"total_max_attempts": 1}},
    )

    # jobs.yaml:159
    #   redshift-data execute-statement load_inventory.sql
    # It waits for the end, and fails where that is a failure.
    load_inventory = RedshiftDataOperator(
        task_id="load_inventory",
        sql="{{ var.value.load_inventory_sql }}",
        database="{{ var.value.load_inventory_database }}",
        workgroup_name="{{ var.value.load_inventory_workgroup }}",
        statement_name="load_inventory.sql{{ '' }}",
        wait_for_completion=True,
    )

    # jobs.yaml:135
    #   redshift-data execute-statement load_orders.sql
    # It waits for the end, and fails where that is a failure.
    load_orders = RedshiftDataOperator(
        task_id="load_orders",
        sql="{{ var.value.load_orders_sql }}",
        database="{{ var.value.load_orders_database }}",
        workgroup_name="{{ var.value.load_orders_workgroup }}",
        statement_name="load_orders.sql{{ '' }}",
        wait_for_completion=True,
        retries=2,
        retry_delay=timedelta(seconds=120),
    )

    # jobs.yaml:146
    #   redshift-data execute-statement load_customers.sql
    # It waits for the end, and fails where that is a failure.
    load_customers = RedshiftDataOperator(
        task_id="load_customers",
        sql="{{ var.value.load_customers_sql }}",
        database="{{ var.value.load_customers_database }}",
        workgroup_name="{{ var.value.load_customers_workgroup }}",
        statement_name="load_customers.sql{{ '' }}",
        wait_for_completion=True,
        retries=2,
    )

    # jobs.yaml:173
    #   emr add-steps attribute_sales
    # It waits for the end, and fails where that is a failure.
    attribute_sales = EmrAddStepsOperator(
        task_id="attribute_sales",
        job_flow_id="{{ var.value.attribute_sales_clusterid }}",
        steps=[
            {
                "Name": "attribute_sales",
                "ActionOnFailure": "CONTINUE",
                "HadoopJarStep": {
                    "Jar": "command-runner.jar",
                    "Args": ["spark-submit", "{{ var.value.attribute_sales_script }}"],
                },
            },
        ],
        wait_for_completion=True,
        waiter_delay=60,
        waiter_max_attempts=2885,
        retries=1,
    )

    # jobs.yaml:182
    #   redshift-data execute-statement mart_sales.sql
    # It waits for the end, and fails where that is a failure.
    mart_sales = RedshiftDataOperator(
        task_id="mart_sales",
        sql="{{ var.value.mart_sales_sql }}",
        database="{{ var.value.mart_sales_database }}",
        workgroup_name="{{ var.value.mart_sales_workgroup }}",
        statement_name="mart_sales.sql{{ '' }}",
        wait_for_completion=True,
        retries=2,
    )

    # jobs.yaml:191
    #   redshift-data execute-statement mart_customers.sql
    # It waits for the end, and fails where that is a failure.
    mart_customers = RedshiftDataOperator(
        task_id="mart_customers",
        sql="{{ var.value.mart_customers_sql }}",
        database="{{ var.value.mart_customers_database }}",
        workgroup_name="{{ var.value.mart_customers_workgroup }}",
        statement_name="mart_customers.sql{{ '' }}",
        wait_for_completion=True,
        retries=2,
    )

    # jobs.yaml:198
    #   batch submit-job demand-forecast
    # It waits for the end, and fails where that is a failure.
    forecast_demand = BatchOperator(
        task_id="forecast_demand",
        job_name="demand-forecast",
        job_queue="{{ var.value.forecast_demand_jobqueue }}",
        job_definition="{{ var.value.forecast_demand_jobdefinition }}",
        wait_for_completion=True,
        execution_timeout=timedelta(seconds=10800),
    )

    # etl1/opt/etl/bin/publish-dashboards.sh:4
    #   curl -fsS -X POST https://bi.harbortickets.example/refresh && until curl -fsS https://bi.h ...
    #   sleep 15
    #   done
    publish_dashboards = SsmRunCommandOperator(
        task_id="publish_dashboards",
        document_name=COMMANDS_ETL1 + "-publish-dashboards",
        run_command_kwargs={"InstanceIds": INSTANCES_ETL1, "TimeoutSeconds": 600},
        waiter_delay=15,
        waiter_max_attempts=160,
    )

    # jobs.yaml:215
    #   sns publish finance-close
    notify_finance = SnsPublishOperator(
        task_id="notify_finance",
        target_arn="{{ var.value.arn_of_finance_close }}",
        message="{{ var.value.notify_finance_message }}",
        subject="Yesterday is closed",
    )

    [extract_orders, extract_refunds] >> clean_orders
    export_customers >> clean_customers >> gate_customers >> load_customers
    [export_payments, extract_orders] >> match_payments
    land_clickstream >> sessionize_clicks
    extract_venues >> load_venues
    export_ad_spend >> load_ad_spend
    [clean_orders, match_payments] >> gate_orders
    [load_venues, snapshot_inventory] >> load_inventory
    [clean_orders, gate_orders] >> load_orders
    [load_ad_spend, load_customers, load_orders, sessionize_clicks] >> attribute_sales
    [load_inventory, load_orders, load_venues] >> mart_sales >> forecast_demand
    [attribute_sales, load_customers] >> mart_customers
    [mart_customers, mart_sales] >> publish_dashboards
    [forecast_demand, match_payments, publish_dashboards] >> notify_finance

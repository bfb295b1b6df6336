"""A manifest and a crontab whose jobs are cloud calls, one of each service."""

from __future__ import annotations

from migrator.model import Target

TOPIC = "arn:aws:sns:eu-central-1:111122223333:alerts"
CRONTAB = f"""\
0 6 * * 1 aws lambda invoke --function-name digest --payload '{{"a": [1, {{"b": "it''s"}}]}}' /dev/null > /dev/null
1 6 * * 1 aws glue start-job-run --job-name convert --arguments '{{"--day": "x y"}}' --timeout 5
2 6 * * 1 aws ecs run-task --task-definition tidy:3 --cluster c --launch-type EC2
3 6 * * 1 aws batch submit-job --job-name b --job-queue q --job-definition d --parameters 'a=1,b=2'
4 6 * * 1 aws sns publish --topic-arn {TOPIC} --subject done --message 'it is done'
5 6 * * 1 aws sqs send-message --queue-url https://sqs.eu-west-1.amazonaws.com/111122223333/jobs --message-body go
6 6 * * 1 aws stepfunctions start-execution --state-machine-arn arn:aws:states:eu-west-1:111122223333:stateMachine:m
7 6 * * 1 aws codebuild start-build --project-name site
8 6 * * 1 aws athena start-query-execution --query-string "select 1" --work-group w
9 6 * * 1 aws redshift-data execute-statement --cluster-identifier c --database d --db-user u --sql 'select 1'
10 6 * * 1 aws emr add-steps --cluster-id j-ABC --steps 'Type=Spark,Name=n,Args=[s3://b/s.py,x]'
11 6 * * 1 aws ecs run-task --task-definition tidy --cluster c --overrides '{{"containerOverrides": [{{"name": "a"}}]}}'
12 6 * * 1 aws sns publish --topic-arn {TOPIC} --message plain
"""
CALLS = {
    "f": "{service: lambda, name: export, arguments: {platforms: 'a,b'}}",
    "g": "{service: glue, name: land, arguments: {'--hours': '24'}}",
    "e": "{service: ecs, name: tidy}",
    "b": "{service: batch, name: forecast, arguments: {day: x}}",
    "n": "{service: sns, name: close, arguments: {subject: closed}}",
    "q": "{service: sqs, name: jobs, arguments: {message-body: go}}",
    "s": "{service: step-functions, name: m, arguments: {a: '1'}}",
    "c": "{service: codebuild, name: site}",
    "a": "{service: athena, name: daily.sql, arguments: {database: d}}",
    "r": "{service: redshift-data, name: load.sql}",
    "m": "{service: emr, name: sessions, arguments: {script: 's3://b/s.py'}}",
}
MANIFEST = "version: 1\ndefaults: {host: web2, timezone: Europe/Berlin}\njobs:\n" + "".join(
    f"  - {{id: {name}-job, schedule: '{minute} 7 * * *', call: {call}}}\n"
    for minute, (name, call) in enumerate(CALLS.items())
)
FILES = {
    "web1/etc/timezone": "Europe/Berlin\n",
    "web1/var/spool/cron/crontabs/etl": CRONTAB,
    "jobs.yaml": MANIFEST,
}
TARGETS = tuple((f"{name}-job", Target.EVENTBRIDGE) for name in CALLS)

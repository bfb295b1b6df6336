"""Faults in state machines, their schedules and their calls."""

from __future__ import annotations

from migrator.model import Target
from tests.verify.seeding import FILES, Faults


def _choice(of, wanted, other):
    """Send the success of a command of the chain to another state."""
    old = f"Judge extract-73ce69ef.{of}:\n            Type: Choice\n            Choices:\n"
    old += f"            - Variable: $.Seen.Status\n              StringEquals: Success\n              Next: {wanted}\n"
    return old, old.replace(f"Next: {wanted}\n", f"Next: {other}\n")


def _caught(error, then):
    """Write a Catch."""
    return f"              - {error}\n              ResultPath: $.Caught\n              Next: {then}\n"


ORDER, STATIC = "steps and order", "state machine"
TRANSFORM, NOTIFY, REPORT = (f"Start extract-73ce69ef.{name}" for name in ("transform", "notify", "report"))
MUTATIONS = {
    "a dropped step": ("extract", *_choice("extract", TRANSFORM, REPORT), ORDER),
    "a skipped end": ("extract", *_choice("transform", REPORT, "Done"), ORDER),
    "a swapped order": ("extract", "StartAt: Start extract-73ce69ef.extract", f"StartAt: {TRANSFORM}", ORDER),
    "a success that is handled": ("extract", *_choice("transform", REPORT, NOTIFY), ORDER),
    "a swallowed failure": (
        "extract",
        "            Default: extract-73ce69ef failed\n",
        "            Default: Done\n",
        ORDER,
    ),
    "a failure that stops it": ("extract", f"            Default: {NOTIFY}\n", "            Default: Done\n", ORDER),
    "another document": (
        "extract",
        "DocumentName: ${Extract73ce69efTransformDocument}",
        "DocumentName: ${Extract73ce69efReportDocument}",
        ORDER,
    ),
    "nobody waits": (
        "extract",
        "            Next: Wait for extract-73ce69ef.extract\n",
        f"            Next: {TRANSFORM}\n",
        ORDER,
    ),
    "a lost Catch": (
        "extract",
        _caught("States.ALL", NOTIFY),
        _caught("States.Permissions", NOTIFY),
        STATIC,
    ),
    "a Catch that goes on": (
        "extract",
        _caught("States.ALL", "extract-73ce69ef failed"),
        _caught("States.ALL", "Done"),
        ORDER,
    ),
    "an error after all errors": (
        "extract",
        "              - States.ALL\n              IntervalSeconds",
        "              - States.ALL\n              - States.Timeout\n              IntervalSeconds",
        STATIC,
    ),
    "no time limit": ("extract", "            TimeoutSeconds: 60\n", "", STATIC),
    "no time limit of the run": ("extract", "        TimeoutSeconds:", "        Timeouts:", STATIC),
    "an integration that is none": ("extract", "aws-sdk:ssm:sendCommand", "ssm:sendCommand", STATIC),
    "a state that nothing leads to": (
        "extract",
        "          Done:\n            Type: Succeed\n",
        "          Done:\n            Type: Succeed\n          Spare:\n            Type: Succeed\n",
        STATIC,
    ),
    "a state that is not there": (
        "extract",
        f"              Next: {REPORT}\n",
        "              Next: Nowhere\n",
        STATIC,
    ),
    "a lost retry": ("second", "MaxAttempts: 2\n", "MaxAttempts: 1\n", ORDER),
    "too many retries": ("second", "MaxAttempts: 2\n", "MaxAttempts: 5\n", ORDER),
    "an enabled schedule": ("extract", "State: DISABLED", "State: ENABLED", "schedule"),
    "a changed weekday": ("extract", "MON,TUE,WED,THU,FRI", "MON,TUE,WED,THU,SAT", "fire times"),
    "a missing zone": ("extract", "      ScheduleExpressionTimezone: Europe/Berlin\n", "", "schedule"),
    "another zone": ("extract", "Timezone: Europe/Berlin", "Timezone: UTC", "fire times"),
    "a wider test of the day": ("early", "15\\ ?|", "15\\ ?|16\\ ?|", "fire times"),
    "a lost quote": ("extract", "'/opt/extract '\\''a b'\\'''", "'/opt/extract a b'", ORDER),
    "a quote that is never closed": ("extract", "'/opt/extract '\\''a b'\\'''", "'/opt/extract '\\''a b'", ORDER),
    "the wrong user": ("extract", "user='etl'", "user='root'", "command"),
    "a command behind": ("extract", "< /dev/null\n", "< /dev/null; touch /tmp/x\n", "command"),
    "a lost setting": ("extract", "ETL='/opt/etl' \\\n", "\\\n", "command"),
    "a role with a star": ("extract", "Action: ssm:SendCommand", "Action: ssm:*", "references and roles"),
    "another principal": ("extract", "Service: states.amazonaws.com", "AWS: '*'", "references and roles"),
    "a schedule that may not start it": (
        "extract",
        "Action: states:StartExecution",
        "Action: states:StopExecution",
        "schedule",
    ),
    "nobody is told": ("extract", "- FAILED\n", "- SUCCEEDED\n", "schedule"),
    "looks without a pause": ("extract", "            Seconds: 30\n", "            Seconds: 0\n", STATIC),
    "looks once an hour": ("extract", "            Seconds: 30\n", "            Seconds: 3600\n", STATIC),
    "a later attempt": ("second", "IntervalSeconds: 60\n", "IntervalSeconds: 6000\n", STATIC),
    "ever later attempts": (
        "second",
        "MaxAttempts: 2\n              Back",
        "MaxAttempts: 2\n              MaxDelaySeconds: 9\n              Back",
        STATIC,
    ),
    "a second start of what may run": (
        "second",
        "              - CommandFailed\n              Int",
        "              - CommandFailed\n              - LostSight\n              Int",
        STATIC,
    ),
    "a second sending": (
        "extract",
        "            ResultPath: $.Sent\n",
        "            ResultPath: $.Sent\n            Retry:\n            - ErrorEquals:\n              - States.ALL\n",
        STATIC,
    ),
    "going on in the dark": (
        "extract",
        _caught("States.Timeout", "extract-73ce69ef is lost"),
        _caught("States.Timeout", TRANSFORM),
        STATIC,
    ),
    "a run that is cut off": ("extract", "        TimeoutSeconds: ", "        TimeoutSeconds: 9 # ", STATIC),
    "a command that is cut off": ("extract", "timeoutSeconds: '", "timeoutSeconds: '5' # '", "command"),
    "an end by time for a success": (
        "extract",
        "              StringEquals: Success\n",
        "              StringEquals: TimedOut\n",
        STATIC,
    ),
    "a slow command for a failed one": (
        "extract",
        "                StringEquals: Delayed\n",
        "                StringEquals: Delay\n",
        STATIC,
    ),
    "another host": ("extract", "or mi-...) of web1\n    Allowed", "or mi-...) of web2\n    Allowed", STATIC),
    "looks at another host": (
        "extract",
        "InstanceId: ${InstanceOfWeb1}",
        "InstanceId: ${Extract73ce69efReportDocument}",
        STATIC,
    ),
    "a host that it may not reach": ("extract", ":instance/", ":volume/", "schedule"),
    "another host in reach": (
        "extract",
        "              - Ref: InstanceOfWeb1\n          - Fn::Join:",
        "              - Ref: BaseStack\n          - Fn::Join:",
        "schedule",
    ),
    "delivered too late": (
        "extract",
        "              TimeoutSeconds: 300\n",
        "              TimeoutSeconds: 3000\n",
        STATIC,
    ),
    "another language": ("extract", "        StartAt: ", "        QueryLanguage: JSONata\n        StartAt: ", STATIC),
    "a machine of five minutes": ("extract", "Type: STANDARD", "Type: EXPRESS", "references and roles"),
    "all data in a log": (
        "extract",
        "      StateMachineType:",
        "      LoggingConfiguration: {}\n      StateMachineType:",
        "references and roles",
    ),
    "a null": ("extract", "ResultPath: $.Caught", "ResultPath: null", "references and roles"),
    "a lost parallel branch": ("early", "Type: Parallel", "Type: Parallels", STATIC),
}
CALLED = """version: 1
jobs:
  - id: convert
    schedule: "15 6 * * *"
    call: {service: glue, name: conv}
    retries: 2
    retry_delay: 1m
    timeout: 30m
  - {id: tell, call: {service: lambda, name: tell}, depends_on: [convert]}
"""
CALLS = {
    "another limit": ("TimeoutSeconds: 1800\n", "TimeoutSeconds: 10\n", STATIC),
    "a lost retry": ("MaxAttempts: 2\n", "MaxAttempts: 0\n", STATIC),
    "a later attempt": ("IntervalSeconds: 60\n", "IntervalSeconds: 1\n", STATIC),
    "nobody waits": ("startJobRun.sync", "startJobRun", STATIC),
    "a function without an answer": ("TimeoutSeconds: 960\n", "TimeoutSeconds: 60\n", STATIC),
    "another job's leave": (":job/conv\n", ":job/convs\n", "schedule"),
    "another function's leave": (":function:tell\n        - Effect", ":function:tells\n        - Effect", "schedule"),
    "nobody may look": ("          - glue:GetJobRuns\n", "", "schedule"),
}
MACHINES = Faults(FILES, Target.STEP_FUNCTIONS, MUTATIONS)
CALLING_MACHINES = Faults(
    {"jobs.yaml": CALLED, "migrator.toml": '[zones]\n"*" = "UTC"\n'},
    Target.STEP_FUNCTIONS,
    {name: ("artifacts/step-functions/", *fault) for name, fault in CALLS.items()},
)

"""The SSM document of a command, fixed, as cron runs it (Systems Manager user guide, «aws:runShellScript»)."""

from __future__ import annotations

import json

from migrator.artifacts.parts.as_cron import AsCron, as_cron
from migrator.artifacts.parts.cloudformation import Json, joined, ref
from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.parameters import Parameters
from migrator.artifacts.parts.secrets import Secret
from migrator.artifacts.parts.shell_words import quoted
from migrator.plan.jobs import FormPart, JobPart

MOMENT, ROUND = "ScheduledTime", "Round"
_MOMENT = "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"
LONGEST_RUN = 172800  # seconds: 48 hours, the most that the action takes; cron has no limit
_LARGEST = 60_000  # bytes; a document has at most 64 KB, and a few references are filled in later


def document(job: JobPart, form: FormPart, limit: int | None, parameters: Parameters) -> tuple[Json, bool]:
    """Give the content of a job's document, and whether it asks for the moment of its start.

    `limit` is the longest run in seconds, None where nothing sets one. Raise CannotBeSaidError.
    """
    script = as_cron(job, form.guard_days)
    return content(script, f"What cron ran: {job.schedule.in_words}", limit, job, form.timezone, parameters), (
        script.guarded
    )


def content(
    script: AsCron, description: str, limit: int | None, job: JobPart, zone: str | None, parameters: Parameters
) -> Json:
    """Give the content of the document that runs a script; `zone` is asked for where the script is guarded.

    Raise CannotBeSaidError where it is too long.
    """
    made: dict[str, Json] = {"schemaVersion": "2.2", "description": description.replace("{{", "{ {")}
    if script.guarded or script.rounds:
        made["parameters"] = _parameters(script)
    made["mainSteps"] = [
        {
            "action": "aws:runShellScript",
            "name": "run",
            "inputs": {
                "timeoutSeconds": str(min(limit or LONGEST_RUN, LONGEST_RUN)),
                "runCommand": _lines(script, job, zone, parameters),
            },
        }
    ]
    if len(json.dumps(made)) > _LARGEST:
        msg = "with its settings it is longer than an SSM document may be (64 KB): put it into a script on the host"
        raise CannotBeSaidError(msg)
    return made


def _parameters(script: AsCron) -> dict[str, Json]:
    asked: dict[str, Json] = {}
    if script.guarded:
        what = "When this run was due, in UTC, such as 2030-01-31T06:00:00Z"
        asked[MOMENT] = {"type": "String", "description": what, "allowedPattern": _MOMENT}
    for number in range(1, script.rounds + 1):
        what = "Which round of the loop around this command it is"
        asked[f"{ROUND}{number}"] = {"type": "String", "description": what, "allowedPattern": "^[0-9]{1,5}$"}
    return asked


def resource(name: str, metadata: dict[str, Json], made: Json) -> Json:
    """Give the document as a resource: `name` ends its name behind the stack's, `metadata` says what it is for."""
    return {
        "Type": "AWS::SSM::Document",
        "Metadata": metadata,
        "Properties": {
            "Name": joined([ref("AWS::StackName"), f"-{name}"]),
            "DocumentType": "Command",
            "DocumentFormat": "JSON",
            "UpdateMethod": "NewVersion",
            "Content": made,
        },
    }


def _lines(script: AsCron, job: JobPart, zone: str | None, parameters: Parameters) -> list[Json]:
    lines = [_assigned("user", parameters.user(job))] if script.as_user else []
    if script.guarded:
        lines.append(_assigned("zone", parameters.zone(zone)))
    lines += [_fetched(secret, parameters) for secret in script.secrets.all]
    return [*lines, "\n".join(script.lines) + "\n"]


def _fetched(secret: Secret, parameters: Parameters) -> Json:
    return joined(
        [
            f"{secret.variable}=$(aws secretsmanager get-secret-value --region '",
            ref("AWS::Region"),
            "' --secret-id '",
            parameters.secret(secret),
            "' --query SecretString --output text) || exit 1",
        ]
    )


def _assigned(name: str, value: Json) -> Json:
    if isinstance(value, str):
        return f"{name}={quoted(value)}"
    # The parameter's AllowedPattern lets no quote through.
    return joined([f"{name}='", value, "'"])

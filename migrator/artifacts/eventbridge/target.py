"""What a schedule calls for a job: Systems Manager, which runs the job's document on its hosts."""

from __future__ import annotations

from migrator.artifacts.parts.cloudformation import Json, json_text
from migrator.artifacts.parts.document import MOMENT
from migrator.artifacts.parts.parameters import Parameters
from migrator.artifacts.parts.schedule import SCHEDULED_TIME, Delivery
from migrator.artifacts.parts.send_command import send_command

SEND_COMMAND = "arn:aws:scheduler:::aws-sdk:ssm:sendCommand"


def target(document: str, parameters: Parameters, delivery: Delivery, *, guarded: bool) -> dict[str, Json]:
    """Give the call of a document, which gets the moment that it was due at where it is guarded."""
    sent = send_command(document, parameters, delivery.age)
    moment: dict[str, Json] = {"Parameters": {MOMENT: [SCHEDULED_TIME]}} if guarded else {}
    return {"Arn": SEND_COMMAND, "Input": json_text(sent | moment)}

"""The call of Systems Manager that runs a document on a file's hosts (its API reference, «SendCommand»)."""

from __future__ import annotations

from migrator.artifacts.parts.cloudformation import Json, ref
from migrator.artifacts.parts.parameters import TAG, Parameters


def send_command(document: str, parameters: Parameters, delivered_within: int) -> dict[str, Json]:
    """Give the call's parameters; a host that does not take the command in so many seconds never gets it."""
    sent: dict[str, Json] = {"DocumentName": ref(document)}
    if parameters.by_tag:
        sent["Targets"] = [{"Key": f"tag:{TAG}", "Values": [parameters.tag()]}]
    else:
        sent["InstanceIds"] = parameters.instances()
    if len(parameters.hosts) > 1:
        # Each host's cron knows nothing of the others: all at once, whatever fails elsewhere.
        sent |= {"MaxConcurrency": "100%", "MaxErrors": "100%"}
    return sent | {"TimeoutSeconds": delivered_within}

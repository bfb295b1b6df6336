"""The call of Systems Manager that runs a document on a file's hosts (its API reference, «SendCommand»)."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.artifacts.parts.cloudformation import Json, ref
from migrator.artifacts.parts.parameters import TAG, Parameters


def send_command(
    document: str, parameters: Parameters, delivered_within: int, hosts: Sequence[str | None] | None = None
) -> dict[str, Json]:
    """Give the call's parameters, for the file's hosts or some of them.

    A host that does not take the command in so many seconds never gets it.
    """
    to = parameters.hosts if hosts is None else hosts
    sent: dict[str, Json] = {"DocumentName": ref(document)}
    if parameters.by_tag:
        sent["Targets"] = [{"Key": f"tag:{TAG}", "Values": [parameters.tag()]}]
    else:
        sent["InstanceIds"] = parameters.instances(to)
    if len(to) > 1:
        # Each host's cron knows nothing of the others: all at once, whatever fails elsewhere.
        sent |= {"MaxConcurrency": "100%", "MaxErrors": "100%"}
    return sent | {"TimeoutSeconds": delivered_within}

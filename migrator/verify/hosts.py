"""Which host a parameter stands for: what a person reads beside it says whose id to fill in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from migrator.plan.jobs import JobPart
from migrator.verify.stack import Stack
from migrator.verify.values import table

_ASKED = re.compile(r"the id in Systems Manager \(i-\.\.\. or mi-\.\.\.\) of (.*)", re.DOTALL)
_UNNAMED = "the host that has this crontab"
_NOT_PLAIN = re.compile(r"[^ -~]")
# So much of a name is compared: the files cut long ones, each in its own place.
_COMPARED = 200


def host_of(text: str) -> str | None:
    """Give the host whose id a description asks for; None where it asks for something else."""
    match = _ASKED.fullmatch(text)
    return match[1][:_COMPARED] if match else None


def host_faults(job: JobPart, told: Iterable[str | None], what: str) -> Iterator[str]:
    """Say where a command goes to other hosts than cron has its job on; `told` are the hosts that are asked for."""
    wanted = {shown(host) for host in (job.host, *(replica.host for replica in job.replicas))}
    found = set(told)
    if found != wanted:
        other = min((str(host) for host in found - wanted), default="too few hosts")
        yield f"{what} goes to {other}, and cron has the job on {', '.join(sorted(wanted)[:3])}"


def asked_hosts(stack: Stack, references: Iterable[object]) -> list[str | None]:
    """Give the hosts that parameters of a template stand for."""
    given = (table(stack.parameters.get(str(one).strip("<>"))) for one in references)
    return [host_of(str(one.get("Description"))) for one in given]


def shown(host: str | None) -> str:
    """Write a host as the files do: in plain ASCII, and with nothing in it that CloudFormation would resolve."""
    plain = _NOT_PLAIN.sub(lambda match: match[0].encode("unicode_escape", "surrogatepass").decode(), host or _UNNAMED)
    return plain.replace("{{", "{ {").replace("${", "$ {")[:_COMPARED]

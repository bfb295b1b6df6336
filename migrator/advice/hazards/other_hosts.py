"""It logs in to other hosts with this host's keys.

**Why.** The keys, the known hosts and the routes are the host's. A task elsewhere has none of them.

**Says nothing** where the command goes on running on its host.
"""

import re
from collections.abc import Iterator

from migrator.advice.hazard import MOVES, HazardCheck, Move
from migrator.advice.types import Hazard
from migrator.commands.facts import Step, StepKind, Trait
from migrator.model import Evidence, ResourceKind, Severity

# They log in to the hosts of a list of their own.
_LOGS_IN = frozenset({"ansible", "ansible-playbook", "pssh", "parallel-ssh", "pdsh", "clush", "dsh", "fab", "cap"})
_OVER_SSH = re.compile(
    r"\b(?:rsync|unison|scp|sftp|syncoid)\b(?!.*::)|\bgit\b.*(?:\bssh://|\s[\w.-]+@[\w.-]+:(?!/))", re.DOTALL
)


def find(move: Move) -> Iterator[Hazard]:
    """Report remote steps of a command that leaves its host."""
    remote = [step for step in move.facts.steps if step.kind is StepKind.REMOTE]
    remote += [step for step in move.facts.steps if step.name in _LOGS_IN or _by_keys(step)]
    wraps = [wrapper for wrapper in move.facts.wrappers if wrapper.name == "ssh"]
    own = move.proof(Trait.LOGS_IN)
    if not move.leaves_host or not (remote or wraps or own):
        return
    proof = tuple(Evidence(step.origin, step.text) for step in remote) + own or move.line()
    yield move.hazard(
        Severity.LOUD,
        "it logs in to other hosts with the keys of this one",
        "give the task keys, known hosts and a route",
        proof,
    )


def _by_keys(step: Step) -> bool:
    """Say whether a step copies to or from `host:path` by ssh; `host::module` and rclone's places need no login."""
    if step.kind is not StepKind.TRANSFER or not _OVER_SSH.search(step.text):
        return False
    return "git" in step.name or any(access.resource.kind is ResourceKind.REMOTE for access in step.accesses)


CHECK = HazardCheck("other-hosts", find, MOVES, "ssh(1)")

"""Container and cluster tools where they run no command of ours: start, stop, pull, prune, apply."""

from __future__ import annotations

from migrator.commands.facts import StepKind, Trait
from migrator.commands.invocation import Effect, Family, Invocation, Reader, Role, sort_out
from migrator.shell.runners import CONTAINERS, RUNNERS

_SWITCHES = frozenset(
    {"start", "stop", "restart", "pause", "unpause", "kill", "rm", "up", "down", "wait", "scale", "rollout"}
)
_THINGS = frozenset({"system", "image", "volume", "builder", "container", "network"})
_VALUED = RUNNERS["docker"].valued | {"-n", "--namespace", "--kubeconfig"}
_LOCAL = CONTAINERS | {"ctr", "lxc", "lxc-attach"}


def container(call: Invocation) -> Effect:
    """Read `docker`, `podman`, compose, kubectl: the action names the step."""
    got = sort_out(call.arguments, _VALUED)
    words = [value.text for value in got.rest]
    if words[:1] == ["compose"]:
        words = words[1:]
    action = words[0] if words else ""
    label = f"{call.name} {action}".strip()
    local = call.name in _LOCAL
    traits = ((Trait.NEEDS_HOST, f"`{label}` speaks to this host's container service"),) if local else ()
    if action in _THINGS and local and len(words) > 1:
        clears = words[1] in ("prune", "rm", "remove")
        label = f"{label} {words[1]}"
        asks = words[1] in ("ls", "list", "inspect", "df")
        return Effect(
            kind=StepKind.CONTAINER,
            label=label,
            role=Role.PROBE if asks else Role.WORK,
            maintains="clears the host's containers" if clears else "",
            traits=traits,
        )
    if action in ("rmi", "pull", "login", "images", "ps", "logs", "inspect", "stats"):
        return Effect(kind=StepKind.CONTAINER, label=label, traits=traits, controls=True)
    if action in _SWITCHES and local:
        maintains = "switches a container of the host" if action in ("restart", "start", "stop") else ""
        return Effect(kind=StepKind.CONTAINER, label=label, traits=traits, controls=True, maintains=maintains)
    return Effect(kind=StepKind.CONTAINER, label=label, traits=traits)


_READERS: dict[str, Reader] = dict.fromkeys(
    [*_LOCAL, "kubectl", "oc", "helm", "crictl", "vagrant", "virsh", "incus", "nomad"], container
)

FAMILY = Family("containers", _READERS)

"""Wrappers: programs that run another one under some condition. Each is peeled, and what it said is kept."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.commands import batches, elsewhere, identities, locking, peeling
from migrator.commands.peeling import Peeled, Peeler
from migrator.commands.values import Value
from migrator.shell.runners import RUNNERS

WRAPPERS: Mapping[str, Peeler] = {
    **{name: peeling.plain(runner) for name, runner in RUNNERS.items()},
    "ionice": peeling.ionice, "command": peeling.command, "env": peeling.env, "script": peeling.script,
    "nohup": peeling.detaching, "setsid": peeling.detaching, "daemonize": peeling.detaching,
    "timeout": peeling.timeout, "gtimeout": peeling.timeout, "screen": peeling.screen, "tmux": peeling.tmux,
    "sudo": identities.sudo, "doas": identities.sudo, "su": identities.su, "runuser": identities.su,
    "gosu": identities.as_user, "su-exec": identities.as_user, "setuidgid": identities.as_user,
    "s6-setuidgid": identities.as_user,
    "chpst": locking.chpst, "solo": locking.solo, "flock": locking.flock, "lockrun": locking.lockrun,
    "sem": locking.sem,
    **dict.fromkeys(("run-one", "run-this-one", "keep-one-running", "cronlock"), locking.run_one),
    **{name: locking.lock_first(name) for name in ("lckdo", "with-lock-ex", "withlock", "lockf")},
    **{name: locking.lock_first(name, flag="-n") for name in ("setlock", "run-with-lockfile", "run-with-lockfile.sh")},
    **dict.fromkeys(("ssh", "rsh", "autossh", "mosh"), elsewhere.ssh),
    **dict.fromkeys(("docker", "podman", "nerdctl"), elsewhere.container),
    "docker-compose": elsewhere.compose, "podman-compose": elsewhere.compose,
    **dict.fromkeys(("kubectl", "oc", "lxc", "lxc-attach"), elsewhere.kubectl),
    "xargs": elsewhere.xargs, "parallel": elsewhere.parallel, "find": elsewhere.find,
    "aws-vault": peeling.aws_vault, "saml2aws": peeling.aws_vault, "chamber": peeling.aws_vault,
    **batches.PEELERS,
}  # fmt: skip


def peel(name: str, arguments: tuple[Value, ...]) -> Peeled | None:
    """Peel one wrapper off, or give None where the name is none or it runs nothing."""
    peeler = WRAPPERS.get(name)
    return None if peeler is None else peeler(arguments)


__all__ = ["WRAPPERS", "Peeled", "peel"]

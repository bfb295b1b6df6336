"""Wrappers: programs that run another one under some condition. Each is peeled, and what it said is kept."""

from __future__ import annotations

from collections.abc import Mapping

from migrator.commands import batches, elsewhere, identities, locking, peeling
from migrator.commands.peeling import Peeled, Peeler
from migrator.commands.values import Value

WRAPPERS: Mapping[str, Peeler] = {
    "nice": peeling.plain("-n --adjustment"),
    "ionice": peeling.ionice,
    "chrt": peeling.plain("-T -P -D", 1), "taskset": peeling.plain("", 1),
    "time": peeling.plain("-f -o --format --output"),
    "nohup": peeling.detaching, "setsid": peeling.detaching, "daemonize": peeling.detaching,
    "timeout": peeling.timeout, "gtimeout": peeling.timeout, "timelimit": peeling.plain("-t -T -s -S"),
    "env": peeling.env, "sudo": identities.sudo, "doas": identities.sudo, "su": identities.su,
    "runuser": identities.su, "gosu": identities.as_user, "su-exec": identities.as_user,
    "setuidgid": identities.as_user, "s6-setuidgid": identities.as_user,
    "setpriv": peeling.plain("--reuid --regid --groups"), "chpst": locking.chpst,
    "softlimit": peeling.plain("-m -d -s -l -a -o -p -f -c -r -t"), "cgexec": peeling.plain("-g"),
    "prlimit": peeling.plain(),
    "chronic": peeling.plain(), "cronic": peeling.plain(),
    "croncape": peeling.plain(), "runitor": peeling.plain("-uuid -slug -ping-key -api-url -timeout"),
    "exec": peeling.plain("-a"), "command": peeling.command,
    "builtin": peeling.plain(),
    "busybox": peeling.plain(),
    "stdbuf": peeling.plain("-i -o -e"), "unbuffer": peeling.plain(), "script": peeling.script,
    "catchsegv": peeling.plain(), "eatmydata": peeling.plain(),
    "run-one": locking.run_one, "run-this-one": locking.run_one, "keep-one-running": locking.run_one,
    "solo": locking.solo,
    "flock": locking.flock, "lckdo": locking.lock_first("-E -W", skips=True),
    "setlock": locking.lock_first("", skips=False, flag="-n"),
    "with-lock-ex": locking.lock_first("", skips=True), "withlock": locking.lock_first("-w", skips=True),
    "lockrun": locking.lockrun,
    "lockf": locking.lock_first("-t", skips=True), "run-with-lockfile": locking.lock_first("", skips=False, flag="-n"),
    "run-with-lockfile.sh": locking.lock_first("", skips=False, flag="-n"), "cronlock": locking.run_one,
    "sem": locking.sem,
    "ssh": elsewhere.ssh, "rsh": elsewhere.ssh, "autossh": elsewhere.ssh, "mosh": elsewhere.ssh,
    "sshpass": peeling.plain("-p -f -d -P"),
    "docker": elsewhere.container, "podman": elsewhere.container, "docker-compose": elsewhere.compose,
    "podman-compose": elsewhere.compose,
    "nerdctl": elsewhere.container, "kubectl": elsewhere.kubectl, "oc": elsewhere.kubectl, "lxc": elsewhere.kubectl,
    "lxc-attach": elsewhere.kubectl,
    "xargs": elsewhere.xargs, "parallel": elsewhere.parallel,
    "find": elsewhere.find,
    "systemd-cat": peeling.plain("-t -p --identifier --priority --stderr-priority"),
    "systemd-inhibit": peeling.plain("--what --who --why --mode"),
    "systemd-run": peeling.plain("--unit -p --property --slice -u -E --setenv --uid --gid --description --nice -M -H"),
    "aws-vault": peeling.aws_vault, "saml2aws": peeling.aws_vault, "chamber": peeling.aws_vault,
    "vaultenv": peeling.plain("--secrets-file"),
    "caffeinate": peeling.plain("-t -w"), "proxychains": peeling.plain("-f"), "proxychains4": peeling.plain("-f"),
    "torsocks": peeling.plain(),
    "torify": peeling.plain(), "tsocks": peeling.plain(), "faketime": peeling.plain("-f", 1),
    "fakeroot": peeling.plain(),
    "dbus-run-session": peeling.plain(),
    "dbus-launch": peeling.plain(), "xvfb-run": peeling.plain("-n -s -e -f -p -w --server-args --server-num"),
    "cpulimit": peeling.plain("-l -p -e --limit"),
    "trickle": peeling.plain("-d -u -w -t -l"), "firejail": peeling.plain(), "with-contenv": peeling.plain(),
    "envdir": peeling.plain("", 1),
    "k5start": peeling.plain("-f -u -k -K -l -t"),
    "newrelic-admin": peeling.sub("run-program"), "cronitor": peeling.sub("exec"), "pipenv": peeling.sub("run"),
    "poetry": peeling.sub("run", "-C -P"),
    "uv": peeling.sub("run", "--with --python -p --project --directory"), "pdm": peeling.sub("run"),
    "hatch": peeling.sub("run"),
    "rye": peeling.sub("run"),
    "conda": peeling.sub("run", "-n -p --name --prefix"), "mamba": peeling.sub("run", "-n -p"),
    "micromamba": peeling.sub("run", "-n -p"),
    "bundle": peeling.sub("exec"), "mise": peeling.sub("exec"), "rbenv": peeling.sub("exec"),
    "pyenv": peeling.sub("exec"), "npx": peeling.plain("-p"),
    "direnv": peeling.sub("exec"), "dotenv": peeling.plain("-f"), "screen": peeling.screen, "tmux": peeling.tmux,
    "unshare": peeling.plain(),
    "nsenter": peeling.plain("-t -S -G"),
    "chroot": peeling.plain("--userspec --groups", 1), "watch": peeling.plain("-n"), "ltrace": peeling.plain("-o"),
    "log-output": peeling.plain("-d -s", 1),
    **batches.PEELERS,
}  # fmt: skip


def peel(name: str, arguments: tuple[Value, ...]) -> Peeled | None:
    """Peel one wrapper off, or give None where the name is none or it runs nothing."""
    peeler = WRAPPERS.get(name)
    return None if peeler is None else peeler(arguments)


__all__ = ["WRAPPERS", "Peeled", "peel"]

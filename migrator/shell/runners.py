"""Programs that run another command: which of their options take the next word, and what else stands before it.

Their manual pages, docker-run(1), docker-exec(1) and the documentation of `docker compose`.
"""

from __future__ import annotations

from collections.abc import Container, Mapping

from migrator.model.frozen import frozen

SHELLS = frozenset({"sh", "bash", "dash", "ksh", "ksh93", "mksh", "zsh", "ash", "rbash"})
"""Programs that run a text which is read here as shell text."""
CONTAINERS = frozenset({"docker", "podman", "nerdctl", "docker-compose", "podman-compose"})
"""Programs that run a command in a container of this host, behind `exec` or `run`."""
CLUSTERS = frozenset({"kubectl", "oc", "k3s"})
"""Programs that run a command in a cluster's container, behind `exec … --`."""
_IN_A_CONTAINER = """
    -a --attach -c --context -e --env -f --file -h --hostname -H --host -l --label -m --memory -p --publish -u --user
    -v --volume -w --workdir
    --add-host --annotation --blkio-weight --cap-add --cap-drop --cgroup-parent --cgroupns --cidfile --cpu-period
    --cpu-quota --cpu-shares --cpus --cpuset-cpus --cpuset-mems --detach-keys --device --dns --dns-option --dns-search
    --domainname --entrypoint --env-file --env-from-file --expose --gpus --group-add --health-cmd --health-interval
    --health-retries --health-start-period --health-timeout --index --ip --ip6 --ipc --isolation --label-file --link
    --log-driver --log-opt --mac-address --memory-reservation --memory-swap --memory-swappiness --mount --name --net
    --network --network-alias --oom-score-adj --pid --pids-limit --platform --pod --profile --project-directory
    --project-name --pull --restart --runtime --secret --security-opt --shm-size --stop-signal --stop-timeout
    --storage-opt --sysctl --tmpfs --ulimit --userns --uts --volume-driver --volumes-from
"""
IN_A_CONTAINER = frozenset(_IN_A_CONTAINER.split())
"""The options behind `exec` or `run` that take the next word."""


@frozen
class Runner:
    """What stands before the command: `words` of the program's own behind its options, of which `valued` take a word.

    `verb` is the word behind which all that stands, of a program that does other things too (`poetry run`).
    """

    valued: frozenset[str]
    words: int
    verb: str

    def takes_next(self, option: str) -> bool:
        """Say whether the word behind an option is its value."""
        return takes_next(option, self.valued)


def takes_next(option: str, valued: Container[str]) -> bool:
    """Say whether the word behind an option is its value, that of the last of several letters too (getopt(3))."""
    if option in valued:
        return True
    letters = len(option) > 2 and not option.startswith("--")
    return letters and option[:2] not in valued and f"-{option[-1]}" in valued


def _of(valued: str = "", words: int = 0, verb: str = "") -> Runner:
    return Runner(frozenset(valued.split()), words, verb)


_PLAIN = """
    nohup setsid daemonize prlimit chronic cronic croncape command builtin busybox unbuffer eatmydata run-one
    run-this-one keep-one-running cronlock solo torsocks torify tsocks fakeroot dbus-run-session dbus-launch firejail
    with-contenv unshare catchsegv
"""
_SSH = _of(" ".join(f"-{letter}" for letter in "bcDEeFIiJLlmOopQRSWwB"), 1)
_SUDO = _of("-u -g -p -C -h -r -t -T -U -D --user --group --prompt --host --role --chdir --other-user")
_TIMEOUT = _of("-k -s --kill-after --signal -t", 1)
_USER_FIRST = _of("", 1)
_LOCK_FIRST = _of("", 1)
_CONTAINER = _of("-H --host --context -f --file -p --project-name --env-file --profile")
_CONDA = _of("-n -p --name --prefix", 0, "run")
RUNNERS: Mapping[str, Runner] = {
    **dict.fromkeys(_PLAIN.split(), _of()),
    "nice": _of("-n --adjustment"), "ionice": _of("-c -n -p -P -u --class --classdata"),
    "chrt": _of("-T -P -D", 1), "taskset": _of("", 1), "cgexec": _of("-g"), "cpulimit": _of("-l -p -e --limit"),
    "time": _of("-f -o --format --output"), "timeout": _TIMEOUT, "gtimeout": _TIMEOUT,
    "timelimit": _of("-t -T -s -S"),
    "env": _of("-u -C --unset --chdir"), "envdir": _of("", 1), "dotenv": _of("-f"), "exec": _of("-a"),
    "sudo": _SUDO, "doas": _SUDO, **dict.fromkeys(("gosu", "su-exec", "setuidgid", "s6-setuidgid"), _USER_FIRST),
    "setpriv": _of("--reuid --regid --groups"), "chpst": _of("-u -U -b -e -/ -n -l -L -m -d -o -p -f -c"),
    "softlimit": _of("-m -d -s -l -a -o -p -f -c -r -t"), "chroot": _of("--userspec --groups", 1),
    "nsenter": _of("-t -S -G"), "k5start": _of("-f -u -k -K -l -t"),
    "flock": _of("-w --wait --timeout -E --conflict-exit-code -c", 1), "lckdo": _of("-E -W", 1),
    "setlock": _LOCK_FIRST, "with-lock-ex": _LOCK_FIRST, "withlock": _of("-w", 1), "lockf": _of("-t", 1),
    "run-with-lockfile": _LOCK_FIRST, "run-with-lockfile.sh": _LOCK_FIRST,
    "lockrun": _of("--lockfile -L --maxtime"),
    "sem": _of("--id -j --jobs --semaphore-name --st --semaphore-timeout"),
    "ssh": _SSH, "rsh": _SSH, "autossh": _SSH, "mosh": _SSH, "sshpass": _of("-p -f -d -P"),
    **dict.fromkeys(CONTAINERS, _CONTAINER),
    "xargs": _of("-I -n -P -L -s -d -E -a --max-args --max-procs --replace --delimiter --max-lines --arg-file"),
    "parallel": _of(
        "-j --jobs -a --arg-file -S --sshlogin --joblog --results --timeout --retries -n -N -I --delay --colsep -C"
        " --load --memfree --tmpdir --wd --workdir --env --halt -P --max-procs"
    ),
    "systemd-cat": _of("-t -p --identifier --priority --stderr-priority"),
    "systemd-inhibit": _of("--what --who --why --mode"),
    "systemd-run": _of("--unit -p --property --slice -u -E --setenv --uid --gid --description --nice -M -H"),
    "runitor": _of("-uuid -slug -ping-key -api-url -timeout"), "log-output": _of("-d -s", 1),
    "stdbuf": _of("-i -o -e"), "vaultenv": _of("--secrets-file"), "caffeinate": _of("-t -w"),
    "proxychains": _of("-f"), "proxychains4": _of("-f"), "faketime": _of("-f", 1), "trickle": _of("-d -u -w -t -l"),
    "xvfb-run": _of("-n -s -e -f -p -w --server-args --server-num"), "watch": _of("-n"), "ltrace": _of("-o"),
    "newrelic-admin": _of("", 0, "run-program"), "cronitor": _of("", 1, "exec"), "direnv": _of("", 1, "exec"),
    **dict.fromkeys(("pipenv", "pdm", "hatch", "rye"), _of("", 0, "run")),
    **dict.fromkeys(("bundle", "mise", "rbenv", "pyenv"), _of("", 0, "exec")),
    **dict.fromkeys(("conda", "mamba", "micromamba"), _CONDA), "poetry": _of("-C -P", 0, "run"),
    "uv": _of("-p -C -n --python --with --extra --group --package --index --env-file --project --directory", 0, "run"),
    "npx": _of("-p --package"),
}  # fmt: skip
"""By name; of one in a container or a cluster's, what stands before its verb."""

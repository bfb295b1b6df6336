"""Wrappers: each is peeled, and what it said is kept."""

import pytest

from migrator.commands import LockKind, StepKind
from migrator.commands.wrappers import WRAPPERS
from tests.commands.tools import facts, names, reads, traits, writes


@pytest.mark.parametrize(
    "command",
    [
        "nice -n 19 /opt/a x",
        "nice /opt/a x",
        "ionice -c2 -n7 /opt/a x",
        "timeout 5m /opt/a x",
        "timeout -k 10 1h /opt/a x",
        "sudo -u bob /opt/a x",
        "sudo -E -H A=1 /opt/a x",
        "doas /opt/a x",
        "env A=1 B=2 /opt/a x",
        "env -i /opt/a x",
        "env -S '/opt/a x'",
        "env -S 'B=2 nice -n 5' /opt/a x",
        "nohup /opt/a x",
        "setsid /opt/a x",
        "chronic /opt/a x",
        "cronic /opt/a x",
        "exec /opt/a x",
        "command /opt/a x",
        "busybox /opt/a x",
        "stdbuf -oL /opt/a x",
        "taskset -c 0,1 /opt/a x",
        "cronitor exec d3x0c1 /opt/a x",
        "direnv exec /srv/shop /opt/a x",
        "taskset 0x3 /opt/a x",
        "chrt -b 0 /opt/a x",
        "unbuffer /opt/a x",
        "script -qc '/opt/a x' /dev/null",
        "run-one /opt/a x",
        "solo -port=3801 /opt/a x",
        "lckdo /tmp/l /opt/a x",
        "setlock -n /tmp/l /opt/a x",
        "with-lock-ex -q /tmp/l /opt/a x",
        "flock -n /tmp/l /opt/a x",
        "flock /tmp/l -c '/opt/a x'",
        "flock -xn /tmp/l /opt/a x",
        "flock -w 10 /tmp/l nice /opt/a x",
        "su - bob -c '/opt/a x'",
        "su bob -c '/opt/a x'",
        "runuser -u bob -- /opt/a x",
        "chpst -u bob -l /tmp/l /opt/a x",
        "cgexec -g cpu:x /opt/a x",
        "sem --id y /opt/a x",
        "systemd-cat -t x /opt/a x",
        "systemd-run --unit=x /opt/a x",
        "aws-vault exec p -- /opt/a x",
        "bash -c '/opt/a x'",
        "sh -lc 'cd /x && exec /opt/a x'",
        'bash -c "$(cat /etc/x) /opt/a x"',
        "xvfb-run -a /opt/a x",
        "poetry run /opt/a x",
        "bundle exec /opt/a x",
        "conda run -n env /opt/a x",
        "lockrun --lockfile=/tmp/l -- /opt/a x",
        "sshpass -f /root/p /opt/a x",
    ],
)
def test_peels(command: str) -> None:
    """What is left is the program itself."""
    if "$(" in command:
        assert facts(command).steps
        return
    found = facts(command)
    assert names(found) == ["a"], command
    assert found.steps[0].program == "/opt/a"
    assert found.steps[0].text == command or "-c" in command.replace("lc", "c") or command.startswith("script")


def test_keeps_what_it_said() -> None:
    """Options stay with the wrapper's name, in order from outside in."""
    found = facts("sudo -u bob nice -n 5 timeout 90 /opt/a")
    assert [(w.name, w.arguments) for w in found.wrappers] == [("sudo", "-u bob"), ("nice", "-n 5"), ("timeout", "90")]
    assert found.timeout == 90


@pytest.mark.parametrize(
    "command", ["command -v x", "nice", "timeout 5", "flock /tmp/l", "su bob /opt/a", "docker ps", "xargs"]
)
def test_a_wrapper_without_a_command_breaks_nothing(command: str) -> None:
    """A wrapper that runs nothing is a command like others."""
    assert len(facts(command).steps) == 1


def test_root_is_noted() -> None:
    """`sudo` to root needs root, to another user it does not."""
    assert "needs-root" in traits(facts("sudo /opt/a"))
    assert "needs-root" not in traits(facts("sudo -u bob /opt/a"))


def test_locks_of_wrappers() -> None:
    """The lock's name is resolved; only a lock that waits for ever does not skip."""
    found = facts("cd /srv; flock -n x.lock /opt/a; flock /tmp/y /opt/b; setlock /tmp/z /opt/c")
    assert [(lock.kind, lock.name, lock.skips) for lock in found.locks] == [
        (LockKind.FLOCK, "/srv/x.lock", True),
        (LockKind.FLOCK, "/tmp/y", False),
        (LockKind.LOCK_TOOL, "/tmp/z", False),
    ]


@pytest.mark.parametrize("command", ["flock -n /tmp/l /opt/a 5", "flock 200 /opt/a", "flock -w 5 /tmp/l /opt/a x 7"])
def test_a_number_behind_a_command_is_no_descriptor(command: str) -> None:
    """Only a number that stands alone is one."""
    found = facts(command)
    assert [step.program for step in found.steps] == ["/opt/a"]
    assert [lock.name.startswith("descriptor") for lock in found.locks] == [False]


@pytest.mark.parametrize("program", ["flock", "/usr/bin/flock"])
def test_a_lock_on_a_descriptor(program: str) -> None:
    """It is one wherever the program lies, and giving it back takes none."""
    [lock] = facts(f"exec 9>/tmp/l; {program} -w 10 9; /opt/a; {program} -u 9").locks
    assert (lock.name, lock.skips) == ("/tmp/l", True)


def test_another_host_owns_its_files() -> None:
    """Steps of `ssh` are remote, their files belong to that host; the redirection outside is ours."""
    found = facts("ssh -p 22 deploy@db1 'cd /srv && pg_dump app > x.sql' > /var/tmp/here.txt", host="web")
    assert [step.kind for step in found.steps] == [StepKind.REMOTE]
    owners = {(a.resource.name, a.resource.host) for a in found.touched if a.resource.kind.value == "file"}
    assert owners == {("/srv/x.sql", "db1"), ("/var/tmp/here.txt", "web")}


def test_a_container_keeps_its_files() -> None:
    """Paths inside a container say nothing about the host; the redirection outside does."""
    found = facts("docker exec -i web cat /inside/x > /srv/out.txt")
    assert writes(found) == {"/srv/out.txt"}
    assert reads(found) == {"web:/inside/x"}
    assert facts("kubectl exec -it pod -- /opt/a").steps[0].kind is StepKind.CONTAINER


@pytest.mark.parametrize("option", ["--ipc host", "--cap-drop ALL", "--read-only", "-it", "--memory-swap 2g"])
def test_a_container_is_called_by_its_image(option: str) -> None:
    """What an option takes is no image."""
    [step] = facts(f"docker run --rm {option} acme/etl:2 /opt/load.py").steps
    assert (step.kind, step.program) == (StepKind.CONTAINER, "/opt/load.py")


def test_podman_compose_needs_the_host() -> None:
    """Its containers are this host's as docker's are."""
    assert "needs-host" in traits(facts("podman-compose exec web /opt/a"))


def test_what_leaves_a_process_behind_is_a_daemon() -> None:
    """nohup, setsid, a detached screen, a last `&`."""
    for command in (
        "nohup /opt/a &",
        "setsid /opt/a",
        "screen -dmS x /opt/a",
        "tmux new -d '/opt/a'",
        "/opt/a &",
        "while :; do /opt/a; done",
    ):
        assert "daemon" in traits(facts(command)), command
    assert "daemon" not in traits(facts("/opt/a & wait"))


def test_xargs_and_parallel_are_one_step_that_repeats() -> None:
    """What they run is the step; several at once count as fan-out."""
    found = facts("find /in -name '*.log' | xargs -P 4 -n 1 gzip")
    assert names(found) == ["gzip"]
    assert (found.fan_out, found.fan_in) == (1, 1)
    assert facts("parallel -j4 /opt/a ::: 1 2 3").steps[0].loop
    assert facts("ls /a/x-* | tail -n +5 | xargs -r rm --").steps[0].accesses[0].mode.value == "delete"


def test_every_wrapper_survives_odd_arguments() -> None:
    """No wrapper fails on options without values or on nothing."""
    for name in WRAPPERS:
        for rest in ("", " -n", " -x -y", " --", " -u", " a", " exec", " -c"):
            facts(name + rest)


def test_a_change_of_a_running_process_is_no_wrapper() -> None:
    """`renice` and `ionice -p` act on what runs already: they are no step, and name none."""
    found = facts("renice +19 -p $$ >/dev/null 2>&1; ionice -c3 -p $$; /opt/load")
    assert [step.name for step in found.steps] == ["load"]
    assert [step.name for step in facts("ionice -c3 /opt/load").steps] == ["load"]

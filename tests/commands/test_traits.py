"""Host maintenance and the other traits of a whole command."""

import pytest

from migrator.commands.languages.shown import shown
from migrator.model import Mode
from tests.commands.tools import facts, script, touched, traits

MAINTENANCE = [
    "apt-get update && apt-get -y upgrade",
    "yum -y update",
    "/usr/sbin/logrotate /etc/logrotate.conf",
    "certbot renew -q",
    "/root/.acme.sh/acme.sh --cron --home /root/.acme.sh",
    "updatedb",
    "fstrim -a",
    "/usr/lib/sysstat/sa1 1 1",
    "ntpdate pool.ntp.org",
    "systemctl restart nginx",
    "service apache2 reload",
    "shutdown -r now",
    "reboot",
    "journalctl --vacuum-time=7d",
    "find /tmp -mtime +3 -delete",
    "find /var/log -name '*.gz' -mtime +30 -delete",
    "docker system prune -af",
    "rkhunter --check",
    "freshclam --quiet",
    "tmpreaper 7d /tmp",
    "run-parts --report /etc/cron.daily",
    "env LANG=C mrtg /etc/mrtg.cfg",
    "munin-cron",
    "iptables-restore < /etc/iptables",
    "mdadm --monitor -1",
    "mount -a",
    "sleep $((RANDOM % 600)); certbot renew",
    "test -x /usr/sbin/anacron || ( cd / && run-parts --report /etc/cron.daily )",
    "systemctl stop x; rm -rf /var/cache/x/*; systemctl start x",
    "zfs snapshot tank@x",
    "chown root:gpio /dev/gpiomem",
    "/opt/shop/drain.sh; systemctl reboot -i",
    "python3 load.py && shutdown -h now",
]


@pytest.mark.parametrize("command", MAINTENANCE)
def test_host_maintenance(command: str) -> None:
    """What tends the host itself stays on it."""
    assert "host-maintenance" in traits(facts(command, user="root"))


@pytest.mark.parametrize(
    "command",
    [
        "python3 load.py; rm -rf /tmp/load",
        "/opt/etl/run && systemctl reload nginx",
        "mysqldump shop > /b/x.sql; find /tmp -mtime +1 -delete",
        "rm /srv/data/old.csv",
        "find /srv/data -mtime +3 -delete",
        "rsync -a /a/ b:/a/",
        "docker exec web python manage.py x",
        "echo hi",
        "journalctl -u x | grep error",
        "systemctl is-active x && /opt/a",
        "/opt/a; ssh db1 reboot",
        "/opt/a --reboot",
    ],
)
def test_a_job_with_a_purpose_of_its_own_is_no_maintenance(command: str) -> None:
    """A clean-up at the end of work does not make the work maintenance."""
    assert "host-maintenance" not in traits(facts(command, user="root"))


@pytest.mark.parametrize(
    ("command", "trait"),
    [
        ("/opt/a $(date +%F)", "date-dependent"),
        ("run-parts /etc/cron.hourly", "starts-folder"),
        ("systemctl restart x", "needs-host"),
        ("mysqldump shop > /b/x", "needs-host"),
        ("cat /proc/loadavg > /b/x", "needs-host"),
        ("docker exec db /opt/x", "needs-host"),
        ("make -C /x", "follows-unread"),
        ("exit 0", ""),
        ("/opt/a; exit 0", "swallows-exit"),
    ],
)
def test_traits(command: str, trait: str) -> None:
    """Each with its proof."""
    found = facts(command)
    assert not trait or trait in traits(found)
    assert all(t.evidence.text and t.evidence.says for t in found.traits)


@pytest.mark.parametrize(
    ("command", "trait"),
    [
        ("pg_dump -h db shop | gzip > /b/x.gz", "swallows-exit"),
        ("pg_dump -h db shop | aws s3 cp - s3://b/x", "swallows-exit"),
        ("gunicorn -D app:app", "daemon"),
        ("nohup /opt/server &", "daemon"),
        ("setsid /opt/server", "daemon"),
        ("curl -fsS http://localhost:9200/x", "needs-host"),
        ("wget -qO- http://127.0.0.1/cron", "needs-host"),
        ("curl --unix-socket /run/x.sock http://x/y", "needs-host"),
        ("redis-cli FLUSHDB", "needs-host"),
        ("case $(date +%a) in Sat|Sun) ;; *) /opt/a ;; esac", "date-guard"),
        ("case $(date +%a) in Sat|Sun) exit 0 ;; esac; /opt/a", "date-guard"),
        ("(( $(date +%V) % 2 )) && /opt/a", "date-guard"),
        ("if [ $(date +%d) = 01 ]; then /opt/full; fi", "date-guard"),
        ("if [ -f /x ]; then if [ $(date +%u) = 7 ]; then /opt/full; fi; else /opt/part; fi", "date-guard"),
        ("if [ -f /x ]; then [ $(date +%u) = 7 ] && /opt/full; else /opt/part; fi", "date-guard"),
        ("if [ $(date +%d) != 01 ]; then exit 0; fi; /opt/full", "date-guard"),
        ("if [ $(date +%d) = 01 ]; then /opt/full; else echo no; fi", "date-guard"),
        ("w=$(date +%V); ((w % 2)) && /opt/a", "date-guard"),
        ("case `hostname -s` in db1) /opt/a ;; esac", "host-guard"),
        ("hostname | grep -q db1 && /opt/a", "host-guard"),
        ("ip addr show | grep -q '10\\.0\\.0\\.5' && /opt/a", "host-guard"),
        ("export DISPLAY=:0; /opt/a", "needs-session"),
        ("DBUS_SESSION_BUS_ADDRESS=unix:x /opt/a", "needs-session"),
        ("DISPLAY=$(cat /d) /opt/a", "needs-session"),
        ("DISPLAY=$D /opt/a", "needs-session"),
        (". ~/.keychain/h-sh; /opt/a", "needs-session"),
        ("/opt/a || exit 99", "exits-99"),
    ],
)
def test_what_stands_around_the_work(command: str, trait: str) -> None:
    """In a line as in a script."""
    assert trait in traits(facts(command))
    assert trait in traits(script(command + "\n"))


@pytest.mark.parametrize(
    ("command", "trait"),
    [
        ("set -o pipefail; pg_dump -h db shop | gzip > /b/x.gz", "swallows-exit"),
        ("echo 'select 1' | psql -h db", "swallows-exit"),
        ("nohup /opt/a > /b/x", "daemon"),
        ("gunicorn --check-config app:app", "daemon"),
        ("curl -fsS https://x.example/localhost", "needs-host"),
        ("redis-cli -h cache.example FLUSHDB", "needs-host"),
        ("redis-cli -u redis://cache.example/0 FLUSHDB", "needs-host"),
        ("case $(date +%d) in 01) /opt/full ;; *) /opt/part ;; esac", "date-guard"),
        ("if [ $(date +%d) = 01 ]; then /opt/full; else /opt/part; fi", "date-guard"),
        ("if [ $(date +%H) -lt 6 ]; then D=night; else D=day; fi; /opt/a $D", "date-guard"),
        ("K=week; if [ $(date +%d) = 01 ]; then K=month; fi; /opt/a $K", "date-guard"),
        ("t=$(date +%s); ((t > 5)) && /opt/a", "date-guard"),
        ("((n % 2)) && /opt/a", "date-guard"),
        ("ip link | grep -q tun0 && /opt/a", "host-guard"),
        ("hostname | grep x > /b/x", "host-guard"),
        ("Xvfb :9 & export DISPLAY=:9; /opt/a", "needs-session"),
        (". ~/.profile; /opt/a", "needs-session"),
        ("DISPLAY= /opt/a", "needs-session"),
        ("export SSH_AUTH_SOCK=''; /opt/a", "needs-session"),
        ('XAUTHORITY=""; /opt/a', "needs-session"),
        ("/opt/a || exit 9", "exits-99"),
    ],
)
def test_what_only_looks_like_it(command: str, trait: str) -> None:
    """A failure that shows, work that ends, another host, a choice between two kinds of work."""
    assert trait not in traits(facts(command))


PROGRAMS = [
    ("x.py", "s.sendmail(a, [b], c)\n", "sends-mail"),
    ("x.php", "<?php\nmail($to, 'x', 'y');\n", "sends-mail"),
    ("x.pl", "my $s = Net::SMTP->new('h');\n", "sends-mail"),
    ("x.py", "c = paramiko.SSHClient()\n", "logs-in"),
    ("x.php", "<?php\n$c = ssh2_connect('h');\n", "logs-in"),
    ("x.py", "if socket.gethostname().split('.')[0] != 'a':\n    raise SystemExit\n", "host-guard"),
    ("x.rb", "exit if 'a' != Socket.gethostname\n", "host-guard"),
    ("x.py", "import sys\nsys.exit(99)\n", "exits-99"),
    ("x.js", "process.exit(99);\n", "exits-99"),
    ("x.js", "t.sendMail({to: a});\n", "sends-mail"),
    ("x.js", "process.exit ( 99 );\n", "exits-99"),
    ("x.js", "x(1);" * 60 + "if(os.hostname()==='a')y()\n", "host-guard"),
    ("x.php", "<?php if (!$x and 'a' == gethostname()) { y(); }\n", "host-guard"),
    ("x.pl", "open(my $m, '|/usr/lib/sendmail -t');\n", "sends-mail"),
    ("x.pl", "my $s = Net::SSH::Any->new('h');\n", "logs-in"),
]
OTHERS = [
    ("x.py", "# s.sendmail(a, [b], c)\nmail = 1\n", "sends-mail"),
    ("x.php", "<?php\n$db->mail($to);\nfunction sendmail_off() {}\n", "sends-mail"),
    ("x.py", "import paramiko\n", "logs-in"),
    ("x.py", "if __name__ == '__main__':  # a\n    h = socket.gethostname()\n", "host-guard"),
    ("x.py", "if __name__ == '__main__': print(socket.gethostname())\n", "host-guard"),
    ("x.py", "sys.exit(990)\nx = exit_code(99)\n", "exits-99"),
    ("x.js", "x=os.hostname()=='a';if(x)y()\n", "host-guard"),
    ("x.pl", "open(my $m, '|/usr/bin/tee x|sendmail');\n", "sends-mail"),
]
RUN = {"py": "python3", "php": "php", "pl": "perl", "rb": "ruby", "js": "node"}
LANGUAGES = {**RUN, "py": "python"}


@pytest.mark.parametrize(("name", "text", "trait"), PROGRAMS)
def test_what_lines_of_a_program_show(name: str, text: str, trait: str) -> None:
    """With the line of the program as its proof."""
    found = facts(f"{RUN[name.rpartition('.')[2]]} /opt/{name}", {f"opt/{name}": text})
    [proof] = [each.evidence for each in found.traits if each.trait == trait]
    assert proof.origin.path == f"opt/{name}"
    assert proof.text in text


@pytest.mark.parametrize(("name", "text", "trait"), OTHERS)
def test_what_lines_of_a_program_do_not_show(name: str, text: str, trait: str) -> None:
    """Comments, names that are alike, a name that is only printed."""
    assert trait not in traits(facts(f"{RUN[name.rpartition('.')[2]]} /opt/{name}", {f"opt/{name}": text}))


@pytest.mark.parametrize("name", ["x.js", "x.py", "x.php", "x.pl", "x.rb"])
@pytest.mark.parametrize(
    "unit",
    ["if(a){b(c)}else{d=e&&f};", "if gethostname() and ", "in.", "exit" + " " * 2000, "|/", "Net::SSH::", "new a\\"],
)
def test_one_line_of_a_hundred_kilobytes(name: str, unit: str) -> None:
    """A program that was made small is one line, which is searched in linear time."""
    line = "x = 99; if x or mail: " + unit * (100_000 // len(unit)) + "\n"
    assert not {"sends-mail", "logs-in"} & {found.trait for found in shown(line, LANGUAGES[name.rpartition(".")[2]])}


def test_a_script_that_sets_its_display_in_each_line() -> None:
    """Eight thousand times, and whether it starts one of its own is looked for once."""
    lines = "export DISPLAY=:0\n" * 8_000
    assert "needs-session" in traits(script(lines + "/opt/a\n"))
    assert "needs-session" not in traits(script(lines + "Xvfb :0 &\n/opt/a\n"))


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("sleep 600\n/opt/a\n", True),
        ("cd /x\nsleep 600\n/opt/a\n", True),
        ("/opt/a\nsleep 600\n/opt/b\n", False),
        ("if [ -f /x ]; then sleep 600; fi\n/opt/a\n", False),
        ("/opt/a || sleep 600\n", False),
        ("pause() { sleep 600; }\n/opt/a\npause\n", False),
    ],
)
def test_a_pause_before_all_work(text: str, leads: bool) -> None:
    """In a script as well as on the line; not one that something decides about."""
    assert [wait.leads for wait in script(text).waits] == [leads]


def test_a_pause_of_a_length_drawn_before() -> None:
    """The variable says what was put into it."""
    assert [wait.kind for wait in script("d=$(shuf -i 1-600 -n 1)\nsleep $d\n/opt/a\n").waits] == ["random"]
    assert [wait.kind for wait in script('sleep "$1"\n/opt/a\n').waits] == ["time"]


def test_silence() -> None:
    """A plain copy between hosts has no trait at all."""
    assert traits(facts("rsync -a /a/ b:/a/")) == set()
    assert "needs-host" not in traits(facts("mysqldump -h db.example shop > /b/x"))


def test_a_daemon_inside_a_script() -> None:
    """A script that leaves something running."""
    assert "daemon" in traits(script("/opt/server &\n"))
    assert "daemon" not in traits(script("/opt/a &\nwait\n"))


@pytest.mark.parametrize(
    "text",
    [
        "/opt/touch &\nP=$!\n/opt/b\nkill $P\n",
        "/opt/touch &\n/opt/b\nkill %1\n",
        "/opt/touch &\nP=$!\ntrap 'kill $P' EXIT\n/opt/b\n",
        "/opt/touch &\ntrap 'kill $(jobs -p)' EXIT\n/opt/b\n",
    ],
)
def test_what_the_script_ends_itself_is_not_left_behind(text: str) -> None:
    """It is killed by the number that the shell gave, at the end or by a trap."""
    assert "daemon" not in traits(script(text))


def test_ending_another_process_leaves_what_was_started() -> None:
    """The number of a file is another program's."""
    assert "daemon" in traits(script("kill $(cat /run/x.pid)\n/opt/server &\n"))


@pytest.mark.parametrize(
    ("command", "is_kept"),
    [
        ("for a in /sys/block/md*/md/sync_action; do echo check > $a; done", True),
        ("echo 3 > /proc/sys/vm/drop_caches", True),
        ("sync; echo 1 | sudo tee /proc/sys/vm/drop_caches", True),
        ("/app/work > /proc/1/fd/1 2>&1", False),
        ("cat /proc/loadavg >> /var/lib/load", False),
    ],
)
def test_what_writes_to_the_kernel_tends_the_host(command: str, is_kept: bool) -> None:
    """A switch below /sys or /proc; the output of a container is none."""
    assert ("host-maintenance" in traits(facts(command))) is is_kept


@pytest.mark.parametrize(
    "command",
    [
        "ls -t /b/*.gz | tail -n +8 | xargs rm",
        "cd /b && ls -t | tail -n +8 | xargs -r rm -f",
        "[ -d /var/lib/php/sessions ] && find /var/lib/php/sessions -type f -cmin +1440 -delete",
        "find /b -name '*.gz' -mtime +7 -delete",
    ],
)
def test_what_tidies_files_is_file_housekeeping(command: str) -> None:
    """One step of that kind, with what it deletes."""
    found = facts(command)
    assert [str(step.kind) for step in found.steps] == ["files"]
    assert touched(found, Mode.DELETE)


@pytest.mark.parametrize(
    ("command", "gone"),
    [
        ("find /x/data.csv -mtime +3 -delete", {"/x/data.csv"}),
        ("find /x -maxdepth 0 -mtime +3 -delete", {"/x"}),
        ("find /x -mtime +3 -delete", {"/x/"}),
        ("find /x ! -name '*.keep' -delete", {"/x/"}),
        ("find /x -not -name k -name '*.gz' -exec rm {} +", {"/x/*.gz"}),
    ],
)
def test_what_find_deletes(command: str, gone: set[str]) -> None:
    """A file is itself, a folder is what lies in it, a name that is passed over is not what goes."""
    assert touched(facts(command), Mode.DELETE) == gone


@pytest.mark.parametrize(
    "text",
    [
        "if [ ! -f /d/data ]; then exit 1; fi\n/opt/w /d/data\ntouch /d/data\n",
        "if ! [ -f /d/data ]; then exit; fi\n/opt/w /d/data\ntouch /d/data\n",
        "[ -f /d/data ] || exit 1\n/opt/w\n",
        "[[ ! -f /d/data ]] && exit\n/opt/w\n",
    ],
)
def test_a_missing_input_is_no_lock(text: str) -> None:
    """Only a file whose presence ends the run keeps a second one out."""
    assert not script(text).locks


@pytest.mark.parametrize(
    ("command", "is_kept"),
    [
        ("docker container ls -f status=exited -q | xargs docker container rm", True),
        ("docker image prune -f", True),
        ("docker volume rm old", True),
        ("docker container exec shop /app/work", False),
        ("rcctl ls failed", False),
        ("systemctl list-units --failed", False),
    ],
)
def test_clearing_containers_tends_the_host_and_asking_does_not(command: str, is_kept: bool) -> None:
    """Both need the host."""
    found = traits(facts(command))
    assert "needs-host" in found
    assert ("host-maintenance" in found) is is_kept


def test_the_output_of_a_container_is_no_device() -> None:
    """`/proc/1/fd/1` is where a container's words go."""
    assert "needs-host" not in traits(facts("/app/work > /proc/1/fd/1 2>/proc/1/fd/2"))
    assert "needs-host" in traits(facts("/app/work --port /dev/ttyUSB0"))


@pytest.mark.parametrize(
    "command",
    [
        "rc=0; /opt/a || rc=1; /opt/b || rc=1; exit $rc",
        "/opt/a || { echo no; failed=1; }; exit ${failed}",
        '/opt/a || rc=$?; exit "$rc"',
    ],
)
def test_a_failure_that_a_variable_keeps_is_not_lost(command):
    """What the variable remembers is what the command ends with."""
    assert "swallows-exit" not in traits(facts(command))


@pytest.mark.parametrize(
    "command",
    [
        "/opt/a || rc=1; /opt/b; exit $other",
        "/opt/a || rc=0; exit $rc",
        "/opt/a || rc=1; /opt/b",
        "/opt/a || ( rc=1 ); exit $rc",
        "/opt/a || true; exit $rc",
        "/opt/a || rc=1; /opt/b || true; exit $rc",
    ],
)
def test_a_failure_that_no_variable_keeps_is_lost(command):
    """Another variable, one that says success, one of a shell of its own, or none."""
    assert "swallows-exit" in traits(facts(command))

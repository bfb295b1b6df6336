"""Host maintenance and the other traits of a whole command."""

import pytest

from tests.commands.tools import facts, script, traits

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


def test_silence() -> None:
    """A plain copy between hosts has no trait at all."""
    assert traits(facts("rsync -a /a/ b:/a/")) == set()
    assert "needs-host" not in traits(facts("mysqldump -h db.example shop > /b/x"))


def test_a_daemon_inside_a_script() -> None:
    """A script that leaves something running."""
    assert "daemon" in traits(script("/opt/server &\n"))
    assert "daemon" not in traits(script("/opt/a &\nwait\n"))

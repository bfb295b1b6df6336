"""Programs that act on the host itself: packages, services, logs, certificates, disks, accounts, network.

What such a job tends would not be there on another machine; it belongs to the host (systemd timer, configuration
management) and not to a workflow.
"""

from __future__ import annotations

from collections.abc import Callable

from migrator.commands.facts import StepKind, Trait, WaitKind
from migrator.commands.hints import argument_touches
from migrator.commands.invocation import (
    SWITCHES_HOST,
    Effect,
    Family,
    Invocation,
    Reader,
    Role,
    Touch,
    Waiting,
    number,
    reads,
    sort_out,
)
from migrator.model import Mode

_TENDS: dict[str, str] = {
    "tends the host's packages": """
        apt apt-get aptitude apt-key dpkg yum dnf microdnf zypper pacman rpm apk snap flatpak brew port emerge
        unattended-upgrade unattended-upgrades apticron cron-apt yum-cron dnf-automatic needrestart syspatch
        pkg_add pkg fwupdmgr debsecan apt-show-versions freebsd-update portsnap do-release-upgrade
        update-alternatives debsums locale-gen apt-config dpkg-statoverride
    """,
    "renews the host's certificates": """
        certbot certbot-auto letsencrypt acme.sh dehydrated lego acmetool getssl acme-tiny acme-client
    """,
    "rotates or clears the host's logs": """
        logrotate newsyslog logcheck logwatch tmpreaper tmpwatch systemd-tmpfiles cronolog multilog
    """,
    "keeps an index or database of the host": """
        updatedb updatedb.mlocate updatedb.plocate mandb makewhatis ldconfig popularity-contest cracklib-update
    """,
    "tends disks and file systems": """
        fstrim e2scrub_all e2scrub e2scrub_all_cron mdadm checkarray fsck badblocks smartctl hdparm lvm lvcreate
        lvremove xfs_fsr zpool zfs btrfs btrbk snapper sanoid mount umount swapoff swapon losetup cryptsetup
        quotacheck repquota warnquota ceph tune2fs resize2fs scrub
    """,
    "measures the host": """
        sa1 sa2 sadc sar debian-sa1 mrtg munin-cron munin-node munin-run munin-update munin-graph munin-limits
        munin-html collectd atop sysstat vnstat cacti nagios check_mk_agent node_exporter
        telegraf monit ntpq ganglia smokeping awstats darkstat lm-sensors sensors glances atopsar
    """,
    "sets the host's clock": """
        ntpdate ntpd chronyc hwclock rdate sntp timedatectl ntpdate-debian rtcwake
    """,
    "guards the host against intruders": """
        rkhunter chkrootkit freshclam clamscan clamdscan clamav aide aideinit tripwire fail2ban-client fail2ban
        lynis ossec maldet sa-update sa-learn sa-compile spamassassin amavisd-new denyhosts debsecan samhain
        tiger portsentry
    """,
    "sets the host's network or kernel": """
        iptables ip6tables iptables-restore iptables-save ipset nft ufw firewall-cmd ifconfig ip route sysctl
        modprobe ifup ifdown dhclient wpa_cli nmcli ethtool tc ddclient inadyn noip2 iwconfig wg wg-quick
        openvpn rfkill arp
    """,
    "tends accounts of the host": """
        useradd userdel usermod passwd chpasswd groupadd faillock pwck grpck
    """,
    SWITCHES_HOST: """
        shutdown reboot halt poweroff init telinit pm-suspend pm-hibernate vbetool
    """,
    "tends a mail, print or news server of the host": """
        postqueue postsuper postmap newaliases exim exim4 exiqgrep qshape dovecot doveadm lpadmin rnews nntpsend
        inn news.daily qmgr mailq mailmanctl sendmail-mta sa-exim
    """,
}
_SWITCHES = frozenset(
    {"start", "stop", "restart", "reload", "force-reload", "try-restart", "reload-or-restart", "condrestart"}
)
# systemctl(1), «System Commands»: they act on the machine, no unit is named.
_OF_MACHINE = frozenset({"reboot", "poweroff", "halt", "kexec", "soft-reboot", "suspend", "hibernate", "hybrid-sleep"})
_QUESTIONS = frozenset(
    ["is-active", "status", "is-enabled", "is-failed", "list-timers", "list-units", "show", "list", "ls", "check", "-t"]
)


def _tending(why: str) -> Callable[[Invocation], Effect]:
    def reader(call: Invocation) -> Effect:
        label = call.name
        words = [value.text for value in sort_out(call.arguments, frozenset({"-o", "-c", "-t", "--config-dir"})).rest]
        if call.name in ("apt", "apt-get", "yum", "dnf", "zfs", "zpool", "btrfs", "certbot") and words:
            label = f"{call.name} {words[0]}"
        return Effect(label=label, maintains=why, traits=((Trait.NEEDS_HOST, f"`{call.name}` {why}"),))

    return reader


def service(call: Invocation) -> Effect:
    """Read `systemctl`, `service`, rc-service and init scripts: a switch of a service."""
    words = [value.text for value in call.arguments if not value.text.startswith("-")]
    action = next((word for word in words if word in _SWITCHES), words[0] if words else "")
    label = f"{call.name} {' '.join(words[:2])}".strip()
    if call.name == "systemctl" and action in _OF_MACHINE:
        traits = ((Trait.NEEDS_HOST, f"`{label}` {SWITCHES_HOST}"),)
        return Effect(label=label, maintains=SWITCHES_HOST, traits=traits)
    if action in _QUESTIONS:
        asks = ((Trait.NEEDS_HOST, f"`{label}` asks for a service of the host"),)
        return Effect(role=Role.PROBE, label=label, traits=asks)
    from_host = ((Trait.NEEDS_HOST, f"`{label}` switches a service of the host"),)
    return Effect(
        label=label, maintains="switches a service of the host", traits=from_host, controls=action in _SWITCHES
    )


# The words by which servers put themselves into the background; of some any start does.
_DETACHED = {
    "gunicorn": ("-D", "--daemon"), "unicorn": ("-D", "--daemonize"), "puma": ("-d", "--daemon"),
    "uwsgi": ("-d", "--daemonize"), "mongod": ("--fork",),
    "redis-server": ("--daemonize",), "memcached": ("-d",), "php-fpm": ("-D", "--daemonize"),
    "forever": ("start",), "thin": ("start",), "autossh": ("-f",),
    "start-stop-daemon": ("-S", "--start"), "supervisord": (),
}  # fmt: skip


def server(call: Invocation) -> Effect:
    """Read a server that may put itself into the background."""
    words = _DETACHED[call.name]
    detached = not words or any(text.partition("=")[0] in words for text in call.texts)
    traits = ((Trait.DAEMON, f"`{call.name}` puts itself into the background"),) if detached else ()
    return Effect(touches=argument_touches(call.arguments), traits=traits)


def journal(call: Invocation) -> Effect:
    """Read `journalctl`: clearing the journal is maintenance, asking is not."""
    clears = any(text.startswith(("--vacuum", "--rotate", "--flush")) for text in call.texts)
    return Effect(label="journalctl", maintains="clears the host's journal" if clears else "")


def log_rotation(call: Invocation) -> Effect:
    """Read `logrotate`: the logs are named in its configuration, which is not read here."""
    got = sort_out(call.arguments, frozenset({"-s", "--state", "-l", "--log", "-m", "--mail"}))
    state = tuple(Touch(Mode.WRITE, value, 0.6) for value in got.every("-s", "--state"))
    return Effect(
        maintains="rotates the host's logs",
        touches=state,
        traits=((Trait.NEEDS_HOST, "`logrotate` moves logs of this host"),),
    )


def folder_runner(call: Invocation) -> Effect:
    """Read `run-parts`: what it starts lies in a folder; that of cron itself is listed as jobs of its own."""
    got = sort_out(call.arguments, frozenset({"-a", "--arg", "-u", "--umask", "--regex"}))
    folder = got.rest[0] if got.rest else None
    shown = folder.shown if folder is not None else "a folder"
    periodic = folder is not None and folder.text.startswith(("/etc/cron.", "/etc/periodic/"))
    why = () if periodic else (f"what the files in `{shown}` do: `{call.name}` starts them, and they are not read",)
    return Effect(
        label=f"{call.name} {shown}",
        unclear=why,
        maintains="starts the host's own periodic folder" if periodic else "",
        traits=((Trait.STARTS_FOLDER, f"`{call.name}` starts what lies in {shown}"),),
    )


def process_end(call: Invocation) -> Effect:
    """Read `kill`, `pkill`, `killall`: processes of this host; signal 0 only asks whether there is one."""
    if "-0" in call.texts[:2] or "-l" in call.texts[:1]:
        return Effect(role=Role.PROBE, label=call.name)
    return Effect(
        label=call.name, traits=((Trait.NEEDS_HOST, f"`{call.name}` ends a process of this host"),), controls=True
    )


def file_event(call: Invocation) -> Effect:
    """Read `inotifywait` and its kin: they wait for a change below a path; `-t` is how long (inotifywait(1))."""
    valued = frozenset({"-e", "--event", "-t", "--timeout", "--format", "--exclude", "--include", "-o", "--fromfile"})
    got = sort_out(call.arguments, valued)
    longest = got.last("-t", "--timeout")
    waits = tuple(
        Waiting(WaitKind.FILE, place.text, timeout=None if longest is None else number(longest.text))
        for place in got.rest[:1]
    )
    return Effect(kind=StepKind.WAIT, label=call.name, touches=reads(*got.rest, confidence=0.6), waits=waits)


def crontab(call: Invocation) -> Effect:
    """Read `crontab`: `-l` writes the table out, otherwise the host's schedule is changed."""
    if "-l" in call.texts:
        return Effect(
            label="crontab -l", dumps=True, traits=((Trait.NEEDS_HOST, "`crontab -l` lists this host's jobs"),)
        )
    return Effect(label="crontab", maintains="changes the host's own schedule")


def listing(call: Invocation) -> Effect:
    """Read a program that lists the host's state on its output."""
    return Effect(label=call.name, dumps=True)


_READERS: dict[str, Reader] = {name: _tending(why) for why, names in _TENDS.items() for name in names.split()}
_SWITCHING = """
    systemctl service rc-service invoke-rc.d supervisorctl rcctl apachectl apache2ctl initctl launchctl pm2 sv rc.d
    nginx httpd s6-svc
"""
_READERS |= dict.fromkeys(_SWITCHING.split(), service)
_READERS |= {"journalctl": journal, "logrotate": log_rotation, "run-parts": folder_runner, "crontab": crontab}
_READERS |= dict.fromkeys(("inotifywait", "fswatch"), file_event)
_READERS |= dict.fromkeys((name for name in _DETACHED if name not in _READERS), server)
_READERS |= dict.fromkeys(("kill", "pkill", "killall", "skill"), process_end)
_READERS |= dict.fromkeys(("getfacl", "sfdisk", "lshw", "dmidecode", "mailstats", "pflogsumm"), listing)
_READERS |= dict.fromkeys(("cronjob-runner", "run-cron"), folder_runner)
_READERS |= dict.fromkeys(("run-crons", "anacron"), _tending("starts the host's own periodic folders"))

FAMILY = Family("host", _READERS)

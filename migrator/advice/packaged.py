"""Entries that packages of the system bring along, by the name of their file: they tend the host that they are on.

The names are those of Debian's, Ubuntu's and Red Hat's own packages (`dpkg -S /etc/cron.daily/*`, `rpm -qf`), and of
the folders that cron(8), anacron(8) and Alpine's busybox run. A file of one's own has another name, or does the same.
"""

import re

from migrator.model import Job

# Where `etc` itself was given, its files begin with what is below it.
_PLACE = re.compile(r"(?:\A|(?:\A|/)etc/)(?:cron\.(?:d|hourly|daily|weekly|monthly)|periodic/[\w-]+)/([^/]+)\Z")
_LISTED = """
    apt apt-compat apt-listbugs apt-show-versions apt-xapian-index apticron aptitude cron-apt debtags dlocate dpkg
    unattended-upgrades update-notifier-common ubuntu-advantage-tools upstart ureadahead google-chrome etckeeper
    0yum-daily.cron 0yum-hourly.cron 0yum.cron yum.cron yum-cron yum-autoupdate dnf-automatic rpm rhsmd rhnsd prelink
    locate mlocate mlocate.cron plocate slocate.cron man-db man-db.cron makewhatis.cron 0makewhatis.cron bsdmainutils
    passwd standard sysklogd sysstat popularity-contest quota logrotate logwatch 0logwatch 00logwatch tmpwatch
    tmpreaper readahead.cron readahead-monthly.cron cups cracklib-runtime ca-certificates
    anacron 0anacron 0hourly dailyjobs mdadm raid-check 99-raid-check e2scrub_all fstrim zfsutils-linux btrfs-scrub
    lvm2 smartmontools mcelog.cron hdparm
    apache2 php php5 php7 exim4-base exim sendmail postfix spamassassin sa-update amavisd-new samba ntp ntpsec dhcpcd
    chkrootkit rkhunter aide tripwire tiger debsums john certwatch
    munin munin-node munin-async munin-master pcp-pmlogger pcp-pmie vnstat
"""
_NAMES = frozenset(_LISTED.split())


def comes_with_a_package(job: Job) -> str | None:
    """Give the name of the package's file that holds an entry, None for any other place."""
    match = _PLACE.search(job.origin.path)
    return match[1] if match and match[1] in _NAMES else None

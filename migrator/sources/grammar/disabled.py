"""Tell an entry that was commented out from prose.

Only a comment that is a whole entry, with five fields in plain syntax or a nickname and a command that looks like one,
counts. A sentence that begins with a number does not.
"""

from __future__ import annotations

import re

from migrator.model import Dialect
from migrator.schedules.cron import Rejection, read_front

_ELEMENT = r"(?:\*|[0-9]{1,2}(?:[-~][0-9]{1,2})?|[A-Za-z]{3}(?:-[A-Za-z]{3})?)(?:/[0-9]{1,2})?"
_FIELD = rf"{_ELEMENT}(?:,{_ELEMENT})*"
_PLAIN_FIELDS = re.compile(rf"{_FIELD}(?:[ \t]+{_FIELD}){{4}}[ \t]")
_USER = re.compile(r"[a-z_][a-z0-9_.-]*\$?[ \t]+")
_COMMAND = re.compile(
    r"""(?:
      ~?/ | \.{1,2}/ | \$[({A-Za-z_] | [(\[{`] | "(?:/|\$) | '/ | %
    | [A-Za-z_][A-Za-z0-9_]*=[^ \t]* [ \t]+ \S
    | [A-Za-z0-9_.+-]+/[A-Za-z0-9_.+/-]+
    | [A-Za-z0-9_+-]+\.(?:sh|bash|ksh|csh|py|pl|php|rb|js|jar|R|exe|bat)\b
    )""",
    re.VERBOSE,
)
_PROGRAMS = frozenset(
    """ansible-playbook apt apt-get aws awk bash borg bundle bzip2 cat cd certbot chmod chown command composer cp curl
    date dehydrated docker docker-compose drush echo env exec export find flock gcloud git go grep gsutil gunzip gzip
    hdfs hive hadoop if ionice java journalctl kill killall kubectl logrotate logger lftp mail mailx make mkdir mongodump
    mv mysql mysqldump nice node nodejs nohup npm npx ntpdate perl pg_dump pgrep php ping pip pkill podman psql python
    python2 python3 rclone reboot restic rm rsync ruby run-one run-parts R Rscript s3cmd scp screen sed sendmail service
    setlock sh shutdown sleep snap source spark-submit sqlite3 sqlplus ssh sshpass su sudo supervisorctl sync systemctl
    tail tar tee test time timeout tmux touch true umask unzip update-rc.d uv vacuumdb wget while xargs yarn yum zip zsh
    chronic bin php-cgi rake for unset set dnf drop_caches mount umount rsnapshot sa-learn savelog cpulimit lockf
    mysqlcheck mysqladmin ntpd pg_dumpall php5 php7 php8 python3.11 dash ksh csh tcsh fcron wp artisan""".split()
)
_PROSE = re.compile(r"^(?:\S+[ \t]+)?(?:is|are|means|runs|will|would|we|every|and|or|to|the)\b", re.IGNORECASE)


def is_commented_out(comment: str, *, user_column: bool) -> bool:
    """Say whether a comment (with its `#`) is a whole entry commented out."""
    text = comment.lstrip("# \t")
    if text.startswith("@"):
        front = read_front(text, Dialect.DEBIAN)
    elif _PLAIN_FIELDS.match(text):
        front = read_front(text, Dialect.CRONIE)
    else:
        return False
    if isinstance(front, Rejection):
        return False
    rest = text[front.rest :]
    if _looks_like_command(rest):
        return True
    user = _USER.match(rest)
    return user is not None and (user_column or rest.startswith("root")) and _looks_like_command(rest[user.end() :])


def _looks_like_command(text: str) -> bool:
    words = text.split(None, 1)
    if not words or _PROSE.match(text):
        return False
    return words[0] in _PROGRAMS or _COMMAND.match(text) is not None

"""Tell an entry that was commented out from prose.

Only a comment that is a whole entry, with five fields in plain syntax or a nickname and a command that looks like one,
counts. A sentence that begins with a number does not.
"""

from __future__ import annotations

import re

from migrator.model import Dialect
from migrator.schedules.cron import Rejection, read_front
from migrator.sources.grammar.switched_off import switched_off_job
from migrator.sources.usual_programs import USUAL_PROGRAMS

_ELEMENT = r"(?:\*|[0-9]{1,2}(?:[-~][0-9]{1,2})?|[A-Za-z]{3}(?:-[A-Za-z]{3})?)(?:/[0-9]{1,2})?"
_FIELD = rf"{_ELEMENT}(?:,{_ELEMENT})*"
_PLAIN_FIELDS = re.compile(rf"{_FIELD}(?:[ \t]+{_FIELD}){{4}}[ \t]")
_BEGINNINGS = frozenset("0123456789*@")
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
_OTHER_PROGRAMS = """
    R Rscript ansible-playbook bzip2 chmod chown command cpulimit dehydrated fcron gsutil gunzip hadoop hdfs hive
    journalctl lftp lockf logrotate mkdir mount mysqladmin mysqlcheck nodejs ntpd ntpdate pg_dumpall pgrep php-cgi php5
    php7 php8 ping pip rsnapshot run-one sa-learn savelog sendmail setlock snap spark-submit sqlplus sshpass
    supervisorctl sync tcsh tee umask umount unset unzip update-rc.d uv vacuumdb xargs
"""
_PROGRAMS = USUAL_PROGRAMS.union(_OTHER_PROGRAMS.split())
# Behind a user any word before a path is a program: `root wrapper /opt/job`.
_WRAPPED = re.compile(r"[a-z][a-z0-9_-]*[ \t]+~?/[\w.-]+/[\w.-]")
# What Debian's crontab(1) puts at the top of each new tab, as an example.
_EXAMPLE = "tar -zcf /var/backups/home.tgz /home/"
_PROSE = re.compile(r"^(?:\S+[ \t]+)?(?:is|are|means|runs|will|would|we|every|and|or|to|the)\b", re.IGNORECASE)


def is_commented_out(comment: str, *, user_column: bool) -> bool:
    """Say whether a comment (with its `#`) is a whole entry commented out."""
    if switched_off_job(comment) is not None:
        return True
    text = comment.lstrip("# \t")
    if text[:1] not in _BEGINNINGS:
        return False
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
    if user is None or not (user_column or rest.startswith("root")):
        return False
    behind = rest[user.end() :]
    return _looks_like_command(behind) or (_WRAPPED.match(behind) is not None and not _PROSE.match(behind))


def _looks_like_command(text: str) -> bool:
    words = text.split(None, 1)
    if not words or _PROSE.match(text) or text.rstrip() == _EXAMPLE:
        return False
    return words[0] in _PROGRAMS or _COMMAND.match(text) is not None

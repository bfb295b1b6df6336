"""Whether a job uses a setting of its crontab: it or a script of it names the variable, or a program looks for it."""

import re
from functools import lru_cache

from migrator.commands.facts import CommandFacts
from migrator.model import Job

# What is read from the environment without being named on a command line.
_LOOKED_FOR = {
    "PGPASSWORD": frozenset({"psql", "pg_dump", "pg_dumpall", "pg_restore", "pg_basebackup", "vacuumdb", "reindexdb"}),
    "MYSQL_PWD": frozenset({"mysql", "mysqldump", "mysqladmin", "mariadb", "mariadb-dump"}),
    "AWS_SECRET_ACCESS_KEY": frozenset({"aws", "s3cmd"}),
    "AWS_SESSION_TOKEN": frozenset({"aws", "s3cmd"}),
    "RESTIC_PASSWORD": frozenset({"restic"}),
    "BORG_PASSPHRASE": frozenset({"borg", "borgmatic"}),
    "RCLONE_CONFIG_PASS": frozenset({"rclone"}),
    "SSHPASS": frozenset({"sshpass"}),
}
_NOBODY: frozenset[str] = frozenset()


def uses(name: str, job: Job, facts: CommandFacts) -> bool:
    """Say whether the command, or a step of a script that was read, uses a setting."""
    pattern = _use_of(name)
    if pattern.search(job.command) or any(pattern.search(step.text) for step in facts.steps):
        return True
    programs = _LOOKED_FOR.get(name, _NOBODY)
    return any(step.program.rpartition("/")[2] in programs for step in facts.steps)


@lru_cache(maxsize=1024)
def _use_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"\$\{{?{re.escape(name)}\b")

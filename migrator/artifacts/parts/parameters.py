"""What a person must fill in for one file: hosts, users, secrets, a zone. Nothing here has a made-up default."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from migrator.artifacts.calls.values import Asked
from migrator.artifacts.parts.cloudformation import Json, described, ref
from migrator.artifacts.parts.secrets import Secret
from migrator.plan.jobs import JobPart

_NOT_LOGICAL = re.compile(r"[^A-Za-z0-9]+")
# SendCommand takes 50, but a role's policies have room for 10,240 characters in all (IAM quotas).
MOST_INSTANCES = 20
TAG = "migrator-hosts"  # a policy's condition names the tag's key, so it cannot be a parameter
_INSTANCE = "^m?i-[0-9a-f]{8,17}$"
_SECRET = "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+$"  # noqa: S105 - a pattern
_ZONE = "^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$"
_USER = "^[A-Za-z_][A-Za-z0-9_.-]{0,63}$"
_ROLE = "^[A-Za-z0-9+=,.@_-]{1,64}$"
_NAME = "^[A-Za-z][A-Za-z0-9-]{0,127}$"


def logical(text: str, longest: int = 40) -> str:
    """Make a part of a logical id: ASCII letters and digits."""
    words = _NOT_LOGICAL.sub(" ", text[:400]).split()
    return "".join(word[:1].upper() + word[1:] for word in words)[:longest]


@dataclass(slots=True)
class Parameters:
    """The parameters of one file, in the order in which they were asked for, each with what it is."""

    hosts: tuple[str | None, ...]
    declared: dict[str, Json] = field(default_factory=dict)
    told: dict[str, str] = field(default_factory=dict)
    _names: dict[tuple[str, ...], str] = field(default_factory=dict)

    def base_stack(self) -> None:
        """Ask for the shared stack; `imported` refers to it."""
        self._ask(("base",), "BaseStack", "the name of the stack made of base.yaml", _NAME)

    @property
    def by_tag(self) -> bool:
        """Say whether the hosts are too many to name each."""
        return len(self.hosts) > MOST_INSTANCES

    def instances(self, hosts: Sequence[str | None] | None = None) -> list[Json]:
        """Ask for the id in Systems Manager of each of the file's hosts, or of some of them."""
        return [
            self._ask(
                ("host", host or ""),
                f"InstanceOf{logical(host)}" if host else "Instance",
                f"the id in Systems Manager (i-... or mi-...) of {host or 'the host that has this crontab'}",
                _INSTANCE,
            )
            for host in (self.hosts if hosts is None else hosts)
        ]

    def tag(self) -> Json:
        """Ask for the value of a tag that these hosts have and no other has."""
        what = f"the value of the tag {TAG} that these {len(self.hosts)} hosts have and no other host has"
        return self._ask(("tag",), "HostsTag", what, "^[A-Za-z0-9+=._:/@-]{1,256}$")

    def zone(self, name: str | None) -> Json:
        """Give the zone, or ask for it where no file says it."""
        if name is not None:
            return name
        what = "the time zone that the host's cron goes by (IANA, such as Europe/Paris); no file says it"
        return self._ask(("zone",), "TimeZone", what, _ZONE)

    def user(self, job: JobPart) -> Json:
        """Give the user, or ask for the owner of the crontab."""
        if job.user is not None:
            return job.user
        path = job.origin.path
        what = f"the user that cron runs the jobs of {path} as, such as the owner of that crontab"
        return self._ask(("user", path), f"UserOf{logical(path, 60)}", what, _USER)

    def secret(self, secret: Secret) -> Json:
        """Ask for the secret that holds what stands in a mark's place."""
        what = (
            f"the ARN of a secret in Secrets Manager whose plain text is what stands at {secret.place} in place of "
            f"{secret.mark}{f' number {secret.number}' if secret.number > 1 else ''}, written as it is there"
        )
        base = f"SecretOf{logical(secret.place, 60)}" + (f"Number{secret.number}" if secret.number > 1 else "")
        return self._ask(("secret", secret.place, str(secret.number)), base, what, _SECRET)

    def host_roles(self) -> Json:
        """Ask for the roles that the hosts have."""
        key = ("roles",)
        if key not in self._names:
            what = "the names of the hosts' own IAM roles, by commas; they get leave to read the secrets above"
            self._ask(key, "HostRoles", what, None)
            self.declared["HostRoles"] = {"Type": "CommaDelimitedList", "Description": described(what)}
        return ref("HostRoles")

    def of_call(self, asked: Asked, owner: str) -> Json:
        """Ask for what a cloud call of a job or task, the `owner`, needs and no file says."""
        given = self._ask(("call", asked.name, owner), f"{asked.name}Of{logical(owner, 60)}", asked.what, asked.pattern)
        if asked.many and isinstance(given, dict):
            declared = self.declared[str(given["Ref"])]
            if isinstance(declared, dict):
                declared["Type"] = "CommaDelimitedList"
        return given

    def airflow_role(self) -> Json:
        """Ask for the role that runs Airflow's tasks."""
        what = "the name of the IAM role that Airflow's workers have (for MWAA: its execution role)"
        return self._ask(("airflow",), "AirflowRole", what, _ROLE)

    def _ask(self, key: tuple[str, ...], wanted: str, what: str, pattern: str | None) -> Json:
        if key not in self._names:
            name, number = wanted, 2
            while name in self.declared:
                name, number = f"{wanted}{number}", number + 1
            self._names[key] = name
            declared: dict[str, Json] = {"Type": "String", "Description": described(what)}
            self.declared[name] = declared | ({"AllowedPattern": pattern} if pattern else {})
            self.told[name] = what
        return ref(self._names[key])

"""`aws redshift-data execute-statement`: a statement for Redshift. It has no `.sync`: its end is asked for."""

from __future__ import annotations

from migrator.artifacts.calls.call import Allowed, Call, Poll, State, events, universal
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import checked
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Asked, Value, free_text, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "sql": Option("Sql"),
    "cluster-identifier": Option("ClusterIdentifier"),
    "workgroup-name": Option("WorkgroupName"),
    "database": Option("Database"),
    "db-user": Option("DbUser"),
    "secret-arn": Option("SecretArn"),
    "statement-name": Option("StatementName"),
    "with-event": Option("WithEvent", Kind.FLAG),
}
_WORKGROUP = "^arn:aws[a-z-]*:redshift-serverless:[a-z0-9-]+:[0-9]{12}:workgroup/[a-z0-9-]+$"
_SECRET = r"arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[A-Za-z0-9/_+=.@-]+"  # noqa: S105 - a pattern
_CLUSTER = r"[a-z][a-z0-9-]{0,62}"
_POLL = Poll(
    "arn:aws:states:::aws-sdk:redshiftdata:describeStatement",
    {"Id.$": "$.Id"},
    "Status",
    frozenset({"FINISHED"}),
    frozenset({"FAILED", "ABORTED"}),
)


def call(given: Given) -> Call:
    """Read a statement; raise CannotBeSaidError."""
    found = members(given, OPTIONS)
    if given.operands:
        msg = "it has words that are no options"
        raise CannotBeSaidError(msg)
    allowed = _where(given, found)
    if "Sql" not in found or "Database" not in found:
        if not given.declared:
            msg = "it has no statement, or no database"
            raise CannotBeSaidError(msg)
        sql = free_text("Sql", f"the SQL of {given.subject}; no file has it")
        database = Asked("Database", f"the database that {given.subject} goes to", "^[A-Za-z0-9_$-]{1,64}$")
        found = {"Sql": sql, "Database": database, **found}
    if given.name:
        found.setdefault("StatementName", given.name)
    if given.declared:
        found["WithEvent"] = True
    looks = Allowed(("redshift-data:DescribeStatement",), ("*",))
    state = State("arn:aws:states:::aws-sdk:redshiftdata:executeStatement", found, allowed)
    polled = State(state.resource, found, (*allowed, looks), _POLL)
    failures = events(
        "redshift-data",
        "Redshift Data Statement Status Change",
        statementName=(found.get("StatementName"),),
        state=("FAILED", "ABORTED"),
    )
    return Call(
        "redshiftdata",
        "executeStatement",
        found,
        state,
        polled,
        universal("redshiftdata", "executeStatement", found, *allowed),
        given.notes,
        failures if found.get("WithEvent") and "StatementName" in found else None,
        given.declared,
    )


def _where(given: Given, found: dict[str, Value]) -> tuple[Allowed, ...]:
    """Say where the statement goes and as whom, and give what the caller needs for it."""
    cluster, workgroup, secret, user = (
        found.get(member) for member in ("ClusterIdentifier", "WorkgroupName", "SecretArn", "DbUser")
    )
    if isinstance(secret, str):
        secret = checked(secret, "secret", _SECRET)
    reads = (Allowed(("secretsmanager:GetSecretValue",), (secret,)),) if secret else ()
    if isinstance(cluster, str):
        name = checked(cluster, "cluster", _CLUSTER)
        there = own_arn("redshift", f"cluster:{name}")
        if not reads:
            return (Allowed(("redshift-data:ExecuteStatement",), (there,)), *_as_user(name, user, found))
        return (Allowed(("redshift-data:ExecuteStatement",), (there,)), *reads)
    if isinstance(workgroup, str) and not workgroup.startswith("arn:") and not given.declared:
        msg = "a policy needs the id of its workgroup, which is not in its name"
        raise CannotBeSaidError(msg)
    if workgroup is None and not given.declared:
        msg = "it names neither cluster nor workgroup"
        raise CannotBeSaidError(msg)
    if isinstance(workgroup, str) and workgroup.startswith("arn:"):
        group: Value = checked(workgroup, "workgroup", _WORKGROUP.strip("^$"))
    else:
        what = f"the ARN of the workgroup of Redshift Serverless that {given.subject} goes to"
        group = Asked("Workgroup", f"{what}; for a cluster, say `cluster-identifier` in the manifest", _WORKGROUP)
    found["WorkgroupName"] = group
    signs = reads or (Allowed(("redshift-serverless:GetCredentials",), (group,)),)
    return (Allowed(("redshift-data:ExecuteStatement",), (group,)), *signs)


def _as_user(cluster: str, user: Value, found: dict[str, Value]) -> tuple[Allowed, ...]:
    database = found.get("Database")
    if not isinstance(user, str) or not isinstance(database, str):
        msg = "it names neither a secret nor a user and a database to sign in with"
        raise CannotBeSaidError(msg)
    user, database = checked(user, "user"), checked(database, "database")
    resources = (
        own_arn("redshift", f"dbuser:{cluster}/{user}"),
        own_arn("redshift", f"dbname:{cluster}/{database}"),
    )
    return (Allowed(("redshift:GetClusterCredentials",), resources),)

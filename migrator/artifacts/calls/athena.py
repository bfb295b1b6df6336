"""`aws athena start-query-execution`: a query of Athena."""

from __future__ import annotations

from migrator.artifacts.calls.call import Allowed, Call, events, integrated
from migrator.artifacts.calls.given import Given
from migrator.artifacts.calls.names import checked
from migrator.artifacts.calls.options import Kind, Option, members
from migrator.artifacts.calls.values import Asked, Value, free_text, own_arn
from migrator.artifacts.parts.file import CannotBeSaidError

OPTIONS = {
    "query-string": Option("QueryString"),
    "query-execution-context": Option("QueryExecutionContext", Kind.STRUCTURE),
    "result-configuration": Option("ResultConfiguration", Kind.STRUCTURE),
    "work-group": Option("WorkGroup"),
}
_SHORT = frozenset({"database", "catalog", "output-location"})
_GROUP = r"[A-Za-z0-9._-]{1,128}"
_NEEDS = (
    "Athena reads the data and writes the answer as the role that asks: it needs leave for the query's tables in Glue, "
    "their objects in S3 and the place of the answers, which no file names (parameter QueryPolicy)."
)
POLICY = Asked(
    "QueryPolicy",
    "the ARN of a managed policy that lets the query read its tables and objects and write its answer",
    "^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[A-Za-z0-9+=,.@/_-]+$",
)


def call(given: Given) -> Call:
    """Read a query; raise CannotBeSaidError."""
    short = {key: text for key, text in given.options.items() if given.declared and key in _SHORT}
    found = members(given, OPTIONS, frozenset(short))
    if given.operands:
        msg = "it has words that are no options"
        raise CannotBeSaidError(msg)
    if "QueryString" not in found:
        if not given.declared:
            msg = "it has no query"
            raise CannotBeSaidError(msg)
        found["QueryString"] = free_text("Query", f"the SQL of {given.subject}; no file has it")
    group = found.pop("WorkGroup", None)
    if group is None and given.name and not given.name.endswith(".sql"):
        group = given.name
    group = checked(group if isinstance(group, str) else "primary", "workgroup", _GROUP)
    parameters: dict[str, Value] = found | {"WorkGroup": group} | _shortened(short)
    there = own_arn("athena", f"workgroup/{group}")
    starts = Allowed(("athena:StartQueryExecution",), (there,))
    follows = Allowed(("athena:StopQueryExecution", "athena:GetQueryExecution"), (there,))
    return integrated(
        "athena",
        "startQueryExecution",
        parameters,
        (starts,),
        (follows,),
        failures=events(
            "athena", "Athena Query State Change", workgroupName=(group,), currentState=("FAILED", "CANCELLED")
        ),
        notes=(*given.notes, _NEEDS),
        declared=given.declared,
        policies=(POLICY,),
    )


def _shortened(short: dict[str, str]) -> dict[str, Value]:
    context = {member: short[key] for key, member in (("database", "Database"), ("catalog", "Catalog")) if key in short}
    found: dict[str, Value] = {"QueryExecutionContext": context} if context else {}
    if "output-location" in short:
        found["ResultConfiguration"] = {"OutputLocation": short["output-location"]}
    return found

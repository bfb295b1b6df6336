"""The shells of document databases: mongosh(1), mongo(1)."""

from __future__ import annotations

from migrator.commands.connections import database, needs_host
from migrator.commands.facts import StepKind
from migrator.commands.invocation import Effect, Family, Invocation, Reader, Space, Touch, reads, sort_out
from migrator.commands.languages import mongo
from migrator.commands.values import literal

_VALUED = frozenset(
    ["-u", "--username", "-p", "--password", "--authenticationDatabase", "--host", "--port", "--eval", "-f", "--file"]
)


def mongo_shell(call: Invocation) -> Effect:
    """Read `mongosh`: the collections of `--eval` and of a here document; files are given behind the database."""
    got = sort_out(call.arguments, _VALUED)
    scripts = tuple(value for value in got.rest if value.text.endswith((".js", ".mongodb")))
    named = next((value for value in got.rest if value not in scripts), None)
    base = named.known if named is not None and "://" not in named.text else database(named)
    name = (base or "").rpartition("/")[2]
    texts = [text.text for text in got.every("--eval")] + [call.stdin or ""]
    touches = [
        Touch(found.mode, literal(f"{name}.{found.name}" if name else found.name), 0.9, Space.TABLE)
        for text in texts
        for found in mongo.collections(text)
    ]
    files = reads(*scripts, *got.every("-f", "--file"))
    needs = needs_host(call, got, named)
    return Effect(kind=StepKind.DATABASE, touches=(*touches, *files), traits=needs, database=name)


_READERS: dict[str, Reader] = {"mongosh": mongo_shell, "mongo": mongo_shell}

FAMILY = Family("documents", _READERS)

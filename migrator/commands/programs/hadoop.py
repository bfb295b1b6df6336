"""Hadoop file system shell and its kin (`hdfs dfs`, `hadoop fs`, distcp, sqoop)."""

from __future__ import annotations

from migrator.commands.facts import StepKind, WaitKind
from migrator.commands.hints import with_slash
from migrator.commands.invocation import (
    Effect,
    Family,
    Invocation,
    Reader,
    Role,
    Space,
    Touch,
    Waiting,
    deletes,
    reads,
    sort_out,
    writes,
)
from migrator.commands.paths import hdfs
from migrator.commands.values import Value


def file_shell(call: Invocation) -> Effect:
    """Read `hdfs dfs -put …`: which side is local is told by the command (FileSystemShell manual)."""
    words = [v for v in call.arguments if v.text not in ("dfs", "fs")]
    if not words or not words[0].text.startswith("-"):
        return _tool(call)
    action = words[0].text
    places = tuple(v for v in words[1:] if not v.text.startswith("-"))
    label = f"{call.name} {action.removeprefix('-')}"
    touches: tuple[Touch, ...] = ()
    if action == "-test":
        seen = tuple(Waiting(WaitKind.OBJECT, hdfs(place.text, None).name) for place in places[-1:])
        return Effect(Role.PROBE, label=label, touches=reads(*places, space=Space.HDFS), waits=seen)
    if action in ("-put", "-copyFromLocal", "-moveFromLocal", "-appendToFile") and len(places) >= 2:
        touches = reads(*places[:-1]) + writes(_into(places[-1], places[:-1]), space=Space.HDFS)
    elif action in ("-get", "-copyToLocal", "-getmerge", "-moveToLocal") and len(places) >= 2:
        touches = reads(*places[:-1], space=Space.HDFS) + writes(places[-1])
    elif action in ("-cp", "-mv") and len(places) >= 2:
        touches = reads(*places[:-1], space=Space.HDFS) + writes(places[-1], space=Space.HDFS)
    elif action in ("-rm", "-rmr", "-rmdir", "-expunge"):
        touches = deletes(*places, space=Space.HDFS)
    elif action in ("-touchz", "-mkdir"):
        touches = writes(*places, space=Space.HDFS) if action == "-touchz" else ()
    else:
        touches = reads(*places, space=Space.HDFS)
    return Effect(kind=StepKind.TRANSFER, label=label, touches=touches, carries=True)


def _into(target: Value, sources: tuple[Value, ...]) -> Value:
    """Name a folder as one where several files, or a glob, go into it."""
    several = len(sources) > 1 or any("*" in source.text for source in sources)
    return with_slash(target) if several else target


def _tool(call: Invocation) -> Effect:
    words = [v for v in call.arguments if not v.text.startswith("-")]
    action = words[0].text if words else ""
    if action == "distcp" and len(words) >= 3:
        return Effect(
            kind=StepKind.TRANSFER,
            label=f"{call.name} distcp",
            touches=reads(*words[1:-1], space=Space.HDFS) + writes(words[-1], space=Space.HDFS),
            carries=True,
        )
    return Effect(label=f"{call.name} {action}".strip())


def sqoop(call: Invocation) -> Effect:
    """Read sqoop: `import` reads `--table` and writes `--target-dir`, `export` the other way round."""
    valued = frozenset(a.text for a in call.arguments if a.text.startswith("--"))
    got = sort_out(call.arguments, valued)
    action = got.rest[0].text if got.rest else ""
    tables, folders = got.every("--table"), got.every("--target-dir", "--export-dir", "--warehouse-dir")
    hive = got.every("--hive-table")
    if action == "export":
        touches = reads(*folders, space=Space.HDFS) + writes(*tables, space=Space.TABLE)
    else:
        touches = (
            reads(*tables, space=Space.TABLE) + writes(*folders, space=Space.HDFS) + writes(*hive, space=Space.TABLE)
        )
    return Effect(kind=StepKind.DATABASE, label=f"sqoop {action}".strip(), touches=touches)


_READERS: dict[str, Reader] = {"hdfs": file_shell, "hadoop": file_shell, "sqoop": sqoop}
_READERS |= {name: (lambda call: Effect(label=call.name)) for name in ("oozie", "pig", "mapred", "flume-ng", "distcp")}

FAMILY = Family("hadoop", _READERS)

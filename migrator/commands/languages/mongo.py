"""Find the collections that a text for the mongo shell reads and writes.

`db.NAME.METHOD(…)`, `db.getCollection('NAME')` and the stages of an aggregation that join or keep collections
(mongodb.com/docs/manual/reference/method, …/operator/aggregation). What a loop over names does stays unseen.
"""

from __future__ import annotations

import re

from migrator.commands.languages.sql import TableTouch
from migrator.commands.languages.words import named
from migrator.model import Mode

_LONGEST = 400_000
_COMMENT = re.compile(r"(?<![:\"'])//[^\n]*|/\*.*?(?:\*/|\Z)", re.DOTALL)
_QUOTED = r"""["']([\w.$-]{1,120})["']"""
_CALL = re.compile(
    rf"\bdb(?:\.getCollection\(\s{{0,9}}{_QUOTED}\s{{0,9}}\)|\[\s{{0,9}}{_QUOTED}\s{{0,9}}\]|\.([A-Za-z_]\w{{0,119}}))"
    r"\s{0,40}\.\s{0,9}([A-Za-z]{3,40})\s{0,9}\("
)
_STAGE = re.compile(
    rf"""["']?\$(out|merge|lookup|unionWith|graphLookup)["']?\s{{0,20}}:\s{{0,20}}(?:{_QUOTED}|\{{([^{{}}]{{0,400}}))"""
)
_NAMED = re.compile(rf"""["']?(?:into|from|coll)["']?\s{{0,20}}:\s{{0,20}}{_QUOTED}""")
MODES = {
    **dict.fromkeys(
        named("find findOne aggregate count countDocuments estimatedDocumentCount distinct mapReduce watch"), Mode.READ
    ),
    **dict.fromkeys(
        named(
            """
            insert insertOne insertMany update updateOne updateMany replaceOne bulkWrite save findAndModify
            findOneAndUpdate findOneAndReplace renameCollection
            """
        ),
        Mode.WRITE,
    ),
    **dict.fromkeys(named("deleteOne deleteMany remove drop findOneAndDelete"), Mode.DELETE),
}
"""What becomes of a collection by the shell's methods."""


def collections(text: str) -> list[TableTouch]:
    """List the collections of a text in order; each name once for each mode."""
    clean = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text[:_LONGEST])
    found: dict[tuple[str, Mode], int] = {}
    for match in _CALL.finditer(clean):
        mode = MODES.get(match[4])
        if mode is not None:
            found.setdefault((match[1] or match[2] or match[3], mode), match.start())
    for match in _STAGE.finditer(clean):
        inner = _NAMED.search(match[3] or "")
        name = match[2] or (inner[1] if inner else "")
        if name:
            found.setdefault((name, Mode.WRITE if match[1] in ("out", "merge") else Mode.READ), match.start())
    placed = sorted((start, name, mode) for (name, mode), start in found.items())
    touches: list[TableTouch] = []
    line, seen = 1, 0
    for start, name, mode in placed:
        line += clean.count("\n", seen, start)
        seen = start
        touches.append(TableTouch(name, mode, line))
    return touches

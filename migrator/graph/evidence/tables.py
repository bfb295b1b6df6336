"""A table that one job fills and another reads.

**Speaks** when the statement that writes and the one that reads are both found: SQL text, a client's options, a
collection.

**Confidence.** 0.9 for one name with its database or schema, 0.7 without: `orders` may lie in two databases. 0.68
where one side alone names the database and no other is known to have that table. 0.55 where one side names the whole
database.

Of two jobs that both read and write a table the one that adds rows comes before the one that only changes rows that are
there.

**Says nothing** of two jobs that use one database, that only read one table, or that both read it and add to it, nor of
an UPDATE of columns that the other's statements do not name, nor of rows in which another text stands than in those
that the other asks for (`kind = 'bus'` here, `kind = 'train'` there), nor of what four jobs or more of one script look
at when each has written its own. It speaks at half its confidence where two jobs
are given other words and each has a partner that is given its own (`load.py eu` and `report.py us`, beside `load.py us`
and `report.py eu`); so do folders and patterns.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each table."""
    for flow in scene.data.get(DependencyKind.TABLE, ()):
        yield through(flow, DependencyKind.TABLE, "tables")


EVIDENCE = EvidenceKind("tables", find)

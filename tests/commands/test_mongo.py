"""Scripts for the mongo shell: the collections that they read and write."""

import pytest

from migrator.commands.languages import mongo
from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes

REPORT = """// db.comment.insertOne({})
db.getCollection("duty").aggregate([
  { $match: { a: 1 } },
  { $lookup: { "from" : "people", localField: "id", as: "p" } },
  { $out: "mailing" },
]);
/* db.old.drop() */
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("db.a.find({x: 1}).sort({y: 1})", {("a", Mode.READ)}),
        ("db['a-b'].insertMany([])", {("a-b", Mode.WRITE)}),
        ("db.a.deleteMany({}); db.a.insertOne({})", {("a", Mode.DELETE), ("a", Mode.WRITE)}),
        ("db.a.aggregate([{$merge: {into: 'b', on: '_id'}}])", {("a", Mode.READ), ("b", Mode.WRITE)}),
        ("db.a.aggregate([{'$unionWith': 'c'}])", {("a", Mode.READ), ("c", Mode.READ)}),
        ("db.a.createIndex({x: 1}); db.stats(); db.adminCommand({ping: 1})", set()),
        ("mydb.a.find()", set()),
        ("print('http://x/db')", set()),
    ],
)
def test_collections_of_a_text(text: str, expected: set[tuple[str, Mode]]) -> None:
    """Methods say how a collection is touched; an index or a command of the server touches none."""
    assert {(found.name, found.mode) for found in mongo.collections(text)} == expected


def test_lines_and_comments() -> None:
    """A place is that of the text; what is commented out does not count."""
    found = [(one.name, one.line) for one in mongo.collections(REPORT)]
    assert found == [("duty", 2), ("people", 4), ("mailing", 5)]


@pytest.mark.parametrize(
    "call",
    [
        "mongosh --quiet -u a -p b staff /opt/report.js",
        "mongosh 'mongodb://h/staff' /opt/report.js",
        "mongo localhost/staff < /opt/report.js",
    ],
)
def test_a_file_that_the_shell_is_given(call: str) -> None:
    """Its collections lie in the database of the call."""
    found = facts(call, {"opt/report.js": REPORT})
    assert {"staff.duty", "staff.people"} <= reads(found)
    assert writes(found) == {"staff.mailing"}


def test_a_text_on_the_line() -> None:
    """`--eval`, and a database that nobody names."""
    assert touched(facts("mongosh --eval 'db.a.remove({})'"), Mode.DELETE) == {"a"}
    found = facts("D=; mongoimport --db $D --authenticationDatabase=$D --collection x --file /x.csv")
    assert (reads(found), writes(found)) == ({"/x.csv"}, set())

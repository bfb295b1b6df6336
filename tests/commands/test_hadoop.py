"""The Hadoop file system shell, distcp and sqoop."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, names, reads, touched, writes


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("hdfs dfs -put /l/x.csv /h/in", {"/l/x.csv"}, {"hdfs:///h/in"}),
        ("hdfs dfs -put /l/x.csv /l/y.csv /h/in", {"/l/x.csv", "/l/y.csv"}, {"hdfs:///h/in/"}),
        ("hadoop fs -copyFromLocal '/l/*.csv' /h/in", {"/l/*.csv"}, {"hdfs:///h/in/"}),
        ("hdfs dfs -get /h/x /l/x", {"hdfs:///h/x"}, {"/l/x"}),
        ("hadoop fs -getmerge /h/out/ /l/out.csv", {"hdfs:///h/out/"}, {"/l/out.csv"}),
        ("hdfs dfs -cp /h/a hdfs://nn:8020/h/b", {"hdfs:///h/a"}, {"hdfs:///h/b"}),
        ("hdfs dfs -mv a b", {"hdfs:///user/etl/a"}, {"hdfs:///user/etl/b"}),
        ("hdfs dfs -touchz /h/_SUCCESS", set(), {"hdfs:///h/_SUCCESS"}),
        ("hdfs dfs -mkdir -p /h/in", set(), set()),
        ("hdfs dfs -ls /h/in", {"hdfs:///h/in"}, set()),
        ("hadoop distcp /h/a s3a://bucket/a", {"hdfs:///h/a"}, {"s3://bucket/a"}),
        (
            "sqoop import --connect jdbc:mysql://h/shop --table orders --target-dir /h/orders",
            {"orders"},
            {"hdfs:///h/orders"},
        ),
        ("sqoop import --table orders --hive-table raw.orders", {"orders"}, {"raw.orders"}),
        ("sqoop export --table sums --export-dir /h/sums", {"hdfs:///h/sums"}, {"sums"}),
    ],
)
def test_which_side_is_local(command: str, read: set[str], written: set[str]) -> None:
    """By the command's word (FileSystemShell manual)."""
    found = facts(command, user="etl")
    assert reads(found) == read
    assert writes(found) == written


def test_what_is_removed() -> None:
    """A clean-up of the cluster's files."""
    assert touched(facts("hdfs dfs -rm -r -skipTrash /h/old"), Mode.DELETE) == {"hdfs:///h/old"}


def test_names_of_other_tools() -> None:
    """The tool's own word names the step."""
    assert names(facts("hdfs balancer")) == ["hdfs balancer"]
    assert names(facts("hadoop jar /opt/x.jar")) == ["hadoop jar"]
    assert names(facts("oozie job -run")) == ["oozie"]
    assert names(facts("sqoop import --table t")) == ["sqoop import"]

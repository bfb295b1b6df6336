"""What the shell and its standard input get of a command."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.model import Dialect
from migrator.sources.grammar import split_command
from tests.schedules.cron.golden import rows


@pytest.mark.parametrize("dialect", ["debian", "cronie"])
def test_commands_are_split_as_cron_splits_them(dialect: str) -> None:
    """All 150 recorded commands reach `sh -c` and standard input byte for byte."""
    for row in rows("golden_cmdsplit.jsonl.gz"):
        command, stdin = split_command(row["command"], Dialect(dialect))
        assert (command, stdin or "") == (row[dialect]["sh"], row[dialect]["stdin"]), row


@pytest.mark.parametrize(
    ("text", "command", "stdin"),
    [
        ("date +\\%F", "date +%F", None),
        ("date +%F", "date +", "F\n"),
        ("cat%line1%line2\\%literal", "cat", "line1\nline2%literal\n"),
        ("x %", "x ", ""),
        ("%", "", ""),
        ("a\\\\b", "a\\b", None),
        ("echo \"100%\"", 'echo "100', '"\n'),
        ("x\\", "x\\", None),
    ],
)  # fmt: skip
def test_percent_and_backslash_on_debian(text: str, command: str, stdin: str | None) -> None:
    """Trap 9 and hazards percent, backslash-collapse: quotes protect nothing."""
    assert split_command(text, Dialect.DEBIAN) == (command, stdin)


def test_cronie_keeps_double_backslashes() -> None:
    """Only Debian makes one of two."""
    assert split_command("a\\\\b", Dialect.CRONIE) == ("a\\\\b", None)


@pytest.mark.parametrize("dialect", [Dialect.BUSYBOX, Dialect.KUBERNETES])
def test_other_dialects_know_no_percent(dialect: Dialect) -> None:
    """The text reaches the shell as it stands."""
    assert split_command("date +%F \\% \\\\", dialect) == ("date +%F \\% \\\\", None)


@given(text=st.text(alphabet="ab\\%'\" \udcff", max_size=60))
def test_a_text_without_percent_and_backslash_is_not_touched(text: str) -> None:
    """Nothing else has a meaning to cron; and no byte of the command is made up."""
    for dialect in (Dialect.DEBIAN, Dialect.CRONIE):
        command, stdin = split_command(text, dialect)
        if "%" not in text and "\\" not in text:
            assert (command, stdin) == (text, None)
        assert len(command) + len(stdin or "") <= len(text) + 1
        assert (stdin is not None) == ("%" in text.replace("\\\\", "").replace("\\%", "")) or "\\" in text

"""Remarks on schedules that are accepted but surely not meant: what is said, and where nothing is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from migrator.model import Dialect, Schedule
from migrator.schedules.cron import Front, read, read_front, remarks


def kinds(text: str, dialect: Dialect = Dialect.DEBIAN) -> list[str]:
    """List the kinds of the remarks on an expression."""
    found = read(text, dialect)
    assert isinstance(found, Schedule), found
    return [remark.kind for remark in remarks(found)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("0 0 1,15 * 5", "dom-dow-or"),
        ("0 0 1-31 * 5", "dom-dow-or"),
        ("0 0 */2 * 1", "star-step-and"),
        ("0 0 *,1 * 5", "star-step-and"),
        ("0 0 1 * */1", "star-step-and"),
        ("0 0 * * 1#2", "sloppy-accepted"),
        ("1.5 * * * *", "sloppy-accepted"),
        ("0~30 1 * * *", "sloppy-accepted"),
        ("22-2 * * * *", "dead-schedule"),
        ("0 0 * * fri-sun", "dead-schedule"),
        ("0 0 30 2 *", "dead-schedule"),
        ("4294967297 * * * *", "numeric-wrap"),
        ("*/7 * * * *", "step-not-dividing"),
        ("0 */5 * * *", "step-not-dividing"),
        ("*/61 * * * *", "step-not-dividing"),
        ("5-5 * * * *", "nn-range"),
        ("5-5/1 * * * *", "nn-range"),
    ],
)
def test_a_trap_is_named(text: str, kind: str) -> None:
    """Each trap of the Time group that the text alone shows has its remark, and only that."""
    assert kinds(text) == [kind]


@pytest.mark.parametrize(
    "text",
    ["* * * * *", "*/5 * * * *", "*/60 * * * *", "0 0 * * 1-5", "0 0 1 * *", "0 */6 * * *", "5,35 1 1,15 * *", "@daily",
     "@weekly", "0 0 * jan mon", "05 08 09 08 *", "0 0 29 2 *", "15-55/5 * * * *"],
)  # fmt: skip
def test_nothing_is_said_of_a_plain_schedule(text: str) -> None:
    """Silence where nothing is odd."""
    assert kinds(text) == []


def test_the_remark_tells_the_real_meaning() -> None:
    """`1#2` is every Monday today; Quartz means another day."""
    found = read("0 0 * * 1#2", Dialect.DEBIAN)
    assert isinstance(found, Schedule)
    (remark,) = remarks(found)
    assert "as 1" in remark.text
    assert "Quartz" in remark.text


@pytest.mark.parametrize(
    ("text", "dialect", "expected"),
    [
        ("0~30 1 * * *", Dialect.CRONIE, ["random-start"]),
        ("@every 5m", Dialect.KUBERNETES, ["every-phase"]),
        ("TZ=UTC 0 0 * * *", Dialect.KUBERNETES, ["zone-in-schedule"]),
        ("TZ=UTC @daily", Dialect.KUBERNETES, ["zone-in-schedule"]),
        ("0 0 */2 * 1", Dialect.BUSYBOX, ["dom-dow-or"]),
        ("0 0 */2 * 1", Dialect.KUBERNETES, ["dom-dow-or"]),
        ("@reboot", Dialect.DEBIAN, []),
        ("@every 7m", Dialect.KUBERNETES, ["every-phase"]),
        ("TZ=UTC @every 7m", Dialect.KUBERNETES, ["zone-in-schedule", "every-phase"]),
    ],
)
def test_remarks_know_the_dialect(text: str, dialect: Dialect, expected: list[str]) -> None:
    """The same text means another thing elsewhere."""
    assert kinds(text, dialect) == expected


def test_a_broken_busybox_field_is_named() -> None:
    """Hazard source-dialect: weekday 7 is every day in busybox."""
    found = read_front("0 0 * * 7 x", Dialect.BUSYBOX)
    assert isinstance(found, Front)
    (remark,) = remarks(found.schedule, found.broken)
    assert remark.kind == "busybox-parse-error"
    assert remark.text.endswith("`7` and keeps what it had read so far: every day-of-week")
    assert found.schedule.fields is not None
    assert found.schedule.fields.weekday == 127


def test_a_long_text_is_remarked_on_all_the_same() -> None:
    """Long lists are not kept in memory, but read."""
    assert kinds(",".join(["1"] * 200) + " 0 1 * 5") == ["dom-dow-or"]


def test_only_blanks_separate_the_words() -> None:
    """A vertical tab is junk inside Debian's first field, not a separator: the days are still told right."""
    found = read_front("1\v2 0 1 * 5 x", Dialect.DEBIAN)
    assert isinstance(found, Front)
    assert [remark.kind for remark in remarks(found.schedule)] == ["sloppy-accepted", "dom-dow-or"]


def test_the_fields_decide_not_the_text_alone() -> None:
    """A schedule made without a text, or with another one's, is judged by its masks."""
    found = read("0 0 30 2 *", Dialect.DEBIAN)
    other = read("0 0 1 2 *", Dialect.DEBIAN)
    assert isinstance(found, Schedule)
    assert isinstance(other, Schedule)
    assert [remark.kind for remark in remarks(replace(found, text=""))] == ["dead-schedule"]
    assert remarks(replace(other, text=found.text)) == ()
    assert [remark.kind for remark in remarks(found)] == ["dead-schedule"]

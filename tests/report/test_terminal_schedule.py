"""One schedule on the terminal."""

import io
from datetime import UTC, datetime

import pytest

from migrator.model import Dialect
from migrator.report.terminal import print_schedule
from migrator.schedules.question import Question, answer

NOW = int(datetime(2026, 11, 22, 14, 30, tzinfo=UTC).timestamp())


def shown(text: str, zone: str | None = None, dialect: Dialect = Dialect.DEBIAN, end: int | None = None) -> str:
    """Print an answer at eighty columns."""
    stream = io.StringIO()
    given = answer(Question(text, dialect, zone, None, end, NOW, forms=True))
    print_schedule(given, stream, width=80, spanned=end is not None)
    assert all(len(line) <= 80 for line in stream.getvalue().splitlines())
    return stream.getvalue()


def test_a_daily_job():
    """Words, next fires with weekday and zone, each target with its verdict."""
    text = shown("30 2 * * *", "Europe/Paris")
    assert text.startswith(
        "30 2 * * *   (debian, Europe/Paris)\nRuns at 02:30 every day; 30.437 times a month on average."
    )
    assert "Next fires (Europe/Paris)\n  Mon 2026-11-23 02:30 CET\n" in text
    assert "EventBridge Scheduler and Step Functions: not the same minutes\n  cron(30 2 * * ? *)   Europe/Paris" in text
    assert "  • skipped on 2026-03-29, 2027-03-28, 2028-03-26 and 2029-03-25: 02:30 does not" in text
    assert "Airflow on EC2 and MWAA: not the same minutes\n" in text
    assert '  CronTriggerTimetable("30 2 * * *", timezone="Europe/Paris")\n' in text


def test_verdicts():
    """The same, the same with a guard, the same as far as can be known."""
    assert "Step Functions: the same minutes\n" in shown("0 12 * * *", "UTC")
    assert "Step Functions: the same minutes, with a guard\n" in shown("0 12 13 * 5", "UTC")
    assert "the same minutes, as far as can be\nknown" in shown("0 2 * * *").replace(" \n", "\n")
    assert "  cron(0 2 * * ? *)   ZONE\n" in shown("0 2 * * *")
    assert '  CronTriggerTimetable("0 2 * * *", timezone=ZONE)\n' in shown("0 2 * * *")


def test_traps_come_with_their_remedy():
    """A finding is a sentence and what to do."""
    told = " ".join(shown("0 12 13 * 5", "UTC").split())
    assert (
        "matches `13` or the day of the week matches `5`. Keep both conditions as alternatives; never drop one." in told
    )


def test_fires_of_a_span():
    """Ten are shown, the others counted."""
    assert "48 fires in this span (UTC, as no zone is given)" in shown("0 * * * *", end=NOW + 2 * 86400)
    assert "  and 38 more\n" in shown("0 * * * *", end=NOW + 2 * 86400)
    assert "1 fire in this span (UTC)" in shown("0 0 * * *", "UTC", end=NOW + 86400)
    assert "No fires in this span" in shown("0 0 1 1 *", end=NOW + 86400)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@reboot", "Runs at boot.\n\nNo target has a form of it\n  • no target starts anything"),
        ("0 0 30 2 *", "Runs never (30 February does not exist).\n"),
        ("61 * * * *", "\n\nNot accepted: bad minute: `61`: the field goes from 0 to 59 (column 1);"),
    ],
)
def test_what_has_no_fires(text: str, words: str):
    """A boot, an impossible date and a rejected text are told shortly."""
    assert words in shown(text)


def test_an_impossible_date_has_no_next_fire():
    """It is said, not left out."""
    assert "No next fire\n" in shown("0 0 30 2 *")


def test_a_hostile_text_is_escaped():
    """Control characters do not reach the terminal."""
    assert "\x1b" not in shown("\x1b[31m * * * *")

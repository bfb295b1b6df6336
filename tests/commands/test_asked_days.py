"""Programs that ask the clock for the day, and those that only ask for the moment."""

import pytest

from tests.commands.tools import facts, script, traits

_PYTHON = "import os, time\nimport datetime as dt\nfrom datetime import date, datetime\n"


def _asks(suffix: str, text: str, program: str) -> bool:
    return "date-dependent" in traits(facts(f"{program} /opt/p.{suffix}", {f"opt/p.{suffix}": text + "\n"}))


@pytest.mark.parametrize(
    "text",
    [
        "day = date.today()",
        "day = datetime.now().date()",
        "day = datetime.now().strftime('%Y-%m-%d')",
        "cur.execute(f\"select * from sales where day = '{datetime.now():%Y-%m-%d}'\")",
        "if datetime.now().weekday() == 0:\n    run()",
        "open(f'/data/in_{datetime.now():%Y%m%d%H%M}.csv')",
        "day = time.strftime('%j')",
    ],
)
def test_a_python_program_that_asks_for_the_day(text: str) -> None:
    """The day, its number or its name, or a file that is named after a moment."""
    assert _asks("py", _PYTHON + text, "python3")


@pytest.mark.parametrize(
    "text",
    [
        "started = time.time()",
        "print(datetime.now().strftime('%Y-%m-%d %H:%M:%S'), 'begins')",
        "age = time.time() - os.path.getmtime('/data/x.lock')",
        "made = time.localtime(os.stat('/data/x').st_mtime)",
        "stamp = datetime.utcnow().isoformat()",
    ],
)
def test_silent_for_a_moment_in_python(text: str) -> None:
    """A moment is another in each run anyway, and the day of a file is that of the file."""
    assert not _asks("py", _PYTHON + text, "python3")


@pytest.mark.parametrize(
    ("suffix", "program", "text"),
    [
        ("php", "php", "<?php $day = date('Y-m-d');"),
        ("php", "php", "<?php $now = new DateTime(); $day = $now->format('Ymd');"),
        ("js", "node", "const day = new Date().toISOString().slice(0, 10)"),
        ("js", "node", "if (new Date().getDay() === 1) run()"),
        ("js", "node", "const day = moment().format('YYYY-MM-DD')"),
        ("rb", "ruby", "day = Date.today"),
        ("rb", "ruby", "day = Time.now.strftime('%Y%m%d')"),
        ("pl", "perl", "use POSIX;\nmy $day = strftime('%Y%m%d', localtime);"),
        ("R", "Rscript", "day <- Sys.Date()"),
        ("R", "Rscript", "day <- format(Sys.time(), '%Y%m%d')"),
    ],
)
def test_other_languages_that_ask_for_the_day(suffix: str, program: str, text: str) -> None:
    """Each has its own words for it."""
    assert _asks(suffix, text, program)


@pytest.mark.parametrize(
    ("suffix", "program", "text"),
    [
        ("php", "php", "<?php $age = time() - filemtime('/data/x.lock');"),
        ("php", "php", "<?php file_put_contents('/data/x.log', date('Y-m-d H:i:s') . \" beat\\n\", FILE_APPEND);"),
        ("js", "node", "const started = Date.now(); const now = new Date(); console.log(now.toISOString())"),
        ("rb", "ruby", "started = Time.now"),
        ("R", "Rscript", "started <- Sys.time()\ncat(format(Sys.time(), '%H:%M:%S'))"),
        ("pl", "perl", "my $started = time;"),
    ],
)
def test_silent_for_a_moment_in_other_languages(suffix: str, program: str, text: str) -> None:
    """What measures, or marks a line."""
    assert not _asks(suffix, text, program)


def test_the_day_in_the_name_of_a_log_is_no_matter() -> None:
    """What is worked on does not depend on where it is told."""
    assert "date-dependent" not in traits(script('LOG=/var/log/x_$(date +%F).log\ntouch $LOG\n/opt/a >> "$LOG"\n'))
    assert "date-dependent" in traits(script("touch /data/x_$(date +%F)\ncp /data/x_$(date +%F) /srv/\n"))

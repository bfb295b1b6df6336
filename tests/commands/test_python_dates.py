"""Dates in paths of Python programs: the words of a format stay, its directives are not known."""

import pytest

from tests.commands.tools import facts, reads, traits, writes


def _run(text: str, arguments: str = ""):  # type: ignore[no-untyped-def]
    head = "import os, time\nfrom datetime import datetime, date\nBASE = '/a'\nday = date.today()\n"
    return facts(f"cd /opt && python3 /opt/p.py {arguments}", {"opt/p.py": head + text + "\n"})


@pytest.mark.parametrize(
    ("expression", "path"),
    [
        ("day.strftime('/a/%Y/%m/%Y%m%d_rain.nc')", "/a/*/*/*_rain.nc"),
        ("day.strftime(BASE + '/x/%H.dat')", "/a/x/*.dat"),
        ("BASE + day.strftime('/x/%Y-%m-%d') + '.csv'", "/a/x/*.csv"),
        ("os.path.join(BASE, day.strftime('%Y'), 'x')", "/a/*/x"),
        ("'%s/%s/x' % (BASE, day.strftime('%b'))", "/a/*/x"),
        ("'{}/{:%Y/%m}/x'.format(BASE, day)", "/a/*/*/x"),
        ("f'{BASE}/{day:%Y/%m}/x'", "/a/*/*/x"),
        ("f'{BASE}/{day:%Y%m%d}.csv'", "/a/*.csv"),
        ("time.strftime('/a/%Y%m.log')", "/a/*.log"),
        ("row['when'].strftime('/a/%Y/x')", "/a/*/x"),
        ("day.strftime('/a/100%%/x')", "/a/100%/x"),
        ("day.strftime('/a/x')", "/a/x"),
    ],
)
def test_a_format_is_a_path_with_unknown_parts(expression: str, path: str) -> None:
    """What is written out in the format can be met by another job."""
    assert writes(_run(f"open({expression}, 'w')")) == {path}


def test_a_format_asks_the_clock() -> None:
    """A program that writes today's date into a name works on a day."""
    assert "date-dependent" in traits(_run("open(time.strftime('/a/%Y.log'), 'a')"))


def test_a_number_is_no_date() -> None:
    """A format of a number stays one unknown part."""
    assert reads(_run("open('/a/%03d.csv' % n)\nopen(f'/b/{n:05.1f}.csv')")) == {"/a/*.csv", "/b/*.csv"}


def test_what_the_shell_puts_into_a_text_is_not_known() -> None:
    """In `python -c "…"` a command in `$(…)` stands for what it prints; in a file it is only text."""
    inline = facts("DAY=$(date +%F); python3 -c \"open('/a/report_$DAY.txt', 'w')\"")
    assert writes(inline) == {"/a/report_*.txt"}
    assert writes(_run("open('/a/$(x).txt', 'w')")) == {"/a/$(x).txt"}

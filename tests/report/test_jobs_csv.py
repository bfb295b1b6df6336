"""jobs.csv."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.report.jobs_csv import HEADERS, jobs_csv, safe_cell
from tests.report import plans as p
from tests.report.hostile import hostile_plan, texts


def rows(plan):
    """Read the table back."""
    return list(csv.DictReader(io.StringIO(jobs_csv(plan))))


def test_has_a_row_for_each_job_with_its_owner():
    """What a spreadsheet needs to sort the jobs by person, place and target."""
    plan = p.small_plan()
    found = rows(plan)
    assert [row["id"] for row in found] == [job.id for job in plan.jobs]
    first = found[1]
    assert (first["owner"], first["file"], first["line"], first["active"]) == ("data", "etc/crontab", "5", "yes")
    assert (first["cluster"], first["target"], first["wave"]) == ("extract-orders", "step-functions", "2")
    assert (first["starts a month"], first["hazards"]) == ("30.44", "clock-change")
    assert (found[7]["active"], found[7]["why inactive"], found[7]["wave"]) == (
        "no",
        "the file does not end in a newline",
        "",
    )


@pytest.mark.parametrize("text", texts())
def test_no_cell_is_a_formula(text):
    """By the rule that the whole output is checked with, and by reading the cells back."""
    table = jobs_csv(hostile_plan(text))
    for line in table.splitlines():
        assert not re.search(r'(?:^|,)"?[=+@\t\r]', line)
        assert not re.search(r'(?:^|,)"?-[^0-9.,"]', line)
    found = list(csv.reader(io.StringIO(table)))
    assert {len(row) for row in found} == {len(HEADERS)}
    assert not [value for row in found for value in row if value[:1] in ("=", "+", "-", "@", "\t", "\r")]


@given(st.text(alphabet=st.one_of(st.sampled_from("=+-@\t\r\n,;\"' |%"), st.characters(codec=None))))
def test_any_text_is_safe_in_a_cell(text):
    """One visible line that begins like no formula."""
    value = safe_cell(text)
    assert value[:1] not in ("=", "+", "-", "@", "\t", "\r", "|", "%")
    assert value.isprintable()


def test_a_plain_text_stays_as_it_is():
    """No apostrophe where none is needed."""
    assert safe_cell("load --all a=b") == "load --all a=b"
    assert safe_cell("=1") == "'=1"
    assert safe_cell(" +1") == "' +1"

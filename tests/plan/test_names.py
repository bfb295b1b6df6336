"""Names of files for clusters."""

import re

from hypothesis import given
from hypothesis import strategies as st

from migrator.plan.names import file_names, safe_name

CONTRACT = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}")


def test_keeps_a_plain_title():
    """A title that is safe is the name."""
    assert file_names([("c1", "load-orders.sh")]) == {"c1": "load-orders.sh"}


def test_tells_titles_apart_that_differ_in_case_only():
    """A file system that ignores case keeps both."""
    assert file_names([("c1", "Load"), ("c2", "load"), ("c3", "LOAD")]) == {
        "c1": "Load",
        "c2": "load-2",
        "c3": "LOAD-3",
    }


def test_leaves_the_overview_its_name():
    """A cluster may be called overview, its picture may not."""
    assert file_names([("c1", "Overview")]) == {"c1": "Overview-2"}


def test_leads_out_of_no_folder():
    """Slashes, dots and dashes at the start are gone."""
    assert safe_name("../../etc/passwd") == "etc-passwd"
    assert safe_name("-rf .hidden") == "rf-.hidden"


def test_falls_back_to_the_id_and_then_to_a_word():
    """A title without a usable character gives way."""
    assert file_names([("c1", "漢字"), ("…", "…")]) == {"c1": "c1", "…": "cluster"}


@given(st.lists(st.text(max_size=300), max_size=12))
def test_every_name_is_safe_and_unique_whatever_the_case(titles):
    """The contract of names holds for any titles."""
    names = file_names((f"id-{number}", title) for number, title in enumerate(titles))
    assert len(names) == len(titles)
    assert all(CONTRACT.fullmatch(f"{name}.svg") for name in names.values())
    assert len({name.casefold() for name in names.values()}) == len(titles)

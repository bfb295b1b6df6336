"""A plan that is read an item at a time is the plan that is read as one text."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.plan import MigrationPlan, PlanError, dump, load, load_lines
from tests.report.plans import cluster, job, plan, small_plan

REPORTS = sorted((Path(__file__).parents[2] / "reports").glob("*/plan.json"))


def lines_of(text: bytes):
    """Give the lines as a file does."""
    return iter(text.splitlines(keepends=True)) if b"\r" not in text else iter([text])


def loaded(text: bytes) -> MigrationPlan | None:
    """Give the plan of a text that is read as one; None where it is none."""
    try:
        return load(text.decode())
    except (PlanError, UnicodeDecodeError):
        return None


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.parent.name)
def test_the_samples_plans_are_read_as_they_are(path):
    """Both ways give the same values, and the same bytes when written again."""
    with path.open("rb") as lines:
        found = load_lines(lines)
    assert found == load(path.read_text(encoding="utf-8"))
    assert dump(found).encode() == path.read_bytes()


def test_equal_parts_are_one():
    """What is said twice is kept once: the same proof, the same list of texts."""
    document = plan([job("a"), job("b")], [cluster("c", ["a", "b"])])
    found = load_lines(lines_of(dump(document).encode()))
    assert found == document
    first, second = found.jobs
    assert first is not second
    assert first.schedule is second.schedule


def test_numbers_that_look_equal_stay_what_they_are():
    """Minus zero is not zero, though Python says that they are equal."""
    text = dump(small_plan()).replace('"low":0.0', '"low":-0.0', 1)
    assert '"low":-0.0' in text
    assert '"low":0.0' in text
    assert dump(load_lines(lines_of(text.encode()))) == text


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("{\n", "{\n\n"),
        ("\n}\n", "\n}\n}\n"),
        ("\n}\n", "\n"),
        ("\n}\n", ",\n}\n"),
        ("\n],\n", "\n]\n"),
        ("\n],\n", ",\n],\n"),
        ("\n {", "\n  ,{"),
        ('"prices": ', '"prizes": '),
        ('"prices": ', '"notes": ["twice"],\n"prices": '),
        ('"jobs": [\n', '"jobs": [\n {},\n'),
        ('"jobs": [\n', '"jobs": {"a": [\n'),
        ("a", "\ud800"),
    ],
)
def test_a_fault_is_left_to_the_reader_of_the_whole(old, new):
    """A missing or superfluous comma, a field twice, an unknown one, half a file: no plan is made of it."""
    text = dump(small_plan()).encode()
    fault = text.replace(old.encode(), new.encode("utf-8", "surrogatepass"), 1)
    assert fault != text
    assert load_lines(lines_of(fault)) is None


@settings(max_examples=150, deadline=None)
@given(st.randoms(use_true_random=False))
def test_whatever_is_changed_both_ways_agree(chance: random.Random):
    """A line lost, doubled, moved or cut: it is read as the whole text would be, or not at all."""
    lines = dump(small_plan()).encode().splitlines(keepends=True)
    for _ in range(chance.randint(1, 3)):
        at, other = chance.randrange(len(lines)), chance.randrange(len(lines))
        change = chance.randrange(5)
        if change == 0:
            del lines[at]
        elif change == 1:
            lines.insert(other, lines[at])
        elif change == 2:
            lines[at], lines[other] = lines[other], lines[at]
        else:
            place = chance.randrange(len(lines[at]) + 1)
            added = chance.choice([b"", b",", b"\n", b" ", b"]", b"}", b"0", b'"'])
            lines[at] = lines[at][:place] + added + lines[at][place + (change == 3) :]
    text = b"".join(lines)
    found = load_lines(lines_of(text))
    assert found is None or found == loaded(text)

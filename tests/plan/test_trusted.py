"""Parts that the program makes of its own values are what pydantic would have made of them."""

import pytest
from pydantic import BaseModel, JsonValue, ValidationError

from migrator.model import Target
from migrator.plan.jobs import ReplicaPart, SchedulePart
from migrator.plan.parts import Part, PlaceOf, RangePart, Text
from migrator.plan.trusted import making_of


class Several(Part):
    """Fields of every usual type."""

    name: Text
    part: PlaceOf | None
    pairs: tuple[tuple[Text, Text], ...]
    by_target: dict[Target, RangePart]
    amounts: dict[Text, float]
    numbers: tuple[int, ...] = (1, 2)


def test_a_made_part_is_the_checked_one():
    """Field by field, defaults filled in, in the order of the class; it prints, compares and copies alike."""
    given = {
        "pairs": (("a", "b"),),
        "name": "n",
        "part": PlaceOf(path="p", line=1),
        "by_target": {Target.MWAA: RangePart(low=1, high=2)},
        "amounts": {"x": 1},
    }
    made = Several(**given)
    checked = Several.model_validate_json(made.model_dump_json())
    assert made == checked
    assert made.model_dump_json() == checked.model_dump_json()
    assert '"low":1.0' in made.model_dump_json()
    assert list(made.__dict__) == list(Several.model_fields)
    assert made.model_copy(update={"name": "other"}).name == "other"


def test_texts_are_made_storable():
    """Wherever they stand: alone, in pairs, as keys; what is plain stays the same object."""
    bad, good = "a\udcff", "rückwärts"
    made = Several(name=bad, part=None, pairs=((bad, good),), by_target={}, amounts={bad: 1.5})
    assert made.name == "a\\xff"
    assert made.pairs == (("a\\xff", good),)
    assert made.amounts == {"a\\xff": 1.5}
    assert ReplicaPart(path=bad, line=0, host="h").path == "a\\xff"


def test_a_missing_and_an_unknown_field_are_errors_still():
    """Both go the long way, which says what is wrong."""
    with pytest.raises(ValidationError):
        PlaceOf(path="p")
    with pytest.raises(ValidationError):
        PlaceOf(path="p", line=1, column=2)


def test_a_made_part_cannot_be_changed():
    """As frozen as a checked one."""
    with pytest.raises(ValidationError):
        PlaceOf(path="p", line=1).line = 2


def test_factories_give_a_value_of_its_own_to_each_part():
    """Two schedules do not share their forms."""
    said = {"text": "@daily", "dialect": "debian", "timezone": None, "kind": "cron", "in_words": ""}
    one, other = (SchedulePart(**said, runs_per_month=None) for _ in range(2))
    assert one.forms == other.forms == {}
    assert one.forms is not other.forms


def test_what_only_pydantic_can_fill_is_left_to_it():
    """A field that holds anything, or one of two kinds of texts."""

    class Open(BaseModel):
        """Anything that JSON has."""

        value: JsonValue

    class Either(BaseModel):
        """A text or a number."""

        value: str | float

    assert making_of(Open) is None
    assert making_of(Either) is None

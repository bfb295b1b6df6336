"""The JSON round trip."""

import json
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.model import Range
from migrator.plan import MigrationPlan, PlanError, dump, load, schema
from migrator.plan.parts import exactly
from tests.report.plans import cluster, job, plan, small_plan

HOSTILE = "\x1b[31m\u202e \ud800 \udce9 \x00 \x7f\x85\u2028 </script> é"


def test_comes_back_as_it_was():
    """What is loaded equals what was dumped, and dumps to the same bytes."""
    document = small_plan()
    text = dump(document)
    assert load(text) == document
    assert dump(load(text)) == text


def test_validates_against_its_schema():
    """Any reader of JSON schema accepts the plan."""
    made = schema()
    jsonschema.Draft202012Validator.check_schema(made)
    jsonschema.validate(json.loads(dump(small_plan())), made)


def test_the_schema_refuses_a_field_that_is_not_there():
    """A misspelt field is no plan."""
    whole = json.loads(dump(small_plan())) | {"jbos": []}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(whole, schema())


def test_begins_with_its_version_and_keeps_the_contract_order():
    """The fields that others rely on are there, the version first."""
    whole = json.loads(dump(small_plan()))
    assert next(iter(whole)) == "version"
    assert whole["version"] == "1"
    relied_on = (
        "ledger unread jobs dependencies relations clusters portfolio secrets questions waves artifacts verdicts"
    )
    assert [key for key in whole if key in relied_on.split()] == relied_on.split()
    assert whole["artifacts"] == whole["verdicts"] == []


def test_each_item_of_a_list_has_a_line():
    """Two plans can be compared line by line."""
    lines = dump(small_plan()).splitlines()
    assert sum(line.startswith(' {"id":') for line in lines) == len(small_plan().jobs) + 5 + 1
    assert '"artifacts": [],' in lines


def test_hostile_text_leaves_plain_utf8_and_reads_back():
    """Control characters and directions are JSON escapes; only what UTF-8 cannot carry is changed."""
    text = dump(plan([job("a", title=HOSTILE, command=HOSTILE)], [cluster("a", ["a"])]))
    assert all(character == "\n" or character.isprintable() for character in text)
    text.encode()
    assert json.loads(text)["jobs"][0]["command"] == HOSTILE.replace("\ud800", "\\ud800").replace("\udce9", "\\xe9")
    assert load(text).jobs[0].title == json.loads(text)["jobs"][0]["title"]


@settings(max_examples=40)
@given(st.text(alphabet=st.characters(codec=None), max_size=40))
def test_any_text_makes_the_round_trip(text):
    """No command can break the file."""
    document = plan([job("a", command=text)], [cluster("a", ["a"])])
    assert load(dump(document)) == document


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"version": "2"}', "{", "[" * 5000, '{"version": NaN}'])
def test_another_text_is_refused_with_a_remedy(text):
    """The fault names the file and what to do; the exit code is that of wrong usage."""
    with pytest.raises(PlanError) as caught:
        load(text, "out/plan.json")
    assert caught.value.place == "out/plan.json"
    assert "migrator plan" in caught.value.remedy
    assert caught.value.exit_code == 2


def test_an_unreconciled_ledger_is_refused():
    """A file's counts must add up in the plan too."""
    whole = json.loads(dump(small_plan()))
    whole["ledger"][0]["lines"] += 1
    with pytest.raises(PlanError, match="accounted for"):
        load(json.dumps(whole))


def test_values_are_not_coerced():
    """A count that is a text is a fault, not a number."""
    whole = json.loads(dump(small_plan()))
    whole["counts"]["jobs"] = "8"
    with pytest.raises(PlanError, match=r"counts\.jobs"):
        load(json.dumps(whole))


def test_a_plan_cannot_be_changed():
    """What was found stays what was found."""
    with pytest.raises(ValueError, match="frozen"):
        small_plan().version = "1"


def test_is_a_model_of_one_piece():
    """The round trip goes through the whole model."""
    assert isinstance(load(dump(small_plan())), MigrationPlan)


def test_a_range_is_no_figure():
    """What is known to one figure is given; what anacron may do up to thirty times is not called fifteen."""
    assert exactly(Range(Decimal(30), Decimal(30))) == 30
    assert exactly(Range(Decimal(0), Decimal(30))) is None
    assert exactly(None) is None

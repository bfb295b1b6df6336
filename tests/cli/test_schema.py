"""Tests of `schema`."""

from __future__ import annotations

import jsonschema

from tests.cli.running import run


def test_the_schema_is_one():
    """Standard output is one JSON schema that names the fields of the plan; a stray key is refused by it."""
    told = run("schema")
    assert (told.code, told.err) == (0, "")
    jsonschema.Draft202012Validator.check_schema(told.json)
    fields = {"version", "ledger", "unread", "jobs", "dependencies", "relations", "clusters", "portfolio", "secrets"}
    assert fields | {"questions", "waves", "artifacts", "verdicts"} <= told.json["properties"].keys()


def test_it_refuses_what_is_no_plan():
    """An object without the required fields, and a plan whose ledger is a word."""
    validator = jsonschema.Draft202012Validator(run("schema").json)
    assert not validator.is_valid({})
    assert not validator.is_valid({"version": "1", "ledger": "none"})

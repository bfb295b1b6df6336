"""Texts as words of a script: sh gives them back as they were, and nothing else acts on them."""

from __future__ import annotations

import re
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.artifacts.parts.shell_words import quoted

SIGNS = st.text(st.sampled_from("ab '\"\\{}$`!#&|;<>()*\n:.A"), max_size=40)


@settings(max_examples=60)
@given(st.lists(SIGNS, min_size=1, max_size=20))
def test_sh_reads_what_was_quoted(texts):
    """Each word arrives as one argument, with the same characters."""
    program = "printf '%s\\0' " + " ".join(quoted(text) for text in texts)
    told = subprocess.run(["/bin/sh", "-c", program], capture_output=True, check=True, timeout=20).stdout
    assert told.decode().split("\0")[:-1] == texts


@given(SIGNS)
def test_no_reference_is_left(text):
    """Neither two braces nor a `${Name}` that CloudFormation could know stands in the word."""
    word = quoted(text)
    assert "{{" not in word
    assert not re.search(r"\$\{[A-Za-z0-9]*::", word)


@pytest.mark.parametrize("text", ["${ETL_HOME}", "${x:-y}", "$HOME", "a b", "{x}", "${10}"])
def test_plain_texts_stay_readable(text):
    """What nobody else could take for a reference is not taken apart."""
    assert quoted(text) == f"'{text}'"

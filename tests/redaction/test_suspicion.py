"""The quick look never says "no secret" of a text in which the search would find one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction.shell_text import search_shell
from migrator.redaction.suspicion import may_hold_a_secret
from tests.redaction.test_texts import CASES

CRONTABS = Path("../shared/corpus/crontabs")


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(CASES), st.integers(0, 200), st.sampled_from(["'", '"', "\\", "''", "\\\n", " ", ""]))
def test_no_secret_is_overlooked(form: str, at: int, noise: str) -> None:
    """Quotes and backslashes anywhere in a word hide nothing."""
    text = form[:at] + noise + form[at:]
    finds = search_shell(text)
    assert may_hold_a_secret(text) or not (finds.cuts or finds.variables)


@pytest.mark.skipif(not CRONTABS.is_dir(), reason="the corpus of crontabs is not beside the project")
def test_most_real_lines_hold_none() -> None:
    """The quick look spares most lines, and none in which the search finds anything."""
    lines = [
        line
        for path in sorted(CRONTABS.iterdir())[:150]
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n")
        if line and line[0] in "0123456789*@"
    ]
    spared = [line for line in lines if not may_hold_a_secret(line)]
    assert len(spared) > len(lines) / 2
    assert [line for line in spared if search_shell(line).cuts] == []


def test_variables_and_parts_of_paths_are_spared() -> None:
    """Names of variables, and of files with a digit within, stand in every script: they are no chosen words."""
    script = '# join of claimsr00x6\nin="/srv/claimsr00x6/a.csv"\n[ -s "$in.part" ] && mv "$in.part" "$input"\n'
    assert not may_hold_a_secret(script)
    assert may_hold_a_secret("send -x Wint3rfell9 data")

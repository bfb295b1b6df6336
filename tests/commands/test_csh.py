"""What scripts of csh and tcsh do."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands import BranchKind, CommandFacts
from migrator.commands.csh import translated
from migrator.model import Mode
from migrator.shell import parse
from tests.commands.tools import facts, names, reads, touched, writes


def csh(text: str, call: str = "/opt/run.csh", **files: str) -> CommandFacts:
    """Read a job that calls a script of csh."""
    return facts(call, {"opt/run.csh": "#!/bin/csh -f\n" + text, **files})


def test_settings_and_redirections() -> None:
    """`set`, `setenv`, `>&` and `>>&`."""
    found = csh("set out = /data/out\nsetenv DAY today\ncp /s $out/$DAY >& /var/log/x.log\nsort /a >>& /data/b\n")
    assert names(found) == ["cp", "sort"]
    assert "/data/out/today" in writes(found)
    assert "/var/log/x.log" in touched(found, Mode.WRITE, logs=True)


def test_arguments_reach_the_script() -> None:
    """As `$1`, `$argv[2]` and `$#argv`."""
    found = csh("if ($#argv < 2) then\n exit 1\nendif\ncp /in/$1 /out/$argv[2]\n", "csh /opt/run.csh a b")
    assert (reads(found), writes(found)) == ({"/in/a"}, {"/out/b"})


def test_a_loop_over_a_list_and_over_what_a_command_says() -> None:
    """The body counts once."""
    found = csh("foreach s (a b c)\n cp /in/$s /out/\nend\nforeach f (`ls /d/*.dat`)\n gzip $f\nend\n")
    assert names(found) == ["cp", "gzip"]
    assert all(step.loop for step in found.steps)
    assert reads(found) == {"/in/a", "/in/b", "/in/c", "/d/*.dat"}


def test_decisions() -> None:
    """`if … then`, `else if`, `else`, and `if` before one command."""
    found = csh(
        "if (-e /a/new && $1 != x) then\n one.py\nelse if ($1 > 3) then\n two.py\nelse\n three.py\nendif\n"
        "if (! -f /a/done) cp /a/new /a/done\n",
        "/opt/run.csh $UNKNOWN",
    )
    assert names(found) == ["one.py", "two.py", "three.py", "cp"]
    assert [branch.kind for branch in found.branches] == [BranchKind.IF] * 3


def test_switch_takes_the_arm_that_is_known() -> None:
    """`default` else; an arm without `breaksw` falls into the next."""
    text = (
        "switch ($1)\ncase full:\n full.py\n breaksw\ncase part:\ncase some:\n part.py\n breaksw\n"
        "default:\n rest.py\nendsw\n"
    )
    assert names(csh(text, "/opt/run.csh full")) == ["full.py"]
    assert names(csh(text, "/opt/run.csh other")) == ["rest.py"]


def test_scripts_call_scripts() -> None:
    """By `csh file` and `source`, arguments in hand."""
    files = {"opt/load.csh": "set day = $1\ncp /in/$day /out/$day\n", "opt/env.csh": "set root = /r\n"}
    found = csh("source /opt/env.csh\ncsh /opt/load.csh $1\ncp /x $root/x\n", "/opt/run.csh mon", **files)
    assert writes(found) == {"/out/mon", "/r/x"}


def test_evidence_is_the_text_of_the_script() -> None:
    """Not what it was put over to."""
    found = csh("set out = /data/x\n\ncp /s $out >& /dev/null\n")
    (access,) = [access for access in found.touched if access.resource.name == "/data/x"]
    assert (access.origin.line, access.text) == (4, "cp /s $out >& /dev/null")


@pytest.mark.parametrize("line", ["goto done", "alias go 'cp a b'", "again:", "foreach x in a b", "if $x then"])
def test_what_is_not_understood_is_named(line: str) -> None:
    """With its line, and the rest is read."""
    found = csh(f"one.py\n{line}\ntwo.py\n")
    assert names(found) == ["one.py", "two.py"]
    assert any("line 3" in why and line in why for why in found.unclear)


def test_what_is_understood_is_not_named() -> None:
    """A plain script has nothing unclear but the programs that are not there."""
    text = (
        "# comment\nset a=1 b=2 # more\nset list = (x y)\n@ n = $a + 1\nwhile ($n < 9)\n @ n++\nend\n"
        "unset a\ncp $list[1] /o\n"
    )
    found = csh(text)
    assert not found.unclear
    assert reads(found) == {"~/x"}


def test_other_shells_are_named() -> None:
    """A fish script is not followed, and says so."""
    found = facts("fish /opt/x.fish", {"opt/x.fish": "cp a b\n"})
    assert "fish scripts are not followed" in found.unclear[0]


@settings(max_examples=100)
@given(st.text(alphabet="set if()$a:h{}'\"`\\\n;&|<>@=!#end foreachswitch", max_size=80))
def test_any_text_keeps_its_lines(text: str) -> None:
    """Whatever stands there, the lines keep their numbers and the result is read."""
    put = translated(text)
    assert put.text.count("\n") == text.count("\n")
    assert all(1 <= number <= text.count("\n") + 1 for number, _ in put.lost)
    parse(put.text)


@pytest.mark.parametrize("piece", ["(", "!", "if (x) ", "{", "'", "$a:h", "`", "case x:\n", "foreach a (b)\n"])
def test_deep_and_long_texts_end(piece: str) -> None:
    """Nesting is not followed for ever."""
    for head in ("", "if ", "set x = "):
        translated(head + piece * 6000)

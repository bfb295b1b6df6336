"""The same commands and the same literal words as shfmt finds, on real job lines and on our own samples.

Where the two differ in form: shfmt has `export` and its kin as clauses of their own, here they are commands; shfmt puts
`time` and `!` into nodes around the command, as here. In what programs are run they do not differ.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from migrator.shell import commands, parse
from tests.shell.test_parser import NASTY, STRUCTURES

CRONTABS = Path("../shared/corpus/crontabs")
SHFMT = shutil.which("shfmt", path=str(Path(sys.executable).parent)) or shutil.which("shfmt")
ENTRY = re.compile(r"\s*(?:@[a-z]+|(?:[\d*/,A-Za-z~-]+\s+){4}[\d*/,A-Za-z~-]+)\s+(?P<command>(?:[^%\\]|\\.)*)")
TELLING = re.compile(r"['\"`$(){}\[\]<>|&;]")
SAMPLE = 250
# Settled by bash: it takes the last two, which shfmt refuses; `time -f` is the program for a POSIX shell; a carriage
# return, `coproc` and `{fd}>` are other nodes in shfmt.
ELSEWISE = re.compile(r"coproc|\r|\{fd\}|time -f|^time$|! \(\(|C=\(")

pytestmark = [pytest.mark.oracle, pytest.mark.skipif(SHFMT is None, reason="shfmt is not installed")]


def shfmt(text: str) -> Any:
    """Give shfmt's tree of a text, or None where it refuses it."""
    assert SHFMT is not None
    run = subprocess.run([SHFMT, "--to-json", "-ln", "bash"], input=text.encode(), capture_output=True, check=False)
    return json.loads(run.stdout) if run.returncode == 0 else None


def theirs(tree: Any) -> tuple[Counter[str], Counter[str]]:
    """Count the programs and the plain words of shfmt's tree."""
    programs: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    waiting = [tree]
    while waiting:
        here = waiting.pop()
        if isinstance(here, list):
            waiting.extend(here)
        elif isinstance(here, dict):
            waiting.extend(here.values())
            if here.get("Type") == "DeclClause":
                programs[here["Variant"]["Value"]] += 1
            elif here.get("Type") == "CallExpr":
                values = [literal(word) for word in here.get("Args") or []]
                programs.update(value for value in values[:1] if value is not None)
                plain.update(value for value in values[1:] if value is not None)
    return programs, plain


def literal(word: Any) -> str | None:
    """Give the source of a word that is only unquoted text, single quotes or plain double quotes."""
    text = ""
    for part in word["Parts"]:
        inner = part.get("Parts") or []
        if part["Type"] == "Lit":
            text += part["Value"]
        elif part["Type"] == "SglQuoted" and not part.get("Dollar"):
            text += "'" + part.get("Value", "") + "'"
        elif part["Type"] == "DblQuoted" and not part.get("Dollar") and all(each["Type"] == "Lit" for each in inner):
            text += '"' + "".join(each["Value"] for each in inner) + '"'
        else:
            return None
    return text


def ours(text: str) -> tuple[Counter[str], Counter[str]]:
    """Count the programs and the plain words of our tree."""
    programs: Counter[str] = Counter()
    plain: Counter[str] = Counter()
    for command in commands(parse(text)):
        found = [word.raw for word in command.words if word.literal is not None and not word.raw.startswith("$")]
        if command.words and command.words[0].literal is not None:
            programs[command.words[0].raw] += 1
            if command.words[0].raw in ("export", "declare", "local", "readonly", "typeset"):
                continue
            found = found[1:]
        plain.update(found)
    return programs, plain


def check(text: str) -> str | None:
    """Say how the two differ over a text."""
    tree = shfmt(text)
    faults = parse(text).faults
    if tree is None or faults:
        return None if (tree is None) == bool(faults) else f"{text!r}: shfmt {tree is not None}, faults {faults}"
    expected, found = theirs(tree), ours(text)
    return None if expected == found else f"{text!r}: {expected[0] - found[0]} {found[0] - expected[0]}"


def test_samples() -> None:
    """Our own samples mean to shfmt what they mean here."""
    samples = [text for text in (*STRUCTURES, *NASTY) if not ELSEWISE.search(text)]
    assert [difference for text in samples if (difference := check(text))] == []


@pytest.mark.skipif(not CRONTABS.is_dir(), reason="the corpus of crontabs is not beside the project")
def test_real_job_lines() -> None:
    """The job lines with the most syntax in them mean to shfmt what they mean here."""
    texts = {
        match["command"].replace("\\%", "%")
        for path in sorted(CRONTABS.iterdir())
        for line in path.read_text(encoding="utf-8", errors="replace").split("\n")
        # Templates of other tools hold text that only those tools make a command of.
        if (match := ENTRY.match(line)) and "!!(" not in line and "root {" not in line
    }
    chosen = sorted(texts, key=lambda text: (-len(TELLING.findall(text)), text))[:SAMPLE]
    assert len(chosen) == SAMPLE
    assert [difference for text in chosen if (difference := check(text))] == []

r"""Whole runs over hundreds of lines with secrets, and as many that only look so.

In the data `«…»` encloses a secret, `¦` is dropped (it keeps an invented token from being taken for a real one), `\n`
is a line break. A line's place is a job's command, a line of the crontab as it stands, a command with its standard
input, or a program in a file that a job calls, by its ending.
"""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import plan_of, run

DATA = Path(__file__).resolve().parents[1] / "data"
CHECKER = Path(__file__).resolve().parents[3] / "shared" / "oracles" / "check_out.py"
SECRET = re.compile("«([^»]*)»")
CANARY = "CANARY"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the data: what it is about, where it stands, its text and the secrets in that."""

    about: str
    place: str
    text: str
    secrets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run gave: all texts written and said, the finds, and the commands, by file and line."""

    folder: Path
    text: str
    finds: frozenset[tuple[str, int]]
    commands: dict[tuple[str, int], str]


def rows(name: str, ending: str = "") -> list[Row]:
    """Read a data file; `ending` is put behind each secret."""
    found = []
    for line in (DATA / name).read_text(encoding="utf-8").splitlines()[1:]:
        about, place, text = line.replace("¦", "").split("\t")
        # Base64 ends in `=`.
        text = re.sub("(=*)»", rf"{ending}\1»", text)
        if "." in _file_of(0, place):
            text = text.replace("\\\\", "\0").replace("\\n", "\n").replace("\\t", "\t").replace("\0", "\\")
        found.append(Row(about, place, re.sub("[«»]", "", text), tuple(SECRET.findall(text))))
    return found


def _file_of(number: int, place: str) -> str:
    return f"opt/p{number}.{place}" if place not in {"job", "raw", "stdin"} else "tab"


def lay_out(root: Path, given: Iterable[Row]) -> list[tuple[str, int]]:
    """Write a host's crontab, with the programs that it calls; give the file and the line where each row begins."""
    tab, places = [], []
    for number, row in enumerate(given, start=1):
        name = _file_of(number, row.place)
        command = row.text.replace("%", r"\%") if row.place == "job" else row.text
        if name != "tab":
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(row.text, encoding="utf-8")
            command = f"/{name}"
        tab.append(command if row.place == "raw" else f"{number % 60} {number // 60 % 24} * * * {command}")
        places.append(("var/spool/cron/crontabs/root" if name == "tab" else name, number))
    path = root / "var/spool/cron/crontabs/root"
    path.parent.mkdir(parents=True)
    path.write_text("\n".join(tab) + "\n", encoding="utf-8")
    return places


def planned(root: Path) -> Outcome:
    """Scan and plan a tree; gather all that was written and said."""
    out = root.with_name(root.name + "-plan")
    said = [run("plan", root, "-o", out), run("scan", "--json", root), run("scan", root)]
    assert {each.code for each in said} <= {0, 11}
    data = plan_of(out)
    texts = [each.out + each.err for each in said]
    texts += [path.read_text("utf-8") for path in sorted(out.rglob("*")) if path.is_file() and path.suffix != ".png"]
    finds = frozenset((each["path"], each["line"]) for each in data["secrets"])
    commands = {(job["origin"]["path"], job["origin"]["line"]): job["command"] for job in data["jobs"]}
    return Outcome(out, "\n".join([*texts, *strings(data)]), finds, commands)


def strings(value: Any) -> Iterator[str]:
    """Give every text in a JSON value."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from strings(each)
    elif isinstance(value, str):
        yield value


def is_told(row: Row, place: tuple[str, int], outcome: Outcome) -> bool:
    """Tell whether the report lists a secret in the row: on its line, or in its program's file."""
    in_tab = _file_of(0, row.place) == "tab"
    return place in outcome.finds if in_tab else any(path == place[0] for path, _ in outcome.finds)


def test_the_data_is_what_it_says():
    """At least 500 lines of 40 kinds with secrets of their own, at least 500 without; no line twice."""
    given, harmless = rows("secrets.tsv"), rows("no_secrets.tsv")
    assert len({row.text for row in given}) == len(given) >= 500
    assert len({row.text for row in harmless}) == len(harmless) >= 500
    assert len({row.about for row in given}) >= 40
    assert all(row.secrets and all(len(secret) >= 5 for secret in row.secrets) for row in given)
    assert not any(row.secrets for row in harmless)


pytestmark = pytest.mark.usefixtures("own_checks_alone")


@pytest.fixture
def _no_pictures(monkeypatch):
    """Draw nothing: the graphs are text in the report."""
    monkeypatch.setattr(importlib.import_module("migrator.report.write"), "find_renderer", lambda search_path: None)


@pytest.mark.usefixtures("_no_pictures")
def test_secrets_are_found_and_told(tmp_path):
    """No text that is written or said holds the secret, and the report lists its line, for 98 of 100 rows."""
    given = rows("secrets.tsv")
    places = lay_out(tmp_path / "host", given)
    outcome = planned(tmp_path / "host")
    missed = [
        row.text
        for row, place in zip(given, places, strict=True)
        if any(secret in outcome.text for secret in row.secrets) or not is_told(row, place, outcome)
    ]
    assert len(missed) <= len(given) * 0.02, "\n".join(missed)


@pytest.mark.usefixtures("_no_pictures")
def test_what_looks_alike_stays(tmp_path):
    """Of the harmless rows 99 of 100 keep their command as it is, and the report lists none of them."""
    given = rows("no_secrets.tsv")
    places = lay_out(tmp_path / "host", given)
    outcome = planned(tmp_path / "host")
    wrong = [
        row.text
        for row, place in zip(given, places, strict=True)
        if is_told(row, place, outcome) or (row.place == "job" and outcome.commands.get(place) != row.text)
    ]
    assert len(wrong) <= len(given) * 0.01, "\n".join(wrong)


def test_nothing_leaks_into_any_file(tmp_path):
    """Each secret ends in a word that the shared checker knows: neither it nor a search finds it, pictures included."""
    lay_out(tmp_path / "host", rows("secrets.tsv", CANARY))
    outcome = planned(tmp_path / "host")
    assert list((outcome.folder / "graphs").glob("*.svg"))
    assert CANARY not in outcome.text
    if not CHECKER.is_file():
        pytest.skip("the shared checker of outputs is not beside the project")
    done = subprocess.run([sys.executable, CHECKER, outcome.folder], capture_output=True, text=True, check=False)
    assert done.stdout == "clean\n"

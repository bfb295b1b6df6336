"""The project's documents, and how to take them apart."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
DOCUMENTS = tuple(
    path
    for path in sorted(
        (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "samples/README.md", ROOT / "benchmarks/README.md")
    )
)

_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)


def blocks(text: str, language: str) -> list[str]:
    """Give the fenced blocks of a language."""
    return [body for kind, body in _FENCE.findall(text) if kind == language]


def prose(text: str) -> str:
    """Give the text without its fenced blocks."""
    return _FENCE.sub("", text)


def first_cells(text: str) -> list[str]:
    """Give the first cell of every table row."""
    return [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("|")]


def words_in_code(text: str) -> set[str]:
    """Give every word that stands in backticks, without what follows it there (`--map FROM=TO` gives `--map`)."""
    return {word for code in re.findall(r"`([^`\n]+)`", text) for word in re.split(r"[\s,…=]+", code) if word}

"""User text inside markdown: it never becomes a heading, a link, a table's border, an element or a fence.

The rules are those of CommonMark 0.31 and of GitHub's tables. A code span keeps a text as it is; prose is escaped.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from migrator.plan import cut
from migrator.plan.parts import PlaceOf, Proof

_SPAN = re.compile(r"(?<!`)`([^`]+)`(?!`)")
# A dollar before a digit is money: it cannot end a formula, so it cannot begin one either.
_PROSE = re.compile(
    r"[\\`*\[\]|<>&#@~]|\$(?!\d)|(?<![^\W_])_|_(?![^\W_])|(?<=ttp:)//|(?<=ttps:)//|(?<=ftp:)//|(?<=www)\.",
    re.IGNORECASE,
)
_ENTITIES = {
    "<": "&lt;",
    ">": "&gt;",
    "&": "&amp;",
    "#": "&#35;",
    "@": "&#64;",
    "|": "&#124;",
    "[": "&#91;",
    "]": "&#93;",
    "//": "&#47;&#47;",
    ".": "&#46;",
}
_BLOCK = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")
# Nothing acts in a code span; but a check that knows no code spans must find nothing either.
_GOES_ON = re.compile(r"[ \t]*\\\n[ \t]*")
_TRICKS = re.compile(r"`{3,}|(?<=\])\((?=\s*javascript:)", re.IGNORECASE)
LONG = 160
# A report tells of the same names, schedules and reasons again and again.
_REMEMBERED = 1 << 16


@lru_cache(_REMEMBERED)
def prose(text: str, limit: int = 2000) -> str:
    """Escape a text that stands in a sentence, a heading or a table's cell; what it puts in backticks is code."""
    # Every second piece stood between backticks.
    pieces = _SPAN.split(cut(text, limit))
    escaped = "".join(code(piece) if number % 2 else _escaped(piece) for number, piece in enumerate(pieces))
    # What begins a list, a rule or an underlined heading at the start of a line; a number by its dot.
    return _BLOCK.sub(_opened, escaped)


@lru_cache(_REMEMBERED)
def code(text: str, limit: int = LONG) -> str:
    """Write a text as a code span with a fence longer than any run of backticks in it.

    A run of three or more is escaped instead, so that no reader takes the span for a block, and so is a script's link.
    A command that goes on behind a backslash is shown as the one line that it is to a shell.
    """
    if "\\\n" in text:
        text = _GOES_ON.sub(" ", text)
    shown = _TRICKS.sub(lambda match: "".join(f"\\x{ord(character):02x}" for character in match[0]), cut(text, limit))
    if not shown.strip():
        return f"`{shown}`" if shown else "–"
    if "`" in shown:
        return f"``` {shown} ```"
    # One blank at both ends would be stripped; a second pair keeps it.
    return f"` {shown} `" if shown[0] == shown[-1] == " " else f"`{shown}`"


def cell(markdown: str) -> str:
    r"""Fit finished markdown into a table's cell: a pipe ends a cell even inside a code span, unless `\` is before it.

    Prose has none left, so each one is a code span's, and a backslash before it is the text's own and stays.
    """
    return markdown.replace("|", "\\|")


def place(where: PlaceOf) -> str:
    """Write a file and its line."""
    return code(str(where))


def places(evidence: Sequence[PlaceOf], most: int = 3) -> str:
    """Write files and lines, each once; those beyond `most` are counted."""
    found = list(dict.fromkeys(str(piece) for piece in evidence))
    return names(found, most)


def proof(piece: Proof) -> str:
    """Write a piece of evidence: where, the text there, what it says."""
    text = f" {code(piece.text)}" if piece.text else ""
    says = f" {prose(piece.says)}" if piece.says else ""
    return f"{place(piece)}{text}{says}"


def names(items: Sequence[str], most: int = 8) -> str:
    """List names as code; those beyond `most` are counted."""
    shown = ", ".join(code(item, 100) for item in items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most:,} more"


def _escaped(text: str) -> str:
    return _PROSE.sub(lambda match: _ENTITIES.get(match[0], "\\" + match[0]), text)


def _opened(match: re.Match[str]) -> str:
    if match[2][0].isdigit():
        return f"{match[1]}&#{ord(match[2][0])};{match[2][1:]}"
    return f"{match[1]}\\{match[2]}"

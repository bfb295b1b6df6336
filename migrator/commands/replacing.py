"""The replacement strings of GNU parallel (parallel(1)): `{}`, `{.}`, `{/}`, `{//}`, `{/.}`, `{2}`, `{#}`, `{%}`."""

from __future__ import annotations

import posixpath
import re

from migrator.commands.values import UNKNOWN, Value

REPLACED = re.compile(r"\{(?:(\d{0,2})(//|/\.|/|\.)?|[#%])\}")


def put(value: Value, given: Value) -> Value:
    """Give a word with the argument `given` in place of each replacement string; of a second argument none is known."""
    if not REPLACED.search(value.text):
        return value
    text = REPLACED.sub(lambda match: _shape(match, given.text), value.text)
    return value.but(text, value.written).uncertain()


def _shape(match: re.Match[str], text: str) -> str:
    number, kind = match[1], match[2]
    if number is None or number not in ("", "1"):
        return UNKNOWN
    if kind == "//":
        return posixpath.dirname(text) or ("." if text != UNKNOWN else UNKNOWN)
    name = posixpath.basename(text) if kind in ("/", "/.") else text
    if kind in (".", "/.") and "." in posixpath.basename(name):
        return name.rpartition(".")[0]
    return name

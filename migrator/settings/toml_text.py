"""TOML by the standard reader, kept from keys that would fill the memory."""

import re
import tomllib
from typing import Any

_MOST_PARTS = 64
_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
# The reader notes each beginning of a dotted key: one of 20,000 parts takes gigabytes.
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*{_PART}(?:[ \t]*\.[ \t]*{_PART}){{{_MOST_PARTS}}}", re.MULTILINE)


def toml_values(text: str) -> dict[str, Any]:  # Any: what TOML holds, as from tomllib
    """Read a TOML document; raise ValueError, of which TOMLDecodeError is one, for what is none or is nested deeply."""
    long = _LONG_KEY.search(text)
    if long is not None:
        line = text.count("\n", 0, long.end()) + 1
        msg = f"a key of more than {_MOST_PARTS} parts (at line {line}, column 1)"
        raise tomllib.TOMLDecodeError(msg)
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        msg = "nested too deeply"
        raise ValueError(msg) from error

"""File names as text that is safe to show: a name may hold any byte but `/` and NUL, and a report must not."""

import os
import re

# Control characters, invisible and bidirectional marks, line separators, undecodable bytes (as surrogates), and the
# backslash itself, so that two names never look the same.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\\\\\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def shown(name: str) -> str:
    r"""Write a file name so that it can be printed: `\n`, `\x1b`, `\u202e` for what would act or hide."""
    return _UNSAFE.sub(_escape, name)


def parts_of(path: str) -> tuple[str, ...]:
    """Split a path that may be relative into the parts of the absolute one, links not followed."""
    return tuple(part for part in os.path.abspath(path).split("/") if part)  # noqa: PTH100 - resolve() follows links


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if match[0] == "\\":
        return "\\\\"
    if 0xDC80 <= code <= 0xDCFF:  # a byte that is not UTF-8 (os.fsdecode)
        return f"\\x{code - 0xDC00:02x}"
    named = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}.get(match[0])
    return named or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")

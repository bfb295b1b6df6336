"""The digest that tells whether a file has changed since it was read, and gives no secret away."""

from __future__ import annotations

import hashlib
from collections.abc import Collection


def digest_of(data: bytes, secret_lines: Collection[int] = ()) -> str:
    """Give the SHA-256 of a file's bytes in hex.

    Of the lines with a secret (counted from 1, each with those that a backslash at its end joins to it) only the place
    counts: whoever knows the rest of the file could else find a short password by trying.
    """
    if not secret_lines:
        return hashlib.sha256(data).hexdigest()
    kept = data.split(b"\n")
    hidden = False
    for index, line in enumerate(kept):
        hidden = hidden or index + 1 in secret_lines
        if hidden:
            kept[index] = b""
            hidden = line.endswith(b"\\")
    return hashlib.sha256(b"\n".join(kept)).hexdigest()

"""Texts as words of a shell script, in which nothing acts: neither for the shell nor for what carries the script."""

from __future__ import annotations

import re

from migrator.artifacts.parts.secrets import Secret, pieces

# The first of two braces; a dollar before what CloudFormation could take for a name of its own.
_PARTED = re.compile(r"\{(?=\{)|\$(?=\{(?:!|[A-Za-z0-9]*(?:::|\.)|[A-Z][A-Za-z0-9]*[a-z]))")


def quoted(text: str) -> str:
    """Write a text as one word in single quotes (POSIX, XCU 2.2.2).

    Some signs are parted by closing and opening the quotes: `{{ name }}` is a parameter of an SSM document,
    `{{resolve:…}}` a value that CloudFormation puts in, `${AWS::Region}` one that it may.
    """
    return "'" + _PARTED.sub(r"\g<0>''", text.replace("'", "'\\''")) + "'"


def word(text: str, secrets: tuple[Secret, ...]) -> str:
    """Write a text as one word; each mark of a secret becomes the shell variable that holds the secret."""
    parts = [quoted(piece) if secret is None else f'"${secret.variable}"' for piece, secret in pieces(text, secrets)]
    return "".join(parts) or "''"

"""How a command looks in cron's log, so that it can be compared with the command of a file.

misc.c, mkprints: a control character is written as `^` and a letter, a byte above ASCII as a backslash and three octal
digits, and nothing marks a caret or a backslash that was there before. Both sides are therefore brought to the form
that the log's text has once it is read back: what the log cannot tell apart is equal.
"""

from __future__ import annotations

import re

from migrator.redaction import redact

_CONTROL = re.compile(r"\^([@-_?])")
_OCTAL = re.compile(r"(?:\\[2-3][0-7]{2})+")
_HALF = re.compile(r"(?:\\[2-3]?[0-7]?|\^)$")  # what a cut leaves of a letter that cron writes as several
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]|[^\x00-\x7f]+")


def as_logged(command: str) -> str:
    """Write a command as cron logs it."""
    return _UNPRINTED.sub(_printed, command)


def read_back(text: str) -> str:
    """Read a logged command back, as far as that can be done, without blanks at its ends."""
    if "^" in text:
        text = _CONTROL.sub(lambda match: chr(ord(match[1]) ^ 0x40), text)
    if "\\" in text:
        text = _OCTAL.sub(_bytes, text)
    return text.strip()


def key_of_command(command: str) -> str:
    """Give what a redacted command of a file is compared by."""
    return read_back(as_logged(command))


def redacted(text: str) -> tuple[str, tuple[str, ...]]:
    """Read a logged command back and take its secrets out; give the text and the kinds of secrets."""
    found = redact(read_back(text))
    return found.text, tuple(str(secret.kind) for secret in found.secrets)


def without_last_word(text: str) -> str:
    """Drop the word that a line was cut in, so that no part of a secret is left."""
    return text.rstrip().rpartition(" ")[0]


def last_word(text: str) -> str:
    """Give the word that a line was cut in, read back as far as it goes."""
    return read_back(_HALF.sub("", text.rstrip().rpartition(" ")[2]))


def _printed(match: re.Match[str]) -> str:
    text = match[0]
    if text < "\x80":
        return f"^{chr(ord(text) ^ 0x40)}"
    return "".join(f"\\{byte:03o}" for byte in _encoded(text))


def _encoded(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:  # half a character, which only a manifest can hold
        return text.encode("utf-8", "backslashreplace")


def _bytes(match: re.Match[str]) -> str:
    digits = match[0].split("\\")[1:]
    return bytes(int(octal, 8) for octal in digits).decode("utf-8", "surrogateescape")

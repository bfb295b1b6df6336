"""Words that look drawn by chance, and words that hide a text in base64 or hexadecimal.

Names, paths, dates, UUIDs, commits and digests are not secrets on their own: they are what job lines are full of.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from itertools import pairwise

_PUBLIC = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}(?:PUBLIC KEY|CERTIFICATE|MESSAGE|SIGNATURE)[A-Z0-9 ]*-----.*?(?:-----END|\Z)",
    re.DOTALL,
)
_ALPHABET = re.compile(r"0123456789|abcdefgh|ABCDEFGH|12345678")
_CANDIDATE = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"[0-9a-fA-F]+\Z")
_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\Z")
_DIGIT = re.compile(r"[0-9]")
_PIECE = re.compile(r"[A-Za-z0-9]+")
_AWS_SECRET = re.compile(r"[A-Za-z0-9/+]{40}\Z")
_PRINTABLE = re.compile(rb"[\x21-\x7e]{6,}\Z")
_LONG = 32
_SHORTEST = 16
_DIGEST_LENGTHS = (32, 40, 64)
_SHORT = 20


def random_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of words that look random or encoded."""
    public = [match.span() for match in _PUBLIC.finditer(text)] if "-----BEGIN" in text else []
    for match in _CANDIDATE.finditer(text):
        word = match[0]
        if any(start <= match.start() < end for start, end in public):
            continue
        # A path is judged by its parts, except where the whole cannot be a path.
        if "/" in word and not _is_blob(word):
            for part in re.finditer(r"[^/]+", word):
                if _is_secret(part[0]):
                    yield match.start() + part.start(), match.start() + part.end()
        elif _is_secret(word):
            yield match.start(), match.end()


def _is_blob(word: str) -> bool:
    """Tell a base64 text with slashes from a path: no part of it reads like a name."""
    if word.startswith("/"):
        return False
    if _AWS_SECRET.match(word) and _is_mixed(word.replace("/", ""), 0.2):
        return True
    return ("+" in word or word.endswith("=")) and len(word) >= _SHORT and _is_mixed(re.sub(r"[/+=]", "", word), 0.25)


def _is_secret(word: str) -> bool:
    if (
        len(word) < _SHORTEST
        or not (_DIGIT.search(word) or word.endswith("="))
        or _UUID.match(word)
        or _ALPHABET.search(word)
    ):
        return False
    if _HEX.match(word):
        return _hides_text(word)
    if _AWS_SECRET.match(word) and _is_mixed(re.sub(r"[/+]", "", word), 0.2):
        return True
    if len(word) % 4 == 0 and _hides_text_in_base64(word):
        return True
    longest = max(_PIECE.findall(word), key=len, default="")
    if _HEX.match(longest) and len(longest) in _DIGEST_LENGTHS and longest.islower():
        return False
    if len(longest) >= _SHORT and _is_mixed(longest, 0.15 if len(longest) >= _LONG else 0.3):
        return True
    solid = re.sub(r"[_+=-]", "", word)
    return len(solid) >= _LONG and _is_mixed(solid, 0.33)


def _is_mixed(word: str, share: float) -> bool:
    """Tell whether a word changes between capitals, small letters and digits more often than a name does."""
    capitals = sum(char.isupper() for char in word)
    digits = sum(char.isdigit() for char in word)
    small = len(word) - capitals - digits
    if digits < 2 or small < 2:
        return False
    kinds = ["d" if char.isdigit() else "u" if char.isupper() else "l" for char in word]
    changes = sum(a != b and (a, b) != ("u", "l") for a, b in pairwise(kinds))
    if capitals < 2:
        # Letters of one case and digits: names with numbers in them look like this too.
        return len(word) >= 24 and changes / len(word) >= 0.38
    return changes / len(word) >= share


def _hides_text(word: str) -> bool:
    """Tell hexadecimal of a text without blanks: a commit or a digest is not readable."""
    if len(word) % 2 or len(word) < 20 or word.isdigit():
        return False
    return bool(_PRINTABLE.match(bytes.fromhex(word)))


def _hides_text_in_base64(word: str) -> bool:
    """Tell base64 of a text without blanks, or of `name:password`."""
    if not (any(char.isupper() for char in word) and any(char.islower() for char in word)):
        return False
    if not any(char.isdigit() for char in word) and not word.endswith("="):
        return False
    try:
        plain = base64.b64decode(word, validate=True)
    except (binascii.Error, ValueError):
        return False
    return bool(_PRINTABLE.match(plain))

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
# What is published or names a thing: public keys of SSH and age, devices, store paths, content ids, Stripe's objects.
_NAMED = re.compile(
    r"""(?:\bssh-(?:rsa|dss|ed25519)|\becdsa-sha2-\w+|@openssh\.com)[ \t]+[A-Za-z0-9+/=]+
    | \bSHA256:[A-Za-z0-9+/]{43} | \bsha(?:256|384|512)-[A-Za-z0-9+/]{43,}={0,2}
    | /(?:spreadsheets|document|presentation|file|folders|forms)/(?:u/\d/)?(?:d/)?(?:e/)?[\w-]{20,}
    | \bage1[0-9a-z]{50,60}\b
    | \bpk_(?:live|test)_\w+ | /dev/disk/by-[a-z]+/\S+ | /nix/store/[^\s/]+ | \bQm[1-9A-HJ-NP-Za-km-z]{44}\b
    | \b(?:acct|ba|card|ch|cs|cus|evt|ii|in|pi|plan|pm|po|price|prod|re|seti|si|src|sub|txn)_[A-Za-z0-9]{14,}\b""",
    re.VERBOSE,
)
# The name of what an identifier or a digest belongs to; `session_id` and `key_id` may open a door.
_IDENTIFIED = re.compile(
    r"(?<![\w-])(?P<name>[\w.-]*(?:[-_]id|[a-z]Id|ID|(?i:spreadsheets?|sheet|folder|calendar|channel|playlist|video"
    r"|document|fingerprint|digest|checksum|sha(?:1|256|512)?|etag|commit|revision|integrity)))"
    r"[\"']?(?:[ \t]*[=:][ \t]*|[ \t]+)[\"']?\Z"
)
_PUBLIC_NAME = re.compile(r"(?i)(?:public|pub|host)[-_]?key[\"']?\s*[=:]\s*[\"']?\Z|\bpeer[ \t]+\Z")
_OPENING = re.compile(r"(?i)secret|session|token|auth|key|sid\Z|cred|pass|pw")
_LOOK_BEHIND = 80
_ALPHABET = re.compile(r"0123456789|abcdefgh|ABCDEFGH|12345678")
_CANDIDATE = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_LONG_PART = re.compile(r"[^/]{16,}")
_HEX = re.compile(r"[0-9a-fA-F]+\Z")
_UUID = re.compile(r"(?:[A-Za-z0-9]{1,20}[_-])*[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\Z")
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[a-z]{3,}")
_PIECE = re.compile(r"[A-Za-z0-9]+")
_AWS_SECRET = re.compile(r"[A-Za-z0-9/+]{40}\Z")
_PRINTABLE = re.compile(rb"[\t\n\r\x20-\x7e]{6,}\Z")
_ANNOUNCED = re.compile(r"(?i)pass|pwd|secret|token|key|auth|://")
_LONG = 32
_SHORTEST = 16
_DIGEST_LENGTHS = (32, 40, 64)
_SHORT = 20


def random_words(text: str) -> Iterator[tuple[int, int]]:
    """Yield the offsets of words that look random or encoded."""
    public: list[tuple[int, int]] | None = None
    for start, end in _candidates(text):
        if public is None:
            # Last first, so that those that lie behind can be dropped from the end.
            public = sorted((match.span() for each in (_PUBLIC, _NAMED) for match in each.finditer(text)), reverse=True)
        while public and public[-1][1] <= start:
            public.pop()
        named = _is_called(text, start, end) or _is_identifier(text, start)
        if (not public or start < public[-1][0]) and not named:
            yield start, end


def _is_called(text: str, start: int, end: int) -> bool:
    """Tell the name of a function, of which words make a good part: `isKnownIso3166Alpha2(`."""
    if not text.startswith("(", end) or not text[start].isalpha():
        return False
    return sum(len(run) for run in _WORD.findall(text, start, end)) * 3 >= end - start


def _is_identifier(text: str, start: int) -> bool:
    if _PUBLIC_NAME.search(text, max(0, start - _LOOK_BEHIND), start):
        return True
    before = _IDENTIFIED.search(text, max(0, start - _LOOK_BEHIND), start)
    return before is not None and not _OPENING.search(before["name"])


def names_an_identifier(name: str) -> bool:
    """Tell the name of a value that looks random and opens nothing: `SPREADSHEET_ID`."""
    return _is_identifier(name + "=", len(name) + 1)


def _candidates(text: str) -> Iterator[tuple[int, int]]:
    for match in _CANDIDATE.finditer(text):
        word = match[0]
        # A path is judged by its parts, except where the whole cannot be a path.
        if _is_blob(word) or ("/" not in word and _is_secret(word)):
            yield match.start(), match.end()
        elif "/" in word:
            for part in _LONG_PART.finditer(word):
                if _is_secret(part[0]):
                    yield match.start() + part.start(), match.start() + part.end()


def _is_blob(word: str) -> bool:
    """Tell a base64 text with slashes from a path: no part of it reads like a name."""
    # A slash is one of 64 characters in base64, and one of five in a path.
    if not 0 < word.count("/") <= 1 + len(word) // 16 or word.startswith("/"):
        return False
    if _ALPHABET.search(word) or "-" in word or "_" in word:
        return False
    solid = re.sub(r"[/+=]", "", word)
    if _AWS_SECRET.match(word) and _is_mixed(solid, 0.2):
        return True
    return ("+" in word or word.endswith("=")) and len(word) >= _SHORT and _is_mixed(solid, 0.25)


def _is_secret(word: str) -> bool:
    if len(word) < _SHORTEST or not (_DIGIT.search(word) or word.endswith("=")):
        return False
    if _UUID.match(word) or _ALPHABET.search(word):
        return False
    if _HEX.match(word):
        return _is_encoded_secret(_from_hexadecimal(word))
    if (plain := from_base64(word)) is not None:
        return _is_encoded_secret(plain)
    if _AWS_SECRET.match(word) and _is_mixed(re.sub(r"[/+]", "", word), 0.2):
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
    kinds = ["d" if char.isdigit() else "u" if char.isupper() else "l" for char in word]
    numbers, capitals = kinds.count("d"), kinds.count("u")
    changes = sum(a != b and (a, b) != ("u", "l") for a, b in pairwise(kinds)) / max(1, len(word))
    if len(word) - capitals - numbers < 2 or not numbers:
        return False
    if capitals < 2:
        # Letters of one case and digits: names with numbers in them look like this too.
        return numbers > 1 and len(word) >= 24 and changes >= 0.38
    if numbers == 1:
        # One digit is a version's as often as not, and long words make a name.
        named = sum(len(run) for run in _WORD.findall(word))
        return len(word) >= _LONG and changes >= max(share, 0.2) and named * 2 < len(word)
    return changes >= share


def _is_encoded_secret(plain: str | None) -> bool:
    """Tell an encoded secret, which is a word or `name:password`, from an encoded command, sentence or JSON text."""
    if plain is None:
        return False
    return not (" " in plain or plain.startswith(("{", "["))) or bool(_ANNOUNCED.search(plain))


def _from_hexadecimal(word: str) -> str | None:
    """Give the text that hexadecimal stands for; a commit or a digest stands for none."""
    if len(word) % 2 or len(word) < _SHORT or word.isdigit():
        return None
    return _readable(bytes.fromhex(word))


def from_base64(word: str) -> str | None:
    """Give the text that base64 stands for; None where it stands for none."""
    if not (any(char.isupper() for char in word) and any(char.islower() for char in word)):
        return None
    try:
        return _readable(base64.b64decode(word + "=" * (-len(word) % 4), validate=True))
    except (binascii.Error, ValueError):
        return None


def _readable(plain: bytes) -> str | None:
    return plain.decode("ascii") if _PRINTABLE.match(plain) else None

"""What a word looks like by itself: whether people choose such words as passwords, and nobody as a name."""

from __future__ import annotations

import re

_SIGNS = "!#$^&*?~"
_CHOSEN = re.compile(rf"(?=.*[A-Za-z])[A-Za-z0-9@_+%.{re.escape(_SIGNS)}-]{{6,40}}\Z")
# A digit or a sign that stands for a letter: `S3cret`, `Pa$$word`, `0racle`.
_FOR_A_LETTER = re.compile(r"(?:(?<=[A-Za-z])|\A)(?:[013457][013457]?|[$@][$5]?)(?=[a-z])|(?<=[A-Za-z])[$@5]{2}")
_HEX = re.compile(r"(?:0x)?[0-9a-fA-F-]+\Z|(?:.*[_-])?(?=[a-f]*[0-9])[0-9a-f]{7,64}\Z")
# A host, a version, an address, a time, a size, what strftime(3) and URLs write.
_NAME_OF_A_THING = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{1,6}\Z|v?\d+(?:[._]\d+)+|[^@]*@[\w-]+\.|.*%(?:[0-9A-F]{2}|[YmdFHMSsT])"
)
_TELLING = re.compile(
    r"(?:pass(?:word|wd|wort)?|(?<![a-z])pwd?|secret|geheim|letmein|changeme|qwerty|hunter|welcome|trustno|swordfish|phrase)"
    r"[!#$_.]?[0-9]{1,8}[!#$]?\Z",
    re.IGNORECASE,
)
# What the value of an option is without doubt where a password may stand.
_WELL_KNOWN = re.compile(
    r"(?:top|my)?secret|letmein|changeme|qwerty|swordfish|hunter2?|iloveyou|trustno1|monkey|dragon|welcome|calvin|passwort|geheim"
    r"|\w{0,12}(?:pass|passw[o0]rd|passwd|pwd|pw|secret)\Z",
    re.IGNORECASE,
)
RUNS = re.compile(r"[a-z]+|[A-Z]+|[0-9]+")


def looks_chosen(text: str, *, hinted: bool = False) -> bool:
    """Tell a password from a name by its letters alone: `S3cr3t!`, `Wint3rfell`, `dbpass42`, `xK9mP2qL7v`.

    Names with a number in or behind them (`web01`, `s3cmd`, `Node1`), versions, hexadecimal and paths are none.
    Where a user's name or a host has `hinted` at one, a single digit for a letter is enough.
    """
    if not _CHOSEN.match(text) or _HEX.match(text) or _NAME_OF_A_THING.match(text) or text[0] in "-#+.":
        return False
    numbered = any(char.isdigit() for char in text)
    signed = any(char in _SIGNS for char in text)
    upper = any(char.isupper() for char in text)
    lower = any(char.islower() for char in text)
    replaced = len(_FOR_A_LETTER.findall(text))
    if replaced > 1 or (replaced and (hinted or upper or signed or text[-2:].isdigit())):
        return True
    if (signed and numbered and (upper or lower)) or (numbered and _TELLING.search(text)):
        return True
    return upper and lower and numbered and _is_shuffled(text)


def _is_shuffled(text: str) -> bool:
    """Tell whether capitals, small letters and digits take turns more often than in a name."""
    runs = RUNS.findall(text)
    numbers = sum(run.isdigit() for run in runs)
    return len(text) >= 8 and len(runs) * (2 if numbers > 1 else 1.5) >= len(text)


def is_well_known(text: str) -> bool:
    """Tell the words that stand as passwords in half of all examples: `secret`, `dbpass`, `changeme`."""
    return not text.isupper() and _WELL_KNOWN.fullmatch(text) is not None

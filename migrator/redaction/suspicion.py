"""Tell quickly that a text holds no secret, as most job lines do: what every search needs is missing."""

from __future__ import annotations

import re

from migrator.redaction.chosen import AT_DATABASE, BESIDE, OF_USER
from migrator.redaction.entropy import random_words
from migrator.redaction.looks import looks_chosen
from migrator.redaction.names import ANNOUNCING
from migrator.redaction.operands import BY_PLACE
from migrator.redaction.programs import PROGRAMS, READERS
from migrator.redaction.shapes import shapes

_QUOTING = re.compile(r"\\\n|['\"\\]")
_WORDS = re.compile(r"[A-Za-z0-9_.-]+")
# Pieces of what `addresses`, `pairs` and `prose` look for.
_PIECES = """assw assp key auth cookie basic clave chave chiave klucz parola identified login signature sig= :// jdbc:
    ftp private hooks. hook. hc-ping /ping/ nosnch cronitor heartbeat ifttt telegram events.pagerduty webhook
    connect pdo newinstance securestring .logon pserver --from-literal $' -stdin -fd :5432: :*: base64 appid
    code= dsn telnet _decrypt _encrypt mysqli"""
# `pat` is sought only where a word ends. Of two words of which one holds the other the shorter is enough.
_ALL = {*_PIECES.split(), *ANNOUNCING, "-ap ", "-xp ", "-gp ", "-d cn=", "-d uid="} - {"pat"}
_SOUGHT = tuple(sorted(word for word in _ALL if not any(each in word for each in _ALL if each != word)))
_PAT = re.compile(r"pat(?![a-z])|\buser\W|user(?:name)?=\S*:")
_PROGRAMS = frozenset([*PROGRAMS, *BY_PLACE, *READERS])
_BESIDE_A_USER = re.compile(r"\s(?:-(?:[pP]|pw|pas|[agx]p)\s|-[pP][=:]|-[pP](?=\S*[A-Z])(?=\S*[a-z])\S{6}|/p[\s:])")
_USER = re.compile(r"\s(?:/u[\s:]|/user|-(?:[agx]?u|[Ul]|-?user|-?username|-?login))")
_DIGEST = re.compile(r"\s-p\s+[0-9a-f]{32}(?!\w)")
_USER_AND_SECRET = re.compile(r"-[uU][ =]?[\w.@\\+-]+:[^\s:/]")
# What may look chosen: a word, or what follows `user:`, but no part of a path.
_WORD = re.compile(r"(?<![^\s;|&(),:%=<>])[A-Za-z0-9_+.!#$^&*?~@%-]{6,48}(?![^\s;|&(),:<>])")
_ODD = re.compile(r"[0-9!$@]")
_VARIABLE = re.compile(r"\A\$[A-Za-z_]+(?!\w)")
_LOGIN = re.compile(r":[^\s:/@]+@")


def may_hold_a_secret(text: str) -> bool:
    """Tell whether a search is worth while. False is certain, true is not."""
    bare = _QUOTING.sub("", text)
    small = bare.lower()
    # A loop: `map` would look up the method for each piece, and takes half as long again.
    for piece in _SOUGHT:
        if piece in small:
            return True
    # A piece is sought before the pattern that has it: that takes a tenth of the time.
    if "$'" in text or (("pat" in small or "user" in small) and _PAT.search(small)):
        return True
    if ":" in bare and _USER_AND_SECRET.search(bare):
        return True
    if ("@" in bare and (_LOGIN.search(bare) or AT_DATABASE.search(bare))) or OF_USER.search(bare):
        return True
    if "pt-" in bare or (("-p" in small or "/p" in small) and _BESIDE_A_USER.search(bare) and _USER.search(bare)):
        return True
    if "-p" in small and _DIGEST.search(small):
        return True
    if not _PROGRAMS.isdisjoint(_WORDS.findall(bare)):
        return True
    if _ODD.search(bare) and any(_may_hold_a_chosen_one(line) for line in bare.splitlines()):
        return True
    texts = (text,) if bare == text else (text, bare)
    return any(True for each in texts for found in (shapes, random_words) for _ in found(each))


def _may_hold_a_chosen_one(line: str) -> bool:
    words = [word for word in (_VARIABLE.sub("", word) for word in _WORD.findall(line)) if _ODD.search(word)]
    return bool(words) and BESIDE.search(line) is not None and any(_may_be_chosen(word) for word in words)


def _may_be_chosen(word: str) -> bool:
    # `-pSecret`, `-hpSecret`: the option's letters come first.
    words = (word[2:], word[3:]) if word.startswith("-") else (word,)
    return any(looks_chosen(each, hinted=True) for each in words)

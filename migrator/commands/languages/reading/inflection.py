"""Names of classes, tables and files that follow from each other, as Rails forms them (ActiveSupport::Inflector)."""

from __future__ import annotations

import re

_ODD = {"person": "people", "child": "children", "man": "men", "woman": "women", "mouse": "mice", "datum": "data"}
_SAME = frozenset(("series", "species", "news", "equipment", "information", "money", "data", "media", "metadata"))
_WORDS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def plural(word: str) -> str:
    """Give the plural of an English noun as Rails forms it, but for its rarest cases."""
    head, _, last = word.rpartition("_")
    before = f"{head}_" if head else ""
    if last in _SAME:
        return word
    if last in _ODD:
        return before + _ODD[last]
    if re.search(r"[^aeiou]y\Z", last):
        return f"{before}{last[:-1]}ies"
    if re.search(r"(?:s|x|z|ch|sh)\Z", last):
        return f"{before}{last[:-2]}ses" if last.endswith("sis") else f"{before}{last}es"
    return f"{before}{last}s"


def underscored(name: str) -> str:
    """Give a class's name in small letters with underscores."""
    return _WORDS.sub("_", name).lower()


def singular(word: str) -> str:
    """Give the class that a plural name means: `order_lines` those of `OrderLine`."""
    stem = word
    if stem.endswith("ies"):
        stem = f"{stem[:-3]}y"
    elif re.search(r"(?:s|x|z|ch|sh)es\Z", stem):
        stem = stem[:-2]
    elif stem.endswith("s") and not stem.endswith("ss"):
        stem = stem[:-1]
    stem = next((one for one, many in _ODD.items() if many == word), stem)
    return camel(stem)


def camel(name: str) -> str:
    """Give a name in words with capitals: `close-all` as `CloseAll`."""
    return "".join(part[:1].upper() + part[1:] for part in re.split(r"[-_]", name))

"""What a known text becomes behind small filters, `echo "$name" | sed 's/[.]sh$/.py/'` (sed(1), tr(1), cut(1))."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

_MOST = 400
_LETTERS = re.compile(r"s(?P<mark>[/|,#:;@!%_+])(?P<body>.*)\Z", re.DOTALL)
# What of a basic regular expression means the same in ours; groups and counts are left alone.
_PLAIN = re.compile(r"(?:[\w\s/,:;=@%#&~<>'\"!-]|\\[./*$^\-\[\]]|\[\^?[\w\s./:;,=+@*-]+\]|[.^$*])*\Z")
_CLASSES = {"[:lower:]": "a-z", "[:upper:]": "A-Z", "a-z": "a-z", "A-Z": "A-Z"}
_CASE = {("a-z", "A-Z"): str.upper, ("A-Z", "a-z"): str.lower}


def rewritten(text: str, filters: Sequence[Sequence[str]]) -> str | None:
    """Give a line of text behind filters, each by its words; None where one of them is not known."""
    for words in filters:
        change = _FILTERS.get(words[0].rpartition("/")[2]) if words else None
        changed = change(text, list(words[1:])) if change is not None and len(text) <= _MOST else None
        if changed is None:
            return None
        text = changed
    return text


_WORDS = re.compile(r"s(?P<mark>[/|,#:;@!%_+])(?P<old>[\w\s~=-]+)(?P=mark)(?P<new>[\w\s~=.-]*)(?P=mark)g?\Z")


def rewritten_in_part(text: str, filters: Sequence[Sequence[str]]) -> str | None:
    """Give a text with `*` for what is not known behind `sed 's/known/words/'`, None where that may meet the `*`."""
    for words in filters:
        match = _WORDS.match(words[-1]) if words[:1] == ["sed"] and len(words) in (2, 3) else None
        if match is None or len(text) > _MOST or text.count(match["old"]) != 1:
            return None
        text = text.replace(match["old"], match["new"])
    return text if text.strip("*") else None


def _sed(text: str, words: list[str]) -> str | None:
    programs = [word for word in words if word not in ("-e", "-E", "-r", "-n")]
    if not programs or len(programs) != len(words) - words.count("-e"):
        return None
    for program in programs:
        for command in program.split(";") if program.count("s") == program.count(";") + 1 else [program]:
            changed = _substituted(text, command.strip())
            if changed is None:
                return None
            text = changed
    return text


def _substituted(text: str, command: str) -> str | None:
    match = _LETTERS.match(command)
    parts = match["body"].split(match["mark"]) if match else []
    if len(parts) != 3 or parts[2] not in ("", "g") or not _PLAIN.match(parts[0]):
        return None
    if re.search(r"[\\&]", parts[1]):
        return None
    new = parts[1]
    # A star at the start is itself.
    pattern = re.sub(r"\A\*", r"\\*", parts[0])
    return re.sub(pattern, lambda _: new, text, count=0 if parts[2] else 1)


def _tr(text: str, words: list[str]) -> str | None:
    if len(words) == 2 and words[0] == "-d" and re.fullmatch(r"[^\[\]\\-]{1,9}", words[1]):
        return "".join(letter for letter in text if letter not in words[1])
    if len(words) != 2:
        return None
    case = _CASE.get((_CLASSES.get(words[0], ""), _CLASSES.get(words[1], "")))
    if case is not None:
        return case(text)
    return text.replace(words[0], words[1]) if len(words[0]) == len(words[1]) == 1 else None


def _cut(text: str, words: list[str]) -> str | None:
    match = re.fullmatch(r"-d ?(?P<mark>.) -f ?(?P<place>[1-9])|-f ?(?P<at>[1-9]) -d ?(?P<by>.)", " ".join(words))
    if match is None:
        return None
    fields = text.split(match["mark"] or match["by"])
    place = int(match["place"] or match["at"])
    if len(fields) == 1:
        return text
    return fields[place - 1] if place <= len(fields) else ""


_FILTERS: dict[str, Callable[[str, list[str]], str | None]] = {"sed": _sed, "tr": _tr, "cut": _cut}

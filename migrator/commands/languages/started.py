"""Commands that a program starts, as text for the shell."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import Choice, Seq, Text, as_value, text_options
from migrator.commands.values import Value
from migrator.shell import quote

_LONGEST = 4000


def shell_texts(command: object) -> list[str]:
    """Give what a command may be, a text for the shell or a list of words; what is not known is a variable."""
    if isinstance(command, Seq):
        return [" ".join(quoted_word(as_value(word)) for word in words) for words in _ways(command.items[:60])]
    values = [option.value for option in text_options(command)]
    return [(each.text if each.exact else each.text.replace("*", "${UNKNOWN}"))[:_LONGEST] for each in values]


def _ways(items: list[object]) -> list[list[object]]:
    """Give the words of a command for each of two places that a word of it may name."""
    places = [n for n, item in enumerate(items) if isinstance(item, Choice) and _are_places(item)]
    ways = (0, 1) if places else (0,)
    return [[_option(item, way) if n in places else item for n, item in enumerate(items)] for way in ways]


def _are_places(item: Choice) -> bool:
    return all(isinstance(option, Text) and "/" in option.value.text for option in item.options)


def _option(item: object, way: int) -> object:
    """Give one of the places, those whose beginning is known first."""
    found = sorted(text_options(item), key=lambda option: option.value.text.startswith("*"))
    return found[min(way, len(found) - 1)]


def quoted_word(value: Value) -> str:
    """Quote a value as one shell word; what is not known is a variable."""
    if not value.exact:
        return _around_unknown(value.text)
    if value.text.startswith("~/") and len(value.text) > 2:
        # The home that the program asked for, not a sign that it wrote.
        return "~/" + quoted_word(value.but(value.text[2:]))
    return quote(value.text)


def _around_unknown(text: str) -> str:
    """Put what is known of a word between double quotes, where a shell would take it for more than one."""
    if all(c.isalnum() or c in "/._-=:@%+,*~" for c in text):
        return text.replace("*", "${UNKNOWN}")
    return '"' + re.sub(r'[\\"$`]', r"\\\g<0>", text).replace("*", "${UNKNOWN}") + '"'

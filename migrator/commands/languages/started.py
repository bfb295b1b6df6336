"""Commands that a program starts, as text for the shell."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import Seq, as_value, text_options
from migrator.commands.values import Value

_LONGEST = 4000


def shell_texts(command: object) -> list[str]:
    """Give what a command may be, a text for the shell or a list of words; what is not known is a variable."""
    if isinstance(command, Seq):
        return [" ".join(quoted_word(as_value(element)) for element in command.items[:60])]
    values = [option.value for option in text_options(command)]
    return [(each.text if each.exact else each.text.replace("*", "${UNKNOWN}"))[:_LONGEST] for each in values]


def quoted_word(value: Value) -> str:
    """Quote a value as one shell word; what is not known is a variable."""
    if not value.exact:
        return _around_unknown(value.text)
    if value.text.startswith("~/") and len(value.text) > 2:
        # The home that the program asked for, not a sign that it wrote.
        return "~/" + quoted_word(value.but(value.text[2:]))
    return (
        value.text
        if value.text and all(c.isalnum() or c in "/._-=:@%+," for c in value.text)
        else "'" + value.text.replace("'", "'\\''") + "'"
    )


def _around_unknown(text: str) -> str:
    """Put what is known of a word between double quotes, where a shell would take it for more than one."""
    if all(c.isalnum() or c in "/._-=:@%+,*~" for c in text):
        return text.replace("*", "${UNKNOWN}")
    return '"' + re.sub(r'[\\"$`]', r"\\\g<0>", text).replace("*", "${UNKNOWN}") + '"'

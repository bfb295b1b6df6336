"""What getopt(1) prints for known arguments: the options in order, each with its value, `--` and the rest.

Scripts take it apart again: `args=$(getopt -o hv: -l help,verbose: -- "$@"); eval set -- "$args"`.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass, field

from migrator.commands.values import Value, literal

_MOST = 60
_TAKES_VALUE = {"-o": "short", "--options": "short", "-l": "long", "--long": "long", "--longoptions": "long"}
_IGNORED_WITH_VALUE = frozenset({"-n", "--name", "-s", "--shell"})


@dataclass(slots=True)
class _Asked:
    """What a script's own options are, and the words that they are looked for in."""

    short: str = ""
    long: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def takes(self, name: str) -> int | None:
        """Say how many values an option has: 0, 1, or 2 for one that may be left out; None for no option of these."""
        if name.startswith("--"):
            known = [one for one in self.long if one.rstrip(":") == name[2:]]
            return min(known[0].count(":"), 2) if known else None
        match = re.search(re.escape(name[1]) + r"(:{0,2})", self.short)
        return len(match[1]) if match else None


def sorted_options(arguments: Sequence[Value]) -> Value | None:
    """Give what is printed, None where an argument is not known or is an option that the script does not have."""
    if len(arguments) > _MOST or any(not value.exact for value in arguments):
        return None
    asked = _asked([value.text for value in arguments])
    found = None if asked is None else _sorted(asked)
    return None if found is None else literal(" " + " ".join(found), quoted=True)


def _asked(texts: list[str]) -> _Asked | None:
    asked, place = _Asked(), 0
    while place < len(texts) and texts[place].startswith("-") and texts[place] != "--":
        name, equals, value = texts[place].partition("=")
        place += 1
        if name in _TAKES_VALUE or name in _IGNORED_WITH_VALUE:
            if not equals:
                value, place = (texts[place] if place < len(texts) else ""), place + 1
            if _TAKES_VALUE.get(name) == "short":
                asked.short = value.lstrip("+-")
            elif _TAKES_VALUE.get(name) == "long":
                asked.long += re.split(r"[,\s]+", value.strip())
    if texts[place : place + 1] == ["--"]:
        place += 1
    if not asked.short and not asked.long:
        # The old form: `getopt hv: "$@"`.
        asked.short, place = (texts[place] if place < len(texts) else ""), place + 1
    asked.words = texts[place:]
    return asked if asked.short or asked.long else None


def _sorted(asked: _Asked) -> list[str] | None:
    options: list[str] = []
    rest: list[str] = []
    queue = list(asked.words)
    while queue:
        word = queue.pop(0)
        if word == "--":
            rest += queue
            break
        if len(word) < 2 or not word.startswith("-"):
            rest.append(word)
            continue
        name, tail, glued = _taken(word)
        number = asked.takes(name)
        if number is None or (number == 1 and not glued and not queue):
            return None
        options.append(name)
        if number == 0:
            if tail and not name.startswith("--"):
                queue.insert(0, "-" + tail)
        elif number == 1 or glued:
            options.append(shlex.quote(tail if glued else queue.pop(0)))
        else:
            options.append("''")
    return [*options, "--", *(shlex.quote(word) for word in rest)]


def _taken(word: str) -> tuple[str, str, bool]:
    """Split a word into the option, what is glued to it, and whether that may be its value."""
    if word.startswith("--"):
        name, equals, value = word.partition("=")
        return name, value, bool(equals)
    return word[:2], word[2:], len(word) > 2

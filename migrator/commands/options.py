"""What `getopts` gives, round by round, where the arguments of the script are known (POSIX.1 XCU getopts)."""

from __future__ import annotations

from dataclasses import dataclass

from migrator.commands import expansion
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal
from migrator.shell.tree import Command, Script

_MOST_OPTIONS = 40


@dataclass(frozen=True, slots=True)
class Option:
    """One round: the variable gets the letter (none behind the last), OPTARG the value, OPTIND the next place."""

    variable: str
    letter: str
    value: Value
    place: int

    def set(self, scope: Scope) -> None:
        """Set the variables of the round."""
        scope.set(self.variable, literal(self.letter or "?"))
        scope.set("OPTARG", self.value)
        scope.set("OPTIND", literal(str(self.place)))


def options_of(condition: Script, scope: Scope) -> tuple[Option, ...] | None:
    """Give the rounds of `while getopts letters name`, None for another condition or where an argument is unknown."""
    node = condition.items[0].node if len(condition.items) == 1 else None
    if not isinstance(node, Command) or len(node.words) != 3 or node.words[0].literal != "getopts":
        return None
    # The letters may be kept in a variable.
    said = expansion.word(node.words[1], scope)
    letters, variable = said.text if said.exact else None, node.words[2].literal
    if letters is None or variable is None or not variable.isidentifier() or scope.arguments is None:
        return None
    arguments, place = scope.arguments, 0
    found: list[Option] = []
    while place < len(arguments) and len(found) < _MOST_OPTIONS:
        argument = arguments[place]
        if not argument.exact:
            return None
        if argument.text == "--":
            place += 1
            break
        if len(argument.text) < 2 or argument.text[0] != "-":
            break
        place += 1
        for offset, letter in enumerate(argument.text[1:_MOST_OPTIONS], start=2):
            if f"{letter}:" not in letters:
                known = letter in letters and letter != ":"
                found.append(Option(variable, letter if known else "?", literal("" if known else letter), place + 1))
                continue
            glued = argument.text[offset:]
            if not glued:
                place += 1
            value = argument.but(glued) if glued else arguments[place - 1] if place <= len(arguments) else literal("")
            found.append(Option(variable, letter, value, place + 1))
            break
    return (*found, Option(variable, "", literal(""), place + 1))

"""Words as a shell hands them to a command, as far as that is known before a run (POSIX 2.6, «Word Expansions»)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from migrator.shell.tree import (
    Arithmetic,
    Assignment,
    Literal,
    Parameter,
    Part,
    ProcessSubstitution,
    Redirect,
    Script,
    Word,
)
from migrator.verify.traces.recording import BEGIN, END, QUOTED, readable
from migrator.verify.traces.shell_state import Shell

Substitute: TypeAlias = Callable[[Shell, Script, bool], str]
"""Runs a substitution and names its output; the flag says that it runs beside the command."""

_PATTERN = re.compile(r"[*?\[~{]")
_NAMES = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)|([A-Za-z_][A-Za-z0-9_]*)")
_DEFAULTS = frozenset({":-", "-"})
# So much of a word stands for each of its substitutions that runs nothing; a word may be made of thousands of them.
_SHOWN = 200


def known(text: str) -> bool:
    """Say whether a text needs no run to be known."""
    return BEGIN not in text


def open_ended(fields: Sequence[str], word: Word) -> bool:
    """Say whether only a run knows how many words a word becomes."""
    if all(isinstance(part, Literal) for part in word.parts):
        return any(_PATTERN.search(part.text) for part in word.parts if isinstance(part, Literal) and not part.quoted)
    return any(not known(text) for text in fields) and not all(getattr(part, "quoted", True) for part in word.parts)


def fields(shell: Shell, word: Word, substitute: Substitute) -> list[str]:
    """Expand a word to the arguments that it becomes."""
    if word.parts and all(isinstance(part, Parameter) and part.name == "@" for part in word.parts) and _plain_all(word):
        return list(shell.positional) if shell.positional is not None else [f"{BEGIN}{word.raw}{END}"]
    found = [""]
    quoted = False
    for part in word.parts:
        text = _part(shell, part, word, substitute)
        splits = isinstance(part, Parameter) and not part.quoted and known(text)
        pieces = text.split() if splits else [text]
        if splits and text[:1].isspace() and found[-1]:
            found.append("")
        found[-1] += pieces[0] if pieces else ""
        found += pieces[1:]
        quoted = quoted or not splits
    return found if quoted or found != [""] else []


def value(shell: Shell, word: Word, substitute: Substitute) -> str:
    """Expand a word to one text, as an assignment or `case` does."""
    return "".join(_part(shell, part, word, substitute) for part in word.parts)


def assigned(shell: Shell, assignment: Assignment, substitute: Substitute) -> str:
    """Expand what an assignment of one text gives a variable."""
    return value(shell, assignment.value, substitute) if assignment.value else ""


def assign(shell: Shell, assignments: Sequence[Assignment], substitute: Substitute) -> None:
    """Give a shell's variables what a command of assignments alone assigns."""
    for one in assignments:
        if one.elements is not None:
            texts = [text for word in one.elements for text in fields(shell, word, substitute)]
            shell.variables[one.name] = f"({' '.join(texts)})"
        else:
            text = assigned(shell, one, substitute)
            old = shell.variables.get(one.name, f"{BEGIN}${one.name}{END}") or ""
            shell.variables[one.name] = old + text if one.append else text


def redirect_text(shell: Shell, redirect: Redirect, substitute: Substitute) -> str:
    """Give a redirection as text, its here document included."""
    target = value(shell, redirect.target, substitute) if redirect.target else ""
    descriptor = "" if redirect.descriptor is None else str(redirect.descriptor)
    body = ""
    if redirect.body is not None:
        for script in redirect.scripts:
            substitute(shell, script, False)
        body = "\n" + (_with_values(shell, redirect.body) if redirect.expands else redirect.body)
    return f"{descriptor}{redirect.operator}{target}{body}"


def _plain_all(word: Word) -> bool:
    return len(word.parts) == 1 and isinstance(word.parts[0], Parameter) and not word.parts[0].operator


def _part(shell: Shell, part: Part, word: Word, substitute: Substitute) -> str:
    match part:
        case Literal(text=text, quoted=quoted):
            return _PATTERN.sub(rf"{QUOTED}\g<0>", text) if quoted else text
        case Parameter():
            return _parameter(shell, part, substitute)
        case Arithmetic(text=text, scripts=scripts):
            for script in scripts:
                substitute(shell, script, False)
            return f"{BEGIN}$(({_with_values(shell, text)})){END}"
        case ProcessSubstitution(direction=direction, script=script):
            return f"{BEGIN}{direction}({substitute(shell, script, True) or word.raw[:_SHOWN]}){END}"
        case _:
            return f"{BEGIN}$({substitute(shell, part.script, False) or word.raw[:_SHOWN]}){END}"


def _parameter(shell: Shell, part: Parameter, substitute: Substitute) -> str:
    current = _current(shell, part.name)
    if not part.operator and current is not None:
        return current
    if part.operator in _DEFAULTS and current is not None:
        if current or (part.operator == "-" and shell.variables.get(part.name, "") is not None):
            return current
        if not re.search(r"[\\$`'\"]", part.argument):
            return part.argument
    for script in part.scripts:
        substitute(shell, script, False)
    text = f"${{{part.name}{part.operator}{part.argument}}}" if part.operator else f"${part.name}"
    return f"{BEGIN}{_with_values(shell, text) if part.operator else text}{END}"


def _current(shell: Shell, name: str) -> str | None:
    """Give the value of a parameter; None where only a run knows it."""
    if name == "?":
        return str(shell.status)
    if name == "!":
        return f"{BEGIN}job {len(shell.jobs) - 1}{END}" if shell.jobs else ""
    if name in ("#", "*", "@") or (name.isdecimal() and name != "0"):
        if shell.positional is None:
            return None
        if name == "#":
            return str(len(shell.positional))
        if not name.isdecimal():
            return " ".join(shell.positional)
        place = int(name[:9])
        return shell.positional[place - 1] if place <= len(shell.positional) else ""
    return shell.variables[name] or "" if name in shell.variables else None


def _with_values(shell: Shell, text: str) -> str:
    """Add the values of the variables that a text names, so that texts that give the same are the same."""
    names = {match[1] or match[2] for match in _NAMES.finditer(text)}
    told = [f"{name}={readable(shell.variables[name] or '')}" for name in sorted(names) if name in shell.variables]
    return f"{text} with {', '.join(told)}" if told else text

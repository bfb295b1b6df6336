"""Expand words as the shell would (POSIX.1 XCU 2.6), as far as it can be known without a run."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from migrator.commands import outputs
from migrator.commands.braces import alternatives
from migrator.commands.outputs import entered
from migrator.commands.parameters import replaced, trimmed
from migrator.commands.replacing import put
from migrator.commands.scope import Scope
from migrator.commands.values import Value, joined, literal, spaced, unknown
from migrator.shell.lexing import LexError, skip
from migrator.shell.tree import (
    Arithmetic,
    Literal,
    Parameter,
    Part,
    Script,
    Substitution,
    Word,
)

_DIGITS = 10  # of an index that an array may have
_REFERENCE = re.compile(r"\$(?:\{(\w+)\}|([A-Za-z_]\w*|[0-9@*#?$!]))|\\([$`\\])|\$(?=[({])|`")
_DEFAULTED = re.compile(r"\$\{(\w+)(:?[-=+?]|%%?|##?|//?|\^\^|,,)")
_NUMBER_NAME = re.compile(r"\$?\{?\b([A-Za-z_]\w*)\}?|\$\{?([0-9#])\}?")
_MOST_NESTED = 5
_ASKS_CLOCK = re.compile(r"[(`|]\s*(?:\S*/)?g?date\b")


def words(all_words: Iterable[Word], scope: Scope) -> list[Value]:
    """Expand words in order; an unquoted variable may give several, `"$@"` and arrays give one for each element."""
    values: list[Value] = []
    for one in all_words:
        text = one.raw
        # Only what braces hold makes several words of one.
        if one.special is None and "{" not in text:
            values.append(Value(text, text))
        else:
            values.extend(_fields(one, scope))
    return values


def word(one: Word, scope: Scope, depth: int = 0) -> Value:
    """Expand a word to a single value."""
    if scope.replacing is not None and "{" in one.raw:
        return put(_word(one, scope, depth), scope.replacing)
    return _word(one, scope, depth)


def _word(one: Word, scope: Scope, depth: int) -> Value:
    parts = one.special
    if parts is None:
        return Value(one.raw, one.raw)
    if len(parts) == 1:
        return _part(parts[0], scope, depth)
    if not parts:
        return literal("", quoted=True)
    values = [_part(part, scope, depth) for part in parts]
    return joined(_inside_quotes(parts, values) if "'" in one.raw or '\\"' in one.raw else values)


def _inside_quotes(parts: Sequence[Part], values: list[Value]) -> list[Value]:
    """Write `$NAME` again where an output, with quotes in its command, would stand within quotes of the text itself.

    Such a text is read as shell text where it is a command of another host or shell, and quotes do not nest.
    """
    single, double, told = 0, 0, []
    for part, value in zip(parts, values, strict=True):
        if isinstance(part, Literal):
            single, double = single + part.text.count("'"), double + part.text.count('"')
        quoting = not value.exact and ("'" in value.written or '"' in value.written)
        if quoting and isinstance(part, Parameter) and (single % 2 or double % 2):
            told.append(value.but(value.text, f"${{{part.name}}}"))
        else:
            told.append(value)
    return told


def _fields(one: Word, scope: Scope) -> list[Value]:
    parts = one.parts
    part = parts[0] if len(parts) == 1 else None
    if isinstance(part, Literal) and part.quoted:
        return [literal(part.text, quoted=True)]
    if isinstance(part, Parameter):
        elements = _elements(part, scope)
        if elements is not None:
            return list(elements)
    value = word(one, scope)
    if "{" in one.raw and len(several := alternatives(one, value)) > 1:
        return several
    if any(isinstance(p, Parameter | Substitution) and not p.quoted for p in parts):
        pieces = value.text.split()
        if len(pieces) != 1 and not any(isinstance(p, Literal) and re.search(r"\s", p.text) for p in parts):
            return [value.but(piece, None if value.exact else piece) for piece in pieces[:1000]]
    return [value]


def _elements(part: Parameter, scope: Scope) -> tuple[Value, ...] | None:
    """Give the elements of `$@`, `$*` or a whole array, or None for anything else or what is unknown."""
    if part.name in ("@", "*") and not part.operator:
        return scope.arguments
    name, bracket, _ = part.name.partition("[")
    whole = bracket + part.name[len(name) + 1 :] if bracket else part.operator
    if whole in ("[@]", "[*]") and not part.argument:
        return scope.arrays.get(name)
    return None


def _part(part: Part, scope: Scope, depth: int) -> Value:
    if isinstance(part, Literal):
        return literal(part.text, quoted=part.quoted)
    if isinstance(part, Parameter):
        return _parameter(part, scope)
    if isinstance(part, Substitution):
        return outputs.output(part.script, scope, word, depth + 1)
    if isinstance(part, Arithmetic):
        return _arithmetic(part.text, scope)
    return unknown("<(…)")


def _arithmetic(text: str, scope: Scope) -> Value:
    inner = text.removeprefix("$((").removesuffix("))").strip()
    if len(inner) <= 60:
        inner = _NUMBER_NAME.sub(lambda match: _number_of(match[1] or match[2], scope) or match[0], inner)
    if re.fullmatch(r"\d{1,9}", inner):
        return literal(inner)
    match = re.fullmatch(r"(\d{1,6})\s*([*+-])\s*(\d{1,6})", inner)
    if match:
        one, two = int(match[1]), int(match[3])
        return literal(str({"*": one * two, "+": one + two, "-": one - two}[match[2]]))
    return unknown(text)


def _number_of(name: str, scope: Scope) -> str | None:
    found = lookup(name, scope)
    return found.text if found is not None and found.exact and re.fullmatch(r"\d{1,6}", found.text) else None


def _parameter(part: Parameter, scope: Scope) -> Value:
    name, bracket, index = part.name.partition("[")
    operator = part.operator
    if operator.startswith("["):
        index, _, operator = operator[1:].partition("]")
        bracket, index = "[", index + "]"
    if operator == "#" and not part.argument:
        return unknown(f"${{#{name}}}")
    value = _element(name, index.rstrip("]"), scope) if bracket else lookup(name, scope)
    shown = f"${name}" if not (bracket or operator) else f"${{{part.name}{part.operator}{part.argument}}}"
    if operator:
        value = _operated(value, operator, part.argument, scope, shown)
        if value is not None and operator in ("=", ":=") and name not in scope.variables:
            scope.set(name, value)
    if value is None:
        return unknown(shown)
    return value


def _element(name: str, index: str, scope: Scope) -> Value | None:
    if name == "BASH_SOURCE":
        return scope.zero
    elements = scope.arrays.get(name)
    if elements is None:
        return None
    if index.isdecimal() and len(index) < _DIGITS and int(index) < len(elements):
        return elements[int(index)]
    if index in ("@", "*"):
        return spaced(elements)
    return None


def lookup(name: str, scope: Scope) -> Value | None:
    """Give the value of a variable or special parameter, None where nothing sets it."""
    if name in scope.variables:
        return scope.variables[name]
    if name.isdecimal():
        return _argument(int(name[:4]), scope)
    if name in ("USER", "LOGNAME") and scope.user:
        return literal(scope.user)
    if scope.arrays.get(name):
        return scope.arrays[name][0]
    return _special(name, scope)


def _argument(number: int, scope: Scope) -> Value | None:
    if number == 0:
        return scope.zero
    if scope.arguments is None:
        return None
    return scope.arguments[number - 1] if number <= len(scope.arguments) else literal("")


def _special(name: str, scope: Scope) -> Value | None:
    if name in ("@", "*"):
        return None if scope.arguments is None else spaced(scope.arguments)
    if name == "#":
        return None if scope.arguments is None else literal(str(len(scope.arguments)))
    if name == "$":
        return unknown("$$", private=True, state=frozenset({"$$"}))
    if name == "HOME":
        return scope.home
    if name == "PWD":
        return scope.folder
    return scope.zero if name == "BASH_SOURCE" else None


def _operated(value: Value | None, operator: str, argument: str, scope: Scope, shown: str) -> Value | None:
    """Apply `${NAME op argument}` (POSIX.1 XCU 2.6.2, bash(1) Parameter Expansion)."""
    if operator in (":-", "-", ":=", "="):
        if value is not None and (value.text or not operator.startswith(":")):
            return value
        return interpolated(argument, scope)
    if operator in (":?", "?"):
        return value
    if operator in (":+", "+"):
        return literal("") if value is not None and value.text == "" else interpolated(argument, scope)
    if value is None:
        return None
    if not value.exact:
        if operator in ("%", "%%"):
            return value.but(trimmed(value.text, operator, argument), shown)
        return unknown(shown, dated=value.dated, private=value.private)
    if operator in ("%", "%%", "#", "##"):
        return value.but(trimmed(value.text, operator, argument))
    if operator in ("/", "//"):
        return replaced(value, operator, argument, shown)
    if operator in ("^^", ",,"):
        return value.but(value.text.upper() if operator == "^^" else value.text.lower())
    return unknown(shown, dated=value.dated, private=value.private, state=value.state)


def interpolated(text: str, scope: Scope, depth: int = 0) -> Value:
    """Expand a raw text: the argument of `${NAME:-…}`, a here document. A substitution in it is `*`."""
    text = text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
    values: list[Value] = []
    end = 0
    while match := _REFERENCE.search(text, end):
        values.append(literal(text[end : match.start()]))
        name = match[1] or match[2]
        if name:
            found = lookup(name, scope)
            values.append(found if found is not None else unknown(match[0]))
            end = match.end()
        elif match[3]:
            values.append(literal(match[3]))
            end = match.end()
        else:
            end = _behind(text, match.start())
            values.append(_nested(text[match.start() : end], scope, depth))
    values.append(literal(text[end:]))
    return joined([value for value in values if value.written])


def _behind(text: str, start: int) -> int:
    """Give the offset behind an expansion; one that never closes takes the rest of the text."""
    try:
        return skip(text, start, len(text))
    except LexError:
        return len(text)


def _nested(text: str, scope: Scope, depth: int) -> Value:
    """Expand `${NAME:-argument}` in a raw text; the output of a command there is known to a run alone."""
    match = _DEFAULTED.match(text)
    if match is not None and text.endswith("}") and depth < _MOST_NESTED:
        argument = text[match.end() : -1]
        found = lookup(match[1], scope)
        if match[2] in (":-", "-", ":=", "="):
            given = found is not None and (found.text or not match[2].startswith(":"))
            return found if found is not None and given else interpolated(argument, scope, depth + 1)
        value = _operated(found, match[2], argument, scope, text)
        if value is not None:
            return value
    return unknown(text, dated=bool(_ASKS_CLOCK.search(text)))


def output(script: Script, scope: Scope) -> Value:
    """Give what a command substitution comes to."""
    return outputs.output(script, scope, word, 0)


__all__ = ["entered", "interpolated", "lookup", "output", "word", "words"]

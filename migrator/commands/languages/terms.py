"""Read expressions of a program's text that come to a path: strings, variables in them, concatenations, joins."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from migrator.commands.languages.idioms import Idioms
from migrator.commands.values import Value, joined, literal, unknown

_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`|q[qr]?\{([^{}\n]*)\}")
_INSIDE = re.compile(r"\$\{?(\w[\w:]*)\}?(?:->\{?\w+\}?|\[[^\]]*\])?|#\{([^{}]*)\}|\{\$(\w+)[^{}]*\}|\$\{([^{}]*)\}")
_WORD = re.compile(r"[$@]?[A-Za-z_][\w:.]*")
_LONGEST = 2000


def arguments(text: str, start: int) -> tuple[list[str], int]:
    """Split the arguments of a call whose `(` or first character stands at `start`; give them and the place behind."""
    opened = text[start : start + 1] == "("
    place = start + 1 if opened else start
    parts: list[str] = []
    begin = place
    depth = 0
    end = min(len(text), start + _LONGEST)
    while place < end:
        sign = text[place]
        if sign in "\"'`":
            match = _STRING.match(text, place, end)
            place = match.end() if match else place + 1
            continue
        if sign in "([{":
            depth += 1
        elif sign in ")]}":
            if depth == 0:
                break
            depth -= 1
        elif sign == "," and depth == 0:
            parts.append(text[begin:place].strip())
            begin = place + 1
        elif (
            depth == 0
            and not opened
            and (sign in ";\n" or text.startswith((" or ", " || ", " and ", " if ", " unless "), place))
        ):
            break
        place += 1
    parts.append(text[begin:place].strip())
    return parts, place + 1


def evaluated(text: str, known: Mapping[str, Value], idioms: Idioms, folder: Value, depth: int = 0) -> Value | None:
    """Give what an expression comes to; None where it is no string that can be read."""
    text = text.strip()
    if not text or depth > 6 or len(text) > _LONGEST:
        return None
    while text.startswith("(") and text.endswith(")") and _closes(text):
        text = text[1:-1].strip()
    # Of `test ? one : other` the first is taken: it is what the text names for the place it runs on.
    chosen = _split(text, "?")
    if len(chosen) == 2 and " : " in re.sub(r"\s+", " ", chosen[1]):
        return evaluated(_split(chosen[1], ":")[0], known, idioms, folder, depth + 1)
    terms = _split(text, idioms.concatenates)
    if len(terms) > 1:
        found = [evaluated(term, known, idioms, folder, depth + 1) for term in terms]
        if not any(found):
            return None
        return joined([value if value is not None else unknown(term) for value, term in zip(found, terms, strict=True)])
    return _term(text, known, idioms, folder, depth)


def _closes(text: str) -> bool:
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place == len(text) - 1
    return False


def _split(text: str, operator: str) -> list[str]:
    """Split at a concatenation operator outside strings and brackets."""
    parts: list[str] = []
    begin = place = depth = 0
    while place < len(text):
        sign = text[place]
        if sign in "\"'`":
            match = _STRING.match(text, place)
            place = match.end() if match else place + 1
            continue
        depth += (sign in "([{") - (sign in ")]}")
        if sign == operator and depth == 0 and not (operator == "." and text[place - 1 : place].isdigit()):
            parts.append(text[begin:place].strip())
            begin = place + 1
        place += 1
    parts.append(text[begin:].strip())
    return [part for part in parts if part]


def _term(text: str, known: Mapping[str, Value], idioms: Idioms, folder: Value, depth: int) -> Value | None:
    match = _STRING.fullmatch(text)
    if match:
        single = match[2] is not None
        content = next(group for group in match.groups() if group is not None)
        return literal(content.replace("\\'", "'")) if single else interpolated(content, known, idioms, folder)
    if text.lstrip("$") in idioms.here or text in idioms.here:
        return folder
    head, bracket, _ = text.partition("(")
    name = head.strip().lstrip("\\")
    if bracket and (
        name in idioms.joins or name.rpartition("::")[2] in idioms.joins or name.rpartition(">")[2] in idioms.joins
    ):
        parts, _ = arguments(text, len(head))
        found = [evaluated(part, known, idioms, folder, depth + 1) for part in parts]
        pieces = [
            value if value is not None else unknown(part) for value, part in zip(found, parts, strict=True) if part
        ]
        return _joined_path(pieces, glue=name != "paste0")
    if bracket and name in ("dirname", "File.dirname", "path.dirname", "realpath", "File.expand_path"):
        inner = evaluated(arguments(text, len(head))[0][0], known, idioms, folder, depth + 1)
        return None if inner is None else inner.but(posixpath.dirname(inner.text)) if "dirname" in name else inner
    word = _WORD.match(text)
    if word and word.end() == len(text):
        return known.get(text.lstrip("$@"))
    return None


def _joined_path(parts: list[Value], *, glue: bool) -> Value:
    found: list[Value] = []
    for part in parts:
        if glue and part.text.startswith("/"):
            found = []
        if glue and found and not found[-1].text.endswith("/"):
            found.append(literal("/"))
        found.append(part)
    return joined(found)


def interpolated(content: str, known: Mapping[str, Value], idioms: Idioms, folder: Value) -> Value:
    """Put variables into a double-quoted string."""
    parts: list[Value] = []
    end = 0
    for match in _INSIDE.finditer(content):
        parts.append(literal(content[end : match.start()].replace("\\", "")))
        name = next(group for group in match.groups() if group is not None)
        value = folder if name in idioms.here else known.get(name.strip())
        parts.append(value if value is not None else unknown(match[0]))
        end = match.end()
    parts.append(literal(content[end:].replace("\\", "")))
    return joined([part for part in parts if part.written])

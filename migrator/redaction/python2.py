"""Rewrite a Python 2 program so that Python 3 can parse it. What it says and the numbers of its lines stay.

What changed from one language to the other is listed in "What's New In Python 3.0"
(docs.python.org/3/whatsnew/3.0.html). Here is what stops a parser: the statements `print` and `exec`,
`except E, name`, `raise E, value`, backticks, `<>`, `0755`, `10L`, `ur""`, parameters that are tuples, tabs beside
blanks, and `async` as a name (a keyword since 3.7).
"""

from __future__ import annotations

import re
from itertools import pairwise

from migrator.redaction.python_tokens import Kind, Token, tokens

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_SILENT = frozenset({Kind.BLANK, Kind.COMMENT})
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_HEAD = re.compile(r"[A-Za-z]*")
_ASYNC = frozenset({"def", "for", "with"})


def as_python_3(text: str) -> str:
    """Give a program of Python 2 as one of Python 3; other text comes back changed little or not at all."""
    found = [_spelled(token) for token in tokens(text)]
    _quote_back(found)
    _indent(found)
    depth = first = 0
    for place, token in enumerate(found):
        depth = max(0, depth + _turn(token))
        if depth == 0 and (token.kind is Kind.NEWLINE or (token.kind is Kind.SIGN and token.text in (";", ":"))):
            # Behind the colon of `if x:` a statement may follow; the head is one of its own.
            _rewrite(found, first, place)
            first = place + 1
    _rewrite(found, first, len(found))
    return "".join(token.text for token in found)


def _turn(token: Token) -> int:
    """Give 1 for a bracket that opens, -1 for one that closes, 0 for any other token."""
    return (token.text in _OPENING) - (token.text in _CLOSING) if token.kind is Kind.SIGN else 0


def _spelled(token: Token) -> Token:
    """Give a single token as Python 3 spells it."""
    if token.kind is Kind.NUMBER:
        return token._replace(text=_number(token.text))
    if token.kind is Kind.STRING:
        return token._replace(text=_string(token.text))
    return token._replace(text="!=") if token.text == "<>" else token


def _number(text: str) -> str:
    bare = text.rstrip("lL")
    if len(bare) > 1 and bare[0] == "0" and bare.isdigit():
        octal = not set(bare) & set("89")
        return ("0o" + bare.lstrip("0") if octal else bare.lstrip("0")) if bare.strip("0") else "0"
    return bare


def _string(text: str) -> str:
    head = _HEAD.match(text)
    prefix = head[0].lower() if head is not None else ""
    if prefix == "ur":
        return text[1:]
    if prefix in ("", "b") and "\\" in text:
        # In a string of bytes `\u` and `\N` were two characters.
        return _ESCAPE.sub(lambda found: f"\\\\{found[1]}" if found[1] in "uUN" and not prefix else found[0], text)
    return text


def _quote_back(found: list[Token]) -> None:
    """Turn pairs of backticks into `repr(…)`."""
    ticks = [place for place, token in enumerate(found) if token.text == "`"]
    for first, last in zip(ticks[::2], ticks[1::2], strict=False):
        found[first] = found[first]._replace(text="repr(")
        found[last] = found[last]._replace(text=")")


def _indent(found: list[Token]) -> None:
    """Give the tabs of indentation as blanks, eight to a stop."""
    for place, (before, token) in enumerate(pairwise([Token(Kind.NEWLINE, "\n", 0), *found])):
        if before.kind is Kind.NEWLINE and token.kind is Kind.BLANK and "\t" in token.text and "\n" not in token.text:
            found[place] = token._replace(text=token.text.expandtabs(8))


def _rewrite(found: list[Token], first: int, end: int) -> None:
    """Rewrite the simple statement or the head of a block between two places."""
    while first < end and found[first].kind in _SILENT:
        first += 1
    while end > first and found[end - 1].kind in _SILENT:
        end -= 1
    if first >= end or found[first].kind is not Kind.NAME:
        return
    _rename_async(found, first, end)
    word = found[first].text
    if word in ("print", "exec"):
        _call(found, first, end)
    elif word == "except":
        _catch(found, first, end)
    elif word == "raise":
        commas = _commas(found, first, end)
        if commas:
            found[commas[0]] = found[commas[0]]._replace(text="(")
            found[end - 1] = found[end - 1]._replace(text=found[end - 1].text + ")")
    if word == "def" or any(token.text == "lambda" for token in found[first:end]):
        _name_tuples(found, first, end)


def _catch(found: list[Token], first: int, end: int) -> None:
    """Turn `except E, name` into `except E as name`; a tuple of names becomes one name."""
    commas = _commas(found, first, end)
    if not commas:
        return
    found[commas[-1]] = found[commas[-1]]._replace(text=" as ")
    start = next((place for place in range(commas[-1] + 1, end) if found[place].kind is not Kind.BLANK), end)
    if start < end and found[start].text in _OPENING:
        _name(found, start, _closing(found, start, end))


def _name(found: list[Token], first: int, last: int) -> None:
    """Put one name in the place of several tokens; lines stay lines."""
    found[first] = found[first]._replace(text=f"_{first}")
    for place in range(first + 1, last + 1):
        found[place] = found[place]._replace(text="\n" * found[place].text.count("\n"))


def _rename_async(found: list[Token], first: int, end: int) -> None:
    for place in range(first, end):
        if found[place].text == "async" and found[place].kind is Kind.NAME:
            after = next((t.text for t in found[place + 1 : end] if t.kind is not Kind.BLANK), "")
            if after not in _ASYNC:
                found[place] = found[place]._replace(text="async_")


def _call(found: list[Token], first: int, end: int) -> None:
    """Turn the statement `print x, y` or `exec code in names` into a call."""
    start = first + 1
    while start < end and found[start].kind is Kind.BLANK:
        start += 1
    if start == end:
        found[first] = found[first]._replace(text=found[first].text + "()")
        return
    if found[start].text in ("=", ".", ",", ")") or _in_brackets(found, start, end):
        return
    if found[start].text == ">>":
        found[start] = found[start]._replace(text="")
    for place in _at_top(found, start, end):
        if found[first].text == "exec" and found[place].text == "in":
            found[place] = found[place]._replace(text=",")
    found[start] = found[start]._replace(text="(" + found[start].text)
    found[end - 1] = found[end - 1]._replace(text=found[end - 1].text + ")")


def _in_brackets(found: list[Token], start: int, end: int) -> bool:
    """Say whether one pair of brackets holds the whole statement, as in `print("x")`."""
    return found[start].text == "(" and _closing(found, start, end) == end - 1


def _at_top(found: list[Token], first: int, end: int) -> list[int]:
    """Give the places that no bracket holds."""
    depth = 0
    places: list[int] = []
    for place in range(first, end):
        turn = _turn(found[place])
        depth += min(turn, 0)
        if depth == 0:
            places.append(place)
        depth += max(turn, 0)
    return places


def _commas(found: list[Token], first: int, end: int) -> list[int]:
    return [place for place in _at_top(found, first, end) if found[place].text == ","]


def _name_tuples(found: list[Token], first: int, end: int) -> None:
    """Give a parameter that is a tuple, `def f(a, (b, c))` or `lambda (k, v): …`, a name of its own."""
    head = found[first].text == "def"
    listing = False
    before = ""
    place = first
    opened = 0
    while place < end:
        token = found[place]
        if token.text == "lambda" and token.kind is Kind.NAME:
            listing, head = True, False
        elif listing and token.text == ":":
            listing = False
        elif token.text == "(" and (listing or (head and opened == 1)) and before in (",", "lambda", "("):
            last = _closing(found, place, end)
            _name(found, place, last)
            place = last
        elif head:
            opened += _turn(token)
        if token.kind is not Kind.BLANK:
            before = token.text
        place += 1


def _closing(found: list[Token], start: int, end: int) -> int:
    depth = 0
    for place in range(start, end):
        depth += _turn(found[place])
        if depth == 0:
            return place
    return end - 1

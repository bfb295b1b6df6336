"""Words of JavaScript and TypeScript (ECMA-262, 12): templates, patterns, comments."""

from __future__ import annotations

import re

from migrator.commands.languages.syntax.tokens import Code, Kind, Scanner, Token, closing, unescaped
from migrator.commands.languages.words import named

_NAME = re.compile(r"#?[A-Za-z_$\x80-\U0010ffff][\w$]*")
_NUMBER = re.compile(r"0[xXbBoO][\da-fA-F_]+n?|\d[\d_]*(?:\.\d*)?(?:[eE][+-]?\d+)?n?|\.\d+")
_SIGNS = re.compile(
    r">>>=|\.\.\.|===|!==|\*\*=|<<=|>>=|>>>|&&=|\|\|=|\?\?=|=>|\?\.(?!\d)|\+\+|--|\*\*|\?\?|==|!=|<=|>=|&&|\|\||\+=|-=|\*=|/=|%="
    r"|&=|\|=|\^=|<<|>>|[-+*/%=<>!~?:.,;(){}\[\]&|^@#\\]"
)
_REGEX = re.compile(r"/(?![*/])(?:[^/\\\[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,500}\]){1,2000}/[a-z]*")
_TEMPLATE = re.compile(r"`|\\.|\$\{", re.DOTALL)
_BEFORE_REGEX = named("return typeof case in of delete void throw new else do await yield")


def words(text: str, line: int = 1) -> list[Token]:
    """Find the words of a text."""
    scan = Scanner(text, line)
    text = scan.text
    if text.startswith("#!"):
        scan.skip(scan.line_end(0))
    while scan.place < len(text):
        place, sign = scan.place, text[scan.place]
        if sign.isspace():
            scan.skip_blanks()
        elif text.startswith("//", place):
            scan.skip(scan.line_end(place))
        elif text.startswith("/*", place):
            scan.skip_comment()
        elif sign in "\"'":
            end = _string_end(text, place, sign)
            body = text[place + 1 : end]
            scan.put(Kind.STRING, body, end + 1, (unescaped(body),) if body else ())
        elif sign == "`":
            _template(scan)
        else:
            _other(scan, sign)
    return scan.finish()


def _string_end(text: str, place: int, sign: str) -> int:
    """Give where a string ends; one that is not ended ends with its line."""
    match = _STRINGS[sign].match(text, place + 1)
    return match.end() if match else len(text)


_STRINGS = {sign: re.compile(rf"(?:[^{sign}\\\n]|\\.)*", re.DOTALL) for sign in "\"'"}


def _template(scan: Scanner) -> None:
    text, start = scan.text, scan.place
    parts: list[str | Code] = []
    place = begin = start + 1
    line = scan.line
    while True:
        match = _TEMPLATE.search(text, place)
        if match is None or match[0] == "`":
            end = match.start() if match else len(text)
            if end > begin:
                parts.append(unescaped(text[begin:end]))
            scan.put(Kind.STRING, "`", min(end + 1, len(text)), tuple(parts))
            return
        place = match.end()
        if match[0] != "${":
            continue
        if match.start() > begin:
            parts.append(unescaped(text[begin : match.start()]))
        stop = closing(text, place, "{")
        parts.append(Code(text[place:stop], line + text.count("\n", start, place) if len(parts) < 400 else line))
        place = begin = min(stop + 1, len(text))


def _operand(scan: Scanner) -> bool:
    last = scan.last()
    if last is None:
        return True
    if last.kind is Kind.NAME:
        return last.text in _BEFORE_REGEX
    return last.kind is Kind.SIGN and last.text not in (")", "]", "}", "++", "--")


def _other(scan: Scanner, sign: str) -> None:
    for pattern, kind, wanted in (
        (_REGEX, Kind.PATTERN, sign == "/" and _operand(scan)),
        (_NUMBER, Kind.NUMBER, sign.isdigit() or sign == "."),
        (_NAME, Kind.NAME, sign.isalpha() or sign in "_$#" or sign > "\x7f"),
        (_SIGNS, Kind.SIGN, True),
    ):
        match = pattern.match(scan.text, scan.place) if wanted else None
        if match is not None:
            body = match[0]
            if kind is Kind.NUMBER and not body[-1].isdigit():
                body = "?"
            scan.put(kind, body[1:].rpartition("/")[0] if kind is Kind.PATTERN else body, match.end())
            return
    scan.skip(scan.place + 1)

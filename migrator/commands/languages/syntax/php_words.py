"""Words of PHP (php.net/manual, language reference): what stands outside `<?php … ?>` is left out."""

from __future__ import annotations

import re

from migrator.commands.languages.syntax.tokens import Kind, Scanner, Token, closing, parts_of, unquoted

_OPEN = re.compile(r"<\?(?:php\b|=)?")
_NAME = re.compile(r"\\?[A-Za-z_\x80-\U0010ffff][\w\\]*")
_VARIABLE = re.compile(r"\$[A-Za-z_]\w*")
_NUMBER = re.compile(r"0[xXbB][\da-fA-F_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?|\.\d+")
_HEREDOC = re.compile(r"<<<[ \t]*(?:'(\w+)'|\"?(\w+)\"?)\r?\n")
_SIGNS = re.compile(
    r"\?->|<=>|\*\*=|\.\.\.|\?\?=|<<=|>>=|===|!==|->|=>|::|\+\+|--|\*\*|\?\?|==|!=|<>|<=|>=|&&|\|\||\+=|-=|\*=|/=|\.=|%="
    r"|&=|\|=|\^=|<<|>>|[-+*/%=<>!~\\?:.,;(){}\[\]&|^@$#]"
)
_INSIDE = re.compile(
    r"\\.|\{(\$[^{}]{1,300})\}|\$\{(\w+)\}|(\$[A-Za-z_]\w*(?:->[A-Za-z_]\w*|\[[^\[\]\s]{1,60}\])?)", re.DOTALL
)
_COMMENT_END = re.compile(r"\n|\?>")


def words(text: str, line: int = 1) -> list[Token]:
    """Find the words of a whole text."""
    scan = Scanner(text, line)
    _html(scan)
    return _code(scan)


def code(text: str, line: int = 1) -> list[Token]:
    """Find the words of a text that is all code, with or without `<?php` before it."""
    scan = Scanner(text, line)
    opening = _OPEN.match(scan.text)
    if opening is not None:
        scan.skip(opening.end())
    return _code(scan)


def _html(scan: Scanner) -> None:
    match = _OPEN.search(scan.text, scan.place)
    scan.skip(match.end() if match else len(scan.text))


def _code(scan: Scanner) -> list[Token]:
    text = scan.text
    while scan.place < len(text):
        place, sign = scan.place, text[scan.place]
        if sign.isspace():
            scan.skip_blanks()
        elif text.startswith("?>", place):
            scan.put(Kind.SIGN, ";", place + 2)
            _html(scan)
        elif text.startswith(("//", "#"), place) and not text.startswith("#[", place):
            end = _COMMENT_END.search(text, place)
            scan.skip(end.start() if end else len(text))
        elif text.startswith("/*", place):
            scan.skip_comment()
        elif text.startswith("#[", place):
            scan.skip(min(len(text), closing(text, place + 2, "[") + 1))
        elif sign in "\"'`":
            _string(scan, sign)
        elif not _heredoc(scan):
            _other(scan, sign)
    return scan.finish()


def _string(scan: Scanner, sign: str) -> None:
    end = closing(scan.text, scan.place + 1, sign)
    body = scan.text[scan.place + 1 : end]
    kind = Kind.COMMAND if sign == "`" else Kind.STRING
    plain = (unquoted(body, sign),) if body else ()
    scan.put(kind, body, end + 1, plain if sign == "'" else parts_of(body, scan.line, _INSIDE))


def _heredoc(scan: Scanner) -> bool:
    match = _HEREDOC.match(scan.text, scan.place) if scan.text.startswith("<<<", scan.place) else None
    if match is None:
        return False
    tag = match[1] or match[2]
    end = re.compile(rf"^[ \t]*{re.escape(tag)}\b", re.MULTILINE).search(scan.text, match.end())
    stop = end.start() if end else len(scan.text)
    body = scan.text[match.end() : stop]
    parts = (body,) if match[1] else parts_of(body, scan.line + 1, _INSIDE)
    scan.put(Kind.STRING, tag, end.end() if end else stop, parts)
    return True


def _other(scan: Scanner, sign: str) -> None:
    for pattern, kind, wanted in (
        (_VARIABLE, Kind.VARIABLE, sign == "$"),
        (_NUMBER, Kind.NUMBER, sign.isdigit() or sign == "."),
        (_NAME, Kind.NAME, sign.isalpha() or sign in "_\\"),
        (_SIGNS, Kind.SIGN, True),
    ):
        match = pattern.match(scan.text, scan.place) if wanted else None
        if match is not None:
            scan.put(kind, match[0], match.end())
            return
    scan.skip(scan.place + 1)

"""Words of Perl (perlop(1), perldata(1)): quotes of every kind, here documents, patterns, POD left out."""

from __future__ import annotations

import re

from migrator.commands.languages.syntax.tokens import (
    Code,
    Kind,
    Scanner,
    Token,
    closing,
    letters_end,
    parts_of,
    unquoted,
)
from migrator.commands.languages.words import named

_BLANK = re.compile(r"[ \t\r\n\f]+")
_NAME = re.compile(r"(?:::)?[A-Za-z_]\w*(?:(?:::|')[A-Za-z_]\w*)*(?:::)?")
_VARIABLE = re.compile(
    r"\$\$(?![\w{$:])|[$@](?:(?:::)?[A-Za-z_]\w*(?:::\w+)*|\d+|\^\w|[_&`'+!@/\\,;.\-\"0<>()\[\]:?|](?![\w{]))|%(?:(?:::)?[A-Za-z_]\w*(?:::\w+)*|[+!](?=[^\w]))"
    r"|\$[_!@&](?=[\[{])"
)
_LENGTH = re.compile(r"\$#(?:\{|\$*\w[\w:]*)")
_NUMBER = re.compile(r"0[xXbB][\da-fA-F_]+|\d[\d_]*(?:\.(?!\.)[\d_]*)?(?:[eE][+-]?\d+)?|\.\d+|v\d+(?:\.\d+)*")
_HEREDOC = re.compile(r"<<(~?)(?:\"([^\"\n]*)\"|'([^'\n]*)'|([A-Za-z_]\w*))")
_READLINE = re.compile(r"<\$?[\w:]*>|<<>>")
_GLOB = re.compile(r"<([^<>\n=;]*[*?/~][^<>\n;]*)>")
_QUOTES = re.compile(r"(qq|qw|qx|qr|q|tr|m|s|y)\b")
_SIGNS = re.compile(
    r"<=>|\*\*=|\|\|=|&&=|//=|\.\.\.|<<=|>>=|->|\+\+|--|\*\*|=~|!~|==|!=|<=|>=|&&|\|\||//|\.\.|::|\+=|-=|\*=|/=|\.=|%=|x=(?!=)"
    r"|&=|\|=|\^=|<<|>>|=>|[-+*/%=<>!~\\?:.,;(){}\[\]&|^@$]"
)
_TEST = re.compile(r"-[edfrwxsozlpSbctugkTBAMC](?=\s*[$\"'(_@]|\s+[\w<])(?!\s*(?:=>|,))")
_PROTOTYPE = re.compile(r"\(\s*[\\$@%&*;+_\[\]\s]+\)")
_WITHHELD = re.compile(r"REDACTED-[\w-]+")
_POD = re.compile(r"=[a-zA-Z]")
_CUT = re.compile(r"^=cut\b[^\n]*", re.MULTILINE)
_INSIDE = re.compile(
    r"\\.|@\{\[(.{0,2000}?)\]\}|\$\{\s*([\w:]+)\s*\}(?:(?:->)?(?:\[[^\[\]\n]{1,100}\]|\{[^{}\n]{1,100}\}))*"
    r"|([$@]\{[^{}\n]{1,200}\}(?:->)?(?:\[[^\[\]\n]{1,100}\]|\{[^{}\n]{1,100}\})*)"
    r"|(\$(?:::)?\$?[A-Za-z_0-9]\w*(?:::\w+)*(?:(?:->)?(?:\[[^\[\]\n]{1,100}\]|\{[^{}\n]{1,100}\}))*)"
    r"|((?<![\w.])@[A-Za-z_][\w:]*)|(\$\$)(?![\w{])|\$([!@&,;0])",
    re.DOTALL,
)
_OPERATORS = named(
    """
    split grep map join if unless and or not xor return push unshift x lt gt le ge eq ne cmp while until print when
    """
)


def words(text: str, line: int = 1) -> list[Token]:
    """Find the words of a text."""
    scan = Scanner(text, line)
    pending: list[tuple[Token, str, bool, bool]] = []
    if _POD.match(scan.text):
        _pod(scan)
    while scan.place < len(scan.text):
        sign = scan.text[scan.place]
        if sign in " \t\r\n\f":
            _blank(scan, pending)
        elif sign == "#":
            scan.skip(scan.line_end(scan.place))
        elif scan.text.startswith(("__END__", "__DATA__"), scan.place):
            break
        elif sign == "(" and (prototype := _prototype(scan)):
            scan.skip(prototype)
        elif not (_quote(scan, sign) or _quote_like(scan) or _here(scan, pending) or _withheld(scan, sign)):
            _other(scan, sign)
    return scan.finish()


def _prototype(scan: Scanner) -> int:
    """Give the end of a sub's prototype, 0 where none begins here: the signs in `sub max($$)` are no variables."""
    before = scan.tokens[-2:]
    if not any(token.word("sub") for token in before) or (before[-1].kind is not Kind.NAME):
        return 0
    match = _PROTOTYPE.match(scan.text, scan.place)
    return match.end() if match else 0


def _blank(scan: Scanner, pending: list[tuple[Token, str, bool, bool]]) -> None:
    """Go on behind blanks; the bodies of here documents and POD begin behind the end of a line."""
    match = _BLANK.match(scan.text, scan.place)
    end = match.end() if match else scan.place + 1
    line_end = scan.text.find("\n", scan.place, end)
    if line_end == -1:
        scan.skip(end)
        return
    if pending:
        scan.skip(line_end + 1)
        for token, tag, plain, trimmed in pending:
            _body(scan, token, tag, plain=plain, trimmed=trimmed)
        pending.clear()
        if scan.text[scan.place : scan.place + 1] == "=" and _POD.match(scan.text, scan.place):
            _pod(scan)
        return
    scan.skip(end)
    if scan.text[end - 1] == "\n" and _POD.match(scan.text, end):
        _pod(scan)


def _pod(scan: Scanner) -> None:
    cut = _CUT.search(scan.text, scan.place)
    scan.skip(cut.end() if cut else len(scan.text))


def _body(scan: Scanner, token: Token, tag: str, *, plain: bool, trimmed: bool) -> None:
    """Take the lines of a here document as its word's string."""
    indent = r"[ \t]*" if trimmed else ""
    match = re.compile(rf"^{indent}{re.escape(tag)}\r?$", re.MULTILINE).search(scan.text, scan.place)
    end = match.start() if match else len(scan.text)
    body = scan.text[scan.place : end]
    token.parts = (body,) if plain else parts_of(body, scan.line, _INSIDE)
    _names(token)
    scan.skip(match.end() if match else end)


def _names(token: Token) -> None:
    """Write `${name}` in a string as the variable that it is."""
    token.parts = tuple(
        Code(f"${part.text}", part.line)
        if isinstance(part, Code) and re.fullmatch(r"[A-Za-z_][\w:]*|[!@&,;0]", part.text)
        else part
        for part in token.parts
    )


def _quote(scan: Scanner, sign: str) -> bool:
    if sign not in "\"'`":
        return False
    end = closing(scan.text, scan.place + 1, sign)
    body = scan.text[scan.place + 1 : end]
    _string(scan, body, sign, end + 1, Kind.COMMAND if sign == "`" else Kind.STRING, plain=sign == "'")
    return True


def _string(scan: Scanner, body: str, opener: str, end: int, kind: Kind, *, plain: bool) -> None:
    parts = ((unquoted(body, opener),) if body else ()) if plain else parts_of(body, scan.line, _INSIDE)
    _names(scan.put(kind, body, end, parts))


def _withheld(scan: Scanner, sign: str) -> bool:
    """Read what stands in the place of a secret: `REDACTED-password{…}` was `q{…}`."""
    match = _WITHHELD.match(scan.text, scan.place) if sign == "R" else None
    if match is None:
        return False
    opener = scan.text[match.end() : match.end() + 1]
    end = closing(scan.text, match.end() + 1, opener) + 1 if opener and opener in "{([<" else match.end()
    scan.put(Kind.STRING, match[0], end, (match[0],))
    return True


def _operand(scan: Scanner) -> bool:
    """Say whether an operand is expected here, so that `/` begins a pattern and `%` a name."""
    last = scan.last()
    if last is None:
        return True
    if last.kind is Kind.NAME:
        # `our %options`, `keys %h`: a blank before and none behind.
        name = scan.spaced and scan.text[scan.place] == "%" and scan.text[scan.place + 1 : scan.place + 2].strip() != ""
        return name or last.text in _OPERATORS
    return last.kind is Kind.SIGN and last.text not in (")", "]", "}", "++", "--")


def _quote_like(scan: Scanner) -> bool:
    """Read `q{}`, `qq`, `qw`, `qx`, `qr`, `m`, `s`, `tr`, `y`."""
    match = _QUOTES.match(scan.text, scan.place)
    last = scan.last()
    if match is None or (last is not None and (last.sign("->", "&") or last.word("sub"))):
        return False
    start = match.end()
    while start < len(scan.text) and scan.text[start] in " \t\n\r":
        start += 1
    opener = scan.text[start : start + 1]
    if not opener or opener.isalnum() or opener in "_,;)" or (opener == "#" and start > match.end()):
        return False
    if opener == "=" and (start > match.end() or scan.text[start + 1 : start + 2] in "=>~"):
        return False
    if opener == "}" and last is not None and last.sign("{"):
        return False
    if opener == ":" and scan.text[start + 1 : start + 2] == ":":
        return False
    name = match[1]
    end = closing(scan.text, start + 1, opener)
    body = scan.text[start + 1 : end]
    if name in ("s", "tr", "y"):
        _substitution(scan, body, opener, end)
    elif name == "qw":
        scan.put(Kind.WORDS, body, end + 1)
    elif name in ("m", "qr"):
        scan.put(Kind.PATTERN, body, letters_end(scan.text, end + 1))
    else:
        kind = Kind.COMMAND if name == "qx" else Kind.STRING
        _string(scan, body, opener, end + 1, kind, plain=name == "q" or opener == "'")
    return True


def _substitution(scan: Scanner, body: str, opener: str, end: int) -> None:
    second = end + 1
    if opener in "([{<":
        while second < len(scan.text) and scan.text[second] in " \t\n\r":
            second += 1
        opener = scan.text[second : second + 1] or "/"
        second += 1
    stop = closing(scan.text, second, opener)
    replaced = scan.text[second:stop]
    scan.put(Kind.PATTERN, "s", letters_end(scan.text, stop + 1), (body, replaced))


def _here(scan: Scanner, pending: list[tuple[Token, str, bool, bool]]) -> bool:
    if not scan.text.startswith("<<", scan.place):
        return False
    match = _HEREDOC.match(scan.text, scan.place)
    last = scan.last()
    after_value = last is not None and (last.kind in (Kind.VARIABLE, Kind.NUMBER) or last.sign(")", "]"))
    if match is None or after_value or len(pending) >= 20:
        return False
    tag = next(group for group in match.groups()[1:] if group is not None)
    token = scan.put(Kind.STRING, tag, match.end())
    pending.append((token, tag, match[3] is not None, match[1] == "~"))
    return True


def _other(scan: Scanner, sign: str) -> None:
    """Read variables, numbers, names, patterns and signs."""
    text, place = scan.text, scan.place
    operand = _operand(scan)
    if sign in "$@" or (sign == "%" and operand):
        match = _LENGTH.match(text, place) if sign == "$" else None
        if match is not None:
            scan.put(Kind.NUMBER, "?", match.end())
            return
        match = _VARIABLE.match(text, place)
        if match is not None:
            scan.put(Kind.VARIABLE, match[0], match.end())
            return
        scan.put(Kind.SIGN, sign if sign != "%" else "%$", place + 1)
        return
    if sign == "/" and operand:
        end = closing(text, place + 1, "/")
        scan.put(Kind.PATTERN, text[place + 1 : end], letters_end(text, end + 1))
        return
    for pattern, kind, wanted in (
        (_READLINE, Kind.READLINE, sign == "<" and operand),
        (_GLOB, Kind.READLINE, sign == "<" and operand),
        (_TEST, Kind.TEST, sign == "-" and (operand or (bool(scan.tokens) and scan.tokens[-1].kind is Kind.NAME))),
        (_NUMBER, Kind.NUMBER, sign.isdigit() or sign == "."),
        (_NAME, Kind.NAME, sign.isalpha() or sign in "_:"),
        (_SIGNS, Kind.SIGN, True),
    ):
        match = pattern.match(text, place) if wanted else None
        if match is not None:
            parts = parts_of(match[1], scan.line, _INSIDE) if pattern is _GLOB else ()
            scan.put(kind, match[0], match.end(), parts)
            return
    scan.skip(place + 1)

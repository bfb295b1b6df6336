"""Words of Ruby (docs.ruby-lang.org, syntax): strings with code in them, here documents, symbols, labels, patterns."""

from __future__ import annotations

import re

from migrator.commands.languages.syntax.tokens import (
    Code,
    Kind,
    Scanner,
    Token,
    closing,
    letters_end,
    unescaped,
    unquoted,
)
from migrator.commands.languages.words import named

_BLANK = re.compile(r"[ \t\r\f\v]+|\\\r?\n")
_NAME = re.compile(r"[A-Za-z_\x80-\U0010ffff]\w*(?:[?!](?!=[^=~>]))?")
_LABEL = re.compile(r"([A-Za-z_]\w*[?!]?):(?![:\w\"'])|\"([^\"\\\n]{1,60})\":(?!:)(?=\s)")
_VARIABLE = re.compile(r"@@?[A-Za-z_]\w*|\$(?:[A-Za-z_]\w*|[0-9!@&~?/\\;,.<>_$*:\"])")
_SYMBOL = re.compile(r":([A-Za-z_]\w*[?!=]?)(?!:)|:\"([^\"\\\n]*)\"")
_NUMBER = re.compile(r"0[xXbBoO][\da-fA-F_]+|\d[\d_]*(?:\.\d[\d_]*)?(?:[eE][+-]?\d+)?")
_PERCENT = re.compile(r"%([qQwWiIrx]?)([(\[{<|!/])")
_HEREDOC = re.compile(r"<<([~-]?)(?:\"(\w+)\"|'(\w+)'|([A-Z_][A-Z_0-9]*\b))")
_CODE = re.compile(r"\\.|#\{", re.DOTALL)
_SIGNS = re.compile(
    r"\*\*=|<=>|===|\.\.\.|<<=|>>=|&&=|\|\|=|=>|->|&\.|::|\*\*|==|!=|=~|!~|<=|>=|&&|\|\||\.\.|\+=|-=|\*=|/=|%=|&=|\|=|\^=|<<|>>"
    r"|[-+*/%=<>!~?:.,;(){}\[\]&|^@$]"
)
_BEFORE_VALUE = named(
    """
    if unless while until and or not return when in puts print then elsif case do yield raise require split gsub sub
    """
)


def words(text: str, line: int = 1) -> list[Token]:
    """Find the words of a text."""
    scan = Scanner(text, line)
    text = scan.text
    pending: list[tuple[Token, str, bool]] = []
    while scan.place < len(text):
        place, sign = scan.place, text[scan.place]
        if sign == "\n":
            _line(scan, pending)
        elif sign.isspace() or sign == "\\":
            match = _BLANK.match(text, place)
            scan.skip(match.end() if match else place + 1)
        elif sign == "#":
            scan.skip(scan.line_end(place))
        elif text.startswith("__END__", place) and scan.first:
            break
        elif sign == "=" and text.startswith("=begin", place) and (place == 0 or text[place - 1] == "\n"):
            end = text.find("\n=end", place)
            scan.skip(len(text) if end == -1 else scan.line_end(end + 1))
        elif not (_quote(scan, sign) or _percent(scan, sign) or _heredoc(scan, sign, pending)):
            _other(scan, sign)
    return scan.finish()


def _line(scan: Scanner, pending: list[tuple[Token, str, bool]]) -> None:
    scan.skip(scan.place + 1)
    for token, tag, plain in pending:
        match = re.compile(rf"^[ \t]*{re.escape(tag)}\r?$", re.MULTILINE).search(scan.text, scan.place)
        end = match.start() if match else len(scan.text)
        body = scan.text[scan.place : end]
        token.parts = (body,) if plain else pieces(body, scan.line)
        scan.skip(match.end() if match else end)
    pending.clear()


def pieces(text: str, line: int) -> tuple[str | Code, ...]:
    """Split a string into fixed parts and the code in `#{…}`."""
    parts: list[str | Code] = []
    place = begin = 0
    while True:
        match = _CODE.search(text, place)
        if match is None:
            break
        place = match.end()
        if match[0] != "#{":
            continue
        if match.start() > begin:
            parts.append(unescaped(text[begin : match.start()]))
        stop = closing(text, place, "{")
        parts.append(Code(text[place:stop], line))
        place = begin = min(stop + 1, len(text))
    if begin < len(text):
        parts.append(unescaped(text[begin:]))
    return tuple(parts)


def _quote(scan: Scanner, sign: str) -> bool:
    if sign not in "\"'`":
        return False
    if sign == '"':
        match = _LABEL.match(scan.text, scan.place)
        if match is not None:
            scan.put(Kind.SYMBOL, match[2], match.end(), ("label",))
            return True
    end = closing(scan.text, scan.place + 1, sign)
    body = scan.text[scan.place + 1 : end]
    plain: tuple[str | Code, ...] = (unquoted(body, sign),) if body else ()
    kind = Kind.COMMAND if sign == "`" else Kind.STRING
    scan.put(kind, body, end + 1, plain if sign == "'" else pieces(body, scan.line))
    return True


def _percent(scan: Scanner, sign: str) -> bool:
    match = _PERCENT.match(scan.text, scan.place) if sign == "%" else None
    if match is None or not (_operand(scan) or (match[1] and scan.spaced)):
        return False
    end = closing(scan.text, match.end(), match[2])
    body = scan.text[match.end() : end]
    letter = match[1]
    if letter in ("w", "W", "i", "I"):
        scan.put(Kind.WORDS, body, end + 1)
    elif letter == "r":
        scan.put(Kind.PATTERN, body, end + 1)
    else:
        parts: tuple[str | Code, ...] = (body,) if letter == "q" else pieces(body, scan.line)
        scan.put(Kind.COMMAND if letter == "x" else Kind.STRING, body, end + 1, parts)
    return True


def _heredoc(scan: Scanner, sign: str, pending: list[tuple[Token, str, bool]]) -> bool:
    match = _HEREDOC.match(scan.text, scan.place) if sign == "<" else None
    last = scan.last()
    if match is None or len(pending) >= 20:
        return False
    after_value = last is not None and (last.kind in (Kind.VARIABLE, Kind.NUMBER, Kind.STRING) or last.sign(")", "]"))
    if after_value or (last is not None and last.kind is Kind.NAME and not scan.spaced):
        return False
    tag = match[2] or match[3] or match[4]
    pending.append((scan.put(Kind.STRING, tag, match.end()), tag, match[3] is not None))
    return True


def _operand(scan: Scanner) -> bool:
    last = scan.last()
    if last is None or scan.first:
        return True
    if last.kind is Kind.NAME:
        return last.text in _BEFORE_VALUE
    if last.kind is Kind.SYMBOL:
        return last.parts == ("label",)
    return last.kind is Kind.SIGN and last.text not in (")", "]", "}")


def _other(scan: Scanner, sign: str) -> None:
    text, place = scan.text, scan.place
    after = text[place + 1 : place + 2]
    last = scan.last()
    command = last is not None and last.kind is Kind.NAME and scan.spaced and after not in (" ", "=", "")
    if sign == "/" and (_operand(scan) or command):
        end = closing(text, place + 1, "/")
        scan.put(Kind.PATTERN, text[place + 1 : end], letters_end(text, end + 1))
        return
    label = _LABEL.match(text, place) if sign.isalpha() or sign == "_" else None
    if label is not None and not (last is not None and (last.sign("?") and not label[0].endswith(": "))):
        scan.put(Kind.SYMBOL, label[1], label.end(), ("label",))
        return
    for pattern, kind, wanted in (
        (_SYMBOL, Kind.SYMBOL, sign == ":"),
        (_VARIABLE, Kind.VARIABLE, sign in "@$"),
        (_NUMBER, Kind.NUMBER, sign.isdigit()),
        (_NAME, Kind.NAME, sign.isalpha() or sign == "_" or sign > "\x7f"),
        (_SIGNS, Kind.SIGN, True),
    ):
        match = pattern.match(text, place) if wanted else None
        if match is not None:
            shown = match[0]
            if kind is Kind.SYMBOL:
                shown = match[1] or match[2] or ""
            scan.put(kind, shown, match.end())
            return
    scan.skip(place + 1)

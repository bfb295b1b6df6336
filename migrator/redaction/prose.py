"""Secrets in what people and other languages say: prose, SQL, expect, .netrc, FTP and mail dialogues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.marks import Kind
from migrator.redaction.names import is_given, kind_of_name
from migrator.redaction.shapes import Span

_SAID = re.compile(
    r"""\b(pass(?:word|wd|phrase|code)?|pwd?|token|secret|api[ _-]?key|credentials?)\b
    (?:[ \t]+(?:for|of|on|to)[ \t]+[\w.@-]+)?
    [ \t]*(?:(?:was|is|are|be|=|:|->|=>|to)[ \t]*)+["'`]?([^\s"'`,;)]{3,})""",
    re.VERBOSE | re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:old|new|current|root|admin|the|my|our|db|database|user)[ \t]+(pass(?:word|wd)?|pw)[ \t]+([^\s\"'`,;)]{4,})",
    re.IGNORECASE,
)
_UNLIKE_A_WORD = re.compile(r"[0-9A-Z!#$%^&*+~]")
_SQL = re.compile(
    r"""\b(?:identified(?:\s+with\s+\S+)?\s+by(?:\s+password)?\s+ | set\s+password\s*(?:for\s+\S+)?\s*=\s*
    | password(?:\s*\(\s*|\s+))(['"])((?:\\.|(?!\1)[^\\\n])+)\1""",
    re.VERBOSE | re.IGNORECASE,
)
_EXPECT = re.compile(
    r"(?:assword|assphrase)[^\n]{0,60}[\s;{}]+(?:exp_)?send[ \t]+(?:--[ \t]+)?"
    r"\\?([\"'{])([^\n]{1,200}?)(?:\\+[rn])*\\?(?:\1|\})",
    re.IGNORECASE,
)
_NETRC = re.compile(r"\blogin[ \t]+\S+\s+password[ \t]+([^\s\"']+)")
_CURL_CONFIG = re.compile(r"(?m)^[ \t]*-{0,2}(?:proxy-)?user\b[ \t]*[=:]?[ \t]*\"?[\w.@-]+:([^\s\"']+)")
_DIALOGUE = re.compile(
    r"(?:^|[\"'\n;]|\\n)[ \t]*(?:PASS|quote[ \t]+PASS|AUTH(?![ \t]+(?:LOGIN|PLAIN)))[ \t]+([^\s\"';\\]+)"
)
_FTP = re.compile(
    r"(?:^|[\"'\n;]|\\n|\becho|\bprintf)[ \t]*[\"']?(?:quote[ \t]+)?user[ \t]+[^\s\"';]+[ \t]+([^\s\"';\\]+)",
    re.IGNORECASE,
)


def dialogues(text: str) -> Iterator[Span]:
    """Yield the passwords of SQL statements, expect scripts, .netrc lines, curl's settings and FTP's commands."""
    for pattern in (_SQL, _EXPECT):
        for match in pattern.finditer(text):
            if is_given(match[2]):
                yield *match.span(2), Kind.PASSWORD
    for pattern, test in ((_NETRC, "login"), (_CURL_CONFIG, "user"), (_DIALOGUE, ""), (_FTP, "ftp")):
        if test in text:
            for match in pattern.finditer(text):
                if is_given(match[1]):
                    yield *match.span(1), Kind.PASSWORD


def said(text: str) -> Iterator[Span]:
    """Yield what prose gives away: `the old password was …`. A guess: a word of small letters alone is kept."""
    for pattern in (_SAID, _CALLED):
        for match in pattern.finditer(text):
            value = match[2].rstrip(".!?")
            if not is_given(value) or not _UNLIKE_A_WORD.search(value, 1) or value.startswith(("$", ".*")):
                continue
            kind = kind_of_name(match[1].replace(" ", "_")) or Kind.PASSWORD
            yield match.start(2), match.start(2) + len(value), kind

"""Secrets in what people and other languages say: prose, SQL, expect, .netrc, FTP and mail dialogues."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.marks import Kind
from migrator.redaction.names import given, is_given, kind_of_name
from migrator.redaction.shapes import Span

_SAID = re.compile(
    r"""(?<!:)\b(pass(?:word|wd|phrase|code)?|pwd?|token|secret|api[ _-]?key|credentials?)\b
    (?:[ \t]+(?:for|of|on|to)(?:[ \t]+[\w.@-]+){1,3}?)?
    [ \t]*(?:(?:was|is|are|be|=|:|->|=>|to)[ \t]*)+["'`]?([^\s"'`,;)]{3,})""",
    re.VERBOSE | re.IGNORECASE,
)
_CALLED = re.compile(
    r"(?:\b(?:old|new|current|root|admin|the|my|our|db|database|user)|[/,])"
    r"[ \t]+(pass(?:word|wd)?|pw)[ \t]+([^\s\"'`,;)]{4,})",
    re.IGNORECASE,
)
# `os.environ`, `ENV[`: code that fetches it.
_FETCHED = re.compile(r"[A-Za-z_]\w*(?:(?:\.[A-Za-z_]\w*)+|(?:\.\w+)*\[.*)\Z")
_SQL_WORDS = frozenset(["FROM", "WHERE", "VARCHAR", "TEXT", "CHAR", "NULL", "ORDER", "GROUP", "VALUES", "LIKE", "INTO"])
_CODE = re.compile(
    r"(?:process|os|sys|system|env|config|settings|self|this|args|options|params)\.[a-z_]|\w+\(", re.IGNORECASE
)
_PORT = re.compile(r"[0-9]{2,5}(?:/.*)?")
_UNLIKE_A_WORD = re.compile(r"[0-9A-Z!#$%^&*+~]")
_SQL = re.compile(
    r"""\b(?:identified(?:\s+with\s+\S+)?\s+by(?:\s+password)?\s+ | set\s+password\s*(?:for\s+\S+)?\s*=\s*
    | password(?:\s*\(\s*|\s+))(\\*['"])((?:\\.|(?!\1)[^\\\n])+?)\1""",
    re.VERBOSE | re.IGNORECASE,
)
_IDENTIFIED = re.compile(r"\bidentified\s+by\s+(?!values\b|password\b|with\b|[\"'$:&])([^\s;,\"')]+)", re.IGNORECASE)
_EXPECT = re.compile(
    r"(?:assword|assphrase)[^\n]{0,60}?[\s;{}]+(?:exp_)?send[ \t]+(?:--[ \t]+)?"
    r"\\?([\"'{])([^\n]{1,200}?)(?:\\+[rn])*\\?(?:\1|\})",
    re.IGNORECASE,
)
_NETRC = re.compile(r"\blogin[ \t]+\S+\s+password[ \t]+([^\s\"']+)")
# msmtprc(5), fetchmailrc(5), pppd(8): `user NAME password SECRET`.
_USER = re.compile(
    r"\buser(?:name)?[ \t]+[\"']?[^\s\"']+[\"']?\s+(?:(?:there|with|is|and)[ \t]+)*pass(?:word)?[ \t]+[\"']?([^\s\"']+)"
)
# `host:port:database:user:secret` of PostgreSQL's .pgpass; addresses of network cards and IPv6 have colons, too.
_PGPASS = re.compile(
    r"(?:^|(?<=[\s\"']))(?![0-9A-Fa-f:]+(?:[\s\"'/]|$))[\w.*-]+:(?:[56]\d{3}|\*):[\w*-]+:[A-Za-z_*][\w.-]*:([^\s\"':]+)",
    re.MULTILINE,
)
_CURL_CONFIG = re.compile(r"(?m)^[ \t]*-{0,2}(?:proxy-)?user\b[ \t]*[=:]?[ \t]*\"?[\w.@-]+:([^\s\"']+)")
_DIALOGUE = re.compile(
    r"(?:^|[\"'\n;]|\\n)[ \t]*(?:PASS|quote[ \t]+PASS|AUTH(?![ \t]+(?:LOGIN|PLAIN)))[ \t]+([^\s\"';\\]+)"
    r"(?=[ \t]*(?:$|[\"';\\|&]))",
    re.MULTILINE,
)
_FTP = re.compile(
    r"(?:^|[\"'\n;]|\\n|\becho|\bprintf)[ \t]*[\"']?(?:quote[ \t]+)?(?:user|login)[ \t]+[^\s\"';]+"
    r"[ \t]+\"?([^\s\"';\\]+)"
    r"(?=[ \t]*(?:$|[\"';\\|&]))",
    re.IGNORECASE | re.MULTILINE,
)


_CONNECT = re.compile(
    r"^[ \t]*conn(?:ect)?[ \t]+(?:(?:target|catalog|auxiliary)[ \t]+)?[\w.$]+/([^\s@/;]+)(?:@[\w./:-]+)?"
    r"(?:[ \t]+as[ \t]+\w+)?[ \t]*;?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LOGON = re.compile(r"(?m)(?:\.|^[ \t]*)logon[ \t]+[^\s,;]+/[^\s,;]+,([^\s;\"']+)", re.IGNORECASE)
# Of Db2 and Informix.
_USING = re.compile(
    r"\bconnect\s+to\s+\S+\s+user\s+\S+\s+using\s+[\"']?([^\s;\"']+?)(?=\)*(?:[\s;\"']|\Z))", re.IGNORECASE
)
_PRAGMA = re.compile(r"\bpragma\s+(?:hex|re)?key\s*=\s*[\"']([^\"'\n]+)[\"']", re.IGNORECASE)
# A line or a quoted text of two words: `password SECRET`.
_ALONE = re.compile(
    r"(?:^|[\"'])[ \t]*pass(?:word|wd)?[ \t]+(?=[^\s\"']*[0-9A-Z!#$%^&*+~])([^\s\"']{4,})[ \t]*(?=[\"']|$)",
    re.MULTILINE,
)
# `user NAME` and `password SECRET` on a line each.
_LINE_EACH = re.compile(
    r"^[ \t]*(?:user|username|login)[ \t]+[^\s=:]+[ \t]*\n[ \t]*pass(?:word|wd)?[ \t]+\"?([^\s\"]+)\"?[ \t]*$",
    re.MULTILINE,
)
_TCL = re.compile(
    r"\bset[ \t]+\w*(?:pass(?:word|wd|phrase)?|secret|token|pw)[ \t]+[{\"]([^\s{}\"]+)[}\"]", re.IGNORECASE
)
# Each with what a text in small letters must hold to be worth a search.
_LINES = (
    (_NETRC, "login"),
    (_PGPASS, ":5"),
    (_PGPASS, ":6"),
    (_PGPASS, ":*:"),
    (_CURL_CONFIG, "user"),
    (_DIALOGUE, ""),
    (_CONNECT, ""),
    (_LOGON, "logon"),
    (_USING, "connect"),
    (_IDENTIFIED, "identified"),
    (_PRAGMA, "pragma"),
    (_ALONE, "pass"),
    (_LINE_EACH, "pass"),
    (_TCL, "set"),
)


def logins(text: str) -> list[Span]:
    """Give the passwords of FTP's `user name password`."""
    return given(_FTP, text)


def dialogues(text: str) -> Iterator[Span]:
    """Yield the passwords of SQL statements, expect scripts, .netrc lines, curl's settings and FTP's commands."""
    # What a pattern needs is sought before it: that takes a tenth of the time.
    small = text.lower()
    asks = "assword" in small or "assphrase" in small
    for pattern in (_SQL, _EXPECT) if asks or "identified" in small else ():
        yield from given(pattern, text, group=2)
    for match in _USER.finditer(text) if "user" in text and "pass" in text else ():
        quoted = text[match.start(1) - 1] in "\"'"
        if is_given(match[1]) and (quoted or _UNLIKE_A_WORD.search(match[1])):
            yield *match.span(1), Kind.PASSWORD
    if "ftp" in text:
        yield from logins(text)
    for pattern, test in _LINES:
        if test in small:
            yield from given(pattern, text)


def said(text: str) -> Iterator[Span]:
    """Yield what prose gives away: `the old password was …`. A guess: a word of small letters alone is kept."""
    for pattern in (_SAID, _CALLED):
        for match in pattern.finditer(text):
            value = match[2].rstrip(".!?")
            if not is_given(value) or not _UNLIKE_A_WORD.search(value, 1) or value.startswith(("$", ".*")):
                continue
            if value.endswith("*") or (_PORT.fullmatch(value) and match[0].endswith(":" + value)):
                continue
            if ("=" in match[0] and _FETCHED.match(value)) or value in _SQL_WORDS or _CODE.match(value):
                continue
            kind = kind_of_name(match[1].replace(" ", "_")) or Kind.PASSWORD
            yield match.start(2), match.start(2) + len(value), kind

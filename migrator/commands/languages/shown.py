"""What single lines of a program show: mail, logins to other hosts, tests of the host's name, an exit code.

A line that only says so in a comment does not count. Whether a line is ever reached is not asked: each of them is there
for a run in which it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from migrator.commands.facts import Trait

_COMMENT = re.compile(r"\s*(?:#|//|/?\*|--|;|=)")
_MAIL = {
    "python": r"\.sendmail\(|\.send_message\(|(?<![\w.])send_(?:mass_)?mail\(|(?<![\w.])mail_admins\(",
    "php": r"(?<![\w>:$\\])mail\(|new (?:\\?\w+\\)*PHPMailer\(|->sendmail\(",
    "perl": r"\bNet::SMTP(?:::\w+)?->new\b|\bMIME::Lite->new\b|\|\s*/[^\s|]*sendmail\b|\bsendmail\(",
    "ruby": r"\bNet::SMTP\.(?:start|new)\b|\bMail\.(?:deliver|new)\b|\.deliver_(?:now|later)\b",
    "node": r"\.sendMail\(",
}
_LOGIN = {
    "python": r"\bparamiko\.(?:SSHClient|Transport)\(|\b(?:pysftp|fabric)\.Connection\(|\basyncssh\.connect\(",
    "php": r"(?<![\w>:$])ssh2_connect\(|new (?:\\?\w+\\)*(?:SFTP|SSH2)\(",
    "perl": r"\bNet::(?:SSH2?|SFTP|SCP|OpenSSH)(?:::\w+){0,4}->new\b",
    "ruby": r"\bNet::(?:SSH|SFTP|SCP)\.(?:start|new|upload!|download!)",
}
_NAME = {
    "python": r"gethostname\(\)|platform\.node\(\)|os\.uname\(\)",
    "php": r"(?<![\w>:$])gethostname\(\)|php_uname\(['\"]n['\"]\)",
    "perl": r"(?<![\w>:$@%])hostname\(\)|(?<![\w$])`hostname`",
    "ruby": r"Socket\.gethostname",
    "node": r"\bos\.hostname\(\)",
}
_EXIT = r"(?<![\w$])(?:sys\.exit|os\._exit|process\.exit|exit|quit)[ \t]*(?:\([ \t]*)?99(?![\w.])"
# A name is looked for behind the first of these, and an operator close to it: a line may be a whole minified program.
_ASKS = re.compile(r"\b(?:if|elif|elsif|unless|assert|and|or)\b")
_BEHIND = r"[\w.()\[\]'\"]{0,100}?\s*(?:[!=]==?|=~|\b(?:not in|in|eq|ne)\b|\.(?:startswith|startsWith|start_with\?)\()"
_BEFORE = r"(?:[!=]==?|=~|\b(?:in|eq|ne)\b)\s*[\w.]{0,100}"


class Shown(NamedTuple):
    """A trait, the line that shows it (its number from 1, its text), and what it means."""

    trait: Trait
    line: int
    text: str
    says: str


def _patterns(language: str) -> tuple[tuple[re.Pattern[str], Trait, str], ...]:
    found = [(_EXIT, Trait.EXITS_99, "ends with 99")]
    if language in _MAIL:
        found.append((_MAIL[language], Trait.SENDS_MAIL, "sends mail"))
    if language in _LOGIN:
        found.append((_LOGIN[language], Trait.LOGS_IN, "logs in to another host"))
    if language in _NAME:
        name = _NAME[language]
        both = rf"(?:{name}){_BEHIND}|{_BEFORE}(?:{name})"
        found.append((both, Trait.HOST_GUARD, "tests the host's name before it works"))
    return tuple((re.compile(pattern), trait, says) for pattern, trait, says in found)


_OF_LANGUAGE = {language: _patterns(language) for language in ("python", "php", "perl", "ruby", "node")}
# One of these stands in every program that shows any of it: most hold none, and need not be read line by line.
_WORTH_A_LOOK = re.compile(
    r"\b99\b|[Mm]ail|SMTP|MIME::Lite|deliver|paramiko|sftp|ssh|S(?:CP|FTP|SH)|hostname|\.node\(|uname"
)


def shown(text: str, language: str) -> Iterator[Shown]:
    """Yield what the lines of a program show, each trait where it is seen first."""
    patterns = _OF_LANGUAGE.get(language)
    if patterns is None or not _WORTH_A_LOOK.search(text):
        return
    told: set[Trait] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not _WORTH_A_LOOK.search(line) or _COMMENT.match(line):
            continue
        for pattern, trait, says in patterns:
            if trait not in told and _shows(pattern, trait, line):
                told.add(trait)
                yield Shown(trait, number, line.strip(), says)


def _shows(pattern: re.Pattern[str], trait: Trait, line: str) -> bool:
    if trait is not Trait.HOST_GUARD:
        return pattern.search(line) is not None
    asks = _ASKS.search(line)
    return asks is not None and pattern.search(line, asks.end()) is not None

"""Secrets that look like one and stand where one may: behind a letter's option, beside a user's name, at a login."""

from __future__ import annotations

import re
from collections.abc import Sequence

from migrator.redaction.finds import Finds
from migrator.redaction.looks import looks_chosen
from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, kind_of_name, unlike_a_name
from migrator.redaction.views import View

# Whose the password is: the ends of names, and whole names.
_ENDS = "user|admin|root|login"
_NAMES = r"""administrator|sa|sys|system|svc[\w-]*|operator|robot|bot|guest|scott|backup|deploy|monitor|nagios|etl
    |postgres|oracle|report\w*|ftp\w*|anonymous"""
_HOSTS = r"(?:[\w-]+\.)+[A-Za-z]{2,}|\d+(?:\.\d+){3}"
_OPTION_OF_USER = "-(?:[uU]|-?user|-?username|-?login)"
# Those whose login at Oracle's is known by the name alone; a domain stands in capitals.
_OF_ORACLE = "(?:sys|system|scott|[a-z]*admin|root|sa)/"

_LETTER = re.compile(r"/p\Z|-[pPwWaAkKxXsSNcC]\Z")
_ATTACHED = re.compile(r"-(?:p|hp|P|w)(.{6,40})\Z")
# `ls -l root/Data2024`: behind these a path may stand, and only what looks chosen is a secret.
_WHOSE = re.compile(rf"(?:{_OPTION_OF_USER}|-[al])\Z")
_CLEARLY_WHOSE = re.compile(rf"{_OPTION_OF_USER}\Z")
_JOINED = re.compile(r"[\w.@\\/-]+?([:,%])([^\s/]{6,})\Z")
# What URLs and strftime(3) write behind it.
_NO_SECRET = re.compile(r"[0-9A-Fa-f]{2}|[a-zA-Z](?:\W|\Z)")
_ORACLE = re.compile(r"([\w.$#-]+)/([^\s/@\"']{6,40})@/{0,2}[A-Za-z][\w.:/-]*\Z")
# `-u system/secret`.
_OF_USER = re.compile(rf"{_OF_ORACLE}([^\s/@]{{4,}})\Z")
_AT_HOST = re.compile(r"\w{6}@[\w-]+(?:\.[\w-]+)*(?::\d+)?\Z")
_USER = re.compile(rf"(?:\w*(?:{_ENDS})|{_NAMES})\Z", re.IGNORECASE | re.VERBOSE)
_HOST = re.compile(rf"\w+://|(?:{_HOSTS})(?::\d+)?\Z")
_NAME = re.compile(r"[A-Za-z][\w.-]*\Z")

BESIDE = re.compile(
    rf"(?:^|\s)(?:-[A-Za-z]|/p|/\s)|[:,%=@]|(?:^|[\s(])(?:{_HOSTS})(?![^\s:;|&()])|(?:{_ENDS})\b|\b(?:{_NAMES})\b",
    re.IGNORECASE | re.VERBOSE,
)
"""One of them stands in every line, its quotes gone, in which `search_by_look` can find a word that looks chosen."""
# Both begin with one letter or hold one that few texts have: `re` skips quickly to where it stands.
AT_DATABASE = re.compile(r"/[^\s/@]{6,40}@/{0,2}[A-Za-z]")
OF_USER = re.compile(rf"-(?<![\w-]-){_OPTION_OF_USER[1:]}\s+(?:{_OF_ORACLE}\S|\S+%\S)")
"""Every text, its quotes gone, in which it can find a login whose secret need not look chosen has one of them."""


def search_by_look(views: Sequence[View], finds: Finds) -> None:
    """Find the words that look chosen as a password, of any program, in the places where programs take one."""
    host = user = False
    before = View("", 0, 0)
    for view in views:
        text = view.text
        if text.startswith("-"):
            if (match := _ATTACHED.match(text)) and looks_chosen(match[1]):
                finds.value(view, *match.span(1), Kind.PASSWORD)
        elif _is_announced(before.text, host=host) and looks_chosen(text, hinted=user or host):
            finds.whole(view, Kind.PASSWORD)
        else:
            _search_login(before.text, view, finds)
        host = host or _HOST.match(text) is not None
        user = user or _WHOSE.match(text) is not None
        before = view


def _is_announced(before: str, *, host: bool) -> bool:
    """Tell whether a password may follow: behind an option of one letter, a user, `password`, or a name at a host."""
    if before.startswith(("-", "/p")):
        return bool(_LETTER.match(before))
    return bool(
        before == "/"
        or _USER.match(before)
        or (host and _NAME.match(before))
        or kind_of_name(before) in (Kind.PASSWORD, Kind.SECRET)
    )


def _search_login(before: str, view: View, finds: Finds) -> None:
    """Find the secret of `user/secret@database`, `user:secret`, and behind `-U` that of `user%secret`."""
    text = view.text
    if match := _ORACLE.match(text):
        if looks_chosen(match[2]) or (_USER.match(match[1]) and unlike_a_name(match[2])):
            finds.value(view, *match.span(2), Kind.PASSWORD)
    elif _CLEARLY_WHOSE.match(before) and (match := _OF_USER.match(text)) and unlike_a_name(match[1]):
        finds.value(view, *match.span(1), Kind.PASSWORD)
    elif match := _JOINED.match(text):
        sign, secret = match.groups()
        if _AT_HOST.search(secret):
            return
        whose = _WHOSE.match(before)
        if sign == "%" and _CLEARLY_WHOSE.match(before) and EXPANSION not in secret and not _NO_SECRET.match(secret):
            taken = unlike_a_name(secret)
        else:
            taken = bool(sign == ":" or (sign == "," and whose)) and looks_chosen(secret, hinted=bool(whose))
        if taken:
            finds.value(view, *match.span(2), Kind.PASSWORD)

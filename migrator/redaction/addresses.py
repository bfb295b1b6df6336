"""Secrets in URLs: the password before the host (RFC 3986 §3.2.1), query parameters, addresses that are keys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, given, half_tells, is_given, kind_of_pair, looks_drawn, unlike_a_name
from migrator.redaction.shapes import Span

_SCHEME = r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://"
_USERINFO = re.compile(rf"{_SCHEME}([^\s:/@'\"?#]{{0,200}})(?::([^\s/'\"]{{0,400}}))?@(?=[\w.\[$%{{<{EXPANSION}-])")
# `host:10000/path;name=x@y` has a port there.
_WITH_SLASH = re.compile(rf"{_SCHEME}[^\s:/@'\"?#]{{0,100}}:(?![0-9]{{2,5}}/)([^\s@'\"?#]{{1,200}})@(?=[\w.\[-])")
# What stands in a port's place and is no number is the beginning of a password that was cut off.
_CUT_OFF = re.compile(
    rf"{_SCHEME}[\w.-]{{1,200}}:(?![0-9]+(?:[/?#\s'\"`\\,;.)\]>|*]|\Z))([^\s/@'\"?#,;)\]}}]{{1,200}})(?=[\s/'\"]|\Z)"
)
_ORACLE = re.compile(r"\bjdbc:oracle:\w+:[^\s/@'\"]{1,100}/([^\s@'\"]{1,200})@")
# Of ODBC and ADO.NET: a password there may hold blanks.
_CONNECTION = re.compile(
    r"\b(?:data source|server|initial catalog|database|driver)=[^\"'\n]{0,300}"
    r";[ ]*(?:password|pwd)[ ]*=[ ]*([^;\"'\n]+)",
    re.IGNORECASE,
)
_CVS = re.compile(r":(?:pserver|ext|gserver)(?:;[^:\s]*)?:[\w.-]+:([^\s@:/]+)@")
_QUERY = re.compile(r"(?<=[?&;])(_?[A-Za-z][\w.\[\]-]{0,60})=([^\s&;'\"<>#]+)")
_BESIDE_A_USER = re.compile(r"[?&](?:u|user)=[^\s&]+")
# `LOGIN=scott/tiger@ORCL`, Oracle's way; `user:secret@tcp(host)/name`, that of Go's driver for MySQL.
_LOGIN = re.compile(
    r"(?:login|logon|conn|connect|connection|dsn|userid|ora\w*)[\"']?\s*[=:(]\s*[\"']?"
    r"[\w.$#]+/([^@/\s\"']+)@[\w./:-]+",
    re.IGNORECASE,
)
# `//user:secret@server/share` of mount_smbfs(8).
_SHARE = re.compile(r"(?<![:\w/])//[^\s:/@\"']{1,100}:([^\s/@\"']{1,200})@(?=[\w.-]+/)")
_GO = re.compile(r":([^\s:@/\"']{1,200})@(?:tcp|unix)\(")
_LONG = 12
_QUERY_NAMES = frozenset(["key", "sig", "auth", "signature", "x-amz-credential", "x-amz-signature"])
# Whoever has such an address can call it.
_CAPABILITY = re.compile(
    r"""(?:
      hooks\.slack\.com/(?:services|workflows|triggers)/(?:[\w-]+/)*
    | discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/
    | hc-ping\.com/(?:[\w-]{22}/)? | /ping/(?=[0-9A-Za-z-]{36})
    | nosnch\.in/ | cronitor\.(?:link|io)/(?:p/)? | heartbeat\.uptimerobot\.com/
    | (?:uptime\.betterstack|betteruptime)\.com/api/v1/heartbeat/
    | maker\.ifttt\.com/trigger/[^/\s]+/(?:json/)?with/key/ | api\.telegram\.org/bot | hook\.\w+\.make\.com/
    | rtmps?://[\w.:-]+/(?:live\d?|app|stream|rtmp|publish|x)/ | api\.day\.app/
    | loggly\.com/inputs/ | victorops\.com/integrations/generic/\d+/alert/ | honeybadger\.io/v1/check_in/
    | hooks\.zapier\.com/hooks/catch/\d+/ | events\.pagerduty\.com/integration/
    )([\w:%=&.-]{6,})""",
    re.VERBOSE,
)
# Of these every part of the path is one of the keys.
_OFFICE = re.compile(r"(?:webhook\.office\.com|outlook\.office(?:365)?\.com/webhook)/([\w@%/.-]{6,})")
# `/hooks/…` of Mattermost, Rocket.Chat, GitLab, n8n and others, behind which one word names and opens the door.
_HOOK = re.compile(r"/(?:web)?hooks?/(?:[\w.-]+/){0,3}?([\w-]{16,})")


_SPANS = (
    (_CONNECTION, ";", Kind.PASSWORD),
    (_CVS, "server", Kind.URL_PASSWORD),
    (_CVS, ":ext", Kind.URL_PASSWORD),
    (_LOGIN, "@", Kind.URL_PASSWORD),
    (_SHARE, "//", Kind.URL_PASSWORD),
    (_GO, ")/", Kind.URL_PASSWORD),
    (_CAPABILITY, "/", Kind.TOKEN),
    (_OFFICE, "office", Kind.TOKEN),
)


def addresses(text: str) -> Iterator[Span]:
    """Yield the secrets in the URLs of a text."""
    if "://" in text or "jdbc:" in text:
        yield from _userinfo(text)
    for pattern, test, kind in _SPANS:
        if test in text:
            yield from given(pattern, text, kind)
    yield from _queries(text)
    for match in _HOOK.finditer(text) if "hook" in text else ():
        if looks_drawn(match[1]):
            yield *match.span(1), Kind.TOKEN


def _queries(text: str) -> Iterator[Span]:
    for match in _QUERY.finditer(text):
        kind = kind_of_pair(match[1], match[2])
        if kind is None and _is_key(match[1], match[2]):
            kind = Kind.KEY
        if match[1] == "p" and (user := _BESIDE_A_USER.search(text, 0, match.start())):
            kind = Kind.PASSWORD if unlike_a_name(match[2]) or "db=" in text[: user.start()] else kind
        if kind is not None and is_given(match[2]):
            yield *match.span(2), kind


def _is_key(name: str, value: str) -> bool:
    """Tell a key from `key=monthly` and from `sort_key=Id2`."""
    if name.lower() in _QUERY_NAMES:
        return len(value) >= _LONG or unlike_a_name(value)
    return half_tells(name) == "key" and unlike_a_name(value)


def _userinfo(text: str) -> Iterator[Span]:
    for match in _USERINFO.finditer(text):
        user, password = match.groups()
        if password is not None and is_given(password):
            yield *match.span(2), Kind.URL_PASSWORD
        elif password is None and len(user) >= 16 and any(char.isdigit() for char in user) and is_given(user):
            yield *match.span(1), Kind.URL_PASSWORD
    for match in _WITH_SLASH.finditer(text):
        if "/" in match[1] and is_given(match[1]):
            yield *match.span(1), Kind.URL_PASSWORD
    for match in _CUT_OFF.finditer(text):
        # `http://localhost:$port/x`: a variable alone is a port.
        if is_given(match[1]) and match[1] != EXPANSION:
            yield *match.span(1), Kind.URL_PASSWORD
    yield from given(_ORACLE, text, Kind.URL_PASSWORD)

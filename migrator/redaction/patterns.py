"""Secrets that show in any text, whatever its language: keys of known shape, URLs, headers, `name = value`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.entropy import random_words
from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, is_harmless, kind_of_name

Span = tuple[int, int, Kind]

# Shapes: GitHub, GitLab, Slack, OpenAI and Stripe, Google, SendGrid, npm, Hugging Face, DigitalOcean, PyPI, age, Vault, Telegram.
_SHAPES = re.compile(
    r"(?<![A-Za-z0-9])(?:"
    r"gh[pousr]_\w{16,}|github_pat_\w{20,}|gl(?:pat|dt|rt|ptt|cbt)-[\w-]{10,}|xox[a-z]-[\w-]{8,}|xapp-[\w-]{10,}"
    r"|sk-[\w-]{16,}|[srp]k_(?:live|test)_\w{8,}|whsec_\w{16,}|AIza[\w-]{30,}|ya29\.[\w-]{10,}|SG\.[\w-]{10,}\.[\w-]{10,}"
    r"|npm_\w{30,}|hf_\w{20,}|do[por]_v1_\w{20,}|pypi-[\w-]{20,}|AGE-SECRET-KEY-1\w+|hv[sb]\.[\w-]{10,}"
    r"|[0-9]{8,10}:AA[\w-]{30,}|EAA[A-Za-z0-9]{30,}|shp(?:at|ca|pa|ss)_\w{16,}|key-[0-9a-f]{32}|sq0[a-z]{3}-[\w-]{16,}"
    r"|lin_api_\w{16,}|dckr_pat_[\w-]{16,}|PMAK-[\w-]{16,}|NRAK-\w{16,}|glsa_\w{16,}|dapi[0-9a-f]{32}"
    r")"
)
_AWS_ID = re.compile(r"(?<![A-Za-z0-9])(?:AKIA|ASIA|AROA|AIDA|ANPA|ANVA|ABIA|ACCA)[0-9A-Z]{12,}")
_JWT = re.compile(r"(?<![A-Za-z0-9])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?")
_PEM = re.compile(
    r"-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
_USERINFO = re.compile(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://([^\s:/@'\"?#]*)(?::([^\s/'\"]*))?@(?=[\w.\[$%{<"
    + EXPANSION
    + "-])"
)
_SLASHED_USERINFO = re.compile(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s:/@'\"?#]*:([^\s@'\"?#]*/[^\s@'\"?#]*)@(?=[\w.\[-])"
)
# What looks like a port but is no number is the beginning of a password that was cut off.
_CUT_USERINFO = re.compile(
    r"(?<![A-Za-z0-9+.-])[A-Za-z][A-Za-z0-9+.-]{0,30}://[\w.-]+:(?![0-9]+(?:[/?#\s'\"]|\Z))([^\s/@'\"?#,;)\]}]+)(?=[\s/'\"]|\Z)"
)
_ORACLE = re.compile(r"\bjdbc:oracle:\w+:[^\s/@'\"]+/([^\s@'\"]+)@")
_QUERY = re.compile(r"(?<=[?&;])([A-Za-z][\w.\[\]-]{0,60})=([^\s&;'\"<>#]+)")
_QUERY_SURE = frozenset(["key", "sig", "auth", "signature"])
# Whoever has the address can call it: Slack, Discord, Teams, Healthchecks, Dead Man's Snitch, Cronitor, Better Stack, IFTTT, Telegram.
_CAPABILITY = re.compile(
    r"(?:hooks\.slack\.com/(?:services|workflows|triggers)/(?:[\w-]+/)*|discord(?:app)?\.com/api/(?:v\d+/)?webhooks/\d+/"
    r"|webhook\.office\.com/[\w@/-]*/(?=[\w-]+)|hc-ping\.com/(?:[0-9a-z_-]{22}(?=/)|(?=[\w-]{36}))|(?:/ping/)(?=[0-9A-Za-z-]{36})"
    r"|nosnch\.in/|cronitor\.(?:link|io)/(?:p/)?|uptime\.betterstack\.com/api/v1/heartbeat/|betteruptime\.com/api/v1/heartbeat/"
    r"|maker\.ifttt\.com/trigger/[^/\s]+/with/key/|api\.telegram\.org/bot|heartbeat\.uptimerobot\.com/|hook\.\w+\.make\.com/"
    r"|chat\.googleapis\.com/v1/spaces/[^\s?]+\?|events\.pagerduty\.com/integration/|sentry\.io/api/\d+/cron/[\w-]+/|hooks\.zapier\.com/hooks/catch/\d+/)"
    r"([\w:%=&.-]{6,})"
)
_HEADER_NAME = (
    r"(?:proxy-)?authorization|(?:[\w-]*[-_])?(?:api-?key|auth-?token|access-token|private-token|job-token|secret|token|auth-key|password)"
    r"|apikey|(?:set-)?cookie"
)
# A header begins a line, a quoted text or the word of `-H`; elsewhere a colon is prose or a path.
_HEADER = re.compile(
    rf"(?:(?<=[\"'])|^[ \t]*(?:-H|--header=|--proxy-header=)?)({_HEADER_NAME})[ \t]*:[ \t]*"
    r"(?:(?:basic|bearer|token|digest|negotiate|apikey|key|splunk|aws4-hmac-sha256)[ \t]+)?([^\r\n'\"]+)",
    re.IGNORECASE | re.MULTILINE,
)
_IS_HEADER = re.compile(_HEADER_NAME, re.IGNORECASE)
_CREDENTIALS = re.compile(
    r"\b(?:Bearer|Basic)[ \t]+(?=[A-Za-z+/._~-]*[0-9=])([A-Za-z0-9+/._~-]{8,}={0,2})", re.IGNORECASE
)
_PAIR = re.compile(
    r"(?<![\w$%{])([\"']?)(?P<name>[A-Za-z][A-Za-z0-9_.-]{0,80})\1(?P<sign>[ \t]*(?:=>|:=|==?|:(?!//))[ \t]*)"
    r"(?:(?P<quote>[\"'])(?P<quoted>(?:\\.|(?!(?P=quote))[^\\\n])*)(?P=quote)|(?P<bare>[^\s,;&|'\"<>()\[\]{}#`]+)(?P<behind>[(\[]|\.\w)?)"
)
_SCHEMES = frozenset(["basic", "bearer", "digest", "negotiate", "ntlm", "token"])
_SAID = re.compile(
    r"(?i)\b(pass(?:word|wd|phrase|code)?|pwd?|token|secret|api[ _-]?key|credentials?)\b(?:[ \t]+(?:for|of|on|to)[ \t]+[\w.@-]+)?"
    r"[ \t]*(?:(?:was|is|are|be|=|:|->|=>|to)[ \t]*)+[\"'`]?([^\s\"'`,;)]{3,})"
)
_SAID_PLAIN = re.compile(
    r"(?i)\b(?:old|new|current|root|admin|the|my|our|db|database|user)[ \t]+(pass(?:word|wd)?|pw)[ \t]+([^\s\"'`,;)]{4,})"
)
_SQL = re.compile(
    r"(?i)\b(?:identified(?:\s+with\s+\S+)?\s+by(?:\s+password)?|password(?:\s*\()?|encrypted\s+password|set\s+password\s*(?:for\s+\S+)?\s*=)\s*(['\"])((?:\\.|(?!\1)[^\\\n])+)\1"
)
_NETRC = re.compile(r"\blogin[ \t]+\S+\s+password[ \t]+(\S+)")
_EXPECT = re.compile(
    r"(?i)(?:assword|assphrase|pin\b)[^\n]{0,60}[\s;{}]+(?:exp_)?send(?:_user)?[ \t]+(?:--[ \t]+)?\\?([\"'{])([^\n]+?)(?:\\+[rn])*\\?(?:\1|\})"
)


def visible(text: str) -> Iterator[Span]:
    """Yield the spans of a text that are secrets by their shape or by what stands before them."""
    yield from _shapes(text)
    if ":" in text or "=" in text:
        yield from _addresses(text)
        yield from headers(text)
        yield from _pairs(text)
    for pattern in (_SQL, _EXPECT):
        for match in pattern.finditer(text):
            if not is_harmless(match[2]):
                yield *match.span(2), Kind.PASSWORD
    for match in _NETRC.finditer(text):
        if not is_harmless(match[1]):
            yield *match.span(1), Kind.PASSWORD
    for start, end in random_words(text):
        if not is_harmless(text[start:end]):
            yield start, end, Kind.HIGH_ENTROPY


def _shapes(text: str) -> Iterator[Span]:
    for pattern, kind in (
        (_PEM, Kind.PRIVATE_KEY),
        (_JWT, Kind.JWT),
        (_AWS_ID, Kind.AWS_KEY),
        (_SHAPES, Kind.TOKEN),
    ):
        for match in pattern.finditer(text):
            yield *match.span(), kind


def _addresses(text: str) -> Iterator[Span]:
    if "@" in text:
        for match in _USERINFO.finditer(text):
            if match[2] is not None and not is_harmless(match[2]):
                yield *match.span(2), Kind.URL_PASSWORD
            elif match[2] is None and len(match[1]) >= 16 and any(c.isdigit() for c in match[1]):
                yield *match.span(1), Kind.URL_PASSWORD
        for pattern in (_SLASHED_USERINFO, _ORACLE):
            for match in pattern.finditer(text):
                if not is_harmless(match[1]):
                    yield *match.span(1), Kind.URL_PASSWORD
    for match in _CUT_USERINFO.finditer(text):
        if not is_harmless(match[1]) and "@" not in match[1]:
            yield *match.span(1), Kind.URL_PASSWORD
    for match in _QUERY.finditer(text):
        name = match[1].lower()
        kind = kind_of_name(match[1]) or (
            Kind.KEY if name in _QUERY_SURE or name.startswith("x-amz-s") or name == "x-amz-credential" else None
        )
        if kind is not None and not is_harmless(match[2]):
            yield *match.span(2), kind
    for match in _CAPABILITY.finditer(text):
        if not is_harmless(match[1]):
            yield *match.span(1), Kind.TOKEN


def headers(text: str) -> Iterator[Span]:
    """Yield the credentials in HTTP headers."""
    for match in _HEADER.finditer(text):
        value = match[2].rstrip()
        if not is_harmless(value) and value.strip(EXPANSION + " "):
            kind = Kind.COOKIE if "cookie" in match[1].lower() else Kind.HEADER
            yield match.start(2), match.start(2) + len(value), kind
    for match in _CREDENTIALS.finditer(text):
        if not is_harmless(match[1]):
            yield *match.span(1), Kind.HEADER


def _pairs(text: str) -> Iterator[Span]:
    """Yield the values of `name = value`, `name: value`, `"name": "value"`, `name => value` with a secret's name."""
    for match in _PAIR.finditer(text):
        kind = kind_of_name(match["name"])
        if kind is None and match["quote"] and _IS_HEADER.fullmatch(match["name"]):
            kind = Kind.HEADER
        if kind is None:
            continue
        group = "quoted" if match["quote"] else "bare"
        value = match[group]
        # A call or an attribute is code, which fetches the secret from elsewhere.
        if (
            match["behind"]
            or value.lower() in _SCHEMES
            or is_harmless(value)
            or (group == "bare" and _is_code(value, match["sign"]))
        ):
            continue
        yield *match.span(group), kind


def _is_code(value: str, sign: str) -> bool:
    if value.startswith(("$", "%{", "@", "\\$")):
        return True
    # `password: str` and `token = request.token` name things; a secret that is a lone word is a guess.
    return (
        bool(re.fullmatch(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+|(?:str|string|int|bool|None|self)", value))
        and sign.strip() != ":="
    )


def said(text: str) -> Iterator[Span]:
    """Yield what prose gives away: `the old password was …`. A guess: a word of small letters alone is kept."""
    for pattern in (_SAID, _SAID_PLAIN):
        for match in pattern.finditer(text):
            value = match[2].rstrip(".!?")
            if is_harmless(value) or not re.search(r"[0-9A-Z!#$%^&*+~]", value[1:]) or value.startswith("$"):
                continue
            yield match.start(2), match.start(2) + len(value), kind_of_name(match[1].replace(" ", "_")) or Kind.PASSWORD

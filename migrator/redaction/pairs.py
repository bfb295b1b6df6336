"""Secrets that a name announces: HTTP headers, `name = value` of any language, fields of YAML, JSON and XML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.marks import Kind
from migrator.redaction.names import given, half_tells, is_given, kind_of_name, kind_of_pair, names_a_secret
from migrator.redaction.shapes import Span

_SCHEME = "(?:basic|bearer|token|digest|negotiate|apikey|key|splunk|aws4-hmac-sha256)"
_HEADER_NAME = (
    r"(?:proxy-)?authorization|apikey|x-jfrog-art-api|(?:set-)?cookie"
    r"|(?:[\w-]{0,40}[-_])?(?:api-?key|auth-?token|access-token|private-token|job-token|auth-key)"
    r"|[\w-]{1,40}[-_](?:secret|token|password)|(?:x-functions|[\w-]{0,40}subscription|x-license|x-master)-key"
)
# A header begins a line, a quoted text or the word of `-H`; elsewhere a colon is prose or a path.
_HEADER = re.compile(
    rf"(?:(?<=[\"'])|^[ \t]*(?:-H|--header=|--proxy-header=)?)({_HEADER_NAME})[ \t]*:[ \t]*"
    rf"(?:{_SCHEME}[ \t]+)?((?:=\\?\"[^\"\\\r\n]*\\?\"|[^\r\n'\"])+)",
    re.IGNORECASE | re.MULTILINE,
)
_BEHIND_SCHEME = re.compile(rf"{_SCHEME}[ \t]+(?=\S)", re.IGNORECASE)
_IS_HEADER = re.compile(_HEADER_NAME, re.IGNORECASE)
_CREDENTIALS = re.compile(
    r"\b(?:Bearer|Basic)[ \t]+(?=[A-Za-z+/._~-]*[0-9=])([A-Za-z0-9+/._~-]{8,}={0,2})", re.IGNORECASE
)
_SCHEMES = frozenset(["basic", "bearer", "digest", "negotiate", "ntlm", "token"])
_NAME = re.compile(
    r"(?<![\w%])(?<!\$\{)(?P<mark>[\"']?)_?(?:(?<=[\"'])--?)?(?P<name>[A-Za-z][A-Za-z0-9_.-]{0,80})(?P=mark)[\]}]?"
    r"(?P<sign>[ \t]*(?:=>|:=|<-|==?|:(?!//|:))[ \t]*)"
)
_VALUE = re.compile(
    r"(?P<quote>\\?[\"'])(?P<quoted>(?:\\[^\"'\n]|(?!(?P=quote))[^\\\n])*)(?P=quote)"
    r"|(?P<bare>[^\s,;&|'\"<>()\[\]{}#`]+)(?P<behind>[(\[])?"
)
_DEFAULT = re.compile(r"\$\{([A-Za-z_]\w*):?[-=+]([^{}]*)\}")
_FIELD = re.compile(
    r"\bname[\"']?\s*[:=]\s*[\"']?([\w.-]+)[\"']?\s*,?\s*[\"']?value[\"']?\s*[:=]\s*[\"']?([^\s\"',}<>]+)",
    re.IGNORECASE,
)
_ELEMENT = re.compile(r"<([A-Za-z][\w.:-]{0,60})(?:\s[^<>]*)?>([^<>\n]+)</")
_FETCHED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+\Z|(?:str|string|int|bool|None|self)\Z")
# What names a secret where it is stored.
_OF_A_STORE = re.compile(
    r"(?:arn:aws[\w-]*:secretsmanager:[\w-]*:\d*:[\w.-]*|\bgcloud (?:alpha |beta )?secrets [^\n;|&]*--secret)\Z"
)
# `http://api-token:8080/x`, `acme/app-token:v1.2`, `artisan token:prune`: a port, a version, a verb.
_FOLLOWS_A_NAME = re.compile(r"[0-9]{2,5}(?:[/?].*)?|v?[0-9]+(?:\.[0-9]+)*(?:[-+.][\w.]+)?|[a-z]+|[a-z]+:[a-z:-]+")
_TYPED = re.compile(r"\w+\[|\w+\s*=\s")
# A function's argument: code of a language that needs no brackets.
_ARGUMENT = re.compile(r"[ \t]+[$@%'\"(&]|[ \t]+q[qw]?\W")
_PROSE = re.compile(r"[ \t]+\w")


def headers(text: str) -> Iterator[Span]:
    """Yield the credentials in HTTP headers."""
    for match in _HEADER.finditer(text):
        value = match[2].rstrip()
        if value.lower() in _SCHEMES or not is_given(value) or _is_said(match[1], match[0], value):
            continue
        kind = Kind.COOKIE if "cookie" in match[1].lower() else Kind.HEADER
        yield match.start(2), match.start(2) + len(value), kind
    yield from given(_CREDENTIALS, text, Kind.HEADER)


def _is_said(name: str, whole: str, value: str) -> bool:
    """Tell prose, code and `name:key` from a header: `post_with_token: user not found`, `bot_token: Optional[str]`."""
    if name.lower().endswith(("authorization", "cookie")):
        return value.startswith(":")
    words = value.split()
    if len(words) > 1 and all(word.strip("(),.;:").isalpha() for word in words):
        return True
    attached = name.islower() and whole.endswith(f"{name}:{value}")
    return bool(_TYPED.match(value) or (attached and _FOLLOWS_A_NAME.fullmatch(value)))


def pairs(text: str) -> Iterator[Span]:
    """Yield the values of `name = value`, `name: value`, `"name": "value"`, `name => value` with a secret's name."""
    pos = 0
    while name := _NAME.search(text, pos):
        pos = name.end()
        kind = _kind(text, name)
        value = _VALUE.match(text, pos) if kind is not None else None
        if kind is None or value is None or not _is_given(text, name, value):
            continue
        start, end = value.span("quoted" if value["quote"] else "bare")
        scheme = _BEHIND_SCHEME.match(text, start, end) if kind is Kind.HEADER else None
        start = scheme.end() if scheme else start
        if is_given(text[start:end]):
            yield start, end, kind
        pos = value.end()


def _kind(text: str, name: re.Match[str]) -> Kind | None:
    kind = kind_of_name(name["name"])
    if kind is None and name["mark"] and _IS_HEADER.fullmatch(name["name"]):
        return Kind.HEADER
    if (kind is Kind.KEY or (kind is None and half_tells(name["name"]))) and (value := _VALUE.match(text, name.end())):
        return kind_of_pair(name["name"], value["quoted"] if value["quote"] else value["bare"])
    return kind


def _is_given(text: str, name: re.Match[str], value: re.Match[str]) -> bool:
    """Tell a secret that is written there from code that fetches it, from prose and from what is harmless."""
    given = value["quoted"] if value["quote"] else value["bare"]
    if names_a_secret(name["name"], given) or _OF_A_STORE.search(text, max(0, name.start() - 80), name.end("name")):
        return False
    sign = name["sign"]
    if sign == ":" and not value["quote"] and _FOLLOWS_A_NAME.fullmatch(given):
        return False
    if value["behind"] or given.strip().lower() in _SCHEMES or not is_given(given):
        return False
    if value["quote"]:
        # `PASSWORD :'pw'` is a variable of psql(1).
        return sign != " :"
    # `password=password)` hands on a variable that is called like what it holds.
    if given == name["name"] and text.startswith((")", ", "), value.end()):
        return False
    # `--password= next` has an empty value; `password = next` has not.
    if sign != sign.strip() and text[: name.start()].endswith("-"):
        return False
    # `[[ $token == ghp_* ]]` compares with a pattern.
    if sign.strip() == "==" and given.endswith("*"):
        return False
    if given.startswith(("$", "%{", "@", "\\$")) or _FETCHED.match(given):
        return False
    if sign != sign.strip() and given.isalpha() and _ARGUMENT.match(text, value.end()):
        return False
    # `{ bot_token: botToken }`, `for (token: tokens)`.
    if given.isidentifier() and given.lower().rstrip("s") == name["name"].lower().replace("_", ""):
        return sign == "="
    if sign.strip() not in (":", "=>"):
        return True
    # `/^passwd:.*/` is a pattern; `token: see the wiki` and `key => what it opens` are prose.
    return ".*" not in given and not (given.rstrip(":").isalpha() and _PROSE.match(text, value.end()))


def fields(text: str) -> Iterator[Span]:
    """Yield the values of `name: X, value: Y`, of XML elements and of `${NAME:-default}` with a secret's name."""
    for pattern, test in ((_FIELD, "value"), (_ELEMENT, "</"), (_DEFAULT, "${")):
        if test not in text:
            continue
        for match in pattern.finditer(text):
            kind = kind_of_name(match[1])
            if kind is not None and is_given(match[2]):
                yield *match.span(2), kind

"""Secrets in the calls of other languages: the arguments that stand where a password belongs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from migrator.redaction.marks import Kind
from migrator.redaction.names import given, is_given, kind_of_name
from migrator.redaction.shapes import Span

# What is called, by the number of the argument that is a password, as the libraries' references name it.
_SECOND = """aes_encrypt aes_decrypt AES_ENCRYPT AES_DECRYPT pgp_sym_encrypt pgp_sym_decrypt login auth
    HTTPBasicAuth HTTPDigestAuth HTTPProxyAuth basic_auth BasicAuth authenticate oci_connect cx_Oracle.connect
    oracledb.connect oci_pconnect authorization_basic proxy_authorization_basic SetBasicAuth setBasicAuth basicAuth
    setCredentials createHmac simple_bind_s PasswordAuthentication UsernamePasswordCredentials NetworkCredential
    AuthSSH"""
_THIRD = """ftp_login ssh2_auth_password mysqli_connect mysqli_real_connect mysqli mysql_connect mysql_pconnect PDO
    DBI->connect DBI.connect connect_cached getConnection newInstance FTP FTP_TLS FTP.open imap_open ldap_bind hash_hmac
    env:connect keyring.set_password odbc_connect odbc_pconnect pymssql.connect pymysql.connect MySQLdb.connect
    connector.connect Connection"""
_FIRST = "set_password setPassword bcrypt make_password password_hash generate_password_hash hmac.new"
_FOURTH = "credentials ssh.connect client.connect"
_NUMBERS = {
    **dict.fromkeys(_FIRST.split(), 0),
    **dict.fromkeys(_SECOND.split(), 1),
    **dict.fromkeys(_THIRD.split(), 2),
    **dict.fromkeys(_FOURTH.split(), 3),
}
_NAMED = (
    "define",
    "putenv",
    "setenv",
    "setdefault",
    "set",
    "getenv",
    "fetch",
    "env",
    "Set",
    "setProperty",
    "setRequestHeader",
    "header",
    "put",
)
_ALL = "|".join(re.escape(name) for name in sorted([*_NUMBERS, *_NAMED], key=len, reverse=True))
_CALL = re.compile(rf"(?<![\w$])({_ALL})[ \t]*=?[ \t]*\(")
_ARGUMENT = re.compile(
    r"\s*(?:\\?(?P<quote>[\"'])(?P<text>(?:\\(?!(?P=quote))[^\n]|(?!(?P=quote))[^\\\n]){0,400})\\?(?P=quote)\s*"
    r"|(?P<code>[^,()\"']{0,200}(?:\([^()]{0,200}\))?[^,()\"']{0,80}))(?P<end>[,)])"
)
_SECURE_STRING = re.compile(r"ConvertTo-SecureString[ \t]+(?:-String[ \t]+)?\\?([\"'])([^\"'\n]+?)\\?\1", re.IGNORECASE)
# Without brackets, as in Ruby: `basic_auth 'user', 'secret'`.
_BARE = re.compile(r"\b(?:basic_auth|authenticate|login)[ \t]+([\"'])[^\"'\n]*\1[ \t]*,[ \t]*([\"'])([^\"'\n]+)\2")
# `base64encode("user:secret")`, `CURLOPT_USERPWD, "user:secret"`.
_JOINED = re.compile(
    r"(?:b64encode|base64_encode|encode_base64|strict_encode64|btoa|Base64\.encode\w*|USERPWD|\.from)"
    r"[ \t]*(?:\(|,|=>)[ \t]*b?\\?[\"'][\w.@\\+-]+:([^\"'\n]+)\\?[\"']"
)
# What is taken where nothing is set: `process.env.TOKEN || 'x'`, `$ENV{PASS} // "x"`.
_ELSE = re.compile(
    r"\benv(?:iron)?(?:\.|[\[{(][\"']?)(\w+)[\"']?[\]})]?[ \t]*(?:\|\||\?\?|\?:|//|or)[ \t]*([\"'])([^\"'\n]+)\2",
    re.IGNORECASE,
)
# Perl's `q(secret)`; `$redis->auth('secret')`.
_PERL = re.compile(r"(\w+)[ \t]*=>?[ \t]*qq?[({\[]([^)}\]\n]+)[)}\]]")
_PAIR = re.compile(r"\bauth[\"']?[ \t]*(?:=>|:)[ \t]*\[[ \t]*([\"'])[^\"'\n]*\1[ \t]*,[ \t]*([\"'])([^\"'\n]+)\2")
_LIST = re.compile(
    r"\([ \t]*\$\w+,[ \t]*\$(?:pass\w*|pw|\w*secret)[ \t]*\)[ \t]*=[ \t]*"
    r"\([ \t]*[\"'][^\"'\n]*[\"'],[ \t]*[\"']([^\"'\n]+)[\"']"
)
# PowerShell's `$p = 'secret'; Connect -Password $p`.
_HANDED = re.compile(
    r"\$(\w{1,20})[ \t]*=[ \t]*([\"'])([^\"'\n]{3,100})\2(?=[^\n]{0,400}?\s-(?:password|pass|token|secret)\s+\$\1\b)",
    re.IGNORECASE,
)
_AUTH = re.compile(r"->auth\([\"']([^\"',\n]+)[\"']\)")
_TWILIO = re.compile(r"[\"']AC[0-9a-f]{32}[\"'][ \t]*,[ \t]*[\"']([0-9a-f]{32})[\"']")
_MOST = 4
_NEAR = 2000
_GIVEN = re.compile(r"[ \t]*=[ \t]*\\?(?P<quote>[\"'])(?P<text>[^\"'\\\n]{1,400})\\?(?P=quote)")
_VARIABLE = re.compile(r"\s*(\$?[A-Za-z_]\w{0,60})\s*\Z")


def calls(text: str) -> Iterator[Span]:
    """Yield the passwords that a text hands to functions known for taking one there, as a quoted text."""
    for match in _CALL.finditer(text):
        arguments = _arguments(text, match.end())
        number = _NUMBERS.get(match[1], 1)
        if len(arguments) <= number:
            continue
        start, end = arguments[number]
        kind: Kind | None = Kind.PASSWORD
        if match[1] in _NAMED:
            kind = kind_of_name(text[slice(*arguments[0])])
        if kind is not None and start < end and is_given(text[start:end]):
            yield start, end, kind
    yield from _written(text)
    if "ecurestring" in text.lower():
        yield from given(_SECURE_STRING, text, group=2)


# Each with what a text must hold to be worth a search, and the groups of the name, if it has one, and of the secret.
_WRITTEN = (
    (_BARE, ("basic_auth", "authenticate", "login"), 0, 3),
    (_JOINED, ("64", "btoa", "USERPWD", ".from"), 0, 1),
    (_TWILIO, ("'AC", '"AC'), 0, 1),
    (_AUTH, ("->auth(",), 0, 1),
    (_HANDED, ("-Pass", "-pass", "-Token", "-Secret"), 0, 3),
    (_PAIR, ("auth",), 0, 3),
    (_LIST, (", $pass", ",$pass", "$pw", "secret"), 0, 1),
    (_ELSE, ("env", "ENV"), 1, 3),
    (_PERL, ("q(", "q{", "q["), 1, 2),
)


def _written(text: str) -> Iterator[Span]:
    for pattern, tests, named, secret in _WRITTEN:
        if any(test in text for test in tests):
            for match in pattern.finditer(text):
                kind = kind_of_name(match[named]) if named else Kind.PASSWORD
                if kind is not None and is_given(match[secret]):
                    yield *match.span(secret), kind


def _assigned(text: str, code: str, end: int) -> tuple[int, int]:
    name = _VARIABLE.match(code)
    # What holds a line or two is near; a whole program is not searched for each of its calls.
    start = max(0, end - _NEAR)
    place = text.rfind(name[1], start, end - len(code)) if name else -1
    while name and place >= 0:
        value = _GIVEN.match(text, place + len(name[1]))
        if value and not (text[place - 1 : place].isalnum() or text[place - 1 : place] in ("_", "$")):
            return value.span("text")
        place = text.rfind(name[1], start, place)
    return end, end


def _arguments(text: str, pos: int) -> list[tuple[int, int]]:
    """Give the insides of the first arguments that are quoted texts; an empty span for any other.

    A variable stands for the text that was given to it last before the call.
    """
    found: list[tuple[int, int]] = []
    call = pos
    while len(found) < _MOST and (match := _ARGUMENT.match(text, pos)):
        found.append(match.span("text") if match["quote"] else _assigned(text, match["code"], call))
        if match["end"] == ")":
            break
        pos = match.end()
    return found

"""Names that announce a secret, and values that are none."""

from __future__ import annotations

import re
from functools import lru_cache

from migrator.redaction.marks import MARK, Kind

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_PASSWORD = frozenset(
    ["pass", "passwd", "password", "passwords", "passphrase", "passwort", "passwrd", "pw", "pwd", "pswd", "psw"]
    + ["motdepasse", "contrasena", "senha", "wachtwoord", "userpass", "pin", "passcode"]
)
_TOKEN = frozenset(["token", "tokens", "bearer", "jwt", "pat", "authtoken", "accesstoken"])
_SECRET = frozenset(["secret", "secrets", "credential", "credentials", "creds", "cred"])
_KEY = frozenset(["apikey", "secretkey", "privatekey", "accesskey", "authkey", "accountkey", "appkey", "sharedkey"])
_KEY_BEFORE = frozenset(
    [
        "api",
        "access",
        "secret",
        "private",
        "auth",
        "account",
        "app",
        "application",
        "encryption",
        "enc",
        "signing",
        "shared",
    ]
    + [
        "master",
        "service",
        "license",
        "licence",
        "client",
        "session",
        "write",
        "deploy",
        "storage",
        "admin",
        "crypto",
        "aes",
    ]
    + ["hmac", "routing", "integration", "stream", "consumer", "subscription", "user", "root", "webhook", "sas"]
)
_ALONE = frozenset(["license", "licence", "passwd", "serial", "signature", "sig", "cookie", "auth"])
_ENDING = re.compile(r"(?:passwd|password|passphrase|passwort|apikey|secretkey|authtoken|token|secret)\Z")
_SHORT_ENDING = re.compile(
    r"(?:db|sql|user|root|admin|ssh|ftp|ldap|smtp|mail|redis|mongo|my|pg|http|proxy|key|store|bind)(?:pass|pwd|pw)\Z"
)
# `TOKEN_URL`, `password-file`, `SECRET_NAME`: they say where the secret is, how long, whether, not what.
_ABOUT = frozenset(
    [
        "file",
        "files",
        "path",
        "paths",
        "dir",
        "directory",
        "folder",
        "url",
        "uri",
        "endpoint",
        "name",
        "names",
        "prompt",
        "policy",
    ]
    + [
        "length",
        "len",
        "size",
        "expiry",
        "expires",
        "expiration",
        "ttl",
        "timeout",
        "age",
        "days",
        "hours",
        "minutes",
        "count",
    ]
    + [
        "store",
        "manager",
        "fd",
        "stdin",
        "command",
        "cmd",
        "helper",
        "program",
        "host",
        "port",
        "arn",
        "ref",
        "provider",
    ]
    + [
        "enabled",
        "required",
        "rotation",
        "type",
        "field",
        "env",
        "var",
        "variable",
        "min",
        "max",
        "limit",
        "version",
        "algorithm",
    ]
    + [
        "format",
        "mode",
        "method",
        "header",
        "bucket",
        "region",
        "location",
        "source",
        "server",
        "service",
        "issuer",
        "scope",
    ]
    + [
        "scopes",
        "audience",
        "filename",
        "ask",
        "askpass",
        "reset",
        "change",
        "check",
        "update",
        "rotate",
        "script",
        "from",
    ]
    + [
        "hash",
        "history",
        "usage",
        "budget",
        "word",
        "words",
        "cost",
        "price",
        "number",
        "num",
        "index",
        "per",
        "id",
        "ids",
    ]
)
_NOT_SECRET = frozenset(["pwd", "oldpwd", "bypass", "compass", "pass1", "pass2", "tokenizer", "keyboard"])
_HARMLESS = re.compile(
    r"""(?:\s*|true|false|yes|no|on|off|none|null|nil|undefined|auto|default|prompt|ask|stdin|-|[0-9]{1,2}
    |[Xx*.•#_-]{3,}|<[^<>]*>|\[[^\]]*\]|\{\{.*\}\}|\$\{\{.*\}\}|\{%.*%\}|\{[A-Za-z_][\w.]*\}|%\(\w+\)s|%s|\?|\.\.\.|…
    |\$\{?[A-Za-z_]\w*\}?|\$[0-9@*?#!$-]|\$\(.*|`.*|@[\w./~-]+
    |(?:env|file|fd|stdin|fp|ssm|vault|op|keyring|secretsmanager|gopass|pass-store)://?[^\s]+
    |(?:env|file|fd):[\w./~@-]+
    |arn:aws[\w-]*:.*|resolve:.*
    )\Z""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_PATH = re.compile(
    r"(?:~?/|\.{1,2}/)[\w.@+ -]*(?:/[\w.@+-]*)*\Z|[\w.-]+(?:/[\w.-]+)*\.(?:pem|key|txt|cfg|conf|cnf|ini|json|ya?ml|pass|pw|crt|env|gpg|p12|jks)\Z"
)
EXPANSION = "\ue000"
"""Stands for what only a run can know: a variable, a substitution."""


@lru_cache(maxsize=4096)
def kind_of_name(name: str) -> Kind | None:
    """Give the kind of secret that a setting, option or field of this name holds, or None where it holds none.

    `DB_PASSWORD`, `--api-key`, `aws_secret_access_key`, `userPass` do; `PASSWORD_FILE`, `--key`, `PWD` do not.
    """
    parts = [part.lower() for part in _PARTS.findall(name)]
    joined = "".join(parts)
    if not parts or joined in _NOT_SECRET or name.lower() in _NOT_SECRET:
        return None
    if "aws" in parts and "key" in parts and parts[-1] in ("key", "id"):
        return Kind.AWS_KEY
    if joined in ("accesskeyid", "awsaccesskeyid", "secretaccesskey"):
        return Kind.AWS_KEY
    if parts[-1] in _ABOUT or (parts[-1].isdigit() and len(parts) > 1 and parts[-2] in _ABOUT):
        return None
    while len(parts) > 1 and parts[-1].isdigit():
        parts.pop()
    return _kind_of_parts(parts)


def _kind_of_parts(parts: list[str]) -> Kind | None:
    last = parts[-1]
    kinds = {Kind.PASSWORD: _PASSWORD, Kind.TOKEN: _TOKEN, Kind.SECRET: _SECRET, Kind.KEY: _KEY}
    for kind, words in kinds.items():
        if last in words and not (last in ("pin", "pat") and len(parts) == 1):
            return kind
    if last == "key" and len(parts) > 1 and parts[-2] in _KEY_BEFORE:
        return Kind.KEY
    if (
        last in ("pem", "b64", "base64", "value", "string", "plain", "text", "old", "new", "prod", "dev")
        and len(parts) > 1
    ):
        return _kind_of_parts(parts[:-1])
    if ending := _ENDING.search(last):
        return _kind_of_parts([ending[0]])
    if _SHORT_ENDING.search(last):
        return Kind.PASSWORD
    if any(part in _PASSWORD or part in ("secret", "token") for part in parts[:-1]) and last not in _ABOUT:
        return next(kind for kind, words in kinds.items() if any(part in words for part in parts[:-1] if part != "pin"))
    if last in _ALONE and len(parts) <= 2:
        return {"cookie": Kind.COOKIE, "auth": Kind.TOKEN}.get(last, Kind.KEY)
    return None


def is_harmless(value: str) -> bool:
    """Tell a value that is no secret in a secret's place: a variable, a path, a switch, a placeholder, a mark."""
    bare = value.strip().strip("\"'")
    if not bare.replace(EXPANSION, "").strip("{}:@/ \t\"'"):
        return True
    return bool(_HARMLESS.match(bare) or _PATH.match(bare) or MARK.search(bare))

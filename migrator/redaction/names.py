"""Names that announce a secret, and values that are none."""

from __future__ import annotations

import re
from functools import lru_cache

from migrator.redaction.looks import RUNS, looks_chosen
from migrator.redaction.marks import MARK, Kind
from migrator.redaction.shapes import Span

_PARTS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Last words of names, by what they hold.
_WORDS = {
    Kind.PASSWORD: """pass passwd password passphrase passwort passwrd pw pwd pswd psw userpass pin passcode psk
        requirepass masterauth passhash motdepasse passe contrasena contrasenya senha wachtwoord kennwort
        losenord kodeord adgangskode salasana haslo heslo lozinka jelszo sifre parol""",
    Kind.TOKEN: "token bearer jwt pat authtoken accesstoken",
    Kind.SECRET: "secret credential credentials creds cred salt",
    Kind.KEY: "apikey secretkey privatekey accesskey authkey accountkey appkey sharedkey",
}
_KINDS = {word: kind for kind, words in _WORDS.items() for word in words.split()}
ANNOUNCING = frozenset(_KINDS)
"""Words of which one, or `key`, or `cookie`, stands in every name that announces a secret by itself."""
# Where a noun stands before what it is of: `PASSWORD_PROD`, `TOKEN_GITHUB`, `SENHA_BANCO`.
_FIRST = frozenset(["password", "passwd", "secret", "token", "senha", "contrasena", "motdepasse", "haslo", "heslo"])
# `API_KEY` is a secret, `SORT_KEY` is not: what stands before `key` decides.
_KEY_OF = """api access secret private auth account app application encryption enc signing shared master service license
    licence client deploy storage admin crypto aes hmac sas"""
_KEY_BEFORE = frozenset(_KEY_OF.split())
# Keys that look things up, order, lock or are public. Behind any other word a key is a secret if its value looks drawn.
_KEY_NOT_OF = """sort primary foreign cache partition public pub index idempotency object group row range hash natural
    business surrogate unique lookup search map event dedup deduplication dedupe order record join meta option setting
    registry gpg pgp recv keyring message entity lock shard host known commit build s3
    default local release site publishable"""
_OTHER_KEYS = frozenset(_KEY_NOT_OF.split())
# One word alone that is a secret's name in some programs and not in others.
_NOT_ALONE = frozenset(["pin", "pat", "salt"])
# `--next-token` of a listing says where the next page begins.
_PAGES = frozenset(
    ["starting", "next", "page", "paging", "continuation", "pagination", "resume", "resumption", "request"]
)
_ENDING = re.compile(r"(?:passwd|password|passphrase|passwort|apikey|secretkey|authtoken|token|secret)\Z")
# `ROOTPW`, `ftppass`, `-upw`; `bypass` is a word of its own.
_SHORT_ENDING = re.compile(
    r"(?!(?:bypass|compass|trespass|overpass|underpass|encompass|surpass|onepass|twopass|multipass)\Z)"
    r"(?:[a-z]{1,10}(?:pass|pwd|pw)|(?:login|user|usr|db|my|ftp|mail)pas)\Z"
)
# `TOKEN_URL`, `password-file`, `SECRET_NAME`: they say where the secret is, how long, whether, not what.
_ABOUT_WORDS = """file files filename path paths dir directory folder url uri endpoint host port server service region
    bucket location source name names id ids type kind class field env var variable ref arn provider prompt ask askpass
    policy length len size min max limit age days hours minutes seconds secs ms expiry expires expiration lifetime
    ttl timeout count number num index per rate cost price usage budget hash history version algorithm format mode
    method header issuer scope scopes audience store manager generator fd stdin command cmd helper program script
    from enabled required needed rotation rotate reset change check update refresh verify valid validation validator
    status state fail failed failure all through thru message msg label title hint search list order pattern regex
    separator char chars entropy add rm remove delete create strength word words encryption hasher hashers backend
    backends engine driver plugin module classes encoder strategy handler adapter factory prefix suffix labels
    namespace mount contract symbol leeway alias map maps permission permissions role roles owner interval schedule
    cleanup cleaner purge expired renewal renew revoked"""
_ABOUT = frozenset(_ABOUT_WORDS.split())
# What follows the word that counts: `PASSWORD_BASE64`, `token_old`.
_VARIANTS = frozenset(["pem", "b64", "base64", "value", "string", "plain", "text", "old", "new", "prod", "dev"])
_NOT_SECRET = frozenset(["extpass", "bypass", "compass", "pass1", "pass2", "tokenizer", "keyboard"])
_HARMLESS = re.compile(
    r"""(?:
      \s* | y | n | true | false | yes | no | on | off | none | null | nil | undef(?:ined)?
    | read | write | auto | default | prompt | ask
    | stdin | env | file | - | [0-9]{1,2}
    | [=~^]{0,2}v?[0-9]+(?:\.[0-9]+)+(?:[-+.]?(?:rc|alpha|beta|post|dev|a|b)[0-9]*)?
    | [sif][@%]? | \\?[?%*=$~] | \.\.\. | …
    | ok | done | passed | failed | expired | (?:in)?valid | (?:un)?changed | missing | present | required | (?:un)?set
    | enabled | disabled | updated | rotated | unknown | empty | fix | bump
    | public | text | string | str | (?:var)?char(?:acter)?(?:\([0-9]+\))? | [!*]{1,2}
    | shift | await | new | yield | lambda | function | async | not | :[a-z_]\w*                  # words of languages
    | (?:<?your|insert|enter)[-_ ][a-z_ -]* | [a-z]+(?:_[a-z]+)*_here
    | [Xx*.•\#_-]{3,}(?:/[a-z]*)? | <[^<>]*> | \[[^\]]*\]                                # placeholders of people
    | \{\{.*\}\} | \$\{\{.*\}\} | \{%.*%\} | \{[A-Za-z_][\w.]*\} | %\(\w+\)s   # and of templates
    | \\?%[sdi](?:\\+[nrt])*
    | \$\{[A-Za-z_]\w*(?:\[[^\]]*\])?(?::?\?[^{}]*|:?[-=+]|[\#%/^,@][^{}]*)?\}                # what only a run knows
    | \$\{?[A-Za-z_]\w*\}? | \$env\(\w+\) | \$[0-9@*?\#!$-] | \$\(.* | `.*
    | @[\w./~-]+@? | __\w+__ | (?-i:%+[A-Z][A-Z_]+%+) | \|.*
    | (?:change|replace|fill)_?me(?-i:(?<=[A-Z])) | [\w-]*placeholder[\w-]* | \S*\.\.\.
    | (?-i:(?:[A-Z0-9]+[_-])*(?:PASSWORD|PASSWD|PW|PASS|KEY|TOKEN|SECRET|HERE)) | \.[A-Z]\w+(?:\.\w+)+
    | (?:env|file|fd|stdin|fp|ssm|vault|op|keyring|secretsmanager|gopass)://?\S+      # references
    | (?:env|file|fd):[\w./~@-]+ | arn:aws[\w-]*:.* | resolve:.*
    | \\ | \\[sdwSDW].* | \\\((?:[.\[\\^*].*)? | \.[*+].* | [\[(].*                            # patterns and calls
    | (?:[a-z_]+(?:\.[a-z_]+)+|\\?[a-z_][a-z_\\]*::\w+)[\[(](?:\Z|[)\]"'$]|[0-9]+[),\]]|[a-z_]\w*[=,.()\[\]]).*
    | [=!<>&|+^~]{1,3} | &?\$[A-Za-z_]\w*(?:\[[^\]]*\]|(?:->|::)\$?\w+)*                      # code of other languages
    | \\?[a-z_][a-z_\\]*::\$\w+.* | \.\s*(?:\$\w+(?:->|::|\[|\s*\.)|\ue000).* | \w{0,3}\{\}(?:(?:["'&]|\.format\b).*)?
    | \s*(?:\.\s(?!\s*\\?["']).*\s\.|\+\s(?!\s*\\?["']).*\s\+)\s*          # a quotation that is shut for a variable
    | [^'\w]*'\s*\|\s*[a-z].*                                 # text behind the end of a quotation, and a pipe
    )\Z""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_STORED = re.compile(r"[a-z]+(?:[-_/][a-z]+)+\Z")
_PATH = re.compile(
    r"[a-z][a-z_-]*(?:/[a-z][a-z_.-]*)+\Z"
    r"|(?:~?/|\.{1,2}/)[\w.@+ -]*(?:/[\w.@+-]*)*\Z"
    r"|[\w.-]+(?:/[\w.-]+)*\.(?:pem|key|txt|cfg|conf|cnf|ini|json|ya?ml|pass|pw|crt|env|gpg|p12|jks|properties|xml|toml|sql|csv|log|sh|py|jar)\Z"
)
_DRAWN = re.compile(r"[A-Za-z0-9][A-Za-z0-9+_-]+={0,2}")
_HEX = re.compile(r"[0-9a-fA-F]+|[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_LONG = 256
_FETCHED = re.compile(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+[\[(]")
_ORACLE_LOGIN = re.compile(r"[\w.$#]+/[^@/\s\"']+@[\w./:-]+")
_USER_AND_SECRET = re.compile(r"[\w.@\\+-]+:([^\s:/].*)")
# How GnuPG names a key: by half of its fingerprint, or all of it.
_KEY_ID = re.compile(r"(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})!?")
# An issuer's prefix: `sqp_…`, `1-…`.
_PREFIX = re.compile(r"[A-Za-z0-9]{1,8}[_-](?=[0-9a-f]{24,}\Z)")
# `activationkey`, `securitykey`: one word, of which the end tells.
_SOME_KEY = re.compile(
    r"(?!(?:mon|don|tur|hot|pub|public|gpg|pgp|sort|short|joc|hoc|jer)key)[a-z]{3,12}key\Z|(?:clave|chave|chiave|klucz|parola)\Z"
)
# `CLAVE_API`: in these languages the noun stands first.
_SOME_KEY_OF = re.compile(r"(?:clave|chave|chiave|parola)\Z")
_BASIC = re.compile(r"(?:basic|http)_?auth|userpwd", re.IGNORECASE)
_CALLED_BACK = re.compile(r"https?://[^/\s]+/(?:[^/\s]+/)*([\w-]{12,})/?\Z")
EXPANSION = "\ue000"
"""Stands for what only a run can know: a variable, a substitution."""


@lru_cache(maxsize=4096)
def kind_of_name(name: str) -> Kind | None:
    """Give the kind of secret that a setting, option or field of this name holds, or None where it holds none.

    `DB_PASSWORD`, `--api-key`, `aws_secret_access_key`, `userPass` do; `PASSWORD_FILE`, `--key`, `PWD` do not.
    """
    parts = [part.lower() for part in _PARTS.findall(name)]
    joined = "".join(parts)
    if not parts or joined in _NOT_SECRET or name in ("PWD", "OLDPWD"):
        return None
    if "aws" in parts and "key" in parts and parts[-1] in ("key", "id"):
        return Kind.AWS_KEY
    if joined in ("accesskeyid", "awsaccesskeyid", "secretaccesskey"):
        return Kind.AWS_KEY
    if joined == "rediscliauth" or ("snmp" in parts and parts[-1] == "community"):
        return Kind.PASSWORD
    # `existingSecret=NAME` names one.
    if "existing" in parts or (parts[-1] == "token" and len(parts) > 1 and parts[-2] in _PAGES):
        return None
    if parts[-1] in _ABOUT or (parts[-1].isdigit() and len(parts) > 1 and parts[-2] in _ABOUT):
        return None
    while len(parts) > 1 and parts[-1].isdigit():
        parts.pop()
    kind = _kind_of_parts(parts)
    # `token-broker.auth.svc` is a host.
    return kind if kind is None or "." not in name or _kind_of_parts(parts[-1:]) or _kind_of_parts(parts[-2:]) else None


def _kind_of_parts(parts: list[str]) -> Kind | None:
    last = parts[-1]
    if last in _KINDS and not (last in _NOT_ALONE and len(parts) == 1):
        return _KINDS[last]
    if last == "key" and len(parts) > 1 and parts[-2] in _KEY_BEFORE:
        return Kind.KEY
    if last in _VARIANTS and len(parts) > 1:
        return _kind_of_parts(parts[:-1])
    if ending := _ENDING.search(last):
        return _KINDS[ending[0]]
    if _SHORT_ENDING.match(last):
        return Kind.PASSWORD
    if first := next((part for part in parts[:-1] if part in _FIRST), None):
        return _KINDS[first]
    return Kind.COOKIE if last == "cookie" and len(parts) <= 2 else None


def kind_of_pair(name: str, value: str) -> Kind | None:
    """Give the kind of secret that a name and its value make together, where the name alone may leave it open.

    `CRON_KEY=8f0c…`, `PIN=4711`, `HTTP_AUTH=user:Secret1` are secrets; `CRON_KEY=nightly`, `SMTP_AUTH=login` are not.
    """
    # `adminKey=root-key` names one.
    if name.lower().endswith("key") and _STORED.match(value) and value.endswith("key"):
        return None
    # `SIGNING_KEY=A34B1DABBB49489C` says which of GnuPG's.
    if "sign" in name.lower() and _KEY_ID.fullmatch(value):
        return None
    return kind_of_name(name) or (_kind_half_told(name, value) if half_tells(name) else None)


@lru_cache(maxsize=4096)
def half_tells(name: str) -> str:
    """Give the word that may announce a secret, `key`, `auth`, `user`, `dsn`, `pin`, `code`, `appid`, or nothing."""
    parts = [part.lower() for part in _PARTS.findall(name)]
    if len(parts) > 1 and parts[-1] == "key" and parts[-2] not in _OTHER_KEYS:
        return "key"
    if parts and (_SOME_KEY.match(parts[-1]) or _SOME_KEY_OF.match(parts[0])):
        return "key"
    if parts and parts[-1].endswith(("auth", "login", "userpwd", "logon")):
        return "auth"
    if "webhook" in parts[-2:] or "hook" in parts[-2:]:
        return "hook"
    if parts and parts[-1] in ("user", "username"):
        return "user"
    if parts and parts[-1].endswith(("dsn", "conn", "connect", "connection", "userid")):
        return "dsn"
    if parts in (["pin"], ["code"]):
        return str(parts[0])
    return "appid" if "".join(parts[-2:]).endswith("appid") else ""


def _kind_half_told(name: str, value: str) -> Kind | None:
    word = half_tells(name)
    if word == "hook":
        address = _CALLED_BACK.fullmatch(value)
        return Kind.TOKEN if address and looks_drawn(address[1]) else None
    if word == "pin":
        return Kind.PASSWORD if re.fullmatch(r"\d{4,12}", value) else None
    # An application's id is a secret of some services; a UUID is one of Azure's directory, and public.
    if word in ("auth", "dsn") and _ORACLE_LOGIN.fullmatch(value):
        return Kind.PASSWORD
    if word == "key" and _KEY_ID.fullmatch(value):
        return None
    if word == "key" and looks_chosen(value, hinted=True):
        return Kind.KEY
    if word not in ("user", "dsn") and looks_drawn(value) and not (word == "appid" and "-" in value):
        return Kind.TOKEN if word == "code" else Kind.KEY
    if word in ("auth", "user") and (login := _USER_AND_SECRET.fullmatch(value)):
        stated = _BASIC.search(name) is not None and not login[1].isdigit()
        return Kind.PASSWORD if stated or unlike_a_name(login[1]) else None
    return None


def looks_drawn(value: str) -> bool:
    """Tell hexadecimal, a UUID and a long mixture of letters and digits from a name; a commit looks drawn, too."""
    if len(value) < 12 or not _DRAWN.fullmatch(value):
        return False
    value = _PREFIX.sub("", value)
    if _HEX.fullmatch(value):
        return len(value) >= 16 and not value.isdigit()
    runs = RUNS.findall(value)
    kinds = {"0" if run.isdigit() else "A" if run.isupper() else "a" for run in runs}
    return len(kinds) == len("0Aa") and len(runs) * 5 >= len(value) * 2


def unlike_a_name(text: str) -> bool:
    """Tell what has letters beside digits, capitals or signs from a name, a port, a version and a path."""
    text = text[:_LONG]
    if "/" in text or text.startswith("-") or not re.search(r"[A-Za-z]", text) or re.match(r"v?\d+\.\d", text):
        return False
    return EXPANSION in text or bool(re.search(r"\d|[a-z].*[A-Z]|[A-Z]{3}.*[a-z]{2}|[!#$%^&*+~ ;]", text))


def names_a_secret(name: str, value: str) -> bool:
    """Tell `--secret=db-password`, the name of a secret in a store, from a secret."""
    if name.lower() != "secret":
        return False
    # `docker build --secret id=npm,src=PATH`.
    return value.startswith("id=") or (bool(_STORED.match(value)) and kind_of_name(value) is not None)


def is_fetched(value: str) -> bool:
    """Tell another language's code that fetches a value: `os.environ["X"]`, `config.get(…)`."""
    return bool(_FETCHED.match(value))


def is_harmless(value: str) -> bool:
    """Tell a value that is no secret in a secret's place: a variable, a path, a switch, a placeholder, a mark."""
    bare = value.strip().strip("\"'")
    if not bare.replace(EXPANSION, "").strip("{}:@/ \t\"'"):
        return True
    return bool(_HARMLESS.match(bare) or _PATH.match(bare) or MARK.search(bare))


def is_given(value: str) -> bool:
    """Tell a value that may be a secret, or that holds a variable, which then stands where a secret belongs."""
    return EXPANSION in value or not is_harmless(value)


def given(pattern: re.Pattern[str], text: str, kind: Kind = Kind.PASSWORD, group: int = 1) -> list[Span]:
    """Give what a group of a pattern finds, where it may be a secret."""
    return [(*match.span(group), kind) for match in pattern.finditer(text) if is_given(match[group])]

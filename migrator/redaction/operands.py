"""Secrets known by their place among a command's words: operands, logins, what stands beside a user's name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from migrator.redaction.finds import Finds
from migrator.redaction.looks import is_well_known
from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, kind_of_name, kind_of_pair, unlike_a_name
from migrator.redaction.programs import ORACLE
from migrator.redaction.views import View

# Of each program: behind which word (the program itself where empty) which of the words without a dash is a secret.
_OPERANDS: Mapping[str, Mapping[str, tuple[int, ...]]] = {
    "rabbitmqctl": {"change_password": (2,), "add_user": (2,), "authenticate_user": (2,)},
    "ansible-vault": {"encrypt_string": (1,)},
    "teamviewer": {"passwd": (1,)},
    "chamber": {"write": (3,)},
    "credstash": {"put": (2,)},
    "pulumi": {"--secret": (2,)},
    "mc": {"set": (4,), "add": (4,)},
    "qpdf": {"--encrypt": (1, 2)},
    "bw": {"unlock": (1,), "login": (2,)},
    "b2": {"authorize-account": (2,)},
    "radtest": {"": (2, 5)},
    "zmprov": {"sp": (2,), "setPassword": (2,), "ca": (2,), "createAccount": (2,)},
    "prosodyctl": {"register": (3,)},
    "doveadm": {"test": (2,)},
    "radclient": {"": (3,)},
    "mega-login": {"": (2,)},
    "iwconfig": {"key": (1,)},
    "wpa_passphrase": {"": (2,)},
    "isql": {"": (3,), "-v": (3,), "-b": (3,)},
    "iusql": {"": (3,), "-v": (3,), "-b": (3,)},
    "hdbuserstore": {"set": (4,), "SET": (4,)},
}
_ORACLE_LOGIN = re.compile(
    r"(?:userid=)?[\"']?[\w.$#]+/(?:([^@/\s\"']+)|\"([^\s\"]+)\")(?:@.*|\s+as\s+\w+[\"']?|[\"'])?\Z", re.IGNORECASE
)
_DATABASES = frozenset(["target", "catalog", "auxiliary"])
_FORMAT = re.compile(r"([A-Za-z][\w.-]*)[\"']?(?:\s*[=:]\s*|\s+)[\"']?%[sbq]")
_USER = re.compile(
    r"-(?:[agx]?u|U|l|user|username|login)\Z|--(?:user|username|login)(?:=\S+)?\Z|-[uU][:=]?\w+\Z|/(?:u|user)(?::\S+)?\Z"
)
_PASSWORD = re.compile(r"-(?:p|P|pw|[agx]p)\Z|/p\Z")
_DN = re.compile(r"(?:cn|uid|ou|dc|o)=", re.IGNORECASE)
_SIGNS = ("-", "/u", "/p")
# 128 bits, which no port and no path is.
_DIGEST = re.compile(r"[0-9a-f]{32}\Z")
# `-PSecret1`, `/p:Secret1`: capitals, small letters and digits or signs, as no other value has them all.
_VALUED = re.compile(r"[-/][pP][:=](.+)\Z")
_ATTACHED = re.compile(r"[-/][pP](?=[^a-z]*[a-z])(?=[^A-Z]*[A-Z])(?=[^\d_!#%+]*[\d_!#%+])([^\s/]{6,})\Z")
_LOGIN = re.compile(
    r"(?!\w*/?(?:e?mail(?:to)?|smtp|sips?|xmpp|to|from|cc|bcc|reply-to):)(?:[\w.-]+[/\\])?[\w.-]+:([^@/\s:]+)@(?!sha\d+:|latest\Z)[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:/\S*)?\Z"
)
_HOST = re.compile(r"-[hHsS]\Z|--?(?:host|hostname|server)(?:=\S+)?\Z")
# psql(1) takes its settings there.
_VARIABLE = re.compile(r"[a-z_]{4,}=\w*\Z")
_NO_PORT = re.compile(r"\d{6,}\Z")
_PLAIN = re.compile(r"(?!prod|stag|default|project|main\Z)[a-z]{5,}\Z")
_SMB_OPTION = re.compile(r"-[A-Za-z]*[ROUWAndlsLtMIpbmiDcTGS]\Z|--[a-z-]+\Z")
_USING = re.compile(r"\busing\s+(\S+)", re.IGNORECASE)
_DSN = re.compile(r"(?:^|,)p=([^,]+)")
_ASKS = re.compile(r"-*ext-?pass\Z|-*(?:\w+[-_])?pass(?:word|phrase)?[-_]?(?:command|cmd|eval)\Z", re.IGNORECASE)


def search_operands(name: str, views: Sequence[View], start: int, finds: Finds) -> bool:
    """Find the secrets from `start` on, behind a program of this name; tell whether its words have such places."""
    if search := _SEARCHES.get(name):
        search(views[start:], finds)
    elif places := _OPERANDS.get(name):
        for word, numbers in places.items():
            _in_place(views[start:], word, numbers, finds)
    elif name.startswith("pt-"):
        for view in views[start:]:
            for match in _DSN.finditer(view.text):
                finds.value(view, *match.span(1), Kind.PASSWORD)
    else:
        return False
    return True


def _in_place(views: Sequence[View], word: str, numbers: tuple[int, ...], finds: Finds) -> None:
    start = next((index + 1 for index, view in enumerate(views) if view.text == word), 0 if not word else len(views))
    for number, view in enumerate(views[start : start + max(numbers)], start=1):
        if view.text.startswith("-"):
            return
        if number in numbers:
            finds.whole(view, Kind.PASSWORD)


def _oracle(views: Sequence[View], finds: Finds) -> None:
    """`sqlplus user/secret@database`: one login, but one behind each of rman's words."""
    taken = False
    for before, view in zip((None, *views), views, strict=False):
        match = _ORACLE_LOGIN.match(view.text)
        if match and not (taken and (before is None or before.text.lower() not in _DATABASES)):
            finds.value(view, *match.span(match.lastindex or 1), Kind.PASSWORD)
            taken = True


def _htpasswd(views: Sequence[View], finds: Finds) -> None:
    """`htpasswd -b file user password`."""
    options = [view.text for view in views if view.text.startswith("-")]
    given = [view for view in views if not view.text.startswith("-")]
    # `-n` writes to standard output, and no file is named.
    place = 1 if any("n" in option for option in options) else 2
    if any("b" in option for option in options) and len(given) > place:
        finds.whole(given[place], Kind.PASSWORD)


def _openssl(views: Sequence[View], finds: Finds) -> None:
    """`openssl passwd [-salt salt] password`."""
    if len(views) < 2 or views[0].text != "passwd":
        return
    before, last = views[-2].text, views[-1]
    if not last.text.startswith("-") and before not in ("-salt", "-in"):
        finds.whole(last, Kind.PASSWORD)


def _net(views: Sequence[View], finds: Finds) -> None:
    """`net use Z: //host/share secret /user:name`, `net user name secret`."""
    if not views or views[0].text.lower() not in ("use", "user"):
        return
    given = [view for view in views[1:] if not re.match(r"[/\\-]|\*\Z|\w:\Z", view.text)]
    # Unquoted, the backslashes before a host may be gone.
    shared = any(view.text.startswith(("\\", "//")) for view in views[1:])
    place = 0 if shared and views[0].text.lower() == "use" else 1
    if len(given) > place:
        finds.whole(given[place], Kind.PASSWORD)


def _smbclient(views: Sequence[View], finds: Finds) -> None:
    """`smbclient //host/share [secret]`."""
    given = [
        view
        for before, view in zip((None, *views), views, strict=False)
        if not view.text.startswith("-") and not (before is not None and _SMB_OPTION.match(before.text))
    ]
    if len(given) > 1 and given[0].text.startswith(("//", "\\")):
        finds.whole(given[1], Kind.PASSWORD)


def _printf(views: Sequence[View], finds: Finds) -> None:
    """`printf 'password=%s' secret`."""
    kinds = [kind_of_name(name) for name in _FORMAT.findall(views[0].text)] if views else []
    kind = next((each for each in kinds if each is not None), None)
    if kind is not None:
        for view in views[1:]:
            finds.whole(view, kind)


def _db2(views: Sequence[View], finds: Finds) -> None:
    """`db2 "connect to database user name using secret"`, in one word."""
    for view in views:
        for match in _USING.finditer(view.text):
            finds.value(view, *match.span(1), Kind.PASSWORD)


def _http_basic(views: Sequence[View], finds: Finds) -> None:
    """`composer config http-basic.host user secret`, `… github-oauth.host token`."""
    for index, view in enumerate(views):
        place = index + (2 if view.text.startswith("http-basic.") else 1)
        if view.text.startswith(("http-basic.", "github-oauth.", "gitlab-token.", "bearer.")) and place < len(views):
            finds.whole(views[place], Kind.PASSWORD)


def _rclone(views: Sequence[View], finds: Finds) -> None:
    """`rclone config create name type key value key value`, `rclone config update name key value`."""
    words = [view.text for view in views]
    if words[:1] != ["config"] or len(words) < 2 or words[1] not in ("create", "update", "password"):
        return
    given = views[4 if words[1] == "create" else 3 :]
    for name, value in zip(given[::2], given[1::2], strict=False):
        kind = kind_of_pair(name.text, value.text)
        if kind is not None:
            finds.whole(value, kind)


def _vault(views: Sequence[View], finds: Finds) -> None:
    """`vault kv put path key=secret`: whatever goes into the store is secret, whatever it is called."""
    words = [view.text for view in views]
    if "kv" in words[:1] and {"put", "patch"} & set(words):
        for view in views:
            if not view.text.startswith("-") and "=" in view.text:
                finds.value(view, view.text.index("=") + 1, len(view.text), Kind.SECRET)


_SEARCHES: Mapping[str, Callable[[Sequence[View], Finds], None]] = {
    **dict.fromkeys(ORACLE, _oracle),
    **dict.fromkeys(["composer", "poetry"], _http_basic),
    "db2": _db2,
    **dict.fromkeys(["htpasswd", "mosquitto_passwd"], _htpasswd),
    "net": _net,
    "rclone": _rclone,
    "vault": _vault,
    "smbclient": _smbclient,
    "openssl": _openssl,
    "printf": _printf,
}
BY_PLACE = frozenset([*_SEARCHES, *_OPERANDS])
"""Programs whose operands hold secrets; those of Percona's toolkit begin with `pt-`."""


def beside_a_user(views: Sequence[View], finds: Finds, *, attached: bool) -> None:
    """Find `-u user -p secret`, of any program, and `user:secret@host`, if it looks like a secret.

    With `attached` the program takes no secret in the word behind `-p`.
    """
    since = 0
    bound = hosted = False
    for index, view in enumerate(views):
        text = view.text
        if "@" in text and (match := _LOGIN.match(text)) and unlike_a_name(match[1]):
            finds.value(view, *match.span(1), Kind.URL_PASSWORD)
        following = views[index + 1] if index + 1 < len(views) else None
        if bound and text == "-w" and following is not None and not following.text.startswith("-"):
            finds.whole(following, Kind.PASSWORD)
        # `-D cn=admin,dc=example -w secret` of any client of a directory.
        bound = bound or (text == "-D" and following is not None and _DN.match(following.text) is not None)
        if text.startswith(_SIGNS):
            known = not attached and (since > 0 or _before_a_user(views, index))
            _password_of(view, following, finds, known=known, hosted=hosted)
            hosted = hosted or (_HOST.match(text) is not None and following is not None and len(following.text) > 1)
        if text.startswith(_SIGNS) and _USER.match(text):
            # `cp -u -p`: no user follows.
            since = 0 if len(text) == 2 and following is not None and following.text.startswith("-") else 1
        elif not text.startswith("-"):
            # Two words without a dash: the second is no option's value, and what follows may be another program's.
            since = since + 1 if 0 < since < 2 else 0
        elif since:
            since = 1


def _before_a_user(views: Sequence[View], index: int) -> bool:
    """Tell whether a user stands behind the option and its value: `-p secret -u user`."""
    behind = views[index + 2 : index + 4]
    return len(behind) > 1 and _USER.match(behind[0].text) is not None and not behind[1].text.startswith("-")


def _password_of(view: View, following: View | None, finds: Finds, *, known: bool, hosted: bool) -> None:
    """Take the value of `-p`, where a user stands before it or no other value looks like that.

    With user and host named, even a plain word is one: what else would it be.
    """
    if following is not None and _PASSWORD.match(view.text):
        if view.text == "-P" and _VARIABLE.match(following.text):
            return
        if _DIGEST.match(following.text) or (known and _is_secret(following.text, hosted=hosted)):
            finds.whole(following, Kind.PASSWORD)
    elif known and (match := _VALUED.match(view.text) or _ATTACHED.match(view.text)) and unlike_a_name(match[1]):
        finds.value(view, *match.span(1), Kind.PASSWORD)


def _is_secret(text: str, *, hosted: bool) -> bool:
    if unlike_a_name(text) or is_well_known(text) or _NO_PORT.match(text):
        return True
    return hosted and _PLAIN.match(text) is not None


def asked(views: Sequence[View], finds: Finds) -> None:
    """Find what a command writes that is there to be asked for a secret: `--password-command 'echo secret'`."""
    for index, view in enumerate(views):
        name, sign, value = view.text.partition("=")
        if not _ASKS.match(name):
            continue
        following = views[index + 1 : index + 2]
        words = view.words(len(name) + 1) if sign and value else [each for view in following for each in view.words()]
        for word in written(words):
            finds.whole(word, Kind.PASSWORD)


def written(views: Sequence[View]) -> Iterator[View]:
    """Yield what `echo`, `printf` or `yes` writes: its words without its options and a bare format."""
    names = [view.text.rpartition("/")[2] for view in views]
    start = next((index for index, name in enumerate(names) if name in ("echo", "printf", "yes")), len(views))
    for view in views[start + 1 :]:
        if re.fullmatch(r"-[neE]+|(?:%s|\\[nr]|[\n:])*", view.text) or view.text == EXPANSION:
            continue
        yield view

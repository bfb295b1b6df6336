"""Secrets behind options: by what a program takes, and by what an option is called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from migrator.redaction.finds import Finds
from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, kind_of_name, kind_of_pair, looks_drawn, names_a_secret, unlike_a_name
from migrator.redaction.programs import Program
from migrator.redaction.views import View
from migrator.shell.runners import CONTAINERS

_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)\Z")
_SWITCH_NAMES = "no ask use with require prompt show skip reset keep without generate print is"
_SWITCHES = frozenset(_SWITCH_NAMES.split())
# `wp option update NAME VALUE`, `consul kv put app/db/NAME VALUE`, `occ config:system:set NAME --value=VALUE`.
_SETTING_VERBS = frozenset(["set", "config", "configure", "put", "setenv", "update", "config:system:set"])
_SETTING_NAME = re.compile(r"/?[A-Za-z][\w./:-]*\w\Z")
_SETTING_VALUE = "--value="
# `-pSecret` holds its value, so behind one dash only whole words are options; `-upw` is the user's password.
_WITH_ONE_DASH = re.compile(
    r"-(?:[a-z]{0,2}pw|pass|passwd|password|passphrase|pwd|token|secret|(?:secret|access|api|private)-?key|(?:access|auth)-?token"
    r"|credentials|(?:src|dest)?(?:store|key)pass|db-?pass(?:word)?)\Z",
    re.IGNORECASE,
)
_STATED = re.compile(r"(?:pass|plain|s):", re.IGNORECASE)
_LOGIN_OPTION = re.compile(
    r"(?:-u|-{1,2}(?:[\w-]*[-_])?(?:auth|user|username|login|userpwd|credentials?|creds))\Z", re.IGNORECASE
)
_FILLS = re.compile(r"x|X|(?:api_?)?(?:token|key)|x-oauth-basic|session")
_SAYS_SO = re.compile(r"auth|login|cred|userp", re.IGNORECASE)
_SHORTEST = 6
_FAR = 4
# Their `--user` is followed by `user:group`.
_WITH_A_GROUP = CONTAINERS | {"setpriv", "systemd-run", "udocker"}
_AT_HOST = re.compile(r"\w{6}@[\w-]+(?:\.[\w-]+)*(?::\d+)?(?:/\S*)?\Z")
_LOGIN = re.compile(r"[\w.@\\+-]+:([^\s:/@]\S*)\Z")
_ORDINARY_NAME = re.compile(r"[A-Za-z]?[a-z0-9_]*[a-z_][a-z0-9_]*\Z")
_SMALL = re.compile(r"[a-z_]+\Z")


def search_by_name(views: Sequence[View], finds: Finds, *, attached: bool) -> None:
    """Find the values of options and settings whose name announces a secret.

    With `attached` a secret stands behind `=` in the same word, and the next may be a name (`mysql --password db`).
    """
    grouped = any(view.text.rpartition("/")[2] in _WITH_A_GROUP for view in views[:4])
    verb = ""
    since = _FAR
    for number, (view, following) in enumerate(pairwise(views), start=2):
        text = view.text
        if _LOGIN_OPTION.match(text):
            if text not in ("-u", "--user") or not grouped:
                _login(text, following, finds)
            continue
        if option := _OPTION.match(text):
            name = option[1]
            verb = name if name in _SETTING_VERBS else verb
            since = 0 if name in _SETTING_VERBS else since
            switch = re.split(r"[-_.]", name.lower(), maxsplit=1)[0] in _SWITCHES
            if switch or not (text.startswith("--") or _WITH_ONE_DASH.match(text)):
                continue
        else:
            previous, verb = verb, text
            name = text
            since = 0 if text in _SETTING_VERBS else since + 1
            # `crudini --set FILE SECTION NAME VALUE`: of other words only the last can be what is set.
            near = since < _FAR and (number == len(views) or looks_drawn(following.text)) and kind_of_name(text)
            if (previous not in _SETTING_VERBS and not near) or not _SETTING_NAME.match(text):
                continue
        kind = kind_of_pair(name, following.text)
        if (
            kind is None
            or names_a_secret(name, following.text)
            or (attached and text == "--password" and _SMALL.match(following.text))
        ):
            continue
        # `--password PASSWORD` explains how to call a program.
        explained = following.text.isupper() and following.text.lower() == name.lower()
        if not explained and not (following.text.startswith("-") and len(following.text) > 1):
            finds.value(following, _stated(following.text), len(following.text), kind)
        elif following.text.startswith(_SETTING_VALUE) and not text.startswith("-"):
            finds.value(following, len(_SETTING_VALUE), len(following.text), kind)


def _login(option: str, view: View, finds: Finds) -> None:
    """Take what follows the colon in `user:secret`, if it looks like a secret: `user:group` is as common."""
    login = _LOGIN.match(view.text)
    if login is None or EXPANSION in login[1]:
        return
    # `-auth user:word` has a secret there, whatever it looks like; `user:secret@host` is known by itself.
    stated = _SAYS_SO.search(option) is not None and len(login[1]) >= _SHORTEST
    if stated or (unlike_a_name(login[1]) and not _AT_HOST.search(login[1])):
        finds.value(view, *login.span(1), Kind.PASSWORD)


def _stated(text: str) -> int:
    """Give where the secret begins in openssl's `pass:secret`."""
    match = _STATED.match(text)
    return match.end() if match else 0


@dataclass(frozen=True, slots=True)
class _Option:
    """A word, its text without the flags that stand before its option, their number, and the word behind it."""

    view: View
    text: str
    shift: int
    following: View | None

    def take(self, start: int, kind: Kind, finds: Finds) -> None:
        """Take the text from `start` on as a secret."""
        finds.value(self.view, start + self.shift, len(self.view.text), kind)


def _options(views: Sequence[View], flags: str) -> Iterator[_Option]:
    for index, view in enumerate(views):
        text = view.text
        shift = 0
        if flags and text.startswith("-") and not text.startswith("--"):
            shift = len(text) - 1 - len(text[1:].lstrip(flags))
        shift = shift if shift < len(text) - 1 else 0
        following = views[index + 1] if index + 1 < len(views) else None
        yield _Option(view, text[:1] + text[1 + shift :], shift, following)


def search_by_program(program: Program, views: Sequence[View], finds: Finds) -> None:
    """Find the values of the options that this program takes secrets in."""
    if program.subcommand and not any(view.text in program.subcommand for view in views):
        return
    for option in _options(views, program.flags):
        text, following = option.text, option.following
        for name in program.attached:
            if text.startswith(name):
                option.take(len(name), Kind.PASSWORD, finds)
        for name in program.following:
            _following(name, option, finds)
        if following is not None and _takes_next(program, text, following.text):
            _following(text, option, finds)
        for name, separator in program.joined.items():
            if text == name and following is not None:
                _joined(following, 0, separator, finds)
            elif start := _value_start(text, name):
                _joined(option.view, start + option.shift, separator, finds)
        for name in program.cookies:
            _cookie(name, option, finds)
        if text.partition("=")[0] in program.settings and "=" in text:
            option.take(text.index("=") + 1, Kind.SECRET, finds)


def _takes_next(program: Program, option: str, following: str) -> bool:
    return option in program.exact or (option in program.unlikely and not _ORDINARY_NAME.match(following))


def _value_start(text: str, option: str) -> int:
    """Give where the value begins in `--option=value` or `-ovalue`; 0 where there is none."""
    if text.startswith(option + "="):
        return len(option) + 1
    return 2 if len(option) == 2 < len(text) and text.startswith(option) else 0


def _following(name: str, option: _Option, finds: Finds) -> None:
    following = option.following
    if option.text == name:
        if following is not None and not re.match(r"-[A-Za-z-]", following.text):
            finds.value(following, _stated(following.text), len(following.text), Kind.PASSWORD)
    elif start := _value_start(option.text, name):
        option.take(start, Kind.PASSWORD, finds)


def _cookie(name: str, option: _Option, finds: Finds) -> None:
    """Take a cookie; without a `=` it is the name of a file."""
    if option.text == name and option.following is not None and "=" in option.following.text:
        finds.whole(option.following, Kind.COOKIE)
    elif (start := _value_start(option.text, name)) and "=" in option.text[start:]:
        option.take(start, Kind.COOKIE, finds)


def _joined(view: View, start: int, separator: str, finds: Finds) -> None:
    """Take what follows the separator in `user:secret`; of `key:` the key."""
    found = view.text.find(separator, start)
    if view.text[start:] == EXPANSION:
        finds.logins.update((name, separator) for name in view.names(start, len(view.text)))
    if found < 0:
        return
    if found + 1 < len(view.text):
        finds.value(view, found + 1, len(view.text), Kind.PASSWORD)
        # `TOKEN:token`, `TOKEN:x`: what stands for the user is the secret.
        if _FILLS.fullmatch(view.text, found + 1) and looks_drawn(view.text[start:found]):
            finds.value(view, start, found, Kind.KEY)
    elif found - start >= 16:
        finds.value(view, start, found, Kind.KEY)

"""Secrets that a command gives away by what it does with them: stores, changes, compares, writes or encodes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from migrator.redaction.entropy import from_base64
from migrator.redaction.finds import Finds
from migrator.redaction.looks import looks_chosen
from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, is_harmless, kind_of_name, looks_drawn, unlike_a_name
from migrator.redaction.operands import written
from migrator.redaction.views import View

# `az keyvault secret set --value X`, `fly secrets set NAME=X`: the noun tells what the value is.
_STORES = frozenset(["secret", "secrets"])
_STORED = frozenset(["--value", "--body", "--secret-value"])
_CHANGES = re.compile(
    r"(?:[\w:.-]*[:.-])?(?:change|set|reset|update|user)[-_:]?pass(?:word|wd)?\Z|upwd\Z", re.IGNORECASE
)
# `reset-admin-password SECRET`: whose it is says the word itself.
_CHANGES_ONE = re.compile(r"(?:change|set|reset|update)-(?:admin|root|master)-pass(?:word)?\Z")
# `snyk auth TOKEN`, `papermill -p token TOKEN`.
_OPENED_BY = frozenset(["auth", "login", "authenticate", "authtoken"])
_GIVEN = frozenset(["-p", "--arg", "--var", "--param", "--parameter", "--define"])
_SAID_USER = frozenset(["user", "username", "login", "name"])
_SAID_PASSWORD = frozenset(["password", "passwd", "pass"])
_TEMPLATES = frozenset(["sed", "gsed", "perl"])
_REPLACES = re.compile(
    r"(?:\A|[;{\s])s([/|#,!@~])(?P<old>(?:\\.|(?!\1)[^\\]){1,200})\1(?P<new>(?:\\.|(?!\1)[^\\]){1,400})\1", re.DOTALL
)
_PLACEHOLDER = re.compile(r"(?:@+|__|%+|\{\{|<|\\?\$\{)\s*[\w.-]+\s*(?:@+|%+|\}\}?|>)?\Z")
_NAME_AROUND = re.compile(r"[^A-Za-z0-9]+\Z|\A[^A-Za-z0-9]+")
_CREDENTIALS_FILE = re.compile(
    r"(?:pass(?:word|wd|phrase)?s?|pw|cred(?:ential)?s?|secrets?|tokens?|netrc|api-?key|auth)(?:\.(?!log|lock|pid|out|err|sh)\w{1,6})?\Z",
    re.IGNORECASE,
)
_NAME = re.compile(r"\w{3,}\Z")
_TOKEN_VERB = re.compile(r"(?:set|add|update)-[\w-]*token\Z")
_USER_AND_SECRET = re.compile(r"(?:[\w.-]+:)?[\w.@\\-]+:([^\s:]+)\Z")


def search_revealed(views: Sequence[View], finds: Finds) -> None:
    """Find what a command stores as a secret, sets as a password, compares with a secret or puts in its place."""
    texts = [view.text for view in views]
    if not _STORES.isdisjoint(texts):
        _stored(texts, views, finds)
    _changed(texts, views, finds)
    for index, text in enumerate(texts):
        if text.endswith("-token") and _TOKEN_VERB.match(text):
            for view in views[index + 1 : index + 3]:
                if looks_drawn(view.text):
                    finds.whole(view, Kind.TOKEN)
    if "==" in texts or "!=" in texts or texts[:1] in (["["], ["test"]):
        compared(views, finds)
    if any(text.rpartition("/")[2] in _TEMPLATES for text in texts[:3]):
        for view in views:
            _replaced(view, finds)


def _stored(texts: list[str], views: Sequence[View], finds: Finds) -> None:
    """Find the value that a secrets' store is given: behind its option, or in `NAME=value`."""
    for option, view in zip(texts, views[1:], strict=False):
        if option in _STORED:
            finds.whole(view, Kind.SECRET)
    place = next((index for index, text in enumerate(texts) if text in _STORES), 0)
    for view in views[place + 2 :] if texts[place + 1 : place + 2] == ["set"] else ():
        name, sign, _ = view.text.partition("=")
        if sign and name.isidentifier():
            finds.value(view, len(name) + 1, len(view.text), Kind.SECRET)


def _changed(texts: list[str], views: Sequence[View], finds: Finds) -> None:
    """Find the new password of `user:change-password NAME SECRET`, `user NAME password SECRET` and their kin."""
    told = False
    for index, text in enumerate(texts[:-1]):
        following = texts[index + 1]
        behind = texts[index + 2] if index + 2 < len(texts) else ""
        if text in _SAID_USER:
            told = True
        elif text in _OPENED_BY:
            if looks_drawn(following):
                finds.whole(views[index + 1], Kind.TOKEN)
        elif text in _GIVEN:
            kind = kind_of_name(following) if behind else None
            if kind is not None and unlike_a_name(behind) and (text != "-p" or looks_drawn(behind)):
                finds.whole(views[index + 2], kind)
        elif "pass" in text or "upwd" in text:
            if (told and text in _SAID_PASSWORD) or _CHANGES_ONE.match(text):
                search_said(views[index + 1], finds)
            elif _CHANGES.match(text):
                for view in takewhile(lambda each: not each.text.startswith("-"), views[index + 1 : index + 4]):
                    if view is not views[index + 1]:
                        search_said(view, finds)


def compared(views: Sequence[View], finds: Finds) -> None:
    """Find what is compared with a variable that is called like a secret: `[ "$TOKEN" = "…" ]`."""
    for left, operator, right in zip(views, views[1:], views[2:], strict=False):
        if operator.text not in ("=", "==", "!="):
            continue
        for variable, other in ((left, right), (right, left)):
            kind = next((kind for name in variable.variables if (kind := kind_of_name(name))), None)
            if (
                kind is not None
                and EXPANSION not in other.text
                and not other.text.endswith("*")
                and unlike_a_name(other.text)
            ):
                finds.whole(other, kind)


def _replaced(view: View, finds: Finds) -> None:
    """Find what takes a placeholder's place: `s/__DB_PASS__/…/`."""
    if not view.text.startswith("s") and ";" not in view.text and " " not in view.text:
        return
    for match in _REPLACES.finditer(view.text):
        kind = kind_of_name(_NAME_AROUND.sub("", match["old"]))
        marked = _PLACEHOLDER.match(match["old"]) is not None
        if kind is not None and (marked or unlike_a_name(match["new"])) and not re.search(r"[=:\s\\&]", match["new"]):
            finds.value(view, *match.span("new"), kind)


def search_written(views: Sequence[View], target: str, finds: Finds) -> None:
    """Find the secret that `echo` writes into a file that is called like one."""
    if not _CREDENTIALS_FILE.search(target.rpartition("/")[2]) or target.startswith("/dev/"):
        return
    words = list(written(views))
    if len(words) == 1 and " " not in words[0].text:
        search_said(words[0], finds)
        return
    for word in (part for each in words for part in each.words()):
        # `host:port user:secret`, `client server secret`.
        start = word.text.rfind(":") + 1
        if (start and unlike_a_name(word.text[start:])) or looks_chosen(word.text[start:], hinted=True):
            finds.value(word, start, len(word.text), Kind.PASSWORD)


def search_said(view: View, finds: Finds) -> None:
    """Take a word that stands where a secret does, or the secret of its `user:secret`, if it looks like one."""
    login = _USER_AND_SECRET.match(view.text)
    start = login.start(1) if login else 0
    text = view.text[start:]
    if EXPANSION not in text and not re.search(r"[\s=]", text) and unlike_a_name(text) and not is_harmless(text):
        finds.value(view, start, len(view.text), Kind.PASSWORD)


def search_encoded(views: Sequence[View], finds: Finds) -> None:
    """Find the secret of `echo user:secret | base64`, which becomes a header, or of `echo c2VjcmV0 | base64 -d`."""
    if [view.text for view in views[:2]] == ["printf", "%s:%s"] and len(views) > 3:
        finds.whole(views[3], Kind.PASSWORD)
    for word in written(views):
        plain = from_base64(word.text)
        if (login := _USER_AND_SECRET.match(word.text)) and not login[1].isdigit():
            finds.value(word, *login.span(1), Kind.PASSWORD)
        elif plain is not None and " " not in plain and unlike_a_name(plain):
            finds.whole(word, Kind.SECRET)


def search_dialogue(lines: Sequence[View], finds: Finds, *, asked: bool) -> None:
    """Find the password among the lines that `(echo user; echo secret; echo command) | telnet host` sends.

    Who is `asked` gives the name first, then the secret, then what is to be done.
    """
    for line in lines:
        search_said(line, finds)
    if asked and len(lines) > 2 and _NAME.match(lines[0].text) and _NAME.match(lines[1].text):
        finds.whole(lines[1], Kind.PASSWORD)

"""Secrets among the words of a command, by what its program takes and by what its options are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from migrator.redaction.marks import Cut, Kind
from migrator.redaction.names import EXPANSION, is_harmless, kind_of_name
from migrator.redaction.patterns import headers, visible
from migrator.redaction.programs import PROGRAMS, SQLPLUS, Program
from migrator.redaction.views import View

_PAIR = re.compile(r"(-*[A-Za-z_][\w.:/\[\]-]*?)\+?=(.+)", re.DOTALL)
_OPTION = re.compile(r"--?([A-Za-z][\w.-]*)\Z")
_SWITCHES = frozenset(
    [
        "no",
        "ask",
        "use",
        "with",
        "require",
        "prompt",
        "show",
        "skip",
        "reset",
        "keep",
        "without",
        "generate",
        "print",
        "is",
        "has",
    ]
)
# `-pSecret` holds its value, so behind one dash only whole words are options.
_LONG_WITH_ONE_DASH = frozenset(
    "pass passwd password passphrase pwd token secret secretkey secret-key apikey api-key access-token auth-token authtoken"
    " accesskey access-key privatekey credentials storepass keypass srcstorepass deststorepass dbpass dbpassword".split()
)
_ORACLE_LOGIN = re.compile(r"[\w.$#]+/([^@/\s]+)(?:@.*)?\Z")
_SECRET_SOURCE = re.compile(r"(?:pass|plain):", re.IGNORECASE)


@dataclass(slots=True)
class Finds:
    """What was found in a text: spans to cut, and variables that stand where a secret belongs."""

    cuts: list[Cut] = field(default_factory=list)
    variables: set[str] = field(default_factory=set)

    def value(self, view: View, first: int, last: int, kind: Kind) -> None:
        """Take characters `first` to `last` of a word as a secret, unless they are a variable or no secret at all."""
        self.variables.update(view.names(first, last))
        if first < last and not is_harmless(view.text[first:last]):
            self.cuts.append(view.cut(first, last, kind))


def search_command(views: Sequence[View], finds: Finds) -> None:
    """Find the secrets among a command's words, wherever in it the program stands: wrappers come before it."""
    for index, view in enumerate(views):
        search_word(view, finds)
        name = view.text.rpartition("/")[2]
        if program := PROGRAMS.get(name):
            _by_program(program, views[index + 1 :], finds)
        if name in SQLPLUS:
            _oracle(views[index + 1 :], finds)
        elif name == "htpasswd":
            _htpasswd(views[index + 1 :], finds)
        elif name == "vault":
            _after(views[index + 1 :], "login", finds)
    _by_name(views, finds)


def search_word(view: View, finds: Finds) -> None:
    """Find what a word shows by itself: `name=secret`, a URL with a password, a key of known shape."""
    if pair := _PAIR.fullmatch(view.text):
        kind = kind_of_name(pair[1].lstrip("-"))
        if kind is not None:
            finds.value(view, *pair.span(2), kind)
        elif pair[1] == "--from-literal" and "=" in pair[2]:
            finds.value(view, pair.start(2) + pair[2].index("=") + 1, pair.end(2), Kind.SECRET)
    # A word without quotes is searched with the text around it.
    for start, end, kind in visible(view.text) if view.spans is not None else headers(view.text):
        finds.value(view, start, end, kind)


def _by_name(views: Sequence[View], finds: Finds) -> None:
    """Find the values of options and settings whose name announces a secret."""
    settings = False
    for index, (view, following) in enumerate(zip(views, views[1:], strict=False)):
        settings |= view.text in ("set", "config", "configure", "put", "add")
        if option := _OPTION.match(view.text):
            name = option[1]
            parts = re.split(r"[-_.]", name.lower())
            if parts[0] in _SWITCHES or not (view.text.startswith("--") or name.lower() in _LONG_WITH_ONE_DASH):
                continue
        elif settings and index:
            name = view.text
            if "=" in name or "/" in name:
                continue
        else:
            continue
        kind = kind_of_name(name)
        if kind is not None and not (following.text.startswith("-") and len(following.text) > 1):
            finds.value(following, _source_of(following.text), len(following.text), kind)


def _source_of(text: str) -> int:
    """Give where the secret begins in openssl's `pass:secret`."""
    match = _SECRET_SOURCE.match(text)
    return match.end() if match else 0


def _by_program(program: Program, views: Sequence[View], finds: Finds) -> None:
    if program.subcommand and not any(view.text in program.subcommand for view in views):
        return
    for index, view in enumerate(views):
        following = views[index + 1] if index + 1 < len(views) else None
        text = view.text
        for option in program.attached:
            if text.startswith(option) and len(text) > len(option):
                finds.value(view, len(option), len(text), Kind.PASSWORD)
        for option in program.following:
            if text == option and following is not None and not _is_option(following.text):
                finds.value(following, _source_of(following.text), len(following.text), Kind.PASSWORD)
            elif len(option) == 2 and text.startswith(option) and len(text) > 2:
                finds.value(view, 2, len(text), Kind.PASSWORD)
        for option, separator in program.joined.items():
            if text == option and following is not None:
                _joined(following, 0, separator, finds)
            elif text.startswith(option + "=") or (len(option) == 2 and text.startswith(option) and len(text) > 2):
                _joined(view, len(option) + text.startswith(option + "="), separator, finds)
        if text in program.cookies and following is not None and "=" in following.text:
            finds.value(following, 0, len(following.text), Kind.COOKIE)
        for option in program.cookies:
            if text.startswith(option + "=") or (len(option) == 2 and text.startswith(option) and "=" in text):
                finds.value(view, len(option) + text.startswith(option + "="), len(text), Kind.COOKIE)


def _is_option(text: str) -> bool:
    return text.startswith("-") and len(text) > 1 and text[1].isalpha()


def _joined(view: View, start: int, separator: str, finds: Finds) -> None:
    """Take what follows the separator in `user:secret`; of `key:` the key."""
    found = view.text.find(separator, start)
    if found < 0:
        return
    if found + 1 < len(view.text):
        finds.value(view, found + 1, len(view.text), Kind.PASSWORD)
    elif found - start >= 16:
        finds.value(view, start, found, Kind.KEY)


def _oracle(views: Sequence[View], finds: Finds) -> None:
    for view in views:
        if match := _ORACLE_LOGIN.match(view.text):
            finds.value(view, *match.span(1), Kind.PASSWORD)
            return


def _htpasswd(views: Sequence[View], finds: Finds) -> None:
    """`htpasswd -b file user password`: the last word."""
    options = [view.text for view in views if view.text.startswith("-")]
    operands = [view for view in views if not view.text.startswith("-")]
    if any("b" in option for option in options) and len(operands) >= 2:
        finds.value(operands[-1], 0, len(operands[-1].text), Kind.PASSWORD)


def _after(views: Sequence[View], word: str, finds: Finds) -> None:
    for view, following in zip(views, views[1:], strict=False):
        if view.text == word and not following.text.startswith("-"):
            finds.value(following, 0, len(following.text), Kind.TOKEN)


def operands(views: Sequence[View]) -> Iterator[View]:
    """Yield what `echo` or `printf` writes: its words without its options and a bare format."""
    for view in views[1:]:
        text = view.text
        if re.fullmatch(r"-[neE]+", text) or re.fullmatch(r"(?:%s|\\n|\\r|\n|:)*", text) or text == EXPANSION:
            continue
        yield view

"""Secrets among the words of a command, by what its program takes and by what its options are called."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from migrator.redaction.marks import Cut, Kind
from migrator.redaction.names import EXPANSION, is_harmless, kind_of_name
from migrator.redaction.pairs import headers
from migrator.redaction.patterns import visible
from migrator.redaction.programs import ORACLE, PROGRAMS, Program
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
    ]
)
_SETTING_VERBS = frozenset(["set", "config", "configure", "put"])
_SETTING_NAME = re.compile(r"[A-Za-z][\w.-]*\w\Z")
# `-pSecret` holds its value, so behind one dash only whole words are options.
_WITH_ONE_DASH = re.compile(
    r"-(?:pass|passwd|password|passphrase|pwd|token|secret|(?:secret|access|api|private)-?key|(?:access|auth)-?token"
    r"|credentials|(?:src|dest)?(?:store|key)pass|db-?pass(?:word)?)\Z",
    re.IGNORECASE,
)
_ORACLE_LOGIN = re.compile(r"[\w.$#]+/([^@/\s]+)(?:@.*)?\Z")
_STATED = re.compile(r"(?:pass|plain):", re.IGNORECASE)
_ORDINARY_NAME = re.compile(r"[A-Za-z]?[a-z0-9_]*[a-z_][a-z0-9_]*\Z")
_FORMAT = re.compile(r"([A-Za-z][\w.-]*)[\"']?\s*[=:]\s*[\"']?%[sbq]")


@dataclass(slots=True)
class Finds:
    """What was found in a text: spans to cut, variables that stand where a secret belongs, and `NAME=value` words."""

    cuts: list[Cut] = field(default_factory=list)
    variables: set[str] = field(default_factory=set)
    named: list[tuple[str, View, int]] = field(default_factory=list)

    def value(self, view: View, first: int, last: int, kind: Kind) -> None:
        """Take characters `first` to `last` of a word as a secret, unless they are a variable or no secret at all."""
        self.variables.update(view.names(first, last))
        if first >= last:
            return
        if not is_harmless(view.text[first:last]):
            self.cuts.append(view.cut(first, last, kind))
            return
        for start, end, default in view.defaults_in(first, last):
            if not is_harmless(default):
                self.cuts.append(Cut(start, end, kind))

    def settle(self) -> None:
        """Take as secrets what is assigned to variables that stand where a secret belongs."""
        for name, view, start in self.named:
            # Text around it, or another variable in it: what is assigned is a sentence or a path, not the secret.
            if name in self.variables and not re.search(rf"[\s{EXPANSION}]", view.text[start:]):
                self.value(view, start, len(view.text), Kind.SECRET)


def search_command(views: Sequence[View], finds: Finds) -> None:
    """Find the secrets among a command's words, wherever in it the program stands: wrappers come before it."""
    seen: set[str] = set()
    for index, view in enumerate(views):
        search_word(view, finds)
        name = view.text.rpartition("/")[2]
        if name in seen:
            continue
        if program := PROGRAMS.get(name):
            _by_program(program, views[index + 1 :], finds)
        elif name in ORACLE:
            _oracle(views[index + 1 :], finds)
        elif name == "htpasswd":
            _htpasswd(views[index + 1 :], finds)
        elif name == "printf":
            _printf(views[index + 1 :], finds)
        else:
            continue
        seen.add(name)
    _by_name(views, finds)


def search_word(view: View, finds: Finds) -> None:
    """Find what a word shows by itself: `name=secret`, a URL with a password, a key of known shape."""
    if pair := _PAIR.fullmatch(view.text):
        kind = kind_of_name(pair[1].lstrip("-"))
        if kind is not None:
            finds.value(view, *pair.span(2), kind)
        elif pair[1] == "--from-literal" and "=" in pair[2]:
            finds.value(view, pair.start(2) + pair[2].index("=") + 1, pair.end(2), Kind.SECRET)
        elif pair[1].isidentifier():
            finds.named.append((pair[1], view, pair.start(2)))
    # A word without quotes is searched with the text around it.
    for start, end, kind in visible(view.text) if view.spans is not None else headers(view.text):
        finds.value(view, start, end, kind)


def _by_name(views: Sequence[View], finds: Finds) -> None:
    """Find the values of options and settings whose name announces a secret."""
    verb = ""
    for view, following in pairwise(views):
        text = view.text
        if option := _OPTION.match(text):
            name = option[1]
            switch = re.split(r"[-_.]", name.lower(), maxsplit=1)[0] in _SWITCHES
            if switch or not (text.startswith("--") or _WITH_ONE_DASH.match(text)):
                continue
        else:
            previous, verb = verb, text
            name = text
            if previous not in _SETTING_VERBS or not _SETTING_NAME.match(text):
                continue
        kind = kind_of_name(name)
        if kind is not None and not (following.text.startswith("-") and len(following.text) > 1):
            finds.value(following, _stated(following.text), len(following.text), kind)


def _stated(text: str) -> int:
    """Give where the secret begins in openssl's `pass:secret`."""
    match = _STATED.match(text)
    return match.end() if match else 0


def _by_program(program: Program, views: Sequence[View], finds: Finds) -> None:
    if program.subcommand and not any(view.text in program.subcommand for view in views):
        return
    for index, view in enumerate(views):
        following = views[index + 1] if index + 1 < len(views) else None
        for option in program.attached:
            if view.text.startswith(option):
                finds.value(view, len(option), len(view.text), Kind.PASSWORD)
        for option in program.following:
            _following(option, view, following, finds)
        if following is not None and _takes_next(program, view.text, following.text):
            _following(view.text, view, following, finds)
        for option, separator in program.joined.items():
            if view.text == option and following is not None:
                _joined(following, 0, separator, finds)
            elif start := _value_start(view.text, option):
                _joined(view, start, separator, finds)
        for option in program.cookies:
            _cookie(option, view, following, finds)


def _takes_next(program: Program, option: str, following: str) -> bool:
    return option in program.exact or (option in program.unlikely and not _ORDINARY_NAME.match(following))


def _value_start(text: str, option: str) -> int:
    """Give where the value begins in `--option=value` or `-ovalue`; 0 where there is none."""
    if text.startswith(option + "="):
        return len(option) + 1
    return 2 if len(option) == 2 < len(text) and text.startswith(option) else 0


def _following(option: str, view: View, following: View | None, finds: Finds) -> None:
    if view.text == option:
        if following is not None and not re.match(r"-[A-Za-z-]", following.text):
            finds.value(following, _stated(following.text), len(following.text), Kind.PASSWORD)
    elif start := _value_start(view.text, option):
        finds.value(view, start, len(view.text), Kind.PASSWORD)


def _cookie(option: str, view: View, following: View | None, finds: Finds) -> None:
    """Take a cookie; without a `=` it is the name of a file."""
    if view.text == option and following is not None and "=" in following.text:
        finds.value(following, 0, len(following.text), Kind.COOKIE)
    elif (start := _value_start(view.text, option)) and "=" in view.text[start:]:
        finds.value(view, start, len(view.text), Kind.COOKIE)


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
    given = [view for view in views if not view.text.startswith("-")]
    if any("b" in option for option in options) and len(given) >= 2:
        finds.value(given[-1], 0, len(given[-1].text), Kind.PASSWORD)


def _printf(views: Sequence[View], finds: Finds) -> None:
    """`printf 'password=%s' secret`."""
    kinds = [kind_of_name(name) for name in _FORMAT.findall(views[0].text)] if views else []
    kind = next((each for each in kinds if each is not None), None)
    if kind is not None:
        for view in views[1:]:
            finds.value(view, 0, len(view.text), kind)


def written(views: Sequence[View]) -> Iterator[View]:
    """Yield what `echo` or `printf` writes: its words without its options and a bare format."""
    names = [view.text.rpartition("/")[2] for view in views]
    start = next((index for index, name in enumerate(names) if name in ("echo", "printf")), len(views))
    for view in views[start + 1 :]:
        if re.fullmatch(r"-[neE]+|(?:%s|\\[nr]|[\n:])*", view.text) or view.text == EXPANSION:
            continue
        yield view

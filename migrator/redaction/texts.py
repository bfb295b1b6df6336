"""The texts that the rest asks about: commands, settings, lines of a schedule file, prose, other languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from migrator.redaction.entropy import names_an_identifier
from migrator.redaction.finds import Finds
from migrator.redaction.marks import Cut, Found, Kind, Redacted, mark, replace
from migrator.redaction.names import is_harmless, kind_of_pair
from migrator.redaction.patterns import visible
from migrator.redaction.programs import PROGRAMS, reads_a_secret
from migrator.redaction.prose import logins, said
from migrator.redaction.python_text import narrowed
from migrator.redaction.python_tree import search_tree
from migrator.redaction.shell_text import search_shell
from migrator.redaction.suspicion import may_hold_a_secret
from migrator.shell import commands, parse
from migrator.shell.runners import SHELLS

_ROUNDS = 4
_SHORT = 4096
_FTP = frozenset(["ftp", "tnftp", "pftp", "lftp", "ncftp"])
_SETTING = re.compile(r"\s*([\"']?)([A-Za-z_][\w.]*)\1\s*=\s*(.*?)\s*\Z", re.DOTALL)
_SHELL_LANGUAGES = SHELLS | {"shell", "make", "makefile"}
_LINE_COMMENT = re.compile(r"^[ \t]*(?:#+|//+|;+|--+|\*+|rem\b)[ \t]*", re.IGNORECASE)
_CODE_COMMAND = re.compile(r"[A-Za-z0-9_./-]")
_FIELD = re.compile(
    r"[\d*/,~?LW#HR@-]+\Z|(?i:mon|tue|wed|thu|fri|sat|sun|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:[-,/]\w+)*\Z"
)
_ORDINARY = re.compile(r"[a-z_]{1,20}[.,:;]?\Z|[A-Z]?[a-z]{1,12}[.,:;]?\Z|--?[a-z][a-z-]*\Z|[<>|&;()!]+\Z|\d?>+&?\d?\Z")


def redact(text: str) -> Redacted:
    """Take the secrets out of a shell command or script. The number of its lines is kept.

    Deterministic, and the same again on its own result. Text without a secret comes back as it was.
    """
    return _redact_short(text) if len(text) <= _SHORT else _settle(text, search_shell)


@lru_cache(maxsize=65_536)
def _redact_short(text: str) -> Redacted:
    return _settle(text, search_shell)


def _settle(text: str, search: Callable[[str], Finds]) -> Redacted:
    """Search again until nothing more is found: a mark may uncover what stood behind a secret."""
    if not may_hold_a_secret(text):
        return Redacted(text)
    found: list[Found] = []
    variables: set[str] = set()
    for _ in range(_ROUNDS):
        finds = search(text)
        variables |= finds.variables
        if not finds.cuts:
            break
        text, taken = replace(text, finds.cuts)
        found.extend(taken)
    return Redacted(text, tuple(sorted(found)), frozenset(variables))


def redact_plain(text: str) -> Redacted:
    """Take the secrets out of prose, comments, settings files or a program in a language other than the shell's."""
    return _settle(text, _search_plain)


def _search_plain(text: str) -> Finds:
    finds = Finds()
    for search in (visible, said):
        finds.cuts.extend(Cut(*span) for span in search(text))
    start = 0
    for each in text.split("\n"):
        behind = _LINE_COMMENT.match(each)
        offset = behind.end() if behind else 0
        # Most lines of a program hold nothing that the shell's search could find.
        if _CODE_COMMAND.search(each, offset) and may_hold_a_secret(each[offset:]):
            inner = search_shell(each[offset:])
            # Random words were looked for above, where the line above may say that they are a public key.
            finds.inside((cut for cut in inner.cuts if cut.kind is not Kind.HIGH_ENTROPY), start + offset)
        start += len(each) + 1
    return finds


def redact_script(text: str, language: str) -> Redacted:
    """Take the secrets out of a program: by the shell's tree for a shell's, line by line for any other.

    A Python program can be read as one afterwards.
    """
    if language.lower() in _SHELL_LANGUAGES:
        return redact(text)
    return _settle(text, _search_python) if language.lower() == "python" else redact_plain(text)


def _search_python(text: str) -> Finds:
    finds = _search_plain(text)
    finds.cuts.extend(search_tree(text, search_shell))
    finds.cuts = narrowed(text, finds.cuts) if finds.cuts else []
    return finds


def redact_value(name: str, value: str, *, secret: bool = False) -> Redacted:
    """Take the secrets out of a setting's value (crontab `NAME=value`, a manifest's or a pod's field).

    All of it is one where the name says so, or where `secret` does (a variable in `Redacted.variables`).
    An address to which mail goes is no secret.
    """
    kind = kind_of_pair(name, value) or (Kind.SECRET if secret else None)
    if kind is not None and not is_harmless(value):
        text = mark(kind) + "\n" * value.count("\n")
        return Redacted(text, (Found(1, kind),))
    if found := _options_for(name, value):
        return found
    return _settle(value, _search_identifier if names_an_identifier(name) else _search_plain)


def _search_identifier(text: str) -> Finds:
    finds = _search_plain(text)
    finds.cuts = [cut for cut in finds.cuts if cut.kind is not Kind.HIGH_ENTROPY]
    return finds


def _options_for(name: str, value: str) -> Redacted | None:
    """Search the value of `CURL_OPTS` as that program's options; None where it holds none."""
    program = name.partition("_")[0].lower()
    if program not in PROGRAMS or not value.startswith("-"):
        return None
    start = len(program) + 1
    found = redact(f"{program} {value}")
    return Redacted(found.text[start:], found.secrets, found.variables)


def redact_stdin(command: str, text: str) -> Redacted:
    """Take the secrets out of what a command gets on its standard input: every line, where it asks for a password."""
    script = parse(command)
    words = [[word.literal or word.raw for word in each.words] for each in commands(script)]
    # Only FTP's own programs read `user name password`.
    spoken = any(name.rpartition("/")[2] in _FTP for each in words for name in each)
    plain = _settle(text, _search_ftp) if spoken else redact_plain(text)
    if not any(reads_a_secret(each) for each in words):
        # A `%` within quotes cuts a command in two: a secret may begin in the command.
        cut = script.faults or any(_takes_percent(name) for each in words for name in each)
        return _redact_rest(command, plain) if cut else plain
    lines = plain.text.split("\n")
    found = tuple(Found(line, Kind.PASSWORD) for line, each in enumerate(lines, start=1) if not is_harmless(each))
    kept = [each if is_harmless(each) else mark(Kind.PASSWORD) for each in lines]
    return Redacted("\n".join(kept), tuple(sorted((*plain.secrets, *found))), plain.variables)


def _takes_percent(name: str) -> bool:
    """Tell a program that takes `user%secret`, which cron cuts in two."""
    program = PROGRAMS.get(name.rpartition("/")[2])
    return program is not None and "%" in program.joined.values()


def _search_ftp(text: str) -> Finds:
    finds = _search_plain(text)
    finds.cuts.extend(Cut(*span) for span in logins(text))
    return finds


def _redact_rest(command: str, plain: Redacted) -> Redacted:
    start = len(command) + 1
    finds = search_shell(command + "%" + plain.text.replace("\n", "%"))
    cuts = [Cut(max(0, cut.start - start), cut.end - start, cut.kind) for cut in finds.cuts if cut.end > start]
    text, found = replace(plain.text, cuts)
    return Redacted(text, tuple(sorted((*plain.secrets, *found))), plain.variables)


def redact_line(text: str, *, variables: frozenset[str] = frozenset()) -> Redacted:
    """Take the secrets out of a whole line of a schedule file: a comment, a setting or a job, as it stands there."""
    if text.lstrip().startswith(("#", ";")):
        return redact_plain(text)
    setting = _SETTING.match(text)
    if setting is None:
        return redact(text)
    value = setting[3]
    bare = value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value
    inner = redact_value(setting[2], bare, secret=setting[2] in variables)
    if not inner.secrets:
        return redact(text)
    at = setting.start(3) + value.index(bare)
    return Redacted(text[:at] + inner.text + text[at + len(bare) :], inner.secrets)


def redact_unread(text: str) -> Redacted:
    """Take out of a line that nobody could read all that may be a secret: nothing says which word is what.

    Time fields, paths, options and ordinary words stay.
    """
    known = redact_line(text)
    odd = [
        Cut(match.start(), match.end(), Kind.UNREAD)
        for match in re.finditer(r"[^\s=]+", known.text)
        if not (_FIELD.match(match[0]) or _ORDINARY.match(match[0]) or "/" in match[0] or is_harmless(match[0]))
        and _is_mixed(match[0])
    ]
    text, found = replace(known.text, odd)
    return Redacted(text, tuple(sorted((*known.secrets, *found))), known.variables)


def _is_mixed(word: str) -> bool:
    """Tell a word of capitals and small letters, or of digits and letters."""
    # One sign at a time: a pattern for two of them, in either order, would go over a long word again for each letter.
    small, capital = re.search("[a-z]", word), re.search("[A-Z]", word)
    return bool((small and capital) or ((small or capital) and re.search(r"\d", word)))

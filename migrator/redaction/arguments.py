"""Secrets among the words of a command, by its program, its options, their places and what each word shows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from migrator.redaction.chosen import search_by_look
from migrator.redaction.finds import Finds
from migrator.redaction.marks import Kind
from migrator.redaction.names import EXPANSION, is_fetched, is_harmless, kind_of_pair, names_a_secret
from migrator.redaction.operands import asked, beside_a_user, search_operands
from migrator.redaction.options import search_by_name, search_by_program
from migrator.redaction.pairs import headers
from migrator.redaction.patterns import visible
from migrator.redaction.programs import PROGRAMS
from migrator.redaction.revealed import search_revealed
from migrator.redaction.views import View

_PAIR = re.compile(r"(-*[A-Za-z_][\w.:/\[\]@-]*?)\+?=(.+)", re.DOTALL)
# A variable, a path, an empty value, a mark.
_REFERS = re.compile(rf"[${EXPANSION}/~\"'R]|\Z")
_READS = re.compile(r"-[a-z]{0,3}c\Z|eval\Z|watch\Z")
_REMOTE = frozenset(["ssh", "autossh", "rsh", "plink", "pdsh"])
_LISTED = re.compile(r"[,&][a-z_]+=")
_ELEMENT = re.compile(r"(?:\[[^\]]*\]=)?([^\s()]+)")


def search_command(views: Sequence[View], finds: Finds) -> None:
    """Find the secrets among a command's words, wherever in it the program stands: wrappers come before it."""
    views = _without_names(views)
    seen: set[str] = set()
    attached = False
    for index, view in enumerate(views):
        search_word(view, finds, script=view.spans is not None and _is_script(views, index))
        name = view.text.rpartition("/")[2]
        if name in seen:
            continue
        program = PROGRAMS.get(name)
        if program:
            search_by_program(program, views[index + 1 :], finds)
            finds.used(view, views[index + 1 :])
            attached = attached or "-p" in program.unlikely
        if search_operands(name, views, index + 1, finds) or program:
            seen.add(name)
    search_revealed(views, finds)
    asked(views, finds)
    beside_a_user(views, finds, attached=attached)
    search_by_look(views, finds)
    search_by_name(views, finds, attached=attached)


def _without_names(views: Sequence[View]) -> Sequence[View]:
    """Leave out the name of a secret in a store: `gcloud secrets versions access latest --secret=NAME`."""
    if not any(view.text == "secrets" for view in views):
        return views
    before = [None, *(view.text for view in views)]
    return [
        view
        for option, view in zip(before, views, strict=False)
        if option != "--secret" and not view.text.startswith("--secret=") and view.text != "--secret"
    ]


def _is_script(views: Sequence[View], index: int) -> bool:
    """Tell a word that a shell reads: behind `-c`, or the last one behind `ssh`."""
    if index and _READS.match(views[index - 1].text):
        return True
    return index == len(views) - 1 and any(view.text.rpartition("/")[2] in _REMOTE for view in views[:index])


def search_word(view: View, finds: Finds, *, script: bool = False) -> None:
    """Find what a word shows by itself: `name=secret`, a URL with a password, a key of known shape.

    The word may be a `script`: then `NAME=value command` ends where the command begins.
    """
    if "=" in view.text and (pair := _PAIR.fullmatch(view.text)):
        kind = kind_of_pair(pair[1].lstrip("-"), pair[2])
        # `credentials=/etc/smb,uid=0`: the secret's place holds a path, and more settings follow.
        listed = _LISTED.search(pair[2]) if kind is not None else None
        # `connect(password=password)` of another language hands on a variable.
        if kind is not None and (
            pair[1] == pair[2] or is_fetched(pair[2]) or (listed and is_harmless(pair[2][: listed.start()]))
        ):
            kind = None
        # What stands in front of a command is found where the word is read as a shell's text.
        value, blank, _ = pair[2].partition(" ")
        # `credentials=/etc/smb,ro`: a file, and options behind it.
        if kind is not None and value.startswith("/") and is_harmless(value.partition(",")[0]):
            kind = None
        if blank and (script or ((value.isdigit() or _REFERS.match(value)) and is_harmless(value))):
            kind = None
        if kind is not None and pair[2].startswith("("):
            for element in _ELEMENT.finditer(view.text, pair.start(2) + 1):
                finds.value(view, *element.span(1), kind)
        elif kind is not None and not names_a_secret(pair[1].lstrip("-"), pair[2]):
            # `password=secret&user=me`: what is sent holds more.
            end = pair.start(2) + listed.start() if listed and listed[0].startswith("&") else pair.end(2)
            finds.value(view, pair.start(2), end, kind)
        elif pair[1] == "--from-literal" and "=" in pair[2]:
            finds.value(view, pair.start(2) + pair[2].index("=") + 1, pair.end(2), Kind.SECRET)
        elif pair[1].isidentifier():
            finds.named.append((pair[1], view, pair.start(2)))
    # A word without quotes is searched with the text around it.
    if view.spans is not None or ":" in view.text:
        for start, end, kind in visible(view.text) if view.spans is not None else headers(view.text):
            finds.value(view, start, end, kind)


def settle(finds: Finds) -> None:
    """Take as secrets what is assigned to variables that stand in a secret's place, or hold a program's options."""
    options: dict[str, list[View]] = defaultdict(list)
    for name, view, start in finds.named:
        # Text around it, or another variable in it: what is assigned is a sentence or a path, not the secret.
        if name in finds.variables and not re.search(rf"[\s{EXPANSION}]", view.text[start:]):
            finds.value(view, start, len(view.text), Kind.SECRET)
        if name in finds.logins and (found := view.text.find(finds.logins[name], start)) >= 0:
            finds.value(view, found + 1, len(view.text), Kind.PASSWORD)
        if name in finds.programs:
            options[name].extend(view.words(start) if " " in view.text else [view] if not start else [])
    for name, words in options.items():
        search_command([finds.programs[name], *words], finds)

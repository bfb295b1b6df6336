"""Secrets in shell text, found by its tree; where that has holes, by its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from migrator.redaction.arguments import search_command, search_word, settle
from migrator.redaction.chosen import search_by_look
from migrator.redaction.finds import Finds
from migrator.redaction.handed import name_read, search_calls, search_loop
from migrator.redaction.marks import Cut, Kind
from migrator.redaction.names import is_fetched, is_harmless, kind_of_name, kind_of_pair, unlike_a_name
from migrator.redaction.operands import BY_PLACE, written
from migrator.redaction.patterns import visible
from migrator.redaction.programs import PROGRAMS, reads_a_secret
from migrator.redaction.prose import said
from migrator.redaction.revealed import compared, search_dialogue, search_encoded, search_said, search_written
from migrator.redaction.views import View, of_word, of_words, view
from migrator.shell import commands, parse, walk
from migrator.shell.tree import (
    Assignment,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Node,
    Opaque,
    Pipeline,
    ProcessSubstitution,
    Redirect,
    Test,
    While,
    Word,
)

_LOOSE_WORD = re.compile(r"(?:\"[^\"\n]*\"|'[^'\n]*'|\\.|[^\s;&|()])+")
_LOOSE_COMMAND = re.compile(r"[^;&|()\n]+")
_COMMENT = re.compile(r"(?:^|(?<=\s))#+[ \t]*([^\n]*)", re.MULTILINE)
_PIPED = re.compile(r"\||<<<|\$\(|>\s*\S")
_ASKED = re.compile(r"PASS(?:WORD|PHRASE)?_?(?:COMMAND|CMD)\Z")
_FOR_A_SECRET = re.compile(r"pass|secret|token|credential|auth", re.IGNORECASE)
_LISTENERS = frozenset(["telnet", "nc", "netcat", "ncat", "socat"])
_LINE = re.compile(r"[^\n]+")
_DEEPEST = 6
_LONGEST_INNER = 64 * 1024
# A word that a shell may read as a text of its own: `sh -c '…'`, `ssh host '…'`, a here document.
_WORTH_READING = re.compile(r"(?=.*[\s;|])(?=.*(?:[-=:|<>(]|\bse(?:t|d\b)))", re.DOTALL)


def search_shell(text: str, depth: int = 0) -> Finds:
    """Find the secrets of a shell text, and the variables that stand in a secret's place."""
    finds = Finds()
    _search_tree(text, finds, depth)
    for start, end, kind in visible(text):
        if not is_harmless(text[start:end]):
            finds.cuts.append(Cut(start, end, kind))
    if "#" in text:
        _search_comments(text, finds, depth)
    settle(finds)
    return finds


def _search_tree(text: str, finds: Finds, depth: int) -> None:
    script = parse(text)
    assignments: list[Assignment] = []
    simple: list[Command] = []
    functions: dict[str, Function] = {}
    for node in walk(script):
        if isinstance(node, Command):
            _search_simple(text, node, finds, depth)
            assignments.extend(node.assignments)
            simple.append(node)
        elif isinstance(node, Opaque):
            _search_loose(text, node.span.start, node.span.end, finds, depth)
        elif isinstance(node, Pipeline):
            _search_pipeline(text, node, finds)
        elif isinstance(node, Function):
            _search_function(text, node, finds)
            functions[node.name] = node
        else:
            words = of_words(text, _own_words(node))
            if isinstance(node, Test):
                compared(words, finds)
            for word in words:
                _search_inner(word, finds, depth)
            if isinstance(node, While):
                search_loop(text, node, finds)
            for redirect in _redirects(node):
                _search_redirect(text, redirect, (), finds, depth)
    for assignment in assignments:
        _search_assignment(text, assignment, finds, depth)
    if functions:
        search_calls(text, functions, simple, finds)


def _search_simple(text: str, command: Command, finds: Finds, depth: int) -> None:
    views = of_words(text, command.words)
    search_command(views, finds)
    _search_substitutes(text, command, views, finds)
    for each in views:
        _search_inner(each, finds, depth)
    for redirect in command.redirects:
        _search_redirect(text, redirect, views, finds, depth)
        if redirect.operator == "<<<" and redirect.target is not None and views and views[0].text == "read":
            name_read([view.text for view in views[1:]], of_word(text, redirect.target).words(), finds)


def _search_substitutes(text: str, command: Command, views: list[View], finds: Finds) -> None:
    """Find what is written to what stands for a file with a secret: `--password-file=<(echo secret)`."""
    for index, word in enumerate(command.words):
        before = word.raw.partition("<(")[0] or (views[index - 1].text if index else "")
        takes = _FOR_A_SECRET.search(before) or (before == "-f" and any(v.text == "sshpass" for v in views[:index]))
        for part in word.parts if takes else ():
            if isinstance(part, ProcessSubstitution):
                for inner in commands(part.script):
                    for each in written(of_words(text, inner.words)):
                        finds.whole(each, Kind.PASSWORD)


def _search_function(text: str, function: Function, finds: Finds) -> None:
    """Find what a function gives that is called like a secret: `get_password() { echo …; }`."""
    if kind_of_name(function.name) is None:
        return
    for command in commands(function.body):
        for each in written(of_words(text, command.words)):
            search_said(each, finds)


def _search_inner(outer: View, finds: Finds, depth: int) -> None:
    """Read a quoted word as the shell text that it may be."""
    if outer.spans is None or depth >= _DEEPEST or len(outer.text) > _LONGEST_INNER:
        return
    first = outer.text.partition(" ")[0].rpartition("/")[2]
    if _WORTH_READING.match(outer.text) or (" " in outer.text and (first in PROGRAMS or first in BY_PLACE)):
        inner = search_shell(outer.text, depth + 1)
        finds.variables |= inner.variables
        finds.cuts.extend(outer.cut(cut.start, cut.end, cut.kind) for cut in inner.cuts)
    elif " " in outer.text:
        search_by_look(outer.words(), finds)


def _search_redirect(text: str, redirect: Redirect, views: Sequence[View], finds: Finds, depth: int) -> None:
    words = [view.text for view in views]
    if redirect.target is not None:
        target = of_word(text, redirect.target)
        if redirect.operator == "<<<" and reads_a_secret(words):
            finds.whole(target, Kind.PASSWORD)
        if redirect.operator.startswith(">"):
            search_written(views, target.text, finds)
        search_word(target, finds)
        if redirect.operator == "<<<":
            _search_inner(target, finds, depth)
            if words and words[0] == "telnet":
                search_dialogue(target.words(), finds, asked=True)
    if redirect.body_span is None:
        return
    start, end = redirect.body_span.start, redirect.body_span.end
    if words and words[0] == "telnet":
        lines = [view(text, *line.span()) for line in _LINE.finditer(text, start, end)]
        search_dialogue(lines, finds, asked=True)
    if reads_a_secret(words):
        for line in _LINE.finditer(text, start, end):
            if not is_harmless(line[0]):
                finds.cuts.append(Cut(*line.span(), Kind.PASSWORD))
    elif depth < _DEEPEST and end - start <= _LONGEST_INNER:
        inner = search_shell(text[start:end], depth + 1)
        finds.variables |= inner.variables
        finds.inside(inner.cuts, start)


def _search_pipeline(text: str, pipeline: Pipeline, finds: Finds) -> None:
    """Find what `echo` hands to a program that reads a secret: `echo … | sudo -S …`."""
    for stage, following in pairwise(pipeline.stages):
        if not isinstance(following, Command):
            continue
        readers = of_words(text, following.words)
        names = [each.text for each in readers]
        if isinstance(stage, Command) and "base64" in names[:3]:
            search_encoded(of_words(text, stage.words), finds)
        if isinstance(stage, Group) and names and names[0].rpartition("/")[2] in _LISTENERS:
            spoken = [written(of_words(text, each.words)) for each in commands(stage)]
            search_dialogue([word for words in spoken for word in words], finds, asked="telnet" in names[0])
        if not reads_a_secret(names):
            continue
        for command in commands(stage) if isinstance(stage, Command | Group) else ():
            for each in written(of_words(text, command.words)):
                finds.value(each, _behind_the_user(each.text, names), len(each.text), Kind.PASSWORD)
            for redirect in command.redirects if command.words and command.words[0].raw == "cat" else ():
                _search_redirect(text, redirect, readers, finds, _DEEPEST)


def _behind_the_user(text: str, reader: list[str]) -> int:
    """Give where the secret begins in `user:secret`, which chpasswd(8) reads."""
    return text.find(":") + 1 if any(name.endswith("chpasswd") for name in reader) else 0


def _search_assignment(text: str, assignment: Assignment, finds: Finds, depth: int) -> None:
    """Find the value of a variable that is called like a secret; `Finds.settle` sees to one that is used like one."""
    values = [assignment.value] if assignment.value is not None else list(assignment.elements or ())
    for word in values:
        value = of_word(text, word)
        kind = kind_of_pair(assignment.name, value.text)
        if assignment.elements and kind is None and unlike_a_name(value.text):
            # `PASSWORDS=(one two)`.
            kind = kind_of_name(assignment.name.rstrip("sS"))
        if kind is not None and not _of_another_language(text, assignment, value):
            finds.whole(value, kind)
        finds.named.append((assignment.name, value, 0))
        if _ASKED.search(assignment.name):
            for each in written(value.words()):
                finds.whole(each, Kind.PASSWORD)
        search_word(value, finds)
        _search_inner(value, finds, depth)
        program = assignment.name.partition("_")[0].lower()
        # `CURL_OPTS="-u user:secret"`.
        if program in PROGRAMS and value.text.startswith("-"):
            search_command([View(program, 0, 0), *value.words()], finds)
    # `COMMAND=(program argument …)`.
    if assignment.elements:
        search_command(of_words(text, assignment.elements), finds)


def _of_another_language(text: str, assignment: Assignment, value: View) -> bool:
    """Tell `name = x`, `name=call(…)`, `name=os.environ["X"]` and `f(name=name)` from a shell's assignment."""
    if text.startswith((" ", "\t"), assignment.span.start + len(assignment.name)) or is_fetched(value.text):
        return True
    return text.startswith("(", value.end) or (value.text == assignment.name and text.startswith(")", value.end))


def _search_loose(text: str, start: int, end: int, finds: Finds, depth: int) -> None:
    """Search text that is no shell: words between blanks, whatever quotes are open."""
    before: list[View] = []
    for command in _LOOSE_COMMAND.finditer(text, start, end):
        views = [view(text, *word.span()) for word in _LOOSE_WORD.finditer(text, *command.span())]
        search_command(views, finds)
        if text[command.start() - 1 : command.start()] == "|" and reads_a_secret([each.text for each in views]):
            for each in written(before):
                finds.whole(each, Kind.PASSWORD)
        for each in views:
            _search_inner(each, finds, depth + 1)
        before = views


def _search_comments(text: str, finds: Finds, depth: int) -> None:
    """Search comments as commands that were switched off, and as prose."""
    for comment in _COMMENT.finditer(text):
        start = comment.start(1)
        for begin, end, kind in said(comment[1]):
            finds.cuts.append(Cut(start + begin, start + end, kind))
        if depth < _DEEPEST and _PIPED.search(comment[1]):
            finds.inside(search_shell(comment[1], depth + 1).cuts, start)
        if depth < _DEEPEST and comment[1]:
            _search_loose(text, start, comment.end(1), finds, depth + 1)


def _own_words(node: Node) -> Iterator[Word]:
    if isinstance(node, For):
        yield from node.words or ()
    elif isinstance(node, Case):
        yield node.word
    elif isinstance(node, Test):
        yield from node.words


def _redirects(node: Node) -> tuple[Redirect, ...]:
    return node.redirects if isinstance(node, Group | If | For | While | Case | Test) else ()

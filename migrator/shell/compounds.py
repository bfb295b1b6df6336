"""Compound commands: groups, conditions, loops, cases, tests, functions (POSIX shell §2.9.4; bash(1), same heading)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tree_sitter import Node as Syntax

from migrator.shell.lexing import LexError, Token, TokenKind
from migrator.shell.simple import redirections
from migrator.shell.source import Source
from migrator.shell.tree import (
    Arithmetic,
    Case,
    FaultKind,
    For,
    Function,
    Group,
    If,
    Node,
    Redirect,
    Script,
    Test,
    While,
    Word,
)
from migrator.shell.words import WordReader

_BODIES = frozenset(["do_group", "compound_statement"])
_ARM_ENDS = frozenset([";;", ";&", ";;&"])


@dataclass(slots=True)
class CompoundReader:
    """Reads one compound command; `script` and `statement` convert what stands in it."""

    reader: WordReader
    script: Callable[[Sequence[Syntax], int, int], Script]
    statement: Callable[[Syntax, int | None], Node]

    def read(self, node: Syntax, end: int) -> Node:
        """Give the command and the redirections between it and `end`; raise `LexError` where it is malformed."""
        if node.type == "function_definition":
            return self._function(node, end)
        redirects = redirections(self.reader, self._tokens(node.end_byte, end))
        opener = node.children[0].type
        if opener in ("((", "[["):
            return self._test(node, opener, redirects, end)
        if node.type in ("subshell", "compound_statement"):
            body = self._body(node)
            return Group(body, opener == "(", redirects, self.source.span(node.start_byte, end))
        if node.type == "if_statement":
            return self._if(node, redirects, end)
        if node.type == "case_statement":
            return self._case(node, redirects, end)
        if node.type == "while_statement":
            return self._while(node, redirects, end)
        return self._for(node, redirects, end)

    @property
    def source(self) -> Source:
        """The text that is read."""
        return self.reader.source

    def _tokens(self, start: int, end: int) -> Sequence[Token]:
        return self.source.between(start, end)

    def _body(self, node: Syntax) -> Script:
        """Give the statements between the first and the last token of a node."""
        children = node.children
        inner = children[1:-1] if not children[-1].is_named and len(children) > 1 else children[1:]
        end = children[-1].start_byte if len(inner) + 2 == len(children) else node.end_byte
        return self.script(inner, children[0].end_byte, end)

    def _test(self, node: Syntax, operator: str, redirects: tuple[Redirect, ...], end: int) -> Test:
        start, stop = node.children[0].end_byte, node.children[-1].start_byte
        if operator == "((":
            text = self.source.text[start:stop]
            words: tuple[Word, ...] = (self.source.word(start, text, (Arithmetic(text),)),)
        else:
            words = self._test_words(self._tokens(start, stop))
        return Test(words, operator, redirects, self.source.span(node.start_byte, end))

    def _test_words(self, found: Sequence[Token]) -> tuple[Word, ...]:
        """Give the words of `[[ … ]]`; a pattern's parentheses and bars belong to its word."""
        words: list[Word] = []
        index = 0
        while index < len(found):
            first = last = found[index]
            index += 1
            if first.kind is TokenKind.NEWLINE:
                continue
            if words and words[-1].raw in ("=~", "==", "!=", "="):
                while index < len(found) and found[index].start == last.end:
                    last = found[index]
                    index += 1
            words.append(self.reader.read(first.start, last.end))
        return tuple(words)

    def _if(self, node: Syntax, redirects: tuple[Redirect, ...], end: int) -> If:
        arms = [self._arm(node, ("elif_clause", "else_clause", "fi"))]
        otherwise: Script | None = None
        for child in node.children:
            if child.type == "elif_clause":
                arms.append(self._arm(child, ()))
            elif child.type == "else_clause":
                rest = child.children[1:]
                otherwise = self.script(rest, child.children[0].end_byte, child.end_byte)
        return If(tuple(arms), otherwise, redirects, self.source.span(node.start_byte, end))

    def _arm(self, node: Syntax, stops: tuple[str, ...]) -> tuple[Script, Script]:
        """Give the condition and the body of an `if` or `elif`."""
        children = node.children
        then = next((i for i, child in enumerate(children) if child.type == "then"), None)
        if then is None:
            raise LexError(FaultKind.UNTERMINATED, node.start_byte)
        stop = next((i for i, child in enumerate(children) if i > then and child.type in stops), len(children))
        end = children[stop].start_byte if stop < len(children) else node.end_byte
        condition = self.script(children[1:then], children[0].end_byte, children[then].start_byte)
        return condition, self.script(children[then + 1 : stop], children[then].end_byte, end)

    def _while(self, node: Syntax, redirects: tuple[Redirect, ...], end: int) -> While:
        children = node.children
        body = children[-1]
        if body.type != "do_group":
            raise LexError(FaultKind.SYNTAX, node.start_byte)
        condition = self.script(children[1:-1], children[0].end_byte, body.start_byte)
        until = children[0].type == "until"
        return While(condition, self._body(body), until, redirects, self.source.span(node.start_byte, end))

    def _for(self, node: Syntax, redirects: tuple[Redirect, ...], end: int) -> For:
        body = node.children[-1]
        if body.type not in _BODIES:
            raise LexError(FaultKind.SYNTAX, node.start_byte)
        span = self.source.span(node.start_byte, end)
        opened = next((child for child in node.children if child.type == "(("), None)
        closed = next((child for child in node.children if child.type == "))"), None)
        if opened is not None and closed is not None:
            header = self.source.text[opened.end_byte : closed.start_byte]
            return For("", None, self._body(body), redirects, span, header)
        name = self.source.text[node.children[1].start_byte : node.children[1].end_byte]
        _, _, *rest = self._tokens(node.start_byte, body.start_byte)
        words: tuple[Word, ...] | None = None
        if rest and rest[0].text == "in":
            words = tuple(self.reader.read(each.start, each.end) for each in rest[1:] if each.kind is TokenKind.WORD)
        return For(name, words, self._body(body), redirects, span)

    def _case(self, node: Syntax, redirects: tuple[Redirect, ...], end: int) -> Case:
        listed = next((child for child in node.children if child.type == "in"), None)
        subject = [
            token
            for token in self._tokens(node.children[0].end_byte, listed.start_byte if listed else node.end_byte)
            if token.kind is TokenKind.WORD
        ]
        if listed is None or len(subject) != 1 or any(child.type == "ERROR" for child in node.children):
            raise LexError(FaultKind.SYNTAX, node.start_byte)
        word = self.reader.read(subject[0].start, subject[0].end)
        arms = tuple(self._case_arm(child) for child in node.children if child.type == "case_item")
        return Case(word, arms, redirects, self.source.span(node.start_byte, end))

    def _case_arm(self, node: Syntax) -> tuple[tuple[Word, ...], Script]:
        children = node.children
        close = next((i for i, child in enumerate(children) if child.type == ")"), None)
        if close is None:
            raise LexError(FaultKind.SYNTAX, node.start_byte)
        patterns = tuple(
            self.reader.read(token.start, token.end)
            for token in self._tokens(node.start_byte, children[close].start_byte)
            if token.kind is TokenKind.WORD
        )
        stop = next((i for i, child in enumerate(children) if i > close and child.type in _ARM_ENDS), len(children))
        end = children[stop].start_byte if stop < len(children) else node.end_byte
        return patterns, self.script(children[close + 1 : stop], children[close].end_byte, end)

    def _function(self, node: Syntax, end: int) -> Function:
        name = node.child_by_field_name("name")
        body = node.child_by_field_name("body")
        if name is None or body is None:
            raise LexError(FaultKind.SYNTAX, node.start_byte)
        text = self.source.text[name.start_byte : name.end_byte]
        return Function(text, self.statement(body, end), self.source.span(node.start_byte, end))

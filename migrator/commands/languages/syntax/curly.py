"""Sentences that PHP and JavaScript share: `if`, loops, `switch`, `return`, `throw`, functions."""

from __future__ import annotations

from abc import abstractmethod

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.braced import BracedParser
from migrator.commands.languages.syntax.parser import DEEPEST_BLOCK
from migrator.commands.languages.syntax.tokens import Kind, Token


class CurlyParser(BracedParser):
    """A reader of a language whose blocks stand in braces and whose calls have parentheses."""

    braceless = True

    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        super().__init__(tokens, depth)
        self.ends = _matched(tokens)

    # Statements.

    def statement(self) -> object | None:
        """Read one statement."""
        token = self.here
        if self.accept(";"):
            return None
        if token.sign("{"):
            return nodes.Block(self.block(), token.line)
        if token.kind is Kind.NAME:
            reader = getattr(self, f"read_{token.text.lower()}", None) if token.text.islower() else None
            if reader is not None and not self.peek().sign("=", "=>", ".", "->"):
                found: object | None = reader()
                return found
        return self.simple()

    def simple(self) -> object:
        """Read an expression as a statement."""
        line = self.here.line
        items = [self.expression()]
        while self.accept(","):
            items.append(self.expression())
        self.accept(";")
        return items[0] if len(items) == 1 else nodes.Block(tuple(items), line)

    def tested(self) -> object:
        """Read a condition in parentheses."""
        line = self.here.line
        if not self.accept("("):
            return nodes.Opaque(line)
        items = self.listed(")")
        return items[-1].value if items else nodes.Opaque(line)

    def read_if(self) -> object:
        """Read `if (…) … else if (…) … else …`."""
        token = self.take()
        arms = [(self.tested(), self.body("elseif", "else", "endif"))]
        otherwise: tuple[object, ...] = ()
        while self.here.word("else", "elseif"):
            word = self.take().text
            if word == "else" and self.here.word("if"):
                self.take()
                word = "elseif"
            if word == "elseif":
                arms.append((self.tested(), self.body("elseif", "else", "endif")))
                continue
            otherwise = self.body("endif")
            break
        self._ended("endif")
        return nodes.If(tuple(arms), otherwise, token.line)

    def body(self, *closers: str) -> tuple[object, ...]:
        """Read a block, or statements behind a colon up to a closing word."""
        if self.here.sign(":") and closers:
            self.take()
            return self.statements(*closers)
        return self.block()

    def _ended(self, word: str) -> None:
        if self.accept_word(word):
            self.accept(";")

    def read_while(self) -> object:
        """Read `while (…) …`."""
        token = self.take()
        test = self.tested()
        body = self.body("endwhile")
        self._ended("endwhile")
        return nodes.While(test, body, token.line)

    def read_do(self) -> object:
        """Read `do … while (…)`."""
        token = self.take()
        body = self.block()
        test: object = nodes.Opaque(token.line)
        if self.accept_word("while"):
            test = self.tested()
        self.accept(";")
        return nodes.While(test, body, token.line)

    def counted(self, line: int, *closers: str) -> object:
        """Read `for (a; b; c) …` behind its `(`."""
        items: list[list[object]] = [[]]
        self.closed += 1
        for _ in self.up_to(")"):
            if self.accept(";"):
                items.append([])
            elif not self.accept(","):
                items[-1].append(self.declared_item())
        self.closed -= 1
        items += [[], []]
        test = items[1][-1] if items[1] else nodes.Opaque(line)
        body = self.body(*closers)
        for word in closers:
            self._ended(word)
        return nodes.While(test, body, line, False, tuple(items[0]), tuple(items[2]))

    def declared_item(self) -> object:
        """Read one item of the head of a loop."""
        return self.expression()

    def read_switch(self) -> object:
        """Read `switch (…) { case …: … }`: every arm may be taken."""
        token = self.take()
        whole = self.tested()
        if self.depth >= DEEPEST_BLOCK:
            self.skip_group()
            return nodes.Opaque(token.line)
        closer = "endswitch" if self.here.sign(":") else "}"
        if not self.accept("{", ":"):
            return nodes.Block((whole,), token.line)
        self.depth += 1
        found = self._arms(whole, closer, token.line)
        self.depth -= 1
        return found

    def _arms(self, whole: object, closer: str, line: int) -> object:
        arms: list[tuple[object, tuple[object, ...]]] = []
        otherwise: tuple[object, ...] = ()
        while self.here.kind is not Kind.END and not self.accept("}") and not self.accept_word("endswitch"):
            before = self.place
            if self.accept_word("case"):
                test = self.expression()
                self.accept(":", ";")
                body = self.statements("case", "default", closer)
                arms.append((nodes.Chain((whole, test), ("==",), line), body))
            elif self.accept_word("default"):
                self.accept(":", ";")
                otherwise = self.statements("case", "default", closer)
            if self.place == before:
                self.skip_group()
        # Arms that fall through do the next one's work too; a break ends no loop.
        return nodes.If(tuple((test, _going_on(body)) for test, body in arms), _going_on(otherwise), line)

    def read_return(self) -> object:
        """Read `return …`."""
        token = self.take()
        after = self.here
        empty = after.sign(";", "}") or after.kind is Kind.END or (after.first and self.pair == ":")
        value = None if empty else self.expression()
        self.accept(";")
        return nodes.Return(value, token.line)

    def read_break(self) -> object:
        """Read `break` and `continue`."""
        token = self.take()
        if not self.here.first and self.here.kind in (Kind.NAME, Kind.NUMBER):
            self.take()
        self.accept(";")
        return nodes.Leave(token.line)

    read_continue = read_break

    def read_throw(self) -> object:
        """Read `throw …`: what follows is not reached."""
        token = self.take()
        value = self.expression()
        self.accept(";")
        name = nodes.Name("die", token.line)
        return nodes.Call(name, (nodes.Argument(value),), token.line)

    def read_function(self) -> object:
        """Read `function name(…) {…}`."""
        token = self.here
        if self.peek().kind is not Kind.NAME and not (self.peek().sign("&", "*") and self.peek(2).kind is Kind.NAME):
            return self.simple()
        self.take()
        self.accept("&", "*")
        return self.function(self.take().text, token.line)

    def function(self, name: str, line: int, *, closure: bool = False) -> nodes.Function:
        """Read a function behind its name: parameters, types, body."""
        parameters = self.parameters() if self.accept("(") else ()
        self.skip_to_body()
        body = self.block() if self.here.sign("{") else ()
        return nodes.Function(name, parameters, body, line, closure)

    def skip_to_body(self) -> None:
        """Go on behind what stands between parameters and body."""
        for _ in range(40):
            if self.here.sign("{", ";", "}", ")") or self.here.kind is Kind.END:
                return
            if self.here.sign("(", "["):
                self.skip_group()
            else:
                self.take()

    @abstractmethod
    def parameters(self) -> tuple[nodes.Parameter, ...]:
        """Read parameters behind their `(`."""


def _going_on(body: tuple[object, ...]) -> tuple[object, ...]:
    return tuple(each for each in body if not isinstance(each, nodes.Leave))


def _matched(tokens: list[Token]) -> dict[int, int]:
    """Give for each opening parenthesis where it closes."""
    found: dict[int, int] = {}
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.kind is Kind.SIGN:
            if token.text == "(":
                opened.append(place)
            elif token.text == ")" and opened:
                found[opened.pop()] = place
    return found

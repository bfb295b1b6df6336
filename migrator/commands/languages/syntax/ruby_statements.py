"""Statements of Ruby: conditions before and behind, loops, `case`, `begin`, methods, classes and modules."""

from __future__ import annotations

from abc import abstractmethod

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.parser import Parser
from migrator.commands.languages.syntax.tokens import Kind, Token

MODIFIERS = frozenset(["if", "unless", "while", "until", "rescue"])
_ENDS = ("end", "else", "elsif", "when", "in", "rescue", "ensure")


class RubyStatements(Parser):
    """A reader of Ruby's statements; what stands in them is read by its subclass."""

    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        super().__init__(tokens, depth)
        self.known: set[str] = set()
        self.conditions = 0

    @abstractmethod
    def values(self, line: int) -> object:
        """Read one value or several."""

    @abstractmethod
    def parameters(self, closer: str) -> tuple[nodes.Parameter, ...]:
        """Read parameters up to a closing sign."""

    @abstractmethod
    def bare_parameters(self, *stops: str) -> tuple[nodes.Parameter, ...]:
        """Read parameters without parentheses."""

    def body(self, *closers: str) -> tuple[object, ...]:
        """Read statements up to a closing word or sign, and go on behind it; `rescue` parts belong to it."""
        found = self.statements(*closers, "rescue", "else", "ensure")
        if self.here.word("rescue", "ensure", "else") and "end" in closers:
            found = (self._rescued(found, self.here.line),)
        for closer in closers:
            if self.accept(closer) or self.accept_word(closer):
                break
        return found

    def _rescued(self, body: tuple[object, ...], line: int) -> nodes.Try:
        handlers: list[tuple[object, ...]] = []
        final: tuple[object, ...] = ()
        while self.here.word("rescue", "ensure", "else"):
            word = self.take().text
            if word == "rescue":
                while self.here.kind is not Kind.END and not self.here.first and not self.accept_word("then"):
                    if self.accept(";"):
                        break
                    self.take()
            part = self.statements("rescue", "ensure", "else", "end")
            if word == "ensure":
                final = part
            else:
                handlers.append(part)
        return nodes.Try(body, tuple(handlers), final, line)

    def statement(self) -> object | None:
        """Read one statement with what stands behind it."""
        token = self.here
        if self.accept(";"):
            return None
        reader = _STATEMENTS.get(token.text) if token.kind is Kind.NAME else None
        if reader is not None and self.depth < 30:
            self.depth += 1
            closed, self.closed = self.closed, 0
            found: object = reader(self)
            self.closed = closed
            self.depth -= 1
            found = self.postfix(found) if self.here.sign(".") else found
        else:
            found = self.expression()
            if self.here.sign(",") and isinstance(found, nodes.Name | nodes.Index | nodes.Attribute):
                found = self._several(found)
        for _ in range(4):
            word = self.here
            if not word.word(*MODIFIERS) or word.first:
                break
            self.take()
            test = self.expression()
            if word.text in ("if", "unless"):
                found = nodes.If(((test if word.text == "if" else nodes.Unary("!", test), (found,)),), (), word.line)
            elif word.text in ("while", "until"):
                found = nodes.While(test, (found,), word.line, word.text == "until")
        return found

    def _several(self, first: object) -> object:
        """Read `a, b = c, d`."""
        line = self.here.line
        items = [first]
        while self.accept(","):
            items.append(self.operand())
        if not self.accept("="):
            return nodes.Listing(tuple(items), line)
        for item in items:
            if isinstance(item, nodes.Name):
                self.known.add(item.text)
        return nodes.Assign(nodes.Listing(tuple(items), line), "=", self.values(line), line)

    def _test(self) -> object:
        self.conditions += 1
        found = self.expression()
        self.conditions -= 1
        self.accept_word("then", "do")
        return found

    def read_if(self) -> object:
        """Read `if … elsif … else … end`."""
        token = self.take()
        test = self._test()
        arms = [(test if token.text == "if" else nodes.Unary("!", test, token.line), self.statements(*_ENDS))]
        otherwise: tuple[object, ...] = ()
        while self.here.word("elsif", "else"):
            if self.take().text == "else":
                otherwise = self.statements(*_ENDS)
            else:
                arms.append((self._test(), self.statements(*_ENDS)))
        self.accept_word("end")
        return nodes.If(tuple(arms), otherwise, token.line)

    def read_while(self) -> object:
        """Read `while … end` and `until … end`."""
        token = self.take()
        test = self._test()
        return nodes.While(test, self.body("end"), token.line, token.text == "until")

    def read_for(self) -> object:
        """Read `for a in b … end`."""
        token = self.take()
        target = self.operand()
        if isinstance(target, nodes.Name):
            self.known.add(target.text)
        self.accept_word("in")
        return nodes.Each(target, self._test(), self.body("end"), token.line)

    def read_case(self) -> object:
        """Read `case a when b … else … end`."""
        token = self.take()
        whole: object = nodes.Opaque(token.line) if self.here.first or self.here.sign(";") else self._test()
        arms: list[tuple[object, tuple[object, ...]]] = []
        otherwise: tuple[object, ...] = ()
        self.accept(";")
        while self.here.word("when", "in", "else"):
            if self.take().text == "else":
                otherwise = self.statements(*_ENDS)
                continue
            tests = [self._test()]
            while self.accept(","):
                tests.append(self._test())
            test = nodes.Chain((whole, tests[0]), ("==",), token.line) if len(tests) == 1 else nodes.Opaque(token.line)
            arms.append((test, self.statements(*_ENDS)))
        self.accept_word("end")
        return nodes.If(tuple(arms), otherwise, token.line)

    def read_begin(self) -> object:
        """Read `begin … rescue … ensure … end`."""
        token = self.take()
        return nodes.Try(self.body("end"), (), (), token.line)

    def read_def(self) -> object:
        """Read `def name(a, b = 1) … end`."""
        token = self.take()
        name = self.take().text
        while self.here.sign(".") and self.peek().kind in (Kind.NAME, Kind.SYMBOL):
            self.take()
            name = self.take().text
        known, self.known = self.known, set()
        parameters = self.parameters(")") if self.accept("(") else self._bare_line()
        if self.accept("="):
            body: tuple[object, ...] = (self.statement() or nodes.Opaque(token.line),)
        else:
            body = self.body("end")
        self.known = known
        return nodes.Function(name, parameters, body, token.line)

    def _bare_line(self) -> tuple[nodes.Parameter, ...]:
        if self.here.first or self.here.sign(";", "="):
            return ()
        return self.bare_parameters(";")

    def read_class(self) -> object:
        """Read `class A < B … end`, `module A … end`, `class << self … end`."""
        token = self.take()
        if self.accept("<<"):
            self.take()
            return nodes.Block(self.body("end"), token.line)
        name = self.take().text
        while self.accept("::"):
            name = self.take().text
        bases: list[object] = []
        if self.accept("<"):
            base = self.expression()
            bases.append(nodes.Name(_dotted(base), token.line) if isinstance(base, nodes.Attribute) else base)
        return nodes.Class(name, tuple(bases), self.body("end"), token.line)


def _dotted(node: object) -> str:
    """Give a constant's whole name: `A::B`."""
    words: list[str] = []
    while isinstance(node, nodes.Attribute) and len(words) < _MOST_PARTS:
        words.append(node.name)
        node = node.target
    return "::".join([*([node.text] if isinstance(node, nodes.Name) else []), *reversed(words)])


_MOST_PARTS = 12
_STATEMENTS = {
    "if": RubyStatements.read_if,
    "unless": RubyStatements.read_if,
    "while": RubyStatements.read_while,
    "until": RubyStatements.read_while,
    "for": RubyStatements.read_for,
    "case": RubyStatements.read_case,
    "begin": RubyStatements.read_begin,
    "def": RubyStatements.read_def,
    "class": RubyStatements.read_class,
    "module": RubyStatements.read_class,
}

"""Statements of Perl (perlsyn(1)): blocks, conditions before and behind, loops, subs, packages, `use`."""

from __future__ import annotations

from abc import abstractmethod

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.braced import BracedParser
from migrator.commands.languages.syntax.tokens import Kind, Token

MODIFIERS = frozenset(["if", "unless", "while", "until", "for", "foreach"])
_PHASES = frozenset(["BEGIN", "END", "INIT", "CHECK", "UNITCHECK", "MAIN"])


class PerlStatements(BracedParser):
    """A reader of Perl's statements; what stands in them is read by its subclass."""

    @abstractmethod
    def listing(self) -> object:
        """Read an expression in which commas make a list."""

    @abstractmethod
    def bare(self) -> list[nodes.Argument]:
        """Read the arguments of a call without parentheses."""

    @abstractmethod
    def starts(self, token: Token) -> bool:
        """Say whether an operand begins here."""

    @abstractmethod
    def function(self, name: str, line: int) -> nodes.Function:
        """Read a sub behind its name."""

    def statement(self) -> object | None:
        """Read one statement."""
        while self.here.kind is Kind.NAME and self.peek().sign(":") and self.here.text.isupper():
            # A label.
            self.place += 2
        token = self.here
        if self.accept(";"):
            return None
        if token.sign("{") and not (self.peek().kind in (Kind.NAME, Kind.STRING) and self.peek(2).sign("=>")):
            return nodes.Block(self.block(), token.line)
        if token.kind is Kind.NAME and not self.peek().sign("=>"):
            reader = _STATEMENTS.get(token.text)
            if reader is not None:
                found: object | None = reader(self)
                return found
            if token.text in _PHASES and self.peek().sign("{"):
                self.take()
                return nodes.Block(self.block(), token.line)
        found = self._modified(self.listing())
        self.accept(";")
        return found

    def _modified(self, found: object) -> object:
        """Read `if`, `unless`, `while`, `for` behind a statement."""
        for _ in range(4):
            token = self.here
            if not token.word(*MODIFIERS):
                break
            self.take()
            test = self.listing()
            if token.text in ("if", "unless"):
                whole = test if token.text == "if" else nodes.Unary("!", test, token.line)
                found = nodes.If(((whole, (found,)),), (), token.line)
            elif token.text in ("while", "until"):
                found = nodes.While(test, (found,), token.line, token.text == "until")
            else:
                found = nodes.Each(nodes.Name("$_", token.line), test, (found,), token.line)
        return found

    def conditional(self) -> object:
        """Read `if (…) {…} elsif (…) {…} else {…}`."""
        token = self.take()
        arms = [(self._tested(negated=token.text == "unless"), self.block())]
        otherwise: tuple[object, ...] = ()
        while self.here.word("elsif", "else"):
            if self.take().text == "else":
                otherwise = self.block()
                break
            arms.append((self._tested(negated=False), self.block()))
        return nodes.If(tuple(arms), otherwise, token.line)

    def _tested(self, *, negated: bool) -> object:
        line = self.here.line
        test: object = nodes.Opaque(line)
        if self.accept("("):
            items = self.listed(")")
            test = items[-1].value if items else test
        return nodes.Unary("!", test, line) if negated else test

    def loop(self) -> object:
        """Read `while`, `until`, `for`, `foreach`."""
        token = self.take()
        if token.text in ("while", "until"):
            test = self._tested(negated=False)
            body = self.block()
            if self.accept_word("continue"):
                body += self.block()
            return nodes.While(test, body, token.line, token.text == "until")
        target: object = nodes.Name("$_", token.line)
        if self.here.word("my", "our", "state"):
            self.take()
            target = nodes.Opaque(token.line) if self.here.sign("(") else target
            if self.here.sign("("):
                self.skip_group()
        if self.here.kind is Kind.VARIABLE:
            target = nodes.Declared(nodes.Name(self.take().text, token.line), token.line)
        items: list[object] = []
        counts = False
        if self.accept("("):
            start = self.place
            items = [item.value for item in self.listed(")")]
            counts = any(each.sign(";") for each in self.tokens[start : self.place])
        if counts:
            return nodes.While(
                nodes.Opaque(token.line), self.block(), token.line, False, tuple(items[:1]), tuple(items[2:])
            )
        over: object = items[0] if len(items) == 1 else nodes.Listing(tuple(items), token.line, True)
        return nodes.Each(target, over, self.block(), token.line)

    def subroutine(self) -> object:
        """Read `sub name {…}`."""
        token = self.take()
        if self.here.kind is not Kind.NAME:
            self.place -= 1
            found = self._modified(self.listing())
            self.accept(";")
            return found
        name = self.take().text
        found_function = self.function(name, token.line)
        self.accept(";")
        return found_function

    def package(self) -> object:
        """Read `package A::B;` or `package A::B {…}`."""
        token = self.take()
        name = self.take().text if self.here.kind is Kind.NAME else "main"
        if self.at(Kind.NUMBER):
            self.take()
        if self.here.sign("{"):
            return nodes.Package(name, self.block(), token.line)
        self.accept(";")
        return nodes.Package(name, None, token.line)

    def use(self) -> object | None:
        """Read `use Module LIST;`."""
        token = self.take()
        if self.here.kind is not Kind.NAME:
            while self.here.kind is not Kind.END and not self.accept(";"):
                self.take()
            return None
        name = self.take()
        if self.at(Kind.NUMBER) and not self.peek().sign(",", "=>"):
            self.take()
        rest: list[nodes.Argument] = []
        if self.starts(self.here):
            rest = self.bare()
        self.accept(";")
        if token.text == "no":
            return None
        first = nodes.Argument(nodes.String((name.text,), token.line))
        return nodes.Call(nodes.Name("use", token.line), (first, *rest), token.line)

    def attempt(self) -> object:
        """Read `try {…} catch ($e) {…} finally {…}`, which may end in a semicolon."""
        found = self.read_try()
        self.accept(";")
        return found

    def leave(self) -> object:
        """Read `next`, `last`, `redo`, with a label or a condition."""
        token = self.take()
        if self.here.kind is Kind.NAME and self.here.text.isupper():
            self.take()
        found = self._modified(nodes.Leave(token.line))
        self.accept(";")
        return found


_STATEMENTS = {
    "if": PerlStatements.conditional,
    "unless": PerlStatements.conditional,
    "while": PerlStatements.loop,
    "until": PerlStatements.loop,
    "for": PerlStatements.loop,
    "foreach": PerlStatements.loop,
    "sub": PerlStatements.subroutine,
    "package": PerlStatements.package,
    "use": PerlStatements.use,
    "no": PerlStatements.use,
    "try": PerlStatements.attempt,
    "next": PerlStatements.leave,
    "last": PerlStatements.leave,
    "redo": PerlStatements.leave,
}

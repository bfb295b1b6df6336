"""Sentences of Ruby (docs.ruby-lang.org, syntax) as a tree."""

from __future__ import annotations

from migrator.commands.languages.syntax import nodes, ruby_words
from migrator.commands.languages.syntax.parser import Parser, ranks
from migrator.commands.languages.syntax.tokens import Kind, Token

_RANKS = ranks(
    "or and",
    "\0",
    ".. ...",
    "||",
    "&&",
    "== != =~ !~ === <=>",
    "< <= > >=",
    "| ^",
    "&",
    "<< >>",
    "+ -",
    "* / %",
    "**",
)
_ASSIGNS = frozenset("= += -= *= /= %= **= ||= &&= <<= >>= |= &= ^=".split())
_MODIFIERS = frozenset("if unless while until rescue".split())
_KEYWORDS = frozenset(
    "if unless while until case for begin def class module do end else elsif when then rescue ensure and or not in return"
    " next break redo yield self nil true false super alias undef".split()
)
_ENDS = ("end", "else", "elsif", "when", "in", "rescue", "ensure")


class RubyParser(Parser):
    """A reader of Ruby's words."""

    ranks = _RANKS
    assigns = _ASSIGNS
    choice = 2
    line_ends = True
    words = staticmethod(ruby_words.words)

    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        super().__init__(tokens, depth)
        self.known: set[str] = set()
        self.conditions = 0

    def operator(self, token: Token) -> str:
        """Give the operator that stands here; words of statements end an expression."""
        if token.kind is Kind.NAME and token.text not in ("and", "or"):
            return ""
        return super().operator(token)

    def assigned(self, target: object, operator: str, value: object, line: int) -> object:
        """Give an assignment, and keep in mind that its target is a variable."""
        if isinstance(target, nodes.Call) and not target.arguments:
            target = target.function
        if isinstance(target, nodes.Name):
            self.known.add(target.text)
        if not self.closed and self.here.sign(",") and isinstance(target, nodes.Listing):
            items = [value]
            while self.accept(","):
                items.append(self.expression(3))
            value = nodes.Listing(tuple(items), line)
        return nodes.Assign(target, operator, value, line)

    def item(self) -> nodes.Argument:
        """Read one argument; `name: value` gives it by name."""
        token = self.here
        if token.kind is Kind.SYMBOL and token.parts == ("label",):
            self.take()
            if self.here.sign(",", ")", "]"):
                return nodes.Argument(nodes.Name(token.text, token.line), token.text)
            return nodes.Argument(self.expression(2), token.text)
        if token.sign("&"):
            self.take()
            return nodes.Argument(nodes.Opaque(token.line) if self.here.sign(")") else self.expression(2))
        value = self.expression(2)
        if self.accept("=>"):
            key = value.parts[0] if isinstance(value, nodes.String) and len(value.parts) == 1 else ""
            return nodes.Argument(self.expression(2), key if isinstance(key, str) else "")
        return nodes.Argument(value)

    def pair_of(self) -> tuple[object | None, object]:
        """Read `a: 1`, `:a => 1`, `**b`."""
        token = self.here
        if token.kind is Kind.SYMBOL and token.parts == ("label",):
            self.take()
            key = nodes.String((token.text,), token.line)
            if self.here.sign(",", "}"):
                return key, nodes.Name(token.text, token.line)
            return key, self.expression(2)
        if self.accept("**"):
            return None, self.expression(2)
        first = self.expression(2)
        return (first, self.expression(2)) if self.accept("=>") else (None, first)

    def prefix(self) -> object:
        """Read an operand."""
        token = self.here
        line = token.line
        if token.kind is Kind.NAME:
            return self._named(self.take())
        if token.sign("->"):
            self.take()
            parameters = self._parameters(")") if self.accept("(") else self._bare_parameters("{", "do")
            found = self._block()
            body = found.body if found is not None else ()
            return nodes.Function("", parameters, body, line, closure=True)
        if token.sign("::"):
            while self.accept("::"):
                pass
            return self.expression(self.tight)
        if token.kind is Kind.STRING:
            self.take()
            parts = list(self.pieces(token))
            while self.here.kind is Kind.STRING and not self.here.first and len(parts) < 200:
                parts.extend(self.pieces(self.take()))
            return nodes.String(tuple(parts), line)
        return super().prefix()

    def _named(self, token: Token) -> object:  # noqa: C901  one arm per sort of word
        name, line = token.text, token.line
        if name in ("if", "unless", "while", "until", "case", "for", "begin", "def", "class", "module"):
            self.place -= 1
            return self.statement() or nodes.Opaque(line)
        if name in ("true", "false", "nil"):
            return nodes.Literal({"true": True, "false": False, "nil": None}[name], line)
        if name in ("not", "defined?"):
            return nodes.Unary("!" if name == "not" else "void", self.expression(2), line)
        if name in ("return", "next", "break", "redo"):
            value = None if self._over() else self._values(line)
            return nodes.Return(value, line) if name == "return" else nodes.Leave(line)
        if name in ("lambda", "proc") and (self.here.sign("{") or self.here.word("do")):
            found = self._block()
            return found if found is not None else nodes.Opaque(line)
        if name == "__dir__":
            return nodes.Name(name, line)
        if name in _KEYWORDS and name not in ("self", "super", "yield"):
            return nodes.Opaque(line)
        whole: object = nodes.Name(name, line)
        if name not in self.known and self._command_follows():
            return self._with_block(nodes.Call(whole, tuple(self._bare()), line))
        if name not in self.known and not name[0].isupper() and (self.here.word("do") and not self.conditions):
            return self._with_block(nodes.Call(whole, (), line))
        if name not in self.known and self.here.sign("{") and name.islower() and not self.here.first:
            return self._with_block(nodes.Call(whole, (), line))
        return whole

    def _over(self) -> bool:
        token = self.here
        return (
            token.kind is Kind.END
            or token.first
            or token.sign(";", "}", ")", "]")
            or (token.kind is Kind.NAME and token.text in (*_MODIFIERS, "end"))
        )

    def _values(self, line: int) -> object:
        items = [self.expression(2)]
        while self.accept(","):
            items.append(self.expression(2))
        return items[0] if len(items) == 1 else nodes.Listing(tuple(items), line)

    def _command_follows(self) -> bool:
        """Say whether arguments without parentheses begin here."""
        token = self.here
        if not token.spaced or token.first or token.kind is Kind.END:
            return False
        if token.kind is Kind.SIGN:
            tight = not self.peek().spaced
            return (token.text in ("[", "*", "&", "-", "::", ":", "**") and tight) or token.text == "->"
        if token.kind is Kind.NAME:
            return token.text not in _KEYWORDS or token.text in ("nil", "true", "false", "self", "not")
        return True

    def _bare(self) -> list[nodes.Argument]:
        items = [self.item()]
        while self.accept(","):
            items.append(self.item())
        return items[:400]

    def _with_block(self, call: nodes.Call) -> object:
        block = self._block() if self.here.sign("{") or (self.here.word("do") and not self.conditions) else None
        return call if block is None else nodes.Call(call.function, call.arguments, call.line, block)

    def _block(self) -> nodes.Function | None:
        """Read `{ |a, b| … }` or `do |a, b| … end`."""
        token = self.here
        closer = "}" if token.sign("{") else "end"
        if not token.sign("{") and not token.word("do"):
            return None
        if self.depth >= 30:
            self.skip_group()
            return None
        self.take()
        self.depth += 1
        closed, self.closed = self.closed, 0
        conditions, self.conditions = self.conditions, 0
        parameters = self._parameters("|") if self.accept("|") else ()
        body = self.body(closer)
        self.closed, self.conditions = closed, conditions
        self.depth -= 1
        return nodes.Function("", parameters, body, token.line, closure=True)

    def _parameters(self, closer: str) -> tuple[nodes.Parameter, ...]:
        found: list[nodes.Parameter] = []
        self.closed += 1
        while self.here.kind is not Kind.END and not self.accept(closer):
            before = self.place
            rest = self.accept("*", "**", "&")
            token = self.here
            if token.kind in (Kind.NAME, Kind.SYMBOL):
                self.take()
                self.known.add(token.text)
                default = None
                if self.accept("=") or (token.kind is Kind.SYMBOL and not self.here.sign(",", closer)):
                    default = self.expression(9 if closer == "|" else 2)
                found.append(nodes.Parameter(token.text, default, rest))
            elif token.sign("("):
                self.skip_group()
            self.accept(",", ";")
            if self.place == before:
                self.take()
        self.closed -= 1
        return tuple(found[:60])

    def _bare_parameters(self, *stops: str) -> tuple[nodes.Parameter, ...]:
        found: list[nodes.Parameter] = []
        while self.here.kind is not Kind.END and not self.here.sign(*stops) and not self.here.word(*stops):
            if self.here.first and found and not self.peek(-1).sign(","):
                break
            token = self.take()
            if token.kind in (Kind.NAME, Kind.SYMBOL):
                self.known.add(token.text)
                found.append(nodes.Parameter(token.text, self.expression(2) if self.accept("=") else None))
        return tuple(found[:60])

    def link(self, found: object) -> object | None:
        """Read `.name`, `::Name`, `[…]`, `(…)` and blocks."""
        token = self.here
        line = token.line
        if token.sign(".", "&.") and not (token.first and self.peek().kind is not Kind.NAME):
            self.take()
            return self._sent(found, line)
        if token.sign("::"):
            self.take()
            name = self.here
            if name.kind is not Kind.NAME:
                return nodes.Opaque(line)
            if name.text[0].isupper() and not self.peek().sign("("):
                self.take()
                return nodes.Attribute(found, name.text, line)
            return self._sent(found, line)
        if token.sign("[") and not token.spaced:
            self.take()
            items = [item.value for item in self.listed("]")]
            return nodes.Index(found, items[0] if len(items) == 1 else nodes.Opaque(line), line)
        if token.sign("(") and not token.spaced and isinstance(found, nodes.Name):
            self.take()
            return self._with_block(nodes.Call(found, tuple(self.listed(")")), line))
        return None

    def _sent(self, found: object, line: int) -> object:
        token = self.here
        if token.sign("("):
            self.take()
            return self._with_block(nodes.Call(nodes.Attribute(found, "call", line), tuple(self.listed(")")), line))
        if token.kind not in (Kind.NAME, Kind.SYMBOL):
            return nodes.Opaque(line)
        self.take()
        target = nodes.Attribute(found, token.text, line)
        if token.kind is Kind.SYMBOL:
            # `a ? b.c : d` was taken for a label.
            self.place -= 1
            self.tokens[self.place] = Token(Kind.SIGN, ":", token.line, True)
            return nodes.Call(target, (), line)
        if self.here.sign("(") and not self.here.spaced:
            self.take()
            return self._with_block(nodes.Call(target, tuple(self.listed(")")), line))
        if self._command_follows() and not self.here.sign("[", "-", "*", "&", ":"):
            return self._with_block(nodes.Call(target, tuple(self._bare()), line))
        return self._with_block(nodes.Call(target, (), line))

    # Statements.

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

    def statements(self, *closers: str) -> tuple[object, ...]:
        """Read statements up to a closing word or sign."""
        found: list[object] = []
        while self.here.kind is not Kind.END and not self.here.sign(*closers) and not self.here.word(*closers):
            before = self.place
            if self.accept(";"):
                continue
            statement = self.statement()
            if statement is not None:
                found.append(statement)
            if self.place == before:
                self.take()
        return tuple(found)

    def statement(self) -> object | None:
        """Read one statement with what stands behind it."""
        token = self.here
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
            if not word.word(*_MODIFIERS) or word.first:
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
            items.append(self.prefix())
        if not self.accept("="):
            return nodes.Listing(tuple(items), line)
        for item in items:
            if isinstance(item, nodes.Name):
                self.known.add(item.text)
        return nodes.Assign(nodes.Listing(tuple(items), line), "=", self._values(line), line)

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
        target = self.prefix()
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
        static = False
        while self.here.sign(".") and self.peek().kind in (Kind.NAME, Kind.SYMBOL):
            self.take()
            name, static = self.take().text, True
        known, self.known = self.known, set()
        parameters = self._parameters(")") if self.accept("(") else self._bare_line()
        if self.accept("="):
            body: tuple[object, ...] = (self.statement() or nodes.Opaque(token.line),)
        else:
            body = self.body("end")
        self.known = known
        return nodes.Function(name, parameters, body, token.line, False, static)

    def _bare_line(self) -> tuple[nodes.Parameter, ...]:
        if self.here.first or self.here.sign(";", "="):
            return ()
        return self._bare_parameters(";")

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
            while isinstance(base, nodes.Attribute):
                base = nodes.Name(base.name, token.line)
            bases.append(base)
        return nodes.Class(name, tuple(bases), self.body("end"), token.line)


_STATEMENTS = {
    "if": RubyParser.read_if,
    "unless": RubyParser.read_if,
    "while": RubyParser.read_while,
    "until": RubyParser.read_while,
    "for": RubyParser.read_for,
    "case": RubyParser.read_case,
    "begin": RubyParser.read_begin,
    "def": RubyParser.read_def,
    "class": RubyParser.read_class,
    "module": RubyParser.read_class,
}


def parse(text: str) -> nodes.Program:
    """Parse a program."""
    return nodes.Program(RubyParser(ruby_words.words(text)).statements())

"""Sentences of Ruby (docs.ruby-lang.org, syntax) as a tree."""

from __future__ import annotations

from migrator.commands.languages.syntax import nodes, ruby_words
from migrator.commands.languages.syntax.parser import ranks
from migrator.commands.languages.syntax.ruby_statements import MODIFIERS, RubyStatements
from migrator.commands.languages.syntax.tokens import Kind, Token
from migrator.commands.languages.words import named

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
_ASSIGNS = named("= += -= *= /= %= **= ||= &&= <<= >>= |= &= ^=")
_KEYWORDS = named(
    """
    if unless while until case for begin def class module do end else elsif when then rescue ensure and or not in
    return next break redo yield self nil true false super alias undef
    """
)


class RubyParser(RubyStatements):
    """A reader of Ruby's words."""

    ranks = _RANKS
    assigns = _ASSIGNS
    choice = 2
    line_ends = True
    words = staticmethod(ruby_words.words)

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
            key = value.parts[0] if isinstance(value, nodes.String) and len(value.parts) == 1 else None
            if isinstance(key, str):
                return nodes.Argument(self.expression(2), key)
            return nodes.Argument(nodes.Mapping(((value, self.expression(2)),), token.line))
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
            parameters = self.parameters(")") if self.accept("(") else self.bare_parameters("{", "do")
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

    def _named(self, token: Token) -> object:
        name, line = token.text, token.line
        if name in ("if", "unless", "while", "until", "case", "for", "begin", "def", "class", "module"):
            self.place -= 1
            return self.statement() or nodes.Opaque(line)
        if name in ("true", "false", "nil"):
            return nodes.Literal({"true": True, "false": False, "nil": None}[name], line)
        if name in ("not", "defined?"):
            return nodes.Unary("!" if name == "not" else "void", self.expression(2), line)
        if name in ("return", "next", "break", "redo"):
            value = None if self._over() else self.values(line)
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
            or (token.kind is Kind.NAME and token.text in (*MODIFIERS, "end"))
        )

    def values(self, line: int) -> object:
        """Read one value or several."""
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
        parameters = self.parameters("|") if self.accept("|") else ()
        body = self.body(closer)
        self.closed, self.conditions = closed, conditions
        self.depth -= 1
        return nodes.Function("", parameters, body, token.line, closure=True)

    def parameters(self, closer: str) -> tuple[nodes.Parameter, ...]:
        """Read parameters up to a closing sign."""
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

    def bare_parameters(self, *stops: str) -> tuple[nodes.Parameter, ...]:
        """Read parameters without parentheses."""
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


def parse(text: str) -> nodes.Program:
    """Parse a program."""
    return nodes.Program(RubyParser(ruby_words.words(text)).statements())

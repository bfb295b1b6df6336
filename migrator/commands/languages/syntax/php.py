"""Sentences of PHP (php.net/manual, language reference) as a tree."""

from __future__ import annotations

from migrator.commands.languages.syntax import nodes, php_words
from migrator.commands.languages.syntax.curly import CurlyParser
from migrator.commands.languages.syntax.parser import ranks
from migrator.commands.languages.syntax.tokens import Kind, Token
from migrator.commands.languages.words import named

_RANKS = ranks(
    "or xor",
    "and",
    "\0",
    "??",
    "||",
    "&&",
    "|",
    "^",
    "&",
    "== === != !== <> <=>",
    "< > <= >=",
    ".",
    "<< >>",
    "+ -",
    "* / %",
    "instanceof",
    "**",
)
_ASSIGNS = named("= += -= *= /= .= %= &= |= ^= <<= >>= **= ??=")
_INCLUDES = ("include", "include_once", "require", "require_once")
_MODIFIERS = named("public private protected static abstract final readonly var")
_MOST_ARMS = 20
_CASTS = named("int integer string bool boolean float double array object unset binary")


class PhpParser(CurlyParser):
    """A reader of PHP's words."""

    ranks = _RANKS
    assigns = _ASSIGNS
    choice = 3
    words = staticmethod(php_words.code)

    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        super().__init__(tokens, depth)
        self.traits: list[list[object]] = []

    def operator(self, token: Token) -> str:
        """Give the operator that stands here."""
        if token.kind is Kind.NAME:
            lowered = token.text.lower()
            return lowered if lowered in _RANKS else ""
        return super().operator(token)

    def item(self) -> nodes.Argument:
        """Read one argument; `name: value` gives it by name."""
        if self.here.kind is Kind.NAME and self.peek().sign(":") and not self.peek(2).sign(":"):
            name = self.take().text
            self.take()
            return nodes.Argument(self.expression(), name)
        self.accept("&")
        return nodes.Argument(self.expression())

    def prefix(self) -> object:
        """Read an operand."""
        token = self.here
        line = token.line
        if token.sign("["):
            self.take()
            return self.array("]", line)
        if token.sign("@", "&"):
            self.take()
            return self.expression(self.tight)
        if token.sign("(") and self.peek().text.lower() in _CASTS and self.peek(2).sign(")"):
            self.place += 3
            return self.expression(self.tight)
        if token.sign("$"):
            self.take()
            self.skip_group()
            return nodes.Opaque(line)
        if token.kind is Kind.NAME:
            return self._named(self.take())
        return super().prefix()

    def array(self, closer: str, line: int) -> object:
        """Read `[a, b]` and `[k => v]`."""
        pairs: list[tuple[object | None, object]] = []
        self.closed += 1
        while self.here.kind is not Kind.END and not self.accept(closer):
            before = self.place
            self.accept("&")
            key = self.expression()
            if self.accept("=>"):
                self.accept("&")
                pairs.append((key, self.expression()))
            else:
                pairs.append((None, key))
            if not self.accept(",") and not self.here.sign(closer):
                if self.here.sign(")", "]", "}"):
                    break
                if self.place == before:
                    self.skip_group()
        self.closed -= 1
        if any(key is not None for key, _ in pairs):
            return nodes.Mapping(tuple(pairs[:2000]), line)
        return nodes.Listing(tuple(value for _, value in pairs[:2000]), line)

    def _named(self, token: Token) -> object:
        name, line = token.text.lower(), token.line
        if name in _INCLUDES:
            return nodes.Call(nodes.Name(name, line), (nodes.Argument(self.expression()),), line)
        if name in ("array", "list") and self.accept("("):
            return self.array(")", line)
        if name == "new":
            return self._new(line)
        if name == "function":
            self.accept("&")
            return self.function("", line, closure=True)
        if name == "fn":
            parameters = self.parameters() if self.accept("(") else ()
            while self.here.kind is not Kind.END and not self.here.sign("=>", ";", "}", ")"):
                self.take()
            body = (nodes.Return(self.expression(), line),) if self.accept("=>") else ()
            return nodes.Function("", parameters, body, line, closure=True)
        if name in ("clone", "print", "yield", "static") and self.here.kind in (Kind.VARIABLE, Kind.STRING):
            return self.expression(self.tight)
        if name in ("true", "false", "null"):
            return nodes.Literal({"true": True, "false": False, "null": None}[name], line)
        if name in ("exit", "die"):
            given = tuple(self.listed(")")) if self.accept("(") else ()
            return nodes.Call(nodes.Name(name, line), given, line)
        if name == "throw":
            return nodes.Call(nodes.Name("die", line), (nodes.Argument(self.expression()),), line)
        if name == "match" and self.accept("("):
            return self._match(line)
        return nodes.Name(token.text, line)

    def _match(self, line: int) -> object:
        """Read `match (subject) { a, b => x, default => y }` as choices one behind the other."""
        subject = self.expression()
        self.accept(")")
        arms: list[tuple[object | None, object]] = []
        if not self.accept("{"):
            return nodes.Opaque(line)
        for _ in self.up_to("}"):
            tests = self._tests()
            if self.accept("=>"):
                value = self.expression()
                arms.extend((test, value) for test in tests)
            self.accept(",")
        return _choices(subject, arms, line)

    def _tests(self) -> list[object | None]:
        found: list[object | None] = []
        while self.here.kind is not Kind.END and not self.here.sign("=>", "}"):
            found.append(None if self.accept_word("default") else self.expression())
            if not self.accept(","):
                break
        return found

    def _new(self, line: int) -> object:
        kind: object
        if self.here.kind in (Kind.NAME, Kind.VARIABLE):
            kind = nodes.Name(self.take().text, line)
        else:
            kind = nodes.Opaque(line)
            self.skip_group()
        given = tuple(self.listed(")")) if self.accept("(") else ()
        if self.here.sign("{"):
            self.skip_group()
        return nodes.New(kind, given, line)

    def parameters(self) -> tuple[nodes.Parameter, ...]:
        """Read parameters behind their `(`: types, references and promotions are left out."""
        found: list[nodes.Parameter] = []
        while self.here.kind is not Kind.END and not self.accept(")"):
            rest = self.here.sign("...")
            token = self.take()
            if token.kind is Kind.VARIABLE:
                rest = rest or self.peek(-2).sign("...")
                default = self.expression() if self.accept("=") else None
                found.append(nodes.Parameter(token.text, default, rest))
        return tuple(found[:60])

    def link(self, found: object) -> object | None:
        """Read `->name`, `::name`, `[…]`, `(…)`."""
        token = self.here
        line = token.line
        if token.sign("->", "?->", "::"):
            self.take()
            name = self.here
            if name.sign("{"):
                self.skip_group()
                return nodes.Attribute(found, "$", line)
            if name.kind not in (Kind.NAME, Kind.VARIABLE):
                return nodes.Opaque(line)
            self.take()
            if token.text == "::" and isinstance(found, nodes.Name) and name.text == "class":
                return nodes.String((found.text,), line)
            return nodes.Attribute(found, name.text, line)
        if token.sign("["):
            self.take()
            items = [item.value for item in self.listed("]")]
            return nodes.Index(found, items[0] if items else nodes.Opaque(line), line)
        if token.sign("("):
            self.take()
            return nodes.Call(found, tuple(self.listed(")")), line)
        if token.sign("++", "--"):
            self.take()
            return nodes.Opaque(line)
        return None

    # Statements.

    def read_foreach(self) -> object:
        """Read `foreach (list as $key => $value) …`."""
        token = self.take()
        over: object = nodes.Opaque(token.line)
        key: object | None = None
        target: object = nodes.Opaque(token.line)
        if self.accept("("):
            over = self.expression()
            if self.accept_word("as"):
                self.accept("&")
                target = self.expression()
                if self.accept("=>"):
                    self.accept("&")
                    key, target = target, self.expression()
            self.accept(")")
        body = self.body("endforeach")
        self._ended("endforeach")
        return nodes.Each(target, over, body, token.line, key)

    def read_for(self) -> object:
        """Read `for (a; b; c) …`."""
        token = self.take()
        self.accept("(")
        return self.counted(token.line, "endfor")

    def read_echo(self) -> object:
        """Read `echo a, b`."""
        token = self.take()
        items = [nodes.Argument(self.expression())]
        while self.accept(","):
            items.append(nodes.Argument(self.expression()))
        self.accept(";")
        return nodes.Call(nodes.Name("print", token.line), tuple(items), token.line)

    def read_namespace(self) -> object | None:
        """Read `namespace …;`: names are compared by their last part."""
        self.take()
        if self.here.kind is Kind.NAME:
            self.take()
        if self.here.sign("{"):
            return nodes.Block(self.block(), self.here.line)
        self.accept(";")
        return None

    def read_use(self) -> object | None:
        """Read `use … as …;`: what it names is found by its last part; in a class it takes traits in."""
        while self.here.kind is not Kind.END and not self.accept(";"):
            if self.here.sign("{"):
                self.skip_group()
                break
            word = self.take()
            if self.traits and word.kind is Kind.NAME:
                self.traits[-1].append(nodes.Name(word.text, word.line))
        return None

    read_declare = read_use

    def read_global(self) -> object:
        """Read `global $a, $b;`."""
        token = self.take()
        items = [nodes.Argument(nodes.Name(self.take().text, token.line))]
        while self.accept(","):
            items.append(nodes.Argument(nodes.Name(self.take().text, token.line)))
        self.accept(";")
        return nodes.Call(nodes.Name("global", token.line), tuple(items), token.line)

    def read_const(self) -> object:
        """Read `const A = 1, B = 2;`."""
        line = self.take().line
        found: list[object] = []
        while self.here.kind is Kind.NAME:
            names = [self.take()]
            while self.at(Kind.NAME):
                names.append(self.take())
            if self.accept("="):
                target = nodes.Name(names[-1].text, line)
                found.append(nodes.Assign(nodes.Declared(target, line), "=", self.expression(), line))
            if not self.accept(","):
                break
        self.accept(";")
        return nodes.Block(tuple(found), line)

    def read_static(self) -> object:
        """Read `static $x = 1;` and members of classes."""
        line = self.here.line
        while self.here.kind is Kind.NAME and self.here.text.lower() in _MODIFIERS:
            self.take()
        if self.here.word("function"):
            self.take()
            self.accept("&")
            return self.function(self.take().text, line)
        if self.here.word("const"):
            return self.read_const()
        while self.here.kind is Kind.NAME or self.here.sign("?", "|"):
            if self.peek().sign("::", "("):
                return self.simple()
            self.take()
        found = self.expression()
        self.accept(";")
        if isinstance(found, nodes.Assign):
            return nodes.Assign(nodes.Declared(found.target, line), found.operator, found.value, line)
        return nodes.Declared(found, line)

    read_public = read_private = read_protected = read_var = read_readonly = read_static

    def read_abstract(self) -> object:
        """Read `abstract class` and `final class`."""
        self.take()
        return self.statement() or nodes.Block(())

    read_final = read_abstract

    def read_class(self) -> object:
        """Read `class A extends B implements C {…}`, traits, interfaces and enumerations."""
        token = self.take()
        name = self.take().text if self.here.kind is Kind.NAME else ""
        bases: list[object] = []
        for _ in range(60):
            if self.here.sign("{", ";") or self.here.kind is Kind.END:
                break
            word = self.take()
            if word.kind is Kind.NAME and word.text not in ("extends", "implements"):
                bases.append(nodes.Name(word.text, word.line))
        self.traits.append([])
        body = self.block() if self.here.sign("{") else ()
        return nodes.Class(name, (*bases, *self.traits.pop()), body, token.line)

    read_trait = read_interface = read_class


def _choices(subject: object, arms: list[tuple[object | None, object]], line: int) -> object:
    if len(arms) > _MOST_ARMS:
        return nodes.Opaque(line)
    found: object = next((value for test, value in arms if test is None), nodes.Opaque(line))
    for test, value in reversed(arms):
        if test is not None:
            found = nodes.Choose(nodes.Chain((subject, test), ("===",), line), value, found, line)
    return found


def parse(text: str) -> nodes.Program:
    """Parse a program; a text without `<?php` that is no page is code as `php -r` takes it."""
    tokens = php_words.words(text) if "<?" in text else php_words.code(text)
    return nodes.Program(PhpParser(tokens).statements())

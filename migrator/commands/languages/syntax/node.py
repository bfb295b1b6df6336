"""Sentences of JavaScript and TypeScript (ECMA-262, 13 to 16) as a tree. Types are left out."""

from __future__ import annotations

from migrator.commands.languages.syntax import node_words, nodes
from migrator.commands.languages.syntax.curly import CurlyParser
from migrator.commands.languages.syntax.parser import ranks
from migrator.commands.languages.syntax.tokens import Kind, Token
from migrator.commands.languages.words import named

_RANKS = ranks(
    "\0",
    "\0",
    "?? ||",
    "&&",
    "|",
    "^",
    "&",
    "== === != !==",
    "< > <= >= instanceof in",
    "<< >> >>>",
    "+ -",
    "* / %",
    "**",
)
_ASSIGNS = named("= += -= *= /= %= &= |= ^= <<= >>= >>>= **= ||= &&= ??=")
_MEMBER_WORDS = named("static async get set public private protected readonly abstract override declare")
_BEFORE = ("await", "yield", "typeof", "void", "delete")


class NodeParser(CurlyParser):
    """A reader of JavaScript's words."""

    ranks = _RANKS
    assigns = _ASSIGNS
    choice = 2
    pair = ":"
    words = staticmethod(node_words.words)

    def prefix(self) -> object:
        """Read an operand."""
        token = self.here
        line = token.line
        if token.sign("(") and self._is_arrow():
            self.take()
            return self._arrow(self.parameters(), line)
        if token.kind is Kind.NAME:
            if self.peek().sign("=>"):
                self.take()
                return self._arrow((nodes.Parameter(token.text),), line)
            return self._named(self.take())
        if token.sign("<"):
            self.take()
            return nodes.Opaque(line)
        return super().prefix()

    def _is_arrow(self) -> bool:
        end = self.ends.get(self.place)
        if end is None or end + 1 >= len(self.tokens):
            return False
        after = self.tokens[end + 1]
        if after.sign("=>"):
            return True
        # `(a: string): Promise<void> => …`
        return after.sign(":") and any(self.tokens[min(end + n, len(self.tokens) - 1)].sign("=>") for n in range(2, 12))

    def _arrow(self, parameters: tuple[nodes.Parameter, ...], line: int) -> object:
        for _ in range(20):
            if self.here.sign("=>") or self.here.kind is Kind.END:
                break
            self.take()
        self.accept("=>")
        if self.here.sign("{"):
            return nodes.Function("", parameters, self.block(), line, closure=True)
        return nodes.Function("", parameters, (nodes.Return(self.expression(), line),), line, closure=True)

    def _named(self, token: Token) -> object:
        name, line = token.text, token.line
        arrow = (self.here.sign("(") and self._is_arrow()) or self.peek().sign("=>")
        if name == "async" and not self.here.first and (arrow or self.here.word("function")):
            return self.prefix()
        if name == "function":
            self.accept("*")
            if self.here.kind is Kind.NAME:
                self.take()
            return self.function("", line, closure=True)
        if name == "new":
            return self._new(line)
        if name in _BEFORE and not self.here.sign(".", ")", ",", ";", "="):
            return nodes.Unary("await" if name in ("await", "yield") else "void", self.expression(self.tight), line)
        if name in ("true", "false", "null", "undefined"):
            return nodes.Literal({"true": True, "false": False}.get(name), line)
        if name == "class":
            self.place -= 1
            return self.read_class()
        return nodes.Name(name, line)

    def _new(self, line: int) -> object:
        kind: object = nodes.Name(self.take().text, line) if self.here.kind is Kind.NAME else self.operand()
        while self.here.sign(".") and self.peek().kind is Kind.NAME:
            self.take()
            kind = nodes.Attribute(kind, self.take().text, line)
        if self.here.sign("<"):
            self._type("(")
        given = tuple(self.listed(")")) if self.accept("(") else ()
        return nodes.New(kind, given, line)

    def link(self, found: object) -> object | None:
        """Read `.name`, `[…]`, `(…)`, and `as T` of TypeScript."""
        token = self.here
        line = token.line
        if token.sign(".", "?."):
            self.take()
            if token.text == "?." and self.here.sign("(", "["):
                return self.link(found)
            name = self.here
            if name.kind is not Kind.NAME:
                return nodes.Opaque(line)
            self.take()
            return nodes.Attribute(found, name.text, line)
        if token.sign("["):
            self.take()
            items = [item.value for item in self.listed("]")]
            return nodes.Index(found, items[-1] if items else nodes.Opaque(line), line)
        if token.sign("("):
            self.take()
            return nodes.Call(found, tuple(self.listed(")")), line)
        if token.sign("!") and self.peek().sign(".", "[", ")", ";", ","):
            self.take()
            return found
        if token.word("as", "satisfies") and not token.first:
            self.take()
            self._type(")", ",", ";", "}", "]", "=")
            return found
        if token.sign("++", "--") and not token.first:
            self.take()
            return nodes.Opaque(line)
        return None

    def _type(self, *stops: str) -> None:
        """Go on behind a type."""
        for _ in range(60):
            if self.here.sign(*stops) or self.here.kind is Kind.END or (self.here.first and not self.closed):
                return
            if self.here.sign("(", "[", "{"):
                self.skip_group()
            elif self.here.sign(")", "]", "}", ";"):
                return
            else:
                self.take()

    def pair_of(self) -> tuple[object | None, object]:
        """Read one pair of an object: `a: b`, `a`, `...a`, `a() {…}`."""
        line = self.here.line
        if self.accept("..."):
            return None, nodes.Unary("...", self.expression(), line)
        while self.here.word(*_MEMBER_WORDS) and (self.peek().kind is Kind.NAME or self.peek().sign("[", "*")):
            self.take()
        self.accept("*")
        if self.here.kind in (Kind.NAME, Kind.STRING, Kind.NUMBER):
            token = self.here
            if self.peek().sign("("):
                self.take()
                return nodes.String((token.text,), line), self.function("", line)
            if self.peek().sign(":"):
                self.place += 2
                key = nodes.String((token.text,) if token.text else (), line)
                return key, self.expression()
        if self.accept("["):
            keys = self.listed("]")
            key_node = keys[0].value if keys else nodes.Opaque(line)
            if self.accept(":"):
                return key_node, self.expression()
            return key_node, self.function("", line)
        return None, self.expression()

    def parameters(self) -> tuple[nodes.Parameter, ...]:
        """Read parameters behind their `(`."""
        found: list[nodes.Parameter] = []
        self.closed += 1
        while self.here.kind is not Kind.END and not self.accept(")"):
            before = self.place
            rest = self.accept("...")
            while self.here.word("public", "private", "protected", "readonly") and self.peek().kind is Kind.NAME:
                self.take()
            token = self.here
            if token.kind is Kind.NAME:
                self.take()
                self.accept("?")
                if self.accept(":"):
                    self._type(",", ")", "=")
                found.append(nodes.Parameter(token.text, self.expression() if self.accept("=") else None, rest))
            elif token.sign("{", "["):
                target = self.operand()
                if self.accept(":"):
                    self._type(",", ")", "=")
                if self.accept("="):
                    self.expression()
                found.append(nodes.Parameter("", target))
            self.accept(",")
            if self.place == before:
                self.take()
        self.closed -= 1
        return tuple(found[:60])

    # Statements.

    def read_const(self) -> object:
        """Read `const a = 1, {b} = c;`."""
        line = self.take().line
        found: list[object] = []
        while True:
            found.append(self.declared_item())
            if not self.accept(","):
                break
        self.accept(";")
        return found[0] if len(found) == 1 else nodes.Listing(tuple(found), line)

    read_let = read_var = read_const

    def declared_item(self) -> object:
        """Read `name: type = value`, with or without its `const`."""
        line = self.here.line
        declares = self.accept_word("const", "let", "var")
        if self.here.sign("{", "["):
            target: object = self.operand()
        elif self.here.kind is Kind.NAME and not self.peek().sign(".", "(", "[", "++", "--", "+="):
            target = nodes.Name(self.take().text, line)
        else:
            return self.expression()
        self.accept("!")
        if self.accept(":"):
            self._type("=", ",", ";", ")")
        if self.accept("="):
            return nodes.Assign(nodes.Declared(target, line), "=", self.expression(), line)
        if self.operator(self.here) and not declares:
            self.place -= 1
            return self.expression()
        return nodes.Declared(target, line)

    def read_for(self) -> object:
        """Read `for (a of b)`, `for (a in b)` and `for (a; b; c)`."""
        token = self.take()
        self.accept_word("await")
        start = self.place
        if self.accept("("):
            self.accept_word("const", "let", "var")
            target: object = self.operand()
            if self.accept_word("of", "in"):
                over = self.expression()
                self.accept(")")
                return nodes.Each(nodes.Declared(target), over, self.block(), token.line)
        self.place = start
        self.accept("(")
        return self.counted(token.line)

    def read_async(self) -> object | None:
        """Read `async function …`."""
        if self.peek().word("function"):
            self.take()
            return self.statement()
        return self.simple()

    def read_class(self) -> object:
        """Read `class A extends B {…}`."""
        token = self.take()
        name = self.take().text if self.here.kind is Kind.NAME and not self.here.word("extends") else ""
        bases: list[object] = []
        if self.here.sign("<"):
            self._type("{")
        if self.accept_word("extends"):
            bases.append(self.postfix(self.operand()))
        self.skip_to_body()
        return nodes.Class(name, tuple(bases), self._members(), token.line)

    def _members(self) -> tuple[object, ...]:
        found: list[object] = []
        if not self.accept("{"):
            return ()
        for _ in self.up_to("}"):
            line = self.here.line
            while self.here.word(*_MEMBER_WORDS) and not self.peek().sign("(", "=", ";"):
                self.take()
            self.accept("*")
            if self.here.kind in (Kind.NAME, Kind.STRING) and self.depth < 30:
                name = self.take().text
                if self.here.sign("(", "<"):
                    if self.here.sign("<"):
                        self._type("(")
                    self.depth += 1
                    found.append(self.function(name, line))
                    self.depth -= 1
                else:
                    self.accept("?", "!")
                    if self.accept(":"):
                        self._type("=", ";")
                    if self.accept("="):
                        target = nodes.Name(name, line)
                        found.append(nodes.Assign(nodes.Declared(target), "=", self.expression(), line))
            self.accept(";")
        return tuple(found)

    def read_import(self) -> object:
        """Read `import a, {b as c} from 'd'`, `import * as a from 'b'`, `import 'a'`."""
        token = self.here
        if self.peek().sign("(", "."):
            return self.simple()
        self.take()
        names: list[tuple[str, str]] = []
        for _ in range(400):
            here = self.here
            if here.kind in (Kind.STRING, Kind.END) or here.sign(";"):
                break
            self.take()
            if here.sign("*") and self.accept_word("as"):
                names.append(("*", self.take().text))
            elif here.kind is Kind.NAME and here.text not in ("from", "type"):
                if self.accept_word("as"):
                    names.append((here.text, self.take().text))
                else:
                    names.append(("default", here.text))
            elif here.sign("{"):
                names.extend(self._braces())
        path = self.prefix() if self.here.kind is Kind.STRING else nodes.Opaque(token.line)
        self.accept(";")
        return nodes.Import(path, tuple(names), token.line)

    def _braces(self) -> list[tuple[str, str]]:
        names: list[tuple[str, str]] = []
        while self.here.kind is not Kind.END and not self.accept("}"):
            here = self.take()
            if here.kind in (Kind.NAME, Kind.STRING) and not here.sign(","):
                theirs = here.text
                names.append((theirs, self.take().text if self.accept_word("as") else theirs))
        return names

    def read_export(self) -> object | None:
        """Read `export …`."""
        token = self.take()
        if self.accept_word("default"):
            value = self.expression() if self.here.sign("{") else self.statement()
            return nodes.Export(value if value is not None else nodes.Opaque(token.line), "default", token.line)
        if self.here.sign("{"):
            self.take()
            names = self._braces()
            if self.accept_word("from") and self.here.kind is Kind.STRING:
                path = self.prefix()
                self.accept(";")
                return nodes.Block((nodes.Import(path, tuple((theirs, theirs) for theirs, _ in names), token.line),))
            self.accept(";")
            items = tuple(nodes.Export(nodes.Name(theirs, token.line), ours, token.line) for theirs, ours in names)
            return nodes.Block(items, token.line)
        if self.here.sign("*"):
            return self.read_import()
        value = self.statement()
        return None if value is None else nodes.Export(value, "", token.line)

    def read_interface(self) -> object | None:
        """Read `interface A {…}` and `type A = …`: nothing runs there."""
        if self.peek().kind is not Kind.NAME:
            return self.simple()
        self.take()
        self.take()
        if self.accept("="):
            self._type(";")
        else:
            self.skip_to_body()
            self.skip_group()
        self.accept(";")
        return None

    read_type = read_interface


def parse(text: str) -> nodes.Program:
    """Parse a program."""
    return nodes.Program(NodeParser(node_words.words(text)).statements())

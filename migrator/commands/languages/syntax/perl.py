"""Sentences of Perl (perlsyn(1), perlsub(1), perlref(1)) as a tree."""

from __future__ import annotations

from migrator.commands.languages.syntax import nodes, perl_words
from migrator.commands.languages.syntax.parser import Parser, ranks
from migrator.commands.languages.syntax.tokens import Kind, Token

_LIST = 3
_RANKS = ranks(
    "or xor",
    "and",
    "\0",
    "\0",
    ".. ...",
    "|| //",
    "&&",
    "| ^",
    "&",
    "== != eq ne <=> cmp",
    "< > <= >= lt gt le ge isa",
    "<< >>",
    "+ - .",
    "* / % x",
    "=~ !~",
    "**",
)
_ASSIGNS = frozenset("= += -= *= /= .= %= x= &= |= ^= <<= >>= **= ||= &&= //=".split())
_UNARY = frozenset(
    "defined ref scalar lc uc lcfirst ucfirst length chr ord int shift pop chomp exists delete each keys values close chdir"
    " rmdir readdir closedir require undef quotemeta lstat stat sleep umask localtime gmtime caller fileno readlink exit"
    " hex oct abs rand sqrt log chroot readline rewinddir lock study uc fc".split()
)
_ALONE = frozenset(
    "time times wantarray wait __PACKAGE__ __FILE__ __LINE__ __DIR__ __SUB__ STDIN STDOUT STDERR break".split()
)
_BLOCKS = frozenset("map grep sort first any all none notall reduce uniq_by sort_by max_by min_by partition_by".split())
_MODIFIERS = frozenset("if unless while until for foreach".split())
_DECLARES = frozenset("my our local state".split())
_PRINTS = frozenset("print printf say".split())
_PHASES = frozenset("BEGIN END INIT CHECK UNITCHECK MAIN".split())


class PerlParser(Parser):
    """A reader of Perl's words."""

    ranks = _RANKS
    assigns = _ASSIGNS
    choice = 4
    words = staticmethod(perl_words.words)

    def operator(self, token: Token) -> str:
        """Give the operator that stands here; words of statements end an expression."""
        if token.kind is Kind.NAME and token.text not in _RANKS:
            return ""
        # `{ x => 1 }`, `y => 2`: a name, not an operator.
        if token.kind is Kind.NAME and self.peek().sign("=>"):
            return ""
        return super().operator(token)

    def item(self) -> nodes.Argument:
        """Read one argument; `name => value` gives both, one after the other."""
        return nodes.Argument(self.expression(_LIST))

    def listing(self) -> object:
        """Read an expression in which commas make a list."""
        line = self.here.line
        first = self.expression()
        if not self.here.sign(",", "=>"):
            return first
        items = [first]
        while self.accept(",", "=>"):
            if self.here.sign(")", "]", "}", ";") or self.here.kind is Kind.END or self.here.text in _MODIFIERS:
                break
            items.append(self.expression())
        return nodes.Listing(tuple(items[:2000]), line, True)

    def parenthesized(self, value: object, line: int) -> object:
        """Keep a list of one a list: `my ($x) = @_`, `(stat $f)[7]`."""
        return nodes.Listing((value,), line, True)

    def pair_of(self) -> tuple[object | None, object]:
        """Read `key => value` or a value alone."""
        key = self.expression(_LIST)
        if self.accept("=>", ","):
            if self.here.sign("}"):
                return None, key
            return key, self.expression(_LIST)
        return None, key

    def prefix(self) -> object:
        """Read an operand."""
        token = self.here
        line = token.line
        if token.kind is Kind.NAME:
            return self._named(self.take())
        if token.kind is Kind.VARIABLE:
            return self._variable(self.take())
        if token.kind is Kind.TEST:
            self.take()
            return nodes.Unary(
                token.text, self.expression(_RANKS["<"] + 1) if self._starts(self.here) else nodes.Opaque(line), line
            )
        if token.kind is Kind.READLINE and token.parts:
            self.take()
            return nodes.Call(nodes.Name("glob", line), (nodes.Argument(nodes.String(self.pieces(token), line)),), line)
        if token.kind is Kind.PATTERN and token.text == "s" and len(token.parts) == 2:
            self.take()
            parts = tuple(nodes.Argument(nodes.String((str(part),), line)) for part in token.parts)
            return nodes.Call(nodes.Name("s///", line), parts, line)
        if token.sign("$", "@", "%$"):
            self.take()
            return self._dereferenced(token.text, line)
        if token.sign("\\", "&", "!", "-", "+"):
            self.take()
            return nodes.Unary(token.text, self.expression(self.tight), line)
        return super().prefix()

    def _dereferenced(self, sign: str, line: int) -> object:
        if self.here.sign("{"):
            self.take()
            self.closed += 1
            inner = self.expression()
            self.closed -= 1
            while self.here.kind is not Kind.END and not self.accept("}"):
                self.skip_group()
        elif self.depth < 30:
            self.depth += 1
            inner = self.prefix_only()
            self.depth -= 1
        else:
            inner = nodes.Opaque(line)
        found: object = nodes.Unary("deref", inner, line)
        if self.here.sign("[", "{") and not self.here.spaced:
            found = self._subscript(found)
        return found

    def prefix_only(self) -> object:
        """Read a variable without its subscripts."""
        token = self.here
        if token.kind is Kind.VARIABLE:
            self.take()
            return nodes.Name(token.text, token.line)
        if token.sign("$"):
            self.take()
            return self._dereferenced("$", token.line)
        return nodes.Opaque(token.line)

    def _variable(self, token: Token) -> object:
        name = token.text
        if self.here.sign("[", "{") and not self.here.spaced and name[0] in "$@":
            sign = "@" if self.here.text == "[" else "%"
            return self._subscript(nodes.Name(sign + name[1:], token.line))
        return nodes.Name(name, token.line)

    def _subscript(self, target: object) -> object:
        line = self.here.line
        if self.take().text == "[":
            items = [item.value for item in self.listed("]")]
            return nodes.Index(target, items[0] if len(items) == 1 else nodes.Opaque(line), line)
        return nodes.Index(target, self._key(line), line)

    def _key(self, line: int) -> object:
        minus = "-" if self.here.sign("-") and self.peek().kind is Kind.NAME else ""
        name = self.peek(1 if minus else 0)
        if name.kind is Kind.NAME and self.peek(2 if minus else 1).sign("}"):
            self.place += 3 if minus else 2
            return nodes.String((minus + name.text,), line)
        items = [item.value for item in self.listed("}")]
        return items[0] if len(items) == 1 else nodes.Opaque(line)

    def link(self, found: object) -> object | None:
        """Read `->[…]`, `->{…}`, `->name(…)`, `->(…)`, and subscripts that follow subscripts."""
        token = self.here
        if token.sign("->"):
            self.take()
            return self._arrow(found, token.line)
        subscripted = isinstance(found, nodes.Index) or (isinstance(found, nodes.Call) and self.peek(-1).sign(")"))
        if token.sign("[", "{") and isinstance(found, nodes.Index) and not token.first:
            return self._subscript(found)
        if token.sign("[") and isinstance(found, nodes.Listing) and found.loose:
            return self._subscript(found)
        if token.sign("(") and subscripted and isinstance(found, nodes.Index):
            self.take()
            return nodes.Call(found, tuple(self.listed(")")), token.line)
        if token.sign("++", "--"):
            self.take()
            return nodes.Opaque(token.line)
        return None

    def _arrow(self, found: object, line: int) -> object:
        token = self.here
        if token.sign("[", "{"):
            return self._subscript(found)
        if token.sign("("):
            self.take()
            return nodes.Call(found, tuple(self.listed(")")), line)
        if token.sign("@", "%$", "%", "$"):
            self.take()
            self.accept("*")
            return nodes.Unary("deref", found, line)
        if token.kind in (Kind.NAME, Kind.VARIABLE):
            self.take()
            arguments: tuple[nodes.Argument, ...] = ()
            if self.here.sign("("):
                self.take()
                arguments = tuple(self.listed(")"))
            if token.kind is Kind.VARIABLE:
                return nodes.Call(nodes.Attribute(found, token.text, line), arguments, line)
            return nodes.Call(nodes.Attribute(found, token.text, line), arguments, line)
        return nodes.Opaque(line)

    def _named(self, token: Token) -> object:  # noqa: C901  one arm per sort of word
        name, line, here = token.text, token.line, self.here
        bare = name.rpartition("::")[2]
        if here.sign("=>"):
            return nodes.String((name,), line)
        if name in _DECLARES and (here.kind is Kind.VARIABLE or here.sign("(", "*", "%$", "%")):
            return self._declared(name, line)
        if name == "sub":
            return self.function("", line)
        if name in ("do", "eval") and here.sign("{"):
            return nodes.Call(
                nodes.Name(name, line), (), line, nodes.Function("", (), self.block(), line, closure=True)
            )
        if name == "not":
            return nodes.Unary("!", self.expression(_LIST), line)
        if name in ("return", "die", "exit") and name == "return":
            return nodes.Return(self._returned(), line)
        if here.sign("->") and name not in ("shift", "pop", "__PACKAGE__"):
            return nodes.String((name.removesuffix("::"),), line)
        if name == "new" and here.kind is Kind.NAME:
            kind = self.take()
            given = tuple(self.listed(")")) if self.accept("(") else ()
            return nodes.Call(nodes.Attribute(nodes.String((kind.text,), line), "new", line), given, line)
        if name in _PRINTS:
            return self._print(name, line)
        if bare in _BLOCKS and here.sign("{"):
            return self._with_block(name, line)
        if here.sign("("):
            self.take()
            if bare in _BLOCKS and self.here.sign("{"):
                found = self._with_block(name, line)
                while self.here.kind is not Kind.END and not self.accept(")"):
                    self.skip_group()
                return found
            return nodes.Call(nodes.Name(name, line), tuple(self.listed(")")), line)
        if name in _ALONE:
            return nodes.Name(name, line)
        if name in _UNARY:
            given = (nodes.Argument(self.expression(_RANKS["<"] + 1)),) if self._starts(here) else ()
            return nodes.Call(nodes.Name(name, line), given, line)
        if here.sign("{") and not self._is_mapping() and bare.islower():
            return self._with_block(name, line)
        if self._starts(here) and not (here.sign("[", "{", "-", "+") and not here.spaced):
            return nodes.Call(nodes.Name(name, line), tuple(self._listed_bare()), line)
        return nodes.Name(name, line)

    def _returned(self) -> object | None:
        token = self.here
        if token.sign(";", "}", ")") or token.kind is Kind.END or token.text in _MODIFIERS:
            return None
        return self.listing()

    def _declared(self, name: str, line: int) -> object:
        if self.accept("("):
            inner: object = nodes.Listing(tuple(item.value for item in self.listed(")")), line, True)
        elif self.here.kind is Kind.VARIABLE:
            token = self.take()
            inner = nodes.Name(token.text, line)
            if name == "local":
                self.place -= 1
                inner = self.postfix(self.prefix())
        else:
            self.take()
            inner = self.prefix_only() if self.here.kind is Kind.VARIABLE else nodes.Opaque(line)
            if self.here.kind is Kind.NAME:
                self.take()
        return nodes.Declared(inner, line) if name in ("my", "state") else inner

    def _print(self, name: str, line: int) -> object:
        """Read `print HANDLE LIST`."""
        opened = self.accept("(")
        handle: object | None = None
        if self.here.sign("{"):
            handle = nodes.Opaque(line)
            self.skip_group()
        elif self.here.kind in (Kind.NAME, Kind.VARIABLE):
            after = self.peek()
            bare = after.kind in (Kind.STRING, Kind.VARIABLE, Kind.NUMBER, Kind.WORDS) or (
                after.kind is Kind.NAME and after.text not in _RANKS and after.text not in _MODIFIERS
            )
            if after.spaced and bare and (self.here.kind is Kind.VARIABLE or self.here.text.isupper()):
                handle = nodes.Name(self.take().text, line)
        items = self.listed(")") if opened else (self._listed_bare() if self._starts(self.here) else [])
        named = [nodes.Argument(handle, "handle")] if handle is not None else []
        return nodes.Call(nodes.Name(name, line), (*named, *items), line)

    def _with_block(self, name: str, line: int) -> object:
        inner = nodes.Function("", (), self.block(), line, closure=True)
        if name.rpartition("::")[2] in _BLOCKS:
            self.accept(",")
        rest = self._listed_bare() if self._starts(self.here) else []
        return nodes.Call(nodes.Name(name, line), tuple(rest), line, inner)

    def _listed_bare(self) -> list[nodes.Argument]:
        """Read the arguments of a call without parentheses."""
        items = [self.item()]
        while self.accept(",", "=>"):
            if self.here.sign(")", "]", "}", ";") or self.here.kind is Kind.END or self.here.text in _MODIFIERS:
                break
            if len(items) < 2000:
                items.append(self.item())
            else:
                self.item()
        return items

    def _starts(self, token: Token) -> bool:
        """Say whether an operand begins here."""
        if token.kind is Kind.SIGN:
            return token.text in ("$", "@", "%$", "\\", "[", "{", "+", "-", "(", "!")
        if token.kind is Kind.NAME:
            return token.text not in _RANKS and token.text not in _MODIFIERS
        return token.kind is not Kind.END

    def _is_mapping(self) -> bool:
        """Say whether the `{` here opens a dictionary and not a block."""
        one, two = self.peek(1), self.peek(2)
        if one.sign("}") or one.sign("%$"):
            return True
        return (
            one.kind in (Kind.NAME, Kind.STRING, Kind.VARIABLE)
            and two.sign("=>", ",")
            or (one.kind is Kind.VARIABLE and one.text[0] == "%")
        )

    def function(self, name: str, line: int) -> nodes.Function:
        """Read a sub behind its name: prototype or signature, attributes, body."""
        parameters: list[nodes.Parameter] = []
        while self.accept(":"):
            self.take()
            if self.here.sign("("):
                self.skip_group()
        if self.accept("("):
            for item in self.listed(")"):
                value, default = item.value, None
                if isinstance(value, nodes.Assign):
                    value, default = value.target, value.value
                if isinstance(value, nodes.Name):
                    parameters.append(nodes.Parameter(value.text, default, value.text[0] in "@%"))
        body = self.block() if self.here.sign("{") else ()
        return nodes.Function(name, tuple(parameters), body, line, closure=not name)

    # Statements.

    def block(self) -> tuple[object, ...]:
        """Read statements in braces."""
        if not self.accept("{"):
            return ()
        if self.depth >= 30:
            self.place -= 1
            self.skip_group()
            return ()
        self.depth += 1
        closed, self.closed = self.closed, 0
        body = self.statements("}")
        self.closed = closed
        self.depth -= 1
        self.accept("}")
        return body

    def statements(self, closer: str = "") -> tuple[object, ...]:
        """Read statements up to a closing brace or the end."""
        found: list[object] = []
        while self.here.kind is not Kind.END and not (closer and self.here.sign(closer)):
            before = self.place
            statement = self.statement()
            if statement is not None:
                found.append(statement)
            if self.place == before:
                self.take()
        return tuple(found)

    def statement(self) -> object | None:
        """Read one statement."""
        while self.here.kind is Kind.NAME and self.peek().sign(":") and self.here.text.isupper():
            # A label.
            self.place += 2
        token = self.here
        if self.accept(";"):
            return None
        if token.sign("{"):
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
            if not token.word(*_MODIFIERS):
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
        arms = [(self._tested(token.text == "unless"), self.block())]
        otherwise: tuple[object, ...] = ()
        while self.here.word("elsif", "else"):
            if self.take().text == "else":
                otherwise = self.block()
                break
            arms.append((self._tested(negated=False), self.block()))
        return nodes.If(tuple(arms), otherwise, token.line)

    def _tested(self, negated: bool) -> object:
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
        if self.here.kind is Kind.NUMBER:
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
        if self.here.kind is Kind.NUMBER and not self.peek().sign(",", "=>"):
            self.take()
        rest: list[nodes.Argument] = []
        if self._starts(self.here):
            rest = self._listed_bare()
        self.accept(";")
        if token.text == "no":
            return None
        first = nodes.Argument(nodes.String((name.text,), token.line))
        return nodes.Call(nodes.Name("use", token.line), (first, *rest), token.line)

    def attempt(self) -> object:
        """Read `try {…} catch ($e) {…} finally {…}`."""
        token = self.take()
        body = self.block()
        handlers: list[tuple[object, ...]] = []
        final: tuple[object, ...] = ()
        while self.here.word("catch", "finally"):
            word = self.take().text
            if self.here.sign("("):
                self.skip_group()
            if word == "catch":
                handlers.append(self.block())
            else:
                final = self.block()
        self.accept(";")
        return nodes.Try(body, tuple(handlers), final, token.line)

    def leave(self) -> object:
        """Read `next`, `last`, `redo`, with a label or a condition."""
        token = self.take()
        if self.here.kind is Kind.NAME and self.here.text.isupper():
            self.take()
        found = self._modified(nodes.Leave(token.line))
        self.accept(";")
        return found


_STATEMENTS = {
    "if": PerlParser.conditional,
    "unless": PerlParser.conditional,
    "while": PerlParser.loop,
    "until": PerlParser.loop,
    "for": PerlParser.loop,
    "foreach": PerlParser.loop,
    "sub": PerlParser.subroutine,
    "package": PerlParser.package,
    "use": PerlParser.use,
    "no": PerlParser.use,
    "try": PerlParser.attempt,
    "next": PerlParser.leave,
    "last": PerlParser.leave,
    "redo": PerlParser.leave,
}


def parse(text: str) -> nodes.Program:
    """Parse a program."""
    return nodes.Program(PerlParser(perl_words.words(text)).statements())

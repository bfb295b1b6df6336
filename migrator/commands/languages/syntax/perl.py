"""Sentences of Perl (perlsyn(1), perlsub(1), perlref(1)) as a tree."""

from __future__ import annotations

from migrator.commands.languages.syntax import nodes, perl_words
from migrator.commands.languages.syntax.parser import ranks
from migrator.commands.languages.syntax.perl_statements import MODIFIERS, PerlStatements
from migrator.commands.languages.syntax.tokens import Kind, Token
from migrator.commands.languages.words import named

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
_ASSIGNS = named("= += -= *= /= .= %= x= &= |= ^= <<= >>= **= ||= &&= //=")
_UNARY = named(
    """
    defined ref scalar lc uc lcfirst ucfirst length chr ord int shift pop chomp exists delete each keys values close
    chdir rmdir readdir closedir require undef quotemeta lstat stat sleep umask localtime gmtime caller fileno
    readlink exit hex oct abs rand sqrt log chroot readline rewinddir lock study uc fc
    """
)
_ALONE = named("time times wantarray wait __PACKAGE__ __FILE__ __LINE__ __DIR__ __SUB__ STDIN STDOUT STDERR break")
_BLOCKS = named("map grep sort first any all none notall reduce uniq_by sort_by max_by min_by partition_by")
_DECLARES = frozenset(["my", "our", "local", "state"])
_PRINTS = frozenset(["print", "printf", "say"])


class PerlParser(PerlStatements):
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
            if self._over():
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
                token.text, self.expression(_RANKS["<"] + 1) if self.starts(self.here) else nodes.Opaque(line), line
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
            return self._dereferenced(line)
        if token.sign("\\", "&", "!", "-", "+"):
            self.take()
            return nodes.Unary(token.text, self.expression(self.tight), line)
        return super().prefix()

    def _dereferenced(self, line: int) -> object:
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
            return self._dereferenced(token.line)
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
        if token.sign("[", "{") and isinstance(found, nodes.Index) and not token.first:
            return self._subscript(found)
        if token.sign("[") and isinstance(found, nodes.Listing) and found.loose:
            return self._subscript(found)
        if token.sign("(") and isinstance(found, nodes.Index):
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
        if name == "return":
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
            given = (nodes.Argument(self.expression(_RANKS["<"] + 1)),) if self.starts(here) else ()
            return nodes.Call(nodes.Name(name, line), given, line)
        if here.sign("{") and not self._is_mapping() and bare.islower():
            return self._with_block(name, line)
        if self.starts(here) and not (here.sign("[", "{", "-", "+") and not here.spaced):
            return nodes.Call(nodes.Name(name, line), tuple(self.bare()), line)
        return nodes.Name(name, line)

    def _returned(self) -> object | None:
        token = self.here
        if token.sign(";", "}", ")") or token.kind is Kind.END or token.text in MODIFIERS:
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
                inner = self.postfix(self.operand())
        else:
            self.take()
            inner = self.prefix_only() if self.at(Kind.VARIABLE) else nodes.Opaque(line)
            if self.at(Kind.NAME):
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
                after.kind is Kind.NAME and after.text not in _RANKS and after.text not in MODIFIERS
            )
            if after.spaced and bare and (self.here.kind is Kind.VARIABLE or self.here.text.isupper()):
                handle = nodes.Name(self.take().text, line)
        items = self.listed(")") if opened else (self.bare() if self.starts(self.here) else [])
        named = [nodes.Argument(handle, "handle")] if handle is not None else []
        return nodes.Call(nodes.Name(name, line), (*named, *items), line)

    def _with_block(self, name: str, line: int) -> object:
        inner = nodes.Function("", (), self.block(), line, closure=True)
        if name.rpartition("::")[2] in _BLOCKS:
            self.accept(",")
        rest = self.bare() if self.starts(self.here) else []
        return nodes.Call(nodes.Name(name, line), tuple(rest), line, inner)

    def bare(self) -> list[nodes.Argument]:
        """Read the arguments of a call without parentheses."""
        items = [self.item()]
        while self.accept(",", "=>"):
            if self._over():
                break
            items.append(self.item())
        return items[:2000]

    def _over(self) -> bool:
        """Say whether a list in which commas stand ends here."""
        return self.here.sign(")", "]", "}", ";") or self.here.kind is Kind.END or self.here.text in MODIFIERS

    def starts(self, token: Token) -> bool:
        """Say whether an operand begins here."""
        if token.kind is Kind.SIGN:
            return token.text in ("$", "@", "%$", "\\", "[", "{", "+", "-", "(", "!")
        if token.kind is Kind.NAME:
            return token.text not in _RANKS and token.text not in MODIFIERS
        return token.kind is not Kind.END

    def _is_mapping(self) -> bool:
        """Say whether the `{` here opens a dictionary and not a block."""
        one, two = self.peek(1), self.peek(2)
        if one.sign("}") or one.sign("%$"):
            return True
        return (one.kind in (Kind.NAME, Kind.STRING, Kind.VARIABLE) and two.sign("=>", ",")) or (
            one.kind is Kind.VARIABLE and one.text[0] == "%"
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
                value: object = item.value
                default: object | None = None
                if isinstance(value, nodes.Assign):
                    default, value = value.value, value.target
                if isinstance(value, nodes.Name):
                    parameters.append(nodes.Parameter(value.text, default, value.text.startswith(("@", "%"))))
        body = self.block() if self.here.sign("{") else ()
        return nodes.Function(name, tuple(parameters), body, line, closure=not name)


def parse(text: str) -> nodes.Program:
    """Parse a program."""
    return nodes.Program(PerlParser(perl_words.words(text)).statements())

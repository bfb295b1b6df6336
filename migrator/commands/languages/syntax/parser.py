"""Expressions of all languages: operators by rank, calls, subscripts, lists. A parser that always comes to an end.

What it does not understand becomes `Opaque` and costs one word, or one pair of brackets; nothing is raised. Depth is
bounded, chains are flat.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.tokens import Code, Kind, Token

DEEPEST = 36
DEEPEST_BLOCK = 30
_MOST_LINKS = 48

Words = Callable[[str, int], list[Token]]


def ranks(*levels: str) -> Mapping[str, int]:
    """Give each operator its rank, the weakest first."""
    return {name: rank for rank, level in enumerate(levels, start=1) for name in level.split()}


class Parser(ABC):
    """A reader of words. Subclasses know a language's own words; `ranks` are its operators between operands."""

    ranks: Mapping[str, int] = {}
    assigns: frozenset[str] = frozenset(("=",))
    choice = 0
    pair = "=>"
    line_ends = False
    words: Words

    def __init__(self, tokens: list[Token], depth: int = 0) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = depth
        self.closed = 0

    # Words.

    @property
    def here(self) -> Token:
        """Give the word at this place."""
        return self.tokens[self.place]

    def at(self, kind: Kind) -> bool:
        """Say whether a word of a kind stands here."""
        return self.tokens[self.place].kind is kind

    def peek(self, ahead: int = 1) -> Token:
        """Give a word further on."""
        return self.tokens[min(self.place + ahead, len(self.tokens) - 1)]

    def take(self) -> Token:
        """Give the word here and go on; the end stays."""
        token = self.tokens[self.place]
        if token.kind is not Kind.END:
            self.place += 1
        return token

    def accept(self, *signs: str) -> bool:
        """Go on behind a sign where it stands here."""
        if self.here.sign(*signs):
            self.place += 1
            return True
        return False

    def accept_word(self, *names: str) -> bool:
        """Go on behind a name where it stands here."""
        if self.here.word(*names):
            self.place += 1
            return True
        return False

    def skip_group(self) -> None:
        """Go on behind the brackets that open here, or behind one word."""
        depth = 0
        while self.here.kind is not Kind.END:
            token = self.take()
            if token.kind is Kind.SIGN:
                depth += (token.text in _OPENS) - (token.text in _CLOSES)
            if depth <= 0:
                return

    def up_to(self, closer: str) -> Iterator[None]:
        """Go behind a closing sign: each round reads what stands there, and what it leaves as it is is skipped."""
        while self.here.kind is not Kind.END and not self.accept(closer):
            before = self.place
            yield
            if self.place == before:
                self.skip_group()

    # Statements.

    def statements(self, *closers: str) -> tuple[object, ...]:
        """Read statements up to a closing sign or word, or the end."""
        found: list[object] = []
        while self.here.kind is not Kind.END and not self.here.sign(*closers) and not self.here.word(*closers):
            before = self.place
            statement = self.statement()
            if statement is not None:
                found.append(statement)
            if self.place == before:
                self.take()
        return tuple(found)

    @abstractmethod
    def statement(self) -> object | None:
        """Read one statement."""

    # Strings.

    def pieces(self, token: Token) -> tuple[object, ...]:
        """Give the parts of a string, its code parsed."""
        return tuple(self._code(part) if isinstance(part, Code) else part for part in token.parts)

    def _code(self, part: Code) -> object:
        if self.depth >= DEEPEST:
            return nodes.Opaque(part.line)
        words: Words = type(self).words
        inner = type(self)(words(part.text, part.line), self.depth + 6)
        found = inner.expression()
        return found if inner.here.kind is Kind.END else nodes.Opaque(part.line)

    # Expressions.

    def expression(self, least: int = 0) -> object:
        """Read an expression whose operators are of at least this rank."""
        line = self.here.line
        if self.depth >= DEEPEST:
            self.skip_group()
            return nodes.Opaque(line)
        self.depth += 1
        try:
            found = self.postfix(self.prefix())
            return self._infix(found, least, line)
        finally:
            self.depth -= 1

    def operand(self) -> object:
        """Read an operand where no expression stands: what a name is bound to, for example."""
        if self.depth >= DEEPEST:
            line = self.here.line
            self.skip_group()
            return nodes.Opaque(line)
        self.depth += 1
        try:
            return self.prefix()
        finally:
            self.depth -= 1

    def _infix(self, found: object, least: int, line: int) -> object:
        while True:
            token = self.here
            operator = self.operator(token)
            if not operator:
                return found
            if operator in self.assigns:
                if not least <= self.assigning:
                    return found
                self.take()
                if isinstance(found, nodes.Assign):
                    found = nodes.Opaque(line)
                found = self.assigned(found, operator, self.expression(self.assigning), line)
                continue
            if operator == "?" and self.choice:
                if least > self.choice:
                    return found
                self.take()
                found = self._choose(found, line)
                continue
            rank = self.ranks.get(operator, 0)
            if not rank or rank < least:
                return found
            found = self._chain(found, rank, line)

    @property
    def assigning(self) -> int:
        """Give the rank of assignments."""
        return self.choice

    def assigned(self, target: object, operator: str, value: object, line: int) -> object:
        """Give an assignment."""
        return nodes.Assign(target, operator, value, line)

    def operator(self, token: Token) -> str:
        """Give the operator that stands here, nothing where the expression ends."""
        if token.kind is Kind.SIGN or (token.kind is Kind.NAME and token.text in self.ranks):
            return "" if self.ended(token) else token.text
        return ""

    def ended(self, token: Token) -> bool:
        """Say whether a line's end ended the expression before this word."""
        return self.line_ends and token.first and not self.closed

    def _chain(self, first: object, rank: int, line: int) -> object:
        operands, operators = [first], []
        while True:
            operator = self.operator(self.here)
            if not operator or self.ranks.get(operator) != rank:
                break
            self.take()
            operators.append(operator)
            operands.append(self.expression(rank + 1))
        return nodes.Chain(tuple(operands), tuple(operators), line)

    def _choose(self, test: object, line: int) -> object:
        if self.accept(":"):
            return nodes.Chain((test, self.expression(self.choice)), ("||",), line)
        one = self.expression(self.choice)
        other: object = nodes.Opaque(line)
        if self.accept(":"):
            other = self.expression(self.choice)
        return nodes.Choose(test, one, other, line)

    def prefix(self) -> object:
        """Read an operand. Subclasses add what is their own and call this for the rest."""
        token = self.here
        line = token.line
        if token.kind is Kind.STRING:
            self.take()
            return nodes.String(self.pieces(token), line)
        if token.kind is Kind.COMMAND:
            self.take()
            return nodes.Command(self.pieces(token), line)
        if token.kind is Kind.WORDS:
            self.take()
            return nodes.Listing(tuple(nodes.String((word,), line) for word in token.text.split()[:2000]), line, True)
        if token.kind is Kind.NUMBER:
            self.take()
            return nodes.Literal(_number(token.text), line) if token.text != "?" else nodes.Opaque(line)
        if token.kind is Kind.PATTERN:
            self.take()
            return nodes.Pattern(token.text, line)
        if token.kind is Kind.READLINE:
            self.take()
            return nodes.Opaque(line)
        if token.kind is Kind.SYMBOL:
            self.take()
            return nodes.String((token.text,), line)
        if token.kind in (Kind.NAME, Kind.VARIABLE):
            self.take()
            return nodes.Name(token.text, line)
        return self._sign(token)

    def _sign(self, token: Token) -> object:
        line = token.line
        if token.sign("("):
            self.take()
            items = self.listed(")")
            if len(items) == 1 and not items[0].name:
                return self.parenthesized(items[0].value, line)
            return nodes.Listing(tuple(item.value for item in items), line, True)
        if token.sign("["):
            self.take()
            return nodes.Listing(tuple(item.value for item in self.listed("]")), line)
        if token.sign("{"):
            self.take()
            return self.mapping(line)
        if token.sign("!", "-", "+", "~", "\\", "++", "--", "&", "*", "@", "...", "**", "->", "..", ":"):
            self.take()
            return nodes.Unary(token.text, self.expression(self.tight), line)
        if token.kind is not Kind.END and not token.sign(")", "]", "}", ";", ","):
            self.take()
        return nodes.Opaque(line)

    def parenthesized(self, value: object, line: int) -> object:  # noqa: ARG002  a list of one has a line
        """Give an expression in parentheses."""
        return value

    @property
    def tight(self) -> int:
        """Give the rank above all operators between operands."""
        return max(self.ranks.values(), default=0) + 1

    def postfix(self, found: object) -> object:
        """Read what follows an operand: subscripts, calls, properties."""
        links = 0
        while True:
            longer = self.link(found)
            if longer is None:
                return found
            links += 1
            found = longer if links < _MOST_LINKS else nodes.Opaque(self.here.line)

    @abstractmethod
    def link(self, found: object) -> object | None:
        """Read one subscript, call or property; None where there is none."""

    def listed(self, closer: str) -> list[nodes.Argument]:
        """Read items up to a closing bracket."""
        items: list[nodes.Argument] = []
        self.closed += 1
        try:
            while self.here.kind is not Kind.END and not self.accept(closer):
                before = self.place
                item = self.item()
                if len(items) < 2000:
                    items.append(item)
                if self.accept(",", ";") or (self.pair == "=>" and self.accept("=>")):
                    continue
                if self.accept(closer):
                    break
                if self.here.sign(*_CLOSES):
                    break
                if self.place == before:
                    self.skip_group()
        finally:
            self.closed -= 1
        return items

    def item(self) -> nodes.Argument:
        """Read one argument or item."""
        return nodes.Argument(self.expression())

    def mapping(self, line: int) -> object:
        """Read a dictionary behind its `{`."""
        pairs: list[tuple[object | None, object]] = []
        self.closed += 1
        try:
            while self.here.kind is not Kind.END and not self.accept("}"):
                before = self.place
                pairs.append(self.pair_of())
                if not self.accept(",", ";") and not self.here.sign("}"):
                    if self.here.sign(")", "]"):
                        break
                    if self.place == before:
                        self.skip_group()
        finally:
            self.closed -= 1
        return nodes.Mapping(tuple(pairs[:2000]), line)

    def pair_of(self) -> tuple[object | None, object]:
        """Read one pair of a dictionary."""
        key = self.expression()
        if self.accept(self.pair, ":", "=>"):
            return key, self.expression()
        return None, key


_OPENS = ("(", "[", "{", "${", "@{", "%{")
_CLOSES = (")", "]", "}")


def _number(text: str) -> int | float | None:
    plain = text.replace("_", "")
    try:
        return int(plain) if plain.isdecimal() and len(plain) < 30 else float(plain)
    except ValueError:
        return None

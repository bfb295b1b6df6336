"""Words and sentences of R (R Language Definition, 10) as a tree. A pipe hands what is left of it to the call."""

from __future__ import annotations

import re

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.braced import BracedParser
from migrator.commands.languages.syntax.parser import ranks
from migrator.commands.languages.syntax.tokens import PAIRS, Kind, Scanner, Token, closing, unescaped

_NAME = re.compile(r"(?:[A-Za-z\x80-\U0010ffff]|\.(?!\d))[\w.]*")
_NUMBER = re.compile(r"0[xX][\da-fA-F]+L?|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?[Li]?|\.\d+")
_RAW = re.compile(r"[rR](['\"])(-*)([(\[{])")
_SIGNS = re.compile(r"%[^%\s]{0,20}%|<<-|->>|<-|->|\|>|:::|::|\[\[|<=|>=|==|!=|&&|\|\||[-+*/^=<>!~?:.,;(){}\[\]&|$@\\]")
_RANKS = ranks(
    "~",
    "\0",
    "|| |",
    "&& &",
    "== != < > <= >=",
    "+ -",
    "* /",
    "|> %>% %<>% %T>% %in% %o% %% %/% %dopar% %do%",
    ":",
    "^",
)


def words(text: str, line: int = 1) -> list[Token]:
    """Find the words of a text."""
    scan = Scanner(text, line)
    text = scan.text
    while scan.place < len(text):
        place, sign = scan.place, text[scan.place]
        if sign.isspace():
            scan.skip_blanks()
        elif sign == "#":
            scan.skip(scan.line_end(place))
        elif sign in "rR" and (raw := _RAW.match(text, place)) is not None:
            ending = PAIRS[raw[3]] + raw[2] + raw[1]
            stop = text.find(ending, raw.end())
            stop = len(text) if stop == -1 else stop
            scan.put(Kind.STRING, text[raw.end() : stop], min(len(text), stop + len(ending)), (text[raw.end() : stop],))
        elif sign in "\"'`":
            end = closing(text, place + 1, sign)
            body = text[place + 1 : end]
            if sign == "`":
                scan.put(Kind.NAME, body, end + 1)
            else:
                scan.put(Kind.STRING, body, end + 1, (unescaped(body),) if body else ())
        else:
            _other(scan, sign)
    return scan.finish()


def _other(scan: Scanner, sign: str) -> None:
    for pattern, kind, wanted in (
        (_NUMBER, Kind.NUMBER, sign.isdigit() or sign == "."),
        (_NAME, Kind.NAME, sign.isalpha() or sign == "." or sign > "\x7f"),
        (_SIGNS, Kind.SIGN, True),
    ):
        match = pattern.match(scan.text, scan.place) if wanted else None
        if match is not None:
            shown = match[0].rstrip("Li") if kind is Kind.NUMBER else match[0]
            scan.put(kind, shown, match.end())
            return
    scan.skip(scan.place + 1)


class RParser(BracedParser):
    """A reader of R's words."""

    ranks = _RANKS
    assigns = frozenset(("<-", "<<-", "=", "->", "->>"))
    choice = 2
    pair = "="
    line_ends = True
    words = staticmethod(words)

    def assigned(self, target: object, operator: str, value: object, line: int) -> object:
        """Give an assignment; `value -> name` goes the other way."""
        if operator in ("->", "->>"):
            target, value = value, target
        return nodes.Assign(target, "<<-" if len(operator) == 3 else "<-", value, line)

    def _chain(self, first: object, rank: int, line: int) -> object:
        """Read operands of one rank; pipes are calls."""
        if self.here.text not in ("|>", "%>%", "%T>%", "%<>%"):
            return super()._chain(first, rank, line)
        self.take()
        call = self.expression(rank + 1)
        if isinstance(call, nodes.Call):
            return nodes.Call(call.function, (nodes.Argument(first), *call.arguments), line)
        return nodes.Call(call, (nodes.Argument(first),), line)

    def item(self) -> nodes.Argument:
        """Read one argument; `name = value` gives it by name."""
        token = self.here
        if token.kind in (Kind.NAME, Kind.STRING) and self.peek().sign("="):
            self.place += 2
            if self.here.sign(",", ")"):
                return nodes.Argument(nodes.Opaque(token.line), token.text)
            return nodes.Argument(self.expression(), token.text)
        if token.sign(","):
            return nodes.Argument(nodes.Opaque(token.line))
        return nodes.Argument(self.expression())

    def prefix(self) -> object:
        """Read an operand."""
        token = self.here
        line = token.line
        if token.sign("{"):
            return nodes.Block(self.block(), line)
        if token.sign("\\") and self.peek().sign("("):
            self.take()
            return self._function(line)
        if token.sign("~", "?"):
            self.take()
            if token.text == "~":
                # `~ f(.x)` as purrr takes it; a formula does nothing.
                given = tuple(nodes.Parameter(name) for name in (".x", ".y"))
                return nodes.Function("", given, (nodes.Return(self.expression(3), line),), line, closure=True)
            return nodes.Unary("void", self.expression(3), line)
        if token.kind is Kind.NAME:
            return self._named(self.take())
        return super().prefix()

    def _named(self, token: Token) -> object:
        name, line = token.text, token.line
        if name == "function" and self.here.sign("("):
            return self._function(line)
        if name == "if" and self.here.sign("("):
            return self._if(line)
        if name in ("for", "while") and self.here.sign("("):
            return self._loop(name, line)
        if name == "repeat":
            return nodes.While(nodes.Literal(True), self.one(), line)
        if name in ("TRUE", "T", "FALSE", "F", "NULL", "NA"):
            return nodes.Literal({"TRUE": True, "T": True, "FALSE": False, "F": False}.get(name), line)
        if name in ("next", "break"):
            return nodes.Leave(line)
        return nodes.Name(name, line)

    def _function(self, line: int) -> object:
        parameters: list[nodes.Parameter] = []
        self.accept("(")
        for item in self.listed(")"):
            if item.name:
                parameters.append(nodes.Parameter(item.name, item.value))
            elif isinstance(item.value, nodes.Name):
                parameters.append(nodes.Parameter(item.value.text))
        return nodes.Function("", tuple(parameters[:60]), self.one(), line, closure=True)

    def one(self) -> tuple[object, ...]:
        """Read a block, or one expression."""
        if self.here.sign("{"):
            return self.block()
        return (self.expression(),)

    def _if(self, line: int) -> object:
        arms: list[tuple[object, tuple[object, ...]]] = []
        otherwise: tuple[object, ...] = ()
        while True:
            self.accept("(")
            tests = self.listed(")")
            arms.append((tests[0].value if tests else nodes.Opaque(line), self.one()))
            if not self.accept_word("else"):
                break
            if not (self.here.word("if") and self.peek().sign("(")):
                otherwise = self.one()
                break
            self.take()
        return nodes.If(tuple(arms), otherwise, line)

    def _loop(self, name: str, line: int) -> object:
        self.accept("(")
        if name == "while":
            tests = self.listed(")")
            return nodes.While(tests[0].value if tests else nodes.Opaque(line), self.one(), line)
        target = nodes.Name(self.take().text, line)
        self.accept_word("in")
        self.closed += 1
        over = self.expression()
        self.closed -= 1
        self.accept(")")
        return nodes.Each(target, over, self.one(), line)

    def link(self, found: object) -> object | None:
        """Read `$name`, `::name`, `[…]`, `[[…]]`, `(…)`."""
        token = self.here
        line = token.line
        if token.first and not self.closed:
            return None
        if token.sign("$", "@", "::", ":::"):
            self.take()
            name = self.take()
            if token.text in ("::", ":::"):
                # A package's name before a function says nothing more.
                return nodes.Name(name.text, line)
            return nodes.Index(found, nodes.String((name.text,), line), line)
        if token.sign("[[", "["):
            self.take()
            items = self.listed("]")
            if token.text == "[[":
                self.accept("]")
            return nodes.Index(found, items[0].value if len(items) == 1 else nodes.Opaque(line), line)
        if token.sign("("):
            self.take()
            arguments = tuple(self.listed(")"))
            if isinstance(found, nodes.Name) and found.text == "return":
                return nodes.Return(arguments[0].value if arguments else None, line)
            return nodes.Call(found, arguments, line)
        return None

    def statement(self) -> object | None:
        """Read one statement."""
        return None if self.accept(";") else _named_function(self.expression())


def _named_function(node: object) -> object:
    """Give `name <- function(…) …` as the function that it makes known."""
    if (
        isinstance(node, nodes.Assign)
        and isinstance(node.target, nodes.Name)
        and isinstance(node.value, nodes.Function)
    ):
        inner = node.value
        return nodes.Function(node.target.text, inner.parameters, inner.body, inner.line)
    return node


def parse(text: str) -> nodes.Program:
    """Parse a program."""
    return nodes.Program(RParser(words(text)).statements())

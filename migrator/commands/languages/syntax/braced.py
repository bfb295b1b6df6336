"""What languages with blocks in braces share: PHP, JavaScript, Perl and R."""

from __future__ import annotations

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.parser import DEEPEST_BLOCK, Parser


class BracedParser(Parser):
    """A reader of a language whose blocks stand in braces; `braceless`: one statement may stand for a block."""

    braceless = False

    def block(self) -> tuple[object, ...]:
        """Read a block."""
        if not self.braceless and not self.here.sign("{"):
            return ()
        if self.depth >= DEEPEST_BLOCK:
            self.skip_group()
            return ()
        self.depth += 1
        closed, self.closed = self.closed, 0
        if self.accept("{"):
            body = self.statements("}")
            self.accept("}")
        else:
            found = self.statement()
            body = () if found is None else (found,)
        self.depth -= 1
        self.closed = closed
        return body

    def read_try(self) -> object:
        """Read `try {…} catch (…) {…} finally {…}`."""
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
        return nodes.Try(body, tuple(handlers), final, token.line)

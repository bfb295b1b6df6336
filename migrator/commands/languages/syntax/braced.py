"""What languages with blocks in braces share: PHP, JavaScript and Perl."""

from __future__ import annotations

from abc import abstractmethod

from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.syntax.parser import Parser


class BracedParser(Parser):
    """A reader of a language whose blocks stand in braces."""

    @abstractmethod
    def block(self) -> tuple[object, ...]:
        """Read a block."""

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

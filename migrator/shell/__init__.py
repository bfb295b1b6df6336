"""Shell text to our own tree, with the parser's faults repaired; what programs that run another command are given.

Nothing is expanded or run.
"""

from migrator.shell.parser import parse
from migrator.shell.quoting import quote
from migrator.shell.walking import commands, walk, words

__all__ = ["commands", "parse", "quote", "walk", "words"]

"""What a shell only asks of texts, variables and its folder: the same however often it is asked, and no work of a job.

Parts of a script may each ask it again, or leave it out where nothing depends on the answer. A test that looks at
files is not of them: a command before it may write what it looks for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from migrator.shell.tree import AndOr, Command, Test

_TEXT_PROGRAMS = re.compile(r"(?:(?:/usr)?/bin/)?(?:basename|dirname|pwd)")
_OF_FILES = re.compile(r"-(?:[abcdefghkprstuwxGLNOS]|nt|ot|ef)")
_BRACKETS = frozenset({"[", "]", "[[", "]]", "test"})
_SOURCING = frozenset({".", "source"})
_THERE = frozenset({"-e", "-f", "-r", "-s"})
_KEPT = re.compile(r"\d*(?:>>|>&|&>>|[&>]*>\|?/dev/null\Z)")


def of_text(words: Sequence[str], redirects: Iterable[str]) -> bool:
    """Say whether a command in a substitution only works on a text or names the folder: `dirname "$0"`, `pwd`."""
    return _TEXT_PROGRAMS.fullmatch(words[0]) is not None and _empties_nothing(redirects)


def of_variables(words: Sequence[str], redirects: Iterable[str]) -> bool:
    """Say whether a test looks at texts alone, and at no file."""
    return not any(_OF_FILES.fullmatch(word) for word in words) and _empties_nothing(redirects)


def settings_if_there(node: AndOr) -> Command | Test | None:
    """Give the test of `[ -f x ] && . x`, which belongs to the reading of the settings; None for any other list."""
    first, (sign, second) = node.first, node.rest[0]
    if sign != "&&" or not isinstance(first, Command | Test) or not isinstance(second, Command):
        return None
    raws = [word.raw for word in second.words]
    asked = [word.raw for word in first.words if word.raw not in _BRACKETS]
    sourcing = len(raws) > 1 and raws[0] in _SOURCING
    tests = isinstance(first, Test) or (bool(first.words) and first.words[0].raw in _BRACKETS)
    same = len(asked) == 2 and asked[0] in _THERE and asked[1:] == raws[1:2]
    return first if tests and sourcing and same and not first.redirects else None


def _empties_nothing(redirects: Iterable[str]) -> bool:
    return all(_KEPT.match(redirect) for redirect in redirects)

"""What could not be read, told once: scripts that are not there in one line, a fault and its text as one."""

import re
from collections.abc import Iterable

from migrator.report.markdown.escaping import code, names, prose

_UNREAD = re.compile(r"what `([^`]+)` does: it is not among the files read")
_FAULT = re.compile(r"(shell text that was not understood)(?: \([a-z-]+\))?: (.*)", re.DOTALL)
_BARE = "shell text that was not understood: "
_EVAL = "what `eval` runs: "
_FEW = 3
_MOST_SCRIPTS = 20


def once(texts: Iterable[str]) -> list[str]:
    """Leave out what only repeats a fault of the shell's text without its kind, and count what many `eval`s hide."""
    unique = _evals_together(list(dict.fromkeys(texts)))
    told = {match[2] for text in unique if not text.startswith(_BARE) and (match := _FAULT.fullmatch(text))}
    return [text for text in unique if not (text.startswith(_BARE) and text.removeprefix(_BARE) in told)]


def _evals_together(texts: list[str]) -> list[str]:
    hidden = [text for text in texts if text.startswith(_EVAL)]
    if len(hidden) <= _FEW:
        return texts
    told = f"what `eval` runs in {len(hidden)} places, such as {hidden[0].removeprefix(_EVAL)}"
    return [told, *(text for text in texts if not text.startswith(_EVAL))]


def parted(texts: Iterable[str]) -> tuple[list[str], list[str]]:
    """Take scripts that are not there from the rest, where there are more than a few of them."""
    every = list(texts)
    scripts = [match[1] for text in every if (match := _UNREAD.fullmatch(text))]
    if len(scripts) <= _FEW:
        return [], every
    return scripts, [text for text in every if not _UNREAD.fullmatch(text)]


def scripts_in_words(scripts: Iterable[str]) -> str:
    """Say of several scripts at once that they are not among the files."""
    return f"what these do, which are not among the files read: {names(sorted(set(scripts)), _MOST_SCRIPTS)}"


def in_words(text: str) -> str:
    """Say one thing that is unclear; text of the shell stands as code."""
    match = _FAULT.fullmatch(text)
    return f"{prose(text[: match.start(2)])}{code(match[2], 200)}" if match else prose(text)

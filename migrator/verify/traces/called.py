"""What a command starts where that is shell text that is known: `sh -c TEXT`, `bash x.sh`, `./x.sh`, `. x.sh`."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from migrator.shell.tree import Command
from migrator.verify.traces.expansion import known
from migrator.verify.traces.recording import readable

_SHELLS = frozenset({"sh", "bash", "dash"})
_SOURCING = frozenset({".", "source"})


@dataclass(frozen=True, slots=True)
class Called:
    """Shell text that a command runs: in a shell of its own, or, where `sourced`, in the caller's.

    `options` are the words of `set` that the shell begins with; `arguments` is None where the caller's hold.
    """

    text: str
    bash: bool
    options: tuple[str, ...]
    arguments: list[str] | None
    sourced: bool = False


def called_by(node: Command, words: Sequence[str], scripts: Mapping[str, str], *, bash: bool) -> Called | None:
    """Tell what shell text a command runs; `words` are its own, expanded, `scripts` texts by the word that calls."""
    raws = [word.raw for word in node.words]
    if raws[0] in scripts:
        text = scripts[raws[0]]
        shell, options = _first_line(text)
        return Called(text, shell == "bash" if shell else bash, options, list(words[1:]))
    if len(raws) != len(words):
        return None
    if words[0] in _SOURCING:
        return Called(scripts[raws[1]], bash, (), list(words[2:]) or None, sourced=True) if raws[1] in scripts else None
    if posixpath.basename(words[0]) == "env" and len(words) > 1 and posixpath.basename(words[1]) in _SHELLS:
        words, raws = words[1:], raws[1:]
    shell = posixpath.basename(readable(words[0]))
    return _shell(shell, words, raws, scripts) if shell in _SHELLS else None


def _shell(shell: str, words: Sequence[str], raws: Sequence[str], scripts: Mapping[str, str]) -> Called | None:
    options: list[str] = []
    place, commanded = 1, False
    while place < len(words) and words[place][:1] in ("-", "+") and len(words[place]) > 1:
        word = words[place]
        place += 1
        if word == "--":
            break
        commanded = commanded or "c" in word[1:]
        options.append(word.replace("c", ""))
        if word.endswith("o") and place < len(words):
            options.append(words[place])
            place += 1
    if place >= len(words):
        return None
    settings = tuple(option for option in options if option not in ("-", "+"))
    if not commanded:
        text = scripts.get(raws[place])
        return None if text is None else Called(text, shell == "bash", settings, list(words[place + 1 :]))
    if not known(words[place]):
        return None
    return Called(readable(words[place]), shell == "bash", settings, list(words[place + 2 :]))


def _first_line(text: str) -> tuple[str, tuple[str, ...]]:
    """Read `#!/usr/bin/env bash` and `#!/bin/sh -e`: the shell's name and options, empty where there is none."""
    line = text.partition("\n")[0]
    if not line.startswith("#!"):
        return "", ()
    words = line[2:].split()
    if words and posixpath.basename(words[0]) == "env":
        words = [word for word in words[1:] if not word.startswith("-")]
    return (posixpath.basename(words[0]), tuple(words[1:])) if words else ("", ())

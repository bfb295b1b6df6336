"""The files that a command may call, redacted and parsed once each."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Hashable, Iterable

from migrator.commands.scope import Source
from migrator.inventory.types import Secret
from migrator.model import Origin
from migrator.redaction import Redacted, redact_script
from migrator.shell import parse
from migrator.shell.runners import SHELLS
from migrator.shell.tree import Script
from migrator.sources.tree import Tree

_SHEBANG = re.compile(r"#!\s*(?:\S*/)?(?:env\s+(?:-\S+\s+)*(?:/\S*/)?)?([\w.+-]+)")

_NOT_ASKED = ("", "")
_EXTENSIONS = {
    ".sh": "sh", ".bash": "sh", ".ksh": "sh", ".py": "python", ".pl": "perl", ".pm": "perl", ".php": "php",
    ".rb": "ruby",
    ".js": "node", ".mjs": "node", ".cjs": "node", ".ts": "node", ".R": "r", ".r": "r", ".sql": "sql", ".mk": "make",
}  # fmt: skip


class Library:
    """Looks files up in the tree; keeps what was read for all jobs of a run.

    `memory` is for readers of programs: what they found, by all that it depends on.
    """

    def __init__(self, tree: Tree) -> None:
        self.memory: dict[Hashable, object] = {}
        self._tree = tree
        self._sources: dict[str, Source | None] = {}
        self._scripts: dict[str, Script] = {}
        self._held: dict[tuple[tuple[str, ...], str | None], bool] = {}
        self._lines: dict[str, list[str]] = {}
        self._secrets: dict[str, tuple[Secret, ...]] = {}
        self._found: dict[tuple[str, str | None, str | None], tuple[str, str] | None] = {}

    def locate(self, written: str, expanded: str | None, host: str | None) -> tuple[str, str, Source] | None:
        """Find a deployed path: its path in the tree, how it was found, and its redacted text."""
        key = (written, expanded, host)
        found = self._found.get(key, _NOT_ASKED)
        if found is _NOT_ASKED:
            located = self._tree.locate(written, expanded, host)
            found = self._found[key] = None if located is None else (located.path, located.how)
        if found is None:
            return None
        source = self.source(found[0])
        return None if source is None else (*found, source)

    def holds(self, names: tuple[str, ...], host: str | None) -> bool:
        """Say whether one of these names can be found; asked for every program that is not known."""
        key = (names, host)
        held = self._held.get(key)
        if held is None:
            held = self._held[key] = any(self.locate(name, None, host) is not None for name in names)
        return held

    def source(self, path: str) -> Source | None:
        """Give a file's redacted text, None where the tree gives none."""
        if path not in self._sources:
            text = self._tree.text(path)
            kept = None if text is None else redacted(text, path)
            self._sources[path] = None if kept is None else Source(kept.text, path)
            if kept is not None and kept.secrets:
                self._secrets[path] = tuple(Secret(Origin(path, each.line), str(each.kind)) for each in kept.secrets)
        return self._sources[path]

    def line(self, path: str, number: int) -> str | None:
        """Give a line of a file that was read, with those that continue it; None where there is none."""
        source = self._sources.get(path)
        if source is None or number < 1:
            return None
        if path not in self._lines:
            self._lines[path] = source.text.split("\n")
        lines = self._lines[path]
        end = number
        while end < min(len(lines), number + 20) and lines[end - 1].endswith("\\"):
            end += 1
        return "\n".join(lines[number - 1 : end]) if number <= len(lines) else None

    def secrets(self, paths: Iterable[str]) -> tuple[Secret, ...]:
        """Give the secrets that were found in these files, by place."""
        return tuple(sorted(secret for path in paths for secret in self._secrets.get(path, ())))

    def script(self, source: Source) -> Script:
        """Give the shell tree of a file."""
        key = source.path or ""
        if key not in self._scripts:
            self._scripts[key] = parse(source.text)
        return self._scripts[key]

    def names(self, folder: str, host: str | None) -> tuple[str, ...]:
        """Give the names of the files in a deployed folder."""
        return self._tree.names(folder, host)


def redacted(text: str, path: str) -> Redacted:
    """Take the secrets out of a file's text; lines keep their numbers."""
    spoken = language(text) or language_by_name(path)
    if spoken is None and posixpath.basename(path).lower() in ("makefile", "gnumakefile"):
        spoken = "make"
    return redact_script(text, spoken or "sh")


def language_by_name(path: str) -> str | None:
    """Give the language that a file's name tells, None where it tells none."""
    return _EXTENSIONS.get(posixpath.splitext(path)[1])


def language(text: str) -> str | None:
    """Give the interpreter that the first line names (`python3` as `python`), `sh` for any shell, None without one."""
    match = _SHEBANG.match(text[:200].split("\n", 1)[0])
    if match is None:
        return None
    name = re.sub(r"[\d.]+$", "", match[1])
    return "sh" if name in SHELLS else name

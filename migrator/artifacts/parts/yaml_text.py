"""YAML text of plain values, as PyYAML's writers give it, in a tenth of their time.

Mappings, lists and the texts that need no quotes are written here; PyYAML writes all other scalars, each once. The
result is that of `yaml.dump` with block style, without sorting and folding: a test compares the two.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Writer = Callable[[object], str]
"""Writes a document as PyYAML does."""

# What the emitter leaves plain in a block (PyYAML, analyze_scalar), of texts that begin like a word or a path.
_PLAIN = re.compile(r"[A-Za-z/](?:[\x21-\x39\x3b-\x7e]|:(?=[\x21-\x7e])| (?=[\x21\x22\x24-\x7e]))*")
# What it never leaves so, but puts between single quotes.
_QUOTED = re.compile(r"(?=[#,\[\]{}&*!|>'\"%@` ]|.*(?:: | #|[: ]\Z))[\x20-\x7e]+")
# YAML 1.1's words for other things than texts.
_RESERVED = re.compile(r"(?:yes|no|true|false|on|off|null)", re.IGNORECASE)
# Other keys may be written as `? key`.
_KEY = re.compile(r"[\x20-\x7e]{0,100}")
_INDENT = "  "
_MOST_KNOWN = 4096


class NotPlainError(ValueError):
    """A value that PyYAML has to write as a whole."""


class BlockWriter:
    """Writes documents; `by_yaml` writes what is not plain, and is seldom asked twice for a text."""

    def __init__(self, by_yaml: Writer) -> None:
        self._by_yaml = by_yaml
        self._known: dict[str, list[str]] = {}
        self._keys: dict[str, str] = {}

    def document(self, value: object) -> str:
        """Write a mapping or list."""
        lines: list[str] = []
        try:
            self._put(value, "", "", lines)
        except NotPlainError:
            return self._by_yaml(value)
        lines.append("")
        return "\n".join(lines)

    def _put(self, value: object, front: str, indent: str, lines: list[str]) -> None:
        """Write a value behind `front`, which ends where it begins; what follows it is indented."""
        if isinstance(value, dict) and value:
            known, keys = self._known, self._keys
            for key, member in value.items():
                name = keys.get(key) or self._key(key)
                found = known.get(member) if isinstance(member, str) else None
                if found is not None and len(found) == 1:
                    # Most members: a text that was written before.
                    lines.append(f"{front}{name} {found[0]}")
                else:
                    self._member(front + name, member, indent, lines)
                front = indent
        elif isinstance(value, list | tuple) and value:
            for member in value:
                self._put(member, f"{front}- ", f"{indent}{_INDENT}", lines)
                front = indent
        else:
            found = (self._known.get(value) if isinstance(value, str) else None) or self._scalar(value)
            lines.append(front + found[0])
            if len(found) > 1:
                lines.extend([indent + line if line else "" for line in found[1:]])

    def _member(self, front: str, member: object, indent: str, lines: list[str]) -> None:
        if isinstance(member, str):
            found = self._known.get(member) or self._scalar(member)
            lines.append(f"{front} {found[0]}")
            if len(found) > 1:
                lines.extend([f"{indent}{_INDENT}{line}" if line else "" for line in found[1:]])
        elif isinstance(member, dict) and member:
            lines.append(front)
            self._put(member, f"{indent}{_INDENT}", f"{indent}{_INDENT}", lines)
        elif isinstance(member, list | tuple) and member:
            # A list in a mapping stands below its key.
            lines.append(front)
            self._put(member, indent, indent, lines)
        else:
            self._put(member, f"{front} ", f"{indent}{_INDENT}", lines)

    def _key(self, key: object) -> str:
        """Give a key with its colon."""
        if not isinstance(key, str):
            raise NotPlainError
        if key not in self._keys:
            if not _KEY.fullmatch(key):
                raise NotPlainError
            if len(self._keys) >= _MOST_KNOWN:
                self._keys.clear()
            self._keys[key] = f"{self._scalar(key)[0]}:"
        return self._keys[key]

    def _scalar(self, value: object) -> list[str]:
        """Give the lines of a scalar; those behind the first are to be indented."""
        if isinstance(value, str):
            return self._remembered(value)
        if value is None or isinstance(value, bool):
            return ["null" if value is None else "true" if value else "false"]
        if isinstance(value, int):
            return [str(value)]
        if isinstance(value, float):
            return self._asked(value)
        if isinstance(value, dict | list | tuple):
            return ["{}" if isinstance(value, dict) else "[]"]
        raise NotPlainError

    def _remembered(self, text: str) -> list[str]:
        if text not in self._known:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[text] = self._text(text)
        return self._known[text]

    def _text(self, text: str) -> list[str]:
        if _PLAIN.fullmatch(text) and not _RESERVED.fullmatch(text):
            return [text]
        if _QUOTED.fullmatch(text):
            return ["'" + text.replace("'", "''") + "'"]
        return self._asked(text)

    def _asked(self, scalar: str | float) -> list[str]:
        written = self._by_yaml({"k": scalar}).removeprefix("k: ")
        first, *rest = written.removesuffix("\n").split("\n")
        if rest and rest[-1] == "...":
            # A text that ends in empty lines: what follows it says where it ends.
            raise NotPlainError
        return [first, *(line.removeprefix(_INDENT) for line in rest)]

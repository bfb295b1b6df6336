"""Paths that are known in part: joined, made absolute, their folders."""

from __future__ import annotations

import posixpath

from migrator.commands.languages.abstract import (
    Choice,
    Text,
    Unknown,
    any_of,
    as_value,
    concatenated,
    options,
    text,
    text_options,
)
from migrator.commands.paths import DEEP
from migrator.commands.values import Value, literal


def below(folder: object, name: object) -> Text:
    """Join two paths as `os.path.join` does: an absolute second one stands alone."""
    one, other = as_value(folder), as_value(name)
    if other.text.startswith(("/", "~")) or not one.text:
        return Text(other, path=True)
    slash = literal("" if one.text.endswith("/") else "/")
    return concatenated([one, slash, other], path=True)


def deep(folder: Text) -> Text:
    """Give what may be the folder itself or any folder below it."""
    return below(folder, Text(Value(DEEP, "**", exact=False)))


def any_depth(pattern: object) -> object:
    """Give a pattern as one that goes through folders below folders where it says so: `in/**/*.csv`."""
    if not isinstance(pattern, Text) or "/**/" not in pattern.value.written:
        return pattern
    return Text(pattern.value.but(pattern.value.text.replace("/**/", f"/{DEEP}/"), pattern.value.written), pattern.path)


_MOST_WAYS = 6


def join(parts: list[object]) -> object:
    """Join several paths; where a part may be one of several things, so may the whole."""
    found: object = parts[0] if parts else text("")
    for part in parts[1:]:
        found = below_any(found, part)
    joined = [Text(as_value(option), path=False) for option in options(found)]
    return joined[0] if len(joined) == 1 else Choice(tuple(joined))


def below_any(folder: object, name: object) -> object:
    """Join two paths of which each may be one of several."""
    ways = [(one, other) for one in options(folder) for other in options(name)]
    if len(ways) > _MOST_WAYS or any(isinstance(thing, Unknown) for way in ways for thing in way):
        return below(folder, name)
    return any_of([below(one, other) for one, other in ways])


def parent(value: Value) -> Value:
    """Give the folder of a path."""
    if not value.exact and "/" not in value.text.rstrip("/"):
        return value
    return value.but(
        posixpath.dirname(value.text.rstrip("/")) or ".", posixpath.dirname(value.written.rstrip("/")) or "."
    )


def folder_of(file: Value) -> Value:
    """Give the folder that a file lies in."""
    return file.but(posixpath.dirname(file.text) or ".", posixpath.dirname(file.written) or ".")


def as_folder(target: object) -> object:
    """Give a path as that of a folder, with a slash behind it."""
    found = [o if o.value.text.endswith("/") else Text(o.value + literal("/")) for o in text_options(target)]
    return any_of(found) if found else target


def base_name(value: Value) -> Value:
    """Give the last part of a path."""
    return value.but(value.text.rstrip("/").rpartition("/")[2])


def absolute(value: Value, folder: Value) -> Value:
    """Give an absolute path, `.` and `..` resolved."""
    whole = value if value.text.startswith(("/", "~", "*")) else folder + literal("/") + value
    clean = posixpath.normpath(whole.text) if whole.text else whole.text
    return whole.but(clean, clean if whole.exact else whole.written)

"""`os.path` and `pathlib` over paths that are known in part."""

from __future__ import annotations

import posixpath

from migrator.commands.languages.python.abstract import Text, as_value, concatenated, text
from migrator.commands.values import Value, literal


def below(folder: object, name: object) -> Text:
    """Join two paths as `os.path.join` does: an absolute second one stands alone."""
    one, other = as_value(folder), as_value(name)
    if other.text.startswith(("/", "~")) or not one.text:
        return Text(other, path=True)
    slash = literal("" if one.text.endswith("/") else "/")
    return concatenated([one, slash, other], path=True)


def join(parts: list[object]) -> Text:
    """Join several paths."""
    found: object = parts[0] if parts else text("")
    for part in parts[1:]:
        found = below(found, part)
    return Text(as_value(found), path=False)


def parent(value: Value) -> Value:
    """Give the folder of a path."""
    if not value.exact and "/" not in value.text.rstrip("/"):
        return value
    return value.but(
        posixpath.dirname(value.text.rstrip("/")) or ".", posixpath.dirname(value.written.rstrip("/")) or "."
    )


def absolute(value: Value, folder: Value) -> Value:
    """Give an absolute path, `.` and `..` resolved."""
    whole = value if value.text.startswith(("/", "~", "*")) else folder + literal("/") + value
    clean = posixpath.normpath(whole.text) if whole.text else whole.text
    return whole.but(clean, clean if whole.exact else whole.written)


def path_attribute(owner: Text, name: str) -> object | None:
    """Give an attribute of a `pathlib.Path` that is a path or a name itself."""
    if name == "parent":
        return Text(parent(owner.value), path=True)
    if name == "name":
        return Text(owner.value.but(posixpath.basename(owner.value.text.rstrip("/"))))
    if name == "stem":
        return Text(owner.value.but(posixpath.splitext(posixpath.basename(owner.value.text))[0]))
    if name == "suffix":
        return Text(owner.value.but(posixpath.splitext(owner.value.text)[1]))
    return None

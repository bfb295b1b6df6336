"""Scripts that a job writes by itself, with `echo` or a here document, and then runs."""

from __future__ import annotations

from migrator.commands import resolve
from migrator.commands.record import Walk
from migrator.commands.redirects import Streams
from migrator.commands.scope import Scope
from migrator.commands.values import Value
from migrator.model import Mode

WRITERS = frozenset({"echo", "printf", "cat"})
_MOST = 40
_LONGEST = 20_000


def note(walk: Walk, name: str, values: list[Value], found: Streams, scope: Scope) -> None:
    """Keep the text that a command writes to a file; what it adds stands behind what was there."""
    said = _said(name, values, found)
    made = walk.record.made
    for touch in found.data:
        if touch.mode is Mode.READ:
            continue
        path = resolve.path_of(touch.value.text, scope)
        before = made.get(path, "") if touch.mode is Mode.APPEND else ""
        whole = None if said is None else before + said
        if "*" in path and made.get(path, whole) != whole and not before:
            # Another file whose name only a run knows: which of both is meant is not told.
            whole = None
        if whole is None or len(whole) > _LONGEST or (path not in made and len(made) >= _MOST):
            made.pop(path, None)
        else:
            made[path] = whole


def _said(name: str, values: list[Value], found: Streams) -> str | None:
    if name == "cat":
        return None if len(values) > 1 else found.stdin
    words = [value.shown for value in values[1:] if not (value.text in ("-e", "-n") and not value.quoted)]
    text = " ".join(words)
    return None if "%" in text and name == "printf" else text.replace("\\n", "\n") + "\n"


def find(walk: Walk, value: Value, scope: Scope) -> str | None:
    """Give the text of a script that the job has written before, None where it has not."""
    return walk.record.made.get(resolve.path_of(value.text, scope)) if walk.record.made else None

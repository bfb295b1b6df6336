"""Samples of settings: `app.cfg` is kept on the host alone, and its tree has `app.cfg.example` in its place.

What a sample says is what its author runs, but for values that stand to be filled in (`/path/to/data`, `your-bucket`,
`<password>`): those are left out, so that two of them are never taken for one place.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from migrator.commands import resolve
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value

_WORDS = ("example", "sample", "dist", "template", "default")
_SETTINGS = re.compile(r"\.(?:cfg|conf|config|ini|json|ya?ml|toml|env|properties|sh|bash|py)$|^\.env(?:\.\w+)?$")
_TO_FILL = re.compile(
    r"path[/\\]to|\byour[-_ ]|\bmy[-_]?(?:bucket|project|path|dir)|<[A-Za-z][\w -]*>|\?\?\?|change[-_ ]?me|x{3,}"
    r"|placeholder|\bexample\.(?:com|org)",
    re.IGNORECASE,
)


def text_of(walk: Walk, name: Value, scope: Scope) -> Source | None:
    """Give a sample of a file of settings that is not there, None where there is none beside its place."""
    base = posixpath.basename(name.text)
    if not name.exact or len(base) > 100 or not _SETTINGS.search(base):
        return None
    folder = posixpath.dirname(name.text)
    for spelling in _spellings(base):
        place = posixpath.join(folder, spelling)
        expanded = resolve.deployed(place, scope, exact=True)
        found = walk.follow(place, expanded, scope)
        if found is None or posixpath.basename(found[0]) != spelling or not _beside(found[0], expanded or place):
            continue
        kept = "\n".join("" if _TO_FILL.search(line) else line for line in found[2].text.split("\n"))
        return Source(kept, found[0])
    return None


def _spellings(base: str) -> Iterator[str]:
    stem, _, ending = base.rpartition(".")
    for word in _WORDS:
        yield f"{base}.{word}"
        if stem:
            yield from (f"{stem}.{word}.{ending}", f"{stem}_{word}.{ending}", f"{stem}-{word}.{ending}")
            yield from (f"{word}_{base}", f"{word}.{base}", f"{word}-{base}")
        else:
            yield f"{ending}.{word}"


def _beside(found: str, meant: str) -> bool:
    """Say whether a file of the tree lies where the other one was looked for, as far as its folder's name tells."""
    folder = posixpath.basename(posixpath.dirname(found))
    wanted = posixpath.basename(posixpath.dirname(posixpath.normpath(meant)))
    return not folder or folder == wanted

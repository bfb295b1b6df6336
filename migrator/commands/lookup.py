"""Find called files among the files read, and say what is not there."""

from __future__ import annotations

from migrator.commands import hints, library, resolve
from migrator.commands.emit import Here
from migrator.commands.facts import Called, Trait
from migrator.commands.interpreters import language_of
from migrator.commands.record import Walk, quoted
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value

# Members are found once: in Python 3.11 that takes as long as a call.
_UNREAD = Trait.FOLLOWS_UNREAD


def unread(walk: Walk, value: Value, here: Here, scope: Scope) -> str:
    """Note a called file that is not among the files read; give the words for it.

    One that another host runs may well be read as a file of this one: which it is there nobody knows.
    """
    shown, where, lacking = quoted(value.shown), "", "is not among the files read"
    if scope.host is not None and scope.host != walk.host:
        where, lacking = f" on {quoted(scope.host)}", "was not read from that host"
    why = f"what `{shown}` does{where}: it {lacking}"
    walk.record.open(why)
    walk.record.trait(_UNREAD, here.origin, here.text, f"`{shown}` {lacking}")
    return why


def find(walk: Walk, value: Value, scope: Scope, here: Here, *, how: str = "") -> tuple[str, Source] | None:
    """Find a called file among the files read, and note the call."""
    text = value.text
    if not text or text[0] == "-" or len(text) > 4096 or "\n" in text:
        return None
    if scope.inside:
        return _inside(walk, value, scope, here)
    expanded = resolve.deployed(text, scope, exact=value.exact)
    found = walk.follow(value.written, expanded, scope)
    if found is None:
        return None
    path, told, source = found
    led = f"{how}; {told}" if how else told
    walk.record.call(Called(quoted(value.written), path, led, here.origin))
    return path, source


def _inside(walk: Walk, value: Value, scope: Scope, here: Here) -> tuple[str, Source] | None:
    """Find a script that a container runs: under a mounted folder, else by its name, since images are made of trees."""
    mounted = resolve.outside(value.text, scope) if value.exact else None
    written = mounted or value.text
    if not hints.SCRIPT.search(written):
        return None
    found = walk.follow(written, resolve.deployed(written, scope, exact=value.exact), scope)
    if found is None:
        return None
    path, told, text = found
    walk.record.call(Called(quoted(value.written), path, f"in the container; {told}", here.origin))
    return path, text


def language_of_file(spoken: str | None, path: str) -> str:
    """Give the language of a file by its first line, else by its name."""
    if spoken is None:
        return library.language_by_name(path) or ""
    return language_of(spoken) or spoken

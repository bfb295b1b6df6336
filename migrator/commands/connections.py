"""Where a database client connects to: the host option, a connection string, the environment (psql(1), mysql(1))."""

from __future__ import annotations

import re
from collections.abc import Iterable

from migrator.commands.facts import Trait
from migrator.commands.invocation import Arguments, Invocation
from migrator.commands.values import Value

HERE = frozenset({"localhost", "127.0.0.1", "::1", "[::1]", "localhost.localdomain", "ip6-localhost"})

_ADDRESS = re.compile(
    r"[a-z][\w+.-]*://(?:[^@/?#]*@)?(\[[^\]/]*\]|[^:/?#,]*)(?::[^/?#]*)?(?:/([^?#]*))?", re.IGNORECASE
)
_PAIR = re.compile(r"(?:^|[\s?&])(host|hostaddr|dbname|service)\s*=\s*(?:'([^']*)'|([^\s&']*))")
# A file or service may name the host: nothing is known without it.
_ELSEWHERE = ("--defaults-file", "--defaults-extra-file", "--login-path", "--defaults-group-suffix")
_NAMELESS = ""


def parts(connection: Value | None) -> tuple[str | None, str | None]:
    """Give host and database of a connection URL or `host=… dbname=…`: None for what is not known, "" for not given."""
    if connection is None:
        return _NAMELESS, None
    pairs = {name: quoted or bare for name, quoted, bare in _PAIR.findall(connection.text[:2000])}
    address = _ADDRESS.match(connection.text[:2000])
    if address is not None:
        host = pairs.get("host") or address[1]
        return _part(host), _part(pairs.get("dbname") or address[2] or "") or None
    if pairs:
        if "service" in pairs:
            return None, _part(pairs.get("dbname", "")) or None
        return _part(pairs.get("host") or pairs.get("hostaddr", "")), _part(pairs.get("dbname", "")) or None
    if not connection.exact:
        return None, None
    return _NAMELESS, connection.text or None


def _part(text: str) -> str | None:
    """Give a part of a connection; one that an unknown variable fills is not known."""
    return None if "*" in text or "$" in text else text


def database(connection: Value | None) -> str | None:
    """Give the database's name, None where it is not known."""
    return parts(connection)[1]


def is_local(call: Invocation, got: Arguments, connection: Value | None, variables: tuple[str, ...]) -> bool | None:
    """Say whether a client speaks to this host, None where nothing tells; `variables` may hold the host's name."""
    given = got.last("-h", "--host", "-H")
    if given is None and got.has(*_ELSEWHERE):
        return None
    host = parts(connection)[0] if given is None else given.known
    if host == _NAMELESS and given is None:
        known = next((call.environment[name] for name in variables if name in call.environment), None)
        host = known.known if known is not None else _NAMELESS
    if host is None:
        return None
    if host == _NAMELESS:
        # A word that is unknown as a whole (`$OPTIONS`) may name the host.
        unknown = any(argument.text == "*" and not argument.quoted for argument in call.arguments)
        return None if unknown or "PGSERVICE" in call.environment else True
    return host.lower() in HERE or host.startswith(("/", "%2F", "%2f", "@"))


def at_this_host(urls: Iterable[Value], name: str) -> tuple[tuple[Trait, str], ...]:
    """Give the need of this host of a client that asks an address on it."""
    hosts = (parts(url)[0] or url.text.partition("/")[0].partition(":")[0] for url in urls)
    if not any(host.lower() in HERE for host in hosts):
        return ()
    return ((Trait.NEEDS_HOST, f"`{name}` speaks to a service on this host"),)


def needs_host(
    call: Invocation, got: Arguments, connection: Value | None, variables: tuple[str, ...] = ()
) -> tuple[tuple[Trait, str], ...]:
    """Give the need of this host where the client names it, or names none: then it says so."""
    if is_local(call, got, connection, variables) is not True:
        return ()
    named = got.last("-h", "--host", "-H") is not None or bool(parts(connection)[0])
    how = "" if named or any(name in call.environment for name in variables) else ": it names no other"
    return ((Trait.NEEDS_HOST, f"`{call.name}` speaks to a database on this host{how}"),)

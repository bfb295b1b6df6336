"""Copies between places: curl(1), wget(1), rsync(1), scp(1) and rclone."""

from __future__ import annotations

import re

from migrator.commands.connections import at_this_host
from migrator.commands.facts import StepKind, Trait
from migrator.commands.hints import as_folder
from migrator.commands.invocation import (
    Arguments,
    Effect,
    Family,
    Invocation,
    Reader,
    Space,
    Touch,
    deletes,
    reads,
    sort_out,
    writes,
)
from migrator.commands.values import Value, literal

_CURL_OPTIONS = """
    -o --output -d --data --data-binary --data-raw --data-urlencode -H --header -u --user -X --request -T --upload-file
    -F --form -A --user-agent -e --referer -b --cookie -c --cookie-jar -m --max-time --connect-timeout --retry
    --retry-delay --retry-max-time -x --proxy -E --cert --key --cacert -w --write-out --url -K --config -r --range -z
    --limit-rate --output-dir --resolve --json --interface -D --dump-header --stderr --unix-socket
    --abstract-unix-socket
"""
_CURL = frozenset(_CURL_OPTIONS.split())
_WGET_OPTIONS = """
    -O --output-document -o --output-file -a -P --directory-prefix -i --input-file -t --tries -T --timeout --user
    --password --header --post-data --post-file -U --user-agent -e -A -R -l -w --load-cookies --save-cookies --waitretry
    --limit-rate -X -I -D --ca-certificate --http-user --http-password --read-timeout -Q
"""
_WGET = frozenset(_WGET_OPTIONS.split())
_RSYNC_OPTIONS = """
    -e --rsh -f --filter -B -T --exclude --include --exclude-from --include-from --files-from --log-file --password-file
    --bwlimit --backup-dir --suffix --link-dest --chown --chmod --timeout --contimeout --port --rsync-path --temp-dir
    --partial-dir --compare-dest --max-delete --max-size --min-size --out-format --log-file-format --info --usermap
    --groupmap
"""
_RSYNC = frozenset(_RSYNC_OPTIONS.split())
_RCLONE_OPTIONS = """
    --config --filter-from --filter --exclude --include --exclude-from --include-from --log-file --log-level --transfers
    --checkers --bwlimit --tpslimit --max-age --min-age --files-from --backup-dir --stats --retries --timeout
    --drive-chunk-size --max-size --min-size -L --buffer-size --user-agent --max-delete --suffix --fast-list-x
    --s3-storage-class --contimeout
"""
_RCLONE = frozenset(_RCLONE_OPTIONS.split())
_SCP = frozenset({"-i", "-P", "-o", "-l", "-F", "-c", "-S", "-J"})


def curl(call: Invocation) -> Effect:
    """Read `curl`: URLs are read, or written with an upload; `-o` and `-O` name files."""
    got = sort_out(call.arguments, _CURL)
    urls = (*got.rest, *got.every("--url"))
    sends = got.every("-T", "--upload-file")
    posted = got.has("-d", "--data", "--data-binary", "--data-raw", "--data-urlencode", "-F", "--form", "--json")
    method = got.last("-X", "--request")
    changes = bool(sends) or posted or (method is not None and method.text not in ("GET", "HEAD"))
    urls = tuple(_whole(url) for url in urls if _is_address(url))
    files = got.every("-o", "--output")
    folder = got.last("--output-dir")
    if got.has("-O", "--remote-name", "--remote-name-all"):
        files += tuple(_last_part(url) for url in urls)
    if folder is not None:
        files = tuple(folder + literal("/") + file for file in files)
    sent = [
        *sends,
        *(_attached(v) for v in got.every("-F", "--form", "-d", "--data", "--data-binary") if "@" in v.text),
    ]
    touches = (writes(*urls) if changes else reads(*urls)) + writes(*files) + reads(*sent)
    needs = at_this_host(urls, call.name)
    if socket := got.last("--unix-socket", "--abstract-unix-socket"):
        needs = ((Trait.NEEDS_HOST, f"`{call.name}` speaks to the socket {socket.shown}"),)
    return Effect(kind=StepKind.TRANSFER, touches=touches, carries=True, dumps=not files, traits=needs)


def _is_address(value: Value) -> bool:
    return "://" in value.text or "." in value.text or not value.exact or "localhost" in value.text


def _whole(url: Value) -> Value:
    """Give an address with its scheme, which both programs guess where it is left out."""
    return url if "://" in url.text else literal("http://") + url


def _attached(value: Value) -> Value:
    return value.but(value.text.partition("@")[2].partition(";")[0])


def _last_part(url: Value) -> Value:
    return url.but(url.text.partition("?")[0].rstrip("/").rpartition("/")[2] or "index.html")


def wget(call: Invocation) -> Effect:
    """Read `wget`: URLs are read, `-O` or the URL's last part below `-P` is written."""
    got = sort_out(call.arguments, _WGET)
    urls = tuple(map(_whole, got.rest))
    output, folder = got.last("-O", "--output-document"), got.last("-P", "--directory-prefix")
    files: tuple[Value, ...] = (output,) if output is not None else ()
    if output is None and not got.has("--spider", "--delete-after"):
        base = folder + literal("/") if folder is not None else literal("")
        mirrored = got.has("-r", "--recursive", "-m", "--mirror")
        files = (base if base.text else literal("./"),) if mirrored else tuple(base + _last_part(url) for url in urls)
    changes = got.has("--post-data", "--post-file")
    touches = (writes(*urls) if changes else reads(*urls)) + writes(*files) + reads(*got.every("-i", "--post-file"))
    written = output is not None and output.text == "-"
    needs = at_this_host(urls, call.name)
    return Effect(kind=StepKind.TRANSFER, touches=touches, carries=True, dumps=written, traits=needs)


def rsync(call: Invocation) -> Effect:
    """Read `rsync`: the last argument is written, the others are read; `--link-dest` is read too."""
    got = sort_out(call.arguments, _RSYNC)
    *sources, target = got.rest or (literal("-"),)
    if not sources:
        return Effect(kind=StepKind.TRANSFER, touches=reads(*got.rest, space=Space.PLACE), carries=True)
    return Effect(
        kind=StepKind.TRANSFER,
        touches=reads(*_included(got, sources), space=Space.PLACE) + _into(tuple(sources), target),
        carries=True,
        place=next((_place(value) for value in got.rest if _place(value)), ""),
    )


def _included(got: Arguments, sources: list[Value]) -> list[Value]:
    """Give what of the sources is copied where everything but some names is excluded (rsync(1), FILTER RULES)."""
    names = [value for value in got.options.get("--include", ()) if not value.text.endswith(("/", "/***"))]
    everything = any(value.text == "*" for value in got.options.get("--exclude", ()))
    plain = all("/" not in name.text.lstrip("/") and "**" not in name.text for name in names)
    if not everything or not names or not plain or len(names) > 12:
        return sources
    return [
        source + name.but(name.text.lstrip("/")) if source.text.endswith("/") else source
        for source in sources
        for name in (names if source.text.endswith("/") else names[:1])
    ]


def _into(sources: tuple[Value, ...], target: Value) -> tuple[Touch, ...]:
    """Name what a copy makes: in a folder, each source's last name; a source that ends in `/` gives its content."""
    whole = any(source.text.endswith(("/", "/.", "::")) for source in sources)
    target = as_folder(sources[0], target) if len(sources) == 1 else target
    if whole or not target.text.endswith("/") or len(sources) > 8:
        return writes(target, space=Space.PLACE)
    named = (target + _base(source) for source in sources)
    return writes(*named, space=Space.PLACE)


def _base(source: Value) -> Value:
    return source.but(re.split(r"[/:]", source.text)[-1])


def _place(value: Value) -> str:
    head, colon, _ = value.text.partition(":")
    return head.rpartition("@")[2] if colon and "/" not in head else ""


def scp(call: Invocation) -> Effect:
    """Read `scp`: the last argument is written, the others are read."""
    got = sort_out(call.arguments, _SCP)
    if len(got.rest) < 2:
        return Effect(kind=StepKind.TRANSFER, carries=True)
    return Effect(
        kind=StepKind.TRANSFER,
        touches=reads(*got.rest[:-1], space=Space.PLACE) + _into(got.rest[:-1], got.rest[-1]),
        carries=True,
        place=next((_place(value) for value in got.rest if _place(value)), ""),
    )


def rclone(call: Invocation) -> Effect:
    """Read `rclone`: `copy`, `sync` and `move` read the first place and write the second."""
    got = sort_out(call.arguments, _RCLONE)
    action = got.rest[0].text if got.rest else ""
    places = got.rest[1:]
    label = f"rclone {action}".strip()
    if action in ("copy", "sync", "move", "copyto", "moveto", "bisync") and len(places) >= 2:
        touches = reads(places[0], space=Space.PLACE) + writes(places[1], space=Space.PLACE)
    elif action in ("delete", "purge", "cleanup", "deletefile", "rmdirs"):
        touches = deletes(*places, space=Space.PLACE)
    elif action == "rcat":
        touches = writes(*places, space=Space.PLACE)
    else:
        touches = reads(*places, space=Space.PLACE)
    return Effect(kind=StepKind.TRANSFER, label=label, touches=touches, carries=True)


def s3_tool(call: Invocation) -> Effect:
    """Read `s3cmd`, s5cmd and mc: `put`, `get`, `sync`, `cp`, `mv`, `del`."""
    got = sort_out(
        call.arguments, frozenset({"-c", "--config", "--exclude", "--include", "--endpoint-url", "--profile"})
    )
    action = got.rest[0].text if got.rest else ""
    places = got.rest[1:]
    label = f"{call.name} {action}".strip()
    if action in ("del", "rm", "rb"):
        return Effect(kind=StepKind.TRANSFER, label=label, touches=deletes(*places))
    if len(places) < 2:
        return Effect(kind=StepKind.TRANSFER, label=label, touches=reads(*places), carries=True)
    return Effect(
        kind=StepKind.TRANSFER, label=label, touches=reads(*places[:-1]) + _into(places[:-1], places[-1]), carries=True
    )


def session(call: Invocation) -> Effect:
    """Read a file transfer session (sftp, ftp): what it moves is in its script and not read."""
    got = sort_out(call.arguments, frozenset({"-b", "-i", "-P", "-o", "-e", "-f", "-u", "-p", "-c"}))
    host = got.rest[0].text if got.rest else ""
    return Effect(
        kind=StepKind.TRANSFER,
        touches=reads(*got.every("-b", "-f")),
        place=host.rpartition("@")[2].partition(":")[0],
        unclear=(f"what the `{call.name}` session moves",),
    )


_READERS: dict[str, Reader] = {"curl": curl, "wget": wget, "rsync": rsync, "rclone": rclone, "scp": scp}
_READERS |= dict.fromkeys(("s3cmd", "s5cmd", "mc", "s4cmd"), s3_tool)
_READERS |= dict.fromkeys(("sftp", "ftp", "ncftp", "ncftpput", "ncftpget", "smbclient", "tftp"), session)
_READERS |= dict.fromkeys(("http", "https", "xh"), curl)
_READERS |= dict.fromkeys(("fetch", "aria2c", "axel", "lynx", "w3m"), wget)
_READERS |= dict.fromkeys(("unison", "csync2", "lsyncd", "syncoid", "zrepl"), rsync)

FAMILY = Family("transfers", _READERS)

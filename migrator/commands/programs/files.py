"""File housekeeping: copy, move, remove, pack, check. GNU coreutils, findutils, tar(1), gzip(1) and their kin."""

from __future__ import annotations

from itertools import pairwise

from migrator.commands.facts import StepKind
from migrator.commands.hints import DATA_FILE, as_folder, with_slash
from migrator.commands.invocation import (
    Arguments,
    Effect,
    Family,
    Invocation,
    Reader,
    Role,
    Touch,
    deletes,
    reads,
    sort_out,
    writes,
)
from migrator.commands.paths import DEEP
from migrator.commands.values import Value, literal
from migrator.model import Mode

_HOST_FOLDERS = ("/tmp", "/var/tmp", "/var/log", "/var/cache", "/var/spool", "/var/crash")  # noqa: S108  names to recognise


def copy(call: Invocation) -> Effect:
    """Read `cp`, `install`, `ln`: the last argument or `-t` is written, the others are read."""
    got = sort_out(
        call.arguments, frozenset({"-t", "--target-directory", "-S", "--suffix", "-m", "-o", "-g", "--backup"})
    )
    sources, target = _ends(got)
    # A symbolic link names its target, which need not be there, and takes nothing of it.
    sure = 0.3 if call.name == "ln" and got.has("-s", "--symbolic") else 1.0
    return Effect(kind=StepKind.FILES, touches=reads(*sources, confidence=sure) + _into(sources, target), carries=True)


def move(call: Invocation) -> Effect:
    """Read `mv` and rename: the target is written, the sources are gone."""
    got = sort_out(call.arguments, frozenset({"-t", "--target-directory", "-S", "--suffix"}))
    sources, target = _ends(got)
    touches = reads(*sources) + deletes(*sources) + _into(sources, target)
    return Effect(kind=StepKind.FILES, touches=touches, carries=True)


def _ends(got: Arguments) -> tuple[tuple[Value, ...], Value | None]:
    target = got.last("-t", "--target-directory")
    if target is not None:
        return got.rest, with_slash(target)
    if len(got.rest) < 2:
        return got.rest, None
    *sources, last = got.rest
    linked = got.has("-s", "--symbolic", "-T", "--no-target-directory")
    alone = last if linked else as_folder(sources[0], last)
    return tuple(sources), alone if len(sources) == 1 else with_slash(last)


def _into(sources: tuple[Value, ...], target: Value | None) -> tuple[Touch, ...]:
    """Name what a copy makes: below a folder that is written as one, each source's last name."""
    if target is None:
        return ()
    if not target.text.endswith("/") or len(sources) > 8:
        return writes(target)
    return writes(*(target + source.but(source.text.rstrip("/").rpartition("/")[2]) for source in sources)) or writes(
        target
    )


def remove(call: Invocation) -> Effect:
    """Read `rm`, `rmdir`, `shred`, `unlink`, trash tools."""
    got = sort_out(call.arguments, frozenset({"-n", "--iterations", "-s"}))
    maintains = "removes files of the host's own folders" if _all_host(got.rest) else ""
    return Effect(kind=StepKind.FILES, touches=deletes(*got.rest), maintains=maintains)


def _all_host(paths: tuple[Value, ...]) -> bool:
    return bool(paths) and all(path.text.rstrip("/*").startswith(_HOST_FOLDERS) for path in paths)


def touch(call: Invocation) -> Effect:
    """Read `touch` and `truncate`: the files are written."""
    got = sort_out(call.arguments, frozenset({"-d", "-r", "-t", "-s", "--date", "--reference", "--size"}))
    mode = Mode.ROTATE if call.name == "truncate" else Mode.WRITE
    return Effect(kind=StepKind.FILES, touches=tuple(Touch(mode, path) for path in got.rest))


def change(call: Invocation) -> Effect:
    """Read `chmod`, `chown`, `chgrp`, `setfacl`: no data moves."""
    got = sort_out(call.arguments, frozenset({"-m", "-x", "--reference"}))
    system = (
        all(p.text.startswith(("/etc", "/dev", "/run", "/sys", "/proc")) for p in got.rest[1:]) and len(got.rest) > 1
    )
    return Effect(kind=StepKind.FILES, maintains="changes rights on the host's own files" if system else "")


_CLEARING = ("rm", "rmdir", "shred", "unlink")
_CHANGING = ("gzip", "bzip2", "xz", "touch", "zip", "tar")
_OF_RIGHTS = ("chmod", "chown", "chgrp", "setfacl")
OF_FIND = frozenset({*_CLEARING, *_CHANGING, *_OF_RIGHTS, "ls", "echo", "grep"})
"""Programs that `find` starts whose work is its own: what only clears, packs or asks."""


def find(call: Invocation) -> Effect:
    """Read `find`: what it deletes, else what it lists."""
    texts = call.texts
    found = looked_at(call.arguments)
    if "-delete" in texts or _executes(texts, _CLEARING):
        maintains = "clears the host's own folders" if _all_host(_roots(call.arguments)) else ""
        return Effect(kind=StepKind.FILES, touches=deletes(*found), maintains=maintains)
    if _executes(texts, _CHANGING):
        return Effect(kind=StepKind.FILES, touches=reads(*found) + writes(*found, confidence=0.6))
    if _executes(texts, _OF_RIGHTS):
        return Effect(kind=StepKind.FILES)
    if any(text in ("-exec", "-execdir", "-ok") for text in texts):
        return Effect(touches=reads(*found))
    return Effect(role=Role.PROBE, touches=reads(*found))


def looked_at(arguments: tuple[Value, ...]) -> tuple[Value, ...]:
    """Name what `find` looks at, as patterns below its places."""
    texts = tuple(argument.text for argument in arguments)
    name = _named(arguments, texts)
    return tuple(_searched(root, name, texts) for root in _roots(arguments))


def _roots(arguments: tuple[Value, ...]) -> tuple[Value, ...]:
    roots: list[Value] = []
    for argument in arguments:
        if argument.text.startswith(("-", "(", "!", "\\")):
            if roots or argument.text not in ("-L", "-H", "-P"):
                break
            continue
        roots.append(argument)
    # Without a place it looks where it is (GNU find).
    return tuple(roots) or (literal("."),)


def _named(arguments: tuple[Value, ...], texts: tuple[str, ...]) -> Value | None:
    """Give the pattern of names that is looked for, not one that is passed over."""
    for n, text in enumerate(texts[:-1]):
        if text in ("-name", "-iname", "-path") and texts[n - 1] not in ("!", "\\!", "-not"):
            return arguments[n + 1]
    return None


def _searched(root: Value, name: Value | None, texts: tuple[str, ...]) -> Value:
    """Name what is looked at below a root; a root that is a file is itself."""
    if DATA_FILE.search(root.text) or "0" in (after for before, after in pairwise(texts) if before == "-maxdepth"):
        return root
    if name is None:
        return with_slash(root)
    # It goes through the folders below, too, where the name it looks for has no folder itself.
    deep = "/" not in name.text and "1" not in (after for before, after in pairwise(texts) if before == "-maxdepth")
    return root + Value(f"/{DEEP}/" if deep else "/", "/") + name


def _executes(texts: tuple[str, ...], programs: tuple[str, ...]) -> bool:
    return any(
        text in ("-exec", "-execdir", "-ok") and texts[n + 1].rpartition("/")[2] in programs
        for n, text in enumerate(texts[:-1])
    )


_TAR_OPTIONS = """
    -f --file -C --directory -T --files-from -X --exclude --exclude-from -g --listed-incremental -I
    --use-compress-program --transform -N --newer -b -K
"""
_TAR = frozenset(_TAR_OPTIONS.split())


def archive(call: Invocation) -> Effect:
    """Read `tar`: the archive is written (`c`, `r`, `u`) or read (`x`, `t`)."""
    got = sort_out(_dashed(call), _TAR)
    name = got.last("-f", "--file")
    archived = () if name is None else (name,)
    base = got.last("-C", "--directory")
    members = tuple(_below(base, member) for member in got.rest)
    if got.has("-x", "--extract", "--get"):
        target = (with_slash(base),) if base is not None else (literal("./"),)
        return Effect(kind=StepKind.FILES, touches=reads(*archived) + writes(*target, confidence=0.7))
    if got.has("-t", "--list", "-d", "--diff"):
        return Effect(kind=StepKind.FILES, touches=reads(*archived))
    gone = deletes(*members) if got.has("--remove-files") else ()
    return Effect(kind=StepKind.FILES, touches=reads(*members) + writes(*archived) + gone, dumps=True)


def _dashed(call: Invocation) -> tuple[Value, ...]:
    """Give `tar`'s arguments with a dash before old-style letters, and `f`, which takes a value, as the last one."""
    letters = call.texts[0] if call.texts else ""
    if not letters or letters.startswith("-") or not letters.isalpha():
        return call.arguments
    if "f" in letters and not letters.endswith("f"):
        letters = letters.replace("f", "") + "f"
    return (call.arguments[0].but(f"-{letters}"), *call.arguments[1:])


def _below(base: Value | None, member: Value) -> Value:
    if base is None or member.text.startswith(("/", "~")):
        return member
    return base + literal("/") + member


_SUFFIXES = {
    "gzip": ".gz", "pigz": ".gz", "bzip2": ".bz2", "pbzip2": ".bz2", "lbzip2": ".bz2", "xz": ".xz", "pxz": ".xz",
    "zstd": ".zst", "lz4": ".lz4", "lzop": ".lzo", "compress": ".Z", "lzma": ".lzma", "brotli": ".br",
}  # fmt: skip
_OPENERS = {
    "gunzip": ".gz", "unpigz": ".gz", "bunzip2": ".bz2", "unxz": ".xz", "unzstd": ".zst", "uncompress": ".Z",
    "zcat": ".gz", "bzcat": ".bz2", "xzcat": ".xz", "zstdcat": ".zst",
}  # fmt: skip


def compress(call: Invocation) -> Effect:
    """Read `gzip` and its kin: `x` becomes `x.gz` and is gone, or the other way round with `-d`."""
    got = sort_out(call.arguments, frozenset({"-S", "--suffix", "-o", "-b", "-p", "-T"}))
    opens = call.name in _OPENERS or got.has("-d", "--decompress", "--uncompress")
    suffix = _OPENERS.get(call.name) or _SUFFIXES[call.name]
    if not got.rest:
        return Effect(role=Role.FILTER, kind=StepKind.FILES)
    if got.has("-c", "--stdout", "--to-stdout", "-t", "--test", "-l") or call.name.endswith("cat"):
        return Effect(role=Role.FILTER, kind=StepKind.FILES, touches=reads(*got.rest))
    made = tuple(path.but(path.text.removesuffix(suffix)) if opens else path + literal(suffix) for path in got.rest)
    gone = () if got.has("-k", "--keep") or "zst" in suffix else deletes(*got.rest)
    return Effect(kind=StepKind.FILES, touches=reads(*got.rest) + writes(*made) + gone)


def zip_archive(call: Invocation) -> Effect:
    """Read `zip`, `7z`, `rar`: the first name is the archive."""
    got = sort_out(call.arguments, frozenset({"-x", "-i", "-b", "-P", "-t", "-d"}))
    rest = got.rest
    if call.name in ("7z", "7za", "7zr", "rar") and rest:
        adds, rest = rest[0].text in ("a", "u"), rest[1:]
    else:
        adds = True
    if not rest:
        return Effect(kind=StepKind.FILES)
    return Effect(
        kind=StepKind.FILES,
        touches=(writes(rest[0]) + reads(*rest[1:])) if adds else reads(rest[0]),
        dumps=True,
    )


def unzip(call: Invocation) -> Effect:
    """Read `unzip`: the archive is read, `-d` is written."""
    got = sort_out(call.arguments, frozenset({"-d", "-x", "-P"}))
    target = got.last("-d")
    return Effect(
        kind=StepKind.FILES,
        touches=reads(*got.rest[:1]) + (writes(with_slash(target), confidence=0.7) if target else ()),
    )


_SEALING_OPTIONS = """
    -o --output -r --recipient -in -out -k -pass --passphrase --passphrase-file --batch-file -u --local-user --homedir
    --cipher-algo -i --identity -R -kfile
"""
_SEALING = frozenset(_SEALING_OPTIONS.split())


def seal(call: Invocation) -> Effect:
    """Read `gpg`, `openssl` and `age` where they turn one file into another."""
    got = sort_out(call.arguments, _SEALING, single_dash_long=call.name == "openssl")
    output = got.last("-o", "--output", "-out")
    source = got.last("-in")
    files: tuple[Value, ...]
    if call.name == "openssl":
        files = () if source is None else (source,)
    else:
        files = tuple(path for path in got.rest if path.text not in ("enc", "dgst"))
    if output is None and files and call.name in ("gpg", "gpg2"):
        suffix = ".asc" if got.has("-a", "--armor") else ".gpg"
        opens = got.has("-d", "--decrypt")
        made = () if opens else tuple(path + literal(suffix) for path in files)
    else:
        made = () if output is None else (output,)
    role = Role.WORK if files or made else Role.FILTER
    return Effect(role=role, kind=StepKind.FILES, touches=reads(*files) + writes(*made))


def check(call: Invocation) -> Effect:
    """Read `sha256sum` and its kin: the files are read."""
    got = sort_out(call.arguments, frozenset())
    return Effect(role=Role.FILTER, kind=StepKind.FILES, touches=reads(*got.rest))


def split(call: Invocation) -> Effect:
    """Read `split`: pieces named by a prefix."""
    got = sort_out(call.arguments, frozenset({"-b", "-l", "-n", "-a", "-C", "--bytes", "--lines", "--number"}))
    pieces = tuple(prefix + literal("*") for prefix in got.rest[1:2])
    return Effect(kind=StepKind.FILES, touches=reads(*got.rest[:1]) + writes(*pieces))


def convert_disk(call: Invocation) -> Effect:
    """Read `dd`: `if=` is read, `of=` is written."""
    named = {a.text.partition("=")[0]: a for a in call.arguments if "=" in a.text}
    source = [v.but(v.text[3:], v.written[3:]) for k, v in named.items() if k == "if"]
    target = [v.but(v.text[3:], v.written[3:]) for k, v in named.items() if k == "of"]
    return Effect(kind=StepKind.FILES, touches=reads(*source) + writes(*target))


def expire_archive(call: Invocation) -> Effect:
    """Read `pg_archivecleanup`: segments of the write-ahead log are removed from a folder."""
    got = sort_out(call.arguments, frozenset({"-x"}))
    return Effect(kind=StepKind.FILES, touches=deletes(*(with_slash(folder) for folder in got.rest[:1])))


def plain(_call: Invocation) -> Effect:
    """Say that the command handles files in a way that is not read."""
    return Effect(kind=StepKind.FILES)


_READERS: dict[str, Reader] = dict.fromkeys((*_SUFFIXES, *_OPENERS), compress)
_READERS |= dict.fromkeys(("cp", "install", "ln", "gcp", "ditto"), copy)
_READERS |= dict.fromkeys(("mv", "rename", "savelog"), move)
_READERS |= dict.fromkeys(("rm", "rmdir", "shred", "unlink", "srm", "trash", "trash-put"), remove)
_READERS |= dict.fromkeys(("touch", "truncate"), touch)
_READERS |= dict.fromkeys(("chmod", "chown", "chgrp", "setfacl", "chcon", "restorecon", "chattr"), change)
_READERS |= dict.fromkeys(("tar", "gtar", "bsdtar"), archive)
_READERS |= dict.fromkeys(("zip", "7z", "7za", "7zr", "rar"), zip_archive)
_READERS |= dict.fromkeys(("gpg", "gpg2", "openssl", "age", "ccrypt"), seal)
_READERS |= dict.fromkeys(("sha256sum", "sha1sum", "md5sum", "sha512sum", "b2sum", "shasum", "sum"), check)
_READERS |= dict.fromkeys(("cpio", "pax", "patch", "fallocate", "mkfifo", "hardlink", "rdfind", "fdupes"), plain)
_READERS |= {
    "pg_archivecleanup": expire_archive,
    "find": find,
    "unzip": unzip,
    "unrar": unzip,
    "split": split,
    "csplit": split,
    "dd": convert_disk,
}

FAMILY = Family("files", _READERS)

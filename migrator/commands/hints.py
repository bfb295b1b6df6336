"""What the words of a call hint at: whether a program is the user's own, which arguments are read or written."""

from __future__ import annotations

import re
from functools import lru_cache

from migrator.commands.facts import StepKind
from migrator.commands.invocation import Touch
from migrator.commands.values import Value, literal
from migrator.model import Mode

SCRIPT = re.compile(
    r"\.(?:sh|bash|ksh|zsh|py|pl|rb|php|js|mjs|cjs|ts|r|R|jar|sql|csh|tcsh|awk|lua|tcl|groovy|scala|exs?)$"
)

# Members are found once: in Python 3.11 that takes as long as a call.
_SCRIPT_KIND = StepKind.SCRIPT
_SYSTEM_FOLDERS = """
    /bin/ /sbin/ /usr/bin/ /usr/sbin/ /usr/lib/ /usr/libexec/ /usr/local/bin/ /usr/local/sbin/ /lib/ /snap/bin/
    /opt/homebrew/bin/ /usr/games/ /usr/lib64/
"""

SYSTEM = tuple(_SYSTEM_FOLDERS.split())

_PATHLIKE = re.compile(r"^(?:~|\.{1,2}|\*)?/[^\s=]+$|^[\w.*-]+(?:/[\w.*-]+)+/?$|^(?:s3|s3a|s3n|hdfs|file)://\S+$")

# Dates, fractions and media types have a slash in them too.
_NO_PATH = re.compile(
    r"[\d*]{1,4}/[\d*]{1,4}(?:/[\d*]{1,4})?$|(?:text|application|image|audio|video|multipart|message|font)/[\w.+*-]+$"
    r"|(?:Africa|America|Antarctica|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc)/\w+(?:/\w+)?$"
)

# A name without a folder: numbers, versions and hosts have a dot in them too.
_FILE_NAME = re.compile(
    r"(?!\d[\d.,]*[A-Za-z]{0,3}$)[\w*.-]{1,200}\.(?!(?:com|net|org|io|internal|local|example|lan|corp|cloud|de|eu|uk)$)"
    r"(?:[A-Za-z]\w{0,6}|7z)"
)

DATA_FILE = re.compile(
    r"\.(?:csv|tsv|txt|json\w*|xml|ya?ml|gz|tgz|zip|bz2|xz|zst|tar|sql|log|dump|db|sqlite3?|parquet|avro|orc|dat|pid|lock"
    r"|sh|py|pl|conf|bak|html?|pdf|xlsx?)$",
    re.IGNORECASE,
)
"""The names of files by their endings, as far as those tell a file from a folder, a host or a version."""

_OUTPUT = re.compile(r"out|dest|target|to$|write|save|result|report|export|dump|sink", re.IGNORECASE)

_INPUT = re.compile(r"in$|input|source|src|from|read|load|import|data|file", re.IGNORECASE)

_NEUTRAL = re.compile(
    r"log|conf|cfg|ini$|setting|cred|key|cert|pid|lock|env|lib|module|plugin|template|log4j|schema", re.IGNORECASE
)


# A file that is copied to a name without an ending is put into a folder of that name; these endings are taken away.
_ENDING = re.compile(
    r"[\w*-]\.(?!(?:tmp|temp|new|bak|old|orig|part|partial|sample|example|dist|template|in)$)[A-Za-z]\w{0,6}$"
)
_BARE = re.compile(r"(?:^|[/:])[^/.:*?$~-][^/.:*?$]*$")
_STORE = re.compile(r"[a-z][a-z0-9]*://")


def with_slash(value: Value) -> Value:
    """Give a folder's path as one that a slash ends."""
    return value if value.text.endswith("/") else value + literal("/")


def as_folder(source: Value, target: Value) -> Value:
    """Give the target of a copy as the folder that it is: `cp day.csv /srv/in` makes a file in it.

    An object store has no folders: there the name is the object's.
    """
    if target.text in (".", ".."):
        return target + Value("/", "/")
    there = "/" in target.text and _BARE.search(target.text[-300:]) and not _STORE.match(target.text)
    return target + Value("/", "/") if there and _ENDING.search(source.text[-300:]) else target


# Asked of a command's first word by each reader in turn.
@lru_cache(maxsize=4096)
def is_file(text: str) -> bool:
    """Say whether a command's first word names a file of the user's own rather than a program of the system."""
    if SCRIPT.search(text):
        return True
    return "/" in text and not text.startswith(SYSTEM)


def kind_of(name: str) -> StepKind:
    """Give the kind of a called file that was not found."""
    return _SCRIPT_KIND if SCRIPT.search(name) else StepKind.PROGRAM


def argument_touches(arguments: list[Value] | tuple[Value, ...]) -> tuple[Touch, ...]:
    """Read arguments of a program that is not known: an option's name says whether its path is read or written."""
    touches: list[Touch] = []
    option = ""
    for argument in arguments[:60]:
        value = argument
        text = value.text
        if text[:1] == "-":
            option, equals, tail = text.partition("=")
            if not equals:
                continue
            text, value = tail, value.but(tail, value.written.partition("=")[2])
        # What is read as a file has a folder or an ending.
        if "/" in text or "." in text:
            touches.extend(_argument(option, value))
        option = ""
    return tuple(touches)


def _argument(option: str, value: Value) -> list[Touch]:
    name, text = option.lstrip("-"), value.text
    mode, neutral = _said(name) if name else (None, False)
    if not (len(text) <= 500 and _PATHLIKE.match(text) and not _NO_PATH.match(text)):
        named = name and len(text) <= 300 and _FILE_NAME.fullmatch(text)
        if not (named and (mode is not None or DATA_FILE.search(text))):
            return []
    if neutral or text.startswith(SYSTEM) or SCRIPT.search(text):
        return []
    if mode is not None:
        return [Touch(mode, value, 0.8)]
    # A name with the ending of a data file is less likely a word for something else.
    return [Touch(Mode.READ, value, 0.5 if DATA_FILE.search(text) else 0.4)]


@lru_cache(maxsize=1024)
def _said(name: str) -> tuple[Mode | None, bool]:
    """Give what an option's name says of its path, and whether that is no data."""
    writes = name in ("o", "O") or _OUTPUT.search(name)
    reads = name in ("i", "f") or _INPUT.search(name)
    return Mode.WRITE if writes else Mode.READ if reads else None, bool(_NEUTRAL.search(name))

"""Programs whose argument is a program of its own, and tells the files: awk(1), lftp(1), rrdtool(1)."""

from __future__ import annotations

import re

from migrator.commands.facts import StepKind, Trait
from migrator.commands.hints import with_slash
from migrator.commands.invocation import Effect, Family, Invocation, Reader, Role, Touch, reads, sort_out, writes
from migrator.commands.programs.shell_words import text_filter
from migrator.commands.values import Value, literal
from migrator.model import Mode

_MOST = 20_000  # characters of a program that are read
_PRINTED = re.compile(r"\bprintf?\b[^;{}\n>|]{0,400}(>>?)\s{0,9}\"([^\"\n]{1,300})\"")
_ASKED = re.compile(r"\bgetline\b[^;{}\n<]{0,80}<\s{0,9}\"([^\"\n]{1,300})\"")
_AWKS = ("awk", "gawk", "mawk", "nawk")
_NO_FILES = ("/dev/stderr", "/dev/stdout", "-")
_MEASURES = "measures the host"


def awk(call: Invocation) -> Effect:
    """Read `awk 'print > "file"' IN…`: what the program prints to and asks, beside what it goes through."""
    filtered = text_filter(call)
    program = next((value.text for value in call.arguments if "{" in value.text), "")[:_MOST]
    made = [
        Touch(Mode.APPEND if sign == ">>" else Mode.WRITE, literal(name))
        for sign, name in _PRINTED.findall(program)
        if name not in _NO_FILES
    ]
    asked = reads(*(literal(name) for name in _ASKED.findall(program) if name not in _NO_FILES))
    touches = (*filtered.touches, *asked, *made)
    return Effect(kind=StepKind.FILES, touches=touches) if made else Effect(role=Role.FILTER, touches=touches)


def lftp(call: Invocation) -> Effect:
    """Read `lftp -e 'mirror FROM TO; quit' HOST`; what stands in a file or on the input is not known."""
    got = sort_out(call.arguments, frozenset({"-e", "-c", "-f", "-u", "-p"}))
    script = got.last("-e", "-c")
    host = got.rest[0].text if got.rest else ""
    told = _session(script.text[:_MOST]) if script is not None else None
    return Effect(
        kind=StepKind.TRANSFER,
        touches=(*reads(*got.every("-f")), *(told or ())),
        place=host.rpartition("@")[2].partition(":")[0],
        unclear=() if told is not None else ("what the `lftp` session moves",),
    )


def _session(script: str) -> tuple[Touch, ...] | None:
    """Give what the commands of a session do here; None where one of them moves what is not understood."""
    found: list[Touch] = []
    folder = ""
    for line in re.split(r"[;\n]|&&", script):
        words = line.split()
        if not words:
            continue
        plain = [word.strip("'\"") for word in words[1:] if not word.startswith("-")]
        match words[0]:
            case "lcd" if plain:
                folder = plain[0].rstrip("/") + "/"
            case "mirror":
                found += _mirrored(any(re.fullmatch(r"-\w*R\w*|--reverse", word) for word in words), plain, folder)
            case "get" | "mget" | "pget" | "put" | "mput" if not any(word.startswith("-") for word in words):
                here = [_local(name if words[0].endswith("put") else _last(name), folder) for name in plain]
                found += reads(*here) if words[0].endswith("put") else writes(*here)
            case "get" | "mget" | "pget" | "put" | "mput":
                return None
            case _:
                continue
    return tuple(found)


def _mirrored(back: bool, plain: list[str], folder: str) -> tuple[Touch, ...]:
    """Read `mirror FROM TO`, and `mirror -R FROM TO` the other way: one of them is here."""
    if back:
        return reads(with_slash(_local(plain[0] if plain else ".", folder)))
    name = plain[1] if len(plain) > 1 else _last(plain[0]) if plain else "."
    return writes(with_slash(_local(name, folder)))


def _last(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2] or "."


def _local(name: str, folder: str) -> Value:
    return literal(name if name.startswith(("/", "~")) else folder + name)


_ROUND_ROBIN = {
    **dict.fromkeys(("update", "updatev", "tune", "resize", "create"), Mode.WRITE),
    **dict.fromkeys(("fetch", "dump", "last", "lastupdate", "info", "first"), Mode.READ),
}
_DEFINED = re.compile(r"DEF:\w{1,80}=((?:[^:\\]|\\.){1,300}):")


def rrdtool(call: Invocation) -> Effect:
    """Read `rrdtool update FILE …`, `rrdtool graph PICTURE DEF:x=FILE:…` (rrdgraph_data(1)) and their kin."""
    words = [value for value in call.arguments if not value.text.startswith("-") or value.text == "-"]
    action, rest = (words[0].text, words[1:]) if words else ("", [])
    touches: tuple[Touch, ...] = ()
    if action in _ROUND_ROBIN and rest:
        touches = (Touch(_ROUND_ROBIN[action], rest[0]),)
    if action in ("graph", "graphv", "xport"):
        asked = [
            value.but(match[1].replace("\\:", ":"))
            for value in call.arguments
            if (match := _DEFINED.match(value.text)) is not None
        ]
        touches = reads(*asked) + (writes(rest[0]) if rest and action != "xport" and rest[0].text != "-" else ())
    traits = ((Trait.NEEDS_HOST, f"`rrdtool` {_MEASURES}"),)
    return Effect(label=f"rrdtool {action}".strip(), maintains=_MEASURES, touches=touches, traits=traits)


_READERS: dict[str, Reader] = {**dict.fromkeys(_AWKS, awk), "lftp": lftp, "rrdtool": rrdtool}

FAMILY = Family("small-languages", _READERS)

"""Wrappers that run a command in another place or several times: ssh, containers, xargs, parallel."""

from __future__ import annotations

import posixpath
import re
from itertools import chain

from migrator.commands.facts import StepKind
from migrator.commands.peeling import Peeled, Split, leading, own
from migrator.commands.programs.files import OF_FIND, looked_at
from migrator.commands.replacing import REPLACED
from migrator.commands.values import Value, literal, spaced, unknown
from migrator.shell.runners import IN_A_CONTAINER


def ssh(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `ssh`: options, the host, the command."""
    split = own("ssh", arguments)
    if not split.rest:
        return None
    target, words = split.rest[0], own("ssh", split.rest[1:]).rest
    user, at, host = target.text.rpartition("@")
    login = split.last("-l")
    who = literal(user) if at else login
    text = spaced(words) if words else None
    detaches = "-f" in split.flags
    return Peeled(target.written, text=text, kind=StepKind.REMOTE, place=host, user=who, fresh=True, detaches=detaches)


def container(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `docker exec|run`, `docker compose` and podman: the command runs inside."""
    outer = own("docker", arguments)
    if outer.rest and outer.rest[0].text == "compose":
        return compose(outer.rest[1:])
    return _run_inside(outer.rest, "")


def compose(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `docker-compose exec|run`; its containers are called by the project, which is the folder's name."""
    outer = own("docker", arguments)
    named, file = outer.last("-p", "--project-name"), outer.last("-f", "--file")
    place = posixpath.dirname(file.text) if file is not None else ""
    return _run_inside(outer.rest, named.text if named is not None else posixpath.basename(place) or "{folder}")


def _run_inside(rest: tuple[Value, ...], project: str) -> Peeled | None:
    if not rest or rest[0].text not in ("exec", "run"):
        return None
    split = leading(rest[1:], IN_A_CONTAINER)
    if len(split.rest) < 2:
        return None
    name = split.rest[0]
    return Peeled(
        f"{rest[0].text} {name.written}",
        split.rest[1:],
        kind=StepKind.CONTAINER,
        place=name.text,
        fresh=True,
        folder=split.last("-w", "--workdir"),
        mounts=_mounts(split),
        detaches=bool(split.flags & {"-d", "--detach"}),
        kept=_called(project, name) if rest[0].text == "exec" else "",
    )


def _called(project: str, name: Value) -> str:
    """Give the name of a container that runs on, nothing where it is not known."""
    if not name.exact or not name.text:
        return ""
    return f"{project}-{name.text}-1" if project else name.text


def _mounts(split: Split) -> tuple[tuple[Value, str], ...]:
    """Give the folders of the host that `docker run -v OUTSIDE:INSIDE` shows; a volume with a name is none."""
    found: list[tuple[Value, str]] = []
    for name, value in split.options[:60]:
        if name in ("-v", "--volume"):
            outside, _, rest = value.text.partition(":")
            inside = rest.partition(":")[0]
        elif name == "--mount":
            parts = dict(part.partition("=")[::2] for part in value.text.split(",")[:12])
            outside = parts.get("source") or parts.get("src") or ""
            inside = parts.get("target") or parts.get("dst") or parts.get("destination") or ""
        else:
            continue
        if outside.startswith(("/", ".", "~", "$")) and inside.startswith("/") and "*" not in inside:
            found.append((value.but(outside, outside), inside.rstrip("/") or "/"))
    return tuple(found)


def kubectl(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `kubectl exec pod -- command`."""
    texts = [value.text for value in arguments]
    if "exec" not in texts[:6] or "--" not in texts:
        return None
    end = texts.index("--")
    pod = next((t for t in texts[texts.index("exec") + 1 : end] if not t.startswith("-")), "")
    rest = arguments[end + 1 :]
    return Peeled(f"exec {pod}", rest, kind=StepKind.CONTAINER, place=pod, fresh=True, kept=pod) if rest else None


def xargs(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `xargs`: what it runs, how often at once, where it puts what it reads."""
    split = own("xargs", arguments)
    procs = split.last("-P", "--max-procs")
    if not split.rest:
        return None
    parallel = procs is not None and procs.text not in ("1", "")
    put = split.last("-I", "--replace")
    placeholder = put.text if put is not None else ("{}" if "-i" in split.flags else "")
    return Peeled(split.said, split.rest, repeats=True, parallel=parallel, placeholder=placeholder)


def _put(value: Value, found: Value) -> Value:
    """Give a word with what is found in place of `{}`."""
    if "{}" not in value.text:
        return value
    words = (text.replace("{}", found.text, _MOST_PLACES) for text in (value.text, value.written))
    return value.but(*words).uncertain()


_MOST_PLACES = 20


def find(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read `find … -exec command {} ;`: the command, with the pattern of what is looked for in place of `{}`.

    What only clears, packs or asks is the work of `find` itself (`programs.files.OF_FIND`).
    """
    texts = [value.text for value in arguments]
    begins = [place for place, text in enumerate(texts) if text in ("-exec", "-execdir", "-ok", "-okdir")]
    if len(begins) != 1 or "-delete" in texts:
        return None
    rest = arguments[begins[0] + 1 :]
    end = next((place for place, value in enumerate(rest) if value.text in (";", "\\;", "+")), len(rest))
    if not end or rest[0].text.rpartition("/")[2] in OF_FIND:
        return None
    found = tuple(
        each.but(each.text + "*" if each.text.endswith("/") else each.text).uncertain()
        for each in looked_at(arguments[: begins[0]])[:_MOST_PLACES]
    )
    words = chain.from_iterable(found if value.text == "{}" else (_put(value, found[0]),) for value in rest[:end])
    return Peeled("", tuple(words), repeats=True)


def parallel(arguments: tuple[Value, ...]) -> Peeled | None:
    """Read GNU `parallel`, which joins its words to a text of the shell.

    Of one word behind `:::` it is known what is put in place of `{}`; of several, and of what it reads, it is not.
    """
    split = own("parallel", arguments)
    begins = [place for place, value in enumerate(split.rest) if value.text in (":::", "::::", ":::+")]
    command = split.rest[: begins[0]] if begins else split.rest
    given = split.rest[begins[0] + 1 :] if len(begins) == 1 and split.rest[begins[0]].text == ":::" else ()
    if not command:
        return None
    one = given[0] if len(given) == 1 else unknown("…")
    text = Value(" ".join(v.text for v in command), " ".join(v.written for v in command), all(v.exact for v in command))
    is_text = len(command) == 1 and " " in text.written
    if not is_text and not REPLACED.search(text.written) and not _OPERATOR.search(text.written):
        return Peeled(split.said, (*command, one), repeats=True, parallel=True)
    return Peeled(split.said, text=text, repeats=True, parallel=True, replacing=one)


_OPERATOR = re.compile(r"[|&;<>]")

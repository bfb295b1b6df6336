"""Programs that run another one in a container, on a host or in an environment, and where that one begins.

What people call a job after is what is run there: `docker compose exec web rake reports:send` is about `rake`.
"""

import posixpath
import re
from collections.abc import Container

from migrator.shell.runners import CLUSTERS, CONTAINERS, IN_A_CONTAINER, RUNNERS, takes_next

_IMAGE = re.compile(r"[A-Za-z0-9][\w.-]*")
_HOST = re.compile(r"(?:[^@\s]*@)?([A-Za-z][A-Za-z0-9_.-]{0,39})")


def inside(program: str, words: list[str]) -> list[str]:
    """Give the command that a program runs in a container or an environment; nothing where it runs none."""
    if program in CLUSTERS:
        return words[words.index("--") + 1 :] if "exec" in words and "--" in words else []
    if program in CONTAINERS:
        composed = program.endswith("-compose") or words[:1] == ["compose"]
        verb = next((word for word in words if word in ("exec", "run")), "")
        if not verb or (verb == "run" and not composed):
            return []
        return _behind_options(words[words.index(verb) + 1 :], IN_A_CONTAINER)[1:]
    runner = RUNNERS.get(program)
    if runner is None or not (runner.verb in words or program == "npx"):
        return []
    behind = words[words.index(runner.verb) + 1 :] if runner.verb else words
    return _behind_options(behind, runner.valued)[runner.words :]


def image(program: str, words: list[str]) -> tuple[str, list[str]]:
    """Give the image that `docker run` starts, without its registry and tag, and the words behind it."""
    if program not in CONTAINERS or words[:1] != ["run"]:
        return "", []
    rest = _behind_options(words[1:], IN_A_CONTAINER)
    found = _IMAGE.match(posixpath.basename(rest[0])) if rest else None
    return (found[0], rest[1:]) if found else ("", [])


def host(words: list[str]) -> tuple[str, list[str]]:
    """Give the host that ssh goes to, nothing where a variable names it, and the words behind it."""
    valued = RUNNERS["ssh"].valued
    rest = _behind_options(words, valued)
    found = _HOST.fullmatch(rest[0]) if rest else None
    return found[1] if found else "", _behind_options(rest[1:], valued)


def _behind_options(words: list[str], valued: Container[str]) -> list[str]:
    at = 0
    while at < len(words) and words[at].startswith("-") and words[at] != "-":
        at += 2 if takes_next(words[at], valued) else 1
    return words[at:]

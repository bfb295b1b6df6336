"""Programs that installing a tree makes: `name = package.module:function` (packaging.python.org, entry points)."""

from __future__ import annotations

import ast
import configparser
import re
from collections.abc import Mapping
from functools import lru_cache

from migrator.commands.interpreters import Interpreted
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal
from migrator.settings.toml_text import toml_values

_LINE = re.compile(r"\s*([\w.-]+)\s*=\s*([\w.]+)\s*:\s*([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*$")
_SETTINGS = ("pyproject.toml", "setup.cfg", "setup.py")
_MOST = 200
_LONGEST = 200_000


def find(
    walk: Walk, name: str, arguments: list[Value], scope: Scope
) -> tuple[tuple[str, Source], str, Interpreted] | None:
    """Give the module behind an installed program with how it was found and its call; None where no file names it."""
    if not walk.holds(_SETTINGS, scope):
        return None
    for settings in _SETTINGS:
        found = walk.follow(settings, None, scope)
        target = _declared(settings, found[2].text).get(name) if found is not None else None
        if found is None or target is None:
            continue
        module, function = target
        for inner in ("", "src/"):
            for tail in (".py", "/__init__.py"):
                path = inner + module.replace(".", "/") + tail
                program = walk.follow(path, None, scope)
                if program is not None and program[0].endswith(path):
                    told = Interpreted(
                        "python", literal(path), tuple(arguments), module=True, label=name, entry=function
                    )
                    return (program[0], program[2]), f"`{found[0]}` names it", told
    return None


@lru_cache(maxsize=64)
def _declared(settings: str, text: str) -> Mapping[str, tuple[str, str]]:
    if len(text) > _LONGEST:
        return {}
    read = {"pyproject.toml": _of_project, "setup.cfg": _of_settings, "setup.py": _of_program}[settings]
    found: dict[str, tuple[str, str]] = {}
    for line in read(text)[:_MOST]:
        match = _LINE.match(line)
        if match is not None:
            found[match[1]] = match[2], match[3]
    return found


def _of_project(text: str) -> list[str]:
    try:
        whole = toml_values(text)
    except ValueError:
        return []
    project, tool = whole.get("project"), whole.get("tool")
    poetry = tool.get("poetry") if isinstance(tool, dict) else None
    found: list[str] = []
    for part in (project, poetry):
        scripts = part.get("scripts") if isinstance(part, dict) else None
        if isinstance(scripts, dict):
            found += [f"{name} = {target}" for name, target in scripts.items() if isinstance(target, str)]
    return found


def _of_settings(text: str) -> list[str]:
    reader = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        reader.read_string(text)
    except (configparser.Error, ValueError):
        return []
    return reader.get("options.entry_points", "console_scripts", fallback="").split("\n")


def _of_program(text: str) -> list[str]:
    """Give the texts in a `setup.py` that look like entry points; what it works out is not known."""
    try:
        tree = ast.parse(text)
    except (ValueError, SyntaxError, RecursionError, MemoryError):
        return []
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [line for each in texts for line in each.split("\n")]

"""Files of settings whose keys a program looks up: JSON, YAML, TOML, INI and `.env`."""

from __future__ import annotations

import json
import re

from migrator.commands import resolve
from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Tool, text, text_options
from migrator.commands.languages.own_files import followed
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.values import Given
from migrator.model import Mode
from migrator.settings.toml_text import toml_values

_LONGEST = 200_000
_PAIR = re.compile(r"\s*(?:export\s+)?([\w.-]{1,100})\s*[=:]\s*(.*?)\s*")
_SECTION = re.compile(r"\s*\[([^\]]{1,100})\]\s*")
_NESTED = re.compile(r"( *)([\w.-]{1,100}):(?:\s+(.*?))?\s*")


def settings(machine: Machine, target: object, given: Given) -> object:
    """Give the settings in a file that a program reads; the reading is noted."""
    machine.touch(Mode.READ, target, given.line, given.frame)
    return values(machine, target)


def read_settings(machine: Machine, given: Given) -> object:
    """Read a call whose first argument is a file of settings."""
    return settings(machine, given.get(0), given)


def read_decoded(machine: Machine, given: Given) -> object:
    """Read a call whose first argument is the text of such a file."""
    return decoded(machine, given.get(0))


def decoded(machine: Machine, content: object) -> object:
    """Give the settings in a text that was read from a file."""
    if isinstance(content, Tool) and content.kind in ("content", "file"):
        return values(machine, content.data.get("name", UNKNOWN))
    return UNKNOWN


def values(machine: Machine, target: object) -> object:
    """Give what a file of settings says, as far as the file is there and is plain."""
    for option in text_options(target)[:1]:
        value = machine.placed(option.value)
        place = resolve.deployed(value.text, machine.scope, exact=value.exact)
        found = followed(machine.walk, value, place, machine.scope) if value.exact else None
        if found is not None:
            return parsed(found[0], found[2].text[:_LONGEST])
    return UNKNOWN


def parsed(path: str, content: str) -> object:
    """Parse a file of settings by its name; what cannot be read is not known."""
    ending = path.rpartition(".")[2].lower()
    try:
        if ending == "json":
            return _thing(json.loads(content))
        if ending == "toml":
            return _thing(toml_values(content))
    except (ValueError, RecursionError):
        return UNKNOWN
    if ending in ("yml", "yaml"):
        return _yaml(content)
    return _ini(content)


def _thing(found: object, depth: int = 0) -> object:
    if depth > 12:
        return UNKNOWN
    if isinstance(found, dict):
        return Map({str(key): _thing(value, depth + 1) for key, value in list(found.items())[:500]})
    if isinstance(found, list):
        return Seq([_thing(value, depth + 1) for value in found[:100]])
    if isinstance(found, str):
        return text(found)
    return found if isinstance(found, int | float | bool) or found is None else UNKNOWN


def _plain(written: str) -> object:
    """Give a value as written: quotes and a comment behind it off."""
    written = written.strip()
    if written[:1] in ("'", '"'):
        end = written.find(written[0], 1)
        return text(written[1:end] if end > 0 else written[1:])
    bare = re.split(r"\s[#;]", written, maxsplit=1)[0].strip()
    if bare.isdecimal() and len(bare) < 15:
        return int(bare)
    return text(bare) if bare[:1] not in ("&", "*", "|", ">", "{", "[") else UNKNOWN


def _ini(content: str) -> Map:
    found = Map()
    section = found
    for line in content.split("\n")[:5000]:
        if line.lstrip()[:1] in ("#", ";", "") or len(line) > 2000:
            continue
        head = _SECTION.fullmatch(line)
        if head is not None:
            section = Map()
            found.items[head[1].strip()] = section
            continue
        pair = _PAIR.fullmatch(line)
        if pair is not None:
            section.items[pair[1]] = _plain(pair[2])
    return found


def _yaml(content: str) -> Map:
    """Read the plain part of YAML: keys with one value, or with keys below them."""
    found = Map()
    open_maps: list[tuple[int, Map]] = [(-1, found)]
    for line in content.split("\n")[:5000]:
        if not line.strip() or line.lstrip().startswith(("#", "-", "%")) or len(line) > 2000:
            continue
        match = _NESTED.fullmatch(line)
        if match is None:
            continue
        indent, key, value = len(match[1]), match[2].lstrip(":"), match[3]
        while len(open_maps) > 1 and open_maps[-1][0] >= indent:
            open_maps.pop()
        if value is None or value.startswith(("#", "&")):
            inner = Map()
            open_maps[-1][1].items[key] = inner
            open_maps.append((indent, inner))
        else:
            open_maps[-1][1].items[key] = _plain(value)
    return found

"""Settings that a program reads from files among those read: INI, JSON, YAML, TOML and .env, and `decouple`'s kin."""

from __future__ import annotations

import configparser
import json
import re

import yaml

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Map,
    Seq,
    Text,
    Tool,
    anything,
    as_value,
    elements,
    text,
    text_options,
)
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.environment import environment
from migrator.commands.languages.python.machine import Machine
from migrator.commands.values import literal
from migrator.settings.toml_text import toml_values

_DEEPEST = 12
_MOST = 400
_NESTED = 60
_WHOLE = 4_000
_LONGEST_YAML = 40_000


def read_of(machine: Machine, owner: Tool) -> object:
    """Read `file.read()`: the text of a settings or SQL file of the tree, else unknown."""
    found = _text_of(machine, owner)
    return anything() if found is None else text(found)


_SETTING = re.compile(r"\s*[A-Za-z_][\w.-]{0,60}\s*[=:]")
_ASIDE = ("#", ";", "//", "[")


def lines_of(machine: Machine, thing: object) -> list[object]:
    """Give the lines of a file of settings that a program goes through by itself (`name=value`), nothing for others."""
    found = _text_of(machine, thing) if isinstance(thing, Tool) else None
    told = [line for line in found.split("\n") if line.strip()] if found is not None and len(found) < _WHOLE else []
    settings = [line for line in told if not line.lstrip().startswith(_ASIDE)]
    if not settings or not all(_SETTING.match(line) for line in settings):
        return []
    return [text(line + "\n") for line in settings[:_MOST_LINES]]


_MOST_LINES = 60


def _text_of(machine: Machine, thing: object) -> str | None:
    """Give the text behind a file that was opened, or a text itself."""
    if isinstance(thing, Tool) and thing.kind == "file":
        names = text_options(thing.data.get("name"))
        return machine.content(names[0].value) if len(names) == 1 else None
    if isinstance(thing, Text) and thing.value.exact and not thing.path:
        return thing.value.text
    return None


def structured(machine: Machine, call: Call) -> object:
    """Read `json.load(file)`, `yaml.safe_load(file or text)`, `tomllib.load(file)` and their kin."""
    given = call.first("fp", "stream", "s", "f")
    found = _text_of(machine, given)
    if found is None and isinstance(given, Text) and given.path:
        found = machine.content(given.value)
    return _told(found, call)


def from_path(machine: Machine, call: Call) -> object:
    """Read a library's own loader of a settings file, given a path: `OmegaConf.load(path)`, `toml.load(path)`."""
    names = text_options(call.first("path", "f", "file_"))
    if len(names) != 1:
        return structured(machine, call)
    return _told(machine.content(names[0].value), call)


def _told(content: str | None, call: Call) -> object:
    return UNKNOWN if content is None else _thing(_parsed(content, call.written), [_WHOLE])


def _parsed(content: str, how: str) -> object:
    if content.count("[") + content.count("{") > 20_000 or _depth(content) > _NESTED:
        return None
    try:
        if "toml" in how:
            return toml_values(content)
        if "json" in how:
            return json.loads(content)
        return yaml.safe_load(content) if len(content) <= _LONGEST_YAML else None
    except (ValueError, yaml.YAMLError, RecursionError):
        return None


def _depth(content: str) -> int:
    deepest = depth = 0
    for sign in content:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest


def _thing(found: object, left: list[int], depth: int = 0) -> object:
    """Give parsed settings as things; what is too deep or too much (YAML's aliases multiply) is unknown."""
    left[0] -= 1
    if depth > _DEEPEST or left[0] < 0:
        return UNKNOWN
    if isinstance(found, dict):
        return Map({str(key): _thing(value, left, depth + 1) for key, value in list(found.items())[:_MOST]})
    if isinstance(found, list):
        return Seq([_thing(value, left, depth + 1) for value in found[:_MOST]], len(found) > _MOST)
    if isinstance(found, str):
        return text(found)
    return found if isinstance(found, bool | int | float) else UNKNOWN


def parser(_machine: Machine, _call: Call) -> object:
    """Read `configparser.ConfigParser()`."""
    return Tool("config", {"sections": Map()})


def of_config(machine: Machine, owner: Tool, name: str, call: Call) -> object:
    """Read a method of a parser of INI files."""
    sections = owner.data["sections"]
    if not isinstance(sections, Map):
        return UNKNOWN
    if name in ("read", "read_file", "read_string", "readfp"):
        given = call.first("filenames", "f", "string")
        for each in elements(given) if isinstance(given, Seq) else [given]:
            _take(machine, sections, each, name)
        return UNKNOWN
    if name in ("get", "getint", "getfloat", "getboolean"):
        return _option(sections, call, name)
    if name in ("items", "options", "sections"):
        return _listed(sections, name, call)
    return UNKNOWN


def _take(machine: Machine, sections: Map, given: object, how: str) -> None:
    names = text_options(given)
    if how == "read":
        content = machine.content(names[0].value) if len(names) == 1 else None
    else:
        content = _text_of(machine, given)
    if content is None:
        return
    found = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), strict=False)
    plain = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        plain.read_string(content)
        if "${" in content:
            found.read_string(content)
    except (configparser.Error, ValueError):
        return
    for section in plain.sections()[:200]:
        items = {key: text(_interpolated(plain, found, section, key)) for key in list(plain[section])[:_MOST]}
        sections.items.setdefault(section, Map())
        kept = sections.items[section]
        if isinstance(kept, Map):
            kept.items.update(items)


def _interpolated(
    plain: configparser.RawConfigParser, extended: configparser.ConfigParser, section: str, key: str
) -> str:
    value = plain.get(section, key) or ""
    if "${" in value and extended.has_section(section):
        try:
            return extended.get(section, key)
        except configparser.Error:
            return value
    if "%(" in value:
        known = {name: found or "" for name, found in plain.items(section)}
        try:
            return value % known
        except (KeyError, ValueError, TypeError):
            return value
    return value


def _option(sections: Map, call: Call, how: str) -> object:
    section, key = as_value(call.first("section")), as_value(call.second("option"))
    inner = sections.items.get(section.text) if section.exact else None
    found = inner.items.get(key.text.lower()) if isinstance(inner, Map) and key.exact else None
    if found is None:
        return call.named.get("fallback", anything(key.shown) if how == "get" else UNKNOWN)
    words = as_value(found).text
    if how == "getboolean":
        return words.lower() in ("1", "yes", "true", "on")
    if how == "getint":
        return int(words) if words.lstrip("-").isdecimal() and len(words) < 18 else UNKNOWN
    return found


def _listed(sections: Map, name: str, call: Call) -> object:
    if name == "sections":
        return Seq([text(str(key)) for key in sections.items])
    inner = sections.items.get(as_value(call.first("section")).text) if call.given else sections
    if not isinstance(inner, Map):
        return Seq([], True)
    if name == "options":
        return Seq([text(str(key)) for key in inner.items])
    return Seq([Seq([text(str(key)), value]) for key, value in inner.items.items()])


def dotenv(machine: Machine, call: Call) -> object:
    """Read `load_dotenv(path)`: settings of the file that the environment does not have yet."""
    for name, value in _dotenv(machine, call).items():
        if name not in machine.environment:
            machine.environment[name] = literal(value)
    return True


def dotenv_values(machine: Machine, call: Call) -> object:
    """Read `dotenv_values(path)`."""
    return Map({name: text(value) for name, value in _dotenv(machine, call).items()})


def _dotenv(machine: Machine, call: Call) -> dict[str, str]:
    given = call.first("dotenv_path")
    names = text_options(given) or [text(".env")]
    content = machine.content(names[0].value) if len(names) == 1 else None
    found: dict[str, str] = {}
    for line in (content or "").split("\n")[:2000]:
        name, equals, value = line.strip().removeprefix("export ").partition("=")
        name, value = name.strip(), value.strip()
        if not equals or not name.isidentifier():
            continue
        quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
        value = value[1:-1] if quoted else value.partition(" #")[0].strip()
        if "REDACTED-" not in value:
            found[name] = value
    return found


def asked(machine: Machine, call: Call) -> object:
    """Read `decouple.config('NAME', default=…)`."""
    return environment(machine, call.first("option", "key"), call.named.get("default"))


def environ_of(_machine: Machine, _call: Call) -> object:
    """Read `environs.Env()` and `environ.Env()`."""
    return Tool("env")


def of_environment(machine: Machine, _owner: Tool, name: str, call: Call) -> object:
    """Read `env.str('NAME', default)` and its kin."""
    if name in ("read_env", "read_envfile"):
        return dotenv(machine, call)
    if name.startswith("__"):
        return UNKNOWN
    return environment(
        machine, call.first("name"), call.second("default") if len(call.given) > 1 else call.named.get("default")
    )

"""Find and read `migrator.toml`: in PATH if that is a folder, else beside it, or where `--config` says.

All faults of the file are collected before stopping, each with its key and what to write instead.
"""

import difflib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from migrator.model import MigratorError
from migrator.settings.keys import line_of, lines_of_keys
from migrator.settings.lines import note_lines
from migrator.settings.schema import Settings
from migrator.settings.toml_text import toml_values

FILE_NAME = "migrator.toml"
_LIMIT = 1 << 20
# By how the kinds of pydantic's faults begin.
_MUST_BE = {
    "int_": "must be a whole number",
    "decimal_": "must be a number",
    "float_": "must be a number",
    "finite_": "must be a number that is finite",
    "bool_": "must be true or false",
    "string_type": "must be a text, in quotes",
    "tuple_type": "must be a list, in square brackets",
    "dict_type": "must be a table",
    "model_type": "must be a table",
}


class SettingsError(MigratorError):
    """Settings that cannot be used; `faults` holds one sentence per fault, with its key."""

    exit_code = 2

    def __init__(self, place: str, faults: Sequence[str], remedy: str = "") -> None:
        self.faults = tuple(faults)
        super().__init__(place, "; ".join(faults), remedy)


def load(paths: Iterable[Path], config: Path | None = None) -> Settings:
    """Give the settings that hold for the paths; all unknown where there is no file. Raise SettingsError."""
    file = config if config is not None else find(paths)
    return Settings() if file is None else read(file)


def find(paths: Iterable[Path]) -> Path | None:
    """Find the `migrator.toml` of the paths; raise SettingsError if two of them differ."""
    found: dict[bytes, Path] = {}
    for path in paths:
        folder = path if os.path.isdir(path) else path.parent  # noqa: PTH112 - Path.is_dir raises for a long name
        file = folder / FILE_NAME
        if os.path.isfile(file):  # noqa: PTH113 - as above
            found.setdefault(_bytes(file), file)
    if len(found) > 1:
        files = sorted(map(str, found.values()))
        raise SettingsError(files[1], [f"differs from {files[0]}"], "say which one holds with --config FILE")
    return next(iter(found.values()), None)


def read(file: Path) -> Settings:
    """Read and validate a settings file; raise SettingsError with every fault in it."""
    data = _bytes(file)
    try:
        text = data.decode("utf-8-sig")
        values = toml_values(text)
    except ValueError as error:
        raise SettingsError(
            str(file), [f"not TOML: {error}"], "correct it; `migrator init` writes one to begin with"
        ) from error
    settings = validated(values, str(file), text)
    settings.found_in(file.name, lines_of_keys(text))
    note_lines(settings.dependencies, text, file.name)
    return settings


def validated(values: dict[str, object], place: str, text: str = "") -> Settings:
    """Turn the values of a settings file into `Settings`; raise SettingsError with every fault.

    `text` is the file's, from which faults get their lines.
    """
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        lines = lines_of_keys(text)
        faults = sorted((line_of(detail["loc"], lines), _fault(detail)) for detail in error.errors(include_url=False))
        told = [f"{fault} (line {line})" if line else fault for line, fault in faults]
        raise SettingsError(place, told, "correct or remove these keys") from error


def _bytes(file: Path) -> bytes:
    try:
        descriptor = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
        with os.fdopen(descriptor, "rb") as stream:
            data = stream.read(_LIMIT + 1)
    except OSError as error:
        raise SettingsError(str(file), [error.strerror or "cannot be read"], "check the path and its mode") from error
    if len(data) > _LIMIT:
        raise SettingsError(str(file), [f"larger than {_LIMIT} bytes"], "is this a settings file?")
    return data


def _fault(detail: ErrorDetails) -> str:
    where = tuple(detail["loc"])
    key = _dotted(where)
    if detail["type"] == "extra_forbidden":
        near = difflib.get_close_matches(str(where[-1]), _known_keys(where[:-1]), n=1)
        return f"{key} is not a known key" + (f" (did you mean {near[0]}?)" if near else _known_text(where[:-1]))
    if detail["type"] == "missing":
        return f"{key} is required there"
    return f"{key}: {_in_words(detail)}"


def _in_words(detail: ErrorDetails) -> str:
    """Say what a value must be, in the words of TOML."""
    for ending, words in _MUST_BE.items():
        if detail["type"].startswith(ending):
            return words
    message = detail["msg"].removeprefix("Value error, ").replace("Input should be ", "must be ", 1)
    return f"{message[:1].lower()}{message[1:]}"


def _dotted(where: tuple[int | str, ...]) -> str:
    """Write a place as TOML would: `team.owners`, `accept[2].hazard`, `jobs."load orders".duration`."""
    text = ""
    for part in where:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            plain = part.replace("-", "").replace("_", "").isalnum() and part.isascii()
            text += ("." if text else "") + (part if plain else '"' + part.replace('"', '\\"') + '"')
    return text


def _known_text(where: tuple[int | str, ...]) -> str:
    known = _known_keys(where)
    return f" (known: {', '.join(known)})" if known else ""


def _known_keys(where: tuple[int | str, ...]) -> list[str]:
    """List the keys that the table at a place may have."""
    kind: object = Settings
    for part in where:
        fields = kind.model_fields if isinstance(kind, type) and issubclass(kind, BaseModel) else {}
        kind = _inner_model(fields[part].annotation) if isinstance(part, str) and part in fields else kind
    return sorted(kind.model_fields) if isinstance(kind, type) and issubclass(kind, BaseModel) else []


def _inner_model(annotation: object) -> object:
    """Give the table type in an annotation such as `dict[str, JobSettings]` or `DurationSettings | None`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        inner = _inner_model(argument)
        if inner is not None:
            return inner
    return None

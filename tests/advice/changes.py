"""Apply a flip as a person would: its key and value, written into the settings."""

import tomllib
from collections.abc import Mapping


def with_change(tables: Mapping[str, object], key: str, value: str) -> dict[str, object]:
    """Give settings, as tables, with one key set; `value` is TOML."""
    return _merged(tables, tomllib.loads(f"{key} = {value}"))


def _merged(old: Mapping[str, object], new: Mapping[str, object]) -> dict[str, object]:
    found = dict(old)
    for key, value in new.items():
        before = found.get(key)
        found[key] = _merged(before, value) if isinstance(value, dict) and isinstance(before, dict) else value
    return found

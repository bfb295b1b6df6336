"""Which rows a call of a model is about: texts that it names for a column, as in `filter(kind="bus")`."""

from __future__ import annotations

from migrator.commands.languages.abstract import Text
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.values import Thing
from migrator.commands.languages.sql_values import Rows

_NARROWS = frozenset({"filter", "get", "filter_by", "get_or_none", "aget", "first_or_404"})
_MAKES = frozenset({"create", "acreate", "get_or_create", "update_or_create"})
_NO_COLUMNS = frozenset({"defaults", "using", "create_defaults"})
_LONGEST = 100


def _told(name: str, value: object) -> tuple[str, str] | None:
    column = name.removesuffix("__exact").lower()
    if "__" in column or column in _NO_COLUMNS or not isinstance(value, Text):
        return None
    known = value.value.exact and not value.path and len(value.value.text) <= _LONGEST
    return (column, value.value.text.lower()) if known else None


def _named(call: Call) -> Rows:
    return tuple(sorted({pair for name, value in call.named.items() if (pair := _told(name, value)) is not None}))


def asked(known: Rows, name: str, call: Call) -> Rows:
    """Give what the rows of a query have in common once a method has narrowed it."""
    columns = {column for column, _ in known}
    more = _named(call) if name in _NARROWS else ()
    return tuple(sorted({*known, *(pair for pair in more if pair[0] not in columns)}))


def written(known: Rows, name: str, call: Call) -> Rows:
    """Give what the rows have in common that a method makes, or finds and leaves changed."""
    if name in _MAKES:
        return _named(call)
    if name not in ("update", "aupdate"):
        return known if name in ("save", "asave") else ()
    new = dict(_named(call))
    kept = [pair for pair in known if pair[0] not in call.named]
    both = [pair for pair in known if pair[0] in new]
    return tuple(sorted({*kept, *both, *((column, new[column]) for column, _ in both)}))


def of_record(record: Thing) -> Rows:
    """Give the texts that stand in the columns of a record that the program made."""
    found = {pair for name, value in record.attributes.items() if (pair := _told(name, value)) is not None}
    return tuple(sorted(found))

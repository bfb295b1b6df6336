"""What the class of a model says of its records (docs.djangoproject.com, "Models", "Many-to-one relationships").

`for shop in Shop.objects.all(): shop.refresh()` runs the class's own `refresh`, `self.owner` of a foreign key is a
record of the other model, `shop.order_set` are the rows that point back.
"""

from __future__ import annotations

from migrator.commands.languages.abstract import Text, Tool
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Class, Function, find_method

_SET = "_set"


def relation(_machine: Machine, call: Call) -> Tool:
    """Read `models.ForeignKey(Shop)`: a column that leads to a record of another model."""
    return Tool("relation", {"to": call.first("to")})


def method_of(owner: Tool, name: str) -> Function | None:
    """Give the method of the model's own class, or of its manager's, that is called on one of its records."""
    for kind in (owner.data.get("kind"), owner.data.get("manager")):
        found = find_method(kind, name) if isinstance(kind, Class) and not name.startswith("__") else None
        if found is not None and found.manner == "":
            return found
    return None


def related(owner: Tool, name: str) -> Class | None:
    """Give the model whose records stand behind an attribute of a record, None where it is a column."""
    kind = owner.data.get("kind")
    if not isinstance(kind, Class):
        return None
    column = kind.names.get(name)
    if isinstance(column, Tool) and column.kind == "relation":
        return _meant(kind, column.data.get("to"))
    return _back(kind, name.removesuffix(_SET)) if name.endswith(_SET) else None


def _meant(kind: Class, target: object) -> Class | None:
    if isinstance(target, Class):
        return target
    if not (isinstance(target, Text) and target.value.exact):
        return None
    name = target.value.text.rpartition(".")[2]
    if name == "self":
        return kind
    found = _beside(kind).get(name)
    return found if isinstance(found, Class) else None


def _back(kind: Class, name: str) -> Class | None:
    """Find the model of the same module with this name and a relation to the record's own."""
    for each in _beside(kind).values():
        if isinstance(each, Class) and each.name.lower() == name:
            return each
    return None


def _beside(kind: Class) -> dict[str, object]:
    """Give the names of the module that a class stands in, as far as a method of it tells."""
    for member in kind.names.values():
        if isinstance(member, Function):
            return member.outer.module.names
    return {}

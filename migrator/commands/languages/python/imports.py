"""`import` and `from … import …`: modules of the program's own, names of libraries."""

from __future__ import annotations

import ast

from migrator.commands.languages.abstract import Ref
from migrator.commands.languages.python.machine import Machine
from migrator.commands.languages.python.values import Frame, Module


def _nested(known: object, dotted: str, module: Module) -> object:
    """Give the package that `import a.b.c` binds, with the module below it."""
    names = dotted.split(".")
    top = known if isinstance(known, Module) else Module({}, module.path, module.deployed)
    place = top
    for name in names[1:-1]:
        inner = place.names.setdefault(name, Module({}, module.path, module.deployed))
        if not isinstance(inner, Module):
            return top
        place = inner
    place.names[names[-1]] = module
    return top


def take_in(machine: Machine, node: ast.Import | ast.ImportFrom, frame: Frame) -> None:
    """Bind the names that an import gives."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            module = machine.imported(alias.name, frame)
            bound = alias.asname or alias.name.partition(".")[0]
            if module is not None and "." in alias.name and not alias.asname:
                frame.names[bound] = _nested(frame.names.get(bound), alias.name, module)
            else:
                frame.names[bound] = module if module is not None else Ref(alias.name if alias.asname else bound)
        return
    dotted = "." * node.level + (node.module or "")
    found = machine.imported(dotted, frame)
    for alias in node.names[:100]:
        bound = alias.asname or alias.name
        if found is not None:
            if alias.name == "*":
                frame.names.update({k: v for k, v in found.names.items() if not k.startswith("_")})
                continue
            if alias.name in found.names:
                frame.names[bound] = found.names[alias.name]
                continue
        inner: Module | None = machine.imported(
            f"{dotted}.{alias.name}" if not dotted.endswith(".") else dotted + alias.name, frame
        )
        frame.names[bound] = inner if inner is not None else Ref(f"{dotted.lstrip('.')}.{alias.name}".lstrip("."))

"""What holds for every folder that a run wrote, whatever it read."""

from __future__ import annotations

import ast
import json
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDI = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,200}")
_MODULES = frozenset({"airflow", "datetime", "pendulum", "__future__"})
_ACTING = frozenset({"exec", "eval", "compile", "__import__", "open", "getattr"})
_FORMULA = re.compile(r"^\s*[=+@\-]")
_ELEMENTS = frozenset({"svg", "g", "title", "polygon", "polyline", "path", "ellipse", "text", "tspan", "defs", "a"})
_ALLOWED = _ELEMENTS | {
    "linearGradient",
    "stop",
    "rect",
    "line",
    "circle",
    "clipPath",
    "use",
    "symbol",
    "style",
    "desc",
}


def faults_of(folder: Path) -> list[str]:
    """List what is not well-formed or could act on a reader's machine."""
    faults = []
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not _NAME.fullmatch(path.name):
            faults.append(f"{path.name!r}: name")
        if path.is_file() and path.suffix != ".png":
            faults += [f"{path.name}: {fault}" for fault in _text_faults(path)]
    return faults


def _text_faults(path: Path) -> list[str]:
    text = path.read_bytes().decode("utf-8")
    faults = [f"control character {found[0]!r}" for found in [_CONTROL.search(text)] if found]
    if path.suffix != ".json" and _BIDI.search(text):
        faults.append("a character that turns the direction of text")
    if path.suffix == ".json":
        json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    elif path.suffix == ".svg":
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
        faults += sorted(f"element {tag}" for tag in tags - _ALLOWED)
    elif path.suffix == ".csv":
        cells = [cell.strip('"') for line in text.splitlines()[1:] for cell in line.split(",")]
        faults += [f"formula {cell[:20]!r}" for cell in cells if _FORMULA.match(cell) and not _is_number(cell)]
    elif path.suffix == ".py":
        faults += _python_faults(ast.parse(text))
    elif path.suffix == ".md":
        plain = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", text)
        faults += [f"raw HTML {tag!r}" for tag in re.findall(r"<\s*[a-zA-Z/!]\w*", plain)]
    return faults


def _python_faults(module: ast.Module) -> list[str]:
    """Name what a DAG file does beside importing Airflow and making its tasks."""
    faults = []
    for node in ast.walk(module):
        imported = [name.name for name in node.names] if isinstance(node, ast.Import) else []
        imported += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
        faults += [f"import of {name}" for name in imported if name.partition(".")[0] not in _MODULES]
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _ACTING:
            faults.append(f"call of {node.func.id}")
        if isinstance(node, ast.JoinedStr):
            faults.append("a text that is put together")
    return faults


def _is_number(cell: str) -> bool:
    return re.fullmatch(r"-?[\d.]+", cell) is not None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a key stands twice"
        raise ValueError(msg)
    return found


def _refuse(constant: str) -> None:
    raise ValueError(constant)

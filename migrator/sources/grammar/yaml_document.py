"""Read a YAML document from PyYAML's events.

The library's constructors run tags, take `on` and `1_000` for other things than text, keep the last of two equal keys
and overflow the stack on deep nesting. Here a scalar is read by the core schema of YAML 1.2 (§10.3.2), depth and
aliases are bounded, two equal keys are an error, and every value knows its line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import yaml

from migrator.sources.grammar.document import (
    MAX_DEPTH,
    MAX_DIGITS,
    MAX_VALUES,
    DocumentError,
    Node,
    Table,
    array,
    table,
)

_LOADER = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
_STANDARD = "tag:yaml.org,2002:"
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEAN = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_TEMPLATE = re.compile(r"\{\{|\{%|<%")


@dataclass(slots=True)
class _Open:
    """A collection that is being read."""

    line: int
    is_table: bool
    anchor: str | None
    items: list[Node] = field(default_factory=list)
    pairs: list[tuple[str, int, Node]] = field(default_factory=list)
    key: Node | None = None


def read_yaml(text: str) -> Node:
    """Read the one document of a text; raise DocumentError."""
    builder = _Builder()
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocumentError(mark.line + 1 if mark else 0, _problem(error, text), _remedy(error, text)) from error
    except yaml.YAMLError as error:
        fault = "it holds a character that YAML does not allow"
        raise DocumentError(_line_of_control(text), fault, "remove control characters") from error
    except RecursionError as error:
        raise DocumentError(0, "nested too deeply", "flatten it") from error
    return builder.root if builder.root is not None else Node(None, 1)


class _Builder:
    """Puts events together; the stack is a list, so no depth of the text can overflow ours."""

    def __init__(self) -> None:
        self.root: Node | None = None
        self._stack: list[_Open] = []
        self._anchors: dict[str, Node | None] = {}
        self._values = 0

    def take(self, event: yaml.Event) -> None:
        """Take the next event; raise DocumentError."""
        line = event.start_mark.line + 1 if event.start_mark else 0
        if isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise DocumentError(line, "more than one document", "write one document a file")
        if isinstance(event, yaml.ScalarEvent):
            self._put(Node(_scalar(event, line), line), event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            self._put(self._aliased(event, line), None)
        elif isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            self._begin(event, line)
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            done = self._stack.pop()
            node = table(_merged(done.pairs), done.line) if done.is_table else array(done.items, done.line)
            self._put(node, done.anchor, counted=True)

    def _begin(self, event: yaml.MappingStartEvent | yaml.SequenceStartEvent, line: int) -> None:
        is_table = isinstance(event, yaml.MappingStartEvent)
        if event.tag not in {None, "!", _STANDARD + ("map" if is_table else "seq")}:
            raise DocumentError(line, f"the tag {str(event.tag)[:60]!r} is not read", "write plain values without tags")
        if len(self._stack) >= MAX_DEPTH:
            raise DocumentError(line, f"nested deeper than {MAX_DEPTH} levels", "flatten it")
        if event.anchor:
            self._anchors[event.anchor] = None
        self._stack.append(_Open(line, is_table, event.anchor))
        self._count(1, line)

    def _aliased(self, event: yaml.AliasEvent, line: int) -> Node:
        if event.anchor not in self._anchors:
            raise DocumentError(
                line, f"*{str(event.anchor)[:60]} names no anchor", "put text that begins with * in quotes"
            )
        node = self._anchors[event.anchor]
        if node is None:
            raise DocumentError(line, f"*{str(event.anchor)[:60]} stands inside what it names", "write the value out")
        return Node(node.value, line, node.size)

    def _put(self, node: Node, anchor: str | None, *, counted: bool = False) -> None:
        if not counted:
            self._count(node.size, node.line)
        if anchor:
            self._anchors[anchor] = node
        if not self._stack:
            self.root = node
            return
        top = self._stack[-1]
        if not top.is_table:
            top.items.append(node)
        elif top.key is None:
            top.key = node
        else:
            top.pairs.append((_key(top.key), top.key.line, node))
            top.key = None

    def _count(self, size: int, line: int) -> None:
        self._values += size
        if self._values > MAX_VALUES:
            raise DocumentError(line, f"more than {MAX_VALUES:,} values, aliases counted", "write a smaller file")


def _merged(pairs: list[tuple[str, int, Node]]) -> list[tuple[str, int, Node]]:
    """Put in what `<<` names (the merge key of YAML 1.1, which people go on using); own keys win."""
    if all(key != "<<" for key, _, _ in pairs):
        return pairs
    own = {key for key, _, _ in pairs}
    result = [pair for pair in pairs if pair[0] != "<<"]
    for key, line, node in pairs:
        if key != "<<":
            continue
        for source in node.value if isinstance(node.value, tuple) else (node,):
            if not isinstance(source.value, Table):
                raise DocumentError(line, "<< takes a mapping or a list of mappings", "merge a mapping by its alias")
            for name, value in source.value.members.items():
                if name not in own:
                    own.add(name)
                    result.append((name, source.value.lines[name], value))
    return result


def _key(node: Node) -> str:
    if isinstance(node.value, str):
        return node.value
    if isinstance(node.value, (tuple, Table)):
        raise DocumentError(node.line, "a key that is no text", "write a word as the key")
    return (
        "null" if node.value is None else str(node.value).lower() if isinstance(node.value, bool) else str(node.value)
    )


def _scalar(event: yaml.ScalarEvent, line: int) -> str | int | float | bool | None:
    kind = event.tag.removeprefix(_STANDARD) if event.tag else ""
    if event.tag and event.tag != "!" and kind not in {"str", "int", "float", "bool", "null"}:
        raise DocumentError(line, f"the tag {str(event.tag)[:60]!r} is not read", "write plain values without tags")
    text: str = event.value
    if kind == "str" or event.tag == "!" or (not event.tag and not event.implicit[0]):
        return text
    if text in _NULL:
        return None
    return _BOOLEAN[text] if text in _BOOLEAN else _number(text)


def _number(text: str) -> str | int | float:
    if len(text) > MAX_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _OCTAL.fullmatch(text):
        return int(text, 8)
    if _HEXADECIMAL.fullmatch(text):
        return int(text, 16)
    return float(text) if _FLOAT.fullmatch(text) else text


def _problem(error: yaml.MarkedYAMLError, text: str) -> str:
    if _TEMPLATE.search(text):
        return f"a template, not YAML ({error.problem})"
    return f"not YAML: {error.problem or error.context}"


def _remedy(error: yaml.MarkedYAMLError, text: str) -> str:
    if _TEMPLATE.search(text):
        return "render the template first"
    problem = error.problem or ""
    if "alias" in f"{problem} {error.context}":
        return 'put a schedule in quotes: "* * * * *"'
    if "\\t" in problem or "'\t'" in problem:
        return "indent with blanks, not with tabs"
    return "correct the line"


def _line_of_control(text: str) -> int:
    match = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    return text.count("\n", 0, match.start()) + 1 if match else 0

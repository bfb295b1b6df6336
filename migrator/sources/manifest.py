"""Read the project's own job manifest: YAML, JSON or TOML with `version: 1`, `defaults` and `jobs`.

Each item of `jobs` comes out once: as an `Entry`, as an `Annotation` of another file's job, or as an `Unread` with
file, line, key and remedy. A fault in one item never costs another.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from migrator.model import Dialect, Evidence, Origin
from migrator.sources.grammar.document import DocumentError, Node, Table, decoded, line_of, plain
from migrator.sources.grammar.json_document import read_json
from migrator.sources.grammar.toml_document import read_toml
from migrator.sources.grammar.yaml_document import read_yaml
from migrator.sources.items import FileReading, Format, SourceFile, SourceItem, Unread
from migrator.sources.manifest_items import NamedLines, item_of
from migrator.sources.manifest_schema import ManifestDefaults, ManifestJob
from migrator.sources.names import shown
from migrator.sources.surroundings import Source, Surroundings

_TOP = ("version", "defaults", "jobs")
_TOML = re.compile(r"[ \t]*(?:\[\[?[ \t]*[A-Za-z0-9_.-]+[ \t]*\]|[A-Za-z0-9_-]+[ \t]*=)")
_COMMENTS = re.compile(r"\A(?:[ \t]*(?:#[^\n]*)?\n)*")
# A command cannot hold a NUL, and half of a surrogate pair is no text at all.
_IMPOSSIBLE = re.compile("[\0\ud800-\udfff]")
_SHOWN = 60
_LONGEST_LINE = 1000
_MOST_FAULTS = 50
_Fault = tuple[tuple[int | str, ...], str, str]
"""Where below a value, what is wrong, and what to do."""
_Model = TypeVar("_Model", bound=BaseModel)


def read(source: SourceFile, dialect: Dialect, _beside: Surroundings | None = None) -> FileReading:
    """Read a manifest; `lines` counts its items."""
    try:
        root = _document(source)
    except DocumentError as error:
        origin = Origin(source.name, error.line)
        items: tuple[SourceItem, ...] = (Unread(origin, "", error.fault, error.remedy),)
    else:
        items = tuple(_items(source, root, dialect))
    return FileReading(source, dialect, items, len(items), findings=source.findings)


SOURCE = Source(Format.MANIFEST, read)


def _document(source: SourceFile) -> Node:
    """Read the text in the language that its name or, failing that, its content shows; raise DocumentError."""
    text = decoded(source.data)
    ending = source.name.rpartition(".")[2].lower()
    if ending == "json":
        return read_json(text)
    if ending == "toml":
        return read_toml(text)
    if ending not in {"yaml", "yml"}:
        if text.lstrip()[:1] in {"{", "["} and not text.lstrip().startswith("[["):
            return read_json(text)
        if _TOML.match(_COMMENTS.sub("", text)):
            return read_toml(text)
    return read_yaml(text)


def _items(source: SourceFile, root: Node, dialect: Dialect) -> Iterator[SourceItem]:
    text = tuple(decoded(source.data).split("\n"))
    if not isinstance(root.value, Table):
        yield _unread(
            source, root.line, text, "a manifest is a mapping with the keys version and jobs", "see the schema"
        )
        return
    version = root.value.members.get("version")
    if version is None or version.value is True or version.value != 1:
        fault = "version: is missing" if version is None else f"version: {_brief(version)} is not known"
        yield _unread(source, line_of(root, ("version",)), text, fault, "write version: 1")
        return
    strange = sorted(set(root.value.members) - set(_TOP))
    for number, key in enumerate(strange[: _MOST_FAULTS + 1]):
        more = f" and {len(strange) - number - 1:,} more: not keys" if number == _MOST_FAULTS else ": not a key"
        fault = f"{_brief(Node(key, 0))}{more} of a manifest"
        yield _unread(source, root.value.lines[key], text, fault, f"use {', '.join(_TOP)}")
    defaults = ManifestDefaults()
    if "defaults" in root.value.members:
        try:
            defaults = _validated(ManifestDefaults, root.value.members["defaults"])
        except _Faults as faults:
            yield from _fault_items(source, root, text, ("defaults",), faults)
    jobs = root.value.members.get("jobs")
    if jobs is None or not isinstance(jobs.value, tuple):
        line = line_of(root, ("jobs",))
        yield _unread(source, line, text, "jobs: is not a list of jobs", "write jobs: and a list below it")
        return
    for position, node in enumerate(jobs.value):
        yield _item(_Place(source, root, position, node, text), defaults, dialect)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item of `jobs` stands."""

    source: SourceFile
    root: Node
    position: int
    node: Node
    text: tuple[str, ...]

    @property
    def origin(self) -> Origin:
        return Origin(self.source.name, self.node.line)


def _item(place: _Place, defaults: ManifestDefaults, dialect: Dialect) -> SourceItem:
    key = f"jobs[{place.position}]"
    try:
        if not isinstance(place.node.value, Table):
            raise _Faults([((), f"{_brief(place.node)} is not a job", "write a mapping with id and command")])
        job = _validated(ManifestJob, place.node)
    except _Faults as faults:
        first = faults.faults[0]
        line = line_of(place.node, first[0])
        reason = "; ".join(f"{_dotted(key, where)}: {fault}" for where, fault, _ in faults.faults)
        return Unread(Origin(place.source.name, line), _line(place.text, line), reason, first[2])
    item = item_of(job, defaults, place.source, place.origin, _own_text(place), dialect, _named_lines(place))
    if isinstance(item, Unread):
        line = line_of(place.node, ("schedule",)) if item.reason.startswith("schedule") else place.node.line
        return replace(item, origin=Origin(place.source.name, line), reason=f"{key}.{item.reason}")
    return item


def _named_lines(place: _Place) -> NamedLines:
    """Give the line of each item of the lists that name jobs and resources; the job's own where none is known."""
    found: NamedLines = {}
    members = place.node.value.members if isinstance(place.node.value, Table) else {}
    for key in ("depends_on", "reads", "writes"):
        items = members[key].value if key in members else ()
        for index, _ in enumerate(items if isinstance(items, tuple) else ()):
            line = line_of(place.node, (key, index)) or place.node.line
            text = _own_text(place) if line == place.node.line else _line(place.text, line)
            found[key, index] = Evidence(Origin(place.source.name, line), text)
    return found


class _Faults(Exception):  # noqa: N818 - several faults of one value
    """The faults of a value."""

    def __init__(self, faults: list[_Fault]) -> None:
        self.faults = faults
        super().__init__(faults)


def _validated(model: type[_Model], node: Node) -> _Model:
    value = plain(node)
    impossible = [(where, fault, "write plain text") for where, fault in _impossible(value)]
    if impossible:
        raise _Faults(_first(impossible))
    try:
        return model.model_validate(value)
    except ValidationError as error:
        details = error.errors(include_url=False)
        faults = [_fault(model, detail) for detail in details[:_MOST_FAULTS]]
        raise _Faults(_first(faults, len(details))) from error


def _first(faults: list[_Fault], of: int | None = None) -> list[_Fault]:
    """Give the first faults, and how many more there are: a hundred thousand help nobody."""
    left = (of or len(faults)) - _MOST_FAULTS
    return [*faults[:_MOST_FAULTS], ((), f"{left:,} more faults", "correct those first")] if left > 0 else faults


def _impossible(value: object, where: tuple[int | str, ...] = ()) -> Iterator[tuple[tuple[int | str, ...], str]]:
    """Find the texts that hold what no command and no name can."""
    if isinstance(value, str) and (match := _IMPOSSIBLE.search(value)):
        yield where, "holds a NUL" if match[0] == "\0" else "holds half of a surrogate pair"
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _impossible(key, where)
            yield from _impossible(inner, (*where, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _impossible(inner, (*where, index))


def _fault(model: type[BaseModel], detail: ErrorDetails) -> _Fault:
    """Say one of pydantic's faults in the manifest's words."""
    where = tuple(detail["loc"])
    if detail["type"] == "extra_forbidden":
        known = ", ".join(model.model_fields)
        return where, "not a known key", f"use one of {known}" if len(where) == 1 else "remove it"
    message = detail["msg"].removeprefix("Value error, ")
    value = detail.get("input")
    shown = f", not {_brief_value(value)}" if detail["type"].endswith(("_type", "_parsing")) else ""
    return where, f"{message[:1].lower()}{message[1:]}{shown}", "correct the value, or leave the key out"


def _fault_items(
    source: SourceFile, root: Node, text: tuple[str, ...], base: tuple[str, ...], faults: _Faults
) -> Iterator[Unread]:
    for where, fault, remedy in faults.faults:
        yield _unread(
            source,
            line_of(root, base + where),
            text,
            f"{_dotted('.'.join(base), where) or 'the file'}: {fault}",
            remedy,
        )


def _unread(source: SourceFile, line: int, text: tuple[str, ...], fault: str, remedy: str) -> Unread:
    return Unread(Origin(source.name, line), _line(text, line), fault, remedy)


def _line(text: tuple[str, ...], line: int) -> str:
    """Give a line, cut between two values where a whole document stands on it: each of its jobs would repeat it."""
    found = text[line - 1].strip() if 0 < line <= len(text) else ""
    if len(found) <= _LONGEST_LINE:
        return found
    # Never inside a value: half a secret is not known for one.
    ends = [found.rfind(mark, 0, _LONGEST_LINE) for mark in (", ", ',"', ",{")]
    return f"{found[: max(0, *ends)]} …".lstrip()


def _own_text(place: _Place) -> str:
    """Give the line that stands for an item: its first one, or the one with its id where that is only a bracket."""
    first = _line(place.text, place.node.line)
    if any(character.isalnum() for character in first) and not first.startswith("[["):
        return first
    keys = place.node.value.lines if isinstance(place.node.value, Table) else {}
    for key in ("id", "command", "call"):
        if key in keys:
            return _line(place.text, keys[key])
    return first


def _dotted(base: str, where: tuple[int | str, ...]) -> str:
    return base + "".join(f"[{part}]" if isinstance(part, int) else f".{_brief_value(part)}" for part in where)


def _brief(node: Node) -> str:
    return _brief_value(plain(node) if not isinstance(node.value, (tuple, Table)) else node.value)


def _brief_value(value: object) -> str:
    if isinstance(value, (tuple, list)):
        return "a list"
    if isinstance(value, (dict, Table)):
        return "a mapping"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    text = str(value)
    return shown(text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…")

"""A written CloudFormation template, read back: parameters, resources, exports, with references as marked texts.

A reference to `X` is read as `<X>` (to a list as a list of that), an attribute as `<X.Arn>`, an imported value as
`<import:NAME>`: enough to compare texts and to see what refers to what. Nothing in them depends on values that a person
fills in later.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.sources.grammar.document import DocumentError, plain
from migrator.sources.grammar.yaml_document import read_yaml
from migrator.verify.block_yaml import read_block
from migrator.verify.values import Value, table

PSEUDO = frozenset(f"AWS::{name}" for name in ("AccountId", "Partition", "Region", "StackName", "StackId", "URLSuffix"))
MANAGED_POLICY = "AWS::IAM::ManagedPolicy"
SCHEDULE, DOCUMENT, ROLE, POLICY = (
    "AWS::Scheduler::Schedule",
    "AWS::SSM::Document",
    "AWS::IAM::Role",
    "AWS::IAM::Policy",
)
_SECTIONS = frozenset({"AWSTemplateFormatVersion", "Description", "Parameters", "Resources", "Outputs"})
_KEPT = frozenset({"DeletionPolicy", "UpdateReplacePolicy"})
_BESIDE = frozenset({"Type", "Properties", "Metadata", "DependsOn"}) | _KEPT
_IMPORT = re.compile(r"<import:(<[^<>]*>[^<>]*)>")


class UnreadError(ValueError):
    """A file that is no template that can be checked: the fault."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A resource: its kind, the job that it says it is for (None: of no one job), and its properties, resolved."""

    name: str
    kind: str
    job: str | None
    properties: Mapping[str, Value]
    metadata: Mapping[str, Value] = field(default_factory=dict)
    kept: Mapping[str, Value] = field(default_factory=dict)
    """What becomes of it when it is deleted or replaced."""
    after: frozenset[str] = frozenset()
    """What is made before it."""


@dataclass(slots=True)
class Stack:
    """A template. `faults` are references to nothing and intrinsics that are not read; `used` the names referred to.

    `given` has the values that it exports by their names.
    """

    path: str
    text: str
    parameters: Mapping[str, Value] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    given: Mapping[str, Value] = field(default_factory=dict)
    imports: frozenset[str] = frozenset()
    used: set[str] = field(default_factory=set)
    faults: list[str] = field(default_factory=list)

    @property
    def exports(self) -> frozenset[str]:
        """Give the names that it exports."""
        return frozenset(self.given)

    def of_kind(self, kind: str) -> Iterator[Resource]:
        """Give the resources of a kind, in order."""
        return (resource for resource in self.resources.values() if resource.kind == kind)


def read_stack(path: str, text: str) -> Stack:
    """Read a template; raise UnreadError where the text is none."""
    try:
        document: object = read_block(text) or plain(read_yaml(text))
    except DocumentError as error:
        msg = f"line {error.line}: {error.fault}"
        raise UnreadError(msg) from error
    if not isinstance(document, dict) or not isinstance(document.get("Resources"), dict):
        msg = "it has no Resources"
        raise UnreadError(msg)
    stack = Stack(path, text)
    stack.faults += [f"{name} is no section that is expected" for name in sorted(document.keys() - _SECTIONS)]
    stack.parameters = table(document.get("Parameters"))
    lists = frozenset(name for name, given in stack.parameters.items() if _is_list(given))
    reader = _Resolving(stack, frozenset(stack.parameters) | frozenset(document["Resources"]) | PSEUDO, lists)
    for name, resource in document["Resources"].items():
        if not isinstance(resource, dict):
            stack.faults.append(f"{name} is no resource")
            continue
        stack.resources[name] = reader.resource(name, resource)
    outputs = reader.value(document.get("Outputs") or {}, "Outputs")
    stack.given = dict(_exports(outputs))
    stack.imports = frozenset(reader.imports)
    return stack


def _is_list(parameter: Value) -> bool:
    return isinstance(parameter, dict) and str(parameter.get("Type")).startswith(("CommaDelimitedList", "List<"))


def _exports(outputs: Value) -> Iterator[tuple[str, Value]]:
    for output in table(outputs).values():
        name = table(table(output).get("Export")).get("Name")
        if isinstance(name, str):
            yield name, table(output).get("Value")


@dataclass(slots=True)
class _Resolving:
    """Puts marked texts in the place of references, and notes those that lead nowhere; `lists` are parameters."""

    stack: Stack
    names: frozenset[str]
    lists: frozenset[str]
    imports: set[str] = field(default_factory=set)

    def resource(self, name: str, given: Mapping[str, Value]) -> Resource:
        metadata = table(given.get("Metadata"))
        job = metadata.get("Job")
        properties = self.value(given.get("Properties") or {}, name)
        depends = given.get("DependsOn")
        before = [depends] if isinstance(depends, str) else depends if isinstance(depends, list) else []
        for other in before:
            if other not in self.names:
                self.stack.faults.append(f"{name} depends on {other}, which is not there")
        self.stack.faults += [f"{name} says {other} beside its properties" for other in sorted(given.keys() - _BESIDE)]
        return Resource(
            name,
            str(given.get("Type")),
            job if isinstance(job, str) else None,
            table(properties),
            metadata,
            {key: given[key] for key in _KEPT & given.keys()},
            frozenset(map(str, before)),
        )

    def value(self, given: Value, place: str) -> Value:
        if isinstance(given, list):
            return [item if isinstance(item, str) else self.value(item, place) for item in given]
        if not isinstance(given, dict):
            if given is None:
                # «'null' values are not allowed in templates»; cfn-lint lets them pass in properties that are JSON.
                self.stack.faults.append(f"{place} holds a null, which CloudFormation takes nowhere in a template")
            return given
        if len(given) == 1:
            name, argument = next(iter(given.items()))
            if name == "Ref" or name.startswith("Fn::"):
                return self._intrinsic(name, argument, place)
        return {key: m if isinstance(m, str) else self.value(m, place) for key, m in given.items()}

    def _intrinsic(self, name: str, argument: Value, place: str) -> Value:
        if name == "Ref" and isinstance(argument, str):
            named = f"<{self._named(argument, place)}>"
            return [named] if argument in self.lists else named
        if name == "Fn::GetAtt" and isinstance(argument, list) and len(argument) == 2:
            return f"<{self._named(str(argument[0]), place)}.{argument[1]}>"
        inner = self.value(argument, place)
        if name == "Fn::Join" and isinstance(inner, list) and len(inner) == 2 and isinstance(inner[1], list):
            return str(inner[0]).join(str(item) for item in inner[1])
        if name == "Fn::ImportValue" and isinstance(inner, str):
            self.imports.add(inner)
            return f"<import:{inner}>"
        self.stack.faults.append(f"{place}: {name} is not read, so what it gives is not known")
        return f"<{name}>"

    def _named(self, name: str, place: str) -> str:
        self.stack.used.add(name)
        if name not in self.names:
            self.stack.faults.append(f"{place} refers to {name}, which is not there")
        return name


def imported_name(text: Value) -> str | None:
    """Give the name of an imported value, without the stack that exports it."""
    match = _IMPORT.fullmatch(text) if isinstance(text, str) else None
    return match[1].rpartition("-")[2] if match else None

"""CloudFormation templates: intrinsics, the comment that every file begins with, and YAML that holds texts as data."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import yaml

from migrator.artifacts.parts.yaml_text import BlockWriter
from migrator.plan import cut

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | dict[str, Json] | None"
Template: TypeAlias = dict[str, Json]

_WIDTH = 1 << 20  # no folding: the two writers of PyYAML fold in different places
# Numbers to YAML 1.2 (§10.3.2); PyYAML, which goes by YAML 1.1, would leave `0E0` without quotes.
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")
_BRACE = re.compile(r"([{$])\{")
_BEYOND_ASCII = re.compile(r"[^\x20-\x7e]")
_PLAIN = str.maketrans({**dict.fromkeys("«»“”„", '"'), **dict.fromkeys("‘’", "'"), "–": "-", "—": "-", "…": "..."})


def ref(name: str) -> dict[str, Json]:
    """Name a parameter or a resource."""
    return {"Ref": name}


def attribute(name: str, attribute_name: str) -> dict[str, Json]:
    """Name an attribute of a resource."""
    return {"Fn::GetAtt": [name, attribute_name]}


def joined(parts: Sequence[Json]) -> Json:
    """Join texts and references; user text is never put into an `Fn::Sub`, where `${…}` would act."""
    merged: list[Json] = []
    for part in parts:
        last = merged[-1] if merged else None
        if isinstance(part, str) and isinstance(last, str):
            merged[-1] = last + part
        elif part != "":
            merged.append(part)
    return merged[0] if len(merged) == 1 and isinstance(merged[0], str) else {"Fn::Join": ["", merged]}


def arn(service: str, resource: Sequence[Json], *, region: bool = True) -> Json:
    """Name a resource of this account and region."""
    place: list[Json] = [ref("AWS::Region") if region else "", ":", ref("AWS::AccountId"), ":"]
    return joined(["arn:", ref("AWS::Partition"), f":{service}:", *place, *resource])


def json_text(value: Json) -> Json:
    """Write a value with references in it as JSON text that CloudFormation puts together.

    Two braces in a text, and a dollar before one, are escaped: neither `{{resolve:…}}` nor `${…}` is there to act.
    """
    references: list[Json] = []

    def marked(inner: Json) -> Json:
        if isinstance(inner, dict):
            if len(inner) == 1 and next(iter(inner)) in {"Ref", "Fn::Join", "Fn::GetAtt", "Fn::ImportValue"}:
                references.append(inner)
                return f"\0{len(references) - 1}\0"
            return {key: marked(member) for key, member in inner.items()}
        if isinstance(inner, (list, tuple)):
            return [marked(item) for item in inner]
        return inner

    text = _BRACE.sub(r"\1\\u007b", json.dumps(marked(value))).replace("\\u0000", "\0")
    # Even pieces are text, odd ones the numbers of references.
    cuts = text.split("\0")
    return joined([references[int(piece)] if place % 2 else piece for place, piece in enumerate(cuts)])


def comment(lines: Iterable[str]) -> str:
    """Write lines as a comment: quotes and dashes in ASCII; what else is not ASCII, or does not print, is escaped."""
    shown = (f"# {_ascii(cut(line, 400).translate(_PLAIN))}".rstrip() for line in lines)
    return "".join(f"{line}\n" for line in shown)


def described(text: str) -> str:
    """Fit a text into a Description: printable ASCII, in which nothing is resolved, of at most 1,000 characters."""
    return _ascii(cut(text, 900)).replace("{{", "{ {").replace("${", "$ {")[:1000]


def dumped(template: Template) -> str:
    """Write a template as YAML; texts of several lines as blocks where YAML allows it."""
    return _WRITER.document(template)


def _by_yaml(value: object) -> str:
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, width=_WIDTH, allow_unicode=False)
    return text


_WRITER = BlockWriter(_by_yaml)


# A base that is chosen at run time has no type: both writers have the same methods.
class _Dumper(yaml.CSafeDumper if yaml.__with_libyaml__ else yaml.SafeDumper):  # type: ignore[misc]
    """PyYAML's safe writer, without aliases, which CloudFormation does not read."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as in yaml.SafeDumper
        """Write equal values each time."""
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else "'" if _NUMBER.fullmatch(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def _ascii(text: str) -> str:
    return _BEYOND_ASCII.sub(lambda match: match[0].encode("unicode_escape").decode(), text)

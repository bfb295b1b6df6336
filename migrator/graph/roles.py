"""What joins two jobs where one touches what the other wrote: which kind of evidence speaks of it."""

import re

from migrator.graph.meetings import Flow
from migrator.graph.patterns import Meeting
from migrator.graph.types import DependencyKind
from migrator.model import ResourceKind

_MARKER = re.compile(
    r"(?:\A|[._-])(?:_?success|done|ready|ok|complete[d]?|finished|flag|trigger|go|sentinel|marker)(?:[._-][^/]*)?\Z",
    re.IGNORECASE,
)
_MAKES_EMPTY = re.compile(r"\btouch\b|(?:^|[;&(])\s*(?::\s*)?>\s*\S+\s*$|Body=b?(?:\"\"|'')|\.touch\(")
_LOOKS = re.compile(
    r"(?:\btest|\[\[?)\s+(?:!\s+)?-[efs]\b|\bls\b|exists\(|is_file\(|isfile\(|file_exists|head[-_]object|-test\s+-[ezs]\b"
    r"|(?:^|[\s(!])-e\s"
)
_IN_LOOKS = ("test", "[", "ls", "exists", "file(", "head", "-e")
_KINDS = {
    ResourceKind.S3: DependencyKind.OBJECT,
    ResourceKind.HDFS: DependencyKind.OBJECT,
    ResourceKind.TABLE: DependencyKind.TABLE,
    ResourceKind.QUEUE: DependencyKind.QUEUE,
    ResourceKind.REMOTE: DependencyKind.REMOTE,
    ResourceKind.URL: DependencyKind.REMOTE,
}


def role(flow: Flow) -> DependencyKind:
    """Say what a flow is: a wait and a marker before the place they lie in, a folder where one side names no file."""
    resource = flow.latter.resource
    if flow.latter.waits:
        return DependencyKind.WAIT
    if flow.meeting is Meeting.SAME and _is_marker(flow):
        return DependencyKind.MARKER
    if resource.kind in _KINDS:
        return _KINDS[resource.kind]
    whole = flow.meeting is Meeting.SAME and not resource.name.endswith("/")
    return DependencyKind.FILE if whole else DependencyKind.FOLDER


def _is_marker(flow: Flow) -> bool:
    """Say whether a file is there to be seen, not to be read: by its name, or made empty and only looked for."""
    if flow.latter.resource.kind not in (ResourceKind.FILE, ResourceKind.S3, ResourceKind.HDFS):
        return False
    text = flow.latter.text
    # Most texts have none of the words that a look has, and are not searched for more.
    if not any(map(text.__contains__, _IN_LOOKS)) or not _LOOKS.search(text):
        return False
    named = _MARKER.search(flow.latter.resource.name.rpartition("/")[2]) is not None
    return named or _MAKES_EMPTY.search(flow.former.text) is not None

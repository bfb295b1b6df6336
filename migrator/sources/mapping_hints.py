"""Which mapping would find scripts that are called where the tree has none: a deployed folder kept elsewhere in it."""

import re
from collections import defaultdict
from collections.abc import Iterable

from migrator.model import Finding, Origin, Severity
from migrator.sources.file_tree import FileTree

_SHOWN = re.compile(r"`(/[^`*?$]+)` is not among the files read")


def mapping_hints(tree: FileTree, says: Iterable[str]) -> tuple[Finding, ...]:
    """Give a remark for each mapping that finds called scripts; `says` is what is noted of each that is not there.

    Below a host's root a path is where it says: nothing is taken for it, it is only told that a file ends alike.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for path in sorted({match[1] for text in says if (match := _SHOWN.fullmatch(text))}):
        if near := tree.elsewhere(path):
            found[near[:2]].append(near[2])
    return tuple(_hint(*pair, files) for pair, files in sorted(found.items()))


def _hint(deployed: str, folder: str, files: list[str]) -> Finding:
    many = "1 script that is called, but is" if len(files) == 1 else f"{len(files):,} scripts that are called, but are"
    text = f"`--map {deployed}={folder}` would find {many} not there, such as {files[0]}"
    return Finding(Origin(files[0]), "mapping", text, "say so if these are the same files", Severity.LOUD)

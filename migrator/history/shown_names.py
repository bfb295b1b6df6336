"""Names for logs in the report: as short as tells them apart, and nothing of the reader's own folders."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path


def shown_names(paths: Sequence[Path]) -> tuple[str, ...]:
    """Give each path's last parts: as many as make it differ from the others."""
    parts = [path.parts for path in paths]
    sizes = [1] * len(paths)
    while True:
        names = ["/".join(part[-size:]) for part, size in zip(parts, sizes, strict=True)]
        times = Counter(names)
        longer = [times[name] > 1 and size < len(part) for name, size, part in zip(names, sizes, parts, strict=True)]
        if not any(longer):
            return tuple(names)
        sizes = [size + grows for size, grows in zip(sizes, longer, strict=True)]

"""Break user text into the short lines of a box."""

import re

from migrator.plan import visible

_AFTER = re.compile(r"(?<=[-_./:,=&?;|()<>'\"])")


def wrapped(text: str, width: int, most: int = 3) -> tuple[str, ...]:
    """Break a text into at most `most` lines of at most `width` characters; an ellipsis ends what was cut.

    Words are broken after punctuation where that helps, inside only when nothing else does.
    """
    # What cannot fit is dropped first, so that a word of 20,000 characters costs nothing.
    shown = visible(text[: width * (most + 1)])
    lines = [""]
    for piece in _pieces(shown, width):
        if not lines[-1] or len(lines[-1]) + len(piece.rstrip()) <= width:
            lines[-1] += piece
        else:
            lines.append(piece.lstrip())
    kept = [line.rstrip() for line in lines if line.strip()]
    if len(kept) > most:
        last = kept[most - 1]
        kept = [*kept[: most - 1], last[: width - 1] + "…"]
    return tuple(kept) or ("",)


def _pieces(text: str, width: int) -> list[str]:
    pieces: list[str] = []
    for word in re.findall(r"\S+\s*", text):
        if len(word.rstrip()) <= width:
            pieces.append(word)
            continue
        for part in _AFTER.split(word):
            pieces.extend(part[start : start + width] for start in range(0, len(part), width))
    return pieces

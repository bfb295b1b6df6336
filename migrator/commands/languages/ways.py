"""How control leaves a statement of a program that is run over what is known."""

from __future__ import annotations

from enum import Enum


class Way(Enum):
    """Where a statement leads: on to the next, out of its loop, out of its function, or to the program's end."""

    ON = 0
    LEAVES_LOOP = 1
    RETURNS = 2
    STOPS = 3

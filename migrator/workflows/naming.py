"""Names of tasks: short, readable, unique in their workflow, the same in every run."""

import re

_OTHER = re.compile(r"[^A-Za-z0-9]+")
_LONGEST = 40


def slug(text: str) -> str:
    """Write a text in letters, digits and hyphens, at most 40 of them; `task` where nothing is left."""
    return _OTHER.sub("-", text).strip("-")[:_LONGEST].rstrip("-") or "task"


class Names:
    """Names given so far."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def give(self, wanted: str) -> str:
        """Give the name, with a number behind it where it is taken."""
        name, number = wanted, 1
        while name in self._given:
            number += 1
            name = f"{wanted}-{number}"
        self._given.add(name)
        return name

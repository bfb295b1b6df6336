"""States under construction: names that are unique in the machine, the states of one `States` object, ways out of it.

A state is added after those that it goes on to, so that their names are known. `closed` then puts the states into the
order in which they run and leaves out what nothing leads to.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from migrator.artifacts.parts.cloudformation import Json

State = dict[str, Json]

CAUGHT = "$.Caught"
"""Where an error is kept that nothing asks for: CloudFormation takes no null, by which `ResultPath` would drop it."""
DROPPED: Mapping[str, Json] = {"ResultSelector": {"Ended": True}, "ResultPath": "$.Last"}
"""Keeps of an answer that nothing asks for no more than that it came: a run's data has 256 KiB."""

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,47}")
_UNSAFE = re.compile(r"[^A-Za-z0-9_.-]+")
_LONGEST = 80  # characters of a state's name (Step Functions, quotas)


def label(text: str) -> str:
    """Fit a text into names of states: itself where it is plain, else what is plain of it and a digest."""
    if _PLAIN.fullmatch(text):
        return text
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
    begin = _UNSAFE.sub("-", text[:200]).strip("-.")[:38].rstrip("-.")
    return f"{begin}_{digest}" if begin else f"task_{digest}"


@dataclass(slots=True)
class Names:
    """The names of a machine's states, those in branches too: none is given twice."""

    taken: set[str] = field(default_factory=set)

    def give(self, wanted: str) -> str:
        """Give a name; a number is added to a second one."""
        name, number = wanted[:_LONGEST], 2
        while name in self.taken:
            ending = f" {number}"
            name, number = wanted[: _LONGEST - len(ending)] + ending, number + 1
        self.taken.add(name)
        return name


@dataclass(frozen=True, slots=True)
class Ways:
    """Where a part goes on to: when it succeeded, when it failed, and when nobody can say what it does."""

    ok: str
    bad: str
    lost: str


@dataclass(slots=True)
class Scope:
    """The states of a machine, or of one of its branches."""

    names: Names
    states: dict[str, State] = field(default_factory=dict)

    def add(self, name: str, state: State) -> str:
        """Add a state under a name that `names` gave; give the name."""
        self.states[name] = state
        return name

    def inner(self) -> Scope:
        """Begin a branch."""
        return Scope(self.names)

    def closed(self, start: str) -> State:
        """Give `StartAt` and the states that lead on from it, in the order of their first meeting."""
        reached: dict[str, State] = {}
        waiting = [start]
        while waiting:
            name = waiting.pop()
            if name not in reached:
                reached[name] = self._ended(self.states[name])
                waiting += reversed(list(following(reached[name])))
        return {"StartAt": start, "States": dict(reached)}

    def _ended(self, state: State) -> State:
        """End with a state that only a success follows: one transition less. A Choice cannot end anything."""
        after = state.get("Next")
        if isinstance(after, str) and self.states[after] == {"Type": "Succeed"}:
            return {key: value for key, value in state.items() if key != "Next"} | {"End": True}
        return state


def following(state: State) -> Iterator[str]:
    """Name the states that one goes on to, the usual one first."""
    for place in (state, *_objects(state.get("Choices"))):
        if isinstance(name := place.get("Next"), str):
            yield name
    if isinstance(name := state.get("Default"), str):
        yield name
    for catcher in _objects(state.get("Catch")):
        if isinstance(name := catcher.get("Next"), str):
            yield name


def _objects(value: Json) -> list[dict[str, Json]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, (list, tuple)) else []

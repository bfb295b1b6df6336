"""What the shell knows at a place of a script: variables, folder, arguments, functions, options."""

from __future__ import annotations

from dataclasses import dataclass, field

from migrator.commands.values import Value, literal, merged, unknown
from migrator.model import Origin
from migrator.model.frozen import frozen
from migrator.shell.tree import Function, Span

HERE = Origin("", 0)
"""The place of a text that stands in no file and in no job's line."""


@frozen
class Source:
    """A text that is read as shell.

    `path` is None for the job's own line, which is one place however long it is: `place`. `line` is where the text
    begins in its file.
    """

    text: str
    path: str | None = None
    line: int = 1
    place: Origin = HERE

    def slice(self, span: Span) -> str:
        """Give the source text of a span, blanks around it removed."""
        return self.text[span.start : span.end].strip()

    def origin(self, span: Span) -> Origin:
        """Give the place of a span."""
        return self.place if self.path is None else Origin(self.path, self.line + span.line - 1)

    def inside(self, text: str, span: Span) -> Source:
        """Give the source for a text that stands in this one as a string."""
        return Source(text, self.path, self.line + span.line - 1, self.place)


@dataclass(slots=True)
class Scope:
    """The state of one shell. Changed while a script is read; `fork` gives a subshell its own.

    `fed` is the text on its standard input (crontab(5): what follows `%`). `inside` is the container that it runs in;
    `kept` is its name where its files outlive the command. `replacing` is what GNU parallel puts in place of `{}`.
    `asked` counts what was gone through of functions for what they print, by all forks together.
    """

    source: Source
    folder: Value
    home: Value
    user: str | None = None
    host: str | None = None
    inside: str = ""
    kept: str = ""
    mounts: tuple[tuple[Value, str], ...] = ()
    variables: dict[str, Value] = field(default_factory=dict)
    arrays: dict[str, tuple[Value, ...]] = field(default_factory=dict)
    exported: set[str] = field(default_factory=set)
    functions: dict[str, Function] = field(default_factory=dict)
    function_sources: dict[str, Source] = field(default_factory=dict)
    zero: Value = field(default_factory=lambda: literal("sh"))
    arguments: tuple[Value, ...] | None = ()
    descriptors: dict[int, Value] = field(default_factory=dict)
    active: tuple[str, ...] = ()
    errexit: bool = False
    pipefail: bool = False
    fed: Value | None = None
    export_all: bool = False
    replacing: Value | None = None
    asked: list[int] = field(default_factory=lambda: [0])

    def fork(self) -> Scope:
        """Give a copy for a subshell: what changes there does not come back."""
        return Scope(
            self.source,
            self.folder,
            self.home,
            self.user,
            self.host,
            self.inside,
            self.kept,
            self.mounts,
            self.variables.copy(),
            self.arrays.copy(),
            self.exported.copy(),
            self.functions.copy(),
            self.function_sources.copy(),
            self.zero,
            self.arguments,
            self.descriptors.copy(),
            self.active,
            self.errexit,
            self.pipefail,
            self.fed,
            self.export_all,
            self.replacing,
            self.asked,
        )

    def take(self, *branches: Scope) -> None:
        """Take over what holds after one of several paths that end here; what they disagree on becomes unknown."""
        if not branches:
            return
        first, *others = branches
        names = dict.fromkeys(name for branch in branches for name in branch.variables)
        self.variables = {}
        for name in names:
            value = first.variables.get(name)
            for branch in others:
                value = merged(value, branch.variables.get(name))
            if value is not None:
                self.variables[name] = value
        self.arrays = {
            name: value
            for name, value in first.arrays.items()
            if all(branch.arrays.get(name) == value for branch in others)
        }
        folder = first.folder
        for branch in branches:
            self.exported |= branch.exported
            self.functions |= branch.functions
            self.function_sources |= branch.function_sources
            self.descriptors |= branch.descriptors
            folder = merged(folder, branch.folder) or folder
        self.folder = folder
        self.arguments = first.arguments if all(b.arguments == first.arguments for b in branches) else None
        self.errexit = all(branch.errexit for branch in branches)
        self.pipefail = all(branch.pipefail for branch in branches)

    def set(self, name: str, value: Value) -> None:
        """Give a variable a value."""
        self.variables[name] = value
        self.arrays.pop(name, None)
        if self.export_all:
            self.exported.add(name)
        if name == "HOME":
            self.home = value

    def forget(self, names: frozenset[str]) -> None:
        """Make variables unknown that a loop may change before this place is reached again."""
        if "#" in names:
            self.arguments = None
        for name in sorted(names):
            old = self.variables.get(name)
            state = old.state if old is not None else frozenset()
            self.variables[name] = unknown(f"${name}", private=old is not None and old.private, state=state)
            self.arrays.pop(name, None)

    def environment(self) -> dict[str, Value]:
        """Give the variables that a program started here would see."""
        return {name: value for name, value in self.variables.items() if name in self.exported}

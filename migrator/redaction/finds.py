"""What a search of a shell text has found so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from migrator.redaction.marks import Cut, Kind
from migrator.redaction.names import is_harmless
from migrator.redaction.views import View


@dataclass(slots=True)
class Finds:
    """What was found in a text: spans to cut, variables that stand where a secret belongs, and `NAME=value` words.

    `programs` are those that take options from a variable, by its name; `logins` the
    separators in the variables that hold `user<separator>secret`.
    """

    cuts: list[Cut] = field(default_factory=list)
    variables: set[str] = field(default_factory=set)
    named: list[tuple[str, View, int]] = field(default_factory=list)
    programs: dict[str, View] = field(default_factory=dict)
    logins: dict[str, str] = field(default_factory=dict)

    def value(self, view: View, first: int, last: int, kind: Kind) -> None:
        """Take characters `first` to `last` of a word as a secret, unless they are a variable or no secret at all."""
        self.variables.update(view.names(first, last))
        if first >= last:
            return
        if not is_harmless(view.text[first:last]):
            self.cuts.append(view.cut(first, last, kind))
            return
        for start, end, default in view.defaults_in(first, last):
            if not is_harmless(default):
                self.cuts.append(Cut(start, end, kind))

    def whole(self, view: View, kind: Kind) -> None:
        """Take a whole word as a secret."""
        self.value(view, 0, len(view.text), kind)

    def inside(self, cuts: Iterable[Cut], start: int) -> None:
        """Take the cuts of a text that stands in this one from `start` on."""
        self.cuts.extend(Cut(start + cut.start, start + cut.end, cut.kind) for cut in cuts)

    def used(self, program: View, words: Sequence[View]) -> None:
        """Note the variables that a program takes words from."""
        for word in words:
            for name in word.variables:
                if name:
                    self.programs.setdefault(name, program)

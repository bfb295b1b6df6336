"""What a shell word comes to, as far as it is known before a run."""

from __future__ import annotations

from collections.abc import Sequence

from migrator.model.frozen import frozen

UNKNOWN = "*"
_STATELESS: frozenset[str] = frozenset()


@frozen
class Value:
    """A text with `*` for each part that only a run can know.

    `written` is the text as it stands, quotes removed. `exact` says that nothing in it is unknown (a glob is known).
    `dated` says that a date stands in it, `private` that it is unique to one run (`mktemp`, `$$`). `state` names the
    shell state that it carries: temporary files and the output of commands kept in variables. `quoted` says that the
    shell neither splits it nor takes a leading `~` for a home.
    """

    text: str
    written: str
    exact: bool = True
    dated: bool = False
    private: bool = False
    state: frozenset[str] = _STATELESS
    quoted: bool = False

    def __add__(self, other: Value) -> Value:
        return Value(
            self.text + other.text,
            self.written + other.written,
            self.exact and other.exact,
            self.dated or other.dated,
            self.private or other.private,
            self.state | other.state,
            self.quoted,
        )

    @property
    def known(self) -> str | None:
        """Give the text when nothing in it is unknown."""
        return self.text if self.exact else None

    @property
    def shown(self) -> str:
        """Give the text as far as it is known, else as it is written."""
        return self.text if self.exact else self.written

    def but(self, text: str, written: str | None = None) -> Value:
        """Give the same value with another text; what is not known stays as it is written."""
        shown = written if written is not None else (text if self.exact else self.written)
        return Value(text, shown, self.exact, self.dated, self.private, self.state, self.quoted)

    def uncertain(self) -> Value:
        """Give the same value as one that may be another."""
        return Value(
            self.text,
            self.written,
            exact=False,
            dated=self.dated,
            private=self.private,
            state=self.state,
            quoted=self.quoted,
        )


def literal(text: str, *, quoted: bool = False) -> Value:
    """Give the value of a text that the shell takes as it is."""
    return Value(text, text, True, False, False, _STATELESS, quoted)  # by place: names take as long again


_BLANK = literal(" ")


def unknown(written: str, *, dated: bool = False, private: bool = False, state: frozenset[str] = _STATELESS) -> Value:
    """Give the value of something that only a run can know."""
    return Value(UNKNOWN, written, False, dated, private, state)


def joined(values: list[Value]) -> Value:
    """Concatenate in linear time; nothing gives the empty text."""
    if not values:
        return literal("")
    if len(values) == 1:
        return values[0]
    exact, dated, private, states = True, False, False, []
    for value in values:
        exact = exact and value.exact
        dated = dated or value.dated
        private = private or value.private
        if value.state:
            states.append(value.state)
    text, written = "".join([value.text for value in values]), "".join([value.written for value in values])
    return Value(text, written, exact, dated, private, _STATELESS.union(*states), values[0].quoted)


def spaced(values: Sequence[Value]) -> Value:
    """Concatenate with a blank between each two."""
    return joined([part for value in values for part in (_BLANK, value)][1:])


def merged(one: Value | None, other: Value | None) -> Value | None:
    """Give what holds of a variable after either of two paths through a script."""
    if one == other:
        return one
    if one is None or other is None:
        present = one or other
        return None if present is None else present.uncertain()
    return Value(
        UNKNOWN,
        one.written,
        exact=False,
        dated=one.dated or other.dated,
        private=one.private or other.private,
        state=one.state | other.state,
    )

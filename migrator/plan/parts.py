"""What all parts of `plan.json` are made of."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from migrator.model import Evidence, Origin, Range
from migrator.plan.trusted import Making, making_of, values_of
from migrator.plan.visible import storable

Text = Annotated[str, AfterValidator(storable)]
Line = Annotated[int, Field(ge=0)]
Count = Annotated[int, Field(ge=0)]
Confidence = Annotated[float, Field(ge=0, le=1)]

_PLACES = 6
_set = object.__setattr__  # a part is frozen for all others


class _Makings(dict[type[BaseModel], Making | None]):
    """How the parts of each class are made, found out once."""

    def __missing__(self, part: type[BaseModel]) -> Making | None:
        self[part] = making_of(part)
        return self[part]


_makings = _Makings()


class Part(BaseModel):
    """A part of `plan.json`: an unknown field is an error, no value is coerced, none can be changed.

    One that the program makes of its own values is not checked again (`plan.trusted`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False)

    def __init__(self, /, **values: Any) -> None:
        making = _makings[type(self)]
        found = None if making is None else values_of(making, values)
        if making is None or found is None:
            super().__init__(**values)
            return
        _set(self, "__dict__", found)
        _set(self, "__pydantic_fields_set__", making.names)
        _set(self, "__pydantic_extra__", None)
        _set(self, "__pydantic_private__", None)

    # What is read from JSON is checked without a call of this.
    __init__.__pydantic_base_init__ = True  # type: ignore[attr-defined]


def fields_of(part: type[Part]) -> set[str]:
    """Give the names of a part's fields: one set for all that are made."""
    making = _makings[part]
    return set(part.model_fields) if making is None else making.names


class PlaceOf(Part):
    """A line of a file. Line 0 is the whole file."""

    path: Text
    line: Line

    @classmethod
    def of(cls, origin: Origin) -> Self:
        """Take over an origin."""
        return cls(path=origin.path, line=origin.line)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}" if self.line else self.path


class Proof(PlaceOf):
    """A line of a file, the redacted text there, and what it says about the claim."""

    text: Text
    says: Text

    @staticmethod
    def from_evidence(evidence: Evidence) -> "Proof":
        """Take over a piece of evidence. One line proves many things: equal pieces are one part."""
        return _proof(evidence)

    @staticmethod
    def of_all(evidence: Iterable[Evidence]) -> "tuple[Proof, ...]":
        """Take over pieces of evidence."""
        return tuple([_proof(piece) for piece in evidence])


@lru_cache(maxsize=65536)
def _proof(evidence: Evidence) -> Proof:
    return Proof(path=evidence.origin.path, line=evidence.origin.line, text=evidence.text, says=evidence.says)


class RangePart(Part):
    """A closed interval in the unit that the field holding it names; money is in USD a month."""

    low: float
    high: float

    @staticmethod
    def of(amount: Range | None) -> "RangePart | None":
        """Take over a range; unknown stays unknown. Equal ranges are one part."""
        return None if amount is None else _range(amount)


@lru_cache(maxsize=65536)
def _range(amount: Range) -> RangePart:
    return RangePart(low=number(amount.low), high=number(amount.high))


def number(value: Decimal, places: int = _PLACES) -> float:
    """Give a JSON number with at most `places` decimals."""
    return float(round(value, places))


def exactly(amount: Range | None) -> float | None:
    """Give an amount that is known to one figure as a JSON number; a range stays unknown."""
    return number(amount.low) if amount is not None and amount.low == amount.high else None


def middle(amount: Range | None) -> float | None:
    """Give the mean of a range as a JSON number; unknown stays unknown."""
    return None if amount is None else number((amount.low + amount.high) / 2)

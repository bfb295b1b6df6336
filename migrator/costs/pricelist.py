"""The dated price list: read once from the package's TOML, every price with its source, date and confidence."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from importlib.resources import files

from migrator.model import MigratorError

_CONFIDENCES = frozenset({"verified", "secondary"})


class PriceListError(MigratorError):
    """The price list cannot be used: the place is the dotted key, the fault what is wrong there."""


@dataclass(frozen=True, slots=True)
class Price:
    """A price or a free amount. `usd` is per unit, `month` for 730 hours where AWS bills by the hour, `n` a count."""

    key: str
    source: str
    confidence: str
    usd: Decimal | None = None
    month: Decimal | None = None
    n: Decimal | None = None
    date: str = "undated"
    note: str = ""

    @property
    def cited(self) -> str:
        """Give source, date and confidence as one phrase."""
        return f"{self.source}, {self.date}, {self.confidence}" + (f"; {self.note}" if self.note else "")


@dataclass(frozen=True, slots=True, eq=False)
class PriceList:
    """All prices by dotted key (`mwaa.environment_hour.micro`), of one region and one day of collection.

    A list is equal to itself alone, so that what is computed of it can be kept.
    """

    region: str
    collected: str
    hours_per_month: Decimal
    entries: Mapping[str, Price]

    def price(self, key: str) -> Price:
        """Give the entry of a dotted key; raise PriceListError where the list has none."""
        if key not in self.entries:
            raise PriceListError(f"price list, {key}", "no such price", "add it to migrator/costs/prices.toml")
        return self.entries[key]

    def usd(self, key: str) -> Decimal:
        """Give the price per unit; raise PriceListError where the entry has none."""
        return _given(self.price(key).usd, key, "usd")

    def month(self, key: str) -> Decimal:
        """Give the price of a whole month; raise PriceListError where the entry has none."""
        return _given(self.price(key).month, key, "month")

    def count(self, key: str) -> Decimal:
        """Give a free amount or a capacity; raise PriceListError where the entry has none."""
        return _given(self.price(key).n, key, "n")


def read_prices(text: str) -> PriceList:
    """Read a price list from TOML text; raise PriceListError with all faults at once."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PriceListError("price list", f"not TOML: {fault}") from fault
    meta, sources = document.pop("meta", {}), document.pop("sources", {})
    faults = [f"meta.{name} is missing" for name in ("region", "collected", "hours_per_month") if name not in meta]
    entries: dict[str, Price] = {}
    _collect(document, "", sources, entries, faults)
    if faults:
        raise PriceListError("price list", "; ".join(faults), "correct migrator/costs/prices.toml")
    return PriceList(meta["region"], meta["collected"], Decimal(meta["hours_per_month"]), entries)


def packaged_prices() -> PriceList:
    """Read the price list that the package carries."""
    return read_prices(files("migrator.costs").joinpath("prices.toml").read_text(encoding="utf-8"))


def _collect(
    table: Mapping[str, object],
    prefix: str,
    sources: Mapping[str, str],
    entries: dict[str, Price],
    faults: list[str],
) -> None:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if not isinstance(value, dict):
            faults.append(f"{key} is neither a table nor a price")
        elif "source" in value:
            entries[key] = _entry(key, value, sources, faults)
        else:
            _collect(value, f"{key}.", sources, entries, faults)


def _entry(key: str, value: Mapping[str, object], sources: Mapping[str, str], faults: list[str]) -> Price:
    if unknown := sorted(set(value) - {"usd", "month", "n", "source", "date", "confidence", "note"}):
        faults.append(f"{key} has unknown keys: {', '.join(unknown)}")
    if value["source"] not in sources:
        faults.append(f"{key}: no source is called {value['source']}")
    if value.get("confidence") not in _CONFIDENCES:
        faults.append(f"{key}: confidence is neither verified nor secondary")
    numbers = {name: _number(key, name, value, faults) for name in ("usd", "month", "n")}
    if all(number is None for number in numbers.values()):
        faults.append(f"{key} has no usd, month or n")
    return Price(
        key=key,
        source=sources.get(str(value["source"]), ""),
        confidence=str(value.get("confidence")),
        date=str(value.get("date", "undated")),
        note=str(value.get("note", "")),
        **numbers,
    )


def _number(key: str, name: str, value: Mapping[str, object], faults: list[str]) -> Decimal | None:
    if name not in value:
        return None
    try:
        number = Decimal(str(value[name]))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or number < 0:
        faults.append(f"{key}.{name} is not a number from 0")
        return None
    return number


def _given(number: Decimal | None, key: str, name: str) -> Decimal:
    if number is None:
        raise PriceListError(f"price list, {key}", f"has no {name}", "add it to migrator/costs/prices.toml")
    return number

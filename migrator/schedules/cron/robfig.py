"""Read the five fields as Kubernetes does, whose controller uses robfig/cron 3 (`ParseStandard`)."""

from __future__ import annotations

import re

from migrator.schedules.cron.fields import FIELDS, WEEKDAY, Bounds

_GO_SPACES = "\t\n\v\f\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
GO_FIELD = re.compile(f"[^{_GO_SPACES}]+")
"""What Go's `strings.Fields` takes for a word."""

_NUMBER = re.compile(r"[+]?[0-9]+")
_INT64_DIGITS = 19
_KUBERNETES_WEEKDAY = Bounds(WEEKDAY.name, 0, 6, WEEKDAY.names)
KUBERNETES_FIELDS = (*FIELDS[:4], _KUBERNETES_WEEKDAY)

_DURATION = re.compile(r"[+-]?(?:(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:ns|us|µs|μs|ms|s|m|h))+")
_DURATION_PART = re.compile(r"([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)")
_NANOSECONDS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": 10**9,
    "m": 60 * 10**9,
    "h": 3600 * 10**9,
}


def kubernetes_field(word: str, bounds: Bounds) -> tuple[int, bool] | None:
    """Give the mask of a field's word and its star bit; None where robfig/cron returns an error."""
    mask, star = 0, False
    for part in word.split(","):
        if not part:
            continue
        found = _range(part, bounds)
        if found is None:
            return None
        mask |= found[0]
        star = star or found[1]
    return mask, star


def _range(part: str, bounds: Bounds) -> tuple[int, bool] | None:
    span, *steps = part.split("/")
    ends = span.split("-")
    star = ends[0] in ("*", "?")
    if len(steps) > 1 or (len(ends) > 2 and not star):
        return None
    if star:
        first: int | None = bounds.low
        last: int | None = bounds.high
    else:
        first = _number_or_name(ends[0], bounds)
        last = _number_or_name(ends[-1], bounds)
    step = 1
    if steps:
        number = _number(steps[0])
        if not number:
            return None
        step = number
        if len(ends) == 1:
            last = bounds.high
        star = star and step == 1
    if first is None or last is None or not bounds.low <= first <= last <= bounds.high:
        return None
    return sum(1 << value for value in range(first, last + 1, step)), star


def _number_or_name(text: str, bounds: Bounds) -> int | None:
    lowered = text.lower()
    for name, number in bounds.names:
        if name == lowered:
            return number
    return _number(text)


def _number(text: str) -> int | None:
    """Convert as `strconv.Atoi`: ASCII digits, a plus sign allowed, no more than an int64."""
    if _NUMBER.fullmatch(text) is None:
        return None
    significant = text.lstrip("+").lstrip("0") or "0"
    number = int(significant) if len(significant) <= _INT64_DIGITS else 2**63
    return number if number < 2**63 else None


def every(text: str) -> int | None:
    """Give the seconds of `@every DURATION`, cut to whole seconds, at least one; None for no Go duration."""
    if text in ("0", "+0", "-0"):
        return 1
    if len(text) > 200 or _DURATION.fullmatch(text) is None:
        return None
    total = 0
    for whole, fraction, unit in _DURATION_PART.findall(text):
        scale = _NANOSECONDS[unit]
        total += int(whole or 0) * scale + (int(fraction) * scale // 10 ** len(fraction) if fraction else 0)
    if total >= 2**63:
        return None
    return 1 if text.startswith("-") else max(1, total // 10**9)

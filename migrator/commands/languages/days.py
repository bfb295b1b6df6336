"""Which questions to the clock are for the day: a run after midnight gets another answer, and works on another day.

A moment is another one in each run anyway: `time()` measures, and `%Y-%m-%d %H:%M` marks a line or names what one run
leaves.
"""

from __future__ import annotations

import re

# Directives of strftime(3), which Python, Perl, Ruby and R share.
_DIRECTIVE = re.compile(r"%[-_0^#]?([A-Za-z%])")
_OF_DAY, _OF_MOMENT = frozenset("aAbBdDeFgGhjmuUVwWxyY"), frozenset("cHIklLMNpPrRsSTX")
# PHP's letters, where a backslash takes the next for itself, and those of moment.js and Luxon.
_ESCAPED = re.compile(r"\\.|\[[^\]]*\]|'[^']*'")
_PHP_OF_DAY, _PHP_OF_MOMENT = frozenset("dDjlNSwzWFmMntLoYy"), frozenset("aABgGhHisuvUcr")
_SIGNS = re.compile(r"YYYY|YY|yyyy|MM|DD|dd|DDD|ddd|WW")
_SIGNS_OF_MOMENT = re.compile(r"HH|hh|mm|ss|SSS|[xX]|LT")
_WHOLE_DAY = re.compile(
    r"(?:\A|[.:])(?:Sys\.Date|today|to(?:Locale)?DateString|getDate|getDay|getMonth|getFullYear|weekday|yday|mday)\Z"
)


def asks_day(name: str) -> bool:
    """Say whether a function gives the day itself: `date.today`, `Date.today`, `Sys.Date`, `x.getDay`."""
    return _WHOLE_DAY.search(name) is not None or name in ("Date.current", "Date::today")


def formats_day(template: str) -> bool:
    """Say whether a format of strftime(3) gives a day, and no hour of it."""
    return _says(frozenset(_DIRECTIVE.findall(template)), _OF_DAY, _OF_MOMENT)


def formats_day_in_php(template: str) -> bool:
    """Say whether a format of PHP's `date` gives a day, and no hour of it."""
    return _says(frozenset(_ESCAPED.sub("", template)), _PHP_OF_DAY, _PHP_OF_MOMENT)


def formats_day_in_signs(template: str) -> bool:
    """Say whether a format like `YYYY-MM-DD` gives a day, and no hour of it."""
    bare = _ESCAPED.sub("", template)
    return _SIGNS.search(bare) is not None and _SIGNS_OF_MOMENT.search(bare) is None


def _says(letters: frozenset[str], day: frozenset[str], moment: frozenset[str]) -> bool:
    return bool(letters & day) and not letters & moment

"""Masks to field texts that every grammar reads alike: numbers, commas, and ranges that run forward."""

from __future__ import annotations

_SHORTEST_RANGE = 3


def values_of(mask: int) -> list[int]:
    """List the values of a mask."""
    return [value for value in range(mask.bit_length()) if mask >> value & 1]


def field_text(mask: int, low: int, high: int) -> str:
    """Write a mask as `*`, or as numbers and ranges of three or more."""
    values = values_of(mask)
    if values == list(range(low, high + 1)):
        return "*"
    runs: list[list[int]] = []
    for value in values:
        if runs and value == runs[-1][-1] + 1:
            runs[-1].append(value)
        else:
            runs.append([value])
    return ",".join(f"{run[0]}-{run[-1]}" if len(run) >= _SHORTEST_RANGE else ",".join(map(str, run)) for run in runs)

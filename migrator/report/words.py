"""Targets, names and numbers in the report's prose."""

from migrator.model import Target


def heading_label(target: Target) -> str:
    """Name a target at the start of a line."""
    return target.label[:1].upper() + target.label[1:]


def listed(names: list[str]) -> str:
    """Join names as a sentence does: `a, b and c`."""
    return names[0] if len(names) == 1 else ", ".join(names[:-1]) + f" and {names[-1]}" if names else ""


def spaced(schedule: str) -> str:
    """Write the text of a schedule with one blank between its fields, however it was lined up in its file."""
    return " ".join(schedule.split())


def times(runs: float | None) -> str:
    """Give a number of runs a month; what is not known is a dash."""
    if runs is None:
        return "–"
    return f"{runs:,.0f}" if runs >= 10 or runs == int(runs) else f"{runs:,.1f}"

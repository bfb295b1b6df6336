"""What changed between two plans, on the terminal and as data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import IO, Any

from migrator.model.wording import counted
from migrator.plan import cut
from migrator.plan.difference import Changed, Difference, Named
from migrator.report.money import usd
from migrator.report.terminal.screen import Screen

_MOST = 40
_LONGEST = 200


def print_difference(found: Difference, stream: IO[str], width: int | None = None) -> None:
    """Show what is done, what came, went and changed, and the totals of both plans."""
    screen = Screen(stream, width)
    if found.same:
        screen.line("Nothing changed.", "bold")
    _list(screen, "Done: switched off by a cut-over", found.done, "green")
    _list(screen, "Switched on again", found.back, "yellow")
    _list(screen, "Gone from the files", found.gone)
    _list(screen, "Made comments by hand, or gone", found.commented)
    _list(screen, "New", found.new)
    _changes(screen, "Changed", found.changed, "job")
    _list(screen, "Clusters gone", found.clusters_gone)
    _list(screen, "Clusters new", found.clusters_new)
    _changes(screen, "Clusters changed", found.clusters_changed, "cluster")
    screen.heading("Totals")
    rows = [[total.name, f"{total.old:,}", f"{total.new:,}", _signed(total.new - total.old)] for total in found.totals]
    rows.append(["USD a month", *(usd(amount) for amount in found.monthly), ""])
    styles = ["" if row[3] else "dim" for row in rows]
    screen.table(["", "Then:", "Now:", "Change:"], rows, styles)


def difference_data(found: Difference) -> dict[str, Any]:
    """Give the difference as values that JSON can hold."""
    data = asdict(found)
    for key in ("changed", "clusters_changed"):
        data[key] = [
            {**item, "changes": [{"what": what, "then": then, "now": now} for what, then, now in item["changes"]]}
            for item in data[key]
        ]
    data["totals"] = {total.name: {"then": total.old, "now": total.new} for total in found.totals}
    then, now = (amount.model_dump() if amount is not None else None for amount in found.monthly)
    data["monthly"] = {"then": then, "now": now}
    return data


def _list(screen: Screen, heading: str, items: Sequence[Named], style: str = "") -> None:
    if not items:
        return
    noun = "cluster" if heading.startswith("Clusters") else "job"
    screen.heading(f"{heading}: {counted(len(items), noun)}")
    for item in items[:_MOST]:
        screen.item(f"{cut(item.title, 80)}  ({cut(item.place, 100)})", style)
    _rest(screen, len(items))


def _changes(screen: Screen, heading: str, items: Sequence[Changed], noun: str) -> None:
    if not items:
        return
    screen.heading(f"{heading}: {counted(len(items), noun)}")
    for item in items[:_MOST]:
        screen.item(f"{cut(item.title, 80)}" + (f"  ({cut(item.place, 100)})" if item.place else ""))
        for what, then, now in item.changes:
            screen.item(f"{what}: {cut(then, _LONGEST)} → {cut(now, _LONGEST)}", depth=2)
    _rest(screen, len(items))


def _rest(screen: Screen, count: int) -> None:
    if count > _MOST:
        screen.line(f"  {count - _MOST:,} more; --json has all.", "dim")


def _signed(number: int) -> str:
    return f"{number:+,}" if number else ""

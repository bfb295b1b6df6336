"""A progress bar on standard error, on a terminal only."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

Progress = Callable[[str, int, int], None]
"""A callback that is told the stage, how much of it is done, and of how much."""


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Show nothing."""


@contextmanager
def progress() -> Iterator[Progress]:
    """Give a callback that draws a bar while the block runs; silent where nobody watches.

    Beside the bar stand the rate and the time that is left of the stage, once two steps of it were told.
    """
    if not sys.stderr.isatty():
        yield _silent
        return
    from datetime import timedelta

    with _bar() as bar:
        begun = time.monotonic()
        stage_bar = bar.add_task("reading", total=None, rate="", taken="0:00:00")
        counted = ("reading", 0)

        def taken() -> str:
            return str(timedelta(seconds=int(time.monotonic() - begun)))

        def show(stage: str, done: int, of: int) -> None:
            nonlocal counted
            if counted != (stage, of):
                # Steps of another kind: neither their rate nor the time for them follows from those before.
                counted = stage, of
                bar.reset(stage_bar, description=stage, total=of, rate="", taken=taken())
            bar.update(stage_bar, completed=done)
            speed = bar.tasks[0].speed
            bar.update(stage_bar, rate=f"{speed:,.0f}/s" if speed else "", taken=taken(), refresh=True)

        yield show


def _bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("left of it, {task.fields[taken]} taken in all"),
    )
    console = Console(stderr=True, no_color="NO_COLOR" in os.environ)
    # No thread draws it anew: beside another thread the work is not shared among cores.
    return Bar(*columns, console=console, transient=True, auto_refresh=False)

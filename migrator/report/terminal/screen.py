"""A console for text that others wrote: nothing in it is markup, a colour code or a link."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import IO, TYPE_CHECKING

from migrator.plan import visible

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

SEVERITY_STYLES = {"silent": "bold red", "loud": "yellow", "nuisance": "dim"}


class Screen:
    """Prints to one stream: as wide as its terminal, eighty columns elsewhere, coloured where that is wanted."""

    def __init__(self, stream: IO[str], width: int | None = None) -> None:
        from rich.console import Console

        self.console: Console = Console(
            file=stream, width=width, markup=False, highlight=False, emoji=False, soft_wrap=False
        )
        self.console.size = self.console.size  # else the terminal is asked for it anew for each line

    def line(self, text: str = "", style: str = "") -> None:
        """Print a text, wrapped at words."""
        self._put(_text(text, style))

    def heading(self, text: str) -> None:
        """Print a heading, after an empty line."""
        self._put(_text(""))
        self._put(_text(text, "bold"))

    def item(self, text: str, style: str = "", depth: int = 1) -> None:
        """Print a list item whose further lines are set in."""
        indent = " " * (2 * depth)
        room = max(20, self.console.width - len(indent) - 2)
        mark = "•" if depth == 1 else "·"
        whole = _text(text, style)
        for line in [whole] if whole.cell_len <= room else whole.wrap(self.console, room):
            line.rstrip()
            self._put(_text(f"{indent}{mark} ") + line)
            mark = " "

    def _put(self, line: Text) -> None:
        if self.console.color_system is None and line.cell_len <= self.console.width:
            # Nothing to wrap and nothing to colour: the console takes ten times as long to find that out.
            self.console.file.write(f"{line.plain}\n")
        else:
            self.console.print(line)

    def table(self, headers: Sequence[str], rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> None:
        """Print a table; a header that ends in `:` is set right. `styles` are of the rows, in order."""
        table = _table(headers)
        for number, row in enumerate(rows):
            style = styles[number] if number < len(styles) else ""
            table.add_row(*(_text(value) for value in row), style=style or None)
        self.console.print(table)

    def grid(self, rows: Iterable[Sequence[str]], widths: Sequence[int | None], styles: Sequence[str] = ()) -> None:
        """Print rows without a header; `None` is the column that takes what is left."""
        from rich.table import Table

        grid = Table.grid(padding=(0, 2, 0, 0), expand=True)
        for width in widths:
            grid.add_column(width=width, ratio=1 if width is None else None, overflow="fold")
        for number, row in enumerate(rows):
            grid.add_row(*(_text(value) for value in row), style=styles[number] if number < len(styles) else None)
        self.console.print(grid)


def _table(headers: Sequence[str]) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, padding=(0, 1), header_style="bold")
    for header in headers:
        right = header.endswith(":")
        table.add_column(header.removesuffix(":"), justify="right" if right else "left", overflow="fold", no_wrap=right)
    return table


def _text(value: str, style: str = "") -> Text:
    from rich.text import Text

    return Text(visible(value), style=style)

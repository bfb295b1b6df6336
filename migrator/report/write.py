"""Write a plan's folder: the report, the data, the table, the pictures, a page for each wave."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Self

from migrator import cores
from migrator.collecting import uncollected
from migrator.plan import MigrationPlan, dumped
from migrator.plan.clusters import ClusterPart
from migrator.report.folder import replacing
from migrator.report.jobs_csv import jobs_csv
from migrator.report.markdown import report
from migrator.report.markdown.cutover import cutover_pages
from migrator.report.markdown.places import by_money_and_risk
from migrator.report.pictures import (
    Known,
    Renderer,
    RenderError,
    cluster_picture,
    draw,
    find_renderer,
    overview_picture,
)
from migrator.report.pictures.scene import Picture

Progress = Callable[[str, int, int], None]
Complete = Callable[[MigrationPlan, Path], MigrationPlan]
"""A callback that writes further files into the folder and gives the plan that tells of them."""

Pictures = tuple[frozenset[str], list[str]]
"""The names of the pictures that were drawn, and what is to be said of others."""

MOST_PICTURES = 200
_GRAPHS = "graphs"
_CUTOVER = "cutover"
_OVERVIEW = "overview"
_MOST_FAILURES = 3
_TELLING_SECONDS = 0.2
_MANY_JOBS = 1000  # so many are worth another core for what is written of them


@dataclass(frozen=True, slots=True)
class Written:
    """What was written: the folder as named by the user, the files in it, `/`-separated and sorted, and their plan."""

    directory: Path
    files: tuple[str, ...]
    plan: MigrationPlan


def write(
    plan: MigrationPlan,
    directory: Path,
    progress: Progress | None = None,
    *,
    search_path: str | None = None,
    pictures: bool = True,
    complete: Complete | None = None,
) -> Written:
    """Write the plan's folder and swap it in when it is whole.

    `complete` writes the targets' files, which the report then tells of.
    `search_path` (as in PATH) is where `dot` is looked for when the wheel's program is absent. Without any program, and
    where `pictures` is False, the graphs are Mermaid text in the report. Raise WriteError or ForeignFolderError.
    """
    renderer = find_renderer(search_path) if pictures else None
    tell = progress or _silent
    with replacing(directory) as folder:
        # Another program draws: while it does, the targets' files are made.
        with _Drawing(plan, folder, renderer, wanted=pictures) as drawing:
            if complete is not None:
                tell("checking", 0, 1)
                plan = complete(plan, folder)
            # The report tells what is drawn: it is made meanwhile, as if all were, and again where a picture failed.
            hoped = drawing.hoped()
            tell("writing", 1, 1)
            with _written_beside(plan, folder) as written:
                _write_report(plan, folder, hoped)
                written()
            if (drawn := drawing.done(tell)) != hoped:
                _write_report(plan, folder, drawn)
        files = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return Written(directory, tuple(sorted(files)), plan)


def _write_report(plan: MigrationPlan, folder: Path, drawn: Pictures) -> None:
    with uncollected():
        (folder / "report.md").write_bytes(report(plan, *drawn).encode())


def _written_beside(plan: MigrationPlan, folder: Path) -> AbstractContextManager[Callable[[], object]]:
    """Have another core begin to write the data, the waves' pages and the table, where they are long."""

    def data() -> None:
        with (folder / "plan.json").open("wb") as stream:
            stream.writelines(piece.encode() for piece in dumped(plan))

    def pages() -> None:
        if plan.waves:
            (folder / _CUTOVER).mkdir(exist_ok=True)
        for name, text in cutover_pages(plan):
            (folder / _CUTOVER / name).write_bytes(text.encode())

    def table() -> None:
        (folder / "jobs.csv").write_bytes(jobs_csv(plan).encode())

    def done(part: Callable[[], None]) -> None:
        with uncollected():
            part()

    # The longest first: what is left at the end is short.
    return cores.begun(done, (data, pages, table), cores.available() if len(plan.jobs) >= _MANY_JOBS else 1, 1)


class _Drawing:
    """The pictures of a plan, drawn in a process of their own; left early, it ends with the program that draws."""

    def __init__(self, plan: MigrationPlan, folder: Path, renderer: Renderer | None, *, wanted: bool) -> None:
        self._plan, self._graphs, self._renderer, self._wanted = plan, folder / _GRAPHS, renderer, wanted
        self._clusters, self._notes = _worth_drawing(plan)
        self._child: cores.Child[Pictures] | None = None

    def __enter__(self) -> Self:
        if self._renderer is not None:
            self._graphs.mkdir()
            if cores.may_fork():
                self._child = cores.forked(partial(self._draw_all, self._renderer), apart=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._child is not None:
            cores.end(self._child)

    def hoped(self) -> Pictures:
        """Give what `done` gives where no picture fails."""
        if self._renderer is None:
            note = "No program that draws was found, so the graphs are Mermaid text; install graphviz-pure or Graphviz"
            return frozenset(), [note] if self._wanted else ["No pictures were asked for; the graphs are Mermaid text"]
        return frozenset({_OVERVIEW, *(cluster.file_name for cluster in self._clusters)}), list(self._notes)

    def done(self, tell: Progress) -> Pictures:
        """Wait for the pictures, and give the names of those that were drawn, and what is to be said."""
        if self._renderer is None:
            return self.hoped()
        if self._child is None:
            return self._draw_all(self._renderer)
        ended = False
        while not ended:
            tell("drawing", sum(1 for _ in self._graphs.glob("*.png")), len(self._clusters) + 1)
            ended = cores.wait([self._child], _TELLING_SECONDS)
        # What a killed process did not draw is drawn here.
        return cores.received(self._child) or self._draw_all(self._renderer)

    def _draw_all(self, renderer: Renderer) -> Pictures:
        made: set[str] = set()
        notes = list(self._notes)
        failures = 0
        for name, picture in _pictures(self._plan, self._clusters):
            try:
                drawn = draw(picture, renderer)
            except RenderError as error:
                notes.append(f"{name}: {error.fault}; the report has its graph as Mermaid text")
                failures += 1
                if failures == _MOST_FAILURES:
                    notes.append(f"After {failures} pictures that could not be drawn no other was tried")
                    break
                continue
            (self._graphs / f"{name}.svg").write_bytes(drawn.svg)
            (self._graphs / f"{name}.png").write_bytes(drawn.png)
            made.add(name)
        return frozenset(made), notes


def _worth_drawing(plan: MigrationPlan) -> tuple[Sequence[ClusterPart], list[str]]:
    larger = sorted((c for c in plan.clusters if c.metrics.jobs > 1), key=by_money_and_risk)
    if len(larger) <= MOST_PICTURES:
        return larger, []
    left_out = len(larger) - MOST_PICTURES
    note = (
        f"Pictures were drawn for the {MOST_PICTURES} clusters that cost or risk most; {left_out:,} have none, "
        "and `migrator graph --cluster NAME` draws them"
    )
    return larger[:MOST_PICTURES], [note]


def _pictures(plan: MigrationPlan, clusters: Sequence[ClusterPart]) -> Iterator[tuple[str, Picture]]:
    yield _OVERVIEW, overview_picture(plan)
    known = Known.of(plan)
    for cluster in clusters:
        yield cluster.file_name, cluster_picture(plan, cluster, known)


def _silent(_stage: str, _done: int, _of: int) -> None:
    pass

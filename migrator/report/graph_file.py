"""One picture in one file, as the file's ending asks for."""

import os
import tempfile
from pathlib import Path

from migrator.plan import MigrationPlan
from migrator.report.folder import WriteError, umask
from migrator.report.naming import find_cluster, unknown_name
from migrator.report.pictures import (
    MOST_EDGES,
    Picture,
    RenderError,
    cluster_picture,
    dot_text,
    draw,
    find_renderer,
    mermaid_text,
    overview_picture,
    thinned,
    whole_picture,
)

_MOST_JOBS = 60


def write_graph(plan: MigrationPlan, path: Path, cluster: str | None = None, *, search_path: str | None = None) -> None:
    """Draw everything, or one cluster, into a file: .svg or .png as a picture, .dot or .mmd as text.

    Text holds every job. A picture of more than sixty jobs is the overview. Raise UnknownNameError for a cluster that
    is not there, RenderError where nothing can draw, WriteError for a file that cannot be written.
    """
    form = path.suffix.lower()
    picture = _picture(plan, cluster, as_text=form in (".dot", ".mmd"))
    if form == ".dot":
        rows = 4 if len(picture.nodes) <= _MOST_JOBS else None
        _write(path, dot_text(picture, rows).encode())
    elif form == ".mmd":
        _write(path, mermaid_text(picture).encode())
    else:
        renderer = find_renderer(search_path)
        if renderer is None:
            raise RenderError(
                str(path), "no program that draws was found", "install graphviz-pure, or write .mmd or .dot"
            )
        drawn = draw(picture, renderer)
        _write(path, drawn.svg if form == ".svg" else drawn.png)


def _picture(plan: MigrationPlan, cluster: str | None, *, as_text: bool) -> Picture:
    if cluster is not None:
        found = find_cluster(plan, cluster)
        if found is None:
            raise unknown_name(plan, cluster)
        return cluster_picture(plan, found)
    whole = whole_picture(plan)
    if as_text:
        return whole
    thin = thinned(whole)
    return thin if len(thin.nodes) <= _MOST_JOBS and len(thin.edges) <= MOST_EDGES else overview_picture(plan)


def _write(path: Path, content: bytes) -> None:
    """Write a file that is there whole or as it was; raise WriteError with the place."""
    if path.exists() and not path.is_file():
        raise WriteError(str(path), "is not a plain file", "name another place with -o")
    place = Path(os.path.realpath(path))
    try:
        mode = place.stat().st_mode & 0o777 if place.exists() else 0o666 & ~umask()
        descriptor, name = tempfile.mkstemp(prefix=".migrator-", dir=place.parent)
        made = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(content)
            made.chmod(mode)
            made.replace(place)
        except BaseException:  # an interrupt, too, must leave nothing behind
            made.unlink()
            raise
    except OSError as error:
        raise WriteError(str(path), error.strerror or str(error), "name another place with -o") from error

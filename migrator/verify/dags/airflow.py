"""Airflow's own reader of DAGs, the DagBag, in a process of its own: it runs the text of a file.

Only files that our own reader takes are handed to it: those do nothing but describe a DAG.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from migrator.verify import tools

_SECONDS = 600
_LONGEST = 400  # characters of what it says of one file
_PROGRAM = """
import json, sys
from airflow.dag_processing.dagbag import DagBag
bag = DagBag(sys.argv[1])
print("\\n" + json.dumps([bag.import_errors, sorted(dag.fileloc for dag in bag.dags.values())]))
"""


class NotRunError(RuntimeError):
    """Airflow could not be asked: why."""


def dag_bag_faults(texts: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Give what the DagBag says of each file, nothing where it is content; raise NotRunError."""
    if not tools.installed(tools.AIRFLOW):
        msg = "Airflow is not installed"
        raise NotRunError(msg)
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home) / "dags"
        folder.mkdir()
        names = {path: f"dag_{number:06d}.py" for number, path in enumerate(sorted(texts))}
        for path, name in names.items():
            (folder / name).write_text(texts[path], encoding="utf-8")
        errors, read = _asked(folder, home)
        wrong = {Path(place).name: said for place, said in errors.items()}
        there = {Path(place).name for place in read}
    return {path: _faults(wrong.get(name), name in there) for path, name in names.items()}


def _faults(said: str | None, there: bool) -> tuple[str, ...]:
    if said is not None:
        return (" ".join(said.split())[-_LONGEST:],)
    return () if there else ("it finds no DAG in it",)


def _asked(folder: Path, home: str) -> tuple[dict[str, str], list[str]]:
    environment = {
        "AIRFLOW_HOME": home,
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_FOLDER": str(folder),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "CRITICAL",
        "HOME": home,
        "PATH": "/usr/bin:/bin",
    }
    try:
        done = subprocess.run(  # noqa: S603 - this interpreter and our own program
            [sys.executable, "-I", "-c", _PROGRAM, str(folder)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
        errors, read = json.loads(done.stdout.decode().strip().splitlines()[-1])
    except (OSError, subprocess.TimeoutExpired, ValueError, IndexError) as error:
        msg = f"Airflow could not be asked: {' '.join(str(error).split())[:200]}"
        raise NotRunError(msg) from error
    return errors, read

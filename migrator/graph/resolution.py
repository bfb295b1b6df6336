"""Find the job that a person names, by id or title."""

from collections import defaultdict
from collections.abc import Iterable

from migrator.model import Job, JobId, MigratorError
from migrator.settings import DenyOrAdd


class GraphError(MigratorError):
    """The settings name a job that is not there, or not only one."""

    exit_code = 2


class Names:
    """The jobs by id, and by title."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._ids: set[str] = set()
        self._titles: defaultdict[str, list[JobId]] = defaultdict(list)
        for job in jobs:
            self._ids.add(job.id)
            self._titles[job.title].append(job.id)

    def of(self, name: str) -> tuple[JobId, ...]:
        """Give the jobs that a name may mean; an id goes before a title."""
        if name in self._ids:
            return (JobId(name),)
        return tuple(sorted(self._titles.get(name, ())))

    def one(self, name: str, list_name: str, said: DenyOrAdd) -> JobId:
        """Give the one job; raise GraphError where there is none or several, with the line that names it."""
        found = self.of(name)
        if len(found) == 1:
            return found[0]
        fault = f"{name!r} names no job" if not found else f"{name!r} names {len(found)} jobs: {', '.join(found[:5])}"
        where = said.place.origin if said.place is not None else "migrator.toml"
        raise GraphError(f"{where}, dependencies.{list_name}", fault, "write a job's id, as `migrator scan` shows it")

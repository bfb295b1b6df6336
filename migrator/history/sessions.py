"""Which pam session belongs to which command: cron logs the command by its own pid, the session by its parent's.

A session opens before its command is logged. Where one user's sessions open before the first of their commands is
logged, the log does not tell which is whose: then nothing is said of how long they took, unless all of them close at
once.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from migrator.history.types import Track

Run = tuple[Track, int]
"""A run: the command's track, and its index there."""

_PATIENCE = 60  # seconds from a session's opening to its command's start, at most
_MOST_OPEN = 65_536
_MOST_TOGETHER = 1000


@dataclass(slots=True)
class _Batch:
    """Sessions of one user that opened before their commands were logged, and those commands."""

    opened: int
    sessions: set[int] = field(default_factory=set)
    runs: list[Run] = field(default_factory=list)
    closed: list[int] = field(default_factory=list)

    @property
    def settled(self) -> bool:
        return len(self.runs) >= len(self.sessions) + len(self.closed)


@dataclass(slots=True)
class Sessions:
    """The open sessions of one host."""

    _current: dict[str, _Batch] = field(default_factory=dict)
    _owner: dict[int, _Batch] = field(default_factory=dict)

    def opened(self, pid: int, user: str, moment: int) -> None:
        """Note a session that a parent opens for a user."""
        batch = self._current.get(user)
        if batch is None or batch.settled or moment - batch.opened > _PATIENCE or len(batch.sessions) >= _MOST_TOGETHER:
            batch = self._current[user] = _Batch(moment)
        batch.sessions.add(pid)
        self._owner[pid] = batch
        if len(self._owner) > _MOST_OPEN:
            self._owner.pop(next(iter(self._owner)))

    def started(self, run: Run, user: str, moment: int, parent: int | None = None) -> None:
        """Note a command that starts for a user, and its parent's pid where the line tells it."""
        batch = self._current.get(user)
        if parent is not None and (own := self._owner.get(parent)) is not None:
            own.sessions.discard(parent)
            self._owner[parent] = _Batch(moment, {parent}, [run])
            return
        if batch is not None and not batch.settled and moment - batch.opened <= _PATIENCE:
            batch.runs.append(run)

    def closed(self, pid: int, moment: int) -> list[Run]:
        """Note that a parent closes its session; give the runs that are known to end by it."""
        batch = self._owner.pop(pid, None)
        if batch is None or pid not in batch.sessions:
            return []
        batch.sessions.discard(pid)
        if not batch.runs:
            return []
        if len(batch.runs) == 1 and not batch.closed:
            # Only one command was logged so far, so the session that closes is its own.
            return [batch.runs.pop()]
        batch.closed.append(moment)
        if batch.sessions or len(batch.closed) != len(batch.runs) or moment - batch.closed[0] > 1:
            return []
        runs, batch.runs = batch.runs, []
        batch.closed.clear()
        return runs

    def of_parent(self, pid: int) -> Run | None:
        """Give the run that is known to be of this parent."""
        batch = self._owner.get(pid)
        alone = batch is not None and len(batch.runs) == 1 and len(batch.sessions) == 1 and not batch.closed
        return batch.runs[0] if alone and batch is not None else None

    def ended(self, pid: int, run: Run) -> None:
        """Take a run whose end is known by its own line out of the doubt."""
        batch = self._owner.pop(pid, None)
        if batch is not None and run in batch.runs:
            batch.runs.remove(run)
            batch.sessions.discard(pid)

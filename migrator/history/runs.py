"""Put the lines of one host together as runs: start and end, what failed, what was skipped."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from migrator.history.events import Event, Name
from migrator.history.messages import Channel, Kind
from migrator.history.sessions import Run, Sessions
from migrator.history.types import Track

_Waiting = tuple[Run, int | None]  # a run without an end so far, and its command's pid

_MOST_OPEN = 64
_MOST_PIDS = 65_536


@dataclass(slots=True)
class HostRuns:
    """The runs of a host: a track for each name, and when each tab was read anew.

    Runs are known by (channel, user, text); `changed` by the tab's path as cron writes it.
    """

    tracks: dict[Name, Track] = field(default_factory=dict)
    changed: dict[tuple[str, str], int] = field(default_factory=dict)
    _sessions: Sessions = field(default_factory=Sessions)
    _open: dict[Name, deque[_Waiting]] = field(default_factory=dict)
    _children: dict[int, Run] = field(default_factory=dict)

    def take(self, moment: int, log: int, event: Event, name: Name) -> None:
        """Take in an event; they come in the order of time."""
        if event.kind is Kind.START:
            self._start(moment, log, event, name)
        elif event.kind is Kind.END:
            self._end(moment, event, name)
        elif event.kind is Kind.OPENED and event.pid is not None:
            self._sessions.opened(event.pid, name.user, moment)
        elif event.kind is Kind.CLOSED and event.pid is not None:
            for run in self._sessions.closed(event.pid, moment):
                self._finish(run, moment)
        elif event.kind is Kind.FAILED and event.child is not None:
            if failed := self._children.pop(event.child, None):
                failed[0].failed += 1
        elif event.kind is Kind.SKIPPED:
            self._track(name).skipped += 1
        elif event.kind is Kind.CHANGED:
            self.changed[name.user, name.text] = moment

    def _track(self, name: Name) -> Track:
        track = self.tracks.get(name)
        if track is None:
            track = self.tracks[name] = Track()
        return track

    def _start(self, moment: int, log: int, event: Event, name: Name) -> None:
        track = self._track(name)
        track.starts.append(moment)
        track.lasting.append(-1)
        track.proof = (log, event.line)
        run = (track, len(track.starts) - 1)
        # Debian's parent logs the child's pid in brackets; else the line is the child's own.
        child = event.pid if event.child is None else event.child
        if child is not None:
            self._children[child] = run
            if len(self._children) > _MOST_PIDS:
                self._children.pop(next(iter(self._children)))
        waiting = self._open.get(name)
        if waiting is None:
            waiting = self._open[name] = deque(maxlen=_MOST_OPEN)
        waiting.append((run, child))
        if name.channel is Channel.CRON:
            self._sessions.started(run, name.user, moment, event.pid if event.child is not None else None)

    def _end(self, moment: int, event: Event, name: Name) -> None:
        waiting = self._open.get(name, deque())
        for item in [item for item in waiting if item[0][0].lasting[item[0][1]] >= 0]:
            waiting.remove(item)
        found = self._ended(waiting, event, name.channel) if waiting else None
        if found is None:
            return
        run = found[0]
        waiting.remove(found)
        if event.pid is not None:
            self._sessions.ended(event.pid, run)
        if event.failed:
            run[0].failed += 1
        self._finish(run, moment)

    def _ended(self, waiting: deque[_Waiting], event: Event, channel: Channel) -> _Waiting | None:
        """Find the run that ends: by the command's pid, by its session, as the only one, or as the next pid up.

        A parent's child has the first pid above its own, but for those that started in between; so of several runs of
        one command it is the nearest above. anacron logs both ends itself, run-parts has a pid for each line.
        """
        if channel is not Channel.CRON:
            same = [item for item in waiting if item[1] == event.pid]
            return same[-1] if same else waiting[-1]
        if event.child is not None:
            return next((item for item in waiting if item[1] == event.child), None)
        if event.pid is not None and (own := self._sessions.of_parent(event.pid)) is not None:
            for item in waiting:
                if item[0] == own:
                    return item
        if len(waiting) == 1:
            return waiting[0]
        above = [item for item in waiting if item[1] is not None and event.pid is not None and item[1] > event.pid]
        return min(above, key=lambda item: item[1] or 0) if above else None

    def _finish(self, run: Run, moment: int) -> None:
        track, index = run
        if track.lasting[index] < 0 <= moment - track.starts[index]:
            # Stamps are whole seconds: what starts and ends in one has not taken none.
            track.lasting[index] = max(1, moment - track.starts[index])

"""Effects of programs in other languages: one reader a language, and what their findings make of the call's step."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from migrator.commands.facts import Called, StepKind, Trait
from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import Effect, ServiceUse, Space, Touch
from migrator.commands.languages import gnuplot, table_files
from migrator.commands.languages.findings import Findings, Used, Waited
from migrator.commands.languages.python import read as python
from migrator.commands.languages.reading import interpreter
from migrator.commands.record import Draft, Flow, Record, Walk
from migrator.commands.scope import Scope, Source
from migrator.model import Access, Mode, Origin, ServiceCall
from migrator.shell.tree import Span

Reader = Callable[[Walk, Interpreted, str, Source, Scope], Findings]

READERS: Mapping[str, Reader] = {
    "python": python.read,
    "perl": interpreter.read,
    "php": interpreter.read,
    "ruby": interpreter.read,
    "node": interpreter.read,
    "r": interpreter.read,
    "sql": table_files.read_sql,
    "mongo": table_files.read_mongo,
    "gnuplot": gnuplot.read,
}
_NESTED = 3
_MOST_STARTS = 60
_INSIDE = 0.8


@dataclass(slots=True)
class Reading:
    """The findings of a program, and what the commands that it starts do."""

    findings: Findings
    accesses: list[Access] = field(default_factory=list)
    called: list[Called] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)

    @property
    def events(self) -> list[Used | Waited]:
        """Give waits and cloud calls in the order in which they happen."""
        return self.findings.events

    @property
    def only_calls(self) -> bool:
        """Say whether the program does nothing but wait and call cloud services."""
        calls = any(isinstance(event, Used) for event in self.events)
        own = [t for t in self.findings.touches if t.mode is not Mode.READ or t.space is Space.TABLE]
        # An output that a call is given as an argument is the service's work, at less than full confidence.
        return calls and not self.drafts and all(t.value.text.startswith("s3://") and t.confidence < 0.9 for t in own)


def reading(walk: Walk, told: Interpreted, path: str, text: Source, scope: Scope, flow: Flow) -> Reading:
    """Read a program's text by its language, and the commands that it starts."""
    reader = READERS.get(told.language)
    if reader is None:
        name = told.language or "this kind of program"
        return Reading(Findings(), unclear=[f"what `{path}` does: {name} is not read"])
    if walk.nested > _NESTED:
        return Reading(Findings())
    walk.nested += 1
    try:
        found = Reading(reader(walk, told, path, text, scope))
        for command, place, line in found.findings.starts[:_MOST_STARTS]:
            started(walk, found, command, place, line, scope, flow)
    finally:
        walk.nested -= 1
    found.unclear.extend(found.findings.unclear)
    return found


def started(walk: Walk, found: Reading, command: str, place: str, line: int, scope: Scope, flow: Flow) -> None:
    """Read a command that a program starts: its effects are the program's."""
    if flow.calls > 6 or not command.strip():
        return
    record = Record()
    outer, walk.record = walk.record, record
    try:
        inner = scope.fork()
        inner.source = Source(command, place or scope.source.path, line or 1, scope.source.place)
        walk.text(command, Span(0, len(command), 1, 1), inner, Flow(calls=flow.calls + 1, depth=flow.depth + 1))
    finally:
        walk.record = outer
        outer.opened |= record.opened
    for draft in record.drafts:
        found.accesses.extend(_less_sure(draft.accesses))
        if draft.call is not None:
            found.findings.use(Used(_use(draft.call), place, line, draft.text))
        else:
            found.drafts.append(draft)
    for draft in record.spare[:20]:
        # A program takes the output of `cat` and `zcat` where a shell would only show it.
        found.accesses.extend(_less_sure(draft.accesses))
    found.accesses.extend(_less_sure(record.accesses))
    found.called.extend(record.called)


def _less_sure(accesses: list[Access]) -> list[Access]:
    """Give accesses of a command inside a program: that it runs at all is less sure than a line of shell."""
    return [replace(access, confidence=min(access.confidence, _INSIDE)) for access in accesses if not access.log]


def _use(call: ServiceCall) -> ServiceUse:
    return ServiceUse(call.service, call.action, call.name, call.arguments)


def effect(found: Reading, base: Effect) -> Effect:
    """Add what a program's text tells to what its call tells."""
    # Where the text is read, what an argument's name only hints at gives way to it.
    kept = () if found.findings.touches else base.touches
    traits = ((Trait.DATE_DEPENDENT, "the program asks the clock"),) if found.findings.dated else ()
    return replace(
        base,
        touches=(*found.findings.touches, *kept),
        unclear=(*base.unclear, *found.unclear),
        traits=(*base.traits, *traits),
    )


def steps_of(found: Reading, base: Effect) -> list[tuple[Effect, str, Origin]]:
    """Give the steps of a program that only waits and calls: each with its text and place."""
    steps: list[tuple[Effect, str, Origin]] = []
    reads: list[Touch] = list(found.findings.touches)
    for event in found.events:
        place = Origin(event.path, event.line)
        near = tuple(t for t in reads if t.path == event.path and event.line <= t.line <= event.line + 12)
        if isinstance(event, Waited):
            name = {"object": "wait for object", "file": "wait for file"}.get(event.waiting.kind, "wait for service")
            touches = tuple(t for t in reads if t.mode is Mode.READ and t.value.text == event.waiting.target) or near
            step = replace(base, kind=StepKind.WAIT, label=name, touches=touches, waits=(event.waiting,), unclear=())
        else:
            touches = tuple(t for t in near if t.line <= event.line + 1)
            label = f"{event.use.service} {event.use.action}"
            step = replace(
                base, kind=StepKind.CLOUD, label=label, touches=touches, use=event.use, unclear=tuple(found.unclear)
            )
        steps.append((step, event.text, place))
    return steps

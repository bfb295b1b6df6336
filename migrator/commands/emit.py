"""Make the draft of a step from what a program does."""

from __future__ import annotations

import re

from migrator.commands.facts import StepKind, Trait
from migrator.commands.invocation import Effect, Role, Touch
from migrator.commands.paths import temporary
from migrator.commands.record import Draft, Flow, Place, Walk, quoted
from migrator.commands.redirects import Streams, is_log, is_sign
from migrator.commands.resolve import access, accesses, file_name, name, path_of
from migrator.commands.scope import Scope
from migrator.commands.values import Value, literal
from migrator.model import Access, Mode, Origin, ResourceKind
from migrator.model.frozen import frozen
from migrator.shell.tree import Redirect, Span

_PINGS = re.compile(
    r"hc-ping|healthchecks|cronitor|deadmanssnitch|uptimerobot|betteruptime|uptime\.|heartbeat|/ping\b|snitch|dead-?man|hchk\.io"
    # Figures for a monitor: Prometheus' gateway, Uptime Kuma.
    r"|(?i:push_?gateway)|/metrics/job/|/api/push/"
    # A word to people, by the service or by what the address is called.
    r"|hooks\.slack|(?i:slack_?(?:webhook|hook|url))|api\.telegram\.org|(?i:discord)(?:app)?\.com/api/webhooks|pagerduty|opsgenie"
    r"|(?i:(?:discord|teams|alert|notify|chat|feishu|lark|dingtalk)_?(?:webhook|hook|url))|webhook\.office\.com|pushover\.net"
    r"|\bntfy\.|notify-api\.line|/open-apis/bot/|oapi\.dingtalk|qyapi\.weixin|api\.twilio\.com|chat\.googleapis|pushbullet"
)
_LOG, _LOGS = re.compile(r"log|\.(?:out|err)\Z|error", re.IGNORECASE), re.compile(r"/logs?/", re.IGNORECASE)
_MOVERS = frozenset(
    {"mv", "gzip", "truncate", "bzip2", "xz", "savelog", "echo", "printf", ":", "true", "cat", "tail", "cp", "sh"}
)


_SIGNERS = frozenset({"echo", "printf", "rm", "touch"})
# Members are found once: in Python 3.11 that takes as long as a call.
_WORK, _FILTER, _HOUSEKEEPING = Role.WORK, Role.FILTER, Role.HOUSEKEEPING
_PLAIN, _STAGE, _CONDITION = Place.PLAIN, Place.STAGE, Place.CONDITION
_TRANSFER, _FILES = StepKind.TRANSFER, StepKind.FILES
_READ, _WRITE = Mode.READ, Mode.WRITE


@frozen
class Here:
    """Where a command stands: its text, place and redirections; `outer` is the shell that made those, if another."""

    text: str
    origin: Origin
    span: Span
    redirects: tuple[Redirect, ...] = ()
    outer: Scope | None = None


def short_name(text: str) -> str:
    """Make a short name of a text: its first word's last part."""
    words = text.split(None, 1)
    return (words[0].rpartition("/")[2] or words[0])[:40] if words else "command"


def emit(
    walk: Walk,
    effect: Effect,
    values: list[Value],
    here: Here,
    scope: Scope,
    flow: Flow,
    flows: Streams,
    *,
    script: bool = False,
) -> Draft | None:
    """Note a step, or what a command that is no step leaves behind."""
    program = values[0].shown if values else ""
    base = program.rpartition("/")[2]
    signs = base in _SIGNERS and _is_sign(walk, base, values, flows, scope)
    role = _HOUSEKEEPING if signs else _WORK if effect.role is _WORK else _role(effect, base, values, flows)
    title, kind = (effect.label or short_name(base or here.text))[:60], _kind(effect, role, flow)
    draft = Draft(title, here.text, kind, here.origin, program, flow, role, effect)
    if flow.there:
        draft.there = flow.there
    if flows.kernel:
        draft.maintains = draft.maintains or f"writes to the kernel: {flows.kernel}"
        draft.traits.append((Trait.NEEDS_HOST, f"writes {flows.kernel} of this host"))
    _fill(draft, effect, values, here, scope, flows, base)
    place = flow.place
    counts = role is _WORK or place is _STAGE
    if not counts and not (place is _PLAIN and effect.role is not _HOUSEKEEPING and (script or flow.background)):
        walk.record.access(heard(draft, place))
        walk.record.spare.append(draft)
        return None
    walk.record.drafts.append(draft)
    return draft


def heard(draft: Draft, place: Place) -> list[Access]:
    """Give what a job touches by a command that is no step: its logs, and what it decides by or takes as text.

    What `find` lists for a shell is in the names that come of it.
    """
    kept = place is not _PLAIN and (place is _CONDITION or draft.program.rpartition("/")[2] != "find")
    return [access for access in draft.accesses if access.log or kept]


def _role(effect: Effect, base: str, values: list[Value], flows: Streams) -> Role:
    """Give the part of what is no work by itself, with its redirections: what writes data works, however called."""
    keeps = bool(flows.kernel) or (flows.writes and not (effect.role is _HOUSEKEEPING and _own(flows)))
    # A filter over files whose output is kept under a log's name: `tail -n 100 a.log > a.log.tmp`.
    filters = effect.role is _FILTER and bool(flows.spoken and effect.touches)
    empties = (
        bool(flows.logs) and effect.role is _HOUSEKEEPING and any(_empties(touch, base, values) for touch in flows.logs)
    )
    return _WORK if keeps or filters or empties else effect.role


def _own(flows: Streams) -> bool:
    """Say whether only files that this run alone knows are written: `echo head > $(mktemp)` keeps nothing."""
    return all(touch.value.private for touch in flows.data if touch.mode is not Mode.READ)


def _is_sign(walk: Walk, base: str, values: list[Value], flows: Streams, scope: Scope) -> bool:
    """Say whether a command only sets or clears the sign of a run, or its log: `echo $$ > x.pid`, `rm $LOG`."""
    if base in ("echo", "printf"):
        if not any(value.written in ("$$", "$BASHPID") for value in values):
            return False
        walk.record.marks.update(path_of(touch.value.text, scope) for touch in flows.data)
        return True
    operands = [value for value in values[1:] if not value.text.startswith("-")]
    if base == "rm" and len(operands) == 1 and is_log(operands[0].text) and not set("*?[") & set(operands[0].written):
        return True
    paths = [path_of(value.text, scope) for value in values[1:] if not value.text.startswith("-")]
    if base == "touch":
        walk.record.marks.update(path for path in paths if is_sign(path))
    looked = {name for name, _, _ in walk.record.suspects} | {lock.name for lock in walk.record.locks}
    return bool(paths) and all(path in walk.record.marks or (path in looked and is_sign(path)) for path in paths)


def _kind(effect: Effect, role: Role, flow: Flow) -> StepKind:
    if flow.kind is not None:
        return flow.kind
    if role is not effect.role and role is _WORK and effect.kind is StepKind.PROGRAM:
        return StepKind.FILES
    return effect.kind


def _empties(touch: Touch, base: str, values: list[Value]) -> bool:
    """Say whether a redirection empties its file: `: > f`, `echo -n > f`, `cat /dev/null > f`."""
    if touch.mode is not _WRITE:
        return False
    texts = [value.text for value in values[1:]]
    if base not in ("echo", "printf", "cat", ":", "true"):
        return False
    return base in (":", "true") or not [t for t in texts if t not in ("-n", "", "/dev/null")]


def _sorts(effect: Effect, touch: Touch) -> bool:
    """Say whether a filter over files makes a file anew whose folder alone is called a log: `sort $f > old_log1/$f`."""
    folder, _, last = touch.value.text.rpartition("/")
    made = effect.role is _FILTER and bool(effect.touches) and touch.mode is Mode.WRITE
    return made and bool(last) and not _LOG.search(last) and not _LOGS.search(f"/{folder}/")


def _fill(
    draft: Draft, effect: Effect, values: list[Value], here: Here, scope: Scope, flows: Streams, base: str
) -> None:
    text, outside = quoted(here.text), here.outer or scope
    if effect.touches:
        _touch(draft, effect.touches, here.origin, text, scope, base)
    if flows.data:
        _touch(draft, flows.data, here.origin, text, outside, base)
    for touch in flows.logs:
        logged = access(touch, outside, here.origin, text, log=not _sorts(effect, touch))
        if logged and draft.role is _WORK and _empties(touch, base, values):
            logged = [Access(a.resource, Mode.ROTATE, a.origin, a.text, a.confidence) for a in logged]
        draft.accesses.extend(logged)
    _carry(draft, values)
    if draft.kind is _TRANSFER and not _keeps(draft) and _PINGS.search(here.text[:2000]):
        draft.pings = True
    if effect.use is not None:
        draft.call = effect.use.at(here.origin, text)
    if effect.waits:
        draft.waits += [waiting.at(here.origin, text) for waiting in effect.waits]
        draft.polls = effect.waits[0].target


def _touch(draft: Draft, touches: tuple[Touch, ...], origin: Origin, text: str, scope: Scope, base: str) -> None:
    """Note what is touched."""
    for touch in touches:
        value = touch.value
        if value.state:
            draft.state |= value.state
        # The day in the name of a log is that of the log.
        draft.dated = draft.dated or (value.dated and not is_log(value.text))
        resource = name(touch, scope)
        if resource is None:
            continue
        # `… | tee -a x.log` keeps the run's words, as a redirection to the log does.
        spoken = base == "tee" and touch.mode is not Mode.READ and is_log(value.text)
        draft.accesses.extend(_moved(accesses(resource, touch, origin, text, log=spoken), base, draft.kind))
        file = resource.name
        (draft.reads if touch.mode is _READ else draft.writes).append(file)
        if draft.dumps is False and value.private and temporary(file):
            draft.feeds = True


def _carry(draft: Draft, values: list[Value]) -> None:
    """Note the shell state and the dates that a step's words carry."""
    for value in values:
        if value.state:
            draft.state |= value.state
        if value.dated and not is_log(value.text):
            draft.dated = True


def _keeps(draft: Draft) -> bool:
    return any(a.mode is not Mode.READ and a.resource.kind is ResourceKind.FILE for a in draft.accesses)


def _moved(found: list[Access], base: str, kind: StepKind) -> list[Access]:
    """Call it a rotation where file housekeeping moves, packs or empties a log."""
    if kind is not _FILES or base not in _MOVERS:
        return found
    return [
        Access(a.resource, Mode.ROTATE, a.origin, a.text, a.confidence)
        if a.mode in (Mode.WRITE, Mode.DELETE) and a.resource.kind is ResourceKind.FILE and is_log(a.resource.name)
        else a
        for a in found
    ]


def give_output(walk: Walk, flows: Streams, before: int, span: Span, scope: Scope, flow: Flow) -> None:
    """Give what a group or loop writes to its last step; a group that only speaks is a step where it writes data."""
    written = tuple(touch for touch in flows.data if touch.mode is not Mode.READ)
    if not written:
        return
    text, origin = scope.source.slice(span), scope.source.origin(span)
    if len(walk.record.drafts) == before:
        skipped = walk.record.spare[-1].name if walk.record.spare else "echo"
        values = [literal(skipped)]
        kept = Streams(written)
        emit(walk, Effect(kind=StepKind.FILES, label=skipped), values, Here(text, origin, span), scope, flow, kept)
        return
    draft = walk.record.drafts[-1]
    for touch in written:
        draft.accesses.extend(access(touch, scope, origin, quoted(text)))
        name = file_name(touch, scope)
        if name is not None:
            draft.writes.append(name)


def apply_traits(walk: Walk, draft: Draft) -> None:
    """Note the traits that a step brings along."""
    for trait, says in draft.traits:
        walk.record.trait(trait, draft.origin, draft.text, says)

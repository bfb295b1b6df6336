"""Called scripts: those of a shell, of csh and of other languages, and those that the job wrote itself."""

from __future__ import annotations

import posixpath
import re
from dataclasses import replace

from migrator.commands import expansion, foreign, library, lookup
from migrator.commands.csh import translated
from migrator.commands.emit import Here, emit, short_name
from migrator.commands.facts import Followed, StepKind, Trait
from migrator.commands.interpreters import Interpreted
from migrator.commands.invocation import work
from migrator.commands.record import MAX_CALLS, Draft, Ending, Flow, Place, Walk, quoted
from migrator.commands.redirects import streams
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value
from migrator.commands.wrapping import share

C_SHELLS = frozenset({"csh", "tcsh"})
_C_SETTING = re.compile(r"(?m)^[ \t]*setenv[ \t]+\w+[ \t]+\S")


def script(
    walk: Walk, found: tuple[str, Source], target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    """Read a called file of the tree by the language that it is in."""
    path, text = found
    spoken = library.language(text.text)
    extension = posixpath.splitext(path)[1]
    if is_c_shell(path, text):
        return c_script(walk, found, target, arguments, here, scope, flow)
    if spoken == "sh" or (spoken is None and extension in ("", ".sh", ".bash", ".ksh", ".cron", ".job")):
        return shell_script(walk, found, target, arguments, here, scope, flow)
    foreign.program_step(
        walk,
        found,
        Interpreted(lookup.language_of_file(spoken, path), target, tuple(arguments)),
        [target, *arguments],
        here,
        scope,
        flow,
    )
    return Ending.FALLS


def written(
    walk: Walk, text: str, target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    """Read a script that the job has written itself before it runs it: one step, which does all that the text does."""
    if flow.calls >= MAX_CALLS:
        return Ending.FALLS
    inner = scope.fork()
    inner.zero, inner.arguments = _zero(target, scope), tuple(arguments)
    before, known = len(walk.record.drafts), dict(walk.record.made)
    # One that calls itself is read once.
    walk.record.made = {path: said for path, said in known.items() if said != text}
    walk.text(text, here.span, inner, flow.called())
    walk.record.made = known
    done = walk.record.drafts[before:]
    del walk.record.drafts[before:]
    effect = work(StepKind.SCRIPT, short_name(target.shown.rpartition("/")[2]), (), ())
    emit(walk, effect, [target, *arguments], here, scope, flow, streams(here.redirects, scope, speaks=False))
    for draft in walk.record.drafts[before:][:1]:
        for inside in done:
            draft.take(inside)
            draft.state |= inside.state
    return Ending.FALLS


def is_c_shell(path: str, text: Source) -> bool:
    """Say whether a file is csh's: by its first line, its name, or a setting that sh has not."""
    spoken = library.language(text.text)
    if spoken is not None:
        return spoken in C_SHELLS
    return path.endswith((".csh", ".tcsh", "cshrc", ".login")) or bool(_C_SETTING.search(text.text[:20_000]))


def c_script(
    walk: Walk, found: tuple[str, Source], target: Value, arguments: list[Value], here: Here, scope: Scope, flow: Flow
) -> Ending:
    """Read a called script of csh: what of it can be put over is read as a shell script."""
    path, text = found
    put = translated(text.text)
    for number, line in put.lost[:5]:
        walk.record.open(f"`{path}` line {number}, which sh has no words for: {quoted(line)}")
    return shell_script(walk, (path, replace(text, text=put.text)), target, arguments, here, scope, flow)


def shell_script(
    walk: Walk,
    found: tuple[str, Source],
    target: Value,
    arguments: list[Value],
    here: Here,
    scope: Scope,
    flow: Flow,
    *,
    errexit: bool = False,
) -> Ending:
    """Read a called shell script in a shell of its own; its steps stand for the call."""
    path, text = found
    walk.record.followed[Followed(scope.source.path, here.span.start, path, text.text)] = None
    if path in scope.active or flow.calls >= MAX_CALLS:
        walk.record.open(f"`{path}` calls itself" if path in scope.active else f"calls nested deeper than {MAX_CALLS}")
        return Ending.FALLS
    inner = Scope(
        source=text,
        folder=scope.folder,
        home=scope.home,
        user=scope.user,
        host=scope.host,
        inside=scope.inside,
        kept=scope.kept,
        mounts=scope.mounts,
        variables=scope.environment(),
        exported=set(scope.exported) & set(scope.variables),
        zero=_zero(target, scope),
        arguments=tuple(arguments),
        descriptors=dict(scope.descriptors),
        active=(*scope.active, path),
        errexit=errexit or bool(re.match(r"#!\S*(?:\s+\S*/?bash)?\s+-\w*e", text.text)),
    )
    before, spare = len(walk.record.drafts), len(walk.record.spare)
    running = walk.record.running
    walk.record.running = 0
    place = Place.PLAIN if flow.place is Place.STAGE else flow.place
    walk.script(walk.parsed(text), inner, flow.but(calls=flow.calls + 1, depth=flow.depth + 1, place=place))
    if walk.record.running:
        walk.record.trait(
            Trait.DAEMON, here.origin, here.text, f"`{path}` ends while what it started with `&` still runs"
        )
    walk.record.running = running
    if len(walk.record.drafts) == before:
        walk.record.drafts.append(_only_housekeeping(walk, path, spare, here, flow))
    _note_silence(walk, inner, before, path)
    share(walk, before, here, here.outer or scope)
    return Ending.FALLS


def _zero(target: Value, scope: Scope) -> Value:
    if target.text.startswith(("/", "~", "*")) or not target.exact:
        return target
    return expansion.entered(target, scope)


def _only_housekeeping(walk: Walk, path: str, spare: int, here: Here, flow: Flow) -> Draft:
    draft = Draft(posixpath.basename(path), here.text, StepKind.SCRIPT, here.origin, path, flow)
    for skipped in walk.record.spare[spare : spare + 50]:
        draft.accesses.extend(skipped.accesses)
        draft.state |= skipped.state
    return draft


def _note_silence(walk: Walk, inner: Scope, before: int, path: str) -> None:
    """Note that failures of a script's inner steps do not show, where nothing stops it."""
    steps = walk.record.drafts[before:]
    if len(steps) > 1 and not inner.errexit and any(step.join.value == "then" for step in steps):
        first = steps[0]
        walk.record.trait(
            Trait.SWALLOWS_EXIT,
            first.origin,
            first.text,
            f"`{path}` goes on after a failure: no `set -e`, only the last exit counts",
        )

"""Walk a shell tree in the order in which it would run, and note what each command does."""

from __future__ import annotations

import posixpath

from migrator.commands import conditions, guards, loops, pipelines, simple
from migrator.commands.emit import give_output, short_name
from migrator.commands.facts import Join, StepKind
from migrator.commands.library import Library
from migrator.commands.record import BESIDE, MAX_DEPTH, Draft, Ending, Flow, Place, Record, quoted
from migrator.commands.redirects import group_redirects
from migrator.commands.scope import Scope, Source
from migrator.shell import parse
from migrator.shell.tree import (
    AndOr,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Node,
    Opaque,
    Pipeline,
    Script,
    Span,
    Test,
    While,
)

# Members are found once: in Python 3.11 that takes as long as a call.
_FALLS, _THEN = Ending.FALLS, Join.THEN


class Walker:
    """Reads one command. `host` owns the files, `frequent` says that the schedule fires every few minutes."""

    def __init__(self, library: Library, host: str | None, *, frequent: bool) -> None:
        self.library = library
        self.record = Record()
        self.host = host
        self.frequent = frequent
        self.nested = 0
        # Where a deployed folder lies in the tree, by the host and the files found before.
        self.places: dict[tuple[str | None, str], str] = {}

    def text(self, text: str, span: Span, scope: Scope, flow: Flow) -> Ending:
        """Parse and read a text that stands as a string in the scope's source."""
        outer = scope.source
        scope.source = outer.inside(text, span)
        try:
            return self.script(parse(text), scope, flow)
        finally:
            scope.source = outer

    def follow(self, written: str, expanded: str | None, scope: Scope) -> tuple[str, str, Source] | None:
        """Find a called file in the tree, on the host where the shell runs."""
        found = self._beside(expanded, scope.host) if self.places and expanded else None
        if found is None:
            found = self.library.locate(written, expanded, scope.host)
            if found is not None and expanded and expanded[0] == "/":
                outside, inside = without_common_end(expanded, found[0])
                if outside:
                    self.places.setdefault((scope.host, outside), inside)
        if found is not None:
            self.record.opened[found[0]] = None
        return found

    def _beside(self, deployed: str, host: str | None) -> tuple[str, str, Source] | None:
        """Find a file of a folder, or below one, of which another file was found before: images rename folders."""
        folder = deployed.rpartition("/")[0]
        while folder:
            inside = self.places.get((host, folder))
            if inside is not None:
                path = posixpath.normpath(f"{inside}/{deployed[len(folder) + 1 :]}".lstrip("/"))
                source = self.library.source(path)
                if source is not None:
                    return path, f"{BESIDE} {folder}", source
            folder = folder.rpartition("/")[0]
        return None

    def holds(self, names: tuple[str, ...], scope: Scope) -> bool:
        """Say whether a file of one of these names is among those read."""
        return self.library.holds(names, scope.host)

    def names(self, folder: str, scope: Scope) -> tuple[str, ...]:
        """Give the names of the files in a deployed folder."""
        return self.library.names(folder, scope.host)

    def parsed(self, source: Source) -> Script:
        """Give the tree of a followed file."""
        return self.library.script(source)

    def script(self, script: Script, scope: Scope, flow: Flow) -> Ending:
        """Read statements in order, up to where control leaves."""
        join = flow.join
        for fault in script.faults[:5]:
            self.record.open(f"shell text that was not understood ({fault.kind}): {quoted(fault.text.strip())}")
        if flow.depth > MAX_DEPTH:
            self.record.open("commands nested deeper than is read")
            return Ending.FALLS
        inner = flow.deeper()
        record = self.record
        if len(script.items) > 1:
            _define(script, scope)
        for item in script.items:
            if record.full():
                break
            before = len(record.drafts)
            beside = record.running > 0
            here = inner if join is inner.join else inner.but(join=join)
            if item.background:
                self._background(item.node, scope, here)
                ending = _FALLS
            else:
                ending = self.node(item.node, scope, here)
            if len(record.drafts) > before:
                join = Join.AND if scope.errexit else _THEN
                if beside and record.running:
                    record.drafts[before].join = Join.PARALLEL
            if ending is not _FALLS:
                return ending
        return _FALLS

    def _background(self, node: Node, scope: Scope, flow: Flow) -> None:
        before = len(self.record.drafts)
        self.record.running += 1
        self.node(node, scope.fork(), flow.but(background=True))
        if len(self.record.drafts) == before:
            self.record.running -= 1
            return
        self.record.fan_out += 1
        for draft in self.record.drafts[before:]:
            draft.join = Join.PARALLEL

    def node(self, node: Node, scope: Scope, flow: Flow) -> Ending:
        """Read one node."""
        drafts = self.record.drafts
        before = len(drafts)
        command = False
        if isinstance(node, Command):
            command, ending = True, simple.command(self, node, scope, flow)
        else:
            ending = self._compound(node, scope, flow)
        if len(drafts) > before:
            # A command lies on the trail of all that it runs; of other nodes only what has no place yet begins there.
            here = (node.span.start,)
            for draft in drafts[before:]:
                if command or not draft.trail:
                    draft.trail = here + draft.trail
        return ending

    def _compound(self, node: Node, scope: Scope, flow: Flow) -> Ending:
        match node:
            case Pipeline():
                return pipelines.pipeline(self, node, scope, flow)
            case AndOr():
                return conditions.and_or(self, node, scope, flow)
            case Group():
                return self._group(node, scope, flow)
            case If():
                return conditions.if_else(self, node, scope, flow)
            case Case():
                return conditions.case(self, node, scope, flow)
            case For():
                return loops.for_each(self, node, scope, flow)
            case While():
                return loops.while_do(self, node, scope, flow)
            case Function():
                scope.functions[node.name] = node
                scope.function_sources[node.name] = scope.source
            case Test():
                guards.double_test(self, node, scope, flow)
            case Opaque():
                self._opaque(node, scope, flow)
        return Ending.FALLS

    def _group(self, node: Group, scope: Scope, flow: Flow) -> Ending:
        inner = scope.fork() if node.subshell else scope
        flows = group_redirects(self, node.redirects, inner, node.span)
        before = len(self.record.drafts)
        ending = self.script(node.body, inner, flow.deeper())
        give_output(self, flows, before, node.span, inner, flow)
        return Ending.FALLS if node.subshell else ending

    def _opaque(self, node: Opaque, scope: Scope, flow: Flow) -> None:
        text = scope.source.slice(node.span) or node.text
        if not text.strip():
            return
        why = f"shell text that was not understood: {quoted(text)}"
        self.record.open(why)
        if flow.place is Place.CAPTURE:
            return
        name, origin = short_name(text), scope.source.origin(node.span)
        draft = Draft(name, text, StepKind.OPAQUE, origin, "", flow)
        draft.unclear.append(why)
        self.record.drafts.append(draft)


def without_common_end(deployed: str, path: str) -> tuple[str, str]:
    """Give the folders of a deployed file and of that file in the tree, without what both end in alike."""
    outside, inside = deployed.split("/"), path.split("/")
    while outside and inside and outside[-1] == inside[-1]:
        outside.pop()
        inside.pop()
    return "/".join(outside), "/".join(inside)


def _define(script: Script, scope: Scope) -> None:
    """Define the functions of a script before it is read: they may call each other."""
    for item in script.items:
        if isinstance(item.node, Function):
            scope.functions[item.node.name] = item.node
            scope.function_sources[item.node.name] = scope.source

"""A shell that starts nothing: it goes through the tree as `sh` or bash would, given how each command ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from migrator.shell.tree import (
    AndOr,
    Case,
    Command,
    For,
    Function,
    Group,
    If,
    Item,
    Node,
    Opaque,
    Pipeline,
    Redirect,
    Script,
    Test,
    While,
)
from migrator.verify.traces.asking import of_text, of_variables, settings_if_there
from migrator.verify.traces.builtins import BUILTINS, Call, set_options
from migrator.verify.traces.called import Called, called_by
from migrator.verify.traces.context import NOT_UNDERSTOOD, Context, read
from migrator.verify.traces.expansion import assign, assigned, fields, known, open_ended, redirect_text, value
from migrator.verify.traces.known_tests import known_status, matches
from migrator.verify.traces.recording import ANYWHERE, Event, Outcomes, Recorder, Trace, Turn, readable
from migrator.verify.traces.shell_state import (
    ALWAYS_EXPORTED,
    ExitShell,
    LeaveLoop,
    Opened,
    ReturnFromFunction,
    Shell,
    unknown,
)

_DEEPEST = 30
_MOST_ROUNDS = 60


def shell_trace(command: str, outcomes: Outcomes, context: Context | None = None) -> Trace:
    """Tell what a shell does with a command; raise NotComparableError where that cannot be told."""
    recorder = Recorder(outcomes)
    status, _ = ShellRun(recorder, context or Context()).run(command, frozenset())
    return recorder.trace(status)


@dataclass(slots=True)
class ShellRun:
    """Runs commands, each in a shell of its own, and takes down what they start."""

    recorder: Recorder
    context: Context = field(default_factory=Context)

    def run(
        self, command: str, frontier: frozenset[int], variables: Mapping[str, str] | None = None
    ) -> tuple[int, frozenset[int]]:
        """Run a command after the events of `frontier`; give its status and the frontier behind it."""
        if self.recorder.outcomes.whole:
            event = Event((command,), (), (self.context.label,))
            ended = self.recorder.add(event, frontier)
            return self.recorder.status(event.text), ended
        script = read(command)
        shell = Shell(
            bash=self.context.bash,
            exported=set(ALWAYS_EXPORTED | self.context.environment),
            frontier=frontier,
            variables=dict(variables or {}),
            positional=list(self.context.arguments),
            around=(self.context.label,) if self.context.label else (),
        )
        try:
            status = self._process(shell, lambda: self._script(shell, script, tested=False))
        except RecursionError:
            raise unknown("it nests too deeply") from None
        for ended, _ in shell.jobs:
            shell.frontier |= ended
        return status, shell.frontier

    def _process(self, shell: Shell, body: Callable[[], int]) -> int:
        """Run the whole of a shell process, its EXIT trap included; give its exit status."""
        trapped = True
        try:
            status = body()
        except ExitShell as end:
            status, trapped = end.status, end.trapped
        except (LeaveLoop, ReturnFromFunction):
            raise unknown("it leaves a loop or a function from within a subshell") from None
        if trapped and shell.exit_trap:
            text, shell.exit_trap = shell.exit_trap, None
            shell.status = status
            try:
                self._script(shell, read(text), tested=False)
            except ExitShell as end:
                status = end.status
        return status

    def _subshell(self, shell: Shell, body: Callable[[Shell], int]) -> tuple[int, frozenset[int]]:
        inner = shell.fork()
        status = self._process(inner, lambda: body(inner))
        return status, inner.frontier

    def _script(self, shell: Shell, script: Script, *, tested: bool) -> int:
        status = 0
        for item in script.items:
            status = self._item(shell, item, tested=tested)
            shell.status = status
        return status

    def _item(self, shell: Shell, item: Item, *, tested: bool) -> int:
        if not item.background:
            return self._node(shell, item.node, tested=tested)
        status, ended = self._subshell(shell, lambda inner: self._node(inner, item.node, tested=False))
        shell.jobs.append((ended, status))
        return 0

    def _node(self, shell: Shell, node: Node, *, tested: bool) -> int:
        match node:
            case Command():
                return self._checked(shell, self._command(shell, node, tested=tested), tested=tested)
            case Pipeline():
                return self._pipeline(shell, node, tested=tested)
            case AndOr():
                return self._and_or(shell, node, tested=tested)
            case Function(name=name, body=body):
                shell.functions[name] = body
                return 0
            case Test():
                return self._checked(shell, self._test(shell, node), tested=tested)
            case Opaque(text=text):
                raise unknown(f"{text[:40]!r} {NOT_UNDERSTOOD}")
            case Group(subshell=True, body=body, redirects=redirects):
                with self._around(shell, redirects):
                    status, shell.frontier = self._subshell(shell, lambda new: self._script(new, body, tested=tested))
                return self._checked(shell, status, tested=tested)
            case _:
                with self._around(shell, node.redirects):
                    return self._compound(shell, node, tested=tested)

    def _compound(self, shell: Shell, node: Group | If | For | While | Case, *, tested: bool) -> int:
        match node:
            case Group(body=body):
                return self._script(shell, body, tested=tested)
            case If(arms=arms, otherwise=otherwise):
                for condition, body in arms:
                    shell.status = self._script(shell, condition, tested=True)
                    if shell.status == 0:
                        return self._script(shell, body, tested=tested)
                return self._script(shell, otherwise, tested=tested) if otherwise else 0
            case Case():
                taken = self._arm(shell, node)
                return 0 if taken is None else self._script(shell, taken, tested=tested)
            case For():
                return self._for(shell, node, tested=tested)
            case While():
                return self._while(shell, node, tested=tested)

    def _checked(self, shell: Shell, status: int, *, tested: bool) -> int:
        """End the shell where `set -e` says so, behind what the ERR trap does."""
        shell.status = status
        if status == 0 or tested:
            return status
        if shell.error_trap:
            text, shell.error_trap = shell.error_trap, None
            self._script(shell, read(text), tested=False)
            shell.error_trap, shell.status = text, status
        if shell.errexit:
            raise ExitShell(status)
        return status

    def _and_or(self, shell: Shell, node: AndOr, *, tested: bool) -> int:
        settings = settings_if_there(node)
        if settings is None:
            status = self._node(shell, node.first, tested=True)
        else:
            status = self._answer(shell, [value(shell, word, self._substitute) for word in settings.words])
        for index, (sign, part) in enumerate(node.rest, start=1):
            shell.status = status
            if (sign == "&&") == (status == 0):
                status = self._node(shell, part, tested=tested or index < len(node.rest))
        return status

    def _pipeline(self, shell: Shell, node: Pipeline, *, tested: bool) -> int:
        inner = tested or node.negated
        if len(node.stages) == 1:
            if shell.error_trap and isinstance(node.stages[0], Group | If | For | While | Case):
                # bash stops `set -e` there but not the trap, and in a subshell both.
                raise unknown("its ERR trap meets a ! before a compound command")
            turn = shell.turn
            shell.turn = turn.other() if turn and node.negated else turn
            status = self._node(shell, node.stages[0], tested=inner)
            shell.turn = turn
            return int(not status) if node.negated else status
        ended: frozenset[int] = frozenset()
        statuses: list[int] = []
        for stage in node.stages:
            status, frontier = self._stage(shell, stage, tested=inner)
            ended |= frontier
            statuses.append(status)
        shell.frontier = ended
        failed = [status for status in statuses if status]
        status = failed[-1] if shell.pipefail and failed else statuses[-1]
        return int(not status) if node.negated else self._checked(shell, status, tested=tested)

    def _stage(self, shell: Shell, stage: Node, *, tested: bool) -> tuple[int, frozenset[int]]:
        return self._subshell(shell, lambda inner: self._node(inner, stage, tested=tested))

    def _arm(self, shell: Shell, node: Case) -> Script | None:
        word = value(shell, node.word, self._substitute)
        for patterns, body in node.arms:
            texts = [value(shell, pattern, self._substitute) for pattern in patterns]
            if "*" in texts and not known(word):
                break
            if not known(word) or not all(known(text) for text in texts):
                bodies = [body for _, body in node.arms]
                ways: list[Script | None] = [*bodies] if _has_default(node) else [*bodies, None]
                return ways[self.recorder.choice(f"case {readable(word)}", len(ways))]
            if any(matches(word, text) for text in texts):
                return body
        return None

    def _for(self, shell: Shell, node: For, *, tested: bool) -> int:
        if node.header:
            raise unknown("it has an arithmetic loop")
        items: list[str] = []
        for word in node.words or ():
            found = fields(shell, word, self._substitute)
            if open_ended(found, word):
                found *= 1 - self.recorder.choice(f"for {node.name} in {word.raw}", 2)
            items += found
        if node.words is None:
            items = shell.arguments()
        status = 0
        for item in items:
            shell.variables[node.name] = item
            status, on = self._round(shell, node.body, tested=tested)
            if not on:
                break
        return status

    def _while(self, shell: Shell, node: While, *, tested: bool) -> int:
        status = 0
        for _ in range(_MOST_ROUNDS):
            turn, shell.turn = shell.turn, Turn.UNTIL if node.until else Turn.WHILE
            asked, on = self._round(shell, node.condition, tested=True)
            shell.turn = turn
            if not on or (asked == 0) == node.until:
                return status
            shell.status = asked
            status, on = self._round(shell, node.body, tested=tested)
            if not on:
                return status
        raise unknown("a loop in it has no end")

    def _round(self, shell: Shell, body: Script, *, tested: bool) -> tuple[int, bool]:
        """Run the body of a loop once; give its status, and whether the loop goes on."""
        shell.loops += 1
        turn = shell.turn
        try:
            return self._script(shell, body, tested=tested), True
        except LeaveLoop as leave:
            shell.turn = turn
            if leave.levels > 1 and shell.loops > 1:
                raise LeaveLoop(leave.levels - 1, goes_on=leave.goes_on) from None
            return 0, leave.goes_on
        finally:
            shell.loops -= 1

    def _test(self, shell: Shell, node: Test) -> int:
        words = [value(shell, word, self._substitute) for word in node.words]
        status = known_status(words, patterns=True) if node.operator == "[[" else None
        if status is not None:
            return status
        redirects = tuple(redirect_text(shell, one, self._substitute) for one in node.redirects)
        return self.ask(shell, (node.operator, *words), redirects)

    def _command(self, shell: Shell, node: Command, *, tested: bool) -> int:
        shell.begin_command()
        words = [text for word in node.words for text in fields(shell, word, self._substitute)]
        if not words:
            assign(shell, node.assignments, self._substitute)
            if node.redirects and not node.assignments:
                return self._start(shell, (), node.redirects)
            return shell.substituted or 0
        name = words[0]
        if name in shell.functions:
            with self._around(shell, node.redirects):
                return self._call(shell, name, words[1:], tested=tested)
        called = called_by(node, words, self.context.scripts, bash=shell.bash)
        if called is not None:
            return self._called(shell, node, called)
        if name in BUILTINS:
            redirects = tuple(redirect_text(shell, one, self._substitute) for one in node.redirects)
            return BUILTINS[name](Call(self, shell, words, redirects))
        prefix = tuple(f"{one.name}={assigned(shell, one, self._substitute)}" for one in node.assignments)
        redirects = tuple(redirect_text(shell, one, self._substitute) for one in node.redirects)
        if shell.substituting and not prefix and of_text(words, redirects):
            return self._answer(shell, [*shell.folder, *words] if words[0].endswith("pwd") else words)
        return self.start(shell, (*prefix, *words), redirects)

    def _called(self, shell: Shell, node: Command, called: Called) -> int:
        if shell.depth >= _DEEPEST:
            raise unknown("the scripts in it call each other in a circle")
        script = read(called.text)
        with self._around(shell, node.redirects):
            if called.sourced:
                return self._sourced(shell, script, called)
            inner = shell.started(bash=called.bash, arguments=called.arguments or [])
            set_options(inner, ["set", *called.options])
            for one in node.assignments:
                inner.variables[one.name] = assigned(shell, one, self._substitute)
                inner.exported.add(one.name)
            status = self._process(inner, lambda: self._script(inner, script, tested=False))
        if any(not ended <= inner.frontier for ended, _ in inner.jobs):
            raise unknown("a script that it calls leaves a process behind")
        shell.frontier = inner.frontier
        return status

    def _sourced(self, shell: Shell, script: Script, called: Called) -> int:
        caller = shell.positional
        shell.positional = caller if called.arguments is None else called.arguments
        shell.depth += 1
        try:
            return self._script(shell, script, tested=False)
        except ReturnFromFunction as back:
            return back.status
        finally:
            shell.depth -= 1
            shell.positional = caller

    def _call(self, shell: Shell, name: str, arguments: list[str], *, tested: bool) -> int:
        if shell.depth >= _DEEPEST:
            raise unknown(f"the function {name} calls itself")
        caller = shell.enter_function(arguments)
        try:
            return self._node(shell, shell.functions[name], tested=tested)
        except ReturnFromFunction as back:
            return back.status
        finally:
            shell.leave_function(caller)

    def _start(self, shell: Shell, words: tuple[str, ...], redirects: Sequence[Redirect]) -> int:
        return self.start(shell, words, tuple(redirect_text(shell, one, self._substitute) for one in redirects))

    def start(self, shell: Shell, words: tuple[str, ...], redirects: tuple[str, ...]) -> int:
        """Take down that a command starts; give its status."""
        event = Event(words, (*shell.opened(), *redirects), shell.surroundings())
        if self.context.anywhere:
            event = Event(words, (), ANYWHERE)
        shell.frontier = self.recorder.add(event, shell.frontier)
        return self.recorder.status(event.text, shell.turn)

    def ask(self, shell: Shell, words: tuple[str, ...], redirects: tuple[str, ...]) -> int:
        """Give the status of a test; it is taken down where it looks at what a command may have written."""
        if not of_variables(words, redirects):
            return self.start(shell, words, redirects)
        return self._answer(shell, words)

    def _answer(self, shell: Shell, words: Sequence[str]) -> int:
        text = readable(" ".join(words))
        self.recorder.said.append(text)
        return self.recorder.status(text, shell.turn, steady=True)

    def _substitute(self, shell: Shell, script: Script, beside: bool) -> str:
        """Run a substitution; give the commands in it as the name of its output."""
        first = len(self.recorder.said)

        def body(inner: Shell) -> int:
            inner.turn, inner.substituting = None, True
            inner.errexit = inner.errexit and not inner.bash
            return self._script(inner, script, tested=False)

        status, ended = self._subshell(shell, body)
        if not beside:
            shell.frontier = ended
            shell.substituted = status
        return "; ".join(self.recorder.said[first:])

    @contextmanager
    def _around(self, shell: Shell, redirects: Sequence[Redirect]) -> Iterator[None]:
        """Let all that starts within have the redirections of the whole."""
        before = shell.redirected
        if redirects:
            shell.redirected = (*before, *(Opened(redirect_text(shell, one, self._substitute)) for one in redirects))
        try:
            yield
        finally:
            # `exec >file` in a group outlives it only where the group itself is not redirected.
            shell.redirected = before if redirects else shell.redirected


def _has_default(node: Case) -> bool:
    return any(pattern.raw == "*" for patterns, _ in node.arms for pattern in patterns)

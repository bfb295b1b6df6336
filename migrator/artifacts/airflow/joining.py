"""Join the commands of a part of a flow into one command of a shell that does the same (POSIX, «Compound Commands»).

Each task's command already restates what it needs of the shell's state, so each runs in a subshell of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.artifacts.parts.shell_words import quoted
from migrator.plan.clusters import TaskPart
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, tasks_of


def joined(flow: Flow, tasks: Mapping[str, TaskPart], name: str) -> TaskPart:
    """Give one task for a part of a flow; raise CannotBeSaidError where a task of it has no command."""
    parts = [tasks[one] for one in tasks_of(flow)]
    limits = [task.timeout for task in parts if task.timeout is not None]
    whole = len(limits) == len(parts) and not isinstance(flow, Each)
    return parts[0].model_copy(
        update={
            "name": name,
            "command": _text(flow, tasks),
            "text": "\n".join(task.text for task in parts),
            "call": None,
            "service": None,
            "wait": None,
            "steps": tuple(sorted({step for task in parts for step in task.steps})),
            "timeout": sum(limits) if whole else None,
        }
    )


def _text(flow: Flow, tasks: Mapping[str, TaskPart]) -> str:
    match flow:
        case Run(task):
            return f"(\n{command_of(tasks[task])}\n)"
        case InOrder(parts):
            return "\n".join(_text(part, tasks) for part in parts)
        case AndOr(first, rest):
            following = "".join(f" {sign} {_one(part, tasks)}" for sign, part in rest)
            return _one(first, tasks) + following
        case Choice(condition, then, otherwise):
            other = "" if otherwise is None else f"\nelse\n{_text(otherwise, tasks)}"
            return f"if\n{_text(condition, tasks)}\nthen\n{_text(then, tasks)}{other}\nfi"
        case Beside(parts, waits):
            return _beside([_one(part, tasks) for part in parts], waits=waits)
        case Each(variable, items, body):
            words = " ".join(quoted(item) for item in items)
            return f"for {variable} in {words}\ndo\n{_text(body, tasks)}\ndone"
        case Negated(part):
            return f"! {_one(part, tasks)}"


def _one(flow: Flow, tasks: Mapping[str, TaskPart]) -> str:
    text = _text(flow, tasks)
    return text if isinstance(flow, Run) else f"{{\n{text}\n}}"


def _beside(parts: list[str], *, waits: bool) -> str:
    begun = " &\n".join(parts)
    if waits:
        return f"(\n{begun} &\nwait\n)"
    return f'(\n{begun}\nstatus=$?\nwait\nexit "$status"\n)'


def command_of(task: TaskPart) -> str:
    """Give a task's command as it may stand between two lines; raise CannotBeSaidError where it has none such."""
    if task.command is None or not task.command.strip():
        msg = f"{task.name} has no command of its own that could be joined with others"
        raise CannotBeSaidError(msg)
    if (len(task.command) - len(task.command.rstrip("\\"))) % 2:
        msg = f"the command of {task.name} ends in a backslash"
        raise CannotBeSaidError(msg)
    return task.command

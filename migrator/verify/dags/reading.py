"""A DAG file read by its syntax tree: imports, constants, one DAG, its tasks and their order, and nothing else.

Statements of any other kind are a fault, so that nothing can be done beside the tasks.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from migrator.plan.jobs import DaysPart
from migrator.verify import ordering
from migrator.verify.dags.day_gate import days_of
from migrator.verify.dags.values import Called, DagError, Either, Value, evaluated

__all__ = ["GATE", "Dag", "DagError", "DagTask", "read_dag"]

GATE = "ShortCircuit"
_MOST_TASKS = 2000
# Where the names are that a file needs beside its operators, in Airflow 3 and 2.11.
_PLACES = {
    "datetime": {"datetime"},
    "timedelta": {"datetime"},
    "timezone": {"datetime"},
    "ZoneInfo": {"zoneinfo"},
    "DAG": {"airflow.sdk", "airflow"},
    "Asset": {"airflow.sdk", "airflow.datasets.Dataset"},
    "task": {"airflow.sdk", "airflow.decorators"},
    "CronTriggerTimetable": {"airflow.timetables.trigger"},
    "MultipleCronTriggerTimetable": {"airflow.timetables.trigger"},
}
_BUILT_IN = frozenset({"ImportError", "dag_run", "data_interval_end", "due"})
_TOLD = re.compile(r"^#   Airflow Variable ([a-z0-9_]+): (.*)$", re.MULTILINE)
_POOL = re.compile(r"airflow pools set ([a-z0-9_]+) 1 'one at a time'$", re.MULTILINE)


@dataclass(slots=True)
class DagTask:
    """A task: its id, the class of its operator, the module that it comes from, its arguments, and what is before."""

    id: str
    operator: str
    module: str
    arguments: Mapping[str, Value]
    upstream: list[str] = field(default_factory=list)

    @property
    def rule(self) -> str:
        """Give the trigger rule."""
        return str(self.arguments.get("trigger_rule", "all_success"))


@dataclass(slots=True)
class Dag:
    """A DAG: its arguments and its tasks by id, and the days on which a gate lets it go on.

    `head` is the file's first comment, `told` what it says of each Variable, `pools` those that it has somebody make.
    """

    arguments: Mapping[str, Value] = field(default_factory=dict)
    constants: dict[str, Value] = field(default_factory=dict)
    tasks: dict[str, DagTask] = field(default_factory=dict)
    days: DaysPart | None = None
    gate_zone: str | None = None
    head: str = ""
    told: dict[str, str] = field(default_factory=dict)
    pools: frozenset[str] = frozenset()

    @property
    def timetable(self) -> Called | None:
        """Give the timetable that it goes by."""
        found = self.arguments.get("schedule")
        while isinstance(found, Either):
            # As long as nothing is filled in for data, it goes by the clock; with a zone, by that.
            found = found.other if found.test == "AFTER_DATA" else found.one
        return found if isinstance(found, Called) else None


def read_dag(text: str) -> Dag:
    """Read a file; raise DagError."""
    try:
        module = ast.parse(text)
        compile(module, "DAG", "exec", dont_inherit=True)  # a keyword that stands twice is found only here
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        msg = f"it is no Python: {error.args[0] if error.args else error}"
        raise DagError(msg) from error
    try:
        found = _Reading().read(module)
    except RecursionError:
        msg = "it is nested too deep"
        raise DagError(msg) from None
    found.head = head = text.split("\nfrom ", 1)[0]
    found.told, found.pools = dict(_TOLD.findall(head)), frozenset(_POOL.findall(head))
    return found


@dataclass(slots=True)
class _Reading:
    """What was read so far; `names` leads from a variable to its task, `imported` from a name to its module.

    `places` has all modules that a name is tried from, with the name there where it is another.
    """

    dag: Dag = field(default_factory=Dag)
    names: dict[str, str] = field(default_factory=dict)
    imported: dict[str, str] = field(default_factory=dict)
    gates: set[str] = field(default_factory=set)
    places: dict[str, set[str]] = field(default_factory=dict)
    seen: bool = False

    def read(self, module: ast.Module) -> Dag:
        for place, statement in enumerate(module.body):
            self._top(statement, place)
        if not self.seen:
            msg = "it has no DAG"
            raise DagError(msg)
        self._names(module)
        return self.dag

    def _names(self, module: ast.Module) -> None:
        """See that each name is there: what is missing shows when Airflow reads the file, and then it has no DAG."""
        there = {*self.imported, *self.dag.constants, *self.names, *self.gates, *_BUILT_IN}
        for node in ast.walk(module):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load) and node.id not in there:
                self._odd(node, f"{node.id} is not imported")
        for name, places in self.places.items():
            if name in _PLACES and not places <= _PLACES[name]:
                self._odd(module.body[0], f"{name} comes from {', '.join(sorted(places))}")

    def _top(self, statement: ast.stmt, place: int) -> None:
        match statement:
            case ast.ImportFrom() | ast.Try():
                self._imports(statement)
            case ast.Assign(targets=[ast.Name(id=name)], value=value):
                if name in self.dag.constants or name in self.imported:
                    self._odd(statement, f"{name} is assigned twice")
                self.dag.constants[name] = evaluated(value, self.dag.constants)
            case ast.With(items=[ast.withitem(context_expr=ast.Call() as call)], body=body) if not self.seen:
                made = evaluated(call, self.dag.constants)
                if not isinstance(made, Called) or made.name != "DAG" or made.positional:
                    self._odd(statement, "no DAG is made")
                else:
                    self.dag.arguments, self.seen = made.named, True
                    for inner in body:
                        self._inside(inner)
            case ast.Expr(value=ast.Constant(value=str())) if place == 0:
                pass
            case _:
                self._odd(statement, "it is no import, no constant and no DAG")

    def _imports(self, statement: ast.ImportFrom | ast.Try) -> None:
        """Take imports, and those that are tried where one fails, for another version of Airflow."""
        if isinstance(statement, ast.ImportFrom):
            for name in statement.names:
                own = name.asname or name.name
                self.imported.setdefault(own, statement.module or "")
                place = f"{statement.module}.{name.name}" if name.asname else statement.module or ""
                self.places.setdefault(own, set()).add(place)
            return
        if [ast.unparse(handler.type) if handler.type else "" for handler in statement.handlers] != ["ImportError"]:
            self._odd(statement, "something else than imports is tried")
        handlers = [inner for handler in statement.handlers for inner in handler.body]
        for inner in (*statement.body, *handlers, *statement.orelse, *statement.finalbody):
            if not isinstance(inner, ast.ImportFrom):
                self._odd(inner, "something else than imports is tried")
            else:
                self._imports(inner)

    def _inside(self, statement: ast.stmt) -> None:
        match statement:
            case ast.FunctionDef(name=name):
                self.dag.days, self.dag.gate_zone = days_of(statement, self.dag.constants)
                self.gates.add(name)
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call() as call):
                self._task(name, statement, evaluated(call, self.dag.constants))
            case ast.Expr(value=ast.BinOp(op=ast.RShift()) as chain):
                self._chain(chain)
            case ast.Expr(value=ast.Call() as call):
                self._task("", statement, evaluated(call, self.dag.constants))
            case _:
                self._odd(statement, "it is no task and no order of tasks")

    def _task(self, name: str, statement: ast.stmt, made: Value) -> None:
        if not isinstance(made, Called) or made.positional:
            self._odd(statement, "it makes no task")
            return
        if made.name in self.gates:
            task = DagTask(made.name, GATE, "", made.named)
        else:
            if made.name not in self.imported:
                self._odd(statement, f"{made.name} is not imported")
            if not isinstance(made.named.get("task_id"), str):
                self._odd(statement, "a task has no name")
            task = DagTask(str(made.named.get("task_id")), made.name, self.imported[made.name], made.named)
        if task.id in self.dag.tasks or name in self.names:
            self._odd(statement, f"{task.id} is there twice")
        if len(self.dag.tasks) >= _MOST_TASKS:
            self._odd(statement, f"it has more than {_MOST_TASKS} tasks")
        self.dag.tasks[task.id] = task
        self.names[name or task.id] = task.id

    def _chain(self, node: ast.expr) -> list[str]:
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.RShift):
            before, after = self._chain(node.left), self._chain(node.right)
            for name in after:
                task = self.dag.tasks[name]
                task.upstream = list(dict.fromkeys([*task.upstream, *before]))
            return after
        if isinstance(node, ast.List):
            return [name for item in node.elts for name in self._chain(item)]
        if not isinstance(node, ast.Name) or node.id not in self.names:
            self._odd(node, f"{ast.unparse(node)[:60]} is no task")
        return [self.names[node.id]]  # type: ignore[attr-defined]  # a Name: _odd raises

    def _odd(self, node: ast.stmt | ast.expr, what: str) -> None:
        msg = f"line {node.lineno}: {what}"
        raise DagError(msg)


def in_order(tasks: Mapping[str, DagTask]) -> Iterable[DagTask]:
    """Give tasks so that each follows those before it; raise DagError where they wait for each other."""
    done: set[str] = set()
    for name in ordering.in_order({name: task.upstream for name, task in tasks.items()}):
        if not done.issuperset(tasks[name].upstream):
            msg = f"{name} waits for itself"
            raise DagError(msg)
        done.add(name)
        yield tasks[name]

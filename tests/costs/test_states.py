"""States are counted by the form of a flow; what is not needed on the shortest way is not in the low end."""

from decimal import Decimal
from itertools import pairwise

import pytest

from migrator.costs.states import Cost, Made, run_states
from migrator.model import JobId, Range
from migrator.workflows.flow import AndOr, Beside, Choice, Each, Flow, InOrder, Negated, Run, Sign
from tests.costs.build import between, exactly

ONCE = exactly(1)
A, B, C, TEST = Run("a"), Run("b"), Run("c"), Run("test")
CALLS = {name: Cost(Made.CALL, ONCE) for name in "abc"} | {"test": Cost(Made.CALL, ONCE, test=True)}


def both(first: Flow, *rest: tuple[str, Flow]) -> AndOr:
    """Make a list of commands."""
    return AndOr(first, tuple((Sign(sign), part) for sign, part in rest))


def counted(flow: Flow, costs: dict[str, Cost] | None = None) -> Range:
    """Count one job."""
    return run_states([JobId("j")], [], {JobId("j"): flow}, costs or CALLS)


FORMS = {
    "a chain": (both(A, ("&&", B), ("&&", C)), exactly(3)),
    "a sequence": (InOrder((A, B, C)), exactly(3)),
    "a handler is not needed": (both(A, ("||", B)), between(1, 2)),
    "a handler in a row": (InOrder((both(A, ("||", B)), C)), between(2, 3)),
    "a test that stops a chain ends on a state": (both(TEST, ("&&", A), ("&&", B)), between(2, 3)),
    "a test with another way": (both(TEST, ("||", A)), between(1, 2)),
    "an if without else": (Choice(A, B), between(2, 2)),
    "an if with arms of one and two": (Choice(A, B, InOrder((B, C))), between(2, 3)),
    "a negation ends on a state": (Negated(A), exactly(2)),
    "side by side, waited for": (InOrder((Beside((A, B), waits=True), C)), exactly(1 + 4 + 1)),
    "side by side, the last decides": (both(Beside((A, B), waits=False), ("&&", C)), exactly(1 + 4 + 1 + 1)),
    "side by side at the end": (Beside((A, B), waits=False), exactly(1 + 4 + 1 + 1)),
    "rounds in a row": (InOrder((Each("x", ("1", "2"), A), B)), exactly(2 + 4 + 1)),
    "rounds at the end": (Each("x", ("1", "2"), A), exactly(2 + 4 + 1 + 1)),
    "rounds in rounds": (InOrder((Each("x", ("1", "2"), Each("y", ("1",), A)), B)), exactly(2 + 2 * (2 + 2 + 2) + 1)),
    "no rounds": (InOrder((Each("x", (), A), B)), exactly(1)),
}


@pytest.mark.parametrize("form", FORMS)
def test_forms(form: str):
    """Each form has the states of its table."""
    flow, states = FORMS[form]
    assert counted(flow) == states


def test_what_a_task_becomes():
    """A command, one that is tried again, a call that is asked for, a pause; a handler of a command is its high end."""
    looks = between(1, 2)
    assert counted(A, {"a": Cost(Made.COMMAND, looks)}) == between(5, 8)
    assert counted(A, {"a": Cost(Made.COMMAND, looks, Decimal(2))}) == between(6, 18)
    assert counted(A, {"a": Cost(Made.ASKED, looks, Decimal(2))}) == between(5, 9)
    assert counted(A, {"a": Cost(Made.PAUSE, looks)}) == exactly(1)
    costs = {"a": Cost(Made.COMMAND, ONCE), "b": Cost(Made.PAUSE, ONCE)}
    assert counted(both(A, ("||", B)), costs) == exactly(5)


def jobs(order: str, flows: dict[str, Flow] | None = None) -> Range:
    """Count jobs of one call each; `order` has pairs."""
    names = [JobId(name) for name in "abcd"]
    pairs = [(JobId(pair[0]), JobId(pair[1])) for pair in order.split()]
    costs = {name: Cost(Made.CALL, ONCE) for name in "abcd"} | {"test": CALLS["test"]}
    return run_states(names, pairs, {name: (flows or {}).get(name, Run(name)) for name in names}, costs)


def test_jobs_in_order():
    """Rows, sets and layers of jobs."""
    assert jobs("ab bc cd") == exactly(4)
    assert jobs("") == exactly(1 + 8 + 1 + 1)
    assert jobs("ab cd") == exactly(1 + 2 * (2 + 1) + 1 + 1)
    # a and b begin; c waits for both, d for b alone.
    assert jobs("ac bc bd") == exactly((1 + 2 * 2) + (1 + 2 * 3) + 1 + 1)


def test_a_job_that_tests_may_end_a_run():
    """Behind a job whose test says no, no other starts: the run ends on the state of the job that failed."""
    stops = {"a": both(TEST, ("&&", A))}
    assert jobs("ab bc cd", stops) == between(2, 5)


def test_more_jobs_than_a_machine_has_are_counted_in_layers():
    """A row of a thousand jobs is counted at once, and no file is made of it."""
    names = [JobId(f"j{number:04}") for number in range(1000)]
    pairs = list(pairwise(names))
    costs = {str(name): Cost(Made.CALL, ONCE) for name in names}
    assert run_states(names, pairs, {name: Run(str(name)) for name in names}, costs) == exactly(1000 * 3 + 999 + 2)

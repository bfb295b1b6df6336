"""Scripts of documents, day tests, and state machines of no plan: read, or refused by the one error of each."""

from __future__ import annotations

import json
import re

from migrator.model import Target as Place
from migrator.verify.machines.definition import machine_faults, machines_of
from migrator.verify.script import ScriptError, read_day_test, read_script
from migrator.verify.stack import UnreadError, read_stack
from tests.fuzz.targets.target import Target, text_of
from tests.fuzz.targets.written import written


def check_script(data: bytes) -> None:
    """Read a script in both ways."""
    for read in (read_script, read_day_test):
        try:
            read(text_of(data))
        except ScriptError as error:
            assert str(error)


def check_stack(data: bytes) -> None:
    """Read a template and its state machines."""
    try:
        stack = read_stack("t.yaml", data.decode())
    except (UnicodeDecodeError, UnreadError):  # what is no UTF-8 is refused where the file is opened
        return
    for machine, _ in machines_of(stack):
        assert all(machine_faults(machine))


def _stack() -> bytes:
    _, files = written(Place.STEP_FUNCTIONS)
    return max((text for path, text in files.items() if path.endswith(".yaml")), key=len)


def _scripts() -> tuple[bytes, ...]:
    """Give the scripts that stand in the templates of EventBridge Scheduler."""
    _, files = written(Place.EVENTBRIDGE)
    lines = (re.findall(r'"((?:[^"\\]|\\.)*\\n(?:[^"\\]|\\.)*)"', text.decode()) for text in files.values())
    return tuple(json.loads(f'"{found}"').encode() for each in lines for found in each) or (b"user=etl\n",)


TARGETS = (Target("script", check_script, _scripts()), Target("stack", check_stack, (_stack(),), longest=32_768))

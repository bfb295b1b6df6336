"""Read what a called Python program touches."""

from __future__ import annotations

from dataclasses import replace

from migrator.commands import expansion
from migrator.commands.interpreters import Interpreted
from migrator.commands.languages.findings import Findings
from migrator.commands.languages.python.interpreter import Interpreter
from migrator.commands.record import Walk
from migrator.commands.scope import Scope, Source
from migrator.commands.values import Value, literal


def read(walk: Walk, told: Interpreted, path: str, source: Source, scope: Scope) -> Findings:
    """Give the effects of a program, called as `told` says."""
    interpreter = Interpreter(walk, scope, told.arguments, distributed=told.distributed)
    if not interpreter.main(path, source, _deployed(told, path, scope)):
        return replace(interpreter.findings, unclear=[f"what `{path or told.language}` does: its text is not Python 3"])
    return interpreter.findings


def _deployed(told: Interpreted, path: str, scope: Scope) -> Value:
    if told.script is None:
        return literal(path or "<stdin>")
    value = told.script
    return value if value.text.startswith(("/", "~", "*")) else expansion.entered(value, scope)

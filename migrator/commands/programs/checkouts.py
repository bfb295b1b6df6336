"""Checkouts of a repository: git(1)."""

from __future__ import annotations

from migrator.commands.facts import StepKind
from migrator.commands.hints import with_slash
from migrator.commands.invocation import Effect, Family, Invocation, reads, sort_out, writes
from migrator.commands.values import literal

# What changes the files of a checkout (git(1)).
_CHECKS_OUT = frozenset(["pull", "clone", "checkout", "reset", "merge", "rebase", "switch", "restore"])


def git(call: Invocation) -> Effect:
    """Read `git`: the subcommand names the step; what it needs of a remote is not read."""
    got = sort_out(call.arguments, frozenset({"-C", "-c", "--git-dir", "--work-tree", "-m", "-b", "-u"}))
    action = got.rest[0].text if got.rest else ""
    kind = StepKind.TRANSFER if action in ("pull", "push", "fetch", "clone", "remote") else StepKind.FILES
    folder = got.last("-C", "--work-tree") or literal("./")
    base = with_slash(folder)
    touches = writes(base, confidence=0.7) if action in _CHECKS_OUT else ()
    if action == "clone" and len(got.rest) > 2:
        touches = writes(got.rest[2] + literal("/"), confidence=0.9)
    # What was committed lies in `.git` until it is pushed.
    kept = base + literal(".git/")
    if action == "commit":
        touches = writes(kept, confidence=0.8)
    if action == "add":
        # What is named is what is published; a whole checkout is anything that lies there.
        named = tuple(path for path in got.rest[1:] if path.text.strip("./*") and path.text[0] not in "-:")
        touches = reads(*(base + path if got.last("-C", "--work-tree") else path for path in named))
    if action == "push":
        touches = (*reads(kept, confidence=0.8), *reads(base, confidence=0.7))
    return Effect(kind=kind, label=f"git {action}".strip(), touches=touches, carries=True)


FAMILY = Family("checkouts", {"git": git})

"""What a job does: wrappers peeled, steps, units, branches, effects, locks, waits; called scripts followed."""

from migrator.commands.analysis import analyse
from migrator.commands.facts import (
    Branch,
    BranchKind,
    Called,
    CommandFacts,
    Join,
    Lock,
    LockKind,
    Step,
    StepKind,
    Trait,
    TraitFound,
    Unit,
    Wait,
    WaitKind,
    Wrapper,
)

__all__ = [
    "Branch",
    "BranchKind",
    "Called",
    "CommandFacts",
    "Join",
    "Lock",
    "LockKind",
    "Step",
    "StepKind",
    "Trait",
    "TraitFound",
    "Unit",
    "Wait",
    "WaitKind",
    "Wrapper",
    "analyse",
]

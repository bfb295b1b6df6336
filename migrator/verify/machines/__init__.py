"""State machines as they are written: what Step Functions would do with them, outcome by outcome."""

from migrator.verify.machines.definition import Machine, machine_faults, machines_of
from migrator.verify.machines.execution import Execution, MachineError

__all__ = ["Execution", "Machine", "MachineError", "machine_faults", "machines_of"]

"""EventBridge Scheduler: CloudFormation templates, one that all share and one for each set of hosts."""

from migrator.artifacts.eventbridge.files import TARGET, pieces

__all__ = ["TARGET", "pieces"]

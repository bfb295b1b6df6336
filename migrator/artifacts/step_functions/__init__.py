"""Step Functions: a state machine for each workflow, in one CloudFormation template for the workflows of a cluster."""

from migrator.artifacts.step_functions.files import TARGET, pieces

__all__ = ["TARGET", "pieces"]

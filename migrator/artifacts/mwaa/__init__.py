"""Amazon MWAA: the DAGs and the environment that runs them."""

from migrator.artifacts.mwaa.files import TARGET, pieces

__all__ = ["TARGET", "pieces"]

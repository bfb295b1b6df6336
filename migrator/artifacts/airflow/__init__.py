"""Airflow 3, one's own: a DAG for each workflow, its commands as documents of Systems Manager."""

from migrator.artifacts.airflow.files import TARGET, Group, made, pieces

__all__ = ["TARGET", "Group", "made", "pieces"]

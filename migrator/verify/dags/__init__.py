"""DAG files as they are written: what Airflow would do with them, outcome by outcome. No file is imported or run."""

from migrator.verify.dags.reading import Dag, DagError, read_dag

__all__ = ["Dag", "DagError", "read_dag"]

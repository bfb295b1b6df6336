"""Where a cluster may go."""

from enum import StrEnum

from migrator.model.worded import worded


@worded
class Target(StrEnum):
    """The targets of the decision guide, and staying on the host."""

    EVENTBRIDGE = "eventbridge"
    STEP_FUNCTIONS = "step-functions"
    AIRFLOW = "airflow"
    MWAA = "mwaa"
    RETAIN = "retain"

    @property
    def label(self) -> str:
        """Give the name that people use."""
        return _TITLES[self]

    @property
    def going(self) -> str:
        """Give the name as a noun: behind «for», «against», «instead of»."""
        return "staying on the host" if self is Target.RETAIN else self.label


SCHEDULED = frozenset({Target.EVENTBRIDGE, Target.STEP_FUNCTIONS})
"""What EventBridge Scheduler starts."""
AIRFLOWS = frozenset({Target.AIRFLOW, Target.MWAA})
"""What runs DAGs."""

_TITLES = {
    Target.EVENTBRIDGE: "EventBridge Scheduler",
    Target.STEP_FUNCTIONS: "Step Functions",
    Target.AIRFLOW: "Airflow on EC2",
    Target.MWAA: "MWAA",
    Target.RETAIN: "stay on the host",
}

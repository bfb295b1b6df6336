"""What stops a run. A fault in a user's file never does: that is data and reaches the report."""


class MigratorError(Exception):
    """Stop the run with place, fault and remedy; one subclass per stage, caught by `cli` alone.

    `exit_code` is the process exit code of the contract: 1 migrator failed, 2 wrong usage or settings, 3 no job.
    """

    exit_code = 1

    def __init__(self, place: str, fault: str, remedy: str = "") -> None:
        self.place = place
        self.fault = fault
        self.remedy = remedy
        super().__init__(f"{place}: {fault}" + (f"; {remedy}" if remedy else ""))

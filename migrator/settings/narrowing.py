"""Settings without what they say of jobs that are gone on purpose."""

from collections.abc import Collection

from migrator.settings.schema import Settings


def without_jobs(settings: Settings, names: Collection[str]) -> Settings:
    """Leave out what is said of jobs by these ids and titles: pins, accepted hazards, dependencies.

    A pin that names a cluster by the title of such a job (`load.sh and 2 more`) goes, too.
    """
    if not names:
        return settings
    targets = {name: target for name, target in settings.targets.items() if name.rpartition(" and ")[0] not in names}
    ties = settings.dependencies
    kept = {
        kind: tuple(tie for tie in found if tie.upstream not in names and tie.downstream not in names)
        for kind, found in (("add", ties.add), ("deny", ties.deny))
    }
    return settings.model_copy(
        update={
            "targets": {name: target for name, target in targets.items() if name not in names},
            "dependencies": ties.model_copy(update=kept),
            "accept": tuple(entry for entry in settings.accept if entry.job is None or entry.job not in names),
        }
    )

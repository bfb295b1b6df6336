"""Settings without what they say of jobs that are gone."""

from migrator.model import Target
from migrator.settings import Settings
from migrator.settings.narrowing import without_jobs

SAID = Settings.model_validate(
    {
        "targets": {"gone.sh": "airflow", "gone.sh and 2 more": "mwaa", "here.sh": "retain", "gone.sh-like": "retain"},
        "accept": [
            {"hazard": "x", "job": "gone.sh", "reason": "r"},
            {"hazard": "x", "job": "here.sh", "reason": "r"},
            {"hazard": "y", "reason": "r"},
        ],
        "dependencies": {
            "add": [
                {"upstream": "a", "downstream": "gone.sh", "why": "w"},
                {"upstream": "a", "downstream": "b", "why": "w"},
            ],
            "deny": [{"upstream": "gone.sh", "downstream": "b", "why": "w"}],
            "threshold": 0.7,
        },
    }
)


def test_what_is_said_of_gone_jobs_goes():
    """Pins, of clusters by the job's title too, accepted hazards, dependencies; all else stays as it is."""
    left = without_jobs(SAID, {"gone.sh"})
    assert left.targets == {"here.sh": Target.RETAIN, "gone.sh-like": Target.RETAIN}
    assert [entry.job for entry in left.accept] == ["here.sh", None]
    assert [(tie.upstream, tie.downstream) for tie in left.dependencies.add] == [("a", "b")]
    assert left.dependencies.deny == ()
    assert left.dependencies.threshold == 0.7


def test_without_gone_jobs_nothing_changes():
    """The same settings, not a copy."""
    assert without_jobs(SAID, ()) is SAID

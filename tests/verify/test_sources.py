"""A later reading of the sources beside the plan."""

from __future__ import annotations

import pytest

from migrator import pipeline, verify
from tests.artifacts.making import host, planned

LINE = "ETL=/opt\n5 4 * * * /opt/x --all\n"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (LINE, ""),
        ("# a comment\n\n" + LINE, ""),
        (LINE.replace("5 4", "6 4"), "schedule"),
        (LINE.replace("ETL=/opt", "ETL=/srv"), "settings"),
        (LINE.replace("--all", "--some"), "any more"),
        (LINE.rstrip("\n"), "does not run it"),
    ],
)
def test_a_changed_source_is_told(tmp_path, text, what):
    """What moved is the same job; what changed is named."""
    plan = pipeline.with_artifacts(planned(tmp_path / "old", host(LINE)), tmp_path)
    found = verify.against_sources(plan, planned(tmp_path / "new", host(text)))
    assert [verdict.holds for verdict in found] == [not what]
    assert what in found[0].why


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (
            "Europe/Paris",
            None,
            "no file names its zone, which the plan has as Europe/Paris: give the options of the plan again",
        ),
        ("Europe/Paris", "Europe/London", "its zone has changed from Europe/Paris to Europe/London"),
        (None, "Europe/London", "its zone has changed from none to Europe/London"),
        (None, None, ""),
    ],
)
def test_a_zone_that_an_option_named_is_told_from_one_that_changed(tmp_path, old, new, what):
    """Who forgets `--tz` reads what to give, and not that a file has changed."""
    plan = pipeline.with_artifacts(planned(tmp_path / "old", host(LINE)), tmp_path)

    def zoned(zone):
        jobs = [
            job.model_copy(update={"schedule": job.schedule.model_copy(update={"timezone": zone})}) for job in plan.jobs
        ]
        return plan.model_copy(update={"jobs": tuple(jobs)})

    [found] = verify.against_sources(zoned(old), zoned(new))
    assert found.holds is not bool(what)
    assert what in found.why

"""Files that have no job in common are checked apart, and nothing that stands in the wrong file is missed by that."""

from __future__ import annotations

import re

import pytest

from migrator import cores, pipeline, verify
from migrator.verify.listing import Listing, groups
from tests.artifacts.making import HEAD, host, planned
from tests.verify.seeding import changed

pytestmark = pytest.mark.usefixtures("own_checks_alone")

FILES = "artifacts/eventbridge"
_LINES = f"{HEAD}5 4 * * 1-5 /opt/load\n"
_OTHER = f"{HEAD}7 3 * * * /opt/other\n"


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Write the files of two hosts."""
    folder = tmp_path_factory.mktemp("groups")
    plan = pipeline.with_artifacts(planned(folder, host(_LINES) | host(_OTHER, "web2")), folder)
    assert [artifact.path.rpartition("/")[2] for artifact in plan.artifacts] == ["base.yaml", "web1.yaml", "web2.yaml"]
    return plan, folder


def failed(plan, folder, **how) -> dict[tuple[str, str], str]:
    """Give the failed checks by job and name."""
    return {(one.job, one.check): one.why for one in verify.check(plan, folder, **how) if one.holds is False}


def test_each_host_is_a_group(written):
    """The shared file is one more."""
    plan, _ = written
    assert [len(group.artifacts) for group in groups(plan, Listing.of(plan))] == [1, 1, 1]


def test_a_schedule_that_stands_in_another_hosts_file(written):
    """The job that it would start a second time is told, though another file is at fault."""
    plan, folder = written
    (job,) = (one.id for one in plan.jobs if one.host == "web1")
    text = (folder / FILES / "web1.yaml").read_text(encoding="utf-8")
    (schedule,) = re.findall(r"^  \w+:\n    Type: AWS::Scheduler::Schedule\n(?:    .*\n)+", text, re.MULTILINE)
    with changed(
        folder / FILES / "web2.yaml", lambda other: other.replace("Resources:\n", f"Resources:\n{schedule}", 1)
    ):
        found = failed(plan, folder)
    assert "several files" in found[job, "there once"]
    assert failed(plan, folder) == {}


def test_a_value_that_another_hosts_file_exports(written):
    """A name that any file of the plan exports may be imported; one that none exports may not."""
    plan, folder = written
    exported = (
        "Outputs:\n  More:\n    Value: x\n    Export:\n      Name:\n        Fn::Join:\n        - ''\n"
        "        - - Ref: AWS::StackName\n          - -Elsewhere\n"
    )

    def imported(text):
        return text.replace("-GroupArn", "-Elsewhere").replace("- -Group\n", "- -Elsewhere\n")

    with changed(folder / FILES / "web1.yaml", imported):
        alone = " ".join(failed(plan, folder).values())
        with changed(folder / FILES / "web2.yaml", lambda text: text + exported):
            beside = " ".join(failed(plan, folder).values())
    assert "no template exports it" in alone
    assert "no template exports it" not in beside


def test_the_number_of_cores_changes_nothing(written):
    """Verdicts are the same, in the same order, whoever gives them."""
    plan, folder = written

    def shared(checked, parts):
        return cores.in_turn(checked, parts, 3, 1)

    assert verify.check(plan, folder, share=shared) == verify.check(plan, folder)

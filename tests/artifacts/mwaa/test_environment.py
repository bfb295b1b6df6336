"""The environment of MWAA: the class that the advice chose, and nothing where one runs."""

from __future__ import annotations

import pytest
import yaml

from migrator.artifacts import mwaa
from migrator.artifacts.mwaa.environment import environment_files
from migrator.model import Target
from migrator.plan.clusters import LinePart
from migrator.plan.document import EnvironmentPart
from migrator.verify import tools
from migrator.verify.permissions import role_faults
from migrator.verify.stack import read_stack
from tests.artifacts.making import host, planned


def line(name, price=211.7):
    """Make a line of a bill."""
    return LinePart(
        name=name, unit="month", quantity=None, price=price, monthly=None, fixed=True, assumption="", depends_on="",
        source="",
    )  # fmt: skip


def environment(name=""):
    """Make what the plan says of an environment."""
    return EnvironmentPart(target=Target.MWAA, name=name, clusters=("a",), jobs=1, dags=1, monthly=None, why="")


def template(lines, name="environment"):
    """Give a template of an environment whose clusters have these lines in their bills."""
    files = {file.path: file.text for file in environment_files("mwaa", environment(), lines)}
    return yaml.safe_load(files[f"mwaa/{name}.yaml"])


@pytest.mark.parametrize(
    ("names", "size"),
    [
        (["MWAA environment mw1.micro"], "mw1.micro"),
        (["MWAA environment mw1.micro", "Step to mw1.small"], "mw1.small"),
        (["NAT gateway", "MWAA environment mw1.large"], "mw1.large"),
        (["MWAA environment above mw1.large"], None),
    ],
)
def test_the_class_is_the_one_that_was_priced(names, size):
    """With the step that a cluster causes; a class without a price is for a person to choose."""
    asked = template([line(name) for name in names])["Parameters"]["EnvironmentClass"]
    assert asked.get("Default") == size


def test_an_environment_that_runs_already_gets_no_file():
    """It is in the bill at a price of zero."""
    assert environment_files("mwaa", environment(), [line("MWAA environment mw1.small", 0.0)]) == []


def test_the_bucket_keeps_versions_and_is_nobody_else_s():
    """MWAA asks for versions; the rest is what a reviewer asks for."""
    bucket = template([line("MWAA environment mw1.micro")], "storage")["Resources"]["Bucket"]["Properties"]
    assert bucket["VersioningConfiguration"] == {"Status": "Enabled"}
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}


def test_stars_stand_only_where_iam_knows_no_resource():
    """Public access of the account, the list of log groups, numbers of one namespace, keys of the service."""
    resources = template([line("MWAA environment mw1.micro")])["Resources"]
    stated = resources["ExecutionRolePolicy"]["Properties"]["PolicyDocument"]["Statement"]
    assert sorted(one["Sid"] for one in stated if one.get("Resource") == "*") == [
        "AskForPublicAccess", "CountThings", "FindLogs",
    ]  # fmt: skip


@pytest.mark.oracle
def test_cfn_lint_finds_nothing(tmp_path):
    """The environment, its bucket, commands and permissions of a DAG with a call, and all else that is written."""
    pytest.importorskip("cfnlint")
    text = "0 1 * * * /opt/x.sh\n0 2 * * * aws glue start-job-run --job-name load\n"
    names = tuple((job.id, Target.MWAA) for job in planned(tmp_path, host(text)).jobs)
    (make,) = mwaa.pieces(planned(tmp_path, host(text), targets=names))
    files = {file.path: file.text for file in make()[0]}
    assert {"mwaa/environment.yaml", "mwaa/storage.yaml", "mwaa/permissions.yaml", "mwaa/requirements.txt"} <= set(
        files
    )
    assert files["mwaa/requirements.txt"].splitlines()[1].startswith("--constraint ")
    for path, written in files.items():
        if path.endswith(".yaml"):
            assert tools.cfn_lint(written) == (), path
    policy = yaml.safe_load(files["mwaa/permissions.yaml"])["Resources"]["CallsPolicy1"]["Properties"]
    actions = [action for one in policy["PolicyDocument"]["Statement"] for action in one["Action"]]
    assert {"glue:StartJobRun", "glue:GetJobRun", "glue:GetJob"} <= set(actions)
    assert "*" not in [one["Resource"] for one in policy["PolicyDocument"]["Statement"]]


def test_the_check_of_roles_knows_the_guide_s_permissions_and_no_others():
    """The role as written holds; one action, one resource or one trusted service more does not."""
    files = {
        file.path: file.text for file in environment_files("mwaa", environment(), [line("MWAA environment mw1.micro")])
    }
    text = files["mwaa/environment.yaml"]
    assert list(role_faults(read_stack("e", text))) == []
    for before, after in (
        ("- s3:GetBucket*", "- s3:*"),
        (":airflow-celery-*", ":*"),
        ("- airflow-env.amazonaws.com", "- ec2.amazonaws.com"),
        (":key/*", ":key/x"),
    ):
        assert before in text
        assert list(role_faults(read_stack("e", text.replace(before, after))))

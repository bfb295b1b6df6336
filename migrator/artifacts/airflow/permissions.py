"""What Airflow's own role needs for the cloud calls and sensors of the DAGs, as a template."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from migrator.artifacts.airflow.draft import Draft
from migrator.artifacts.calls import Allowed, Asked
from migrator.artifacts.calls.rendering import statements
from migrator.artifacts.parts.cloudformation import Json, Template, dumped
from migrator.artifacts.parts.file import File
from migrator.artifacts.parts.header import header
from migrator.artifacts.parts.parameters import Parameters
from migrator.plan.jobs import JobPart

_TITLE = "Airflow: what its role needs for the cloud calls and waits that the DAGs make themselves."
_KNOW = (
    "Deploy it before the DAGs are switched on. cron's commands had these permissions from their host's role.",
    "A policy holds 6,144 characters: the statements are cut into several where they need more.",
)
_MOST = 3500  # characters of one policy's statements, before names of accounts and regions are filled in


def permissions(drafts: Sequence[Draft], folder: str) -> list[File]:
    """Give the template; none where every task runs on a host."""
    called = list(_called(drafts))
    if not called:
        return []
    parameters = Parameters(())
    role = parameters.airflow_role()
    written: list[Json] = []
    for job, allowed in called:

        def asking(asked: Asked, owner: str = job.id) -> Json:
            return parameters.of_call(asked, owner)

        written += [one for one in statements(allowed, asking) if one not in written]
    resources: dict[str, Json] = {
        f"CallsPolicy{number}": {
            "Type": "AWS::IAM::ManagedPolicy",
            "Properties": {
                "Description": "Make the cloud calls of DAGs",
                "Roles": [role],
                "PolicyDocument": {"Version": "2012-10-17", "Statement": some},
            },
        }
        for number, some in enumerate(_parts(written), start=1)
    }
    template: Template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": "What the role of Airflow needs for the cloud calls of DAGs",
        "Parameters": parameters.declared,
        "Resources": resources,
    }
    jobs = list({job.id: job for job, _ in called}.values())
    head = header(_TITLE, jobs, parameters.told.items(), _KNOW)
    return [File(f"{folder}/permissions.yaml", head + dumped(template), tuple(job.id for job in jobs))]


def _called(drafts: Sequence[Draft]) -> Iterator[tuple[JobPart, tuple[Allowed, ...]]]:
    for draft in drafts:
        for work in draft.works:
            for made in work.operators.values():
                if made is not None and made.allowed:
                    yield work.job, made.allowed


def _parts(written: Sequence[Json]) -> list[list[Json]]:
    parts: list[list[Json]] = [[]]
    room = _MOST
    for one in written:
        size = len(str(one))
        if size > room and parts[-1]:
            parts.append([])
            room = _MOST
        parts[-1].append(one)
        room -= size
    return parts

"""The commands of the DAGs as documents of Systems Manager: a template for each set of hosts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from migrator.artifacts.parts.as_cron import as_cron
from migrator.artifacts.parts.cloudformation import Json, Template, described, dumped, ref
from migrator.artifacts.parts.document import LONGEST_RUN, content, resource
from migrator.artifacts.parts.file import File
from migrator.artifacts.parts.header import ENVIRONMENT, ended, header
from migrator.artifacts.parts.jobs import Hosts
from migrator.artifacts.parts.parameters import Parameters, logical
from migrator.artifacts.parts.permissions import secret_policy, to_send
from migrator.artifacts.parts.secrets import Secret, secrets_of
from migrator.plan.clusters import TaskPart
from migrator.plan.jobs import JobPart
from migrator.plan.names import file_names, job_key

# Their names and the hosts fill a managed policy (6,144 characters, IAM quotas).
_MOST_DOCUMENTS = 15
_TITLE = "Airflow: the commands of the DAGs beside this file, each fixed in a document of Systems Manager."
_KNOW = (
    "Deploy it before the DAGs are switched on. It starts nothing by itself.",
    "Commands have the user, home, shell, settings and standard input that cron gave them.",
    ENVIRONMENT,
    "What a command printed is in Systems Manager, Run Command, for 30 days, the first 24,000 characters.",
    "SSM's agent runs five commands at a time (CommandWorkersLimit in amazon-ssm-agent.json); cron has no such limit.",
    "Airflow's role may look at all commands of the account in this region: IAM knows no narrower leave for that.",
)
MANAGED_POLICY = "AWS::IAM::ManagedPolicy"
# «Managed policies attached to an IAM role» (IAM user guide, «IAM and AWS STS quotas»), and the most of it on request.
_MOST_ATTACHED, _MOST_AT_ALL = 10, 20


@dataclass(frozen=True, slots=True)
class Document:
    """A task that runs as a document: `name` ends the document's name, and is unique among the target's files."""

    name: str
    job: JobPart
    task: TaskPart
    hosts: Hosts


@dataclass(frozen=True, slots=True)
class Stack:
    """A template of documents: the base name of its file, and the hosts that they run on."""

    name: str
    hosts: Hosts
    documents: tuple[Document, ...]


def stacks_of(documents: Iterable[Document]) -> tuple[Stack, ...]:
    """Group documents by hosts, into as many files as they need."""
    groups: defaultdict[Hosts, list[Document]] = defaultdict(list)
    for document in documents:
        groups[document.hosts].append(document)
    parts: list[tuple[str, str, Hosts, Sequence[Document]]] = []
    for number, (hosts, some) in enumerate(sorted(groups.items(), key=lambda item: tuple(h or "" for h in item[0]))):
        title = (hosts[0] or "host") + (f"-and-{len(hosts) - 1}-more" if len(hosts) > 1 else "")
        parts += [
            (f"{number}.{begin}", f"commands-{title}", hosts, some[begin : begin + _MOST_DOCUMENTS])
            for begin in range(0, len(some), _MOST_DOCUMENTS)
        ]
    names = file_names((key, title) for key, title, _, _ in parts)
    return tuple(Stack(names[key], hosts, tuple(some)) for key, _, hosts, some in parts)


def stack_file(stack: Stack, folder: str, policies: int = 1) -> File:
    """Make the template of a stack; Airflow's role gets so many `policies` of all templates of its folder."""
    parameters = Parameters(stack.hosts)
    resources: dict[str, Json] = {}
    names: list[str] = []
    secrets: dict[tuple[str, int], Secret] = {}
    for document in stack.documents:
        names.append(_add(document, resources, parameters))
        secrets |= {(s.place, s.number): s for s in secrets_of(document.job, document.task).all}
    allowed = secret_policy([parameters.secret(secret) for secret in secrets.values()], parameters)
    resources |= allowed | _policy(names, parameters)
    template: Template = {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Description": described(f"Commands that DAGs of Airflow run on {stack.hosts[0] or 'a host'}"),
        "Parameters": parameters.declared,
        "Resources": resources,
    }
    jobs = list({document.job.id: document.job for document in stack.documents}.values())
    unlimited = any(document.task.timeout is None for document in stack.documents)
    limit = f"A run may take {LONGEST_RUN // 3600} hours, the most that Systems Manager allows; cron sets no limit."
    know = [*_KNOW, *([limit] if unlimited else []), *_ended(stack.documents), *_many(policies)]
    head = header(_TITLE, jobs, parameters.told.items(), know)
    return File(f"{folder}/{stack.name}.yaml", head + dumped(template), tuple(job.id for job in jobs))


def _ended(documents: Sequence[Document]) -> Iterator[str]:
    jobs = {document.job.id: document.job for document in documents}
    for name, job in jobs.items():
        mine = [one.task.timeout for one in documents if one.job.id == name]
        yield from ended(job, [seconds for seconds in mine if seconds is not None])


def _many(policies: int) -> list[str]:
    if policies <= _MOST_ATTACHED:
        return []
    rest = "ask AWS for that many first"
    if policies > _MOST_AT_ALL:
        rest = (
            f"{_MOST_AT_ALL} are the most that AWS gives: leave some hosts to another Airflow, with a role of its own"
        )
    return [
        f"Airflow's role gets {policies} managed policies of these templates; IAM attaches {_MOST_ATTACHED}: {rest}."
    ]


def _add(document: Document, resources: dict[str, Json], parameters: Parameters) -> str:
    base = logical(document.name, 60)
    base = base if base[:1].isalpha() else f"Task{base}"
    while f"{base}Document" in resources:
        base += "X"
    job, task = document.job, document.task
    about = described(f"What cron ran: {task.text}")[:200]
    made = content(as_cron(job, task=task), about, task.timeout, job, None, parameters)
    metadata: dict[str, Json] = {"Job": job_key(job.id), "Task": document.name}
    resources[f"{base}Document"] = resource(document.name, metadata, made)
    return f"{base}Document"


def _policy(names: Sequence[str], parameters: Parameters) -> dict[str, Json]:
    """Give Airflow's own role leave to send these documents to these hosts, and to look at what becomes of them."""
    role = parameters.airflow_role()
    look: Json = {
        "Sid": "SeeWhatBecameOfCommands",
        "Effect": "Allow",
        "Action": ["ssm:CancelCommand", "ssm:GetCommandInvocation", "ssm:ListCommandInvocations"],
        "Resource": "*",
        "Condition": {"StringEquals": {"aws:RequestedRegion": ref("AWS::Region")}},
    }
    return {
        "AirflowPolicy": {
            "Type": MANAGED_POLICY,
            "Properties": {
                "Description": "Run the commands of DAGs on their hosts",
                "Roles": [role],
                "PolicyDocument": {
                    "Version": "2012-10-17",
                    "Statement": [*to_send(names, parameters), look],
                },
            },
        }
    }

"""The files that carry the plan out: what they replace, how to deploy them, whether they hold, and what has none."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.document import ArtifactPart, LeftOutPart, VerdictPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened, table
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.titles import job_titles
from migrator.report.words import heading_label, listed

_MOST_FILES = 60
_SOME_FILES = 12  # of many, where all holds
_MOST_FAULTS = 40
_OURS = "migrator"
_HOLDS, _FAIL = (True, False, None), 1
_Sums = tuple[int, ...]
"""How many checks hold, fail and were not made."""
_EVENTBRIDGE_INTRO = (
    "Deploy the shared stack once, then a stack for each other file. Nothing starts until you enable a schedule:"
)
_EVENTBRIDGE_COMMANDS = """\
```
aws cloudformation deploy --stack-name BASE --template-file artifacts/eventbridge/base.yaml
aws cloudformation deploy --stack-name NAME --template-file FILE --capabilities CAPABILITY_IAM \\
  --parameter-overrides BaseStack=BASE PARAMETER=VALUE …
```"""
_EVENTBRIDGE_NOTES = """\
Each file begins with what it replaces and with the parameters that you must fill in. A file above 51,200 bytes needs
`--s3-bucket` too. A stack's name of at most 60 characters leaves room for those of its documents.""".replace("\n", " ")
_STEP_FUNCTIONS = """\
Deploy them as files for EventBridge Scheduler, with the same shared stack, `artifacts/eventbridge/base.yaml`: it holds
the group of the schedules that start the machines. Try a machine by hand before you enable its schedule: start an
execution with the input `{"ScheduledTime": "2030-01-31T06:00:00Z"}`. It runs the real commands.
A stack's name of at most 35 characters leaves room for those of its machines.""".replace("\n", " ")
_AIRFLOW_INTRO = """\
Each DAG's file begins with what it replaces, the Airflow Variables that it reads, and `START_DATE`, the moment at which
it takes over. Install `requirements.txt` with your Airflow's constraints file, deploy a stack for each template, set
the Variables, then copy the DAGs. All of them are paused; the page of its wave says when to unpause
one:""".replace("\n", " ")
_MWAA = """\
Where there is an `environment.yaml`: deploy `storage.yaml`, copy `dags/` and `requirements.txt` into its bucket, deploy
`environment.yaml`, and take its output `AirflowRole` for the other templates.""".replace("\n", " ")
_AIRFLOW_COMMANDS = """\
```
aws cloudformation deploy --stack-name NAME --template-file FILE --capabilities CAPABILITY_IAM \\
  --parameter-overrides AirflowRole=ROLE PARAMETER=VALUE …
airflow variables set VARIABLE VALUE
```"""
_DEPLOY = {
    Target.EVENTBRIDGE: (_EVENTBRIDGE_INTRO, _EVENTBRIDGE_COMMANDS, _EVENTBRIDGE_NOTES),
    Target.STEP_FUNCTIONS: (_STEP_FUNCTIONS,),
    Target.AIRFLOW: (_AIRFLOW_INTRO, _AIRFLOW_COMMANDS),
    Target.MWAA: (_AIRFLOW_INTRO, _AIRFLOW_COMMANDS, _MWAA),
}


def artifact_blocks(plan: MigrationPlan) -> Blocks:
    """List the files by target, with their checks, and the jobs that have none."""
    if not plan.artifacts and not plan.left_out:
        return []
    blocks = ["## The files that do it"]
    if plan.artifacts:
        blocks.append(f"{checks_in_words(plan.verdicts, len(plan.artifacts))}{_tools(plan.verdicts)}")
    counts = _counts(plan)
    for target in Target:
        files = [file for file in plan.artifacts if file.target is target]
        if files:
            blocks += [f"### {heading_label(target)}", *_table(files, counts), *_DEPLOY.get(target, ())]
    return blocks + _failed(plan) + _skipped(plan.verdicts) + _left_out(plan)


def checks_in_words(verdicts: Sequence[VerdictPart], files: int) -> str:
    """Say how many checks of so many files hold, fail and were not made."""
    counts = Counter(verdict.holds for verdict in verdicts)
    parts = [f"{counts[True]:,} hold", f"{counts[False]:,} fail" if counts[False] else "none fails"]
    if counts[None]:
        parts.append(f"{counts[None]:,} could not be made here")
    read = "1 file was" if files == 1 else f"{files:,} files were"
    return f"{read} read back and checked against the plan: of {counted(len(verdicts), 'check')} {listed(parts)}."


def _tools(verdicts: Sequence[VerdictPart]) -> str:
    """Say which programs from outside made some of the checks: what is installed differs from place to place."""
    outside = [verdict for verdict in verdicts if verdict.tool != _OURS]
    used = sorted({verdict.tool for verdict in outside if verdict.holds is not None})
    missing = sorted({verdict.tool for verdict in outside} - set(used))
    said = f" Tools that were there and made some of them: {names(used, 12)}." if used else ""
    return said + (f" Tools that made none, for the reason below: {names(missing, 12)}." if missing else "")


def failures(verdicts: Iterable[VerdictPart]) -> list[VerdictPart]:
    """Keep what does not hold; a fault of a file, which all its jobs have, is kept once."""
    found: dict[tuple[str, str], VerdictPart] = {}
    for verdict in verdicts:
        if verdict.holds is False:
            found.setdefault((verdict.check, verdict.why), verdict)
    return list(found.values())


def _counts(plan: MigrationPlan) -> dict[str, _Sums]:
    """Count for each file the checks of its jobs that hold, fail and were not made; of a shared file its own."""
    of_jobs: defaultdict[str, Counter[bool | None]] = defaultdict(Counter)
    of_shared = {file.path: Counter[bool | None]() for file in plan.artifacts if not file.jobs}
    for verdict in plan.verdicts:
        of_jobs[verdict.job][verdict.holds] += 1
        if not verdict.job:
            for path, own in of_shared.items():
                own[verdict.holds] += path in verdict.why
    counts = {file.path: [of_jobs[job] for job in file.jobs] or [of_shared[file.path]] for file in plan.artifacts}
    return {path: tuple(sum(each[holds] for each in found) for holds in _HOLDS) for path, found in counts.items()}


def _table(files: Sequence[ArtifactPart], counts: Mapping[str, _Sums]) -> Blocks:
    """List files with their checks; of very many those that need a look, then the largest."""
    shown: Sequence[ArtifactPart] = files
    intro: Blocks = []
    if len(files) > _MOST_FILES:
        ranked = sorted(files, key=lambda file: (-counts[file.path][_FAIL], bool(file.jobs), -len(file.jobs)))
        failing = sum(counts[file.path][_FAIL] > 0 for file in files)
        shown = ranked[: min(_MOST_FILES, max(_SOME_FILES, failing))]
        intro.append(
            f"Shown are {len(shown)} of {counted(len(files), 'file')}: those with the most checks that fail, shared "
            "ones, then those with the most jobs. All are in `plan.json`."
        )
    rows = [
        [code(file.path), f"{len(file.jobs):,}", *(f"{number:,}" for number in counts[file.path])] for file in shown
    ]
    return [*intro, table(["File", "Jobs:", "Checks that hold:", "Fail:", "Not made:"], rows)]


def _failed(plan: MigrationPlan) -> Blocks:
    found = failures(plan.verdicts)
    if not found:
        return []
    titles = job_titles(plan)
    items = [
        f"{code(titles.get(verdict.job, verdict.job) or 'the shared file')}: **{prose(verdict.check)}** "
        f"({prose(verdict.tool)}): {prose(verdict.why)}"
        for verdict in found
    ]
    return ["### What does not hold", bullets(shortened(items, _MOST_FAULTS, "in `plan.json`"))]


def _skipped(verdicts: Sequence[VerdictPart]) -> Blocks:
    why = Counter((verdict.check, verdict.why, bool(verdict.job)) for verdict in verdicts if verdict.holds is None)
    if not why:
        return []
    items = [
        f"{prose(check)}: {prose(text)}" + (f" ({counted(count, 'job')})" if of_jobs else "")
        for (check, text, of_jobs), count in sorted(why.items())
    ]
    return ["Not checked:", bullets(items)]


def _left_out(plan: MigrationPlan) -> Blocks:
    if not plan.left_out:
        return []
    titles = job_titles(plan)
    by_why: defaultdict[tuple[Target, str], list[LeftOutPart]] = defaultdict(list)
    for part in plan.left_out:
        by_why[part.target, part.why].append(part)
    items = [
        f"{heading_label(target)}: {prose(why)}: {names([titles.get(part.job, part.job) for part in parts])}"
        for (target, why), parts in by_why.items()
    ]
    return ["These jobs have no file, and why:", bullets(items)]

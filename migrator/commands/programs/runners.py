"""Programs that run a named task of a project: build tools, package managers, task queues. The task names the step."""

from __future__ import annotations

from migrator.commands.facts import StepKind
from migrator.commands.invocation import Effect, Family, Invocation, sort_out

_VALUED = frozenset(
    {"-f", "-file", "-buildfile", "-C", "--prefix", "-p", "-A", "--app", "-P", "-D", "--env", "-e", "--cwd", "--filter"}
)
_VERBS = ("run", "run-script", "exec", "start", "worker", "call")


def task(call: Invocation) -> Effect:
    """Name the step by the task: `npm run sync`, `rake db:clean`, `ant update`."""
    words = [value.shown for value in sort_out(call.arguments, _VALUED).rest]
    shown = words[:2] if words and words[0] in _VERBS else words[:1]
    return Effect(kind=StepKind.PROGRAM, label=" ".join([call.name, *shown])[:60])


_NAMES = """
    rake rails drush wp mix npm yarn pnpm ant mvn gradle gradlew composer grunt gulp nox tox invoke just task flask
    celery luigi dagster prefect django-admin honcho foreman wp-cli cargo go dotnet sbt lein bazel meltano airbyte
    kedro snakemake nextflow qsub sbatch bsub condor_submit sidekiq whenever backup
"""

FAMILY = Family("runners", dict.fromkeys(_NAMES.split(), task))

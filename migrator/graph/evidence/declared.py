"""Dependencies that somebody wrote down: `depends_on` in a manifest, `[dependencies] add` in the settings.

**Speaks** when a person said so. **Confidence.** 1, and `deny` takes away whatever was found.

**Says nothing** of names that mean no job, or several: such a name in a manifest is a finding; in the settings it stops
the run, for a misspelt name there would silently leave an order out.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.resolution import Names
from migrator.graph.types import DependencyKind
from migrator.model import Evidence, Finding, Job, Origin

_SETTINGS = Origin("migrator.toml")


def find(scene: Scene) -> Iterator[Candidate | Finding]:
    """Give what manifests and settings declare."""
    names = Names(scene.jobs.values())
    for job in scene.jobs.values():
        if job.declared:
            yield from _declared(job, names)
    for edge in scene.settings.dependencies.add:
        upstream, downstream = names.one(edge.upstream, "add", edge), names.one(edge.downstream, "add", edge)
        place = edge.place or Evidence(_SETTINGS, f"{edge.upstream} -> {edge.downstream}")
        evidence = Evidence(place.origin, place.text, f"the settings add it: {edge.why}")
        if upstream != downstream:
            yield Candidate(upstream, downstream, DependencyKind.DECLARED, 1.0, (evidence,), basis="declared")


def _declared(job: Job, names: Names) -> Iterator[Candidate | Finding]:
    assert job.declared is not None
    origin, lines = job.declared.origin or job.origin, job.declared.lines
    for name in job.declared.depends_on:
        found = names.of(name)
        if len(found) != 1 or found[0] == job.id:
            fault = "is itself" if found == (job.id,) else ("names no job" if not found else "names several jobs")
            yield Finding(
                origin,
                "unknown-dependency",
                f"`depends_on` of {job.id}: {name} {fault}",
                "write the id of a job that was read",
            )
            continue
        line = lines.get(("depends_on", name)) or Evidence(origin, job.text)
        evidence = Evidence(line.origin, line.text, f"declares that {job.title} depends on {name}")
        yield Candidate(found[0], job.id, DependencyKind.DECLARED, 1.0, (evidence,), basis="declared")


EVIDENCE = EvidenceKind("declared", find)

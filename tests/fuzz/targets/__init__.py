"""All targets by name: what is called with bytes, and inputs to begin with. Each raises for a broken promise only."""

from tests.fuzz.targets import (
    artifacts,
    commands,
    expressions,
    languages,
    logs,
    manifests,
    plan_json,
    redaction,
    scripts,
    settings,
    shell,
    tables,
    traces,
)
from tests.fuzz.targets.target import Target

TARGETS: dict[str, Target] = {
    target.name: target
    for module in (
        tables,
        manifests,
        shell,
        commands,
        languages,
        settings,
        logs,
        redaction,
        plan_json,
        artifacts,
        scripts,
        traces,
        expressions,
    )
    for target in module.TARGETS
}

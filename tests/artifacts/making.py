"""Plans of small crontabs, and what is written for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from migrator import pipeline
from migrator.plan import MigrationPlan

HEAD = "SHELL=/bin/bash\nMAILTO=ops@example.org\nETL=/opt/etl\n"


def planned(folder: Path, files: dict[str, str], *, zone: str | None = "Europe/Berlin", **asked: Any) -> MigrationPlan:
    """Plan some files below a folder."""
    for name, text in files.items():
        place = folder / "in" / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    request = pipeline.Request((str(folder / "in"),), timezone=zone, **asked)
    return pipeline.make_plan(pipeline.survey(request))


def host(text: str, name: str = "web1", user: str = "etl") -> dict[str, str]:
    """Give the files of a host whose user has a crontab."""
    return {f"{name}/etc/timezone": "Europe/Berlin\n", f"{name}/var/spool/cron/crontabs/{user}": text}


def templates(plan: MigrationPlan) -> dict[str, Any]:
    """Read what is made of a plan, by file name without its ending."""
    made = pipeline.artifacts.make(plan)
    return {Path(path).stem: yaml.safe_load(text) for path, text in made.texts.items()}


def of_kind(template: Any, kind: str) -> list[Any]:
    """Give the properties of the resources of a kind."""
    return [resource["Properties"] for resource in template["Resources"].values() if resource["Type"] == kind]


def script(template: Any) -> str:
    """Give the script of the only document, references written as <NAME>."""
    (document,) = of_kind(template, "AWS::SSM::Document")
    lines = document["Content"]["mainSteps"][0]["inputs"]["runCommand"]
    return "\n".join(resolved(line) for line in lines)


def resolved(value: Any) -> str:
    """Join a text with references written as <NAME>."""
    if isinstance(value, str):
        return value
    if "Ref" in value:
        return f"<{value['Ref']}>"
    if "Fn::ImportValue" in value:
        return f"<import:{resolved(value['Fn::ImportValue'])}>"
    return value["Fn::Join"][0].join(resolved(part) for part in value["Fn::Join"][1])

"""`migrator schema`: the JSON schema of plan.json."""

from __future__ import annotations

import json

import click


@click.command()
def schema() -> int:
    """Print the JSON schema of plan.json."""
    from migrator import plan

    click.echo(json.dumps(plan.schema(), indent=1))
    return 0

"""Checks by programs from outside, where they are installed. Imported when they are asked for: they are large."""

from __future__ import annotations

import os
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

CFN_LINT, BOTOCORE = "cfn-lint", "botocore"
_REGIONS = ["us-east-1"]


def installed(tool: str) -> bool:
    """Say whether a tool is there."""
    return find_spec({CFN_LINT: "cfnlint"}.get(tool, tool)) is not None


@lru_cache(maxsize=4096)
def cfn_lint(text: str) -> tuple[str, ...]:
    """Give what cfn-lint says about a template: rule, message, line."""
    from cfnlint.decode.decode import decode_str
    from cfnlint.runner import run_template_by_data

    template, errors = decode_str(text)
    config, rules = _cfn_lint_rules()
    matches = list(errors) if errors or template is None else list(run_template_by_data(template, config, rules))
    return tuple(f"{match.rule.id} at line {match.linenumber}: {match.message}" for match in matches)


@cache
def _cfn_lint_rules() -> tuple[Any, Any]:
    from cfnlint.config import ConfigMixIn
    from cfnlint.runner import Runner

    # A `.cfnlintrc` of the folder one stands in could name Python files as rules: an empty one is read in its place.
    config = ConfigMixIn(regions=_REGIONS, config_file=os.devnull)
    return config, Runner(config).rules


def call_faults(service: str, action: str, parameters: dict[str, Any]) -> list[str]:
    """Give what botocore's model of a service says about a call: an unknown action, unknown or missing parameters."""
    from botocore.validate import ParamValidator

    model = _service(service)
    operation = f"{action[:1].upper()}{action[1:]}"
    if model is None or operation not in model.operation_names:
        return [f"the SDK has no {service}:{action}"]
    shape = model.operation_model(operation).input_shape
    report = ParamValidator().validate(parameters, shape)
    return report.generate_report().splitlines() if report.has_errors() else []


@cache
def _service(name: str) -> Any:
    from botocore.exceptions import UnknownServiceError
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    # Only the models that come with botocore: a user's own ~/.aws/models are left alone.
    loader = Loader(include_default_search_paths=False, extra_search_paths=[Loader.BUILTIN_DATA_PATH])
    try:
        return ServiceModel(loader.load_service_model({"sfn": "stepfunctions"}.get(name, name), "service-2"), name)
    except UnknownServiceError:
        return None

"""Checks by programs from outside, where they are installed. Imported when they are asked for: they are large."""

from __future__ import annotations

import json
import os
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import Any

CFN_LINT, BOTOCORE, AIRFLOW = "cfn-lint", "botocore", "airflow"
_REGIONS = ["us-east-1"]
# What a function or a machine gets: JSON in Step Functions and Scheduler, a text of it in the request.
_JSON_TEXTS = frozenset({"Blob", "SensitiveData"})
# Where the name of the SDK for Java, which Step Functions and Scheduler go by, is not botocore's.
_MODELS = {"sfn": "stepfunctions", "redshiftdata": "redshift-data", "emrserverless": "emr-serverless"}

_MOST_GOOD = 4096
_good: set[Any] = set()  # calls in which botocore found nothing, by all that it looks at


def installed(tool: str) -> bool:
    """Say whether a tool is there."""
    return find_spec({CFN_LINT: "cfnlint"}.get(tool, tool)) is not None


@lru_cache(maxsize=4096)
def cfn_lint(text: str) -> tuple[str, ...]:
    """Give what cfn-lint says about a template: rule, message, line."""
    from cfnlint.decode.decode import decode_str
    from cfnlint.runner import run_template_by_data

    template, errors = decode_str(text)
    config, rules = cfn_lint_rules()
    matches = list(errors) if errors or template is None else list(run_template_by_data(template, config, rules))
    return tuple(f"{match.rule.id} at line {match.linenumber}: {match.message}" for match in matches)


@cache
def cfn_lint_rules() -> tuple[Any, Any]:
    """Give cfn-lint's settings and rules, read once."""
    from cfnlint.config import ConfigMixIn
    from cfnlint.runner import Runner

    # A `.cfnlintrc` of the folder one stands in could name Python files as rules: an empty one is read in its place.
    config = ConfigMixIn(regions=_REGIONS, config_file=os.devnull)
    return config, Runner(config).rules


def call_faults(service: str, action: str, parameters: dict[str, Any]) -> list[str]:
    """Give what botocore's model of a service says about a call: an unknown action, unknown or missing parameters.

    `service` is its name in Step Functions and Scheduler; members have capitals first, whatever the service's own are.
    """
    from botocore.validate import ParamValidator

    model = _service(service)
    operation = f"{action[:1].upper()}{action[1:]}"
    if model is None or operation not in model.operation_names:
        return [f"the SDK has no {service}:{action}"]
    shape = model.operation_model(operation).input_shape
    given = _own_names(parameters, shape)
    seen = (service, operation, _looked_at(given, shape))
    if seen in _good:
        return []
    report = ParamValidator().validate(given, shape)
    if report.has_errors():
        return [str(line) for line in report.generate_report().splitlines()]
    if len(_good) >= _MOST_GOOD:
        _good.clear()
    _good.add(seen)
    return []


def _looked_at(given: Any, shape: Any) -> Any:
    """Give all that botocore looks at in a value: of a text its length alone, of anything else what it is."""
    kind = shape.type_name
    if kind == "structure" and isinstance(given, dict):
        known = shape.members
        return tuple((key, _looked_at(one, known[key]) if key in known else None) for key, one in given.items())
    if kind == "list" and isinstance(given, list):
        return tuple(_looked_at(item, shape.member) for item in given)
    if kind == "map" and isinstance(given, dict):
        return tuple((len(key), _looked_at(one, shape.value)) for key, one in given.items())
    return len(given) if kind in {"string", "blob"} and isinstance(given, str) else repr(given)


def _own_names(given: Any, shape: Any) -> Any:
    """Write members' names as the model does, and JSON as text where it takes that; keys of maps are left alone."""
    if shape.type_name in {"blob", "string"} and isinstance(given, (dict, list)) and shape.name in _JSON_TEXTS:
        return json.dumps(given)
    if shape.type_name == "structure" and isinstance(given, dict):
        small = {name[:1].upper() + name[1:]: name for name in shape.members}
        named = {small.get(key, key): value for key, value in given.items()}
        return {
            key: _own_names(value, shape.members[key]) if key in shape.members else value
            for key, value in named.items()
        }
    if shape.type_name == "list" and isinstance(given, list):
        return [_own_names(item, shape.member) for item in given]
    if shape.type_name == "map" and isinstance(given, dict):
        return {key: _own_names(value, shape.value) for key, value in given.items()}
    return given


@cache
def _service(name: str) -> Any:
    from botocore.exceptions import UnknownServiceError
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    # Only the models that come with botocore: a user's own ~/.aws/models are left alone.
    loader = Loader(include_default_search_paths=False, extra_search_paths=[Loader.BUILTIN_DATA_PATH])
    try:
        return ServiceModel(loader.load_service_model(_MODELS.get(name, name), "service-2"), name)
    except UnknownServiceError:
        return None

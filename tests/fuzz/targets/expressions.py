"""Schedule expressions of all dialects: accepted or rejected with a reason, and every question answered."""

from __future__ import annotations

import json

from migrator.model import Dialect
from migrator.schedules.question import Question, answer
from tests.fuzz.targets.target import Target, seeds, text_of

_SEEDS = (
    "0 1 * * 1-5",
    "*/7 3-9/2 1,15 jan-mar,12 fri#2",
    "@every 1h5m",
    "@reboot",
    "5~30 0-59/7 L W ?",
    "TZ=Europe/Paris 0 0 29 2 *",
)
_NOW = 1_793_000_000


def check(data: bytes) -> None:
    """Ask for the next fires and all forms of an expression, in each dialect."""
    for dialect in Dialect:
        said = answer(Question(text_of(data), dialect, "Europe/Paris", None, None, _NOW, forms=True))
        assert said["accepted"] or said["reason"]
        json.dumps(said, allow_nan=False)


TARGETS = (Target("expressions", check, seeds(*_SEEDS), longest=512),)

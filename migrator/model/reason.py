"""Why a target suits a cluster, or does not."""

from migrator.model.evidence import Evidence
from migrator.model.frozen import frozen
from migrator.model.target import Target


@frozen
class Reason:
    """One rule's word on one target.

    `weight` is positive for and negative against; ±10 and beyond is a hard limit. `text` is a clause that a reader can
    check against `evidence`. `rule` is the rule's slug; `advice` fills it in.
    """

    target: Target
    weight: int
    text: str
    evidence: tuple[Evidence, ...] = ()
    rule: str = ""

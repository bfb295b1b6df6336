"""Whether a file that somebody looks for is this cycle's, or may be the last one's."""

from collections.abc import Set as AbstractSet

from migrator.graph.candidates import Scene
from migrator.graph.meetings import Flow
from migrator.model import JobId, Mode, Resource

Gone = AbstractSet[tuple[JobId, Resource]]


def removals(scene: Scene) -> Gone:
    """Give which jobs remove or move away which places."""
    return {(touch.job, touch.resource) for touch in scene.touches if touch.mode in (Mode.DELETE, Mode.ROTATE)}


def of_this_cycle(flow: Flow, gone: Gone) -> bool:
    """Say whether it can only be this cycle's: its name varies, or one of both jobs removes it."""
    place = flow.latter.resource
    return "*" in place.name or (flow.latter.job, place) in gone or (flow.former.job, place) in gone

"""What a plan says of jobs that no file was written for."""

from migrator.model import Target
from migrator.plan import without_files
from migrator.plan.document import LeftOutPart
from tests.report.plans import cluster, hazard, job, plan


def settled(*names):
    """Leave these jobs without a file, in a plan of two jobs whose hazards files would see to."""
    carried = [hazard(name).model_copy(update={"carried": True}) for name in ("a", "b")]
    document = plan([job("a"), job("b")], [cluster("both", ["a", "b"], Target.EVENTBRIDGE, hazards=tuple(carried))])
    left = tuple(LeftOutPart(job=name, target=Target.EVENTBRIDGE, why="no expression says it") for name in names)
    return without_files(document, left)


def test_what_no_file_does_is_left_to_a_person():
    """The hazard of the job without a file is open again, and counted; the other's is seen to."""
    found = settled("a")
    assert [hazard.carried for hazard in found.clusters[0].hazards] == [False, True]
    assert found.counts.silent_hazards == 1
    assert [part.job for part in found.left_out] == ["a"]


def test_where_all_have_files_nothing_changes():
    """The same clusters and counts."""
    assert settled().clusters[0].hazards[0].carried
    assert not settled().left_out

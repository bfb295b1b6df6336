"""What changed between two plans."""

import pytest

from migrator.model import Target
from migrator.plan.difference import compare
from migrator.plan.jobs import SettingPart
from migrator.plan.moving import SwitchedOffPart
from migrator.plan.parts import PlaceOf
from tests.report import plans as p


def plan(*jobs, off=(), target=Target.EVENTBRIDGE, **changes):
    """Make a plan of jobs, each a cluster of its own; `off` are ids that a cut-over has switched off."""
    lines = tuple(SwitchedOffPart(path="etc/crontab", line=n, job=job) for n, job in enumerate(off, 1))
    clusters = [p.cluster(job.id, [job.id], target) for job in jobs]
    return p.plan(jobs, clusters, switched_off=lines, **changes)


def lines(**values):
    """Make settings lines."""
    return tuple(
        SettingPart(path="etc/crontab", line=n, name=name, value=value)
        for n, (name, value) in enumerate(values.items(), 1)
    )


def ids(found):
    """Give the ids of a list of jobs."""
    return [item.id for item in found]


def test_gone_new_and_done():
    """What is in no file any more went; what a cut-over switched off is done, and back when it runs again."""
    old, new = plan(p.job("a"), p.job("b", 2), p.job("c", 3)), plan(p.job("a"), p.job("n", 9), off=["b"])
    found = compare(old, new)
    assert (ids(found.done), ids(found.gone), ids(found.new)) == (["b"], ["c"], ["n"])
    assert ids(found.clusters_gone) == ["c-b", "c-c"]
    assert ids(found.clusters_new) == ["c-n"]
    back = compare(new, old)
    assert (ids(back.back), ids(back.new), ids(back.gone)) == (["b"], ["c"], ["n"])


def test_lines_made_comments_by_hand_are_not_gone_for_sure():
    """Where a file has more commented-out entries than before, what it lost may be among them; marks do not count."""
    old = plan(p.job("a"), p.job("b", 2), ledger=(p.ledger(jobs=2, disabled=1),))
    for disabled, off, told in ((2, [], ([], ["b"])), (1, [], (["b"], [])), (2, ["z"], (["b"], []))):
        found = compare(old, plan(p.job("a"), off=off, ledger=(p.ledger(jobs=1, disabled=disabled),)))
        assert (ids(found.gone), ids(found.commented)) == told
        assert not found.same


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"schedule": p.schedule("x", text="0 4 * * *")}, ("schedule", "0 3 * * *", "0 4 * * *")),
        ({"schedule": p.schedule("x", timezone=None)}, ("time zone", "Europe/Riga", "not known")),
        ({"owner": None}, ("owner", "data", "nobody")),
        ({"effort": "large"}, ("effort", "small", "large")),
        ({"user": "root"}, ("user", "etl", "root")),
        ({"branches": 3}, ("branches", "0", "3")),
        ({"shell": "/bin/bash"}, ("shell", "/bin/sh", "/bin/bash")),
        ({"settings": lines(A="1", SHELL="/bin/sh")}, ("settings", "none of these", "A=1")),
        ({"active": False, "inactive_why": "no newline"}, ("runs", "yes", "no: no newline")),
        ({"replicas": p.replicas("x", "y")}, ("other hosts", "0", "2")),
    ],
)
def test_changes_of_a_job(changes, told):
    """Each value that differs is told with what it was; one that does not is not."""
    found = compare(plan(p.job("a")), plan(p.job("a", **changes)))
    [changed] = found.changed
    assert changed.changes == (told,)


def test_settings_that_moved_are_the_same():
    """Only a value that differs is told, with what it was; a line above or below changes nothing."""
    old, new = (plan(p.job("a", settings=lines(**values))) for values in ({"A": "1", "B": "2"}, {"B": "2", "A": "3"}))
    [changed] = compare(old, new).changed
    assert changed.changes == (("settings", "A=1", "A=3"),)
    same = plan(p.job("a", settings=lines(B="2", A="1")))
    assert compare(old, same).changed == ()


def test_a_target_that_changed():
    """For the job and for its cluster."""
    found = compare(plan(p.job("a")), plan(p.job("a"), target=Target.STEP_FUNCTIONS))
    told = ("target", "EventBridge Scheduler", "Step Functions")
    assert found.changed[0].changes == (told,)
    assert told in found.clusters_changed[0].changes


def test_a_changed_command_is_one_job_where_that_is_plain():
    """The same title once on both sides, or the same line and schedule."""
    old = plan(p.job("load-1", 4, title="load.sh", command="load.sh a"))
    titled = compare(old, plan(p.job("load-2", 9, title="load.sh", command="load.sh b")))
    assert titled.changed[0].changes[0] == ("command", "load.sh a", "load.sh b")
    assert titled.changed[0].id == "load-2"
    assert (titled.gone, titled.new) == ((), ())
    lined = compare(old, plan(p.job("store", 4, title="store.sh", command="store.sh")))
    assert lined.changed[0].changes[0] == ("command", "load.sh a", "store.sh")


def test_a_changed_command_is_not_guessed_at():
    """Two jobs of the title, another file, another user: they went and came."""
    old = plan(p.job("x1", 1, title="x"), p.job("x2", 2, title="x"))
    other = PlaceOf(path="etc/other", line=1)
    for job in (
        p.job("x3", 9, title="x"),
        p.job("x3", title="x", origin=other),
        p.job("x3", 9, title="x", user="ann"),
    ):
        found = compare(old, plan(job))
        assert found.changed == ()
        assert (ids(found.gone), ids(found.new)) == (["x1", "x2"], ["x3"])


def test_a_cluster_that_changed():
    """More jobs, others, fewer silent hazards."""
    jobs = [p.job("a"), p.job("b", 2), p.job("c", 3)]
    first = p.plan(jobs, [p.cluster("k", ["a", "b"], hazards=(p.hazard("a"),)), p.cluster("c", ["c"])])
    more = p.plan(jobs, [p.cluster("k", ["a", "b", "c"])])
    assert compare(first, more).clusters_changed[0].changes == (("jobs", "2", "3"), ("silent hazards", "1", "0"))
    others = p.plan(jobs, [p.cluster("k", ["a", "c"], hazards=(p.hazard("a"),)), p.cluster("c", ["b"])])
    told = {one.id: one.changes for one in compare(first, others).clusters_changed}
    assert told == {"c-k": (("jobs", "b", "c"),), "c-c": (("jobs", "c", "b"),)}


def test_totals_and_the_same_plan():
    """Counts of both sides; a plan does not differ from itself."""
    old, new = plan(p.job("a")), plan(p.job("a"), p.job("b", 2), off=["z"])
    totals = {total.name: (total.old, total.new) for total in compare(old, new).totals}
    assert totals["jobs"] == (1, 2)
    assert totals["switched off by a cut-over"] == (0, 1)
    assert totals["clusters: EventBridge Scheduler"] == (1, 2)
    assert "clusters: MWAA" not in totals
    assert compare(old, old).same
    assert not compare(old, new).same
    assert compare(p.small_plan(), p.small_plan()).same


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"user": "root"}, ("user", "etl", "root")),
        ({"origin": PlaceOf(path="etc/cron.d/other", line=1)}, ("file", "etc/crontab", "etc/cron.d/other")),
    ],
)
def test_another_user_or_file_is_a_change(changes, told):
    """The same command at the same time, once on each side, is one job; its cluster is the one that it was."""
    found = compare(plan(p.job("a", title="t", command="c")), plan(p.job("b", title="t", command="c", **changes)))
    assert (found.gone, found.new, found.clusters_gone, found.clusters_new) == ((), (), (), ())
    [changed] = found.changed
    assert changed.changes == (told,)
    assert found.clusters_changed == ()


def test_two_that_may_have_become_one_are_not_paired():
    """Two jobs of one command and time went, and one for another user came."""
    old = plan(p.job("a", title="t", command="c"), p.job("b", 2, title="t", command="c"))
    found = compare(old, plan(p.job("c", title="t", command="c", user="root")))
    assert (ids(found.gone), ids(found.new), found.changed) == (["a", "b"], ["c"], ())
    assert ids(found.clusters_gone) == ["c-a", "c-b"]


def test_a_cluster_of_a_renamed_job_stays():
    """Its target may have changed with it."""
    old, new = plan(p.job("a", title="t")), plan(p.job("b", title="t", command="x"), target=Target.STEP_FUNCTIONS)
    found = compare(old, new)
    assert (found.clusters_gone, found.clusters_new) == ((), ())
    [changed] = found.clusters_changed
    assert changed.changes == (("target", "EventBridge Scheduler", "Step Functions"),)

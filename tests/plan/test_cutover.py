"""Which tab of a wave a file is."""

import pytest

from migrator.inventory.digest import digest_of
from migrator.model import Target
from migrator.plan.cutover import CutoverError, choose_tab, find_wave, instead_of_editing
from migrator.plan.document import LeftOutPart
from migrator.plan.moving import SwitchPart, TabPart, WavePart
from migrator.plan.parts import PlaceOf
from migrator.plan.tabs import UnfitTabError, switch_off
from tests.report import plans as p

LINE = b"0 3 * * * /opt/etl/a.sh\n"
OTHER = b"# other\n" + LINE


def part(path, data=LINE, line=1, form="crontab", job="a"):
    """Make a tab of a wave."""
    digest = digest_of(data) if data is not None else None
    return TabPart(path=path, host=None, format=form, user=None, digest=digest, lines=(SwitchPart(line=line, job=job),))


def plan(*tabs):
    """Make a plan whose one wave has these tabs; the job stands in the first, its copies in the others."""
    first, *rest = [PlaceOf(path=tab.path, line=tab.lines[0].line) for tab in tabs] or [PlaceOf(path="x", line=1)]
    copies = tuple(p.replicas("h")[0].model_copy(update={"path": place.path, "line": place.line}) for place in rest)
    job = p.job("a", origin=first, command="/opt/etl/a.sh", replicas=copies)
    wave = WavePart(number=1, clusters=("c-a",), after=(), why="x", jobs=("a",), tabs=tabs)
    return p.plan([job], [p.cluster("a", ["a"])], waves=(wave,), ledger=tuple(p.ledger(tab.path) for tab in tabs))


def chosen(found, path, data):
    """Give the path of the tab that a file is."""
    return choose_tab(found, find_wave(found, 1), path, data).part.path


def test_by_its_bytes():
    """The name says nothing where the bytes are those of one tab alone."""
    assert chosen(plan(part("h1/tab"), part("h2/tab", OTHER, 2)), "/tmp/copy", OTHER) == "h2/tab"


def test_of_equal_ones_by_the_end_of_the_path():
    """Copies on two hosts are alike: the folders tell."""
    found = plan(part("h1/etc/cron.d/x"), part("h2/etc/cron.d/x"))
    assert chosen(found, "/mnt/h2/etc/cron.d/x", LINE) == "h2/etc/cron.d/x"
    assert chosen(found, "/mnt/h1/etc/cron.d/x", LINE) == "h1/etc/cron.d/x"


def test_the_line_of_a_job_without_a_file_stays_on():
    """Nothing else would start it; it is switched off where that is asked for."""
    left = LeftOutPart(job="a", target=Target.EVENTBRIDGE, why="anacron counts days")
    found = plan(part("tab")).model_copy(update={"left_out": (left,)})
    wave = find_wave(found, 1)
    kept = choose_tab(found, wave, "tab", LINE, every=False).tab
    assert kept.wanted == frozenset()
    assert switch_off(LINE, kept).data == LINE
    assert choose_tab(found, wave, "tab", LINE).tab.wanted == {1}
    assert choose_tab(plan(part("tab")), wave, "tab", LINE, every=False).tab.wanted == {1}


def test_a_tab_by_name_that_changed():
    """It is named, with the remedy."""
    with pytest.raises(UnfitTabError, match="is not h1/tab as it was when the plan was made: it has changed since"):
        chosen(plan(part("h1/tab")), "/in/h1/tab", OTHER)


def test_a_file_of_no_wave():
    """All files of the wave are listed, eight at most."""
    with pytest.raises(CutoverError, match=r"is no file of wave 1; the wave's files are h0, h1, .* and 2 more"):
        chosen(plan(*(part(f"h{n}") for n in range(10))), "/in/zzz", OTHER)


def test_a_wave_without_tabs():
    """A periodic folder and a manifest are switched off otherwise; a plan without digests is too old."""
    with pytest.raises(
        CutoverError, match=r"has no crontab to edit; chmod a-x /etc/cron.daily/x .* jobs.yaml only declares"
    ):
        chosen(plan(part("etc/cron.daily/x", form="periodic"), part("jobs.yaml", form="manifest")), "x", LINE)
    with pytest.raises(CutoverError, match="no digests"):
        chosen(plan(part("tab", None)), "tab", LINE)
    with pytest.raises(CutoverError, match="none of its jobs stands in a file"):
        chosen(plan(), "tab", LINE)
    assert "chmod a+x" in instead_of_editing(part("etc/cron.daily/x", form="periodic"))


def test_waves_that_are_not_there():
    """The known ones are named, and a plan in which nothing moves says so."""
    found = plan(part("tab"))
    assert find_wave(found, 1).number == 1
    with pytest.raises(CutoverError, match="there are waves 1 to 1"):
        find_wave(found, 2)
    with pytest.raises(CutoverError, match="nothing moves"):
        find_wave(p.plan([p.job("a")], [p.cluster("a", ["a"])]), 1)

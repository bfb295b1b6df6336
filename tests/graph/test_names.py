"""The tree of names finds what comparing all with all would."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.graph.names import NameTree
from migrator.graph.patterns import Meeting, Name, belief, parse, parts_meet
from migrator.model import Resource, ResourceKind

PART = st.sampled_from(["a", "b", "ab", "a*", "*b", "a*b", "*", "*.c", "x.c", "a.c"])
NAME = st.builds(Name, st.lists(PART, min_size=1, max_size=4).map(tuple), st.booleans())


def all_with_all(names: list[Name], asked: Name) -> set[tuple[int, Meeting]]:
    """Compare one name with each."""
    found = set()
    last = {(name.parts, name.folder): number for number, name in enumerate(names)}
    for (parts, folder), number in last.items():
        if not all(parts_meet(one, other) for one, other in zip(parts, asked.parts, strict=False)):
            continue
        shorter = len(asked.parts) - len(parts)
        if shorter == 0:
            found.add((number, Meeting.SAME))
        elif shorter < 0:
            found.add((number, Meeting.BELOW))
        elif folder or shorter == 1:
            found.add((number, Meeting.ABOVE))
    return found


@settings(max_examples=300, deadline=None)
@given(st.lists(NAME, max_size=12), NAME)
def test_the_tree_agrees_with_all_pairs(names, asked):
    """Whatever meets is found, once, and nothing else is."""
    tree = NameTree()
    for number, name in enumerate(names):
        tree.add(name, number)
    found, cut = tree.find(asked)
    assert not cut
    assert len(found) == len(set(found))
    assert set(found) == all_with_all(names, asked)


@settings(max_examples=300, deadline=None)
@given(st.text("ab*", max_size=6), st.text("ab*", max_size=6))
def test_parts_meet_is_symmetric_and_true(one, other):
    """Two patterns meet whichever is first, and a pattern meets each text made from it."""
    assert parts_meet(one, other) == parts_meet(other, one)
    for filling in ("", "a", "ba"):
        assert parts_meet(one, one.replace("*", filling))


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from(list(ResourceKind)),
    st.text("ab/*.:", min_size=1, max_size=12),
    st.text("ab/*.:", min_size=1, max_size=12),
)
def test_belief_is_a_degree(kind, one, other):
    """Whatever the names, the figure lies between 0 and 1."""
    for meeting in Meeting:
        assert 0 <= belief(Resource(kind, one), Resource(kind, other), meeting) <= 1


def test_globs_count_as_unknown():
    """`?`, `[…]` and stars of a file stand for what varies, `**` by itself for any folders."""
    assert parse(Resource(ResourceKind.FILE, "/m/map-?-[ab].bmp")).parts == ("m", "map-*-*.bmp")
    assert parse(Resource(ResourceKind.FILE, "/m/**/x")).parts == ("m", "**", "x")
    assert parse(Resource(ResourceKind.FILE, "/m/a**/x")).parts == ("m", "a*", "x")


def test_a_wide_search_says_that_it_was_cut():
    """More names than can mean anything: cut, in the width and in the depth."""
    tree = NameTree()
    for number in range(1000):
        tree.add(Name(("a", f"f{number}"), folder=False), number)
    assert tree.find(Name(("a",), folder=True))[1]
    assert tree.find(Name(("a", "f*", "x"), folder=False))[1]
    assert not tree.find(Name(("a", "f7"), folder=False))[1]


def test_all_files_of_a_folder_are_as_sure_as_the_folder():
    """`plot/*.png` goes into `plot/*` as into `plot/`; another ending's files are less sure of it."""
    written = Resource(ResourceKind.FILE, "/h/plot/*.png")
    whole = belief(written, Resource(ResourceKind.FILE, "/h/plot/*"), Meeting.SAME)
    assert whole == belief(written, Resource(ResourceKind.FILE, "/h/plot/"), Meeting.BELOW)
    assert belief(written, Resource(ResourceKind.FILE, "/h/plot/202*"), Meeting.SAME) < whole


def test_what_a_variable_adds_to_a_name():
    """It adds something, and after a letter no further letter: `sum$DAY` is neither `sum` nor `summary`."""

    def sure(written: str, read: str) -> float:
        return belief(*(Resource(ResourceKind.FILE, f"/srv/out/{name}") for name in (written, read)), Meeting.SAME)

    assert sure("state*", "state") < 0.6
    assert sure("sum*.csv", "summary.csv") < 0.6
    assert min(sure("sum*.csv", "sum1.csv"), sure("sum-*.csv", "sum-all.csv"), sure("*.csv", "sum.csv")) >= 0.6
    # A glob that is read takes all that fits.
    assert min(sure("state", "state*"), sure("summary.csv", "sum*.csv")) >= 0.6


@pytest.mark.parametrize(
    ("written", "read", "sure"),
    [
        ("/srv/cam/*/thumbs/*.jpg", "/srv/cam/north/*/*.jpg", False),
        ("/srv/cam/*/thumbs/*.jpg", "/srv/cam/*/thumbs/*.jpg", True),
        ("/srv/cam/*/*/a.jpg", "/srv/cam/north/thumbs/a.jpg", True),
        ("/srv/cam/north/day.csv", "/srv/cam/*/*.csv", True),
        ("/srv/cam/*/day.csv", "/srv/cam/north/*.csv", True),
    ],
)
def test_names_that_leave_open_what_the_other_says(written: str, read: str, sure: bool) -> None:
    """Two folders that each side alone names are hardly one; a folder and the name of a file may be."""
    one, other = (Resource(ResourceKind.FILE, name, "h") for name in (written, read))
    assert (belief(one, other, Meeting.SAME) >= 0.6) is sure


def _found(asked: str, *names: str) -> dict[str, Meeting]:
    tree = NameTree()
    for number, name in enumerate(names):
        tree.add(parse(Resource(ResourceKind.FILE, name)), number)
    return {names[number]: how for number, how in tree.find(parse(Resource(ResourceKind.FILE, asked)))[0]}


def test_any_folders_between_two_parts():
    """`**` is no folder, one or several; what it stands for goes on as the name does."""
    inside = ("/d/in/x.csv", "/d/in/1/x.csv", "/d/in/*/*/x.csv")
    assert _found("/d/in/**/*.csv", *inside, "/d/out/x.csv", "/d/in/1/x.txt") == dict.fromkeys(inside, Meeting.SAME)
    assert _found("/d/in/**/*.csv", "/d/in/1/", "/d/in/1/2/") == dict.fromkeys(
        ("/d/in/1/", "/d/in/1/2/"), Meeting.ABOVE
    )
    assert not _found("/d/in/**/*.csv", "/e/in/x.csv")


def test_any_folders_of_too_many():
    """The search below a folder with thousands of names stops."""
    tree = NameTree()
    for number in range(1000):
        tree.add(Name(("d", f"{number}", "x.csv"), folder=False), number)
    found, cut = tree.find(Name(("d", "**", "x.csv"), folder=False))
    assert cut
    assert len(found) <= 400

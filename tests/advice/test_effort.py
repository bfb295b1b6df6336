"""How much work a move is, and by which reasons."""

import pytest

from migrator.advice.types import Effort
from migrator.commands.facts import Lock, LockKind, StepKind, Trait
from migrator.model import Access, Mode, Origin, Resource, ResourceKind
from tests.advice.build import answer, clock, lone, step

HERE = Origin("script", 2)


def effort(of, **tables: object) -> Effort:
    """Give the effort of a case's first job."""
    return answer(of, **tables).efforts[0]


def files(*names: str, log: bool = False) -> dict[str, object]:
    """Make facts that write local files."""
    touched = tuple(
        Access(Resource(ResourceKind.FILE, name, "etl1"), Mode.WRITE, HERE, f"> {name}", log=log) for name in names
    )
    return {"accesses": touched}


def said(of, words: str, **tables: object) -> bool:
    """Say whether a reason holds some words."""
    return any(words in why for why in effort(of, **tables).why)


@pytest.mark.parametrize(
    ("of", "words"),
    [
        (lone(found=files("/srv/a")), "1 local file to carry over"),
        (lone(found=files("/srv/a", "/srv/b", "/srv/c")), "3 local files to carry over"),
        (lone(traits=[Trait.HOST_GUARD]), "coupled to its host: it needs the host's name"),
        (lone(traits=[Trait.NEEDS_ROOT]), "root"),
        (lone(found={"locks": (Lock(LockKind.FLOCK, "/run/l", True, HERE, "flock"),)}), "a lock on its host"),
        (lone(steps=[step("ssh", StepKind.REMOTE)]), "keys to log in elsewhere"),
        (lone(), "it must learn to run on ecs"),
    ],
)
def test_what_ties_to_the_host_counts_where_the_command_leaves_it(of, words: str):
    """In a container it must be carried over; started by SSM on the same host it needs nothing."""
    assert said(of, words, aws={"compute": "ecs"})
    assert not said(of, words)


def test_logs_and_plain_commands_carry_nothing():
    """A log stays behind, and a command without ties is not called coupled."""
    assert not said(lone(found=files("/var/log/x", log=True)), "local", aws={"compute": "ecs"})
    assert not said(lone(), "coupled", aws={"compute": "ecs"})


def test_what_the_written_files_see_to_counts_nothing():
    r"""`\%` is in them as the shell gets it; what a second run does is not."""
    assert not said(lone(command=r"date +\%F"), "silent hazard")
    assert said(lone(traits=[Trait.DATE_DEPENDENT]), "1 silent hazard to settle")


def test_a_guard_and_a_schedule_that_cannot_be_said():
    """Mondays of odd days need a test of the day, 02:30 of a zone with clock changes has other minutes; a day none."""
    assert said(lone(schedule=clock("0 4 */2 * 1", "Europe/Riga")), "a guard must be added")
    assert said(lone(schedule=clock("30 2 * * *", "Europe/Paris")), "cannot say its schedule exactly")
    plain = lone(schedule=clock("0 4 1 * *", "UTC"))
    assert not said(plain, "schedule")
    assert not said(plain, "guard")


def test_what_nobody_understood_counts_once():
    """Unread scripts are told as such; other unclear parts are counted."""
    assert said(lone(found={"unclear": ("eval of a variable",)}), "1 part of its command")
    twice = lone(steps=[step("a", unclear=("x", "y"))])
    assert said(twice, "2 parts of its command")
    unread = lone(traits=[Trait.FOLLOWS_UNREAD], found={"unclear": ("x",)})
    assert said(unread, "scripts that nobody has read")
    assert not said(unread, "part of its command")
    assert not said(lone(), "part")


def test_sizes_follow_the_points():
    """Nothing to do is small, one thing medium, and leaving the host with what is tied to it large."""
    assert effort(lone()).size == "small"
    assert effort(lone(found={"unclear": ("x",)})).size == "medium"
    tied = lone(traits=[Trait.NEEDS_ROOT], found=files("/srv/a"))
    assert effort(tied, aws={"compute": "ecs"}).size == "large"

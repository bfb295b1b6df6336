"""Who looks after what others write, and who only tidies up for himself."""

import pytest

from tests.graph.world import World


def test_a_cleaner_is_related_to_who_fills():
    """A job that only deletes what another writes."""
    world = World().add("make", "0 1 * * *", writes=["/d/out/*.csv"]).add("tidy", "0 2 * * 0", deletes=["/d/out/*.csv"])
    assert world.ties() == [("make", "tidy", "cleanup")]


def test_silent_where_each_clears_the_folder_that_it_fills():
    """Four times of one script that begins with `rm`: no pair says anything, in either direction."""
    world = World()
    for hour in range(4):
        world.add(f"run{hour}", f"0 {hour} * * *", writes=["/d/work/", "/d/work/a.csv"], deletes=["/d/work/*.csv"])
    assert not world.ties()


def test_a_cleaner_that_writes_elsewhere_in_the_folder_is_still_one():
    """It fills another place than the one that it clears."""
    world = World().add("make", "0 1 * * *", writes=["/d/out/a.csv"])
    world.add("tidy", "0 2 * * *", writes=["/d/out/tidied.txt"], deletes=["/d/out/*.csv"])
    assert ("make", "tidy", "cleanup") in world.ties()


@pytest.mark.parametrize(
    "text", ["find /d/raw -mtime +400 -exec gzip {} +", "find /d/raw -type f -execdir /usr/bin/xz -9 {} \\;"]
)
def test_packing_in_place_is_rotation(text):
    """It reads and writes for nobody: who fills the folder is related, who reads it needs nothing of it."""
    world = World().add("pack", "0 3 1 * *", reads=["/d/raw/*.txt"], writes=["/d/raw/*.txt"], text=text)
    world.add("pull", "0 1 * * *", writes=["/d/raw/*.txt"]).add("clean", "0 2 * * *", reads=["/d/raw/"])
    assert world.edges() == {("pull", "clean"): "none"}
    assert world.ties() == [("pull", "pack", "rotation")]


def test_packing_into_another_file_is_work():
    """`gzip -c` makes something new."""
    text = "find /d/raw -name '*.txt' -exec gzip -c {} + > /d/out/all.gz"
    world = World().add("pack", "0 2 * * *", reads=["/d/raw/*.txt"], writes=["/d/out/all.gz"], text=text)
    world.add("pull", "0 1 * * *", writes=["/d/raw/*.txt"]).add("send", "0 3 * * *", reads=["/d/out/all.gz"])
    assert set(world.edges()) == {("pull", "pack"), ("pack", "send")}


def test_the_name_of_the_crontab_says_nothing_of_its_jobs():
    """`crontab.bak` is a kept crontab; a folder of backups that the command names is one."""
    for path, text, kind in [
        ("crontab.bak", "aws s3 sync s3://b/in/ /d", None),
        ("crontab", "cp -r /in /backup", "backup"),
    ]:
        world = World().add("make", "0 1 * * *", writes=["/data/in/a.csv"], path=path)
        world.add("take", "0 2 * * *", reads=["/data/in/*.csv"], text=text, path=path)
        assert [tie for *_, tie in world.ties()] == ([kind] if kind else [])
        assert bool(world.edges()) is (kind is None)

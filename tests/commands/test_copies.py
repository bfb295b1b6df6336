"""Where a copy of one file lands."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("cp /a/day.csv /srv/in", "/srv/in/day.csv"),
        ("cp /a/day.csv /srv/in/", "/srv/in/day.csv"),
        ("mv /a/day.csv /srv/in", "/srv/in/day.csv"),
        ("rsync -a /a/day.csv /srv/in", "/srv/in/day.csv"),
        ("s3cmd get s3://b/p/fc00.grib /srv/grib", "/srv/grib/fc00.grib"),
        ("cp /a/*.csv /srv/in", "/srv/in/*.csv"),
        ("cp /a/x_$DAY.csv /srv/in", "/srv/in/x_*.csv"),
    ],
)
def test_a_file_is_put_into_a_name_without_an_ending(command: str, place: str) -> None:
    """Who copies a file to a bare name means the folder."""
    assert writes(facts(command)) == {place}


@pytest.mark.parametrize(
    ("command", "place"),
    [
        ("cp /a/hosts.bak /srv/hosts", "/srv/hosts"),
        ("mv /a/page.html.tmp /srv/page", "/srv/page"),
        ("cp /a/data /srv/in", "/srv/in"),
        ("cp -r /a/site.d/ /srv/site", "/srv/site"),
        ("cp /a/x.csv /srv/y.csv", "/srv/y.csv"),
        ("ln -sf /a/x.csv /srv/latest", "/srv/latest"),
        ("cp -T /a/x.csv /srv/latest", "/srv/latest"),
        ("s3cmd put /a/x.csv s3://b/p", "s3://b/p"),
    ],
)
def test_a_rename_stays_one(command: str, place: str) -> None:
    """An ending that is taken away, a link, an object, a folder that is copied."""
    assert place in writes(facts(command))


def test_files_that_a_search_finds_keep_their_names() -> None:
    """`for f in $(find run/a*.dat -mmin +5)`: the copy has the name that was looked for."""
    script = "files=$(find /srv/run/a*.dat -mmin +5)\nfor f in $files; do cp $f /srv/spool/$(date +%F)/; done\n"
    assert writes(facts("sh /opt/x.sh", {"opt/x.sh": script})) == {"/srv/spool/*/a*.dat"}


@pytest.mark.parametrize("search", ["find -name '*.dat'", "find . -name '*.dat'", "find /srv/run -name '*.dat'"])
def test_a_search_without_a_place_looks_here(search: str) -> None:
    """`find -name` means the working folder; what it finds for a list is read."""
    script = (
        f"cd /srv/run\n{search} > /tmp/list\ntar -czf /b/x.tgz -T /tmp/list\nfor f in $({search}); do rm $f; done\n"
    )
    found = facts("sh /opt/x.sh", {"opt/x.sh": script})
    assert "/srv/run/**/*.dat" in reads(found)
    assert set(touched(found, Mode.DELETE)) == {"/srv/run/*.dat"}

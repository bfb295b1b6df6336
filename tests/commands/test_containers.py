"""Scripts of the tree that run in a container, and the folders that it shares with its host."""

from __future__ import annotations

import pytest

from tests.commands.tools import facts, reads, writes

_GET = {"srv/app/get.py": "open('data/x.json', 'w')\nopen('/etc/own', 'w')\nopen('s3://b/x', 'w')\n"}
_TABLES = {
    "app/get.py": "import psycopg2\nc = psycopg2.connect('dbname=shop')\nc.execute('insert into orders values (1)')\n"
}


@pytest.mark.parametrize(
    "call",
    [
        "docker run --rm -v /srv/app:/app -w /app python:3 python get.py",
        "docker run --rm --volume=/srv/app:/app:rw --workdir /app python:3 python /app/get.py",
        "podman run --mount type=bind,source=/srv/app,target=/app -w /app img python get.py",
        "cd /srv && docker run -v ./app:/app -w /app img python get.py",
    ],
)
def test_a_mounted_folder_is_the_hosts(call: str) -> None:
    """What a container writes below a mounted folder lies on the host; its other files are its own."""
    assert writes(facts(call, _GET)) == {"/srv/app/data/x.json", "s3://b/x"}


@pytest.mark.parametrize(
    "call",
    [
        "docker exec web python /app/get.py",
        "docker exec web python get.py",
        "cd /srv/shop && docker-compose exec -T web python get.py",
        "docker compose run --rm web python app/get.py",
    ],
)
def test_a_script_of_the_tree_is_read(call: str) -> None:
    """Images are made of trees: a script that a container runs is the one of that name, and its tables count."""
    assert writes(facts(call, _TABLES)) == {"shop.orders"}


@pytest.mark.parametrize(
    "call",
    [
        "docker exec web python /app/other.py",
        "docker exec web get",
        "docker run -v data:/data img cp /data/a /data/b",
        "docker exec web cat /app/get.py",
    ],
)
def test_nothing_is_said_of_what_is_inside(call: str) -> None:
    """Volumes with a name, files of the container and programs that are not in the tree stay unknown."""
    found = facts(call, _TABLES)
    assert (reads(found), writes(found)) == (set(), set())

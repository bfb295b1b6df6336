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
        "docker exec $NAME cat /app/get.py",
        "docker run --rm web cat /app/get.py",
    ],
)
def test_nothing_is_said_of_what_is_inside(call: str) -> None:
    """Volumes with a name, files of the container and programs that are not in the tree stay unknown."""
    found = facts(call, _TABLES)
    assert (reads(found), writes(found)) == (set(), set())


@pytest.mark.parametrize(
    ("call", "read"),
    [
        ("docker exec web cat /app/a", "web:/app/a"),
        ("docker exec -w /app web cat a", "web:/app/a"),
        ("docker exec web cat a", "web:a"),
        ("docker exec web sh -c 'cd /app && cat a'", "web:/app/a"),
        ("docker exec -v /x web cat a", "web:a"),
        ("podman exec web cat /app/a", "web:/app/a"),
        ("kubectl exec web -- cat /app/a", "web:/app/a"),
        ("cd /srv/shop && docker compose exec -T web cat /app/a", "shop-web-1:/app/a"),
        ("cd /srv/shop && docker-compose exec -T web cat /app/a", "shop-web-1:/app/a"),
        ("docker compose -f /srv/shop/compose.yml exec web cat /app/a", "shop-web-1:/app/a"),
        ("docker-compose -p shop -f compose.yml exec web cat /app/a", "shop-web-1:/app/a"),
        ("cd /srv/shop && docker compose -f compose.yml exec web cat /app/a", "shop-web-1:/app/a"),
    ],
)
def test_files_of_a_container_that_runs_on(call: str, read: str) -> None:
    """What a command in it writes is there for the next one; compose calls it by its project."""
    assert reads(facts(call)) == {read}


def test_a_container_belongs_to_its_host() -> None:
    """Two hosts may each have one of that name."""
    assert reads(facts("docker exec web cat /app/a", host="h")) == {"web@h:/app/a"}
    assert reads(facts("cd /srv/shop && docker compose exec web cat /a", host="h")) == {"shop-web-1@h:/a"}


def test_a_program_of_the_tree_in_a_container_that_runs_on() -> None:
    """Its files lie where it lies; in a container that goes with the command they are nobody's."""
    program = {"job.py": "from pathlib import Path\nopen(Path(__file__).parent.parent / 'data' / 'x', 'w')\n"}
    assert writes(facts("docker exec web python /app/bin/job.py", program)) == {"web:/app/data/x"}
    assert writes(facts("docker exec web python bin/job.py", program)) == {"web:data/x"}
    assert writes(facts("docker run web python bin/job.py", program)) == set()


def test_a_shell_script_of_the_tree_in_a_container() -> None:
    """It is in the container still, with what the host shares."""
    script = {"app/run.sh": "#!/bin/sh\ncp /a/in /data/x\n"}
    assert writes(facts("docker exec web sh /app/run.sh", script)) == {"web:/data/x"}
    assert writes(facts("docker run -v /srv:/data web sh /app/run.sh", script)) == {"/srv/x"}
    assert reads(facts("docker run -v /srv:/data web sh /app/run.sh", script)) == set()

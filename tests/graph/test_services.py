"""A server that a job keeps running reads when it is asked: no start of the job is due after what is read."""

from dataclasses import replace

import pytest

from migrator.commands import analyse
from migrator.graph import JobGraph, build
from migrator.settings import Settings
from tests.commands.tools import Files, job
from tests.graph.world import schedule

_TREE = {
    "srv/load.py": "open('/srv/data/day.csv', 'w').write('x')\n",
    "srv/show.py": "rows = open('/srv/data/day.csv').read()\n",
    "srv/keep.sh": "if ! pgrep -f show.py >/dev/null; then\n  nohup python3 /srv/show.py >/dev/null 2>&1 &\nfi\n",
    "srv/both.sh": (
        "python3 /srv/show.py\npgrep -f other.py >/dev/null || nohup python3 /srv/other.py >/dev/null 2>&1 &\n"
    ),
    "srv/other.py": "print(1)\n",
}


def _graph(when: str, command: str) -> JobGraph:
    loads, shows = job("python3 /srv/load.py", name="load"), job(command, name="show", line=4)
    jobs = [loads, replace(shows, schedule=schedule(when))]
    return build(jobs, analyse(jobs, Files(_TREE)), Settings())


@pytest.mark.parametrize(
    ("when", "command"),
    [
        ("*/5 * * * *", "pgrep -f show.py || nohup python3 /srv/show.py &"),
        ("*/5 * * * *", "bash /srv/keep.sh"),
        ("@reboot", "nohup python3 /srv/show.py &"),
        ("@reboot", "cd /srv && streamlit run show.py --server.port 8501"),
        ("*/5 * * * *", "flock -n /tmp/show.lock streamlit run /srv/show.py"),
        ("@reboot", "/opt/venv/bin/gunicorn show:app < /srv/data/day.csv"),
        ("@reboot", "nohup python3 -m gunicorn show:app < /srv/data/day.csv"),
        ("@reboot", "cd /srv && python3 -u manage.py --no-color runserver < data/day.csv"),
        ("@reboot", "php -S 0.0.0.0:80 < /srv/data/day.csv"),
    ],
)
def test_a_service_is_no_dependency(when, command):
    """It is shown beside the dependencies."""
    graph = _graph(when, command)
    assert not graph.dependencies
    assert [tie.kind.value for tie in graph.relations if tie.upstream == "load"] == ["service"]


@pytest.mark.parametrize(
    ("when", "command"),
    [
        ("0 4 * * *", "nohup python3 /srv/show.py &"),
        ("0 4 * * *", "python3 /srv/show.py"),
        ("0 4 * * *", "bash /srv/both.sh"),
        ("@reboot", "python3 /srv/show.py"),
        ("0 4 * * *", "systemctl restart gunicorn < /srv/data/day.csv"),
        ("0 4 * * *", "python3 /srv/show.py > /var/log/gunicorn/show.log"),
        ("0 4 * * *", "grep 'rails server' /srv/data/day.csv > /srv/found"),
        ("0 4 * * *", "python3 /srv/show.py --at gunicorn"),
    ],
)
def test_work_is_a_dependency(when, command):
    """Work sent to the background is work, and so is what stands beside a service, or a start with the host."""
    assert [(tie.upstream, tie.downstream) for tie in _graph(when, command).dependencies] == [("load", "show")]


def test_a_folder_called_like_a_server():
    """Its name says nothing of who reads there."""
    jobs = [
        job("/opt/clean.py > /srv/gunicorn/clean.csv", name="load"),
        job("/opt/report.py < /srv/gunicorn/clean.csv", name="show", line=4),
    ]
    graph = build(jobs, analyse(jobs, Files({})), Settings())
    assert [(tie.upstream, tie.downstream) for tie in graph.dependencies] == [("load", "show")]

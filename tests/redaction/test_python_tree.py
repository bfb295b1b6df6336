"""Secrets of Python programs that only the tree tells."""

from __future__ import annotations

import ast

import pytest

from migrator.redaction import redact_script

HIDDEN = "Zx9q" + "Lm42w"


@pytest.mark.parametrize(
    "program",
    [
        "password = ('{}')\n",
        "password = (\n    '{}'\n)\n",
        "password = b'{}'\n",
        'password = """{}"""\n',
        "cfg.password: str = '{}'\n",
        "password = 'a' '{}'\n",
        "db['password'] = '{}'\n",
        "connect(host='x', passwd=('{}'))\n",
        "conf = {{'host': 'x', 'api_token': ('{}')}}\n",
        "def login(user, password=('{}')): ...\n",
        "def login(*, password=('{}')): ...\n",
        "password = os.environ.get('X') or '{}'\n",
        "password = '{}' if live else ''\n",
        "p.add_argument('--password', default='{}')\n",
        "password = os.getenv('DB_PASSWORD', '{}')\n",
        "subprocess.run(['mysql', '-p{}', 'shop'])\n",
        "subprocess.run(['mysqldump', '--password', '{}', 'shop'])\n",
        "subprocess.run(['mysqldump', '--password={}', name])\n",
        "name = 'é'; password = ('{}')\n",
    ],
)
def test_a_secret_is_taken_out_and_the_program_stays_one(program):
    """However it is spelt."""
    found = redact_script(program.format(HIDDEN), "python")
    assert HIDDEN not in found.text
    assert found.secrets
    ast.parse(found.text)


@pytest.mark.parametrize(
    "program",
    [
        "password = os.environ['DB_PASSWORD']\n",
        "password = ''\n",
        "password = (None)\n",
        "path = ('/srv/data/x.csv')\n",
        "subprocess.run(['mysql', '-h', 'db1', name])\n",
        "subprocess.run(['tar', 'czf', '/backup/x.tgz', '/etc'])\n",
        "p.add_argument('--host', default='db1')\n",
        "home = os.getenv('HOME', '/root')\n",
        "password_file = ('/etc/db.pass')\n",
    ],
)
def test_what_is_none_stays(program):
    """Names of variables, paths and hosts."""
    found = redact_script(program, "python")
    assert found.text == program
    assert not found.secrets

"""Settings of Django's projects: which module they are, and what a program reads of them."""

import pytest

from tests.commands.tools import facts, writes

MANAGE = """
import os, sys
os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""
COMMAND = """
from django.conf import settings
class Command:
    def handle(self, *args, **options):
        open(settings.OUT / 'x', 'w')
"""
TREE = {
    "opt/manage.py": MANAGE,
    "opt/shop/settings.py": "from pathlib import Path\nOUT = Path(__file__).resolve().parent.parent / 'out'\n",
    "opt/shop/live.py": "from pathlib import Path\nfrom shop.settings import *\nOUT = Path('/live')\n",
    "opt/mart/management/commands/fill.py": COMMAND,
    "opt/plain.py": "import os\nos.environ['DJANGO_SETTINGS_MODULE'] = 'shop.live'\n"
    "import django\nfrom django.conf import settings\nopen(settings.OUT / 'x', 'w')\n",
}


@pytest.mark.parametrize(
    ("call", "written"),
    [
        ("python manage.py fill", {"/opt/out/x"}),
        ("python manage.py fill --settings=shop.live", {"/live/x"}),
        ("python manage.py fill --settings shop.live", {"/live/x"}),
        ("DJANGO_SETTINGS_MODULE=shop.live python manage.py fill", {"/live/x"}),
        ("python plain.py", {"/live/x"}),
        ("python manage.py fill --settings=shop.missing", set()),
    ],
)
def test_where_a_project_says_its_settings(call: str, written: set[str]) -> None:
    """The option, the variable that the schedule sets, else what `manage.py` itself says."""
    assert writes(facts(f"cd /opt && {call}", TREE)) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("os.environ['OUT'] = '/a'\nopen(os.environ['OUT'] + '/x', 'w')", {"/a/x"}),
        ("os.environ.setdefault('OUT', '/a')\nopen(os.getenv('OUT') + '/x', 'w')", {"/a/x"}),
        ("os.environ.setdefault('GIVEN', '/a')\nopen(os.getenv('GIVEN') + '/x', 'w')", {"/given/x"}),
        ("os.environ[unknown()] = '/a'\nopen(os.getenv('OUT', '/b') + '/x', 'w')", {"/b/x"}),
        ("from django.conf import settings\nopen(settings.OUT + '/x', 'w')", {"*/x"}),
    ],
)
def test_variables_that_the_program_sets(text: str, written: set[str]) -> None:
    """They hold from there on; what nobody sets is not known."""
    assert writes(facts("GIVEN=/given python3 /o/p.py", {"o/p.py": "import os\n" + text})) == written

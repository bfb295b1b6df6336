"""Which texts stand in the columns of the rows that a program's models ask for, make and change."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts

HEAD = """
from django.db import models
from thing import ask
class Order(models.Model):
    kind = models.TextField()
"""
BUS = ("kind", "bus")


def rows(text: str, mode: Mode) -> list[set[tuple[str, str]]]:
    """Give what is known of the rows of each table that is touched so."""
    found = facts("python3 /o/shop/p.py", {"o/shop/p.py": HEAD + text})
    return [set(access.rows) for access in found.touched if access.mode is mode]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order.objects.filter(kind='bus')", {BUS}),
        ("Order.objects.filter(kind__exact='Bus').order_by('n').first()", {BUS}),
        ("Order.objects.filter(kind='bus', n=3).exclude(state='x')", {BUS}),
        ("for o in Order.objects.filter(kind='bus').filter(state='new'):\n    print(o.n)", {BUS}),
        ("Order.objects.filter(kind__in=['bus'])", set()),
        ("Order.objects.filter(kind=ask())", set()),
        ("Order.objects.filter(kind='bus')\nOrder.objects.all()", set()),
        ("Order.objects.exclude(kind='bus')", set()),
        ("session.query(Order).filter_by(kind='bus').all()", set()),
    ],
)
def test_what_is_asked_for(text: str, expected: set[tuple[str, str]]) -> None:
    """Columns that every query of the program holds against a text that is written out."""
    assert rows(text, Mode.READ) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Order.objects.create(kind='bus', n=ask())", {BUS}),
        ("Order.objects.update_or_create(kind='bus', defaults={'state': 'x'})", {BUS}),
        ("Order(kind='bus').save()", {BUS}),
        ("o = Order(kind='bus')\no.kind = ask()\no.save()", set()),
        (
            "Order.objects.filter(state='new', kind='bus').update(state='done')",
            {BUS, ("state", "new"), ("state", "done")},
        ),
        ("Order.objects.filter(state='new', kind='bus').update(state=ask())", {BUS}),
        ("Order.objects.update(kind='bus')", set()),
        ("o = Order.objects.get(state='new', kind='bus')\no.state = 'done'\no.save()", {BUS}),
        ("Order.objects.bulk_create(ask())", set()),
        ("Order.objects.create(kind='bus')\nOrder.objects.create(kind=ask())", set()),
    ],
)
def test_what_is_made_and_changed(text: str, expected: set[tuple[str, str]]) -> None:
    """What a call names, a record holds, or a query found and did not change."""
    assert rows(text, Mode.WRITE) == [expected]

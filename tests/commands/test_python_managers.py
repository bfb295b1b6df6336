"""Managers of a Django project's own, and methods that end in the framework's."""

import pytest

from tests.commands.tools import facts, reads, writes

MODELS = """
from django.db.models import Model, Manager, QuerySet

class Dated(QuerySet):
    def of_today(self):
        return self.filter(day=1)

class Counted(Manager):
    def get_queryset(self):
        return super().get_queryset().filter(gone=False)

class Orders(Counted):
    def note(self, day):
        self.create(day=day)

class Order(Model):
    objects = Orders()
    def keep(self, *args, **kwargs):
        super().save(*args, **kwargs)
    def keep_old(self):
        super(Order, self).save()

class Visit(Model):
    today = Dated.as_manager()

class Plain:
    objects = Orders()
"""


def asked(text: str) -> tuple[set[str], set[str]]:
    """Give the tables that a program reads and writes."""
    tree = {"opt/shop/models.py": MODELS, "opt/p.py": f"from shop.models import *\n{text}\n"}
    found = facts("cd /opt && python p.py", tree)
    return reads(found), writes(found)


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("for o in Order.objects.filter(day=2):\n    print(o)", {"shop_order"}, set()),
        ("Order.objects.create(day=2)", set(), {"shop_order"}),
        ("Order.objects.note(2)", set(), {"shop_order"}),
        ("for v in Visit.today.of_today():\n    print(v)", {"shop_visit"}, set()),
        ("Visit.today.create(day=2)", set(), {"shop_visit"}),
        ("for o in Order.objects.all():\n    o.keep()", {"shop_order"}, {"shop_order"}),
        ("for o in Order.objects.all():\n    o.keep_old()", {"shop_order"}, {"shop_order"}),
        ("Order(day=3).keep()", set(), {"shop_order"}),
        ("Plain.objects.create(day=2)", set(), set()),
    ],
)
def test_managers_of_the_projects_own(text: str, read: set[str], written: set[str]) -> None:
    """They ask the table of the model that they stand in; of a class without a table they ask nothing."""
    assert asked(text) == (read, written)


@pytest.mark.parametrize(
    "text",
    [
        "for o in Order.objects.all()[0:100]:\n    o.keep()",
        """n = 0
found = Order.objects.all()
most = found.count()
while n < most:
    for o in found[n:n + 100]:
        o.keep()
    n += 100""",
    ],
)
def test_records_in_portions(text: str) -> None:
    """A slice of a query set is a query set."""
    assert asked(text) == ({"shop_order"}, {"shop_order"})

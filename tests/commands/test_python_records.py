"""Records that a query gave: methods of their own class, and the records that they lead to."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, writes

MODELS = """
from django.db import models
class Chain(models.Model):
    name = models.CharField()
    def close(self):
        self.save()
class Shop(models.Model):
    chain = models.ForeignKey(Chain, on_delete=models.CASCADE)
    owner = models.ForeignKey('people.Person', on_delete=models.CASCADE)
    above = models.OneToOneField('self', on_delete=models.CASCADE)
    title = models.CharField()
    def refresh(self):
        for order in self.order_set.all():
            open('/srv/%s.csv' % order, 'w')
    def rename(self):
        self.save()
    @property
    def label(self):
        return self.title
class Order(models.Model):
    shop = models.ForeignKey('Shop', on_delete=models.CASCADE)
    def send(self):
        self.shop.rename()
"""


def _run(text: str):  # type: ignore[no-untyped-def]
    text = f"from mart.models import Chain, Order, Shop\n{text}"
    return facts("cd /opt && python3 p.py", {"opt/p.py": text, "opt/mart/models.py": MODELS})


@pytest.mark.parametrize(
    "text",
    [
        "for shop in Shop.objects.all():\n    shop.refresh()",
        "Shop.objects.filter(title='x').first().refresh()",
        "Order.objects.get(id=1).shop.refresh()",
        "from sqlalchemy import orm\norm.Session().query(Shop).first().refresh()",
    ],
)
def test_a_method_of_the_models_own_class_runs(text: str) -> None:
    """With the record as its `self`: what points back at it is read."""
    found = _run(text)
    assert "mart_order" in reads(found)
    assert "/srv/*.csv" in writes(found)


def test_a_record_that_saves_itself_is_written() -> None:
    """`self.save()` in a method is the model's table."""
    assert "mart_shop" in writes(_run("for shop in Shop.objects.all():\n    shop.rename()"))
    assert "mart_shop" in writes(_run("for shop in Shop.objects.all():\n    shop.above.rename()"))


def test_what_others_share_is_changed_by_the_way() -> None:
    """The record behind a foreign key is noted with less confidence than the job's own."""
    for text, sure in (("Shop.objects.first().rename()", 0.8), ("Order.objects.first().send()", 0.4)):
        assert {each.confidence for each in _run(text).touched if each.mode is Mode.WRITE} == {sure}


@pytest.mark.parametrize(
    "text",
    [
        "Shop.objects.first().owner.rename()",
        "Shop.objects.first().gone_set.all()",
        "Shop.objects.first().title.rename()",
        "Shop.objects.first().label",
        "from elsewhere import record\nrecord().rename()",
    ],
)
def test_silent_where_no_model_is_known(text: str) -> None:
    """A model of another program, a column, a property, a record of something else."""
    assert not writes(_run(text))

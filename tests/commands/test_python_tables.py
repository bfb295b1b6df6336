"""Tables behind Python programs: statements, models, collections of documents."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes


def _run(text: str, files: dict[str, str] | None = None, arguments: str = ""):  # type: ignore[no-untyped-def]
    return facts(f"cd /opt && python3 /opt/p.py {arguments}", {"opt/p.py": text, **(files or {})})


DJANGO = """
from django.db import models
class Order(models.Model):
    class Meta:
        db_table = 'shop_orders'
class Line(models.Model):
    def total(self):
        return self.price
"""
ALCHEMY = """
from sqlalchemy import Column, Integer, select, insert, update, delete
from sqlalchemy.orm import declarative_base
Base = declarative_base()
class Order(Base):
    __tablename__ = 'orders'
    id = Column(Integer)
class Total(Base):
    __tablename__ = 'totals'
    __table_args__ = {'schema': 'mart'}
"""


_NOTHING: tuple[set[str], set[str], set[str]] = (set(), set(), set())
_WRITES_TOTALS: tuple[set[str], set[str], set[str]] = (set(), {"mart.totals"}, set())
LITE = "import sqlite3\nc = sqlite3.connect('/a/x.db')\n"
MONGO = "import pymongo\nc = pymongo.MongoClient('mongodb://h/shop').get_default_database().get_collection('o')\n"
TWO = "import sqlite3\na = sqlite3.connect('/a/x.db')\nb = sqlite3.connect('/a/y.db')\n"


@pytest.mark.parametrize(
    ("text", "read", "written", "gone"),
    [
        (DJANGO + "Order.objects.filter(paid=True).count()", {"shop_orders"}, set(), set()),
        (DJANGO + "Order.objects.create(paid=True)", set(), {"shop_orders"}, set()),
        (DJANGO + "Order.objects.bulk_create([Order(), Order()])", set(), {"shop_orders"}, set()),
        (DJANGO + "o = Order(paid=1)\no.save()", set(), {"shop_orders"}, set()),
        (DJANGO + "o = Order.objects.get(pk=1)\no.paid = 1\no.save()", {"shop_orders"}, {"shop_orders"}, set()),
        (DJANGO + "for o in Order.objects.all():\n    o.save()", {"shop_orders"}, {"shop_orders"}, set()),
        (DJANGO + "Order.objects.filter(old=1).delete()", set(), set(), {"shop_orders"}),
        (DJANGO + "Order.objects.filter(old=1).update(x=2)", set(), {"shop_orders"}, set()),
        (DJANGO + "print(Line.objects.first())", {"opt_line"}, set(), set()),
        (DJANGO + "Line().total()", set(), set(), set()),
        (ALCHEMY + "session.query(Order).filter(Order.id > 3).all()", {"orders"}, set(), set()),
        (ALCHEMY + "session.execute(select(Order.id))", {"orders"}, set(), set()),
        (ALCHEMY + "session.add(Total(day=1))\nsession.commit()", set(), {"mart.totals"}, set()),
        (ALCHEMY + "session.add_all([Total(day=1)])", set(), {"mart.totals"}, set()),
        (ALCHEMY + "session.execute(insert(Order).values(id=1))", set(), {"orders"}, set()),
        (ALCHEMY + "session.execute(Order.__table__.insert(), [Order()])", set(), {"orders"}, set()),
        (ALCHEMY + "rows = [Total()]\nsession.execute(rows[0].__class__.__table__.insert(), rows)", *_WRITES_TOTALS),
        (ALCHEMY + "session.execute(Order.__table__.select())", {"orders"}, set(), set()),
        (ALCHEMY + "Order.__table__.create(engine, checkfirst=True)\nOrder.__table__.drop(engine)", *_NOTHING),
        (ALCHEMY + "session.execute(text_of_it, [Order()])", *_NOTHING),
        (ALCHEMY + "session.execute(delete(Order))", set(), set(), {"orders"}),
        (ALCHEMY + "session.query(Order).delete()", set(), set(), {"orders"}),
        (ALCHEMY + "session.bulk_insert_mappings(Order, [])", set(), {"orders"}, set()),
        (ALCHEMY + "session.add(unknown)", set(), set(), set()),
        ("from sqlalchemy import Table\nt = Table('o', m, schema='s')\ne.execute(t.insert())", set(), {"s.o"}, set()),
        ("from pymongo import MongoClient\nMongoClient()['shop']['orders'].find({})", {"shop.orders"}, set(), set()),
        (
            "from pymongo import MongoClient\ndb = MongoClient('mongodb://h/').shop\ndb.orders.insert_one({})",
            set(),
            {"shop.orders"},
            set(),
        ),
        (MONGO + "c.find_one_and_replace({}, {})", set(), {"shop.o"}, set()),
        (
            MONGO + "c.delete_many({})\nc.aggregate([{'$lookup': {'from': 'l'}}, {'$merge': {'into': 'm'}}])",
            {"shop.o", "shop.l"},
            {"shop.m"},
            {"shop.o"},
        ),
        (
            LITE + "c.execute('select * from t')",
            {"/a/x.db", "x.t"},
            set(),
            set(),
        ),
        (
            LITE + "c.execute('create table if not exists t (a int)')",
            {"/a/x.db"},
            set(),
            set(),
        ),
        (
            LITE + "c.executescript('create table a (b int); insert into t values (1)')",
            {"/a/x.db"},
            {"x.t"},
            set(),
        ),
        (
            LITE + "c.execute('create table t as select * from s')",
            {"/a/x.db", "x.s"},
            {"x.t"},
            set(),
        ),
        (
            TWO + "for r in a.cursor().execute('select 1 from s'):\n    b.execute('insert into t values (?)', r)",
            {"/a/x.db", "/a/y.db", "x.s"},
            {"y.t"},
            set(),
        ),
        (
            "import duckdb\nduckdb.connect('/a/w.duckdb').execute('insert into t select 1 from s')",
            {"/a/w.duckdb", "w.s"},
            {"w.t"},
            set(),
        ),
        ("import pandas as pd\npd.read_sql_table('orders', con)", {"orders"}, set(), set()),
        ("df.to_sql('totals', con, schema='mart')", set(), {"mart.totals"}, set()),
        (
            "import psycopg2\nc = psycopg2.connect(dbname='dw').cursor()\nc.copy_expert('COPY o FROM STDIN', f)",
            set(),
            {"dw.o"},
            set(),
        ),
        (
            "from psycopg2.extras import execute_values\nexecute_values(cur, 'insert into o values %s', r)",
            set(),
            {"o"},
            set(),
        ),
    ],
)
def test_tables(text: str, read: set[str], written: set[str], gone: set[str]) -> None:
    """Read, written and deleted tables, by the database that the connection says."""
    found = _run(text)
    assert reads(found) == read
    assert writes(found) == written
    assert touched(found, Mode.DELETE) == gone


COMMAND = """
from django.core.management.base import BaseCommand
from ...models import Total
from shop.models import Order
class Command(BaseCommand):
    def add_arguments(self, parser):
        parser.add_argument('--day', default='all')
        parser.add_argument('--dry-run', action='store_true')
    def handle(self, *args, **options):
        for order in Order.objects.filter(day=options['day']):
            pass
        if not options['dry_run']:
            Total.objects.create()
"""
MANAGE = """
import sys
if __name__ == '__main__':
    from django.core.management import execute_from_command_line
    execute_from_command_line(sys.argv)
"""
TREE = {
    "opt/manage.py": MANAGE,
    "opt/shop/models.py": "from django.db import models\nclass Order(models.Model):\n    pass\n",
    "opt/mart/models.py": "from django.db import models\nclass Total(models.Model):\n    pass\n",
    "opt/mart/management/commands/fill.py": COMMAND,
}


def test_a_management_command_is_followed() -> None:
    """`manage.py fill` is what `management/commands/fill.py` does, with the options of the call."""
    found = facts("cd /opt && python manage.py fill --day 1", TREE)
    assert (reads(found), writes(found)) == ({"shop_order"}, {"mart_total"})
    assert found.steps[0].name == "manage.py fill"
    assert writes(facts("cd /opt && python manage.py fill --dry-run", TREE)) == set()
    assert reads(facts("cd /opt && python manage.py migrate", TREE)) == set()


def test_call_command_is_followed() -> None:
    """A program that calls another command by name."""
    text = "from django.core.management import call_command\ncall_command('fill', day='2')\n"
    found = facts("cd /opt && python3 opt.py", {"opt/opt.py": text, **TREE})
    assert (reads(found), writes(found)) == ({"shop_order"}, {"mart_total"})


@pytest.mark.parametrize(
    ("statement", "sure"),
    [
        ("select count(*) from t", False),
        ("SELECT COALESCE(MAX(id), 0) AS n FROM s.t;", False),
        ("select count(*) from t where day = 1", True),
        ("select day, count(*) from t group by day", True),
        ("select max(id) from t join u using (id)", True),
        ("select * from t", True),
    ],
)
def test_counting_a_whole_table_is_hardly_a_use_of_it(statement: str, sure: bool) -> None:
    """A status page asks how many rows there are; that orders nothing."""
    found = _run(f"c.execute({statement!r})\n")
    assert {access.confidence > 0.5 for access in found.touched} == {sure}


def test_a_record_that_may_be_none() -> None:
    """What is added to a session behind a test that only a run decides."""
    text = "from sqlalchemy.orm import sessionmaker\nfrom flask_sqlalchemy import SQLAlchemy\ndb = SQLAlchemy()\n"
    text += "class Row(db.Model):\n    __tablename__ = 'rows'\nsession = sessionmaker()()\nrow = None\n"
    text += "if fetch():\n    row = Row()\nif row is not None:\n    session.add(row)\n"
    assert writes(_run(text)) == {"rows"}


def test_a_record_that_saves_itself_in_its_own_way() -> None:
    """`super().save()` of a model is the framework's; a value of a row is no row."""
    text = "from django.db import models\nclass Slug(models.Model):\n    class Meta:\n        db_table = 'slugs'\n"
    text += "    def save(self):\n        self.x = 1\n        super(Slug, self).save()\n"
    text += "class Name(models.Model):\n    class Meta:\n        db_table = 'names'\n"
    text += "for row in Name.objects.all().values('n'):\n    row['n'].replace(',', '')\n    Slug(a=1).save()\n"
    assert (reads(_run(text)), writes(_run(text))) == ({"names"}, {"slugs"})


def test_a_method_of_the_class_behind_makes_a_record_of_the_class_that_is_asked() -> None:
    """`create` of a mixin, called on a model, makes and saves one of that model."""
    text = (
        ALCHEMY
        + """
class Saves:
    @classmethod
    def create(cls, **values):
        return cls(**values).save()
    def save(self):
        session.add(self)
        return self
class Visit(Saves, Base):
    __tablename__ = 'visits'
Visit.create(id=1)
"""
    )
    assert touched(_run(text), Mode.WRITE) == {"visits"}


@pytest.mark.parametrize(
    ("first", "connect"),
    [
        ("import sqlite3 as db", "db.connect"),
        ("from sqlite3 import dbapi2", "dbapi2.connect"),
        ("import duckdb as d", "d.connect"),
    ],
)
def test_a_database_in_a_file_whatever_its_library_is_called(first: str, connect: str) -> None:
    """The file is touched and names the tables."""
    text = f"{first}\nc = {connect}('/srv/shop.db').cursor()\nc.execute('SELECT a FROM orders')"
    assert reads(_run(text)) == {"/srv/shop.db", "shop.orders"}


def test_a_query_through_the_older_module_of_pandas() -> None:
    """`psql.read_sql_query`, with the connection that a function gives."""
    text = "import pandas.io.sql as psql\nfrom thing import it\npsql.read_sql_query('SELECT a FROM orders', it())"
    assert reads(_run(text)) == {"orders"}


def test_a_schema_that_only_a_run_knows_is_left_out() -> None:
    """`FROM {schema}.orders`: the table is known; of a whole database nothing is said."""
    text = """
import MySQLdb
from thing import ask
c = MySQLdb.connect().cursor()
c.execute("SELECT a FROM {}.orders".format(ask()))
c.execute(f"SELECT a FROM {ask()}.{ask()}")
"""
    assert reads(_run(text)) == {"orders"}


def test_an_address_of_a_file_at_home() -> None:
    """`file://` before a path in a home that nothing says."""
    text = "import requests, os\nrequests.get('file://' + os.path.expanduser('~/out/page.html'))"
    assert reads(_run(text)) == {"~/out/page.html"}

"""Models of Ruby, PHP and JavaScript: classes that stand for a table, and what is asked of them and of their objects.

Rails names the table in the plural and with underscores (`OrderLine`: `order_lines`; guides.rubyonrails.org, Active
Record Basics), Mongoid likewise, Eloquent too; Yii keeps the singular; `self.table_name`, `store_in`, `$table` and
`tableName()` have the last word.
"""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Choice, Map, Ref, Text, Tool, text
from migrator.commands.languages.reading import autoload, rows
from migrator.commands.languages.reading.inflection import camel, plural, singular, underscored
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.members import member
from migrator.commands.languages.reading.values import Closure, Frame, Given, Kind, Object, kind_of
from migrator.commands.languages.words import named

_BASES = {
    "ruby": named(
        """
        ActiveRecord.Base ActiveRecord::Base ApplicationRecord Mongoid.Document Mongoid::Document Sequel.Model
        Sequel::Model DataMapper.Resource DataMapper::Resource MongoMapper.Document MongoMapper::Document
        """
    ),
    "php": named("Model ActiveRecord CActiveRecord Eloquent Pivot Authenticatable BaseActiveRecord"),
    "node": named("Model BaseModel"),
}
_SINGULAR = frozenset(("ActiveRecord", "CActiveRecord", "BaseActiveRecord"))
_MANY = named("has_many has_and_belongs_to_many embeds_many one_to_many many_to_many")
_ONE = named("belongs_to has_one embeds_one many_to_one one_to_one")
_DEEPEST = 8


def base_of(machine: Machine, kind: str, depth: int = 0) -> str:
    """Give the base that makes a class a model, nothing where it is none."""
    known = machine.kinds.get(kind)
    bases = _BASES.get(machine.language.name)
    if known is None or bases is None or depth > _DEEPEST:
        return ""
    for base in known.bases:
        if base in bases and (base not in machine.kinds or not machine.kinds[base].members):
            return base
        found = base_of(machine, base, depth + 1) if base != kind else ""
        if found:
            return found
    return ""


def table_of(machine: Machine, kind: str) -> str:
    """Give the name of a model's table."""
    known = machine.kinds.get(kind)
    for key in ("table_name", "$table", "table", "collection_name"):
        found = described(known.members.get(key)) if known is not None else ""
        if found:
            return found.strip('{}%`"')
    told = member(machine, kind, "tableName")
    if isinstance(told, Closure):
        named_by = Closure(told.node, told.frame, Kind(kind))
        found = described(machine.invoke(named_by, [], {}, told.node.line, told.frame))
        if found:
            return found.strip('{}%`"')
    bare = underscored(kind.rpartition("::")[2].rpartition("\\")[2])
    return bare if base_of(machine, kind) in _SINGULAR else plural(bare)


def model(machine: Machine, owner: object) -> str:
    """Give the class of a model or of one of its objects, nothing for what is none."""
    kind = kind_of(owner)
    return kind if kind and base_of(machine, kind) else ""


def sent(machine: Machine, owner: object, name: str, given: Given) -> object | None:
    """Read a method of a model or of one of its objects; None for what is neither."""
    kind = model(machine, owner)
    if not kind or (name == "new" and isinstance(owner, Kind)):
        return None
    if machine.declaring and isinstance(owner, Kind) and owner is given.frame.this:
        # What a class says of itself (`scope :old, where(…)`) asks nothing yet.
        return UNKNOWN
    if name == "init" and described(given.named.get("tableName")):
        machine.kinds[kind].members["table_name"] = given.named["tableName"]
        return owner
    led = relation(machine, kind, name, given.frame)
    if led is not None:
        return led
    if isinstance(owner, Object) and name in _OF_ROWS:
        return UNKNOWN
    found = rows.method(machine, rows.of_model(table_of(machine, kind), kind), name, given)
    if name in _GIVES_ONE and (name != "find" or given.items):
        return _one(kind, name)
    if isinstance(owner, Object):
        # What a column holds, or how a change went, only a run knows.
        return owner if name in _SAME_ONE else UNKNOWN
    return found


def of_rows(machine: Machine, owner: Tool, name: str, given: Given) -> object:
    """Read a method of rows: a relation of their model, a function of its class (a scope), or a verb."""
    kind = str(owner.data.get("kind", ""))
    led = relation(machine, kind, name, given.frame) if kind else None
    if led is not None:
        return led
    own = member(machine, kind, name) if kind else None
    if isinstance(own, Closure):
        return machine.invoke(
            Closure(own.node, own.frame, Kind(kind)), given.items, given.named, given.line, given.frame
        )
    found = rows.method(machine, owner, name, given)
    return _one(kind, name) if kind and name in _GIVES_ONE else found


def _one(kind: str, name: str) -> object:
    """Give an object of a model; what is looked for may not be there."""
    return Object(kind) if name in _ALWAYS else Choice((Object(kind), None))


_OF_ROWS = rows.READS
_GIVES_ONE = named(
    """
    find find_by find_by! first first! last last! take create create! find_or_create_by find_or_create_by! findOne
    find_or_initialize_by find_or_initialize_by! first_or_initialize firstOrCreate firstOrNew firstOrFail findOrFail
    updateOrCreate findByPk findByAttributes one
    """
)
_SAME_ONE = named("reload tap dup clone becomes lock! refresh fresh fill load")
_ALWAYS = named(
    """
    find_by! first! last! create create! find_or_create_by find_or_create_by! find_or_initialize_by firstOrCreate
    find_or_initialize_by! first_or_initialize firstOrNew firstOrFail findOrFail updateOrCreate
    """
)


def relation(machine: Machine, kind: str, name: str, frame: Frame) -> Tool | None:
    """Give the rows that a model's object leads to (`order.lines`), None for what is no relation."""
    known = machine.kinds.get(kind)
    found = known.members.get(f"->{name}") if known is not None else None
    if not isinstance(found, Text):
        return None
    other = found.value.text
    autoload.known(machine, other, frame)
    return rows.of_model(table_of(machine, other), other)


def related(_machine: Machine, given: Given) -> object:
    """Read `has_many :lines`, `belongs_to :order, class_name: 'Order'` in a model's body."""
    kind = given.frame.this
    name = described(given.get(0))
    if isinstance(kind, Kind) and name:
        other = described(given.named.get("class_name")) or (singular(name) if given.tail in _MANY else camel(name))
        kind.members[f"->{name}"] = text(other.removeprefix("::"))
    return UNKNOWN


def modelled(_machine: Machine, given: Given) -> object:
    """Read `mongoose.model('Order', schema, 'orders')`: a collection in small letters and the plural."""
    name = described(given.get(0))
    if not name:
        return UNKNOWN
    return rows.of_model(described(given.get(2)) or plural(name.lower()))


def laid_out(_machine: Machine, given: Given) -> object:
    """Read `sequelize.define('Order', {…}, {tableName: 'orders'})`."""
    name = described(given.get(0))
    if not name or len(given.items) < _LEAST_DEFINED:
        return UNKNOWN
    return rows.of_model(described(given.named.get("tableName")) or plural(name))


_LEAST_DEFINED = 2


def kept_in(_machine: Machine, given: Given) -> object:
    """Read `store_in collection: 'orders'` and `set_table_name 'orders'` in a model's body."""
    kind = given.frame.this
    named_in = given.named.get("collection", given.get(0))
    if isinstance(kind, Kind) and described(named_in) and not isinstance(named_in, Map):
        kind.members["table_name"] = named_in
    return UNKNOWN


def taken_in(_machine: Machine, given: Given) -> object:
    """Read `include Module`: a class has what the module has."""
    kind = given.frame.this
    for item in given.items[:6]:
        name = item.name if isinstance(item, Kind) else item.dotted if isinstance(item, Ref) else ""
        if isinstance(kind, Kind) and name and name != kind.name and name not in kind.bases:
            kind.bases.append(name)
    return UNKNOWN


RELATIONS = _MANY | _ONE

"""Names and what they are given: variables, constants, elements, several at once."""

from __future__ import annotations

import posixpath
import re

from migrator.commands.languages.abstract import (
    UNKNOWN,
    Choice,
    Map,
    Ref,
    Seq,
    Text,
    any_of,
    anything,
    as_value,
    concatenated,
    either,
    text,
)
from migrator.commands.languages.reading import autoload, records, rows
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.members import member
from migrator.commands.languages.reading.values import (
    Closure,
    Frame,
    Given,
    Kind,
    Object,
    flat,
    key_of,
    kind_of,
    mapped,
    own_name,
    truth,
)
from migrator.commands.languages.syntax import nodes
from migrator.commands.values import Value

_LONGEST = 20_000
_SLASHES = re.compile(r"\[?/\]?[+*]?\$|/\+?\\z")
_WHOLE = re.compile(r"(?:\^|\\A)\((?:[^()\\]|\\.)*\)(?:\$|\\z)", re.DOTALL)
_PLAIN = re.compile(r"(?:[\w /,:~=@-]|\\[./-])+(\$?)")


def looked_up(machine: Machine, name: str, line: int, frame: Frame) -> object:
    """Give what a name means that no block around it knows: a global, a function to call, a class, a thing outside."""
    if machine.language.name == "ruby" and frame.this is not None:
        found = _of_object(machine, name, line, frame)
        if found is not None:
            return found
    found = outer(machine, name, frame)
    if found is not None:
        return found
    function = own_function(machine, name, frame)
    if function is not None:
        # A bare word that is a function's name calls it, where the language has such.
        return machine.invoke(function, [], {}, line, frame) if machine.language.name in ("perl", "ruby") else function
    if name in machine.kinds and machine.language.name != "perl":
        return machine.kinds[name]
    if name.startswith(("$", "@", "%")):
        return Seq([], True) if name[0] == "@" and machine.language.flat else UNKNOWN
    if machine.language.name == "perl":
        known = machine.language.functions.get(name)
        return machine.value(nodes.Call(nodes.Name(name, line), (), line), frame) if known else text(name)
    if machine.language.name == "ruby" and not name[:1].isupper() and name in machine.language.functions:
        return machine.value(nodes.Call(nodes.Name(name, line), (), line), frame)
    if machine.language.name == "ruby" and name[:1].isupper():
        return autoload.known(machine, name, frame) or Ref(name)
    return Ref(name.lstrip("\\").replace("\\", "."))


def _of_object(machine: Machine, name: str, line: int, frame: Frame) -> object | None:
    """Give an instance variable, or call a method of the object without a word before it."""
    this = frame.this
    kept = this.values.items if isinstance(this, Object) else this.members if isinstance(this, Kind) else {}
    if name.startswith("@"):
        found: object = kept.get(name, UNKNOWN)
        return found
    if f"@{name}" in kept:
        return kept[f"@{name}"]
    method = member(machine, kind_of(this), name)
    if isinstance(method, Closure):
        return machine.invoke(Closure(method.node, method.frame, this), [], {}, line, frame)
    if method is None and (name in rows.WRITES or name in rows.DELETES or name in rows.READS):
        return records.sent(machine, this, name, Given(name, [], {}, line, frame))
    return method


def outer(machine: Machine, name: str, frame: Frame) -> object | None:
    """Give a global by its own name, or by that of its package."""
    key = own_name(name, frame.kind)
    found = machine.globals.get(machine.aliases.get(key, key))
    if found is None and "::" not in name:
        found = machine.globals.get(name)
    if found is None and frame.kind and not name.startswith(("$", "@", "%")):
        kind = machine.kinds.get(frame.kind)
        member = kind.members.get(name) if kind is not None else None
        found = member if not isinstance(member, Closure) else None
    return found


def own_function(machine: Machine, name: str, frame: Frame) -> Closure | None:
    """Find a function of the program's own: of this package, by its whole name, or the only one of its name."""
    package, colons, bare = name.rpartition("::")
    if not colons:
        package, colons, bare = name.rpartition("\\")
    holder = frame.find(bare) if not colons else None
    if isinstance(holder, Closure):
        return holder
    # A method is nothing that a bare name means, but in Ruby and in Perl, whose methods are functions.
    in_method = frame.this is not None and machine.language.name in ("php", "node")
    home = "main" if in_method else frame.kind or "main"
    kind = machine.kinds.get(package.lstrip("\\") if colons else home)
    found = kind.members.get(bare) if kind is not None else None
    if isinstance(found, Closure):
        return found
    if colons and machine.language.name == "perl":
        return None
    everywhere = machine.kinds.get("main")
    found = everywhere.members.get(bare) if everywhere is not None else None
    if isinstance(found, Closure):
        return found
    only = machine.functions(bare) if machine.language.flat else []
    return only[0] if len(only) == 1 else None


def declare(machine: Machine, target: object, frame: Frame) -> None:
    """Make variables known that are declared without a value."""
    if isinstance(target, nodes.Listing):
        for item in target.items:
            declare(machine, item, frame)
    elif isinstance(target, nodes.Name):
        sign = target.text[:1]
        frame.names[target.text] = Seq([]) if sign == "@" else Map() if sign == "%" else None


def bind(machine: Machine, target: object, value: object, frame: Frame, *, own: bool = False) -> None:
    """Give a target a value."""
    if isinstance(target, nodes.Declared):
        bind(machine, target.target, value, frame, own=True)
    elif isinstance(target, nodes.Name):
        _name(machine, target.text, value, frame, own=own)
    elif isinstance(target, nodes.Listing):
        _several(machine, target, value, frame, own=own)
    elif isinstance(target, nodes.Mapping):
        _taken_apart(machine, target, value, frame, own=own)
    elif isinstance(target, nodes.Index):
        _element(machine, target, value, frame)
    elif isinstance(target, nodes.Attribute):
        owner = machine.value(target.target, frame)
        if isinstance(owner, Object):
            owner.values.items[target.name] = value
        elif isinstance(owner, Map):
            owner.items[target.name] = value
        elif isinstance(owner, Kind):
            owner.members[target.name] = value
    elif isinstance(target, nodes.Assign):
        # A default: `{a = 1} = x`.
        known = value if value is not UNKNOWN and value is not None else machine.value(target.value, frame)
        bind(machine, target.target, known, frame, own=own)
    elif isinstance(target, nodes.Unary):
        bind(machine, target.operand, value, frame, own=own)


def _name(machine: Machine, name: str, value: object, frame: Frame, *, own: bool) -> None:
    sign = name[:1]
    if machine.language.flat:
        if sign == "%" and not isinstance(value, Map):
            value = mapped(flat(value)) if isinstance(value, Seq) else Map()
        elif sign == "@" and not isinstance(value, Seq):
            value = Seq([UNKNOWN], True) if value is UNKNOWN else Seq(flat(value))
        elif sign == "$" and isinstance(value, Seq) and value.open and not value.items:
            value = UNKNOWN
    if name.startswith("@") and machine.language.name == "ruby":
        kept = frame.this
        if isinstance(kept, Object):
            kept.values.items[name] = value
        elif isinstance(kept, Kind):
            kept.members[name] = value
        return
    holder = frame if own else frame.holder(name)
    if holder is not None:
        holder.names[name] = value
        return
    if machine.language.flat or name[:1].isupper() or frame.outer is None:
        key = own_name(name, frame.kind) if machine.language.flat else name
        machine.globals[machine.aliases.get(key, key)] = value
        if not machine.language.flat and frame.kind and frame.kind in machine.kinds and name[:1].isupper():
            machine.kinds[frame.kind].members[name] = value
        if frame.outer is None and not machine.language.flat:
            frame.names[name] = value
        return
    frame.names[name] = value


def _several(machine: Machine, target: nodes.Listing, value: object, frame: Frame, *, own: bool) -> None:
    if not isinstance(value, Seq) and value is not UNKNOWN:
        value = Seq(flat(value)) if machine.language.flat else value
    items = value.items if isinstance(value, Seq) else None
    known = isinstance(value, Seq) and not value.open
    for place, item in enumerate(target.items):
        bare = item.target if isinstance(item, nodes.Declared) else item
        greedy = isinstance(bare, nodes.Name) and machine.language.flat and bare.text.startswith(("@", "%"))
        if greedy or (isinstance(bare, nodes.Unary) and bare.operator in ("...", "*")):
            rest = Seq(list(items[place:]), not known) if items is not None else Seq([], True)
            bind(machine, item, rest, frame, own=own)
            return
        missing: object = None if known else UNKNOWN
        bind(machine, item, items[place] if items is not None and place < len(items) else missing, frame, own=own)


def _taken_apart(machine: Machine, target: nodes.Mapping, value: object, frame: Frame, *, own: bool) -> None:
    """Bind `{a, b: c} = value`."""
    for key, pattern in target.pairs:
        inner = pattern
        default: object = UNKNOWN
        name = key if key is not None else inner
        if isinstance(inner, nodes.Assign):
            default = machine.value(inner.value, frame)
            name = key if key is not None else inner.target
            inner = inner.target
        wanted = name.text if isinstance(name, nodes.Name) else key_of(machine.value(name, frame))
        found: object
        if isinstance(value, Ref):
            found = Ref(f"{value.dotted}.{wanted}")
        elif isinstance(value, Map):
            found = value.items.get(wanted, default)
        elif isinstance(value, Object):
            found = value.values.items.get(wanted, default)
        else:
            found = default
        bind(machine, inner, found, frame, own=own)


def _element(machine: Machine, target: nodes.Index, value: object, frame: Frame) -> None:
    owner = machine.value(target.target, frame)
    if owner is None or owner is UNKNOWN:
        # A dictionary comes into being where it is first written to.
        owner = Map()
        bind(machine, target.target, owner, frame)
    if isinstance(owner, Object):
        owner = owner.values
    key = key_of(machine.value(target.key, frame))
    if isinstance(owner, Map):
        if key is not None and len(owner.items) < 2000:
            owner.items[key] = value
    elif isinstance(owner, Seq):
        if isinstance(key, int) and 0 <= key < len(owner.items):
            owner.items[key] = value
        elif len(owner.items) < 400:
            owner.items.append(value)


def assigned(machine: Machine, node: nodes.Assign, frame: Frame) -> object:
    """Evaluate an assignment with any operator."""
    operator = node.operator
    if operator in ("=", "<-", "<<-", ":="):
        plural = node.target.target if isinstance(node.target, nodes.Declared) else node.target
        single = isinstance(plural, nodes.Name) and plural.text.startswith("$")
        value = machine.value(nodes.alone(node.value) if single else node.value, frame)
        if machine.language.flat and isinstance(plural, nodes.Listing | nodes.Name):
            value = _copied(plural, value)
        bind(machine, node.target, value, frame, own=machine.language.name == "r" and operator != "<<-")
        return value
    old = machine.value(node.target, frame)
    if operator in ("||=", "//=", "??="):
        answer = truth(old) if operator == "||=" else (False if old is None else (None if old is UNKNOWN else True))
        if answer:
            return old
        new = machine.value(node.value, frame)
        value = new if answer is False else either(old, new)
    else:
        new = machine.value(nodes.alone(node.value), frame)
        value = _grown(old, new) if operator.removesuffix("=") in machine.language.joins else UNKNOWN
    bind(machine, node.target, value, frame)
    return value


def _grown(old: object, new: object) -> object:
    """Add a text to one that is known, or to each of those that it may be."""
    if isinstance(old, Choice):
        return any_of([_grown(option, new) for option in old.options[:4]])
    if not isinstance(old, Text) or len(old.value.text) >= _LONGEST:
        return UNKNOWN
    return concatenated([as_value(old), as_value(new)])


def _copied(target: object, value: object) -> object:
    """Give a list of its own where Perl copies one: a list, or the first of it, or how many they are."""
    if isinstance(target, nodes.Name) and target.text[:1] == "@" and isinstance(value, Seq):
        return Seq(list(value.items), value.open)
    if isinstance(target, nodes.Name) and target.text[:1] == "%" and type(value) is Map:
        return Map(dict(value.items))
    return value


def matched(machine: Machine, node: nodes.Chain, frame: Frame) -> object:
    """Evaluate `x =~ s/…/…/`, as far as what it does to a path is plain; a match alone tells nothing."""
    value = machine.value(node.operands[0], frame)
    if isinstance(value, Seq) and len(value.items) == 1:
        # `(my $name = $path) =~ s/…/…/`
        value = value.items[0]
    second = node.operands[1]
    is_change = (
        isinstance(second, nodes.Call) and isinstance(second.function, nodes.Name) and second.function.text == "s///"
    )
    if isinstance(second, nodes.Pattern) and _WHOLE.fullmatch(second.text) and value is not None:
        # `x =~ /^([\w.\/-]+)$/`: the usual way to trust a name; `$1` is the whole of it.
        frame.names["$1"] = value
    else:
        frame.names.pop("$1", None)
    if not is_change or not isinstance(second, nodes.Call) or not isinstance(value, Text):
        return UNKNOWN
    pattern, replacement = (as_value(machine.value(each.value, frame)).text for each in second.arguments[:2])
    target = node.operands[0]
    if isinstance(target, nodes.Listing) and len(target.items) == 1:
        target = target.items[0]
    if isinstance(target, nodes.Assign):
        target = target.target
    changed = Text(substituted(value.value, pattern, replacement))
    bind(machine, target, changed, frame)
    return UNKNOWN


def substituted(value: Value, pattern: str, replacement: str) -> Value:
    """Replace in a text where the pattern is plain; else its folder stays and its name is not known."""
    if _SLASHES.fullmatch(pattern) and not replacement:
        return value.but(value.text.rstrip("/"))
    plain = _PLAIN.fullmatch(pattern)
    if plain is not None and "$" not in replacement and "\\" not in replacement and len(value.text) < 2000:
        literal = pattern.removesuffix("$").replace("\\", "")
        if plain[1]:
            return value.but(value.text.removesuffix(literal) + replacement) if value.text.endswith(literal) else value
        return value.but(value.text.replace(literal, replacement, 1))
    folder = posixpath.dirname(value.text)
    unknown = as_value(anything(value.written))
    return unknown if not folder or "/" in pattern else value.but(folder + "/") + unknown

"""Classes that no line takes in: by the program's own loaders, else by a file of the class's name.

PHP by PSR-4, Ruby as Rails loads its constants (guides.rubyonrails.org, Autoloading): `A::Line` from `a/line.rb`.
"""

from __future__ import annotations

import re

from migrator.commands import resolve
from migrator.commands.languages.abstract import Seq, Text, text
from migrator.commands.languages.paths import folder_of
from migrator.commands.languages.reading import modules
from migrator.commands.languages.reading.inflection import underscored
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.members import member
from migrator.commands.languages.reading.values import Closure, Frame, Kind, kind_of
from migrator.commands.languages.words import named
from migrator.commands.values import Value, literal

_CLASS = re.compile(r"\\?(?:\w{1,100}\\){0,10}(\w{1,100})")
_FILES = ("{0}.php", "{0}.class.php", "class.{0}.php", "{0}.inc.php", "{0}.inc")
_MOST = 200
_DEEPEST = 90
_CONSTANT = re.compile(r"(?:[A-Z]\w{0,80}::){0,6}[A-Z]\w{0,80}")
_ROOTS = (
    "app/models/", "app/models/concerns/", "lib/", "app/services/", "app/jobs/", "app/workers/", "app/lib/",
    "app/classes/", "app/mailers/", "app/helpers/", "app/", "models/", "",
)  # fmt: skip
_OF_RUBY = named(
    """
    File Dir IO Time Date DateTime JSON YAML CSV Net URI Hash Array String Integer Float Object Class Module Kernel
    Process Thread Set Struct Logger Rails ActiveRecord Mongoid Regexp Exception StandardError ENV ARGV STDIN STDOUT
    STDERR FileUtils Pathname Tempfile Zlib Digest Base64 SecureRandom OpenSSL Socket Timeout Nokogiri Base Model
    Document ApplicationController ActionMailer Rake Gem Bundler Random Math Comparable Enumerable Symbol Proc
    """
)


def known(machine: Machine, written: str, frame: Frame) -> Kind | None:
    """Give a class by name, after what would load it has run; None where nothing here defines it."""
    if machine.language.name == "ruby":
        return _constant(machine, written.replace("\\", "::"), frame)
    match = _CLASS.fullmatch(written)
    if match is None or machine.language.name != "php":
        return None
    name = match[1]
    if name not in machine.kinds and name not in machine.sought and len(machine.sought) < _MOST:
        machine.sought.add(name)
        for loader in machine.loaders[:6]:
            if name not in machine.kinds:
                machine.invoke(loader, [text(written.lstrip("\\"))], {}, 0, frame)
        if name not in machine.kinds:
            _by_file(machine, name, written, frame)
    return machine.kinds.get(name)


def _constant(machine: Machine, written: str, frame: Frame) -> Kind | None:
    """Give a class or module of Ruby, after the file of its name was read."""
    last = written.rpartition("::")[2]
    if not _CONSTANT.fullmatch(written) or last in _OF_RUBY or machine.depth > _DEEPEST:
        return None
    known = machine.kinds.get(last)
    if written not in machine.sought and len(machine.sought) < _MOST and (known is None or "::" in written):
        machine.sought.add(written)
        defines = re.compile(rf"^\s*(?:class|module)\s+(?:\w+::)*{last}\b", re.MULTILINE)
        tail = "/".join(underscored(part) for part in written.split("::")) + ".rb"
        for place in _places(machine, frame, tail):
            found = modules.located(machine, place)
            if found is not None and found[0].endswith(tail) and defines.search(found[1].text):
                machine.take(*found, None)
                break
    return machine.kinds.get(last)


def _places(machine: Machine, frame: Frame, tail: str) -> list[Value]:
    """Give where a file of Ruby may lie: below the folders that Rails loads from, around the program."""
    main = folder_of(machine.main.deployed)
    roots = [root for root in dict.fromkeys((machine.folder, folder_of(main))) if root.exact]
    beside = [folder + literal(f"/{tail}") for folder in (folder_of(frame.unit.deployed), main)]
    return beside + [root + literal(f"/{folder}{tail}") for root in roots for folder in _ROOTS]


def _by_file(machine: Machine, name: str, written: str, frame: Frame) -> None:
    defines = re.compile(rf"\b(?:class|trait|interface|enum)\s+{name}\b", re.IGNORECASE)
    here = folder_of(frame.unit.deployed)
    for pattern in _FILES:
        base = pattern.format(name)
        place = resolve.deployed(f"{here.text}/{base}", machine.scope, exact=here.exact)
        spaces = [part for part in written.strip("\\").split("\\")[:-1] if part]
        tails = ["/".join([*spaces[n:], base]) for n in range(len(spaces) + 1)]
        for wanted, expanded in ((base, place), *((tail, None) for tail in tails)):
            found = machine.walk.follow(wanted, expanded, machine.scope)
            # Any file of the right name is found; that it defines the class makes it the one.
            if found is not None and found[0].rpartition("/")[2] == base and defines.search(found[2].text):
                machine.take(found[0], found[2], _deployed(machine, found[0], here), None)
                return


def _deployed(machine: Machine, path: str, here: Value) -> Value:
    """Give where a file of the tree lies, by where the program itself lies."""
    main = machine.main
    if main.path and main.deployed.text.endswith(f"/{main.path}"):
        root = main.deployed.text.removesuffix(main.path)
        return main.deployed.but(root + path, root + path)
    return here.but(f"{here.text}/{path.rpartition('/')[2]}")


def register(machine: Machine, loader: object) -> None:
    """Note what is called for a class that is not known: a function, its name, or an object and its method's."""
    if isinstance(loader, Seq) and len(loader.items) == 2:
        owner, name = loader.items[0], described(loader.items[1])
        method = member(machine, kind_of(owner) or described(owner), name)
        loader = Closure(method.node, method.frame, owner) if isinstance(method, Closure) else None
    if isinstance(loader, Closure | Text):
        machine.loaders.append(loader)

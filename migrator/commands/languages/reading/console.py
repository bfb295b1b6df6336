"""Console commands of PHP's frameworks: the class that a name means, by each framework's own rule, and its method.

Yii: `order/close-all` is `OrderController::actionCloseAll` (yiiframework.com, Console applications). Laravel and
CodeIgniter 4: the class whose `$signature` or `$name` says so. Symfony: the one that names itself (`setName`,
`AsCommand`). CakePHP: `OrderCommand::execute`, `OrderShell::main`. CodeIgniter 3: `index.php order close`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from migrator.commands.languages.abstract import Text
from migrator.commands.languages.paths import folder_of
from migrator.commands.languages.reading import modules
from migrator.commands.languages.reading.inflection import camel
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.members import member
from migrator.commands.languages.reading.values import Closure, Frame, Object
from migrator.commands.scope import Source
from migrator.commands.values import Value, literal

_YII = ("commands", "console/controllers", "console/commands", "controllers", "protected/commands", "app/commands")
_FOLDERS = {
    "artisan": ("app/Console/Commands", "app/Commands", "app/commands", "app/Console"),
    "spark": ("app/Commands",),
    "console": ("src/Command", "src/AppBundle/Command", "src/App/Command", "src/Console", "app/Command"),
    "cake": ("src/Command", "src/Shell", "app/Console/Command", "app/Command"),
}
_METHODS = {
    "artisan": ("handle", "fire"),
    "spark": ("run",),
    "console": ("execute", "__invoke"),
    "cake": ("execute", "main"),
}
_NAMED = r"(?:signature|name|defaultName|commandName|setName|AsCommand)\b[^'\"\n]{{0,40}}['\"]{0}(?=['\"\s{{])"
_WORD = re.compile(r"[A-Za-z][\w:/.-]{0,120}")
_BUNDLE = re.compile(r"\bnew\s+\\?((?:[A-Z]\w*\\)*[A-Z]\w*)\\\w+Bundle\s*\(")
_LONGEST = 60_000
_MOST_FILES = 80

Located = tuple[str, Source, Value]


def run(machine: Machine, words: list[Value], frame: Frame) -> bool:
    """Run the command that a framework's program is given; False where the tree has none of the name."""
    if not words or not _WORD.fullmatch(words[0].text) or not words[0].exact:
        return False
    program = posixpath.basename(machine.main.deployed.text).removesuffix(".php")
    root = folder_of(machine.main.deployed)
    if program in ("yii", "yiic"):
        return _yii(machine, root, words, frame)
    if program == "index":
        return _controller(machine, root, words, frame)
    if program not in _FOLDERS:
        return False
    if posixpath.basename(root.text) in ("bin", "app"):
        root = folder_of(root)
    return _by_name(machine, program, root, words, frame)


def _yii(machine: Machine, root: Value, words: list[Value], frame: Frame) -> bool:
    """Run `controller/action` of Yii 2, `command action` of Yii 1."""
    parts = words[0].text.split("/")
    action = camel(parts[-1]) if len(parts) > 1 else "Index"
    name = camel(parts[-2] if len(parts) > 1 else parts[0])
    for ending in ("Controller", "Command"):
        for folder in _YII:
            found = modules.located(machine, root + literal(f"/{folder}/{name}{ending}.php"))
            if found is not None:
                first = words[1].text if ending == "Command" and len(words) > 1 else ""
                methods = (f"action{camel(first)}", "run") if ending == "Command" else (f"action{action}",)
                return _called(machine, found, f"{name}{ending}", methods, words[1:], frame)
    return False


def _controller(machine: Machine, root: Value, words: list[Value], frame: Frame) -> bool:
    """Run `index.php controller method` of CodeIgniter 3."""
    parts = [part for word in words for part in word.text.split("/")]
    name, method = parts[0], parts[1] if len(parts) > 1 else "index"
    for base in (name[:1].upper() + name[1:], name):
        found = modules.located(machine, root + literal(f"/application/controllers/{base}.php"))
        if found is not None:
            return _called(machine, found, name, (method,), words[2:], frame)
    return False


def _by_name(machine: Machine, program: str, root: Value, words: list[Value], frame: Frame) -> bool:
    """Run the class that says that it is the command of a name."""
    name = words[0].text
    says = re.compile(_NAMED.format(re.escape(name)))
    last = camel(re.split(r"[:/.]", name)[-1])
    for found in _candidates(machine, program, root, name):
        stem = posixpath.basename(found[0]).removesuffix(".php")
        by_rule = program == "cake" and stem in (f"{camel(name)}Command", f"{camel(name)}Shell")
        if by_rule or says.search(found[1].text):
            sub = words[1].text if len(words) > 1 else ""
            methods = (*((sub,) if stem.endswith("Shell") and sub else ()), *_METHODS[program])
            return _called(machine, found, stem or last, methods, words[1:], frame)
    return False


def _candidates(machine: Machine, program: str, root: Value, name: str) -> Iterator[Located]:
    """Give the files that may hold a command: those of the usual folders, and those of its name anywhere."""
    bundles = _bundles(machine, root) if program == "console" else ()
    for folder in (*_FOLDERS[program], *bundles):
        place = root + literal(f"/{folder}")
        for base in machine.walk.names(place.text, machine.scope)[:_MOST_FILES]:
            found = modules.located(machine, place + literal(f"/{base}")) if base.endswith(".php") else None
            if found is not None:
                yield found
    parts = [camel(part) for part in re.split(r"[:/.]", name)]
    for stem in dict.fromkeys((parts[-1], "".join(parts), "".join(reversed(parts)), "".join(parts[1:]))):
        for base in (f"{stem}Command.php", f"{stem}.php"):
            file = machine.walk.follow(base, None, machine.scope) if stem else None
            if file is not None and posixpath.basename(file[0]) == base:
                yield file[0], file[2], root + literal(f"/{file[0]}")


def _bundles(machine: Machine, root: Value) -> tuple[str, ...]:
    """Give where the bundles that Symfony's kernel names keep their commands."""
    for place in ("app/AppKernel.php", "src/Kernel.php"):
        found = modules.located(machine, root + literal(f"/{place}"))
        if found is not None:
            names = dict.fromkeys(match[1] for match in _BUNDLE.finditer(found[1].text[:_LONGEST]))
            return tuple("src/" + name.replace("\\", "/") + "/Command" for name in names)[:_MOST_FILES]
    return ()


def _called(
    machine: Machine, found: Located, kind: str, methods: tuple[str, ...], words: list[Value], frame: Frame
) -> bool:
    """Read a class's file and run the first of these methods that it has."""
    machine.take(*found, None)
    for name in (kind, kind[:1].upper() + kind[1:]):
        for method in methods:
            own = member(machine, name, method)
            if isinstance(own, Closure):
                given: list[object] = [Text(word) for word in words if not word.text.startswith("-")]
                machine.invoke(Closure(own.node, own.frame, Object(name)), given, {}, own.node.line, frame)
                return True
    return False

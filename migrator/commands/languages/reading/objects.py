"""Objects of libraries: connections, repositories, paths, files, and things of which only the making is known."""

from __future__ import annotations

import re

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, Tool, anything, text, text_options
from migrator.commands.languages.paths import base_name, below, parent
from migrator.commands.languages.reading import opening, records, rows, tasks, verbs
from migrator.commands.languages.reading.dates import asked_of_date
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.picking import done_for, taken
from migrator.commands.languages.reading.values import Closure, Given, Object
from migrator.commands.languages.syntax import nodes
from migrator.commands.languages.words import listed, named
from migrator.commands.values import Value, literal
from migrator.model import Mode

_DATABASE = re.compile(
    r"(?:dbname|database|initial catalog)=([\w-]+)|^dbi:(?!sqlite)\w+:([\w-]+)(?:$|[:;@])|^\w+://[^/]*/([\w-]+)",
    re.IGNORECASE,
)
_SQLITE = re.compile(r"^(?:dbi:)?sqlite3?:(?:dbname=|database=|//)?(.+)$", re.IGNORECASE)
_FILE = re.compile(r"([^:;=\n]{1,300}\.(?:sqlite3?|db3?|duckdb))")
_FOLDERS = listed(
    """
    localroot root rootdir root_dir dir directory folder basedir base_dir basepath base_path path output_dir outdir
    out_dir outputdir target_dir targetdir destination dest_dir destdir cachedir cache_dir datadir data_dir
    """
)
_FILES = listed("file filename file_name filepath file_path outfile out_file output output_file outputfile")
_STEMS = ["filenameroot", "filename_root", "prefix", "basename", "stem", "file_prefix"]
_CHANGES = named(
    """
    update save write store commit flush dump append put persist publish write_all add_file create_file to_file spew
    writeFile write_file insert sync generate render export build
    """
)
_LOOKS = named("read load slurp parse read_file load_file readFile fetch_all get_all")
_MADE = 0.55
_FEW, _MANY = 12, 40
_ANSWERS = named("any? all? none? one? some every find_index findIndex count sum inject reduce include? includes")
_GIT = re.compile(r"(?:^|[:.])(?:Git|SimpleGit|simpleGit|GitRepo|GitRepository)(?:$|[:.])|^simple-?git$", re.IGNORECASE)
_LOCKS = re.compile(
    r"(?:Lock(?:file)?|LockFile|Flock|FileLock|ConcurrencyLimit|PidFile|PID::File|Pidfile|Mutex)(?:$|::\w+$)"
)
_GIT_ACTIONS = named("add commit push pull clone checkout reset fetch rm mv merge tag")
_SAME = named(
    """
    trim strip chomp to_s to_sym toString freeze dup clone to_path stringify to_str realpath cleanpath
    expand_path squish
    """
)


def says(given: tuple[nodes.Argument, ...], word: str) -> bool:
    """Say whether a name stands among the arguments of a call."""
    found = [argument.value for argument in given]
    for _ in range(60):
        if not found:
            return False
        node = found.pop()
        name = node.text if isinstance(node, nodes.Name) else node.name if isinstance(node, nodes.Attribute) else ""
        if name.endswith(word):
            return True
        if isinstance(node, nodes.Chain):
            found.extend(node.operands)
        elif isinstance(node, nodes.Unary):
            found.append(node.operand)
    return False


def called_back(machine: Machine, given: Given) -> None:
    """Run the functions that are handed to a call: somebody will call them."""
    for each in (*given.items, *given.named.values(), given.block):
        if isinstance(each, Closure) and id(each.node) not in machine.entered:
            machine.invoke(each, [UNKNOWN] * len(each.node.parameters), {}, given.line, given.frame)


def outside(machine: Machine, given: Given) -> object:
    """Read a call of which nothing is known: statements of SQL in it, functions handed to it."""
    owner = given.owner
    named = rows.asked(machine, given.tail, given)
    if named is not None:
        return named
    rows.by_verb(machine, given.tail, given)
    base = str(owner.data.get("database", "")) if isinstance(owner, Tool) else ""
    for item in given.items[:6]:
        machine.sql(item, base, given.line, given.frame)
    for name in ("sql", "query", "text", "statement"):
        if name in given.named:
            machine.sql(given.named[name], base, given.line, given.frame)
    verbs.touched(machine, given)
    called_back(machine, given)
    if isinstance(owner, Tool) and owner.kind in ("connection", "outside"):
        return owner
    return UNKNOWN


def made(machine: Machine, given: Given) -> object:
    """Read the making of an object of a library."""
    kind = given.name.removeprefix("new ").removesuffix("::new").removesuffix(".new")
    if _GIT.search(kind):
        return repository(machine, given)
    if _LOCKS.search(kind):
        place = _place(given)
        machine.lock(
            given.get(0) if place is UNKNOWN else place, skips=True, line=given.line, frame=given.frame, sure=True
        )
        return Tool("outside", {})
    if machine.language.name == "node" and kind == "Date":
        return anything("date", dated=True)
    # `new client.PrismaClient()`, and a class taken out of its package: the class is known by its own name.
    own = kind.rpartition(".")[2] if machine.language.name == "node" else kind
    uses = machine.language.functions.get(f"new {kind}", machine.language.functions.get(f"new {own}"))
    if uses is not None:
        return uses(machine, given)
    opens = machine.language.idioms.opens.get(kind)
    if opens is not None:
        return opening.opened(machine, given, *opens)
    verbs.made(machine, given, kind)
    outside(machine, given)
    return Tool("outside", {"class": kind, "place": _place(given)})


def _place(given: Given) -> object:
    """Give the file that an object is made for: a file's name, or a folder with the stem of one, or a folder."""
    named = {name.lower().lstrip("-"): value for name, value in given.named.items()}
    where = next((named[name] for name in _FOLDERS if isinstance(named.get(name), Text)), None)
    file = next((named[name] for name in _FILES if isinstance(named.get(name), Text)), None)
    stem = next((named[name] for name in _STEMS if isinstance(named.get(name), Text)), None)
    if isinstance(file, Text):
        return below(where, file) if where is not None else file
    if isinstance(where, Text) and isinstance(named.get("path"), Text) and stem is None:
        return where
    if isinstance(where, Text) and isinstance(stem, Text):
        whole = below(where, stem).value
        return Text(Value(whole.text + "*", whole.written + "…", exact=False))
    return UNKNOWN


def repository(_machine: Machine, given: Given) -> object:
    """Read the opening of a git repository."""
    found = next(
        (given.named[n] for n in ("work_tree", "dir", "directory", "baseDir", "git_dir") if n in given.named),
        given.get(0),
    )
    return Tool("repository", {"folder": found})


def connection(machine: Machine, given: Given) -> object:
    """Read a connection to a database: its name qualifies tables, a file of SQLite is touched."""
    name = ""
    candidates = [given.named.get(n) for n in ("database", "dbname", "db", "connectionString")]
    for found in (*given.items[:5], *candidates):
        for option in text_options(found):
            value = option.value.text
            file = _SQLITE.match(value) or _FILE.fullmatch(value)
            if file is not None:
                if file[1].strip("/") == ":memory:":
                    continue
                machine.touch(Mode.READ, Text(option.value.but(file[1])), given.line, given.frame, 0.6)
                continue
            match = _DATABASE.search(value)
            if match is not None and "*" not in match[0]:
                name = next(group for group in match.groups() if group)
    explicit = next((described(each) for each in candidates if described(each)), "")
    name = name or (explicit if "/" not in explicit else "")
    if name:
        machine.databases[name] = None
    return Tool("connection", {"database": name})


def method(machine: Machine, owner: object, name: str, given: Given) -> object:
    """Read a method of what is not an object of the program's own."""
    known = machine.language.methods.get(name)
    if isinstance(owner, Tool) and owner.kind == "rows":
        return records.of_rows(machine, owner, name, given)
    if isinstance(owner, Tool):
        found = _tool(machine, owner, name, given)
        if found is not None:
            return found
    if isinstance(owner, Text):
        found = _text(machine, owner, name, given)
        if found is not None:
            return found
    if known is not None:
        return known(machine, given)
    if (isinstance(owner, Seq | Map) and given.block is not None) or (
        isinstance(owner, Seq) and given.items and isinstance(given.items[0], Closure)
    ):
        return run_each(machine, owner, given, name)
    if isinstance(owner, Object):
        outside(machine, given)
        return UNKNOWN
    return outside(machine, given)


_FILTERS = named("filter select find_all keep_if grep")


def run_each(machine: Machine, owner: Seq | Map, given: Given, name: str = "each") -> object:
    """Run a block for each element of a list."""
    function = given.block or given.items[0]
    if isinstance(owner, Map):
        several = [[text(str(key)), value] for key, value in list(owner.items.items())[:_FEW]]
    else:
        known = all(isinstance(item, Text) and item.value.exact for item in owner.items)
        items = owner.items[: _MANY if known else _FEW] or [UNKNOWN]
        filters = name in _FILTERS or name == "reject"
        if owner.open:
            picks = taken(machine, function, holds=name != "reject") if filters else done_for(machine, function)
            items = machine.pick(items, picks)
            owner = Seq(items, open=True) if filters else owner
        several = [[item] for item in items]
    found = [machine.invoke(function, row, {}, given.line, given.frame) for row in several]
    if name in ("map", "collect", "flat_map", "flatMap"):
        return Seq(found, isinstance(owner, Seq) and owner.open)
    return UNKNOWN if name in _ANSWERS else owner


def _tool(machine: Machine, owner: Tool, name: str, given: Given) -> object | None:
    if owner.kind == "repository":
        words: list[object] = [text("git"), text("-C"), owner.data.get("folder", UNKNOWN)]
        action = described(given.get(0)) if name in ("run", "command", "raw", "exec") else name
        if action in _GIT_ACTIONS:
            flags = [text("-a")] if action == "commit" and ("a" in given.named or "all" in given.named) else []
            paths = [item for item in given.items[:3] if isinstance(item, Text) and action == "add"]
            machine.start(Seq([*words, text(action), *flags, *paths]), given.line, given.frame)
            return owner
        return Tool("outside", {}) if action in ("status", "log", "diff", "show") else owner
    if owner.kind == "task" and name in ("invoke", "execute"):
        tasks.invoked(machine, owner, given)
        return UNKNOWN
    if owner.kind == "outside":
        place = owner.data.get("place", UNKNOWN)
        if name in _CHANGES:
            machine.touch(Mode.WRITE, place, given.line, given.frame, _MADE)
        elif name in _LOOKS:
            machine.touch(Mode.READ, place, given.line, given.frame, _MADE)
    if owner.kind == "file":
        if name == "flock":
            machine.lock(
                owner.data.get("name", UNKNOWN),
                skips=says(given.nodes, "LOCK_NB"),
                line=given.line,
                frame=given.frame,
                sure=False,
            )
        called_back(machine, given)
        return UNKNOWN
    return None


_PATH_MODES = {
    **dict.fromkeys(
        named(
            """
            slurp slurp_utf8 slurp_raw lines lines_utf8 openr openr_utf8 openr_raw read readlines each_line binread
            edit edit_lines
            """
        ),
        Mode.READ,
    ),
    **dict.fromkeys(
        named("spew spew_utf8 spew_raw openw openw_utf8 openw_raw touch write binwrite touchpath"), Mode.WRITE
    ),
    **dict.fromkeys(named("append append_utf8 append_raw opena opena_utf8"), Mode.APPEND),
    **dict.fromkeys(named("remove unlink delete remove_tree rmtree"), Mode.DELETE),
}
_PATH_LISTS = frozenset(["children", "iterator", "entries", "each_child", "glob"])


def _text(machine: Machine, owner: Text, name: str, given: Given) -> object | None:
    """Read methods of paths (Path::Tiny, Path::Class, Pathname) and those of strings that give a path back."""
    if name in ("child", "joinpath", "join", "subdir", "file", "dir", "+") and owner.path:
        found: Text = owner
        for item in given.items:
            found = below(found, item)
        return Text(found.value, path=True)
    if name in ("parent", "dirname") and (owner.path or name == "dirname"):
        return Text(parent(owner.value), path=True)
    if name == "basename":
        return Text(base_name(owner.value))
    if name in _SAME:
        return owner
    if owner.value.dated and not owner.path and (asked := asked_of_date(machine, name, given)) is not None:
        return asked
    if not owner.path:
        return _replaced(owner, name, given)
    line, frame = given.line, given.frame
    mode = _PATH_MODES.get(name)
    if mode is not None:
        machine.touch(mode, owner, line, frame)
        return Tool("content", {"name": owner}) if mode is Mode.READ else UNKNOWN
    if name in _PATH_LISTS:
        machine.touch(Mode.READ, Text(owner.value + literal("/")), line, frame, 0.4)
        return Seq([below(owner, anything("name"))], True)
    if name in ("move", "move_to", "rename", "copy", "copy_to"):
        machine.touch(Mode.READ, owner, line, frame)
        machine.touch(Mode.WRITE, given.get(0), line, frame)
        if name not in ("copy", "copy_to"):
            machine.touch(Mode.DELETE, owner, line, frame)
        return UNKNOWN
    return None


_RESHAPED = named("replace sub gsub toLowerCase toUpperCase downcase upcase padStart substring slice")


def _replaced(owner: Text, name: str, given: Given) -> object | None:
    """Read `x.replace('a', 'b')` with plain texts."""
    one, other = given.get(0), given.get(1)
    if name in ("replace", "sub", "gsub", "replaceAll") and isinstance(one, Text) and isinstance(other, Text):
        if one.value.exact and one.value.text and len(owner.value.text) < 2000:
            return Text(owner.value.but(owner.value.text.replace(one.value.text, other.value.text, 1)))
        return anything()
    if name == "concat":
        return Text(owner.value + one.value) if isinstance(one, Text) else anything()
    if name in _RESHAPED:
        return anything(dated=owner.value.dated)
    return None

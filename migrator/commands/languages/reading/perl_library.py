"""Functions of Perl and of its libraries (perlfunc(1), File::Spec, File::Find, Getopt::Long, DBI, Path::Tiny)."""

from __future__ import annotations

import re
from itertools import pairwise

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, Tool, anything, text, text_options
from migrator.commands.languages.paths import absolute, as_folder, join, parent
from migrator.commands.languages.reading import command_line, library, objects, opening, perl_exports, perl_lists
from migrator.commands.languages.reading.dates import clock
from migrator.commands.languages.reading.language import Known, rows
from migrator.commands.languages.reading.library import empty_text, first_of, nothing
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.settings_file import read_decoded, read_settings
from migrator.commands.languages.reading.values import Closure, Given, Object
from migrator.commands.languages.syntax import nodes
from migrator.commands.values import literal, unknown
from migrator.model import Mode

_WALKED = 0.4


def _bless(_machine: Machine, given: Given) -> object:
    """Read `bless {…}, $class`."""
    inner = given.get(0)
    kind = given.get(1)
    named = described(kind) or given.frame.kind
    if isinstance(kind, Object):
        named = kind.kind
    return Object(named, inner if isinstance(inner, Map) else Map())


def _use(machine: Machine, given: Given) -> object:
    """Read `use Module LIST`."""
    name = described(given.get(0))
    rest = given.items[1:]
    if name == "lib":
        machine.paths[:0] = [each.value for each in rest if isinstance(each, Text)]
    elif name == "constant":
        _constants(machine, rest, given)
    elif name in ("parent", "base"):
        for each in rest:
            if isinstance(each, Text) and not each.value.text.startswith("-"):
                machine.kind(given.frame.kind).bases.append(each.value.text)
                machine.load(each, given.frame, module=True)
    elif name in ("vars", "strict", "warnings", "utf8", "feature", "POSIX"):
        return UNKNOWN
    else:
        machine.load(given.get(0), given.frame, module=True)
        perl_exports.take_in(machine, name, rest, given.frame)
    return UNKNOWN


def _constants(machine: Machine, rest: list[object], given: Given) -> None:
    if not rest:
        return
    found = dict(rest[0].items) if isinstance(rest[0], Map) else {}
    if isinstance(rest[0], Text):
        found = {rest[0].value.text: rest[1] if len(rest) == 2 else Seq(rest[1:])}
    prefix = "" if given.frame.kind in ("", "main") else f"{given.frame.kind}::"
    for key, value in found.items():
        machine.globals[f"{prefix}{key}"] = value


def _require(machine: Machine, given: Given) -> object:
    """Read `require Module` and `require "file"`."""
    written = described(given.get(0))
    by_name = "/" not in written and not written.endswith((".pl", ".pm", ".ph"))
    machine.load(given.get(0), given.frame, module=by_name)
    return 1


def _do(machine: Machine, given: Given) -> object:
    """Read `do {…}`, `eval {…}` and `do "file"`."""
    if given.block is not None:
        return machine.inline(given.block)
    if given.name == "do":
        found = machine.load(given.get(0), given.frame)
        return UNKNOWN if found is None else found
    return UNKNOWN


def _find(machine: Machine, given: Given) -> object:
    """Read File::Find: the function sees every file below the folders."""
    wanted = given.get(0)
    if isinstance(wanted, Map):
        wanted = wanted.items.get("wanted", UNKNOWN)
    before = machine.folder
    machine.walking += 1
    seen = len(machine.findings.touches), len(machine.findings.starts)
    for each in given.items[1:7]:
        if not isinstance(each, Text) or not isinstance(wanted, Closure):
            continue
        base = absolute(each.value, before)
        machine.globals["$File::Find::name"] = Text(base + literal("/") + unknown("name"))
        machine.globals["$File::Find::dir"] = Text(base)
        machine.folder = base
        wanted.frame.names["$_"] = anything("name")
        machine.invoke(wanted, [], {}, given.line, given.frame)
    machine.walking -= 1
    machine.folder = before
    if seen == (len(machine.findings.touches), len(machine.findings.starts)):
        # What does nothing to the files looks at them.
        for each in given.items[1:7]:
            machine.touch(Mode.READ, as_folder(each), given.line, given.frame, _WALKED)
    return UNKNOWN


def _split(_machine: Machine, given: Given) -> object:
    """Read `split /:/, text` where both are plain."""
    return library.parts(given.nodes[0].value if given.nodes else None, given.get(0), given.get(1))


def _path(_machine: Machine, given: Given) -> object:
    """Read `path(…)`, `file(…)`, `dir(…)`."""
    if not any(isinstance(each, Text) for each in given.items):
        return UNKNOWN
    whole = join(list(given.items))
    return Text(whole.value, path=True) if isinstance(whole, Text) else whole


def _new_file(machine: Machine, given: Given) -> object:
    """Read `IO::File->new(path, mode)`: a mode may stand in the path, as with `open`."""
    target = given.get(0)
    if len(given.items) > 1:
        for mode in opening.modes(described(given.get(1))):
            machine.touch(mode, target, given.line, given.frame)
    else:
        inner = Given("open", [UNKNOWN, target], {}, given.line, given.frame)
        return opening.opened(machine, inner, 2, 1)
    return Tool("file", {"name": target})


def _split_path(_machine: Machine, given: Given) -> object:
    """Read `File::Spec->splitdir(path)`."""
    return library.parts(None, text("/"), given.get(0))


def _searched(machine: Machine, given: Given) -> object:
    """Read `->in(folder)` of File::Find::Rule and its kin: it gives every file below."""
    found: list[object] = []
    for each in given.items[:6]:
        if isinstance(each, Text) and "/" in each.value.text:
            machine.touch(Mode.READ, as_folder(each), given.line, given.frame, 0.7)
            found.append(Text(each.value + literal("/") + unknown("name")))
    return Seq(found or [UNKNOWN], True)


def _linked(machine: Machine, given: Given) -> object:
    """Read `symlink target, link`: what is named in full is shown under another name."""
    target = given.get(0)
    if isinstance(target, Text) and target.value.exact and not target.value.text.endswith("/"):
        machine.touch(Mode.READ, target, given.line, given.frame)
    return UNKNOWN


def _listed(machine: Machine, given: Given) -> object:
    """Read `opendir`; inside a walk over a folder it tells nothing new."""
    before = len(machine.findings.touches)
    if not machine.walking:
        machine.touch(Mode.READ, as_folder(given.get(1)), given.line, given.frame, 0.4)
    machine.opened[_handle_of(given)] = machine.findings.touches[before:]
    return UNKNOWN


def _handle_of(given: Given) -> str:
    """Give the name of the handle that a folder is opened or read by."""
    node = given.nodes[0].value if given.nodes else None
    bare = node.target if isinstance(node, nodes.Declared) else node
    return bare.text if isinstance(bare, nodes.Name) else ""


def _names(machine: Machine, given: Given) -> object:
    """Read `readdir`: names of the folder that was opened by this handle."""
    name = anything("name")
    machine.listings[id(name)] = name, machine.opened.get(_handle_of(given), [])
    return name


def _file_parse(_machine: Machine, given: Given) -> object:
    """Read `fileparse(path, endings)`: name, folder, ending; endings are patterns."""
    found = given.get(0)
    if not isinstance(found, Text):
        return Seq([anything(), anything(), anything()])
    name = found.value.text.rpartition("/")[2]
    endings = [each.value.text if isinstance(each.value, nodes.Pattern) else "" for each in given.nodes[1:9]]
    stems = (_stem(name, each) for each in (*endings, *(described(each) for each in given.items[1:9])))
    stem = next((each for each in stems if each is not None), name)
    return Seq([Text(found.value.but(stem)), Text(parent(found.value) + literal("/")), text(name[len(stem) :])])


_ANY_ENDING = re.compile(r"\\?\.(?:\[\^\.\]|\.|\\w)[*+]\$?")


def _stem(name: str, ending: str) -> str | None:
    r"""Give a name without an ending that is written as a pattern: `.csv`, `\.csv`, `\.[^.]*`."""
    if _ANY_ENDING.fullmatch(ending):
        return name.rpartition(".")[0] or None
    plain = ending.replace("\\", "").removesuffix("$")
    return name.removesuffix(plain) if plain and name.endswith(plain) else None


def _documents(machine: Machine, given: Given) -> object:
    """Read a file of YAML as the list of its documents."""
    return Seq([read_settings(machine, given)], True)


def _mirrored(machine: Machine, given: Given) -> object:
    """Read `$agent->mirror(url, file)` and `$agent->get(url, ':content_file' => file)` (LWP::UserAgent)."""
    kept = given.get(1)
    if given.tail == "get":
        behind = [after for name, after in pairwise(given.items) if described(name) == ":content_file"]
        kept = behind[0] if behind else UNKNOWN
    if isinstance(kept, Text) and "://" not in kept.value.text:
        machine.touch(Mode.WRITE, kept, given.line, given.frame)
    return objects.outside(machine, given)


def _exists(_machine: Machine, given: Given) -> object:
    """Read `defined` and `exists`: nothing is not defined."""
    found = given.get(0)
    return False if found is None else (True if isinstance(found, Text) and found.value.exact else UNKNOWN)


def _checksums(machine: Machine, given: Given) -> object:
    for option in text_options(given.get(0)):
        machine.touch(Mode.WRITE, Text(option.value + literal("/CHECKSUMS")), given.line, given.frame)
    return UNKNOWN


FUNCTIONS: dict[str, Known] = {
    **perl_lists.FUNCTIONS,
    "bless": _bless,
    "use": _use,
    "require": _require,
    **rows("do eval", _do),
    **rows("find finddepth File::Find::find File::Find::finddepth", _find),
    "split": _split,
    **rows(
        "path Path::Tiny::path Path::Tiny::new file dir Path::Class::file Path::Class::dir Path::Class::File::new",
        _path,
    ),
    **rows("IO::File::new FileHandle::new IO::Zlib::new", _new_file),
    "fileparse": _file_parse,
    "opendir": _listed,
    "readdir": _names,
    "symlink": _linked,
    **rows("splitdir File::Spec::splitdir", _split_path),
    **rows("dirname File::Basename::dirname", library.parent_of),
    **rows("basename File::Basename::basename", library.last_part),
    **rows("abs_path realpath Cwd::abs_path Cwd::realpath rel2abs File::Spec::rel2abs", library.whole_path),
    **rows("canonpath File::Spec::canonpath File::Spec::Functions::canonpath", first_of),
    **rows("getcwd cwd Cwd::getcwd Cwd::cwd", library.working_folder),
    **rows("chdir pushd File::pushd::pushd", library.change_folder),
    **rows("catfile catdir File::Spec::catfile File::Spec::catdir", library.joined),
    **rows(
        "File::Spec::tmpdir tmpdir tempfile tempdir File::Temp::tempfile File::Temp::tempdir File::Temp::new",
        library.temporary,
    ),
    **rows(
        "time localtime gmtime strftime POSIX::strftime Time::Piece::localtime DateTime::now DateTime::today", clock
    ),
    **rows("sleep usleep", library.slept),
    "sprintf": library.formatted,
    "join": library.glued,
    **rows("uc CORE::uc", library.upper),
    "lc": library.lower,
    **rows("ref_to sort_by chomp lock_keys weaken", first_of),
    **rows("defined exists", _exists),
    **rows("flock", library.locked),
    **rows("GetOptions Getopt::Long::GetOptions GetOptionsFromArray", command_line.long_options),
    **rows("getopts getopt Getopt::Std::getopts", command_line.letters),
    **rows("DBI::connect DBI::connect_cached", objects.connection),
    **rows("LoadFile YAML::LoadFile YAML::XS::LoadFile YAML::Syck::LoadFile Config::Tiny::read", read_settings),
    "YAML::Tiny::read": _documents,
    **rows("Config::General::new Config::Simple::new Config::IniFiles::new", read_settings),
    **rows("decode_json from_json JSON::decode_json JSON::XS::decode_json Load from_toml", read_decoded),
    **rows("which File::Which::which", first_of),
    **rows("File::Path::mkpath mkpath make_path mkdir print printf say close binmode die warn croak carp", nothing),
    "substr": library.cut,
    **rows("ref wantarray length ucfirst lcfirst index caller", empty_text),
    **rows("CPAN::Checksums::updatedir", _checksums),
}

METHODS: dict[str, Known] = {
    **rows("decode decode_json load_string", read_decoded),
    **rows("read load_file", nothing),
    **rows("in", _searched),
    **rows("mirror get", _mirrored),
}

"""Functions of Ruby and its libraries (docs.ruby-lang.org) beside those of the idioms."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, Tool, anything, text
from migrator.commands.languages.paths import absolute
from migrator.commands.languages.reading import command_line, library, objects, records, tasks
from migrator.commands.languages.reading.dates import clock
from migrator.commands.languages.reading.language import Known, rows
from migrator.commands.languages.reading.library import empty_text, nothing
from migrator.commands.languages.reading.machine import Machine, described
from migrator.commands.languages.reading.settings_file import read_decoded, read_settings
from migrator.commands.languages.reading.values import Arguments, Closure, Given, Kind, Object
from migrator.commands.values import literal
from migrator.model import Mode


def _required(machine: Machine, given: Given) -> object:
    """Read `require`, `require_relative` and `load`."""
    machine.load(given.get(0), given.frame, module=given.name == "require_relative")
    return True


def _fetched(machine: Machine, given: Given) -> object:
    """Read `ENV.fetch(name, default)` and `hash.fetch(key, default)`."""
    owner = given.owner
    if isinstance(owner, Tool) and owner.kind == "environment":
        found = library.environment_of(machine, given)
        if found is UNKNOWN and given.block is not None:
            return machine.invoke(given.block, [], {}, given.line, given.frame)
        return found
    if isinstance(owner, Map):
        return owner.items.get(described(given.get(0)), given.items[1] if len(given.items) > 1 else UNKNOWN)
    return UNKNOWN


def _looped(machine: Machine, given: Given) -> object:
    """Read `loop do … end` and blocks that run where they stand."""
    if given.block is not None:
        machine.invoke(given.block, [UNKNOWN] * len(given.block.node.parameters), {}, given.line, given.frame)
    return UNKNOWN


def _path(_machine: Machine, given: Given) -> object:
    found = given.get(0)
    return Text(found.value, path=True) if isinstance(found, Text) else UNKNOWN


def _sent(machine: Machine, given: Given) -> object:
    machine.dispatched(given.frame)
    return UNKNOWN


def _globbed(machine: Machine, given: Given) -> object:
    found = library.result(machine, "glob", given)
    if given.block is not None and isinstance(found, Seq):
        for item in found.items[:6]:
            machine.invoke(given.block, [item], {}, given.line, given.frame)
    return found


def _ending(_machine: Machine, given: Given) -> object:
    """Read `File.extname(path)`."""
    found = given.get(0)
    name = found.value.text.rpartition("/")[2] if isinstance(found, Text) and found.value.exact else ""
    return text(f".{name.rpartition('.')[2]}") if "." in name.lstrip(".") else anything()


def _glob(machine: Machine, given: Given) -> object:
    """Read `Dir.glob(pattern)` and `Dir[pattern]`."""
    own = _programs(machine, given.get(0))
    if own is not None:
        if given.block is not None:
            objects.run_each(machine, Seq(own), given)
        return Seq(own)
    machine.touch(Mode.READ, given.get(0), given.line, given.frame)
    return _globbed(machine, given)


def _programs(machine: Machine, pattern: object) -> list[object] | None:
    """Give the program's own files that a pattern means, parts of it that it takes in; None where it means data."""
    if not isinstance(pattern, Text) or not pattern.value.text.endswith((".rb", ".rake")):
        return None
    folder, _, name = pattern.value.text.rpartition("/")
    place = absolute(pattern.value.but(folder.removesuffix("/**") or "."), machine.folder)
    if "*" in place.text:
        return []
    names = machine.walk.names(place.text, machine.scope)
    own: list[object] = [Text(place + literal(f"/{each}")) for each in names if fnmatchcase(each, name)]
    return own[:_MOST_OWN]


def _options(machine: Machine, given: Given) -> object:
    """Read `OptionParser.new do |parser| … end`."""
    found = Tool("options")
    if given.block is not None:
        machine.invoke(given.block, [found], {}, given.line, given.frame)
    return found


_OPTION = re.compile(r"--?(?:\[no-\])?([\w-]{1,80})")


def _option(machine: Machine, given: Given) -> object:
    """Read `parser.on('-o', '--out FILE') { |value| … }`: the block runs where the call passes the option."""
    if not (isinstance(given.owner, Tool) and given.owner.kind == "options"):
        return objects.outside(machine, given)
    passed, _ = command_line.words(machine)
    for each in given.items[:8]:
        match = _OPTION.match(described(each))
        if match is not None and match[1] in passed and given.block is not None:
            value = passed[match[1]][-1]
            machine.invoke(given.block, [True if value == 1 else value], {}, given.line, given.frame)
            break
    return given.owner


def _called(machine: Machine, given: Given) -> object:
    """Read `function.call(…)`."""
    if isinstance(given.owner, Closure | Kind | Object):
        return machine.invoke(given.owner, given.items, given.named, given.line, given.frame)
    return objects.outside(machine, given)


_MOST_OWN = 60

FUNCTIONS: dict[str, Known] = {
    **rows("require require_relative load", _required),
    **rows("File.dirname", library.parent_of),
    **rows("File.basename", library.last_part),
    **rows("File.expand_path File.absolute_path File.realpath", library.whole_path),
    **rows(
        "YAML.load_file YAML.safe_load_file Psych.load_file JSON.load_file TOML.load_file IniFile.load", read_settings
    ),
    **rows("JSON.parse YAML.load YAML.safe_load TOML.parse", read_decoded),
    **rows("Dir.glob Dir.[]", _glob),
    **rows("Dir.pwd Dir.getwd FileUtils.pwd", library.working_folder),
    **rows("Dir.chdir FileUtils.cd", library.change_folder),
    **rows("Time.now Date.today DateTime.now Time.current Date.current Time.zone.now", clock),
    **rows("Tempfile.new Tempfile.create Dir.mktmpdir Dir.tmpdir", library.temporary),
    "sleep": library.slept,
    **rows("File.exist? File.exists? File.file? File.size? File.readable?", library.looked),
    **rows("format sprintf", library.formatted),
    **rows("loop at_exit Timeout.timeout", _looped),
    **rows("Pathname.new Pathname Pathname()", _path),
    "OptionParser.new": _options,
    **rows("send public_send __send__ Object.const_get", _sent),
    **rows(
        "Sequel.connect PG.connect PG::Connection.new Mysql2::Client.new Sequel.mysql2 Sequel.postgres",
        objects.connection,
    ),
    **rows(
        "SQLite3::Database.new SQLite3.Database.new Mysql2.Client.new PG.Connection.new Sequel.sqlite",
        objects.connection,
    ),
    **rows("Git.open Git.init Rugged.Repository.new Git.clone", objects.repository),
    **rows("ENV.fetch", library.environment_of),
    **rows("puts print p warn raise abort exit pp FileUtils.mkdir_p Dir.mkdir private public", nothing),
    **rows("attr_accessor attr_reader attr_writer", nothing),
    **rows("include extend prepend", records.taken_in),
    **rows(" ".join(sorted(records.RELATIONS)), records.related),
    **rows("scope default_scope named_scope validates validate index field", nothing),
    **rows("before_save after_save before_create after_create before_destroy after_commit", nothing),
    **rows("store_in set_table_name set_collection_name set_dataset", records.kept_in),
    "namespace": tasks.space,
    **rows("task multitask file", tasks.defined),
    **rows("Rake.Task.[]", tasks.named),
    **rows("File.extname", _ending),
    **rows("rand SecureRandom.hex SecureRandom.uuid gets", empty_text),
}


def _empty(_machine: Machine, given: Given) -> object:
    return not given.owner.items if isinstance(given.owner, Arguments) else UNKNOWN


def _length(_machine: Machine, given: Given) -> object:
    return len(given.owner.items) if isinstance(given.owner, Arguments) else UNKNOWN


METHODS: dict[str, Known] = {
    "empty?": _empty,
    **rows("length size count", _length),
    "fetch": _fetched,
    "call": _called,
    "on": _option,
    **rows("send public_send __send__ const_get", _sent),
}

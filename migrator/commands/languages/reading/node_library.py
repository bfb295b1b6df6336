"""Functions of Node and of its libraries (nodejs.org/api) beside those of the idioms."""

from __future__ import annotations

from migrator.commands.languages.abstract import UNKNOWN, Map, Seq, Text, Tool, anything, text
from migrator.commands.languages.paths import absolute, folder_of
from migrator.commands.languages.reading import library, objects, records
from migrator.commands.languages.reading import rows as tables
from migrator.commands.languages.reading.dates import clock
from migrator.commands.languages.reading.language import Known, rows
from migrator.commands.languages.reading.library import empty_text, first_of, nothing
from migrator.commands.languages.reading.machine import Machine
from migrator.commands.languages.reading.settings_file import read_decoded, read_settings, values
from migrator.commands.languages.reading.values import Arguments, Closure, Given
from migrator.model import Mode


def _required(machine: Machine, given: Given) -> object:
    """Read `require(path)` and `import(path)`."""
    found = machine.load(given.get(0), given.frame, module=True)
    return UNKNOWN if found is None else found


def _dotenv(machine: Machine, given: Given) -> object:
    """Read `dotenv.config({path})`: what is not set comes from the file."""
    target = given.named.get("path", text(".env"))
    found = values(machine, target)
    machine.touch(Mode.READ, target, given.line, given.frame, 0.5)
    if isinstance(found, Map):
        for key, value in found.items.items():
            if isinstance(value, Text):
                machine.environment.setdefault(str(key), value.value)
    return UNKNOWN


def _timed(machine: Machine, given: Given) -> object:
    """Read `setTimeout(function, …)` and `new Promise((resolve, reject) => …)`."""
    objects.called_back(machine, given)
    return UNKNOWN


def _assigned(_machine: Machine, given: Given) -> object:
    """Read `Object.assign({}, a, b)`."""
    found = Map()
    for each in given.items:
        if isinstance(each, Map):
            found.items.update(each.items)
    return found


def _sqlite(machine: Machine, given: Given) -> object:
    target = given.get(0)
    machine.touch(Mode.READ, target, given.line, given.frame, 0.6)
    return objects.connection(machine, Given("connect", [], given.named, given.line, given.frame))


def _then(machine: Machine, given: Given) -> object:
    """Read `.then(function)`: it is given what came before."""
    for each in given.items[:2]:
        if isinstance(each, Closure) and id(each.node) not in machine.entered:
            machine.invoke(each, [given.owner] if given.name == "then" else [UNKNOWN], {}, given.line, given.frame)
    return UNKNOWN


def _keys(_machine: Machine, given: Given) -> object:
    found = given.get(0)
    if not isinstance(found, Map):
        return Seq([UNKNOWN], True)
    if given.tail == "keys":
        return Seq([text(str(key)) for key in found.items])
    if given.tail == "values":
        return Seq(list(found.items.values()))
    return Seq([Seq([text(str(key)), value]) for key, value in found.items.items()])


def _cut(_machine: Machine, given: Given) -> object:
    """Read `argv.slice(2)`."""
    start = given.get(0)
    if isinstance(given.owner, Seq):
        return Seq(given.owner.items[start if isinstance(start, int) and start >= 0 else 0 :], given.owner.open)
    return anything()


def _joined(machine: Machine, given: Given) -> object:
    """Read `[a, b].join('/')`."""
    if isinstance(given.owner, Seq):
        glue = given.get(0) if given.items else text(",")
        return library.glued(machine, Given("join", [glue, *given.owner.items], {}, given.line, given.frame))
    return UNKNOWN


def _url(_machine: Machine, given: Given) -> object:
    found = given.get(0)
    return Text(found.value.but(found.value.text.removeprefix("file://"))) if isinstance(found, Text) else anything()


def _queried(machine: Machine, given: Given) -> object:
    """Read `db('orders')`: what is called so and given a table's name builds a query."""
    alone = len(given.items) == 1 and given.owner is UNKNOWN and "." not in given.name
    found = tables.of_connection(machine, given.items, given.line, given.frame) if alone else UNKNOWN
    return objects.outside(machine, given) if found is UNKNOWN else found


def _addressed(_machine: Machine, given: Given) -> object:
    """Read `new URL('./data/x.json', import.meta.url)`: a file beside the module."""
    found = given.get(0)
    if not isinstance(found, Text) or len(given.items) < _WITH_BASE or "://" in found.value.text:
        return found if isinstance(found, Text) else anything()
    return Text(absolute(found.value, folder_of(given.frame.unit.deployed)))


_WITH_BASE = 2


def _kept_as_file(machine: Machine, given: Given) -> object:
    """Read `new FileSync('db.json')` and its kin of lowdb: a file that is read and written whole."""
    machine.touch(Mode.READ, given.get(0), given.line, given.frame, 0.6)
    machine.touch(Mode.WRITE, given.get(0), given.line, given.frame, 0.6)
    return UNKNOWN


def _prisma(_machine: Machine, _given: Given) -> object:
    return Tool("prisma")


FUNCTIONS: dict[str, Known] = {
    **rows("db knex trx tx", _queried),
    "new URL": _addressed,
    **rows("new~PrismaClient", _prisma),
    **rows("mongoose.model", records.modelled),
    **rows("new~FileSync new~JSONFile new~JSONFileSync JSONFilePreset JSONFileSyncPreset", _kept_as_file),
    **rows("require import", _required),
    **rows("JSON.parse yaml.load yaml.parse YAML.parse jsyaml.load js-yaml.load toml.parse ini.parse", read_decoded),
    **rows("readJsonSync readJSONSync fs-extra.readJson loadJsonFile", read_settings),
    **rows("dotenv.config", _dotenv),
    **rows("setTimeout setInterval setImmediate process.nextTick process.on new~Promise", _timed),
    **rows("Promise.all Promise.allSettled Promise.resolve promisify util.promisify", first_of),
    **rows("Object.assign", _assigned),
    **rows("Object.keys Object.values Object.entries", _keys),
    **rows("path.dirname dirname", library.parent_of),
    **rows("path.basename basename", library.last_part),
    **rows("path.normalize path.posix.normalize fs.realpathSync String", first_of),
    **rows("fileURLToPath url.fileURLToPath", _url),
    **rows("process.cwd", library.working_folder),
    **rows("process.chdir", library.change_folder),
    **rows("Date.now Date moment dayjs performance.now new~Date moment.utc", clock),
    **rows("os.tmpdir fs.mkdtempSync fs.mkdtemp tmp.fileSync tmp.dirSync", library.temporary),
    **rows("mysql.createConnection mysql.createPool mysql2.createConnection mysql2.createPool", objects.connection),
    **rows("mysql2.promise.createConnection mysql2.promise.createPool", objects.connection),
    **rows(
        "new~Pool new~Client new~pg.Pool new~pg.Client new~Sequelize new~Knex knex Knex knex.default knex.knex",
        objects.connection,
    ),
    **rows("new~sqlite3.Database new~Database new~better-sqlite3", _sqlite),
    **rows("simple-git simpleGit simple-git.simpleGit simple-git.default", objects.repository),
    **rows("console.log console.error console.warn console.info process.exit encodeURIComponent", nothing),
    **rows("fs.existsSync existsSync fs.statSync", library.looked),
    **rows("fs.mkdirSync mkdirSync parseInt Number", nothing),
    **rows("crypto.randomUUID JSON.stringify", empty_text),
}

METHODS: dict[str, Known] = {
    **rows("then finally", _then),
    "catch": _then,
    "slice": _cut,
    "define": records.laid_out,
    "join": _joined,
    **rows("push unshift", library.pushed),
}


def arguments(machine: Machine, _frame: object = None) -> object:
    """Give `process.argv`: the interpreter, the script, what the call passes."""
    script = [Text(machine.main.deployed)] if machine.scripted else []
    return Arguments([text("node"), *script, *machine.arguments])

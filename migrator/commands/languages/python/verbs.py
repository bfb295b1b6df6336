"""Calls of libraries that the reader does not know: their verb tells what becomes of a path that they are given.

`ncopen("/data/x.nc", "w")` writes, `api.download_all(products, directory_path="/data/in")` too, and
`ProductIO.readProduct(path)` reads. The confidence is lower than for a name that is known; a call without a path that
stands out says nothing.
"""

from __future__ import annotations

import re
import sys

from migrator.commands.languages.abstract import UNKNOWN, Text, options, text, text_options
from migrator.commands.languages.paths import as_folder
from migrator.commands.languages.python import files
from migrator.commands.languages.python.call import Call
from migrator.commands.languages.python.machine import Machine
from migrator.model import Mode

_CONFIDENCE = 0.6
_OPENED = 0.8
_OPENS = re.compile(r"(?:^|[a-z_])open$|open_(?:mf)?(?:dataset|dataarray|datatree|zarr|group|raster)$|^Dataset$")
_NO_FILES = frozenset({"popen", "urlopen", "webopen", "reopen", "is_open", "isopen", "fdopen", "open_url"})
_READS = re.compile(r"(?:read|load|parse|ingest)(?=_|[A-Z]|$)|from_?file$|imread$|loadtxt$")
_WRITES = re.compile(
    r"(?:write|save|export|dump|download|store)(?:to)?(?=_|[A-Z]|$)|to_?file$|im(?:write|save)$|savetxt$|to_[a-z0-9]+$"
)
_PLACE = re.compile(r"(?:^|_)(?:path|file|filename|filepath|dir|directory|folder|fname|fn)$")
_FOLDER = re.compile(r"(?:^|_)(?:dir|directory|folder)(?:$|_)")
_OUTPUT = re.compile(
    r"^(?:out|output|dst|dest|destination)(?:_?(?:path|file|filename|filepath|dir|directory|folder|name))?$"
)
_TABLE = ("table_name", "tablename", "table")
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.]{0,120}")
_TABLE_VERBS = (
    (
        re.compile(r"(?:save|insert|upsert|write|append|store|put|add|bulk|copy_to|load_to|update)(?=_|[A-Z]|$)"),
        Mode.WRITE,
    ),
    (re.compile(r"(?:select|read|fetch|query|get|find|count)(?=_|[A-Z]|$)"), Mode.READ),
)
_HEADLESS = re.compile(r"\s*(?!select\b)[\w*`\"][\w*`\"(),. ]*\sfrom\s+[\w`\"]", re.IGNORECASE)
_ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}(?:\.(?:gz|bz2|xz|zip|zst))?$")


_DATA = re.compile(
    r"/[^/]*\.(?:csv|tsv|dat|txt|jsonl?|ndjson|xml|db|sqlite3?|nc4?|h5|hdf5?|grib2?|grb2?|tiff?|shp|geojson|parquet|feather"
    r"|pkl|pickle|np[yz]|mat|fits?|mmdb|bam|vcf|fa|fasta|fastq|xlsx?|pcap|mrt|las|laz|mbtiles|osm|pbf|avro|orc|model)"
    r"(?:\.(?:gz|bz2|xz|zst))?$"
)
_NO_READERS = re.compile(
    r"log|handler|exist|(?:^|_)is_?|mkdir|dirs|path|name|print|warn|debug|error|send|post|upload|url|lock|temp|remove"
    r"|delete|unlink|chmod|chown|touch|stat|static|render|arg|create|make|generate|init|new|out|put|build|compress|zip"
    r"|saved?(?=_|[A-Z]|$)|write|stored?(?=_|[A-Z]|$)|export|dump|record|append|insert|set(?=_|[A-Z]|$)|add|copy|move|clear",
    re.IGNORECASE,
)
_GIVEN = 0.5


def is_foreign(dotted: str) -> bool:
    """Say whether a name with dots is of a library that Python does not bring; the readers of its own are known."""
    return dotted.partition(".")[0] not in sys.stdlib_module_names


def given_to_library(machine: Machine, name: str, call: Call) -> None:
    """Note a file of data that an imported library's own function is given first: `geoip.Reader("/srv/geo.mmdb")`.

    What it does with the file is not told. Hardly any makes one under a name that does not say so.
    """
    first = call.first()
    if isinstance(first, Text) and _DATA.search(first.value.text) and not _NO_READERS.search(name) and _is_path(first):
        machine.touch(Mode.READ, first, call, _GIVEN)


def told_by_verb(machine: Machine, name: str, call: Call, *, library: bool = False) -> object:
    """Note what a call's verb says of a path among its arguments; `library`: it is a function that was imported."""
    if name.lower() in _NO_FILES or _of_table(machine, name, call):
        return UNKNOWN
    if _OPENS.search(name):
        return _opened(machine, call)
    if _WRITES.match(name):
        _noted(machine, Mode.WRITE, call)
    elif _READS.match(name):
        _noted(machine, Mode.READ, call)
    else:
        if library:
            given_to_library(machine, name, call)
        for key, thing in call.named.items():
            if _OUTPUT.match(key) and _is_path(thing):
                machine.touch(Mode.WRITE, thing, call, _CONFIDENCE)
    return UNKNOWN


def _of_table(machine: Machine, name: str, call: Call) -> bool:
    """Note the table that a call names by a keyword, or in a query whose SELECT the library puts before it."""
    mode = next((mode for verb, mode in _TABLE_VERBS if verb.match(name)), None)
    tables = [option for key in _TABLE for option in text_options(call.named.get(key)) if option.value.exact]
    if mode is not None and tables:
        for option in tables:
            if _IDENTIFIER.fullmatch(option.value.text):
                machine.table(mode, option.value.text, call)
        return True
    asked = [option for option in text_options(call.first()) if not option.path]
    if name != "select" or not asked or not all(_HEADLESS.match(option.value.text[:2000]) for option in asked):
        return False
    for option in asked:
        machine.sql(text("SELECT " + option.value.text), call)
    return True


def _opened(machine: Machine, call: Call) -> object:
    target = call.first("path", "file", "filename", "filename_or_obj", "paths")
    return files.opened(machine, target, call.second("mode"), call, _OPENED) if _is_path(target) else UNKNOWN


def _noted(machine: Machine, mode: Mode, call: Call) -> None:
    """Note the one path among the arguments; of two it is not known which is meant."""
    outputs = [thing for key, thing in call.named.items() if _OUTPUT.match(key) and _is_path(thing)]
    named = [thing for key, thing in call.named.items() if _PLACE.search(key) and _is_path(thing)]
    placed = [thing for thing in call.given[:4] if _is_path(thing)]
    found = (outputs or named or placed) if mode is Mode.WRITE else (named or placed)
    if found == named and any(_FOLDER.search(key) for key in call.named):
        found = [as_folder(thing) for thing in found]
    if len(found) == 1:
        machine.touch(mode, found[0], call, _CONFIDENCE)
    for thing in outputs if mode is Mode.READ else ():
        machine.touch(Mode.WRITE, thing, call, _CONFIDENCE)


def _is_path(thing: object) -> bool:
    """Say whether a thing is text that can be nothing but a path: a folder in it or an ending, no blank, no address."""
    found = options(thing)
    return bool(found) and all(isinstance(option, Text) and _looks(option.value.text) for option in found)


def _looks(text: str) -> bool:
    if not text or len(text) > 1000 or set(text) & set(" \t\n<>{}|;\"'") or "://" in text:
        return False
    bare = text.strip("*./~")
    return bool(bare) and ("/" in text or bool(_ENDING.search(text)))

"""How Perl, PHP, Ruby, JavaScript and R open, move and list files, run commands and connect to databases.

Each idiom is a function's name with, by argument place, what it does to the argument (-1 is the last).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from migrator.model import Mode

_READ = ((0, Mode.READ),)
_WRITE = ((0, Mode.WRITE),)
_SECOND = ((1, Mode.WRITE),)
_MOVE = ((0, Mode.READ), (0, Mode.DELETE), (1, Mode.WRITE))
_COPY = ((0, Mode.READ), (1, Mode.WRITE))
_DELETE = ((0, Mode.DELETE),)

Uses = tuple[tuple[int, Mode], ...]


@dataclass(frozen=True, slots=True)
class Idioms:
    """The idioms of one language.

    `opens` take a mode: the places of path and mode. `starts` run their first argument as a command. `joins` join
    their arguments to a path, `folders` list one.
    """

    functions: Mapping[str, Uses]
    opens: Mapping[str, tuple[int, int]]
    starts: frozenset[str]
    joins: frozenset[str]
    folders: frozenset[str] = frozenset()


PERL = Idioms(
    functions={
        "move": _MOVE,
        "rename": _MOVE,
        "mv": _MOVE,
        "copy": _COPY,
        "cp": _COPY,
        "link": _COPY,
        "unlink": _DELETE,
        "rmtree": _DELETE,
        "remove_tree": _DELETE,
        "glob": _READ,
        "read_file": _READ,
        "slurp": _READ,
        "write_file": _WRITE,
        "append_file": ((0, Mode.APPEND),),
        "getstore": ((1, Mode.WRITE),),
        "mirror": ((1, Mode.WRITE),),
        **dict.fromkeys(("XMLin", "XML::Simple::XMLin", "parse_file", "decode_json_file", "read_text"), _READ),
        **dict.fromkeys(("write_text", "write_binary"), _WRITE),
        "tie": ((2, Mode.READ), (2, Mode.WRITE)),
        "dbmopen": ((1, Mode.READ), (1, Mode.WRITE)),
        "retrieve": _READ,
        "DumpFile": _WRITE,
        "nstore": ((1, Mode.WRITE),),
        "store": ((1, Mode.WRITE),),
    },
    opens={"open": (2, 1)},
    starts=frozenset({"system", "exec", "qx"}),
    joins=frozenset({"catfile", "catdir"}),
)
PHP = Idioms(
    functions={
        "file_get_contents": _READ,
        "file": _READ,
        "readfile": _READ,
        "simplexml_load_file": _READ,
        "file_put_contents": _WRITE,
        "rename": _MOVE,
        "copy": _COPY,
        "link": _COPY,
        "symlink": _SECOND,
        "unlink": _DELETE,
        "touch": _WRITE,
        "scandir": _READ,
        "opendir": _READ,
        "glob": _READ,
        "move_uploaded_file": _MOVE,
        **dict.fromkeys(("imagepng", "imagejpeg", "imagegif", "imagewebp"), _SECOND),
        **dict.fromkeys(("imagecreatefrompng", "imagecreatefromjpeg", "hash_file", "md5_file", "sha1_file"), _READ),
        "gzfile": _READ,
    },
    opens={"fopen": (0, 1), "gzopen": (0, 1), "SplFileObject": (0, 1)},
    starts=frozenset({"exec", "shell_exec", "system", "passthru", "popen", "proc_open"}),
    joins=frozenset(),
    folders=frozenset({"scandir", "opendir"}),
)
RUBY = Idioms(
    functions={
        "File.read": _READ,
        "File.readlines": _READ,
        "File.foreach": _READ,
        "IO.read": _READ,
        **dict.fromkeys(("File.binread", "IO.binread", "IO.foreach", "CSV.parse_file", "Find.find"), _READ),
        **dict.fromkeys(("File.binwrite", "IO.binwrite"), _WRITE),
        "IO.readlines": _READ,
        "CSV.foreach": _READ,
        "CSV.read": _READ,
        "CSV.table": _READ,
        "File.write": _WRITE,
        "IO.write": _WRITE,
        "FileUtils.mv": _MOVE,
        "File.rename": _MOVE,
        "FileUtils.cp": _COPY,
        "FileUtils.cp_r": _COPY,
        **dict.fromkeys(("File.link", "FileUtils.ln", "FileUtils.install"), _COPY),
        **dict.fromkeys(("File.symlink", "FileUtils.ln_s", "FileUtils.ln_sf"), _SECOND),
        "FileUtils.rm": _DELETE,
        "FileUtils.rm_rf": _DELETE,
        "FileUtils.rm_f": _DELETE,
        "File.delete": _DELETE,
        "File.unlink": _DELETE,
        "Dir.entries": _READ,
        "FileUtils.touch": _WRITE,
        "Dir.foreach": _READ,
    },
    opens={
        **dict.fromkeys(("File.open", "CSV.open", "File.new", "Zlib::GzipWriter.open", "Kernel.open"), (0, 1)),
        "open": (0, 1),
    },
    starts=frozenset({"system", "exec", "spawn", "Open3.capture3", "Open3.capture2"}),
    joins=frozenset({"File.join", "Rails.root.join"}),
    folders=frozenset({"Dir.entries", "Dir.foreach"}),
)
NODE = Idioms(
    functions={
        **{name: _READ for base in ("readFile", "readdir", "opendir") for name in (base, f"{base}Sync")},
        **{
            name: _WRITE
            for base in ("writeFile", "outputFile", "writeJson", "outputJson", "writeJSON")
            for name in (base, f"{base}Sync")
        },
        **dict.fromkeys(("appendFile", "appendFileSync"), ((0, Mode.APPEND),)),
        **{name: _MOVE for base in ("rename", "move") for name in (base, f"{base}Sync")},
        **dict.fromkeys(("copyFile", "copyFileSync", "copySync"), _COPY),
        **dict.fromkeys(("fs.link", "linkSync", "cpSync"), _COPY),
        **dict.fromkeys(("fs.symlink", "symlinkSync"), _SECOND),
        **dict.fromkeys(("unlink", "unlinkSync", "rmSync", "removeSync"), _DELETE),
        "createReadStream": _READ,
        "createWriteStream": _WRITE,
        "readJson": _READ,
        "readJSON": _READ,
    },
    opens={"openSync": (0, 1)},
    starts=frozenset({"exec", "execSync", "spawn", "spawnSync", "execFile", "execFileSync", "execa"}),
    joins=frozenset({"path.join", "path.resolve", "join", "resolve"}),
    folders=frozenset({"readdir", "readdirSync"}),
)
_R_READS = """
    read.csv read_csv read.table read_tsv readRDS fread load read_excel read.xlsx readLines read_json
    read_parquet read_feather st_read raster read_rds read.delim read_delim vroom read_lines read_file
    read_xlsx read_xls read_sas read_dta read_sf read.dta rast nc_open read_ods read.spss
    qread unzip
"""
_R_WRITES = """
    write.csv write_csv write.table write_tsv saveRDS fwrite write_json write_parquet write_feather write_rds
    write.xlsx writeLines st_write writeRaster write_excel_csv write_lines write_file write_xlsx write_sf save_kable
    saveWidget saveWorkbook write_ods write_dta save_plot write.dta write.xlsx2 qsave
"""
R = Idioms(
    functions={
        **dict.fromkeys(_R_READS.split(), _READ),
        **dict.fromkeys(_R_WRITES.split(), _SECOND),
        **dict.fromkeys(("ggsave", "pdf", "png", "jpeg", "svg", "sink", "tiff", "bmp", "zip"), _WRITE),
        "file.copy": _COPY,
        "file.rename": _MOVE,
        "file.remove": _DELETE,
        "unlink": _DELETE,
        "download.file": _SECOND,
    },
    opens={},
    starts=frozenset({"system", "system2"}),
    joins=frozenset({"file.path", "here", "here::here"}),
)

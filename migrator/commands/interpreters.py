"""Programs that run a text in another language: which script they are given, and with which arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from migrator.commands.values import Value
from migrator.model.frozen import frozen


@frozen
class Interpreted:
    """A call of an interpreter: `script` is a path, `text` a program on the line; neither: standard input.

    `module` says that the path was made from a module's name. `label` names the step where the script's name says too
    little (`manage.py migrate`). `distributed` says that paths
    without a scheme lie in the cluster's file system (`spark-submit`). `paths` are folders that libraries are looked
    for in (`perl -I`), `modules` libraries that are loaded before the text (`perl -MData`).
    `entry` is the function of the module that is called, where the module is not run as a program.
    """

    language: str
    script: Value | None
    arguments: tuple[Value, ...] = ()
    text: Value | None = None
    module: bool = False
    label: str = ""
    distributed: bool = False
    paths: tuple[Value, ...] = ()
    modules: tuple[Value, ...] = ()
    entry: str = ""


@dataclass(frozen=True, slots=True)
class _Language:
    name: str
    inline: tuple[str, ...] = ()
    valued: tuple[str, ...] = ()
    module: str = ""
    folders: tuple[str, ...] = ()
    loads: tuple[str, ...] = ()
    bundled: re.Pattern[str] | None = None
    # A text on the line comes before the script rather than in its place.
    before: bool = False


_PYTHON = _Language("python", ("-c",), ("-W", "-X", "-Q"), "-m")
_SPARK_OPTIONS = """
    --master --deploy-mode --class --name --jars --packages --py-files --files --conf --properties-file --driver-memory
    --executor-memory --executor-cores --num-executors --queue --driver-cores --total-executor-cores --archives
    --repositories --exclude-packages --driver-java-options --driver-library-path --driver-class-path --proxy-user
    --principal --keytab
"""
_SPARK = _Language("python", (), tuple(_SPARK_OPTIONS.split()))
_LETTERS = re.compile(r"-[acdilnpsStTuUvwWxX0-9]{0,8}[eE]")
_PERL = _Language("perl", ("-e", "-E"), ("-I", "-M", "-F"), "", ("-I",), ("-M", "-m"), _LETTERS)
_RUBY = _Language("ruby", ("-e",), ("-I", "-r", "-C", "-E"), "", ("-I",), ("-r",), re.compile(r"-[a-z]{0,4}e"))
_NODE_VALUED = ("-r", "--require", "--loader", "--import", "--env-file", "--max-old-space-size")
_LANGUAGES: Mapping[str, _Language] = {
    "python": _PYTHON, "pypy": _PYTHON, "pythonw": _PYTHON, "ipython": _PYTHON, "spark-submit": _SPARK,
    "pyspark": _SPARK,
    "perl": _PERL,
    "php": _Language("php", ("-r", "--run"), ("-d", "-c", "-z")),
    "ruby": _RUBY, "jruby": _RUBY,
    "node": _Language("node", ("-e", "-p", "--eval"), _NODE_VALUED),
    "nodejs": _Language("node", ("-e", "-p", "--eval"), _NODE_VALUED),
    "deno": _Language("node"), "bun": _Language("node"),
    "tsx": _Language("node"), "ts-node": _Language("node", (), ("-r", "-P", "--project")), "coffee": _Language("node"),
    "Rscript": _Language("r", ("-e",)), "R": _Language("r", ("-e",), ("-f-",)), "littler": _Language("r"),
    "julia": _Language("julia", ("-e",)),
    "lua": _Language("lua", ("-e",)), "tclsh": _Language("tcl"), "expect": _Language("tcl", ("-c",)),
    "groovy": _Language("groovy", ("-e",)),
    "scala": _Language("scala"), "papermill": _Language("notebook"), "jupyter": _Language("notebook"),
    "osascript": _Language("applescript", ("-e",)),
    "gnuplot": _Language("gnuplot", ("-e",), before=True), "octave": _Language("octave", ("--eval",)),
    "matlab": _Language("matlab", ("-r", "-batch")),
    "csi": _Language("scheme"), "guile": _Language("scheme"), "escript": _Language("erlang"),
    "elixir": _Language("elixir", ("-e",)),
    "swift": _Language("swift"), "awk": _Language("awk"), "clojure": _Language("clojure"), "bb": _Language("clojure"),
}  # fmt: skip
_VERSIONED = ("python", "pypy", "perl", "php", "ruby", "node", "lua", "jruby", "ipython")
_VERSION = re.compile(rf"({'|'.join(_VERSIONED)})[\d.]*(?:-\w+)?$")
_FRAMEWORK_NAMES = """
    manage.py artisan console rake rails yii cake drush wp occ magento cli.py typo3 spark thor mix craft maintenance.php
    run.py main.py cron.php
"""
_FRAMEWORKS = frozenset(_FRAMEWORK_NAMES.split())


def language_of(name: str) -> str | None:
    """Give the language of an interpreter's name, None where it is none."""
    language = _language(name)
    return None if language is None else language.name


def _language(name: str) -> _Language | None:
    """Find an interpreter, its version left out: `python3.11`, `php8.2-cgi`."""
    language = _LANGUAGES.get(name)
    if language is None and name.startswith(_VERSIONED):
        match = _VERSION.match(name)
        language = _LANGUAGES.get(match[1]) if match else None
    return language


def runs_text(name: str) -> bool:
    """Say whether a name may be that of an interpreter."""
    return name in _LANGUAGES or name.startswith(_VERSIONED) or name in ("java", "javaw")


def interpreted(name: str, arguments: tuple[Value, ...]) -> Interpreted | None:
    """Read a call of an interpreter; None where the name is none."""
    if name == "java" or name == "javaw":
        return _java(arguments)
    language = _language(name)
    if language is None or language.name == "awk":
        return None
    told = _arguments(language, arguments)
    return replace(told, distributed=True) if language is _SPARK else told


def _arguments(language: _Language, arguments: tuple[Value, ...]) -> Interpreted:
    place = 0
    paths: list[Value] = []
    modules: list[Value] = []
    first: Value | None = None
    while place < len(arguments):
        text = arguments[place].text
        if language.before and text in language.inline and len(arguments) > place + 2:
            first = arguments[place + 1]
            place += 2
            continue
        if text in language.inline or (language.bundled and language.bundled.fullmatch(text)):
            rest = arguments[place + 1 :]
            text_given = rest[0] if rest else None
            return Interpreted(language.name, None, rest[1:], text_given, paths=tuple(paths), modules=tuple(modules))
        if language.module and text == language.module:
            return _module(language, arguments[place + 1 :])
        if language.name == "php" and text == "-f":
            place += 1
            continue
        if text == "-" or not text.startswith("-"):
            break
        place += _kept(language, arguments, place, paths, modules)
    rest = arguments[place:]
    if not rest or rest[0].text == "-":
        return Interpreted(language.name, None, rest[1:], paths=tuple(paths), modules=tuple(modules))
    if language.name == "r" and [value.text for value in rest[:2]] == ["CMD", "BATCH"]:
        rest = tuple(value for value in rest[2:] if not value.text.startswith("-"))[:1] or rest
    if language.name == "node" and rest[0].text == "run":
        rest = rest[1:] or rest
    label = framework_label(rest[0], rest[1:])
    script, given = rest[0], rest[1:]
    return Interpreted(language.name, script, given, first, False, label, False, tuple(paths), tuple(modules))


def _kept(
    language: _Language, arguments: tuple[Value, ...], place: int, paths: list[Value], modules: list[Value]
) -> int:
    """Keep what an option says of libraries (`-Ilib`, `-I lib`, `-MData`); give how many words it takes."""
    value = arguments[place]
    text = value.text
    letter = text[:2]
    kept = paths if letter in language.folders else modules if letter in language.loads else None
    alone = text in language.valued
    if kept is not None and len(text) > 2:
        kept.append(value.but(text[2:], value.written[2:]))
        return 1
    if kept is not None and place + 1 < len(arguments):
        kept.append(arguments[place + 1])
    return 2 if alone or kept is not None else 1


def _module(language: _Language, rest: tuple[Value, ...]) -> Interpreted:
    if not rest:
        return Interpreted(language.name, None)
    name = rest[0]
    path = name.but(name.text.replace(".", "/") + ".py", name.written.replace(".", "/") + ".py")
    return Interpreted(language.name, path, rest[1:], module=True, label=name.shown)


def framework_label(script: Value, arguments: tuple[Value, ...]) -> str:
    """Name a call of a framework's runner by the command that it is given."""
    base = script.text.rpartition("/")[2]
    if base not in _FRAMEWORKS:
        return ""
    action = next((value.shown for value in arguments if not value.text.startswith("-")), "")
    return f"{base} {action}".strip() if len(action) < 40 else base


def _java(arguments: tuple[Value, ...]) -> Interpreted | None:
    texts = [value.text for value in arguments]
    if "-jar" in texts and texts.index("-jar") + 1 < len(texts):
        place = texts.index("-jar") + 1
        return Interpreted("java", arguments[place], arguments[place + 1 :])
    place = 0
    while place < len(texts) and texts[place].startswith("-"):
        place += 2 if texts[place] in ("-cp", "-classpath", "--class-path", "--module-path", "-p") else 1
    if place >= len(texts):
        return None
    name = texts[place].rpartition(".")[2]
    return Interpreted("java", arguments[place], arguments[place + 1 :], module=True, label=f"java {name}")

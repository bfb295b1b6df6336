"""Short names for people: the script or program that a command is about, not what wraps it.

A quick reading of words, in linear time, on redacted text: a title claims nothing, so the shell's tree is not needed.
"""

import posixpath
import re
from functools import lru_cache
from itertools import pairwise

from migrator.inventory.runners import host, image, inside
from migrator.shell.runners import RUNNERS

_DEEPEST = 3
LONGEST = 60
_SLUG_LENGTH = 40
_READ = 20_000
_TOKEN = re.compile(
    r"""(?P<blank>[ \t\r\n]+)
      | (?P<redirect>\d{0,3}(?:&>>?|>>?&?|<<<?|<&|<|>\|)[ \t]*)
      | (?P<control>&&|\|\||\|&|;;|[;|&(){}\n])
      | (?P<word>(?:\$\(\([^()]{0,200}\)\)|[^\s'"\\;|&<>()]|\\.|'[^']*(?:'|$)|"(?:[^"\\]|\\.)*(?:"|$)|\\$)+)""",
    re.VERBOSE | re.DOTALL,
)
# Without one of these a line is one command, and its words stand between blanks.
_SPECIAL = re.compile(r"""['"\\;|&<>(){}]""")
_BACKTICKS = re.compile(r"`([^`]*)`")
_PARENTHESIS = re.compile(r"[()]")
_QUOTES = re.compile(r"""\\(.)|'([^']*)'?|"((?:[^"\\]|\\.)*)"?""", re.DOTALL)
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*\+?=")
_VARIABLE = re.compile(r"\$(?:\w+|\{\w+\})")
_PLAIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_:.-]{0,39}")
_SCRIPT = re.compile(r".*\.(?:sh|bash|ksh|csh|py|pl|rb|php|js|mjs|ts|jar|lua|r|tcl|exp)", re.IGNORECASE)
_INTERPRETER = re.compile(r"(?:python|php|ruby|perl|node|java|lua|Rscript|tclsh|expect|groovy|scala)[0-9.]*")
_SHELL = re.compile(r"(?:ba|da|k|z|c|tc|a)?sh")
# Words that come before the command, those of the shell itself among them.
_WRAPPERS = frozenset({
    "nice", "ionice", "nohup", "time", "chronic", "setsid", "exec", "command", "builtin", "env", "sudo", "doas", "chrt",
    "taskset", "timeout", "flock", "lockf", "setlock", "run-one", "stdbuf", "unbuffer", "cronic", "eatmydata",
    "caffeinate", "cronlock", "solo", "systemd-cat", "xargs", "croncape", "gosu", "su-exec", "setuidgid",
    "s6-setuidgid", "envdir", "chpst", "lckdo", "lockrun", "parallel",
    "if", "then", "else", "elif", "while", "until", "do", "!", "{",
})  # fmt: skip
_HOUSEKEEPING = frozenset({
    "cd", "export", "set", "source", ".", "true", ":", "umask", "ulimit", "test", "[", "[[", "sleep", "mkdir",
    "echo", "printf", "exit", "trap", "unset", "eval", "fi", "done", "esac", "date", "shopt", "pushd", "popd",
    "false", "for", "alias", "wait", "local", "read", "return", "case",
    "dirname", "basename", "readlink", "realpath", "pwd", "mktemp",
})  # fmt: skip
_LOOKING = frozenset({
    "ls", "ps", "pgrep", "pidof", "lsof", "grep", "egrep", "zgrep", "cat", "zcat", "head", "tail", "awk", "sed",
    "sort", "uniq", "tr", "cut", "wc", "tee", "which", "stat", "logger", "df", "du", "who", "hostname", "uname",
    "id", "type",
})  # fmt: skip
_MANAGERS = frozenset({"manage.py", "artisan", "console", "manage", "wp-cli.phar", "cron.php"})
_TWO_WORDS = frozenset(
    {"aws", "gcloud", "az", "docker", "docker-compose", "kubectl", "podman", "npm", "yarn", "bundle"}
)


@lru_cache(maxsize=65_536)
def title_of(command: str) -> str:
    """Name a command in at most 60 characters; an empty command is called so."""
    segments = _segments(_BACKTICKS.sub(r"$(\1)", command[:_READ]))
    return shortened(_best(segments, 0)[0]) or "(empty command)"


def shortened(title: str) -> str:
    """Cut a title to its length, blanks folded, unprintable characters left out."""
    if not title.isprintable():
        title = "".join(character if character.isprintable() else " " for character in title)
    clean = " ".join(title.split())
    return clean if len(clean) <= LONGEST else clean[: LONGEST - 1].rstrip() + "…"


def slug_of(title: str) -> str:
    """Write a title with a-z, 0-9 and `-` alone, at most 40 characters; `job` where nothing is left."""
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")
    return slug[:_SLUG_LENGTH].rstrip("-") or "job"


def _best(segments: list[list[str]], depth: int) -> tuple[str, int]:
    """Give the first name of the highest rank: work before a look at something, that before preparation."""
    named = [_name(words, depth) for words in segments]
    return max((each for each in named if each[0]), key=lambda each: each[1], default=("", 0))


def _segments(command: str) -> list[list[str]]:
    """Split at control operators into lists of words, redirections left out."""
    if not _SPECIAL.search(command):
        words = command.split()
        return [words] if words else []
    segments: list[list[str]] = [[]]
    outer: list[list[str] | None] = []  # the command around each open parenthesis, None around a subshell
    current, at, skip_next = segments[0], 0, False
    while at < len(command):
        if command.startswith("$((", at):
            at = _behind_arithmetic(command, at)
            continue
        match = _TOKEN.match(command, at)
        if match is None:
            at += 1
            continue
        at = match.end()
        if match["redirect"]:
            skip_next = True
        elif match["control"]:
            around = _around(match["control"], command[at - 2 : at - 1], current, outer)
            if around is None:
                segments.append(around := [])
            current, skip_next = around, False
        elif match["word"]:
            if not skip_next:
                current.append(match["word"])
            skip_next = False
    return [segment for segment in segments if segment]


def _around(control: str, before: str, current: list[str], outer: list[list[str] | None]) -> list[str] | None:
    """Give the command that goes on behind `$(…)`, None where another begins; `before` stands before the operator."""
    if control == "(":
        outer.append(current if before == "$" else None)
    elif control == ")" and outer:
        return outer.pop()
    return None


def _behind_arithmetic(command: str, start: int) -> int:
    """Give the offset behind `$((…))`: what stands in it is no command, even where it never closes."""
    depth = 0
    for match in _PARENTHESIS.finditer(command, start):
        depth += 1 if match[0] == "(" else -1
        if not depth:
            return match.end()
    return len(command)


def _unquoted(word: str) -> str:
    if not _SPECIAL.search(word):
        return word
    return _QUOTES.sub(lambda match: match[1] or match[2] or match[3] or "", word)


def _name(words: list[str], depth: int) -> tuple[str, int]:
    """Name a simple command, with its rank: 2 does work, 1 looks or filters, 0 prepares."""
    plain = _without_wrappers([_unquoted(word) for word in words])
    if not plain:
        return "", -1
    program, rest = posixpath.basename(plain[0]) or plain[0], plain[1:]
    if program.startswith("-") and program != "-":
        return program, -1  # an option of a command that could not be read
    if program in _HOUSEKEEPING:
        return program, 0
    if _INTERPRETER.fullmatch(program):
        name = _interpreted(program, rest)
        # A text on the command line says less than a program beside it.
        return name, 1 if name.endswith((" -e", " -c", " -r")) else 2
    if run := _run_by(program, rest, depth):
        return run, 2
    return _of_program(plain[0], program, rest), 1 if program in _LOOKING else 2


def _of_program(written: str, program: str, rest: list[str]) -> str:
    """Name a program with the operand that says most."""
    if _VARIABLE.fullmatch(program) and (run := _run_by_variable(rest)):
        return run
    if program in {"run-parts", "run-cron"}:
        return " ".join([program, *(posixpath.basename(word.rstrip("/")) for word in rest if "/" in word)][:2])
    operands = _operands(rest, 2 if program in _TWO_WORDS else 1)
    if program in {"curl", "wget"}:
        operands = [host for host in map(_host, rest) if host][:1]
    if "/" in written and not _SCRIPT.fullmatch(program) and program == written.strip("/"):
        operands = []
    if not operands and not _SCRIPT.fullmatch(program):
        # What runs whatever it is given says less than that: `run_job db/stats.php`.
        operands = _script_given(rest)
    if program in {"find", "rm", "tar", "psql", "mysql", "touch", "mv", "cp"} and not operands:
        operands = [posixpath.basename(word.rstrip("/")) for word in rest if "/" in word and not word.startswith("-")][
            :1
        ]
    return " ".join([program, *operands])


def _run_by(program: str, rest: list[str], depth: int) -> str:
    """Name what a program runs: as another user, in a shell, elsewhere; nothing where it runs no other."""
    if program in {"su", "runuser"}:
        return _of_user(program, rest, depth)
    if _SHELL.fullmatch(program):
        return _shell_name(program, rest, depth)
    return _run_elsewhere(program, rest, depth) if depth < _DEEPEST else ""


def _run_elsewhere(program: str, rest: list[str], depth: int) -> str:
    """Name what runs in a container, an environment or on another host; nothing where nothing does."""
    if inner := inside(program, rest):
        return _name(inner, depth + 1)[0]
    if program == "ssh":
        place, words = host(rest)
        name = _best(_segments(" ".join(words)), depth + 1)[0]
        return " ".join(part for part in (program, place, name) if part) if name else ""
    place, words = image(program, rest)
    return " ".join(part for part in (program, "run", place, _best([words], depth + 1)[0]) if part) if place else ""


def _run_by_variable(rest: list[str]) -> str:
    """Name what a program that only a variable names is given to run: `$RUN /opt/shop/load orders`."""
    for position, word in enumerate(rest):
        if word.startswith("-"):
            continue
        if "/" not in word and not _SCRIPT.fullmatch(word):
            return ""
        return " ".join(filter(None, (posixpath.basename(word), *_operands(rest[position + 1 :], 1))))
    return ""


def _without_wrappers(words: list[str]) -> list[str]:
    at = 0
    while at < len(words):
        if _ASSIGNMENT.match(words[at]):
            at += 1
            continue
        name = posixpath.basename(words[at])
        if name not in _WRAPPERS:
            break
        runner = RUNNERS.get(name)
        operands = runner.words if runner else 0
        at += 1
        while at < len(words) and words[at].startswith("-") and len(words[at]) > 1:
            takes = runner is not None and runner.takes_next(words[at])
            if name == "flock" and words[at] == "-c":
                operands, takes = 0, False
            at += 2 if takes else 1
        at += operands
        if name == "flock" and at < len(words) and words[at] == "-c":
            at += 1
        if at < len(words) and " " in words[at] and name in {"flock", "setlock", "run-one", "parallel"}:
            inner = _segments(words[at])
            # `cd /x && ./run.sh`: the last one. The braces of parallel's `{}` look like more commands than there are.
            place = 0 if name == "parallel" else -1
            return [_unquoted(word) for word in inner[place]] if inner else []
    return words[at:]


def _of_user(program: str, rest: list[str], depth: int) -> str:
    """Name what another user runs: the text behind `-c`, or the command behind `--`."""
    for position, word in enumerate(rest[:-1]):
        if word in {"-c", "--command"} and depth < 2:
            return _best(_segments(rest[position + 1]), depth + 1)[0] or program
        if word == "--":
            return _name(rest[position + 1 :], depth)[0] or program
    return program


def _shell_name(program: str, rest: list[str], depth: int) -> str:
    """Name a script that a shell runs, or what its `-c` text does."""
    for position, word in enumerate(rest):
        if word.startswith("-") and not word.startswith("--") and "c" in word:
            text = rest[position + 1] if position + 1 < len(rest) else ""
            return (_best(_segments(text), depth + 1)[0] if depth < 2 else "") or program
        if not word.startswith("-"):
            return " ".join([posixpath.basename(word) or word, *_operands(rest[position + 1 :], 1)])
    return program


def _interpreted(program: str, rest: list[str]) -> str:
    """Name a script of another language by its file, a text or module by its interpreter too."""
    for position, word in enumerate(rest):
        if word in {"-m", "-jar"} and position + 1 < len(rest):
            return f"{program} {word} {posixpath.basename(rest[position + 1])}"
        if word in {"-e", "-c", "-r"}:
            return f"{program} {word}"
        if word.startswith("-"):
            continue
        after = _operands(rest[position + 1 :], 1)
        name = posixpath.basename(word) or word
        # A file name that says nothing by itself keeps what runs it.
        return " ".join([name if _SCRIPT.fullmatch(name) or name in _MANAGERS else f"{program} {name}", *after])
    return program


def _operands(words: list[str], most: int) -> list[str]:
    """Give the first plain words: subcommands and names, no options, paths or numbers."""
    found: list[str] = []
    for word in words:
        if len(found) == most or not _PLAIN_WORD.fullmatch(word):
            break
        found.append(word)
    return found


def _script_given(words: list[str]) -> list[str]:
    """Give the first script among the operands; one that an option's hook names is not what is run."""
    for before, word in pairwise(["", *words]):
        if not word.startswith("-") and not before.endswith("hook") and _SCRIPT.fullmatch(word):
            return [posixpath.basename(word)]
    return []


def _host(word: str) -> str:
    match = re.match(r"[a-z]+://(?:[^/@\s]*@)?([^/:?#\s]+)", word)
    return match[1] if match else ""

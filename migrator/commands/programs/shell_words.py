"""Shell housekeeping, text filters and probes: commands that are no steps, or only where they stand alone."""

from __future__ import annotations

from migrator.commands.facts import StepKind, Trait
from migrator.commands.invocation import Effect, Family, Invocation, Reader, Role, Touch, reads, sort_out, writes
from migrator.commands.paths import of_kernel
from migrator.commands.values import literal
from migrator.model import Mode

_HOUSEKEEPING_NAMES = """
    cd pushd popd export readonly declare typeset local unset set shopt setopt echo printf print true false : exit
    return break continue sleep usleep trap umask ulimit renice ionice shift read wait test [ [[ alias unalias bind
    complete hash times enable builtin let getopts getopt dirs disown suspend logout tput stty clear reset source .
    mapfile readarray ulimit fg bg jobs type login sync
"""
HOUSEKEEPING = frozenset(_HOUSEKEEPING_NAMES.split())
_FILTER_NAMES = """
    cat tac head tail cut tr sort uniq grep egrep fgrep zgrep sed wc paste join comm fold fmt nl rev column expand
    unexpand od xxd hexdump base64 base32 strings iconv jq yq xmllint xsltproc pr look tsort shuf numfmt ts pv ccze
    ansi2html csvcut csvsql recode dos2unix unix2dos tee less more factor colrm buffer mbuffer lastpipe
"""
_FILTERS = _FILTER_NAMES.split()
_PROBE_NAMES = """
    pwd caller logname groups getconf lsb_release ls stat file du df id whoami hostname uname uptime date cal ps pgrep
    pidof lsof fuser top free vmstat iostat netstat ss who w last which whereis command type basename dirname readlink
    realpath seq expr bc dc md5 cksum cmp diff mountpoint on_ac_power findmnt lsblk blkid getent locale env printenv
    nproc arch tty ping ping6 nc nslookup dig host mktemp tempfile lscpu dpkg-query has strace
"""
_PROBES = _PROBE_NAMES.split()
_SCRIPT_FIRST = frozenset({"grep", "egrep", "fgrep", "zgrep", "awk", "gawk", "mawk", "nawk", "sed", "jq", "yq", "tr"})
_FILTER_WORDS = "-e -f -F -v -n -c -d -k -t -o -S -T -m -A -B -C -w -b --lines --bytes --expression --file --output"
_FILTER_VALUES = frozenset(_FILTER_WORDS.split())
# Options that take the next word, by program: `-n` counts lines for `head`, and for `sort` it says how to compare.
_VALUED = {
    name: frozenset(options.split())
    for names, options in (
        ("cat tac rev base64 strings fmt wc tsort", "-w --wrap"),
        ("grep egrep fgrep zgrep", "-e -f -m -A -B -C -d -D"),
        ("sed", "-e -f -l --expression --file"),
        ("jq yq", "--arg --argjson --slurpfile --rawfile --indent"),
        ("uniq", "-f -s -w"),
        ("sort", "-k -t -o -S -T --key --field-separator --output --parallel --buffer-size --temporary-directory"),
        ("head", "-n -c --lines --bytes"),
        ("tail", "-n -c -s --lines --bytes --pid"),
        ("cut", "-b -c -d -f --output-delimiter"),
        ("join", "-1 -2 -a -e -j -o -t -v"),
        ("paste", "-d --delimiters"),
        ("nl", "-b -d -f -h -i -l -n -s -v -w"),
        ("shuf", "-i -n -o"),
    )
    for name in names.split()
}


def housekeeping(call: Invocation) -> Effect:
    """Say that the command only serves the shell."""
    return Effect(role=Role.HOUSEKEEPING, label=call.name)


def probe(call: Invocation) -> Effect:
    """Say that the command asks and changes nothing; `ls` looks into folders."""
    if call.name == "ls":
        files = tuple(value for value in call.arguments if not value.text.startswith("-")) or (literal("./"),)
        return Effect(role=Role.PROBE, label=call.name, touches=reads(*files, confidence=0.6))
    return Effect(role=Role.PROBE, label=call.name)


def text_filter(call: Invocation) -> Effect:
    """Read a filter: its file arguments are read; `sort -o` and `sed -i` write."""
    valued = _VALUED.get(call.name, _FILTER_VALUES)
    got = sort_out(call.arguments, valued)
    files = got.rest
    if call.name == "tr":
        return Effect(role=Role.FILTER)
    if call.name in _SCRIPT_FIRST and not got.has("-e", "-f", "--expression", "--file"):
        files = files[1:]
    if call.name == "jq":
        files = tuple(file for file in files if "/" in file.text or "." in file.text)
    if call.name == "sed" and (got.has("-i", "--in-place") or any(a.text.startswith("-i") for a in call.arguments)):
        return Effect(kind=StepKind.FILES, touches=reads(*files) + writes(*files))
    touches = reads(*(file for file in files if "=" not in file.text or "/" in file.text.partition("=")[0]))
    output = got.last("-o", "--output") if call.name in ("sort", "iconv", "xsltproc") else None
    if output is not None:
        return Effect(kind=StepKind.FILES, touches=touches + writes(output))
    return Effect(role=Role.FILTER, touches=touches)


def tee(call: Invocation) -> Effect:
    """Read `tee`: it writes or, with `-a`, appends its files."""
    got = sort_out(call.arguments, frozenset())
    mode = Mode.APPEND if got.has("-a", "--append") else Mode.WRITE
    kernel = next((file.text for file in got.rest if of_kernel(file.text)), "")
    if kernel:
        needs = ((Trait.NEEDS_HOST, f"writes {kernel} of this host"),)
        return Effect(maintains=f"writes to the kernel: {kernel}", traits=needs)
    return Effect(role=Role.FILTER, touches=tuple(Touch(mode, file) for file in got.rest))


def xargs(call: Invocation) -> Effect:
    """Read `xargs` where what it runs is not known."""
    return Effect(role=Role.FILTER, label=call.name)


_READERS: dict[str, Reader] = dict.fromkeys(HOUSEKEEPING, housekeeping)
_READERS |= dict.fromkeys(_PROBES, probe)
_READERS |= dict.fromkeys(_FILTERS, text_filter)
_READERS |= {"tee": tee, "logger": housekeeping, "mkdir": housekeeping, "xargs": xargs}

FAMILY = Family("shell-words", _READERS)

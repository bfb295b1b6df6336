"""What programs take in from their own libraries: exported names of Perl, classes of PHP that load themselves."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes

CONF = """package Site::Conf;
use Exporter 'import';
our @EXPORT = qw($OUT %FROM);
our @EXPORT_OK = qw($LOGS @DAYS ROOT note);
our %EXPORT_TAGS = (paths => ['$LOGS']);
use constant ROOT => '/root';
our $BASE = '/data';
our $OUT = "$BASE/out";
our $LOGS = "$BASE/logs";
our @DAYS = ('mo', 'tu');
our %FROM = (a => '/in/a', b => '/in/b');
1;
"""


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("use Site::Conf; open(F, '<', \"$OUT/x\");", {"/data/out/x"}),
        ("use Site::Conf; open(F, '<', \"$FROM{b}/x\");", {"/in/b/x"}),
        (
            "use Site::Conf qw($LOGS ROOT); open(F, '<', \"$LOGS/x\"); open(G, '<', ROOT . '/y');",
            {"/data/logs/x", "/root/y"},
        ),
        ("use Site::Conf ':paths'; open(F, '<', \"$LOGS/x\");", {"/data/logs/x"}),
        ("use Site::Conf '@DAYS'; open(F, '<', \"/a/$_\") for @DAYS;", {"/a/mo", "/a/tu"}),
        ("use Site::Conf; open(F, '<', \"$Site::Conf::LOGS/x\");", {"/data/logs/x"}),
        # Not exported, or exported only where it is asked for: another variable, of which nothing is known.
        ("use Site::Conf; open(F, '<', \"$BASE/x\"); open(G, '<', \"/b$LOGS/y\");", {"*/x", "/b*/y"}),
        ("use Site::Conf '$BASE'; open(F, '<', \"$BASE/x\");", {"*/x"}),
        ("package Other; use Site::Conf; package main; open(F, '<', \"$OUT/x\");", {"*/x"}),
        ("use Site::Conf; my $OUT = '/own'; open(F, '<', \"$OUT/x\");", {"/own/x"}),
    ],
)
def test_a_perl_module_gives_its_names_away(text: str, read: set[str]) -> None:
    """Variables and constants are known by their bare names to the package that uses the module, and to no other."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": "use lib '/opt/lib';\n" + text, "opt/lib/Site/Conf.pm": CONF})
    assert reads(found) == read


def test_an_exported_name_is_one_variable() -> None:
    """What a module's function sets is what the program sees under the name that it took in."""
    module = "package C; use Exporter 'import'; our @EXPORT = qw($dir load); our $dir; sub load { $dir = '/late' } 1;"
    text = "use lib '/opt/lib'; use C; load(); open(F, '<', \"$dir/x\");"
    assert reads(facts("perl /opt/p.pl", {"opt/p.pl": text, "opt/lib/C.pm": module})) == {"/late/x"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("next unless -e '/a/x.done' && -M '/a/x.done' < 1;", {"/a/x.done"}),
        ("exit unless -s '/a/x.csv';", {"/a/x.csv"}),
        # What may be a folder, a program or any of many files is no file that the program goes by.
        ("die unless -e '/a/folder';", set()),
        ("die unless -d '/a/x.d';", set()),
        ("die unless -x '/usr/bin/x.sh';", set()),
        ('for (glob $ARGV[0]) { print if -f "/a/$_.csv" }', {"*"}),
        ("use File::Find; find(sub { print if -f '/a/x.csv' }, '/b');", {"/b/"}),
    ],
)
def test_a_file_asked_for_by_name_is_read(text: str, read: set[str]) -> None:
    """A test of a named file says what the program goes by."""
    assert reads(facts("perl /opt/p.pl", {"opt/p.pl": text})) - {"*"} == read - {"*"}


def test_a_walk_that_changes_nothing_reads_its_folder() -> None:
    """File::Find over a folder with a function that only looks reads what lies there; one that deletes does not."""
    looks = (
        "use File::Find; use Storable; my %i; find(sub { $i{$File::Find::name} = 1 }, '/a/b'); nstore(\\%i, '/c/i');"
    )
    found = facts("perl /opt/p.pl", {"opt/p.pl": looks})
    assert (reads(found), writes(found)) == ({"/a/b/"}, {"/c/i"})
    clears = facts("perl /opt/p.pl", {"opt/p.pl": "use File::Find; find(sub { unlink $_ }, '/a/b');"})
    assert (reads(clears), touched(clears, Mode.DELETE)) == (set(), {"/a/b/*"})


STORE = "<?php class Store { const D = '/d/'; static function put() { file_put_contents(self::D . 'x', 1); } }"


@pytest.mark.parametrize(
    ("text", "files"),
    [
        (
            'spl_autoload_register(function ($c) { require __DIR__ . "/classes/$c.php"; }); Store::put();',
            {"opt/classes/Store.php": STORE},
        ),
        (
            "function load($c) { include 'classes/' . $c . '.inc'; } spl_autoload_register('load'); Store::put();",
            {"opt/classes/Store.inc": STORE},
        ),
        (
            (
                'class L { static function go($c) { include "/opt/l/$c.php"; } } '
                "spl_autoload_register(['L', 'go']); Store::put();"
            ),
            {"opt/l/Store.php": STORE},
        ),
        ("require 'vendor/autoload.php'; Store::put();", {"opt/src/deep/Store.php": STORE}),
        ("use App\\Store; Store::put();", {"opt/src/Store.php": "<?php namespace App; " + STORE[6:]}),
        ("$s = new Store(); $s->put();", {"opt/src/Store.php": STORE}),
        ("class Mine extends Store {} Mine::put();", {"opt/src/class.Store.php": STORE}),
        ("Store::put(); " + STORE[6:], {}),
    ],
)
def test_a_class_of_php_loads_itself(text: str, files: dict[str, str]) -> None:
    """By the program's own loader, else from the file of its name."""
    assert writes(facts("php /opt/p.php", {"opt/p.php": f"<?php {text}", **files})) == {"/d/x"}


@pytest.mark.parametrize(
    "files",
    [
        {"opt/src/Store.php": "<?php class Other { static function put() { file_put_contents('/d/x', 1); } }"},
        {"opt/a/Store.php": STORE, "opt/b/Store.php": STORE},
        {},
    ],
)
def test_a_class_that_is_not_plain_is_left(files: dict[str, str]) -> None:
    """A file that defines another class, or two of one name, say nothing; what is not called does nothing."""
    assert writes(facts("php /opt/p.php", {"opt/p.php": "<?php Store::put();", **files})) == set()
    assert writes(facts("php /opt/q.php", {"opt/q.php": "<?php echo 1;", "opt/src/Store.php": STORE})) == set()


@pytest.mark.parametrize(
    ("command", "text", "read"),
    [
        (
            "node /p.js",
            "const a = []; for (const n of b()) { a.push('/a/' + n) } a.forEach((f) => fs.readFileSync(f))",
            {"/a/*"},
        ),
        ("node /p.js", "let s = '/a'; if (c) { s += '/b' } s += '/x'; fs.readFileSync(s)", {"/a/x", "/a/b/x"}),
        (
            "node /p.js",
            "let n = 0; try { n = f() } catch (e) { n = 0 } if (n < 1) process.exit(); fs.readFileSync('/a/x')",
            {"/a/x"},
        ),
        ("node /p.js", "const a = []; fill(a); for (const f of a) { fs.readFileSync('/a/x') }", {"/a/x"}),
        (
            "php /p.php",
            "<?php $a = array(); array_push($a, '/a/x'); foreach ($a as $f) { file_get_contents($f); }",
            {"/a/x"},
        ),
    ],
)
def test_what_is_filled_step_by_step(command: str, text: str, read: set[str]) -> None:
    """Lists and texts grow; a handler is one way, not the last word."""
    name = command.split()[1].removeprefix("/")
    assert reads(facts(command, {name: text})) == read


@pytest.mark.parametrize(
    ("command", "text", "read", "written"),
    [
        (
            "ruby /p.rb",
            "Prawn::Document.generate(File.join('/o', \"a-#{Date.today}.pdf\")) { |x| 1 }",
            set(),
            {"/o/a-*.pdf"},
        ),
        ("node /p.js", "new (require('exceljs').Workbook)().xlsx.writeFile('/o/x.xlsx')", set(), {"/o/x.xlsx"}),
        ("Rscript /p.R", "x <- read_stars('/i/x.tif'); write_stars(x, '/o/x.tif')", {"/i/x.tif"}, {"/o/x.tif"}),
        ("perl /p.pl", "my $w = Excel::Writer::XLSX->new('/o/x.xlsx');", set(), {"/o/x.xlsx"}),
        # A verb without a path, a path without a verb, a key that looks like a path.
        (
            "node /p.js",
            "c.save(); d.generate('x'); e.look('/o/x.xlsx'); f.store('a/b.c'); g.open('https://a/b.html')",
            set(),
            set(),
        ),
        ("ruby /p.rb", "x.saved('/o/x.pdf'); y.readable('/i/x.pdf'); z.generate('/o/folder')", set(), set()),
    ],
)
def test_a_verb_and_a_path(command: str, text: str, read: set[str], written: set[str]) -> None:
    """A call of a library is known by what its name says it does to the path that it is given."""
    found = facts(command, {command.split()[1].removeprefix("/"): text})
    assert (reads(found), writes(found)) == (read, written)


@pytest.mark.parametrize(
    ("test", "goes_on"),
    [
        ("empty($argv[1])", True),
        ("empty(`df`)", True),
        ("empty('x')", True),
        ("empty('')", False),
        ("!empty('x')", False),
    ],
)
def test_what_is_empty(test: str, goes_on: bool) -> None:
    """Known texts decide; the output of a command does not."""
    found = facts("php /p.php one", {"p.php": f"<?php if ({test}) die('no'); file_get_contents('/a/x');"})
    assert (reads(found) == {"/a/x"}) is goes_on


def test_files_beyond_the_limit_are_told_once() -> None:
    """A program that loads very many has one point that is not clear, not one for each file."""
    files = {f"opt/m{number}.js": "" for number in range(70)}
    text = "".join(f"require('./m{number}'); require('./m{number}');\n" for number in range(70))
    (told,) = facts("node /opt/p.js", files | {"opt/p.js": text}).unclear
    assert told == "what `opt/m60.js` and 9 more do: the program loads more than 60 files"

"""Perl by its tree: words, libraries, functions, objects, settings, locks, repositories, one-liners."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands.languages.syntax import nodes, perl
from migrator.model import Mode
from tests.commands.tools import facts, names, reads, touched, writes

LIBRARY = """package A::B;
use strict;
our $Config ||= { ROOT => '/data/', DB => 'dbi:mysql:shop', TOOL => (first { -x $_ } ('/bin/a', '/bin/b')) };
our @KEPT = (stem => 'x', base => '/data/kept/');
sub hook { my ($f) = @_; open(my $fh, '>>', "$Config->{ROOT}journal.txt"); print $fh $f; }
sub unused { unlink '/data/never' }
1;
__END__
open(F, '>', '/after/the/end');
"""


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("=pod\n\nopen(F, '>', '/a/pod');\n\n=cut\n\nopen(F, '<', '/a/x');", {"/a/x"}, set()),
        ("open(F, '<', '/a/x');\n__END__\nopen(F, '<', '/a/y');", {"/a/x"}, set()),
        ("print <<EOT;\nopen(F, '>', '/a/doc')\nEOT\nopen(F, '<', '/a/x');", {"/a/x"}, set()),
        ('my $u = "usage: $0 > /a/usage";\nprint $u;', set(), set()),
        ("my $n = 6 / 2; open(F, '<', '/a/x') or die; my $m = $n / 3;", {"/a/x"}, set()),
        ("my @w = qw(one two); open(F, '<', \"/a/$_\") for @w;", {"/a/one", "/a/two"}, set()),
        ("if ($x =~ m{/a/(.*)'}) { open(F, '<', '/a/x') }", {"/a/x"}, set()),
        (
            "my %h = (in => '/a/in', out => '/a/out'); open(F, '<', $h{in}); open(G, '>', $h{out});",
            {"/a/in"},
            {"/a/out"},
        ),
        ("my $h = {a => {b => '/a'}}; open(F, '<', \"$h->{a}{b}/x\");", {"/a/x"}, set()),
        ("my $p = '/a/x///'; $p =~ s|/+$||; open(F, '<', \"$p/y\");", {"/a/x/y"}, set()),
        ("my $d = $ENV{NOWHERE} || '/a'; open(F, '<', \"$d/x\");", {"/a/x"}, set()),
        ("my $d = shift // '/a'; open(F, '<', \"$d/x\");", {"/a/x"}, set()),
        ("use File::Spec; open(F, '<', File::Spec->catfile('/a', 'b', 'x'));", {"/a/b/x"}, set()),
        ("use File::Spec; open(F, '<', File::Spec->rel2abs('x', '/a/b'));", {"/a/b/x"}, set()),
        ("use Path::Tiny; my $d = path('/a'); $d->child('x')->spew('1'); $d->child('y')->slurp;", {"/a/y"}, {"/a/x"}),
        ("my ($a, $b) = split /:/, '/a/x:/a/y'; open(F, '<', $b);", {"/a/y"}, set()),
        ("open(F, \"zcat /a/x.gz|\"); open(G, '| gzip -c > /a/y.gz');", {"/a/x.gz"}, {"/a/y.gz"}),
        ("open(my $p, '-|', 'cat', '/a/x');", {"/a/x"}, set()),
        ("opendir(D, '/a'); for my $f (readdir D) { open(F, '<', \"/a/$f\") }", {"/a/", "/a/*"}, set()),
        ("use File::Find; find(sub { unlink $_ if -M > 3 }, '/a');", set(), set()),
        ("chdir '/a'; open(F, '<', 'x'); system('cp y /b/y');", {"/a/x", "/a/y"}, {"/b/y"}),
        (
            "use YAML qw(LoadFile); my $c = LoadFile('/opt/c.yml'); open(F, '<', $c->{in});",
            {"/opt/c.yml", "/a/in"},
            set(),
        ),
        ("exit; open(F, '>', '/a/dead');", set(), set()),
        ("sub never { unlink '/a/x' } open(F, '<', '/a/y');", {"/a/y"}, set()),
        ("my $f = sub { open(F, '<', '/a/x') }; $f->();", {"/a/x"}, set()),
        ("tempfile(); my $t = tempdir(); open(F, '>', \"$t/x\");", set(), set()),
        ("open(F, '>', \"/a/x.$$\"); rename \"/a/x.$$\", '/a/x';", set(), {"/a/x"}),
    ],
)
def test_statements(text: str, read: set[str], written: set[str]) -> None:
    """What is opened, moved and started; what stands in documents, patterns and dead code is nothing."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": text, "opt/c.yml": "in: /a/in\n"})
    assert (reads(found), writes(found)) == (read, written)


def test_a_walk_deletes_below_its_folder() -> None:
    """File::Find calls its function in the folder that it is in."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": "use File::Find; find(sub { unlink $_ if -M > 3 }, '/a/b');"})
    assert touched(found, Mode.DELETE) == {"/a/b/*"}


@pytest.mark.parametrize(
    "head",
    [
        'use FindBin;\nuse lib "$FindBin::Bin/../lib";\nuse A::B;',
        "use lib '/lib';\nuse A::B ();",
        "use lib '/lib';\nrequire A::B;",
        "BEGIN { unshift @INC, '/lib' }\nrequire A::B;",
        "require '/lib/A/B.pm';",
    ],
)
def test_a_library_belongs_to_who_calls_it(head: str) -> None:
    """Its settings are known where it is loaded, its functions' work is the caller's, and nobody else's."""
    files = {
        "opt/p.pl": head + "\nA::B::hook('/x');\nopen(F, '<', \"$A::B::Config->{ROOT}in\");",
        "lib/A/B.pm": LIBRARY,
    }
    found = facts("perl /opt/p.pl", files)
    assert reads(found) == {"/data/in"}
    assert writes(found) == {"/data/journal.txt"}
    assert touched(found, Mode.DELETE) == set()
    [place] = [access.origin for access in found.steps[0].accesses if access.mode is Mode.APPEND]
    assert (place.path, place.line) == ("lib/A/B.pm", 5)
    silent = facts("perl /opt/q.pl", {"opt/q.pl": head, "lib/A/B.pm": LIBRARY})
    assert writes(silent) == set()


@pytest.mark.parametrize(
    "call",
    [
        "perl -I /lib -e 'use A::B; A::B::hook(shift)' /x",
        "perl -I/lib -MA::B -e 'A::B::hook($ARGV[0])' /x",
        "perl -w -Mlib=/none -I /lib -MA::B -le 'A::B::hook(q{/x})'",
        "PERL5LIB=/lib perl -MA::B -we 'A::B::hook(q(/x))'",
    ],
)
def test_one_liners(call: str) -> None:
    """A text on the line, with folders and libraries given as options; its work is told by the line."""
    found = facts(call, {"lib/A/B.pm": LIBRARY})
    assert names(found) == ["perl"]
    assert writes(found) == {"/data/journal.txt"}


OBJECTS = """package Job;
use parent 'Base';
sub new { my ($class, %args) = @_; my $self = bless { DIR => $args{dir} }, $class; return $self; }
sub dir { my $self = shift; return $self->{DIR}; }
sub run { my $self = shift; my $d = $self->dir; open(F, '>', "$d/out"); $self->finish($d); }
1;
"""
BASE = 'package Base;\nsub finish { my ($self, $d) = @_; rename "$d/out", "$d/done"; }\n1;\n'


def test_objects() -> None:
    """Methods are found by class and inheritance; what the object holds is known."""
    files = {
        "opt/p.pl": "use lib '/lib'; use Job; Job->new(dir => '/a')->run;",
        "lib/Job.pm": OBJECTS,
        "lib/Base.pm": BASE,
    }
    assert writes(facts("perl /opt/p.pl", files)) == {"/a/out", "/a/done"}


OPTIONS_KEPT = """my %o; GetOptions(\\%o, 'rewrite!', 'out=s'); my $d = $o{out} || '/a';
if ($o{rewrite}) { open(F, '>', "$d/short") } else { open(F, '>', "$d/full") }
"""
OPTIONS_BOUND = """my ($r, $d) = (0, '/a'); GetOptions('rewrite' => \\$r, 'out|o=s' => \\$d);
open(F, '>', $r ? "$d/short" : "$d/full");
"""


@pytest.mark.parametrize(
    ("arguments", "written"),
    [
        ("", {"/a/full"}),
        ("--rewrite", {"/a/short"}),
        ("--out /b", {"/b/full"}),
        ("--out=/b --rewrite", {"/b/short"}),
    ],
)
def test_options_decide_the_way(arguments: str, written: set[str]) -> None:
    """What the line gives is known, and so is what it does not give."""
    for text in (OPTIONS_KEPT, OPTIONS_BOUND):
        assert writes(facts(f"perl /opt/p.pl {arguments}", {"opt/p.pl": text})) == written


def test_a_database_names_its_tables() -> None:
    """The connection may be made elsewhere, its source kept among settings."""
    library = (
        "package D;\nour $C = { MOD => 'dbi:mysql:mod' };\n"
        "sub dbh { my ($db) = shift || 'mod'; return DBI->connect($C->{uc($db)}); }\n1;\n"
    )
    text = "use lib '/lib'; use D; my $h = D::dbh(); $h->prepare(qq{SELECT a FROM users WHERE x = ?});"
    found = facts("perl /opt/p.pl", {"opt/p.pl": text, "lib/D.pm": library})
    assert reads(found) == {"mod.users"}


@pytest.mark.parametrize(
    ("text", "name", "skips"),
    [
        ("open my $f, '>>', '/run/a.pid'; flock $f, LOCK_EX|LOCK_NB or exit;", "/run/a.pid", True),
        ("open(my $f, '>', '/run/a.lock'); flock($f, LOCK_EX);", "/run/a.lock", False),
        ("open(L, '<', '/a/data') and flock(L, LOCK_EX | LOCK_NB) or die;", "/a/data", True),
        ("my $l = IPC::ConcurrencyLimit->new(max_procs => 1, path => '/run/p');", "/run/p", True),
    ],
)
def test_locks(text: str, name: str, skips: bool) -> None:
    """A file that is locked to keep a second run out."""
    [lock] = facts("perl /opt/p.pl", {"opt/p.pl": text}).locks
    assert (lock.name, lock.skips, lock.origin.path) == (name, skips, "opt/p.pl")


def test_no_lock_on_data() -> None:
    """Who waits for a data file guards a line of it, not the run."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": "open(F, '>>', '/a/x.csv'); flock(F, LOCK_EX); print F 1;"})
    assert not found.locks
    assert writes(found) == {"/a/x.csv"}


def test_a_repository() -> None:
    """Commits lie in the repository until somebody pushes them."""
    text = "my $g = Git::Wrapper->new('/repo'); $g->add('x'); $g->commit({ m => 'x' }); $g->status;"
    assert writes(facts("perl /opt/p.pl", {"opt/p.pl": text})) == {"/repo/.git/"}
    assert "/repo/.git/" in reads(facts("cd /repo && git push -q origin master"))
    assert writes(facts("cd /repo && git commit -qm x")) == {"/repo/.git/"}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("my $r = Some::Store->new(root => '/a/', prefix => 'RUN'); $r->update('x');", {"/a/RUN*"}),
        ("my $r = Some::Report->new(dir => '/a', filename => 'x.pdf'); $r->save;", {"/a/x.pdf"}),
        ("my $r = Some::Store->new(root => '/a/', prefix => 'RUN'); $r->size;", set()),
        ("my $r = Some::Store->new(title => '/a/'); $r->update('x');", set()),
    ],
)
def test_objects_of_libraries(text: str, written: set[str]) -> None:
    """An object that is made for a file and told to change it writes it, less surely."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": text})
    assert writes(found) == written
    assert all(access.confidence < 0.6 for access in found.steps[0].accesses)


def test_what_is_rewritten_is_believed_less() -> None:
    """A program that reads what it writes may look at its own last output."""
    text = "open(F, '<', '/a/list'); open(G, '>', '/a/list'); open(H, '<', '/a/other');"
    found = facts("perl /opt/p.pl", {"opt/p.pl": text})
    assert {a.resource.name: a.confidence for a in found.steps[0].accesses if a.mode is Mode.READ} == {
        "/a/list": 0.5,
        "/a/other": 0.8,
    }


def test_a_wait_for_a_file() -> None:
    """A loop that looks and sleeps waits."""
    [wait] = facts("perl /opt/p.pl", {"opt/p.pl": "while (! -e '/a/ready') { sleep 30; }\nopen(F, '<', '/a/x');"}).waits
    assert (wait.target, wait.origin.line) == ("/a/ready", 1)


def test_a_name_that_is_checked_stays_known() -> None:
    """The usual way to trust a name; another pattern's group is not known."""
    text = "my $f = '/a/x'; if ($f =~ m/^([\\w.\\/-]+)$/) { $f = $1 } open(F, '<', $f);"
    assert reads(facts("perl /opt/p.pl", {"opt/p.pl": text})) == {"/a/x"}
    text = "my $f = '/a/x'; if ($f =~ m/(\\w)$/) { $f = $1 } else { die } open(F, '<', $f);"
    assert reads(facts("perl /opt/p.pl", {"opt/p.pl": text})) == set()


def test_documents_of_yaml() -> None:
    """YAML::Tiny gives a list of documents."""
    text = (
        "my $y = YAML::Tiny->read('/opt/c.yml'); sub v { my $n = shift; return $y->[0]->{$n} } open(F, '>', v('out'));"
    )
    assert writes(facts("perl /opt/p.pl", {"opt/p.pl": text, "opt/c.yml": "---\n    out: /a/x # here\n"})) == {"/a/x"}


def test_how_many_arguments() -> None:
    """A program's own arguments are counted, other lists are not."""
    text = "my $n = @ARGV > 1 ? 'two' : @ARGV ? 'one' : 'none'; open(F, '>', \"/a/$n\");"
    for arguments, name in (("", "none"), ("x", "one"), ("x y", "two")):
        assert writes(facts(f"perl /opt/p.pl {arguments}", {"opt/p.pl": text})) == {f"/a/{name}"}
    text = "my @a = (1); push @a, $_ while <STDIN>; if (@a > 1) { open(F, '>', '/a/x') }"
    assert writes(facts("perl /opt/p.pl", {"opt/p.pl": text})) == {"/a/x"}


def test_files_that_load_each_other() -> None:
    """A circle of libraries is read once."""
    one = "package One; use lib '/lib'; use Two; sub f { open(F, '>', '/a/x'); Two::g() }\n1;"
    two = "package Two; use One; sub g { One::f() }\n1;"
    found = facts("perl -I/lib -MOne -e 'One::f()'", {"lib/One.pm": one, "lib/Two.pm": two})
    assert writes(found) == {"/a/x"}


def test_functions_that_something_unseen_may_call() -> None:
    """Where a call's name is made at run time, any function may be meant: half believed."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": "my $m = shift; main->$m(); sub a { open(F, '>', '/a/x') }"})
    assert [(a.resource.name, a.confidence) for a in found.steps[0].accesses] == [("/a/x", 0.5)]


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000,
        "{" * 20_000,
        "$x" + "->a" * 10_000,
        "a = " * 5_000,
        "'a' . " * 5_000 + "1",
        "if (a) { " * 3_000,
        "if (a) {} " + "elsif (b) {} " * 3_000,
        "print <<A;\n" * 2_000,
        '"@{[ ' * 3_000,
        "A: " * 5_000,
        "$x = $x . $x . 'a';\n" * 200 + "open(F, $x);",
        "@x = (1); " + "@x = (@x, @x);\n" * 200,
        "sub f { f(); f(); g(); } sub g { f(); g(); } f();",
        "q(" * 5_000,
        "s{" * 5_000,
    ],
)
def test_hostile_text_is_survived(text: str) -> None:
    """Depth, length and growth are bounded."""
    assert facts("perl /opt/p.pl", {"opt/p.pl": text}).steps


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "my",
                "$x",
                "@y",
                "%h",
                "{",
                "}",
                "(",
                ")",
                "[",
                "]",
                "->",
                "=>",
                "=",
                ";",
                ",",
                "sub",
                "if",
                "for",
                "/",
                "'a'",
                '"$x/b"',
                "open",
                "<<E",
                "\nE\n",
                "q{",
                "s/a/b/",
                "=~",
                "?",
                ":",
                "\n=pod\n",
                "\n=cut\n",
                "package",
                "use",
                "A::B",
                "&",
                "\\",
                "1",
                "-e",
            ]
        ),
        max_size=60,
    )
)
def test_any_words_are_a_program(words: list[str]) -> None:
    """The parser gives a tree of any words, and the same one each time."""
    text = " ".join(words)
    assert isinstance(perl.parse(text), nodes.Program)
    assert perl.parse(text).body == perl.parse(text).body


@pytest.mark.parametrize("prototype", ["($)", "($$)", "($;$)", "(\\@\\@)", "()", "", "($name)", "(&@)"])
def test_a_prototype_is_no_variable(prototype: str) -> None:
    """What stands in the parentheses behind a sub's name says how it is called; its body is read."""
    text = f"note('/a', '/b');\nsub note{prototype} {{ my $x = shift(@_); open(my $f, '>', '/x.csv'); }}\n"
    assert writes(facts("/p.pl", {"p.pl": "#!/usr/bin/perl\n" + text})) == {"/x.csv"}


@pytest.mark.parametrize(
    "made",
    [
        "my $q = ('SELECT a ' . $nl . 'FROM stats');",
        "my $q = 'SELECT a '; $q .= ('FROM stats' . $nl);",
        "my $q = ('SELECT a ') . ('FROM stats');",
        "my $q; $q = ('SELECT a FROM stats');",
    ],
)
def test_a_text_in_parentheses_is_a_text(made: str) -> None:
    """Where one value is wanted, parentheses make no list."""
    text = f"#!/usr/bin/perl\nuse DBI;\nmy $nl = ' ';\n{made}\n$dbh->prepare($q)->execute;\n"
    assert reads(facts("/p.pl", {"p.pl": text})) == {"stats"}


def test_a_list_of_one_stays_a_list() -> None:
    """`my ($x) = (…)` and `my @x = (…)` take lists."""
    text = (
        "#!/usr/bin/perl\nmy @all = ('/a.csv');\nmy ($one) = ('/b.csv');\nopen(F, $_) for @all;\nopen(G, '<', $one);\n"
    )
    assert reads(facts("/p.pl", {"p.pl": text})) == {"/a.csv", "/b.csv"}

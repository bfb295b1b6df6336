"""What programs of Perl, PHP, Ruby and JavaScript pick out of a folder."""

import pytest

from tests.commands.tools import facts, reads

HEADS = {
    "js": "const fs = require('fs'), path = require('path'); const D = '/data/in';\n"
    "function use(f) { fs.readFileSync(path.join(D, f)); }\n",
    "php": "<?php\n$d = '/data/in';\nfunction use1($f) { file_get_contents(\"/data/in/$f\"); }\n",
    "rb": "D = '/data/in'\ndef use(f)\n  File.read(File.join(D, f))\nend\n",
    "pl": "my $d = '/data/in';\nsub use1 { my $f = shift; open(my $h, '<', \"$d/$f\"); }\nopendir(my $h, $d);\n",
}
CALLS = {"js": "node /o/p.js", "php": "php /o/p.php", "rb": "ruby /o/p.rb", "pl": "perl /o/p.pl"}
PICKED = [
    ("js", "fs.readdirSync(D).filter(f => f.endsWith('.csv')).forEach(f => use(f));"),
    ("js", "fs.readdirSync(D).filter(function (f) { return path.extname(f) === '.csv'; }).map(f => use(f));"),
    ("js", "const all = fs.readdirSync(D); const some = all.filter(f => /\\.csv$/.test(f)); some.forEach(use);"),
    ("js", "for (const f of fs.readdirSync(D)) { if (!f.toLowerCase().endsWith('.csv')) continue; use(f); }"),
    ("js", "for (const f of fs.readdirSync(D)) { if (f.slice(-4) === '.csv' && f !== 'x') { use(f); } }"),
    ("php", "foreach (scandir($d) as $f) { if (!preg_match('/\\.csv$/i', $f)) continue; use1($f); }"),
    ("php", "foreach (scandir($d) as $f) { if (substr($f, -4) == '.csv') { use1($f); } }"),
    ("php", "foreach (array_filter(scandir($d), fn($f) => str_ends_with($f, '.csv')) as $f) { use1($f); }"),
    ("php", "foreach (scandir($d) as $f) { if ($f == '.' || !fnmatch('*.csv', $f)) { continue; } use1($f); }"),
    ("rb", "Dir.entries(D).select { |f| f.end_with?('.csv') }.each { |f| use(f) }"),
    ("rb", "Dir.foreach(D) do |f|\n  next unless f =~ /\\.csv$/\n  use(f)\nend"),
    ("rb", "Dir.entries(D).each do |f|\n  next if File.extname(f) != '.csv'\n  use(f)\nend"),
    ("rb", "Dir.entries(D).reject { |f| !f.match?(/\\.csv\\z/) }.each { |f| use(f) }"),
    ("pl", "while (my $f = readdir($h)) { next unless $f =~ /\\.csv$/; use1($f); }"),
    ("php", "foreach (scandir($d) as $f) { if (preg_match('#\\.csv$#', $f, $m)) { use1($f); } }"),
    ("pl", "opendir(my $g, '/data/b'); while (my $f = readdir($h)) { next unless $f =~ /\\.csv$/; use1($f); }"),
    ("pl", "for my $f (grep { /\\.csv$/ } readdir $h) { use1($f); }"),
    ("pl", "foreach my $f (readdir($h)) { next if $f !~ m/\\.csv$/i; use1($f) }"),
    ("pl", 'my @l = grep { $_ =~ /\\.csv$/ && -f "$d/$_" } readdir($h); use1($_) for @l;'),
]


def read_by(language: str, program: str) -> set[str]:
    """Give what a program reads, its own text left out."""
    return reads(facts(CALLS[language], {f"o/p.{language}": HEADS[language] + program}))


@pytest.mark.parametrize(("language", "program"), PICKED)
def test_names_that_are_picked(language, program):
    """Only what the loop picks is read, the folder as such is not."""
    assert read_by(language, program) - {"/data/b/"} == {"/data/in/*.csv"}


@pytest.mark.parametrize(
    ("language", "program"),
    [
        ("js", "fs.readdirSync(D).forEach(f => use(f));"),
        ("js", "fs.readdirSync(D).filter(f => ok(f)).forEach(f => use(f));"),
        ("js", "for (const f of fs.readdirSync(D)) { if (f.endsWith('.csv')) { n += 1; } use(f); }"),
        ("js", "for (const f of fs.readdirSync(D)) { if (f.endsWith('.csv')) continue; use(f); }"),
        ("php", "foreach (scandir($d) as $f) { if (preg_match('/(csv|tsv)$/', $f)) { use1($f); } }"),
        ("php", "foreach (scandir($d) as $f) { if (preg_match('/csv/', $other)) { use1($f); } }"),
        ("rb", "Dir.entries(D).reject { |f| f.end_with?('.csv') }.each { |f| use(f) }"),
        ("rb", "Dir.entries(D).select { |f| f.end_with?('.csv') || f.size > 3 }.each { |f| use(f) }"),
        ("pl", "while (my $f = readdir($h)) { next if $f =~ /^\\./; use1($f); }"),
        ("pl", "for my $f (readdir $h) { last if $f eq 'x'; use1($f); }"),
        ("js", "for (const f of fs.readdirSync(D)) { if (!f.endsWith('.csv')) { use(f); continue; } use(f); }"),
        ("js", "for (const f of fs.readdirSync(D)) { if (use(f)) continue; if (!f.endsWith('.csv')) continue; }"),
        ("js", "fs.readdirSync(D).filter(f => f.slice(0, -4) === 'latest').forEach(f => use(f));"),
        ("php", "foreach (scandir($d) as $f) { if (substr($f, 0, -4) == 'latest') { use1($f); } }"),
        ("rb", "Dir.entries(D).select { |f| File.basename(f, '.csv').end_with?('_final') }.each { |f| use(f) }"),
        ("rb", "Dir.entries(D).select { |f| f.end_with?('.csv', EXT) }.each { |f| use(f) }"),
    ],
)
def test_all_names(language, program):
    """Where the loop may use any name, the folder is read."""
    assert "/data/in/*" in read_by(language, program)


def test_two_filters_of_one_listing():
    """Each filter's names are read."""
    program = (
        "const all = fs.readdirSync(D); all.filter(f => f.endsWith('.csv')).forEach(use);"
        "all.filter(f => f.startsWith('x-')).forEach(use);"
    )
    assert read_by("js", program) == {"/data/in/*.csv", "/data/in/x-*"}

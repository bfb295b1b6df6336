"""Idioms that fresh trees of Ruby, PHP, JavaScript, R and Perl were met with: what they read and write."""

import pytest

from tests.commands.tools import facts, reads, writes

_STARTS = {"rb": "ruby", "php": "php", "js": "node", "mjs": "node", "R": "Rscript", "pl": "perl"}


def _effects(name: str, text: str, **files: str) -> tuple[set[str], set[str]]:
    command = f"cd /opt && {_STARTS[name.rpartition('.')[2]]} {name}"
    others = {f"opt/{key.replace('__', '/').replace('_dot_', '.')}": value for key, value in files.items()}
    found = facts(command, {f"opt/{name}": text, **others})
    return reads(found), writes(found)


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("def main\n  File.write('/d/x', 1)\nend\nif __FILE__ == $0\n  main\nend", set(), {"/d/x"}),
        ("def main\n  File.write('/d/x', 1)\nend\nputs 1", set(), set()),
        ("def out\n  '/d'\nend\nout = '/e'\nFile.write(\"#{out}/x\", 1)", set(), {"/e/x"}),
        ("DIR='/d'\nFile.write(DIR+'/x', 1)", set(), {"/d/x"}),
        ("a=1\nb = a==1\nc=nil\nFile.write('/d/x', 1) unless c!=nil", set(), {"/d/x"}),
        ("Dir['/a/in/*.json'].each { |f| File.read(f) }", {"/a/in/*.json"}, set()),
        ("h = {}\nh['/a/in/*.json'].each { |f| p f }", set(), set()),
        (
            "DB = Sequel.connect('postgres://h/shop')\nDB[:sums].insert(a: 1)\nDB[:orders].each { |r| p r }",
            {"shop.orders"},
            {"shop.sums"},
        ),
        ("h = {a: 1}\nh[:sums].insert(a: 1)", set(), set()),
        (
            "c = Mongo::Client.new(['h'], database: 'shop')\nc[:users].find(a: 1)\nc[:stats].insert_one(a: 1)",
            {"users"},
            {"stats"},
        ),
        ("p = Pathname.new('/d')\n(p + 'x').write(1)\np.join('y').read", {"/d/y"}, {"/d/x"}),
        ("open('/a/q', 'w') { |f| f.write 1 }\nFile.binread('/a/y')", {"/a/y"}, {"/a/q"}),
    ],
)
def test_ruby(text: str, read: set[str], written: set[str]) -> None:
    """A bare name calls the method of that name; brackets of a class list files, those of a connection name tables."""
    assert _effects("a.rb", text) == (read, written)


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        (
            "d <- '/d'; x <- read_csv(glue::glue('{d}/x.csv')); ggsave(file.path(d, 'p.png'), plot = p)",
            {"/d/x.csv"},
            {"/d/p.png"},
        ),
        ("x <- read_csv(glue::glue('/e/{d}/x.csv'))", {"/e/*/x.csv"}, set()),
        ("cat('a', 'b', file = '/a/log.txt', append = TRUE)", set(), {"/a/log.txt"}),
        ("cat('a', '/a/log.txt')", set(), set()),
        ("download.file('http://x/y', destfile = '/a/x')", set(), {"/a/x"}),
        ("png(filename = '/a/e.png')", set(), {"/a/e.png"}),
        ("y <- fromJSON('/a/in.json'); z <- fromJSON('{\"a\": 1}')", {"/a/in.json"}, set()),
    ],
)
def test_r(text: str, read: set[str], written: set[str]) -> None:
    """Templates take the names of variables; what is printed goes where it is told."""
    assert _effects("a.R", text) == (read, written)


def test_a_report_of_r_runs_its_own_code() -> None:
    """Chunks of R are run; the words around them, and chunks of other languages, are not."""
    text = "# Report\nreadRDS('/a/words.rds')\n```{r}\nx <- readRDS('/a/y.rds')\n```\n```{bash}\ncat /a/z\n```\n"
    found = _effects("a.R", "rmarkdown::render('rep.Rmd', output_file = '/a/rep.html')", rep_dot_Rmd=text)
    assert found == ({"/opt/rep.Rmd", "/a/y.rds"}, {"/a/rep.html"})


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ("import fs from 'fs'; fs.readFileSync(new URL('./y.json', import.meta.url))", {"/opt/y.json"}, set()),
        ("import fs from 'fs'; fetch(new URL('/y.json', 'https://h/'))", set(), set()),
        (
            "import {createObjectCsvWriter} from 'csv-writer'; createObjectCsvWriter({path: '/a/x.csv'})",
            set(),
            {"/a/x.csv"},
        ),
        ("page.screenshot({path: '/a/s.png'}); sharp('/a/i.png').toFile('/a/o.png')", set(), {"/a/s.png", "/a/o.png"}),
        ("import X from 'xlsx'; const b = X.readFile('/a/y.xlsx'); X.writeFile(b, '/a/x.xlsx')", None, {"/a/x.xlsx"}),
        (
            "import {PrismaClient} from '@prisma/client'; c = new PrismaClient(); c.user.findMany(); c.stat.create()",
            {"user"},
            {"stat"},
        ),
        ("const c = new Client(); c.user.findMany(); c.stat.create({data: {}})", set(), set()),
        (
            "import low from 'lowdb'; import FileSync from 'lowdb/adapters/FileSync'; low(new FileSync('/a/d.json'))",
            None,
            {"/a/d.json"},
        ),
        (
            "import mongoose from 'mongoose'; const S = mongoose.model('Person', {}); S.find({a: 1}); new S({}).save()",
            {"people"},
            {"people"},
        ),
    ],
)
def test_javascript(text: str, read: set[str] | None, written: set[str]) -> None:
    """Files that libraries of packages keep, and tables that models stand for."""
    found = _effects("a.mjs", text)
    assert found[1] == written
    assert read is None or found[0] == read


def test_models_of_sequelize_are_tables_by_the_name_they_state() -> None:
    """The name of the model is not that of the table where one is stated."""
    text = "const {Order} = require('./m'); Order.findAll({}).then(r => Order.bulkCreate(r));"
    models = (
        "const s = new Sequelize('sqlite::memory:'); module.exports = {Order: s.define('Order', {}, {tableName: 'o'})};"
    )
    assert _effects("a.js", text, m_dot_js=models) == ({"o"}, {"o"})


@pytest.mark.parametrize(
    ("name", "text", "settings"),
    [
        ("a.php", "<?php $c = require 'c.php'; file_put_contents($c['dir'].'/x', 1);", "<?php return ['dir' => '/d'];"),
        ("a.pl", "my $c = do './c.php'; open(my $f, '>', $c->{dir} . '/x');", "{ dir => '/d' };"),
    ],
)
def test_a_file_of_settings_is_worth_what_it_returns(name: str, text: str, settings: str) -> None:
    """`require` of PHP gives what the file returns, `do` of Perl what it says last."""
    assert _effects(name, text, c_dot_php=settings)[1] == {"/d/x"}
    assert "/d/x" not in _effects(name, text, c_dot_php="<?php 1;")[1]


@pytest.mark.parametrize(
    ("name", "text", "read", "written"),
    [
        ("a.php", "<?php $x = simplexml_load_file('/a/z.xml'); $x->asXML('/a/w.xml');", {"/a/z.xml"}, {"/a/w.xml"}),
        ("a.php", "<?php echo $x->asXML();", set(), set()),
        ("a.php", "<?php imagepng($im, '/a/i.png'); imagepng($im);", set(), {"/a/i.png"}),
        ("a.pl", "use XML::Simple; my $x = XMLin('/a/y.xml');", {"/a/y.xml"}, set()),
        ("a.pl", "link '/a/x', '/a/y';", {"/a/x"}, {"/a/y"}),
    ],
)
def test_files_given_to_libraries(name: str, text: str, read: set[str], written: set[str]) -> None:
    """Documents that are loaded and saved, and pictures that are drawn."""
    assert _effects(name, text) == (read, written)

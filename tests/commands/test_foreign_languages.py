"""PHP, Ruby, JavaScript and R by their trees: libraries, functions, objects, settings, commands, locks."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands.languages.syntax import node, nodes, php, r, ruby
from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes

PHP = """<?php
require_once __DIR__ . '/lib/conf.php';
require 'lib/k.php';
// unlink('/a/comment');
function out($n) { global $base; file_put_contents("$base/{$n}.csv", 'x'); }
$settings = json_decode(file_get_contents(__DIR__ . '/settings.json'), true);
out('o');
$k = new K(DATA_DIR . '/in');
$k->run();
copy($settings['from'], $settings['to']['dir'] . '/x.txt');
exec("gzip " . DATA_DIR . "/y.csv");
if ($argc > 5): readfile('/a/b'); endif;
?>
<html>unlink('/a/html')</html>
"""
PHP_FILES = {
    "opt/p.php": PHP,
    "opt/lib/conf.php": "<?php define('DATA_DIR', getenv('DD') ?: '/data'); $base = DATA_DIR . '/out';\n"
    "function never() { unlink('/never'); }",
    "opt/lib/k.php": """<?php namespace App;
class K extends L {
    public function __construct(private string $d) { $this->d = $d; }
    public function run(): void { foreach (glob($this->d . '/*.csv') as $f) { $this->one($f); } }
    private function one($f) { rename($f, self::DONE . basename($f)); }
}
abstract class L { const DONE = '/done/'; }
""",
    "opt/settings.json": '{"from": "/s/a", "to": {"dir": "/t"}}',
}


def test_php() -> None:
    """Files taken in, constants, globals, classes, settings; page text and comments are nothing."""
    found = facts("php /opt/p.php", PHP_FILES)
    assert reads(found) == {"/data/in/*.csv", "/data/y.csv", "/opt/settings.json", "/s/a", "/a/b"}
    assert writes(found) == {"/data/out/o.csv", "/data/y.csv.gz", "/done/*.csv", "/t/x.txt"}
    assert "/never" not in touched(found, Mode.DELETE)


@pytest.mark.parametrize(
    ("command", "files", "read", "written"),
    [
        ("php -r 'rename($argv[1], \"/b/x\");' /a/x", {}, {"/a/x"}, {"/b/x"}),
        ("php /opt/p.php", {"opt/p.php": "<?php $x = <<<E\nunlink('/a')\nE;\ntouch('/b/x');"}, set(), {"/b/x"}),
        (
            "php /opt/p.php",
            {"opt/p.php": "<?php switch ($a) { case 1: touch('/a/1'); break; default: touch('/a/2'); }"},
            set(),
            {"/a/1", "/a/2"},
        ),
        ("php /opt/p.php", {"opt/p.php": "<?php class C { function handle() { touch('/a/x'); } }"}, set(), {"/a/x"}),
        (
            "php /opt/p.php",
            {"opt/p.php": "<?php $c = new mysqli('h','u','','shop'); $c->query('INSERT INTO t SELECT 1 FROM u');"},
            {"shop.u"},
            {"shop.t"},
        ),
        (
            "php /opt/p.php",
            {"opt/p.php": "<?php $f = fn($x) => file_get_contents($x); array_map($f, ['/a/1', '/a/2']);"},
            {"/a/1", "/a/2"},
            set(),
        ),
        ("ruby -e 'File.write(ARGV[0], 1)' /a/x", {}, set(), {"/a/x"}),
        (
            "ruby /opt/p.rb",
            {"opt/p.rb": "=begin\nFile.delete('/a')\n=end\nFile.read('/a/x') # File.read('/a/y')\n"},
            {"/a/x"},
            set(),
        ),
        (
            "ruby /opt/p.rb",
            {"opt/p.rb": "d = ENV.fetch('D', '/a')\nCSV.foreach \"#{d}/x.csv\", headers: true do |r|\n  p r\nend\n"},
            {"/a/x.csv"},
            set(),
        ),
        (
            "ruby /opt/p.rb",
            {"opt/p.rb": "puts 'x' unless File.exist? '/a'\nsystem \"cp #{'/a/x'} /b/x\" if true\n"},
            {"/a/x"},
            {"/b/x"},
        ),
        (
            "ruby /opt/p.rb",
            {"opt/p.rb": "def w(p, n: 'y')\n  File.write(File.join(p, n), 1)\nend\nw '/a', n: 'z'\n"},
            set(),
            {"/a/z"},
        ),
        (
            "ruby /opt/p.rb",
            {"opt/p.rb": "x = if ARGV.empty? then '/a' else '/b' end\n%w[1 2].each { |n| File.read(\"/c/#{n}\") }\n"},
            {"/c/1", "/c/2"},
            set(),
        ),
        (
            "ruby -I/lib -rlib_a -e 'A.go'",
            {"lib/lib_a.rb": "module A\n  DIR = '/a'\n  def self.go\n    File.write(DIR + '/x', 1)\n  end\nend\n"},
            set(),
            {"/a/x"},
        ),
        (
            # A bare name finds a method where a call with parentheses does: in every module that is included.
            "ruby /opt/p.rb",
            {
                "opt/p.rb": "module A\n  def a\n    File.write('/a/x', 1)\n  end\nend\nmodule B\n  def b\n"
                "    File.write('/a/y', 1)\n  end\nend\nclass C\n  include A\n  include B\n  def go\n    a\n    b\n"
                "    nil\n  end\nend\nC.new.go\n"
            },
            set(),
            {"/a/x", "/a/y"},
        ),
        ("node -e 'require(\"fs\").writeFileSync(process.argv[1], 1)' /a/x", {}, set(), {"/a/x"}),
        (
            "node /opt/p.js",
            {"opt/p.js": "/* fs.unlinkSync('/a') */ const s = 'a'.replace(/\\/b'/g, ''); fs.readFileSync('/a/x');"},
            {"/a/x"},
            set(),
        ),
        (
            "node /opt/p.js",
            {"opt/p.js": "const {exec} = require('child_process'); exec('cp /a/x /b/x'); /re/.exec('rm /a/y');"},
            {"/a/x"},
            {"/b/x"},
        ),
        (
            "node /opt/p.mjs",
            {
                "opt/p.mjs": "import { w as put, D } from './lib.mjs';\nput(`${D}/x`);",
                "opt/lib.mjs": "import fs from 'fs';\nexport const D = '/a';\n"
                "export function w(p) { fs.writeFileSync(p, 1) }\n",
            },
            set(),
            {"/a/x"},
        ),
        (
            "node /opt/p.ts",
            {
                "opt/p.ts": "interface A { b: string }\nasync function f(p: string, o?: {a: number}): Promise<void> "
                "{ await fs.promises.writeFile(p as string, 'x'); }\nf('/a/x').catch((e) => { throw e; });"
            },
            set(),
            {"/a/x"},
        ),
        (
            "node /opt/p.js",
            {
                "opt/p.js": "require('dotenv').config({path: __dirname + '/.env'});\n"
                "fs.readFileSync(process.env.SRC + '/x');",
                "opt/.env": "SRC=/a\n",
            },
            {"/a/x", "/opt/.env"},
            set(),
        ),
        (
            "node /opt/p.js",
            {
                "opt/p.js": "class S { constructor(d) { this.d = d } save(n) { "
                "fs.writeFileSync(path.join(this.d, n), 1) } }\n"
                "new S('/a').save('x');"
            },
            set(),
            {"/a/x"},
        ),
        (
            "Rscript /opt/p.R",
            {
                "opt/p.R": "# unlink('/a')\nsource('f.R')\nw(1)\nfs <- list.files('/in', full.names = TRUE)\n"
                "x <- lapply(fs, readRDS)\n",
                "opt/f.R": "w <- function(x, p = '/a/x.rds') {\n  saveRDS(x, p)\n}\n",
            },
            {"/in/", "/in/*"},
            {"/a/x.rds"},
        ),
        (
            "Rscript /opt/p.R /arg",
            {"opt/p.R": "a <- commandArgs(trailingOnly = TRUE)\nd |> write_csv(paste0(a[1], '/x.csv'))\n"},
            set(),
            {"/arg/x.csv"},
        ),
    ],
)
def test_programs(command: str, files: dict[str, str], read: set[str], written: set[str]) -> None:
    """One mechanism of each language a case."""
    found = facts(command, files)
    assert (reads(found), writes(found)) == (read, written)


RUBY = {
    "opt/p.rb": """require_relative 'lib/k'
CONF = YAML.load_file(File.join(__dir__, 'conf.yml'))
K.new(CONF['in'], out: '/out').run
File.write('/main', 'x') if __FILE__ == $0
""",
    "opt/lib/k.rb": """class K
  DONE = '/done'
  attr_reader :dir
  def initialize(dir, out:)
    @dir = dir
    @out = out
  end
  def run
    Dir.glob("#{dir}/*.csv").each do |f|
      FileUtils.mv f, File.join(DONE, File.basename(f))
    end
    File.open(File.join(@out, 'r.json'), 'w') { |f| f.write 'x' }
  rescue => e
    warn e
  end
  def self.clean
    FileUtils.rm_rf('/never')
  end
end
File.write('/library', 'x') if __FILE__ == $0
""",
    "opt/conf.yml": "in: /in\nother:\n  y: 1\n",
}


def test_ruby() -> None:
    """Libraries beside the script, instance variables, blocks, settings; a library's own run is not the caller's."""
    found = facts("ruby /opt/p.rb", RUBY)
    assert reads(found) == {"/in/*.csv", "/opt/conf.yml"}
    assert writes(found) == {"/done/*.csv", "/out/r.json", "/main"}
    assert "/never" not in touched(found, Mode.DELETE)


def test_javascript() -> None:
    """What a module gives away runs where it is called; what it only holds does not."""
    files = {
        "opt/a/p.js": "const { save, DIR } = require('./lib/io');\nconst cfg = require('./cfg.json');\n"
        "async function main() { await save('x'); for (const f of fs.readdirSync('/l')) "
        "{ fs.copyFileSync(path.join('/l', f), path.join(cfg.target, f)); } }\nmain().catch(console.error);\n",
        "opt/a/lib/io.js": "const DIR = require('path').resolve(__dirname, '../out');\nmodule.exports = { DIR,\n"
        "  save: async (n) => { await fs.writeFile(`${DIR}/${n}.json`, 1) },\n"
        "  unused() { fs.unlinkSync('/unused') } };\n",
        "opt/a/cfg.json": '{"target": "/tt"}',
    }
    found = facts("node /opt/a/p.js", files)
    assert reads(found) == {"/l/", "/l/*"}
    assert writes(found) == {"/opt/a/out/x.json", "/tt/*"}
    assert touched(found, Mode.DELETE) == set()


def test_a_file_that_is_not_there_is_unclear() -> None:
    """A library by its path is missed; one by its name is somebody else's."""
    found = facts(
        "php /opt/p.php", {"opt/p.php": "<?php require __DIR__ . '/gone.php'; require 'vendor/autoload.php';"}
    )
    assert any("gone.php" in why for why in found.unclear)
    assert not any("vendor" in why for why in found.unclear)


@pytest.mark.parametrize(
    ("command", "text"),
    [
        (
            "php /opt/p.php {}",
            "<?php if (count($argv) > 1) { if ($argv[1] == 'one') { touch('/a/one'); } exit; } touch('/a/all');",
        ),
        (
            "ruby /opt/p.rb {}",
            "if ARGV.empty?\n  File.write('/a/all', 1)\nelsif ARGV[0] == 'one'\n  File.write('/a/one', 1)\nend",
        ),
        (
            "node /opt/p.js {}",
            (
                "const a = process.argv; if (a.length < 3) w('all'); else switch (a[2]) { case 'one': w('one'); }\n"
                "function w(n) { fs.writeFileSync('/a/' + n, 1) }"
            ),
        ),
    ],
)
def test_the_first_argument_decides(command: str, text: str) -> None:
    """A program of several commands does what the line asks for."""
    name = command.split()[1].removeprefix("/")
    assert writes(facts(command.format("one"), {name: text})) == {"/a/one"}
    assert writes(facts(command.format(""), {name: text})) == {"/a/all"}
    assert writes(facts(command.format("other"), {name: text})) == set()


def test_a_lock_of_php() -> None:
    """`flock` with LOCK_NB on a file opened for it."""
    text = "<?php $f = fopen('/run/a.lock', 'w'); if (!flock($f, LOCK_EX | LOCK_NB)) exit(1);"
    [lock] = facts("php /opt/p.php", {"opt/p.php": text}).locks
    assert (lock.name, lock.skips) == ("/run/a.lock", True)


HOSTILE = {
    "brackets": "([{" * 6_000,
    "chain": "x = " + " + ".join(["'a'"] * 4_000) + ";",
    "choices": "a ? b : " * 4_000 + "1",
    "methods": "a" + ".b()" * 8_000,
    "templates": "`${" * 4_000,
    "code in strings": '"#{' * 4_000,
    "functions": "function f() { " * 2_000,
    "arrows": "a => " * 4_000,
    "definitions": "def a\n" * 2_000,
    "blocks": "x do |a| " * 2_000,
    "pipes": "a %>% " * 4_000,
    "doubling": "x = x + x\n" * 200,
    "one word": "a" * 20_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_text_is_survived(name: str) -> None:
    """Depth, length and growth are bounded in every language."""
    for runner, ending in (("php", "php"), ("ruby", "rb"), ("node", "js"), ("Rscript", "R")):
        text = ("<?php " if ending == "php" else "") + HOSTILE[name]
        assert facts(f"{runner} /opt/p.{ending}", {f"opt/p.{ending}": text}).steps


_WORDS = """
    function def class end do { } ( ) [ ] | , ; : = => -> . :: 'a' "b#{c}" `x` $x @y a B if else while for in of return
    /re/ <<~E import from export async <- %>% %w[ ? + # // /* */ <?php ?>
"""
WORDS = [*_WORDS.split(), "\n", " "]


@settings(max_examples=60)
@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_words_are_a_program(words: list[str]) -> None:
    """Each parser gives a tree of any words."""
    text = " ".join(words)
    for parse in (php.parse, ruby.parse, node.parse, r.parse):
        assert isinstance(parse(text), nodes.Program)


def test_php_takes_its_arguments_one_by_one() -> None:
    """`array_shift($argv)` gives the script first, then what the call passes; the loop over the rest ends."""
    text = (
        "<?php\n$self = array_shift($argv);\n$job = array_shift($argv);\n"
        "while ($arg = array_shift($argv)) { $rest .= $arg; }\nfile_put_contents('/s/' . $job, 'x');\n"
    )
    assert writes(facts("php /p.php day.txt", {"p.php": text})) == {"/s/day.txt"}


STORE = """<?php
class Store {
  private $_found;
  private $_count = 0;
  public static function getInstance() { return new Store; }
  public function query($sql) { $this->_found = $this->_pdo->prepare($sql); return $this; }
  public function insert($table, $fields) {
    if (count($fields)) { $this->query("INSERT INTO $table (a) VALUES (1)"); }
  }
  public function has() { if ($this->query('SELECT a FROM known')->number() > 0) { return true; } }
  public function count() { return $this->_count; }
}
"""


def test_php_methods_have_no_case_and_are_no_functions() -> None:
    """`count($x)` in a class is PHP's own, whatever method the class has; a result that may be missing is no truth."""
    files = {"opt/lib/store.php": STORE, "opt/init.php": "<?php include ROOT . '/lib/store.php';"}
    start = "<?php require 'init.php';\n"
    program = start + "if (Store::GETINSTANCE()->has()) { exit; }\nStore::GetInstance()->insert('t', ['a' => 1]);"
    found = facts("php /opt/p.php", {**files, "opt/p.php": program})
    assert (reads(found), writes(found)) == ({"known"}, {"t"})


def test_a_library_below_a_root_that_nothing_names() -> None:
    """It is looked for in the folders around, by its whole tail; another file of that name is not it."""
    for place, found in (("lib/a.php", True), ("deep/lib/a.php", True), ("other/a.php", False)):
        program = "<?php require UNKNOWN_ROOT . '/lib/a.php'; out();"
        files = {f"opt/{place}": "<?php function out() { unlink('/gone'); }", "opt/deep/p.php": program}
        assert bool(touched(facts("php /opt/deep/p.php", files), Mode.DELETE)) is found


def test_a_class_that_an_argument_names() -> None:
    """`new $job()` makes an object of the class that the call names; of one that nobody names nothing is known."""
    program = (
        "<?php $name = $argv[1]; require_once __DIR__ . '/jobs/' . $name . '.php'; $job = new $name(); $job->run();"
    )
    files = {
        f"opt/jobs/{name}.php": f"<?php class {name} {{ function run() {{ unlink('/{name}'); }} }}" for name in "AB"
    }
    for words, gone in (("A", {"/A"}), ("B", {"/B"}), ("", set())):
        assert touched(facts(f"php /opt/p.php {words}", {**files, "opt/p.php": program}), Mode.DELETE) == gone


@pytest.mark.parametrize(
    ("call", "loop"),
    [
        ("perl /o/p", "while (! -e '/in/ready') {\n sleep 60;\n}\nsystem('{}');\n"),
        ("php /o/p", "<?php while (!file_exists('/in/ready')) { sleep(60); }\nexec('{}');\n"),
        ("Rscript /o/p", "while (!file.exists('/in/ready')) Sys.sleep(60)\nsystem('{}')\n"),
        ("ruby /o/p", "until File.exist?('/in/ready')\n sleep 60\nend\nsystem '{}'\n"),
    ],
)
def test_a_wait_before_a_cloud_call_is_a_step(call: str, loop: str) -> None:
    """A program that does nothing but wait and call a service waits first, as the line of shell would."""
    found = facts(call, {"o/p": loop.replace("{}", "aws lambda invoke --function-name f /dev/null")})
    assert [step.name for step in found.steps] == ["wait for file", "lambda invoke"]
    assert all(step.text for step in found.steps)
    assert [wait.target for wait in found.waits] == ["/in/ready"]

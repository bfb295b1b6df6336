"""How programs in Perl, PHP, Ruby, JavaScript and R come to the name of a file that they write: idioms of each."""

import pytest

from tests.commands.tools import facts, writes

FILES = {
    "lib/c.php": "<?php $d = '/a';",
    "c.ini": "[s]\nd=/a\n",
    "c2.php": "<?php return ['d' => '/a'];",
    "e": "OUT=/a\n",
    "c.json": '{"d": "/a"}',
    "c3.js": "module.exports = { d: '/a' }",
    "c4.mjs": "export const d = '/a'",
    "c5.mjs": "export default { d: '/a' }",
    "c.yml": "d: /a\n",
    "c.R": "d <- '/a'\n",
    "c.pl": "$d = '/a'; 1;",
}
CALLS = {
    "ruby": "ruby /opt/p.rb",
    "php": "php /opt/p.php",
    "node": "node /opt/p.js",
    "R": "Rscript /opt/p.R",
    "perl": "perl /opt/p.pl",
}
RUBY_IDIOMS = [
    ("File.write(File.expand_path('../out/x', __FILE__), 1)", ["/opt/out/x"]),
    ("File.write(File.expand_path('out/x', '/a'), 1)", ["/a/out/x"]),
    ("File.write(File.join(File.dirname(__FILE__), 'x'), 1)", ["/opt/x"]),
    ("File.write(File.join(__dir__, 'a', 'x'), 1)", ["/opt/a/x"]),
    ("File.write('/b/' + File.basename('/a/x.csv'), 1)", ["/b/x.csv"]),
    ("File.write('/b/' + File.basename('/a/x.csv', '.csv') + '.json', 1)", ["/b/x.json"]),
    ("File.write(ENV.fetch('OUT', '/a/x'), 1)", ["/a/x"]),
    ("File.write(ENV['OUT'] || '/a/x', 1)", ["/a/x"]),
    ("File.write(ENV.fetch('OUT') { '/a/x' }, 1)", ["/a/x"]),
    ("h = { 'a' => '/a/x' }; File.write(h.fetch('a'), 1)", ["/a/x"]),
    ("h = { a: '/a/x' }; File.write(h[:a], 1)", ["/a/x"]),
    ("h = { a: '/a/x' }; File.write(h.fetch(:b, '/a/y'), 1)", ["/a/y"]),
    ("loop do\n File.write('/a/x', 1)\n break\nend", ["/a/x"]),
    ("Timeout.timeout(5) { File.write('/a/x', 1) }", ["/a/x"]),
    ("p = Pathname.new('/a') + 'x'\nFile.write(p, 1)", ["/a/x"]),
    ("p = Pathname.new('/a').join('b', 'x')\nFile.write(p, 1)", ["/a/b/x"]),
    ("p = Pathname.new('/a/b/x')\nFile.write(p.dirname.join('y'), 1)", ["/a/b/y"]),
    ("Pathname.new('/a/x').write('1')", ["/a/x"]),
    ("Dir.glob('/in/*.csv') { |f| File.write('/a/' + File.basename(f), 1) }", ["/a/*.csv"]),
    ("Dir['/in/*.csv'].each { |f| File.write('/a/' + File.basename(f), 1) }", ["/a/*.csv"]),
    ("Dir.chdir('/a') do\n File.write('x', 1)\nend", ["/a/x"]),
    ("Dir.chdir('/a')\nFile.write('x', 1)", ["/a/x"]),
    ("f = ->(n) { File.write(n, 1) }\nf.call('/a/x')", ["/a/x"]),
    ("f = proc { |n| File.write(n, 1) }\nf.call('/a/x')", ["/a/x"]),
    (
        "def save(n, dir: '/a')\n File.write(File.join(dir, n), 1)\nend\nsave('x')\nsave('y', dir: '/b')",
        ["/a/x", "/b/y"],
    ),
    ("BASE = '/a'\nmodule M\n def self.go\n  File.write(\"#{BASE}/x\", 1)\n end\nend\nM.go", ["/a/x"]),
    (
        "class K\n def initialize(d)\n  @d = d\n end\n def go\n  File.write(\"#{@d}/x\", 1)\n end\nend\nK.new('/a').go",
        ["/a/x"],
    ),
    (
        (
            'class K\n attr_reader :d\n def initialize(d)\n  @d = d\n end\n def go\n  File.write("#{d}/x", '
            "1)\n end\nend\nK.new('/a').go"
        ),
        ["/a/x"],
    ),
    ("File.write(format('/a/%s.csv', 'x'), 1)", ["/a/x.csv"]),
    ("File.write(\"/a/#{Time.now.strftime('%Y%m%d')}.csv\", 1)", ["/a/*.csv"]),
    ('%w[x y].each { |n| File.write("/a/#{n}", 1) }', ["/a/x", "/a/y"]),
    ("['x', 'y'].map { |n| \"/a/#{n}\" }.each { |n| File.write(n, 1) }", ["/a/x", "/a/y"]),
    ("File.open('/a/x', 'w') { |f| f.puts 1 }", ["/a/x"]),
    ("CSV.open('/a/x', 'wb') do |csv|\n csv << [1]\nend", ["/a/x"]),
    ("system('cp', '/in', '/a/x')", ["/a/x"]),
    ("system(\"cp /in #{'/a'}/x\")", ["/a/x"]),
    ("`cp /in /a/x`", ["/a/x"]),
    ("FileUtils.cp('/in', '/a/x')", ["/a/x"]),
    ("FileUtils.mv('/in', '/a/x')", ["/a/x"]),
    ("IO.write('/a/x', 1)", ["/a/x"]),
    ("File.write(ARGV.first || '/a/x', 1)", ["/a/x"]),
    ("out = ARGV.empty? ? '/a/x' : ARGV[0]\nFile.write(out, 1)", ["/a/x"]),
    (
        (
            "require 'optparse'\no = {out: '/a/x'}\nOptionParser.new do |p|\n p.on('--out F') { |v| o[:out] = v "
            "}\nend.parse!\nFile.write(o[:out], 1)"
        ),
        ["/a/x"],
    ),
]
PHP_IDIOMS = [
    ("file_put_contents(dirname(__FILE__) . '/x', 1);", ["/opt/x"]),
    ("file_put_contents(__DIR__ . '/../a/x', 1);", ["/a/x"]),
    ("define('OUT', '/a'); file_put_contents(OUT . '/x', 1);", ["/a/x"]),
    ("const OUT = '/a'; file_put_contents(OUT . '/x', 1);", ["/a/x"]),
    ("define('OUT', '/a'); file_put_contents(constant('OUT') . '/x', 1);", ["/a/x"]),
    ("if (!defined('OUT')) define('OUT', '/a'); file_put_contents(OUT . '/x', 1);", ["/a/x"]),
    ("$d = '/a'; function go() { global $d; file_put_contents(\"$d/x\", 1); } go();", ["/a/x"]),
    ("$d = '/a'; function go() { file_put_contents($GLOBALS['d'] . '/x', 1); } go();", ["/a/x"]),
    ("function go($n) { file_put_contents($n, 1); } call_user_func('go', '/a/x');", ["/a/x"]),
    ("function go($n) { file_put_contents($n, 1); } call_user_func_array('go', ['/a/x']);", ["/a/x"]),
    ("array_map(function ($n) { file_put_contents(\"/a/$n\", 1); }, ['x', 'y']);", ["/a/x", "/a/y"]),
    ("foreach (array_merge(['x'], ['y']) as $n) file_put_contents(\"/a/$n\", 1);", ["/a/x", "/a/y"]),
    ("$c = array_merge(['d' => '/b'], ['d' => '/a']); file_put_contents($c['d'] . '/x', 1);", ["/a/x"]),
    ("$l = ['/a/x', '/b/y']; $f = array_shift($l); file_put_contents($f, 1);", ["/a/x"]),
    ("$l = ['/a/x', '/b/y']; $f = array_pop($l); file_put_contents($f, 1);", ["/b/y"]),
    ("file_put_contents(implode('/', ['/a', 'x']), 1);", ["/a/x"]),
    ("list($a, $b) = explode(':', '/a:x'); file_put_contents(\"$a/$b\", 1);", ["/a/x"]),
    ("[$a, $b] = ['/a', 'x']; file_put_contents(\"$a/$b\", 1);", ["/a/x"]),
    ("file_put_contents(str_replace('.csv', '.json', '/a/x.csv'), 1);", ["/a/x.json"]),
    ("file_put_contents(isset($o) ? '/a/y' : '/a/x', 1);", ["/a/x", "/a/y"]),
    ("$o = '/a/x'; file_put_contents(isset($o) ? $o : '/a/y', 1);", ["/a/x"]),
    ("$o = ''; if (empty($o)) { $o = '/a/x'; } file_put_contents($o, 1);", ["/a/x"]),
    ("$o = $argv[1] ?? '/a/x'; file_put_contents($o, 1);", ["/a/x"]),
    ("$o = getenv('O') ?: '/a/x'; file_put_contents($o, 1);", ["/a/x"]),
    ("$f = fopen('/a/x', 'w'); fwrite($f, 1);", ["/a/x"]),
    ("$f = new SplFileObject('/a/x', 'w'); $f->fwrite('1');", ["/a/x"]),
    ("set_include_path('/lib'); include 'c.php'; file_put_contents(\"$d/x\", 1);", ["/a/x"]),
    ("exec('cp /in /a/x');", ["/a/x"]),
    ('shell_exec("cp /in /a/x");', ["/a/x"]),
    ("passthru(sprintf('cp /in %s', escapeshellarg('/a/x')));", ["/a/x"]),
    ("`cp /in /a/x`;", ["/a/x"]),
    ("$x = match (true) { default => '/a/x' }; file_put_contents($x, 1);", ["/a/x"]),
    (
        "class K { private $d = '/a'; function go() { file_put_contents($this->d . '/x', 1); } } (new K)->go();",
        ["/a/x"],
    ),
    ("class K { const D = '/a'; static function go() { file_put_contents(static::D . '/x', 1); } } K::go();", ["/a/x"]),
    ("trait T { function go() { file_put_contents('/a/x', 1); } } class K { use T; } $k = new K; $k->go();", ["/a/x"]),
    ("$f = function () use ($argv) { file_put_contents('/a/x', 1); }; $f();", ["/a/x"]),
    ("$i = parse_ini_file('/c.ini', true); file_put_contents($i['s']['d'] . '/x', 1);", ["/a/x"]),
    ("$c = require '/c2.php'; file_put_contents($c['d'] . '/x', 1);", ["/a/x"]),
    ("chdir('/a'); file_put_contents('x', 1);", ["/a/x"]),
    ("file_put_contents('/a/' . date('Ymd') . '.csv', 1);", ["/a/*.csv"]),
    ("file_put_contents('/a/' . basename('/in/x.csv', '.csv') . '.json', 1);", ["/a/x.json"]),
    ("rename('/a/x.tmp', '/a/x');", ["/a/x"]),
    ("file_put_contents(strtolower('/A/X'), 1);", ["/a/x"]),
    ("$z = new ZipArchive; $z->open('/a/x.zip', ZipArchive::CREATE);", ["/a/x.zip"]),
    ("$p = gzopen('/a/x.gz', 'w9');", ["/a/x.gz"]),
]
NODE_IDIOMS = [
    ("fs.writeFileSync(path.join(__dirname, 'a', 'x'), 1)", ["/opt/a/x"]),
    ("fs.writeFileSync(path.resolve(__dirname, '../a/x'), 1)", ["/a/x"]),
    ("fs.writeFileSync(path.join(process.cwd(), 'x'), 1)", ["~/x"]),
    ("process.chdir('/a'); fs.writeFileSync('x', 1)", ["/a/x"]),
    ("fs.writeFileSync(process.env.OUT || '/a/x', 1)", ["/a/x"]),
    ("fs.writeFileSync(process.env.OUT ?? '/a/x', 1)", ["/a/x"]),
    ("const { OUT = '/a/x' } = process.env; fs.writeFileSync(OUT, 1)", ["/a/x"]),
    ("require('dotenv').config({ path: '/e' }); fs.writeFileSync(process.env.OUT + '/x', 1)", ["/a/x"]),
    (
        "const dotenv = require('dotenv'); dotenv.config({ path: '/e' }); fs.writeFileSync(`${process.env.OUT}/x`, 1)",
        ["/a/x"],
    ),
    ("setTimeout(() => fs.writeFileSync('/a/x', 1), 10)", ["/a/x"]),
    ("new Promise((ok) => { fs.writeFileSync('/a/x', 1); ok() })", ["/a/x"]),
    ("const w = util.promisify(fs.writeFile); w('/a/x', 1)", ["/a/x"]),
    ("Promise.all(['x', 'y'].map(async (n) => fs.promises.writeFile(`/a/${n}`, 1)))", ["/a/x", "/a/y"]),
    ("const o = Object.assign({}, { d: '/b' }, { d: '/a' }); fs.writeFileSync(o.d + '/x', 1)", ["/a/x"]),
    ("const o = { ...{ d: '/b' }, d: '/a' }; fs.writeFileSync(o.d + '/x', 1)", ["/a/x"]),
    ("for (const k of Object.keys({ x: 1, y: 2 })) fs.writeFileSync('/a/' + k, 1)", ["/a/x", "/a/y"]),
    ("for (const v of Object.values({ a: '/a/x' })) fs.writeFileSync(v, 1)", ["/a/x"]),
    ("for (const [k, v] of Object.entries({ x: '/a/' })) fs.writeFileSync(v + k, 1)", ["/a/x"]),
    ("const [out] = process.argv.slice(2); fs.writeFileSync(out || '/a/x', 1)", ["/a/x"]),
    ("fs.writeFileSync(['/a', 'x'].join('/'), 1)", ["/a/x"]),
    (
        (
            "import fs from 'fs'; import { fileURLToPath } from 'url'; const d = "
            "path.dirname(fileURLToPath(import.meta.url)); fs.writeFileSync(path.join(d, 'x'), 1)"
        ),
        ["/opt/x"],
    ),
    ("fs.writeFileSync(path.basename('/in/x.csv', '.csv') + '.json', 1)", ["~/x.json"]),
    ("fetchIt().then((r) => fs.writeFileSync('/a/x', r)).catch(() => {})", ["/a/x"]),
    ("(async () => { try { await fs.promises.writeFile('/a/x', 1) } catch (e) {} })()", ["/a/x"]),
    ("const save = (n, d = '/a') => fs.writeFileSync(`${d}/${n}`, 1); save('x')", ["/a/x"]),
    ("function save({ d = '/a', n }) { fs.writeFileSync(`${d}/${n}`, 1) } save({ n: 'x' })", ["/a/x"]),
    (
        "class K { constructor(d) { this.d = d } go() { fs.writeFileSync(this.d + '/x', 1) } } new K('/a').go()",
        ["/a/x"],
    ),
    ("class K { static D = '/a'; static go() { fs.writeFileSync(K.D + '/x', 1) } } K.go()", ["/a/x"]),
    ("const c = require('/c.json'); fs.writeFileSync(c.d + '/x', 1)", ["/a/x"]),
    ("const c = JSON.parse(fs.readFileSync('/c.json', 'utf8')); fs.writeFileSync(c.d + '/x', 1)", ["/a/x"]),
    ("const { d } = require('/c3.js'); fs.writeFileSync(d + '/x', 1)", ["/a/x"]),
    ("import { d } from '/c4.mjs'; fs.writeFileSync(d + '/x', 1)", ["/a/x"]),
    ("import c from '/c5.mjs'; fs.writeFileSync(c.d + '/x', 1)", ["/a/x"]),
    ("const s = fs.createWriteStream('/a/x'); s.write('1')", ["/a/x"]),
    ("fs.createReadStream('/in').pipe(fs.createWriteStream('/a/x'))", ["/a/x"]),
    ("execSync('cp /in /a/x')", ["/a/x"]),
    ("const { exec } = require('child_process'); exec(`cp /in ${'/a'}/x`)", ["/a/x"]),
    ("spawn('cp', ['/in', '/a/x'])", ["/a/x"]),
    ("fs.renameSync('/a/x.tmp', '/a/x')", ["/a/x"]),
    ("fs.copyFileSync('/in', '/a/x')", ["/a/x"]),
    ("fs.writeFileSync(`/a/${new Date().toISOString().slice(0, 10)}.json`, 1)", ["/a/*.json"]),
    ("fse.outputJsonSync('/a/x', {})", ["/a/x"]),
]
R_IDIOMS = [
    ("write.csv(x, file.path('/a', 'x'))", ["/a/x"]),
    ("write.csv(x, paste0('/a/', 'x'))", ["/a/x"]),
    ("write.csv(x, paste('/a', 'x', sep = '/'))", ["/a/x"]),
    ("saveRDS(x, here::here('x'))", ["~/x"]),
    ("d <- '/a'; saveRDS(x, glue::glue('{d}/x'))", ["/a/x"]),
    ("setwd('/a'); write.csv(x, 'x')", ["/a/x"]),
    ("out <- Sys.getenv('OUT', '/a/x'); write.csv(x, out)", ["/a/x"]),
    ("for (n in c('x', 'y')) write.csv(d, paste0('/a/', n))", ["/a/x", "/a/y"]),
    ("lapply(c('x', 'y'), function(n) write.csv(d, paste0('/a/', n)))", ["/a/x", "/a/y"]),
    ("purrr::walk(c('x', 'y'), ~ write_csv(d, paste0('/a/', .x)))", ["/a/x", "/a/y"]),
    ("save <- function(n, d = '/a') saveRDS(1, file.path(d, n)); save('x')", ["/a/x"]),
    ("c <- list(d = '/a'); saveRDS(1, file.path(c$d, 'x'))", ["/a/x"]),
    ("c <- yaml::read_yaml('/c.yml'); saveRDS(1, file.path(c$d, 'x'))", ["/a/x"]),
    ("c <- jsonlite::fromJSON('/c.json'); saveRDS(1, file.path(c$d, 'x'))", ["/a/x"]),
    ("source('/c.R'); saveRDS(1, file.path(d, 'x'))", ["/a/x"]),
    ("png('/a/x'); plot(1); dev.off()", ["/a/x"]),
    ("ggsave('/a/x', p)", ["/a/x"]),
    ("ggsave(p, filename = '/a/x')", ["/a/x"]),
    ("data.table::fwrite(x, '/a/x')", ["/a/x"]),
    ("x %>% write_csv('/a/x')", ["/a/x"]),
    ("x |> readr::write_csv('/a/x')", ["/a/x"]),
    ("system('cp /in /a/x')", ["/a/x"]),
    ("system2('cp', c('/in', '/a/x'))", ["/a/x"]),
    ("file.copy('/in', '/a/x')", ["/a/x"]),
    ("cat('1', file = '/a/x')", ["/a/x"]),
    ("writeLines('1', '/a/x')", ["/a/x"]),
    ("con <- file('/a/x', 'w'); writeLines('1', con); close(con)", ["/a/x"]),
    ("sink('/a/x'); print(1); sink()", ["/a/x"]),
    ("rmarkdown::render('/in.Rmd', output_file = '/a/x')", ["/a/x"]),
    ("download.file('https://example.org/x', '/a/x')", ["/a/x"]),
    (
        "args <- commandArgs(trailingOnly = TRUE); out <- if (length(args) > 0) args[1] else '/a/x'; saveRDS(1, out)",
        ["/a/x"],
    ),
    ("write.csv(x, sprintf('/a/%s', 'x'))", ["/a/x"]),
    ("write.csv(x, paste0('/a/', format(Sys.Date(), '%Y'), '.csv'))", ["/a/*.csv"]),
    ("save(x, file = '/a/x')", ["/a/x"]),
    ("arrow::write_parquet(x, '/a/x')", ["/a/x"]),
    ("openxlsx::write.xlsx(x, '/a/x')", ["/a/x"]),
    ("unlink('/b'); file.rename('/a/y', '/a/x')", ["/a/x"]),
]
PERL_IDIOMS = [
    ("use FindBin; open(F, '>', \"$FindBin::Bin/x\");", ["/opt/x"]),
    ("use FindBin qw($Bin); open(F, '>', \"$Bin/../a/x\");", ["/a/x"]),
    ("use File::Spec; open(F, '>', File::Spec->catfile('/a', 'b', 'x'));", ["/a/b/x"]),
    (
        "use File::Basename; my ($n, $d, $s) = fileparse('/in/x.csv', '.csv'); open(F, '>', \"/a/$n.json\");",
        ["/a/x.json"],
    ),
    ("use File::Basename; open(F, '>', dirname('/a/b/x') . '/y');", ["/a/b/y"]),
    ("my %h = (d => '/a'); open(F, '>', \"$h{d}/x\");", ["/a/x"]),
    ("my $h = { d => '/a' }; open(F, '>', \"$h->{d}/x\");", ["/a/x"]),
    ("my $out = shift || '/a/x'; open(F, '>', $out);", ["/a/x"]),
    ("my $out = $ARGV[0] // '/a/x'; open(F, '>', $out);", ["/a/x"]),
    ("my ($a, $b) = @_; sub go { my ($n) = @_; open(F, '>', \"/a/$n\"); } go('x');", ["/a/x"]),
    ("sub go { my $n = shift; open(F, '>', \"/a/$n\"); } go('x');", ["/a/x"]),
    ("sub go { my %o = @_; open(F, '>', \"$o{dir}/x\"); } go(dir => '/a');", ["/a/x"]),
    (
        (
            "package K; sub new { my ($c, %o) = @_; return bless { %o }, $c } sub go { my $s = shift; open(F, "
            "'>', \"$s->{d}/x\") } package main; K->new(d => '/a')->go;"
        ),
        ["/a/x"],
    ),
    ("for my $n (qw(x y)) { open(F, '>', \"/a/$n\"); }", ["/a/x", "/a/y"]),
    ("foreach my $n (map { \"/a/$_\" } qw(x y)) { open(F, '>', $n); }", ["/a/x", "/a/y"]),
    ("my %h = (x => 1, y => 2); for my $n (sort keys %h) { open(F, '>', \"/a/$n\"); }", ["/a/x", "/a/y"]),
    ("open(F, '>', join('/', '/a', 'x'));", ["/a/x"]),
    ("open(F, '>/a/x');", ["/a/x"]),
    ("open my $f, '>', '/a/x' or die;", ["/a/x"]),
    ("my $f = IO::File->new('/a/x', 'w');", ["/a/x"]),
    ("my $f = IO::File->new('> /a/x');", ["/a/x"]),
    ("use Path::Tiny; path('/a', 'x')->spew('1');", ["/a/x"]),
    ("use Path::Tiny; path('/a')->child('x')->spew_utf8('1');", ["/a/x"]),
    ("use Path::Class; my $w = file('/a', 'x')->openw;", ["/a/x"]),
    ("use File::Slurp; write_file('/a/x', '1');", ["/a/x"]),
    ("system('cp', '/in', '/a/x');", ["/a/x"]),
    ('system("cp /in /a/x");', ["/a/x"]),
    ("`cp /in /a/x`;", ["/a/x"]),
    ("qx{cp /in /a/x};", ["/a/x"]),
    ("my $o = '/a/y'; GetOptions('out=s' => \\$o); open(F, '>', $o);", ["/a/y"]),
    ("use Getopt::Long; my %o = (out => '/a/x'); GetOptions(\\%o, 'out=s'); open(F, '>', $o{out});", ["/a/x"]),
    ("use constant OUT => '/a'; open(F, '>', OUT . '/x');", ["/a/x"]),
    ("use constant { OUT => '/a', N => 'x' }; open(F, '>', OUT . '/' . N);", ["/a/x"]),
    ("our $d = '/a'; do '/c.pl'; open(F, '>', \"$d/x\");", ["/a/x"]),
    ("chdir '/a'; open(F, '>', 'x');", ["/a/x"]),
    ("rename '/a/x.tmp', '/a/x';", ["/a/x"]),
    ("use File::Copy; move('/a/y', '/a/x');", ["/a/x"]),
    ("use File::Copy qw(copy); copy('/in', '/a/x') or die;", ["/a/x"]),
    ("use Storable; store(\\%h, '/a/x');", ["/a/x"]),
    ("my $d = $ENV{OUT} || '/a'; open(F, '>', \"$d/x\");", ["/a/x"]),
    ("my $t = sprintf('/a/%s.csv', 'x'); open(F, '>', $t);", ["/a/x.csv"]),
    ("my @t = localtime; my $t = sprintf('/a/%04d%02d.csv', $t[5], $t[4]); open(F, '>', $t);", ["/a/*.csv"]),
    ('open(F, "| gzip > /a/x");', ["/a/x"]),
    ("(my $o = '/a/x.csv') =~ s/\\.csv$/.json/; open(F, '>', $o);", ["/a/x.json"]),
    ("my ($a, $b) = split /:/, '/a:x'; open(F, '>', \"$a/$b\");", ["/a/x"]),
    ("use LWP::Simple; getstore('http://e.org/x', '/a/x');", ["/a/x"]),
    ("my $ua = LWP::UserAgent->new; $ua->mirror('http://e.org/x', '/a/x');", ["/a/x"]),
    ("my $ua = LWP::UserAgent->new; $ua->get('http://e.org/x', ':content_file' => '/a/x');", ["/a/x"]),
]
IDIOMS = [
    (language, text, written)
    for language, idioms in (
        ("perl", PERL_IDIOMS),
        ("php", PHP_IDIOMS),
        ("ruby", RUBY_IDIOMS),
        ("node", NODE_IDIOMS),
        ("R", R_IDIOMS),
    )
    for text, written in idioms
]


@pytest.mark.parametrize(("language", "text", "written"), IDIOMS)
def test_the_file_is_known(language, text, written):
    """Each idiom gives the files that are written, whole where the text tells them."""
    call = CALLS[language]
    path = call.partition("/")[2]
    found = facts(call, {path: f"<?php {text}" if language == "php" else text, **FILES})
    assert sorted(writes(found)) == written


@pytest.mark.parametrize(
    ("language", "text", "written"),
    [
        # A pattern, an option that is not passed, a mode that only reads, a name that is no file.
        ("perl", "my ($n) = fileparse('/in/x.csv', qr/\\.[^.]*$/); open(F, '>', \"/a/$n\");", ["/a/x"]),
        ("perl", "my ($n) = fileparse('/in/x.csv', '.txt'); open(F, '>', \"/a/$n\");", ["/a/x.csv"]),
        ("perl", "my $m = Mirror->new; $m->mirror('here', 'http://e.org/x');", []),
        ("perl", "$x->get('/a/x');", []),
        ("php", "$z = new ZipArchive; $z->open('/a/x.zip');", []),
        ("php", "$x->open('/a/x');", []),
        ("php", "$x = match ($y) { 1, 2 => '/a/x', 3 => '/a/y' }; file_put_contents($x, 1);", ["/a/x", "/a/y"]),
        ("php", "match ($y) { };", []),
        (
            "php",
            "class K { public $d = '/a'; } $k = new K; $k->d = '/b'; file_put_contents($k->d . '/x', 1);",
            ["/b/x"],
        ),
        ("ruby", "OptionParser.new { |p| p.on('-o F') { |v| File.write(v, 1) } }.parse!", []),
        ("ruby", "x.on('y') { File.write('/a/x', 1) }", ["/a/x"]),
        ("ruby", "Dir['/in/*.csv'].each { |f| puts f }", []),
        ("R", "cat('x')", []),
        ("R", "cat('x', file = '/a/x', append = TRUE)", ["/a/x"]),
        ("R", "con <- file('/a/x', 'r'); readLines(con)", []),
        ("R", "con <- file('/a/x'); writeLines('1', con)", ["/a/x"]),
        ("R", "lm(y ~ x)", []),
        ("R", "rmarkdown::render('/a/x.Rmd')", ["/a/x.html"]),
        ("R", "rmarkdown::render('/in.Rmd', output_file = 'x.html', output_dir = '/a')", ["/a/x.html"]),
        ("R", "save.image('/a/x')", ["/a/x"]),
        ("R", "write.csv(x, glue('{unknown}/x'))", ["*/x"]),
        ("node", "const o = { d: '/a', ...{ d: '/b' } }; fs.writeFileSync(o.d + '/x', 1)", ["/b/x"]),
        ("node", "export default { d: '/a' }", []),
    ],
)
def test_what_is_no_file_or_only_read(language, text, written):
    """What is not passed, only read or a pattern of another kind is not written."""
    test_the_file_is_known(language, text, written)


@pytest.mark.parametrize(
    ("call", "written"),
    [("-o /a/x", ["/a/x"]), ("--out=/a/x -v", ["/a/x"]), ("-v", ["/b/x"]), ("", ["/b/x"])],
)
def test_options_of_ruby(call, written):
    """A block of OptionParser runs where its option is passed."""
    text = """
out = '/b/x'
OptionParser.new do |parser|
  parser.banner = 'usage'
  parser.on('-v', '--[no-]verbose') { |v| $loud = v }
  parser.on('-o', '--out FILE', 'the file') { |v| out = v }
end.parse!
File.write(out, 1)
"""
    assert sorted(writes(facts(f"ruby /opt/p.rb {call}", {"opt/p.rb": text}))) == written

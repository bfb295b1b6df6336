"""Programs in other languages, called from a command: read without an exception, whatever they are."""

from __future__ import annotations

from functools import partial

from migrator.commands import analyse
from tests.commands.tools import Files, job
from tests.fuzz.targets.target import Target, seeds, text_of

_CALLS = {
    "python": ("python3 /p.py a --day=x", "p.py"),
    "perl": ("perl /p.pl a b", "p.pl"),
    "php": ("php /p.php a b", "p.php"),
    "ruby": ("ruby /p.rb a b", "p.rb"),
    "node": ("node /p.js a b", "p.js"),
    "r": ("Rscript /p.R a b", "p.R"),
    "sql": ("psql -f /p.sql db", "p.sql"),
    "make": ("make -f /Makefile all", "Makefile"),
    "csh": ("csh /p.csh a", "p.csh"),
    "gnuplot": ("gnuplot /p.gp", "p.gp"),
}
_SEEDS = {
    "python": (
        (
            "import os, sys, argparse\nfrom pathlib import Path\nBASE = Path('/srv') / sys.argv[1]\n\n"
            "def main(day=None, *a, **k):\n    with open(f'{BASE}/x-{day:%Y}.csv', 'w') as f:\n        f.write('x')\n"
            "    os.system('cp a b'); subprocess.run(['ls', BASE], check=True)\n    return {k: v for k, v in a if k}\n"
            "if __name__ == '__main__':\n    main(*sys.argv[1:])\n"
        ),
        (
            "class A(B):\n    x = lambda self: [i async for i in y]\n    @property\n    def p(self): return self.q.p\n"
            "try:\n    boto3.client('s3').upload_file('a', 'b', 'k')\nexcept (E, F) as e: raise\nwhile (n := f(n)): pass\n"
        ),
    ),
    "perl": (
        (
            '#!/usr/bin/perl\nuse strict; my ($a, %h) = @ARGV; open(my $f, \'>\', "/srv/$a.csv") or die; print $f <<"E";\nx $h{y}[0] @{[1]}\nE\n'
            'foreach my $x (sort { $a <=> $b } qw(a b)) { system("cp $x /b") if $x =~ m{^a(.*)}i; s/x/y/g; }\nsub g { return shift->{z} . `ls`; }\n'
        ),
    ),
    "php": (
        (
            "<html><?php\nnamespace A\\B; require_once __DIR__ . '/c.php'; $x = ['a' => 1, \"b\" => \"$y[z] {$o->p}\"];\n"
            "function f(array &$a, ?int $n = null): string { foreach ($a as $k => $v) { file_put_contents(\"/srv/$k\", <<<E\nq $v\nE); } return exec('ls'); }\n"
            "class C extends D { const X = 'y'; public static function g() { return static::X ?? self::$z; } } ?> text <?= $x ?>"
        ),
    ),
    "ruby": (
        (
            "require 'csv'\nclass A < B\n  attr_reader :x\n  def self.run(d = Date.today, *r, k: 1, &b)\n    File.open(\"/srv/#{d}.csv\", 'w') { |f| f << %w[a b].map(&:to_s) }\n"
            "    system 'cp', x unless $?.success?\n    puts <<~E\n      q #{x}\n    E\n  rescue => e then raise\n  ensure\n    `ls`\n  end\nend\nA.run if __FILE__ == $0\n"
        ),
    ),
    "node": (
        (
            "#!/usr/bin/env node\nconst fs = require('fs'), {exec} = require('child_process');\nasync function f({a, ...b} = {}, [c]) {\n"
            "  await fs.promises.writeFile(`/srv/${a?.b ?? process.argv[2]}.csv`, x => ({y: x}));\n  for (const k of b) { exec('cp a b'); }\n"
            "  return /re[/]x/g.test(a) ? 1 : new A().b['c'];\n}\nexport default class extends B { #p = 1; get q() { return 2 } }\n"
        ),
    ),
    "r": (
        (
            "library(DBI)\nargs <- commandArgs(trailingOnly = TRUE)\nx <- read.csv(file.path('/srv', paste0(args[1], \".csv\")))\n"
            "f <- function(a, b = 2, ...) { if (a > 1) write.csv(x[[1]]$y, 'o.csv') else for (i in 1:10) system('ls') }\ny = x %>% f() |> g(\\(z) z) -> w\n"
        ),
    ),
    "sql": (
        (
            '-- c\nCREATE TABLE IF NOT EXISTS a.b (x int, "y z" text); INSERT INTO a.b SELECT * FROM c JOIN d ON c.x = d.x WHERE y IN (SELECT 1);\n'
            "\\copy a.b from '/srv/x.csv' csv\nWITH q AS (DELETE FROM e RETURNING *) MERGE INTO f USING q ON (1=1) WHEN MATCHED THEN UPDATE SET a=$$b;$$;\n"
            "LOAD DATA LOCAL INFILE '/srv/y' INTO TABLE `g`; COPY h FROM 's3://b/k' IAM_ROLE 'x'; /* open\n"
        ),
    ),
    "make": (
        "B := /srv\ninclude x.mk\nall: $(B)/o.csv | dirs\n$(B)/%.csv: in/%.txt ; cp $< $@\ndefine f =\n@echo $(1)\nendef\nifeq ($(X),y)\nall:\n\t-@$(call f,$(shell ls)) \\\n\t  && gzip $^\nelse\nY ?= $(patsubst %.c,%.o,$(wildcard *.c))\nendif\n.PHONY: all\n",
    ),
    "csh": (
        (
            '#!/bin/csh -f\nset d = `date +%F`\nsetenv X "$d:q"\n@ n = $#argv + 1\nif ( -e /a && $n > 1 ) then\n  cp /a /b >& /dev/null\nelse if ( ! $?X ) then\n  goto end\nendif\n'
            "foreach f ( a b $argv[1-] )\n  cat $f:r.x | sort > $f.o\nend\nswitch ( $1 )\n case a*:\n  x\n  breaksw\n default:\n  y\nendsw\nwhile ( 1 )\nend\nend:\nsource z\n"
        ),
    ),
    "gnuplot": (
        "set terminal png\nset output '/srv/o.png'\nplot '/srv/x.dat' using 1:2 with lines, \"< cat y\" title 'z', \\\n '-'\n1 2\ne\nsystem('ls')\n",
    ),
}


def check(data: bytes, language: str) -> None:
    """Analyse a command that starts a program of this text: nothing is raised."""
    command, name = _CALLS[language]
    found = analyse([job(command)], Files({name: text_of(data)}))
    assert list(found) == ["j"]


TARGETS = tuple(Target(language, partial(check, language=language), seeds(*_SEEDS[language])) for language in _CALLS)

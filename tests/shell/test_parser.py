"""Shell text becomes our tree: structure, faults, limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.shell import commands, parse, walk
from migrator.shell.parser import MAX_LENGTH
from migrator.shell.tree import AndOr, Command, FaultKind, Pipeline, Redirect, Script
from tests.shell.shape import shape

STRUCTURES = {
    "": "",
    "# only a comment": "",
    "a; b & c": "[a]; [b] &; [c]",
    "a && b || c; d": "([a] && [b] || [c]); [d]",
    "a && b > f": "([a] && [b >f])",
    "a | b > f": "([a] | [b >f])",
    "a && b | c > f && d": "([a] && ([b] | [c >f]) && [d])",
    "a && b & c": "([a] && [b]) &; [c]",
    "b >l 2>&1 c": "[b c >l 2>&1]",
    ">f a b": "[a b >f]",
    "> f": "[>f]",
    "a |& b &> c": "([a] | [b &>c])",
    "a <in >>out 2>|err 3<&- {fd}>x <<< w": "[a <in >>out 2>|err 3<&- >x <<<w]",
    "! a | b": "!([a] | [b])",
    "! { a; } && ! b > f": "(!({[a]}) && !([b >f]))",
    "time { a; }": "T({[a]})",
    "time -p a | b": "T([a] | [b])",
    "time -f %e a": "[time -f %e a]",
    "! time a": "!T([a])",
    "time": "[time]",
    "coproc X { a; }": "{[a]}",
    "coproc a b": "[a b]",
    "! ((a; b) | c)": "!(<(<[a]; [b]> | [c])>)",
    "A=1 B+=2 C=(x 'y z') cmd D=4": "[A=1 B+=2 C=(x y z) cmd D=4]",
    "A=": "[A=]",
    "export A=b": "[export A=b]",
    "[ -f x ] && y": "([[ -f x ]] && [y])",
    "[[ a =~ ^(b|c)$ && x == y* ]] > f": "[[ a =~ ^(b|c)$ && x == y* >f",
    "(( i++ )) || x": "(((  i++  || [x])",
    "( a; b ) > f": "<[a]; [b]> >f",
    "a || { b; c; } > d": "([a] || {[b]; [c]} >d)",
    "if a; then b; elif c; then d; else e; fi >f": "if [a] then [b] elif [c] then [d] else [e] fi >f",
    "while read x; do b; done < f | c": "(while [read x] do [b] done <f | [c])",
    "until a; do b; done &": "until [a] do [b] done &",
    "for x in a 'b c' $d; do e & done": "for x in a b c $d do [e] & done",
    "for x; do a; done": "for x do [a] done",
    "for x do a; done": "for x do [a] done",
    "for x\ndo a\ndone\nb > c": "for x do [a] done; [b >c]",
    "for x in; do a; done": "for x in  do [a] done",
    "select x in a b; do c; done": "for x in a b do [c] done",
    "for ((i=0;i<3;i++)); do x; done": "for i=0;i<3;i++ do [x] done",
    "for ((;;)) { a; }": "for ;; do [a] done",
    'case "$1" in (a|"b c") x; y;; *) ;; esac > f': 'case "$1" in a|b c) [x]; [y] ;; *)  ;; esac >f',
    "case a in\n if) (b)\n ;;\nesac\nc": "case a in if) <[b]> ;; esac; [c]",
    "f() { a; }; f": "f() {[a]}; [f]",
    "f () ( a ) > x": "f() <[a]> >x",
    "function f\n{ a\n}\nf": "f() {[a]}; [f]",
    ":(){ :|:& };:": ":() {([:] | [:]) &}; [:]",
    "{{ run }} x && y": "([{{ run }} x] && [y])",
    ". {FILE} && {DIR}/x": "([. {FILE}] && [{DIR}/x])",
    "a | b | c\n\n# why\nd > e": "([a] | [b] | [c]); [d >e]",
    "a \\\n b # c\nd": "[a b]; [d]",
    "echo “hello” ‘x’": "[echo “hello” ‘x’]",
    "echo done in if": "[echo done in if]",
    "mv a{.tmp,} b*": "[mv a{.tmp,} b*]",
    "a;b\r\nc\r\n": "[a]; [b]; [c]",
}


@pytest.mark.parametrize(("text", "expected"), STRUCTURES.items(), ids=lambda value: value[:30])
def test_structure(text: str, expected: str) -> None:
    """Statements nest as bash nests them, and nothing in them is a fault."""
    script = parse(text)
    assert shape(script) == expected
    assert script.faults == ()


FAULTS = {
    'echo "abc': ('?echo "abc?', FaultKind.UNTERMINATED),
    "a; b 'c": ("?a; b 'c?", FaultKind.UNTERMINATED),
    "echo $(date +": ("?echo $(date +?", FaultKind.UNTERMINATED),
    "echo `date": ("?echo `date?", FaultKind.UNTERMINATED),
    "echo ${HOME": ("?echo ${HOME?", FaultKind.UNTERMINATED),
    "echo $((1+": ("?echo $((1+?", FaultKind.UNTERMINATED),
    'a\nb "x\nc': ('[a]; ?b "x\nc?', FaultKind.UNTERMINATED),
    "a;;b": ("[a]; ?;;?; [b]", FaultKind.SYNTAX),
    "> >> 2>&1 <": ("?> >> 2>&1 <?", FaultKind.SYNTAX),
    "a\nfi": ("[a]; ?fi?", FaultKind.SYNTAX),
    "curl <": ("[curl]; ?<?", FaultKind.SYNTAX),
    "a >\nb": (None, FaultKind.SYNTAX),
    "&& a": (None, FaultKind.SYNTAX),
    "root { a; }": ("[root { a]; ?}?", FaultKind.SYNTAX),
    "x (y) z": (None, FaultKind.SYNTAX),
    "( a; b": (None, FaultKind.UNTERMINATED),
    "cat <<'EOF'": ("[cat <<EOF]", FaultKind.UNTERMINATED),
    "if a; then\n b\n": (None, FaultKind.UNTERMINATED),
    "while a": (None, FaultKind.UNTERMINATED),
    "case x in": (None, FaultKind.UNTERMINATED),
    "echo $(if)": (None, FaultKind.UNTERMINATED),
}


@pytest.mark.parametrize(("text", "expected", "kind"), [(text, *rest) for text, rest in FAULTS.items()])
def test_faults(text: str, expected: str | None, kind: FaultKind) -> None:
    """What bash refuses is a fault of the right kind; a line with an open quote is opaque as a whole."""
    script = parse(text)
    if expected is not None:
        assert shape(script) == expected
    assert kind in {fault.kind for fault in script.faults}


def test_statements_before_a_fault_are_kept() -> None:
    """A script of many lines keeps what was understood; the fault says where the rest begins."""
    script = parse("a -x\nfor i in 1 2; do b; done\n)\n")
    assert [command.words[0].raw for command in commands(script)] == ["a", "b"]
    assert [(fault.kind, fault.span.line) for fault in script.faults] == [(FaultKind.SYNTAX, 3)]


def test_here_documents() -> None:
    """A body belongs to its command; what follows the start on its line is not lost."""
    script = parse("cat <<E | wc > x && y\nit's $x\nE\na <<-'F' <<G; b\n\tone\n\tF\ntwo $(d)\nG\nc\n")
    assert shape(script) == "(([cat <<E] | [wc >x]) && [y]); [a <<-F <<G]; [b]; [c]"
    found = [redirect for each in commands(script) for redirect in each.redirects if redirect.body is not None]
    assert [(each.body, each.expands) for each in found] == [
        ("it's $x\n", True),
        ("one\n", False),
        ("two $(d)\n", True),
    ]
    assert [shape(inner) for inner in found[2].scripts] == ["[d]"]
    assert found[0].body_span is not None
    assert (found[0].body_span.line, found[0].body_span.last_line) == (2, 2)
    assert script.faults == ()


def test_here_document_in_a_substitution() -> None:
    """Quotes in a body inside `$(…)` close nothing."""
    script = parse("x=$(cat <<E\nit's \"\nE\n) && y")
    assert shape(script) == "([x=$(cat <<E\nit's \"\nE\n)] && [y])"
    inner = [command for command in commands(script) if command.words[:1]]
    assert [each.words[0].raw for each in inner] == ["cat", "y"]


def test_shift_is_no_here_document() -> None:
    """`<<` in arithmetic shifts bits."""
    script = parse("x=$((1<<2))\n(( y = 1 << 3 ))\nz\n")
    assert script.faults == ()
    assert [each.words[0].raw for each in commands(script) if each.words] == ["z"]


def test_spans_count_characters_and_lines() -> None:
    """Positions are of characters, not bytes."""
    text = "écho 'ü' | x\n\ud800 b\n"
    script = parse(text)
    found = list(commands(script))
    assert [text[each.span.start : each.span.end] for each in found] == ["écho 'ü'", "x", "\ud800 b"]
    assert [each.span.line for each in found] == [1, 1, 2]
    assert script.faults == ()


def test_spans_in_substitutions() -> None:
    """What stands in `$(…)` keeps its place in the whole text."""
    text = 'a\nx "$(b\n c)" > f\n'
    inner = {each.words[0].raw: each for each in commands(parse(text))}
    assert text[inner["c"].span.start : inner["c"].span.end] == "c"
    assert inner["c"].span.line == 3
    assert inner["x"].span.last_line == 3


def test_nul_and_control_characters() -> None:
    """Characters without meaning to a shell are parts of words."""
    assert shape(parse("a\0b \x01 \u00a0c")) == "[a\0b \x01 \u00a0c]"


def test_too_large() -> None:
    """A text over the limit is one opaque statement."""
    script = parse("x" * (MAX_LENGTH + 1))
    assert [fault.kind for fault in script.faults] == [FaultKind.TOO_LARGE]


HOSTILE = {
    "parentheses": "(" * 3000 + "x" + ")" * 3000,
    "open parentheses": "(" * 3000,
    "spaced parentheses": "( " * 3000 + "x" + " )" * 3000,
    "substitutions": "$(" * 2000 + "x" + ")" * 2000,
    "open substitutions": 'x "' + '$("' * 2000,
    "braces": "{ " * 5000 + "x" + "; }" * 5000,
    "expansions": "${a:-" * 20000,
    "conjunctions": " && ".join(["true"] * 5000),
    "pipes": " | ".join(["cat"] * 5000),
    "ifs": "if x; then " * 3000 + "y" + "; fi" * 3000,
    "operators": ";;&&|" * 4000,
    "redirections": ">" * 20000,
    "closing": ")" * 20000,
    "nul": "\0" * 20000,
    "html": "<a>b</a>" * 20000,
    "python": "password = foo('x')\n" * 8000,
    "heredocs": "<<E " * 3000,
    "escapes": "\\a" * 100000,
    "quotes": "a\"b\"'c'" * 20000,
    "spaces": "x" + " " * 20000,
    "slashes": "/" * 20000,
    "arrays": "a=(" * 3000,
    "nested arithmetic": "$((" * 3000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_texts_end_soon(text: str) -> None:
    """Depth is cut off, time stays in proportion, and nothing raises."""
    script = parse(text)
    assert script.items
    list(walk(script))


def test_deep_nesting_is_named() -> None:
    """What lies too deep says so."""
    kinds = {fault.kind for fault in parse("( " * 100 + "x" + " )" * 100).faults}
    assert kinds == {FaultKind.TOO_DEEP}
    kinds = {fault.kind for fault in parse("echo " + "$(echo " * 100 + "x" + ")" * 100).faults}
    assert kinds == {FaultKind.TOO_DEEP}


def test_long_lists_are_flat() -> None:
    """A list of thousands is one node, however the grammar leans."""
    (item,) = parse(" && ".join(["true"] * 5000)).items
    assert isinstance(item.node, AndOr)
    assert len(item.node.rest) == 4999
    (item,) = parse(" | ".join(["cat"] * 5000)).items
    assert isinstance(item.node, Pipeline)
    assert len(item.node.stages) == 5000


NASTY = {
    "( /usr/bin/find ~/old -mtime +7 | tee -a ~/log | tar -czf ~/b_$(date +": [],
    "mysqldump -u root db>db.sql;gzip -9f db.sql": ["mysqldump", "gzip"],
    'python /app/manage.py shell --command "from a import b; b()"': ["python"],
    "if [ -x /c ] && [ $(date +%d) -le 7 ]; then /c --cron; fi": ["[", "[", "date", "/c"],
    "test -x /c -a \\! -d /run && perl -e 'sleep int(rand(43200))' && c -q": ["test", "perl", "c"],
    "test -e /run || SERVICE_MODE=1 /e2": ["test", "/e2"],
    "cd $S/x; python p.py --year=$(date --date '11 days ago' +'%Y')": ["cd", "python", "date"],
    "h=$({ cat /c/* 2>/dev/null || true; } | sed -nE 's/^\\s*(\\S.*)$/\\1/p' | tail -1); h=${h:-/w}; "
    'if [ -d "$h" ]; then find "$h/" -delete; fi': ["cat", "true", "sed", "tail", "[", "find"],
    "ps -elf|grep x|grep -v grep || php y >> l 2>>e": ["ps", "grep", "grep", "php"],
    "sleep 9; /zip.sh; sudo shutdown -h +1 &": ["sleep", "/zip.sh", "sudo"],
    "chown a b; while :; do /R.py > l 2>&1; done": ["chown", ":", "/R.py"],
    "cd /r && tar czf /t-$(date +%Y).gz o/ && (rsync -a /t r: || echo F >> l)": ["cd", "tar", "date", "rsync", "echo"],
    "[[ -e /m ]] && echo 'Å!' || (echo \"S: $(hostname)\"; echo) | sendmail -i a@b": [
        "echo", "echo", "hostname", "echo", "sendmail",
    ],
    "U=$(date +%Y) && cd ~/g.$U && curl -O ftp://h/f[054-099:3] >> l 2>&1": ["date", "cd", "curl"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "programs"), NASTY.items(), ids=lambda value: str(value)[:20])
def test_lines_of_real_crontabs(text: str, programs: list[str]) -> None:
    """Every program that a line runs is found, once."""
    script = parse(text)
    assert [each.words[0].raw for each in commands(script) if each.words] == programs
    assert bool(script.faults) is not bool(programs)


WORDS = st.sampled_from(["a", "b -x", "'c d'", '"$e"', "f\\ g", "$(h)", "{i,j}", "k*", "l=m", "${n:-o}", "é"])
JOINS = st.sampled_from([" && ", " || ", " | ", "; ", "\n", " & ", " |\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, JOINS), min_size=1, max_size=8))
def test_every_command_comes_out_once(parts: list[tuple[str, str]]) -> None:
    """Joining simple commands loses none, adds none and keeps their order."""
    text = "".join(f"x{index} {word}{join}" for index, (word, join) in enumerate(parts)) + "end"
    script = parse(text)
    names = [each.words[0].raw for each in commands(script) if each.words and each.words[0].raw != "h"]
    assert names == [f"x{index}" for index in range(len(parts))] + ["end"]
    assert script.faults == ()


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="ab$(){}[]<>|&;'\"`\\ \n#=!-0E", max_size=60))
def test_any_text_parses(text: str) -> None:
    """Whatever the text, there is a tree whose spans lie in it, and the same one each time."""
    script = parse(text)
    assert parse(text) == script
    for node in walk(script):
        assert 0 <= node.span.start <= node.span.end <= len(text)
    for fault in script.faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_unicode_parses(text: str) -> None:
    """No character stops the parser."""
    assert isinstance(parse(text), Script)


def test_redirect_of_a_command_without_words() -> None:
    """A redirection alone is a command of its own."""
    (item,) = parse("2>err").items
    assert isinstance(item.node, Command)
    (redirect,) = item.node.redirects
    assert isinstance(redirect, Redirect)
    assert redirect.descriptor == 2


@pytest.mark.parametrize("pipe", ["|", "|&"])
@pytest.mark.parametrize("command", ["b", "{ b; c | d; }", "(b | c)", "if b; then c; fi", "case b in c | d) e ;; esac"])
def test_a_pipeline_of_many_commands_is_not_read_where_statements_nest(pipe, command):
    """The grammar's recovery from an error takes twice the time for each further command."""
    few = "if a " + f"{pipe} {command} " * 20 + "; then z; fi"
    many = "if a " + f"{pipe} {command} " * 21 + "; then z; fi"
    assert parse(few).faults == ()
    assert [fault.kind for fault in parse(many).faults] == [FaultKind.TOO_LARGE]


@pytest.mark.parametrize(
    "piece",
    ["|| e" + " | e" * 8, "| { e | e | e", "| ( e | e", "| if e | e", "&& while e" + " | e" * 6, "| f() { e | e"],
)
def test_pipelines_beside_an_error_are_counted_together(piece):
    """Those of one list, and those that stand in each other: recovery from the error takes as long as for one."""
    text = "a && b | | { c " + piece * 10 + "; f & } |) g; fi\n"
    assert [fault.kind for fault in parse(text).faults] == [FaultKind.TOO_LARGE]


@pytest.mark.parametrize("text", ["&lt;" * 15_000, "a ;; b\n" * 3000])
def test_ends_of_cases_where_there_is_none_are_counted(text):
    """The grammar's recovery takes time that grows with the square of such errors."""
    assert [fault.kind for fault in parse(text).faults] == [FaultKind.SYNTAX]


def test_many_commands_in_a_plain_pipeline_are_read():
    """Where nothing nests the grammar is not asked."""
    assert parse("a" + " | b" * 100).faults == ()


@pytest.mark.parametrize(
    "text",
    [
        "case $1 in " + "|".join("abcdefghijklmnopqrstuvwxyz") + ") x ;; esac",
        "case $1 in (" + " | ".join("abcdefghijkl") + ") x ;; " + "|".join("mnopqrstuvwxyz") + ") y | z ;; esac",
        "if a; then " + "b | c; " * 30 + "fi",
        "if a; then\n" + "b | c |\n d\n" * 30 + "fi",
        "( " + "a | b && " * 30 + "c )",
        "f() { " + "{ a | b; } | c & " * 30 + "}",
    ],
)
def test_bars_that_are_not_of_one_pipeline_are_counted_apart(text):
    """Patterns of `case`, and statements one behind the other."""
    assert parse(text).faults == ()

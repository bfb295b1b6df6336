"""Words as far as they are known before a run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.commands.tools import facts, reads, script, traits, writes


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ('day=${1:-$(date -d yesterday +%F)}\ncp /a "/s/orders-$day.csv"\n', "/s/orders-*.csv"),
        ("cp /a /s/${1:-`date +%F`}/x\n", "/s/*/x"),
        ("cp /a /s/${1:-${2:-$(date +%F)}}x\n", "/s/*x"),
        ('cp /a /s/${1:-"$(basename "$0" .sh)"}/x\n', "/s/*/x"),
        ("B=b\ncp /a /s/${X:-${B:-k}/c}/x\n", "/s/b/c/x"),
        ("cp /a /s/${X:-${Y:-k}}/x\n", "/s/k/x"),
        ("B=b.csv\ncp /a /s/${X:-${B%.csv}}/x\n", "/s/b/x"),
        ("cp /a /s/${X:-$((1 + 2))}/x\n", "/s/*/x"),
        ("sh <<E\ncp /a /s/${1:-$(date +%F)}.x\nE\n", "/s/*.x"),
        ("B=b\nsh <<E\nB=c\ncp /a /s/\\$B/$B\nE\n", "/s/c/b"),
    ],
)
def test_what_stands_in_for_a_variable(text: str, name: str) -> None:
    """A substitution in a default is `*`, however it is nested."""
    assert name in writes(script(text))


def test_a_date_in_a_default_depends_on_the_date() -> None:
    """The clock is asked where nothing else is given."""
    assert "date-dependent" in traits(script("d=${X:-$(date +%F)}\ncp /a/$d /b\n"))
    assert "date-dependent" not in traits(script("d=${X:-$(candidate)}\ncp /a/$d /b\n"))


@pytest.mark.parametrize("text", ["${1:-$(date", "${1:-`x", "${1:-${2:-$(", "$(", "`", "${"])
def test_what_never_closes_is_unknown(text: str) -> None:
    """Broken text in a here document costs nothing else."""
    found = script(f"cat <<E > /b/x\n{text}\nE\ncp /a /c\n")
    assert "/c" in writes(found)


@given(st.text(alphabet="${}()`:-x\\\"' \n", max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_text_of_a_here_document_is_read(text: str) -> None:
    """Nothing raises, and the step is there."""
    found = facts("psql -h h shop", stdin=text)
    assert len(found.steps) == 1
    assert len(script(f"cat > /b/x <<END\n{text}\nEND\n").steps) >= 1


def test_deep_defaults_are_linear() -> None:
    """Five thousand nested defaults end."""
    deep = "${A:-" * 5000 + "x" + "}" * 5000
    assert len(script(f"cp /a /b/{deep}\n").steps) == 1
    assert script(f"cat > /b/y <<E\n{deep}\nE\n").steps


def test_arithmetic_is_known_where_it_is_plain() -> None:
    """`$((2 * 3))` is six, what has a variable in it is not known."""
    assert writes(script("cp /a /b/$((2 * 3))\ncp /a /c/$((7))\ncp /a /d/$((n + 1))x\n")) == {"/b/6", "/c/7", "/d/*x"}


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("a=(/x/1 /x/2)\ncat ${a[1]} > /o\n", {"/x/2"}),
        ('a=(/x/1 /x/2)\ncat "${a[@]}" > /o\n', {"/x/1", "/x/2"}),
        ("v=/x/Y\ncat ${v,,} > /o\n", {"/x/y"}),
        ("v=/x/y.csv.gz\ncat ${v%%.*}.t ${v##*/} > /o\n", {"/x/y.t", "~/y.csv.gz"}),
        ("v=/x/y\ncat ${v/x/z} ${v//y/w} > /o\n", {"/z/y", "/x/w"}),
        ("v=/x/y\ncat ${v:+/k}${w:+/m} > /o\n", {"/k/m"}),
        ("v=\ncat /q${v:+/k} > /o\n", {"/q"}),
        ("cat $(cd /x && pwd)/y > /o\n", {"/x/y"}),
        ("cat $(dirname /x/y/z)/w $(readlink -f q) > /o\n", {"/x/y/w", "~/q"}),
        ("cat /x/$(echo a).b > /o\n", {"/x/a.b"}),
    ],
)
def test_expansions_that_are_known(text: str, read: set[str]) -> None:
    """By POSIX.1 XCU 2.6 and bash(1)."""
    assert reads(script(text)) == read


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("c='cp /a /b'\neval $c\n", {"/b"}),
        ('d=$(date +%F)\nc="mkdir -p /r/$d && cp /a /r/"$d"/x"\neval ${c}\n', {"/r/*/x"}),
        ('c="cp /a /b"; out=`eval $c`\n', {"/b"}),
        ('eval "cp /a /s/$1.csv" || exit 1\n', {"/s/*.csv"}),
    ],
)
def test_eval_reads_what_is_known(text: str, written: set[str]) -> None:
    """A part that a run alone knows is `*`, as everywhere."""
    assert writes(facts("/s.sh $X", {"s.sh": text})) == written


@pytest.mark.parametrize("text", ["eval $(candidate)\n", 'eval "$1"\n', 'eval "$tool /a /b"\n'])
def test_eval_of_an_unknown_program_is_opaque(text: str) -> None:
    """Which program runs is not known: nothing is made up."""
    found = facts("/s.sh $X", {"s.sh": text})
    assert writes(found) == set()
    assert found.unclear


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("cd /o\nf=$(ls -1t out/w-*.html | head -1)\ncp $f /x\n", "/o/out/w-*.html"),
        ("cd /o\nf=$(ls -t *.csv | head -n 1)\ncp $f /x\n", "/o/*.csv"),
        ("cd /o\ntar czf /x ??-$(date +%F).pdf\n", "/o/*-*.pdf"),
        ("cd /o\ntar czf /x *-$(date +%F).pdf\n", "/o/*-*.pdf"),
    ],
)
def test_patterns_lie_in_the_folder_where_they_are_written(text: str, name: str) -> None:
    """The newest of several files, and a pattern beside something unknown."""
    assert reads(script(text)) >= {name}


def test_a_list_that_grows_in_a_loop_is_several_words() -> None:
    """Unquoted, the shell splits it at its blanks, known or not."""
    text = 'l=""\nfor i in $DAYS; do n=$(date -d "$i"); l="$l /p/$n.dat"; done\ntar czf /x $l\n'
    assert reads(script(text)) == {"/p/*.dat"}
    assert reads(script(text.replace("/x $l", '/x "$l"'))) != {"/p/*.dat"}


def test_a_date_written_otherwise_is_still_a_date() -> None:
    """A name that begins with it lies in the working folder; one that begins with anything may lie anywhere."""
    text = 'cd /w\nd=$(date +%F)\nb=$(echo $d | sed "s/-//g")\ncp /a $b"_top.csv"\n'
    assert writes(script(text)) == {"/w/*_top.csv"}
    assert writes(script(text.replace("$(date +%F)", "$1"), "/opt/run.sh $X")) == set()


def test_a_table_in_a_folder_of_logs_is_no_log() -> None:
    """A log by its own name is one wherever it lies."""
    found = script("echo a > /w/res_log/top.csv\necho b >> /w/res_log/run.log\necho c > /w/log.csv\n")
    assert writes(found) == {"/w/res_log/top.csv"}


def test_braces_stand_for_few_words() -> None:
    """Two small pairs are expanded; pairs within pairs, which double with each, stay a pattern."""
    assert {"/s/a1", "/s/a2", "/s/b1", "/s/b2"} <= reads(script("cat /s/{a,b}{1,2} > /t\n"))
    assert "/t" in writes(script(f"cat /s/{'{a,' * 60}b{'}' * 60} > /t\n"))


def test_an_output_is_not_put_within_quotes_of_a_text_of_another_shell() -> None:
    """Its command has quotes of its own, and quotes do not nest: the name of the variable stands there."""
    found = script("""n=$(date "+%F 'x'")\nssh db1 "echo '$n,' >> /d/out.csv"\n""")
    assert [step.text for step in found.steps] == ["echo '${n},' >> /d/out.csv"]
    assert not found.unclear
    found = script("""n=$(date +%F)\nssh db1 "echo '$n,' >> /d/$n"\n""")
    assert [step.text for step in found.steps] == ["echo '$(date +%F),' >> /d/$(date +%F)"]


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("d=$(date +%Y/%m/%d)\ncp /a /w/$d/x\n", "/w/*/*/*/x"),
        ("d=$(date +'%Y/%m/%d')\ncd /w\ncp /a $d/x\n", "/w/*/*/*/x"),
        ("cp /a /w/$(date +rain-%Y%m%d.csv)\n", "/w/rain-*.csv"),
        ("cp /a /w/$(date -d yesterday +%Y-%m-%d_%H:%M).csv\n", "/w/*.csv"),
        ("cp /a /w/$(date +%G-W%V).csv\n", "/w/*-W*.csv"),
        ("cp /a /w/$(date).csv\n", "/w/*.csv"),
        ('F=%F\ncp /a /w/$(date +"$F").csv\n', "/w/*.csv"),
    ],
)
def test_a_date_keeps_the_folders_and_words_of_its_format(text: str, path: str) -> None:
    """Only its directives are not known."""
    assert writes(script(text)) == {path}

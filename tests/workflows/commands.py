"""Shell lists made by chance, over the programs that note their calls."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.workflows.shells import NAMES

_WORDS = st.sampled_from(["x", "$V", '"$W"', "$1", "'a b'", '"${V:-none}"', "$#", '"$PWD"', "$i"])
_STATE = st.sampled_from(
    ["V=one", "W=$V/two", "cd d1", "cd d2", "cd nowhere", "export V", "export W=three", "set -e", "set +e",
     "set -- a b", "shift", "unset V", "V=$(echo four)", "read V < /dev/null", ": ${W:=five}", "cd ..", "umask 027",
     "if [ -n \"$V\" ]; then W=six; else W=seven; fi", "[ -z \"$W\" ] && V=eight", "f() { pa in f; }", "V=$?",
     "V=$((1 + 1))", "exec 2>> err", "set -u", "V='$W'"]
)  # fmt: skip
_SMALL = st.sampled_from(
    ["echo hi >> log", "mkdir -p made", "touch mark", "[ -f mark ]", "test -n \"$V\"", "true", "false", "rm -f mark",
     ":", "f"]
)  # fmt: skip
_LEAVING = st.sampled_from(
    ["exit 0", "exit 4", "[ -f mark ] || exit 0", "[ -f mark ] || exit 5",
     "if [ -d made ]; then echo no >> log; exit 0; fi",
     "pa early || exit", "pb early && exit 0", "[ -d d1 ] || { echo no >> log; exit 6; }"]
)  # fmt: skip


@st.composite
def _program(draw: st.DrawFn) -> str:
    words = draw(st.lists(_WORDS, max_size=2))
    tail = draw(st.sampled_from(["", "", "", "", " >> log", " > /dev/null", " 2>&1", " | cat >> log"]))
    front = draw(st.sampled_from(["", "", "", "", "", "V=own ", "! "]))
    return front + " ".join([draw(st.sampled_from(NAMES)), *words]) + tail


def _simple() -> st.SearchStrategy[str]:
    return st.one_of(_program(), _program(), _program(), _program(), _STATE, _SMALL)


def _lists(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(inner, min_size=1, max_size=3).map("; ".join)
    lines = st.lists(inner, min_size=2, max_size=3).map("\n".join)
    chain = st.builds(
        lambda first, rest: first + "".join(f" {sign} {one}" for sign, one in rest),
        _simple(),
        st.lists(st.tuples(st.sampled_from(["&&", "||", "&&"]), _simple() | _compound(inner)), min_size=1, max_size=3),
    )
    return st.one_of(chain, chain, row, lines, _compound(inner))


def _compound(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    row = st.lists(inner, min_size=1, max_size=3).map("; ".join)
    tail = st.sampled_from(["", "", " >> log", " 2>&1", " > out"])
    asked = st.one_of(_simple(), st.sampled_from(["[ -f mark ]", "[ -d made ]", "pa asks", "! pb asks"]))
    return st.one_of(
        st.builds(lambda body, end: f"{{ {body}; }}{end}", row, tail),
        st.builds(lambda body, end: f"({body}){end}", row, tail),
        st.builds(lambda a, b, end: f"if {a}; then {b}; fi{end}", asked, row, tail),
        st.builds(lambda a, b, c: f"if {a}; then {b}; else {c}; fi", asked, row, row),
        st.builds(lambda a, b, c, d: f"if {a}; then {b}; elif {c}; then {d}; fi", asked, row, asked, row),
        st.builds(
            lambda w, a, b: f"case {w} in one) {a} ;; four|six) {b} ;; esac", st.sampled_from(["$V", "$1"]), row, row
        ),
        st.builds(lambda a, b: f"case $W in '') {a} ;; *) {b} ;; esac", row, row),
        st.builds(lambda a: f"for i in x 'y z'; do {a}; done", row),
        st.builds(lambda a, b: f"{a} & {b} & wait", _program(), _program()),
        st.builds(lambda a, b, c: f"{a} & {{ {b}; }} & {c}; wait", _program(), row, _program()),
        st.builds(lambda a: f"while [ ! -f once ]; do touch once; {a}; done", row),
    )


def lists() -> st.SearchStrategy[str]:
    """Give lists of statements, up to three levels deep."""
    inner = _simple() | _LEAVING
    for _ in range(2):
        inner = st.one_of(_simple(), _lists(inner))
    settings = st.sampled_from(["", "", "set -e; ", "set -eu\n", "V=zero; ", "cd d1 && ", "export V=all\n", "set -u; "])
    several = st.lists(st.one_of(inner, inner, _program(), _LEAVING), min_size=2, max_size=5)
    return st.builds(
        lambda head, parts, between: head + between.join(parts), settings, several, st.sampled_from(["; ", "\n"])
    )


CALLS = st.sampled_from(
    ["x.sh one two", "x.sh one >> log 2>&1", "x.sh > out2", "cd d1 && x.sh 'a b' \"$HOME\"", "V=env x.sh one",
     "sh {}/x.sh one", "export W=out; x.sh one; pa after"]
)  # fmt: skip

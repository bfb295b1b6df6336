"""Shell text to its tree: every span lies in the text, and a word that is quoted is read back as itself."""

from __future__ import annotations

from migrator.shell import commands, parse, quote, walk, words
from tests.fuzz.targets.target import Target, seeds, text_of

_SEEDS = (
    'a && b || { c; d & } | e 2>&1 >/x; if [ -f "$y" ]; then z; elif true; then q; else :; fi\n',
    'for i in 1 "$@" {a..c}; do echo ${i%%.*} `ls` $((i+1)); done <<EOF > o\ntext $x $(y)\nEOF\nafter\n',
    "case $1 in a|b) x;; *) y;& esac; f() { local v=$'a\\tb'; }; ((n++)); [[ $a =~ ^x ]] && diff <(a) >(b)\n",
    'while read -r l; do x="${l:-"$(cat <<-\'E\'\n\tq\n\tE\n)"}"; done; until false; do coproc z; done; a \\\n  b\n',
    'time ! x; select a in b; do c; done; function g { return; }; arr=(1 2 "3 4"); arr[0]+=x; ${a[@]//x/y}\n',
)


def check(data: bytes) -> None:
    """Parse a text, walk its tree, and parse its words again."""
    text = text_of(data)
    script = parse(text)
    for _ in walk(script):
        pass
    for command in commands(script):
        assert 0 <= command.span.start <= command.span.end <= len(text), command.span
        for word in command.words:
            assert word.literal is None or isinstance(word.literal, str)
    for word in words(script):
        assert 0 <= word.span.start <= word.span.end <= len(text), word.span
    plain = "".join(letter for letter in text[:200] if letter.isprintable())
    [again] = commands(parse(f"x {quote(plain)}"))
    assert [word.literal for word in again.words] == ["x", plain], again


TARGETS = (Target("shell", check, seeds(*_SEEDS)),)

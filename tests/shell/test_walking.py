"""Every node, command and word is reached, in source order."""

from __future__ import annotations

from migrator.shell import commands, parse, walk, words

TEXT = """
f() { a1 <(a2); }
if b1; then b2 > "$(b3)"; elif b4; then :; else b5; fi
for x in w1 $(c1); do c2; done < w2
while d1; do d2; done
case w3 in w4) e1;; esac
[[ -f w5 ]] && ! g1 | ( g2 ) || { g3; }
V=$(h1) h2 <<END
$(h3)
END
A=(w6 $(i1)); i2
echo "open
"""
NAMES = "a1 a2 b1 b2 b3 b4 : b5 c1 c2 d1 d2 e1 g1 g2 g3 h1 h2 h3 i1 i2"


def test_commands_are_all_reached() -> None:
    """Commands in substitutions, redirections, arrays and here documents are commands too; parents come first."""
    found = [each.words[0].raw for each in commands(parse(TEXT)) if each.words]
    assert sorted(found) == sorted(NAMES.split())
    assert [name for name in found if name.startswith("b")] == ["b1", "b2", "b3", "b4", "b5"]


def test_words_are_reached() -> None:
    """Words of loops, cases, tests, arrays and redirections are words too."""
    found = {each.raw for each in words(parse(TEXT))}
    assert {"w1", "w2", "w3", "w4", "w5", "w6", "h2", "END"} <= found


def test_walk_names_every_kind() -> None:
    """Compound nodes and opaque ones are among what is walked."""
    kinds = {type(each).__name__ for each in walk(parse(TEXT))}
    assert kinds == {
        "Function",
        "Group",
        "Command",
        "If",
        "For",
        "While",
        "Case",
        "Test",
        "AndOr",
        "Pipeline",
        "Opaque",
    }

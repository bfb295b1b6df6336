"""Python 2 as Python 3 parses it: every change of the grammar, lines kept, Python 3 left alone."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction import redact_script
from migrator.redaction.python2 import as_python_3
from migrator.redaction.python_tokens import tokens


def _same(old: str, new: str) -> None:
    """Check that a Python 2 text says what a Python 3 text says."""
    rewritten = as_python_3(old)
    assert rewritten.count("\n") == old.count("\n")
    assert ast.dump(ast.parse(rewritten)) == ast.dump(ast.parse(new))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("print 'a', b\n", "print('a', b)\n"),
        ("print 'a',\n", "print('a',)\n"),
        ("print\n", "print()\n"),
        ("if x: print 'a'; print b\n", "if x: print('a'); print(b)\n"),
        ("print ('a %s') % b\n", "print(('a %s') % b)\n"),
        ("print('a %s' % b)\n", "print('a %s' % b)\n"),
        ("print >>f, 'a', b\n", "print(f, 'a', b)\n"),
        ("print 'a' \\\n    'b'\nx = 1\n", "print('a' 'b')\nx = 1\n"),
        ("print '''a\nb''' % c\n", "print('''a\nb''' % c)\n"),
        ("print 'a'  # said\n", "print('a')\n"),
        ("print {1: 2}[1], x[1:2]\n", "print({1: 2}[1], x[1:2])\n"),
        ("exec 'x = 1' in names\n", "exec('x = 1', names)\n"),
        ("exec code\n", "exec(code)\n"),
        ("try:\n  f()\nexcept (A, B), e:\n  pass\n", "try:\n  f()\nexcept (A, B) as e:\n  pass\n"),
        ("try:\n  f()\nexcept A, e: print e\n", "try:\n  f()\nexcept A as e: print(e)\n"),
        ("raise ValueError, 'no %s' % x\n", "raise ValueError('no %s' % x)\n"),
        ("raise A, None, t\n", "raise A(None, t)\n"),
        ("x = `y + 1`\n", "x = repr(y + 1)\n"),
        ("if a <> b: pass\n", "if a != b: pass\n"),
        ("os.chmod(p, 0755)\n", "os.chmod(p, 0o755)\n"),
        ("x = 10L + 0xFFL + 00 + 1.5\n", "x = 10 + 0xFF + 0 + 1.5\n"),
        ("x = ur'\\d' + u'b'\n", "x = r'\\d' + u'b'\n"),
        ("x = 'c:\\users\\Names'\n", "x = 'c:\\\\users\\\\Names'\n"),
        ("def f():\n\tx = 1\n        y = 2\n", "def f():\n        x = 1\n        y = 2\n"),
        ("run(async=True)\n", "run(async_=True)\n"),
    ],
)
def test_each_change_of_the_grammar(old: str, new: str) -> None:
    """A construct of Python 2 says what its successor says."""
    _same(old, new)


@pytest.mark.parametrize(
    "old",
    [
        "def f(a, (b, c), d=(1, 2)): return b\n",
        "x = sorted(y, key=lambda (k, v): (v, k))\n",
        "try:\n  f()\nexcept A, (number, why):\n  pass\n",
        "def f((a,\n       b)):\n  return a\n",
    ],
)
def test_tuples_in_the_place_of_names(old: str) -> None:
    """Where Python 3 wants one name, one stands; lines stay."""
    rewritten = as_python_3(old)
    ast.parse(rewritten)
    assert rewritten.count("\n") == old.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "print('a', b, sep='')\n",
        "async def f():\n    async with g() as h:\n        await h\n",
        "x = {'print': 1}['print']\n",
        "def f(a, b=(1, 2)):\n    return lambda k, v: (k, v)\n",
        "raise ValueError('a, b') from None\n",
        "try:\n    f()\nexcept (A, B) as e:\n    pass\n",
        "x: int = 0o17 + 1_000\ny = f'{x:>5}' rf'\\d{x}'\n",
        "# print 'a'\nx = 'print a, b'\n",
    ],
)
def test_python_3_stays_as_it_is(text: str) -> None:
    """What is Python 3 already means the same after the rewriting."""
    assert ast.dump(ast.parse(as_python_3(text))) == ast.dump(ast.parse(text))


_PIECES = st.sampled_from(
    ["print ", "'a'", '"', "'''", "`", "(", ")", "[", "]", ",", ":", ";", "\n", "\t", "    ", "except ", "raise ", "x",
     "lambda ", "def f", "0755", "<>", "#", "\\", "\\\n", " = ", "exec ", " in ", "ur'b'", "é"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
@settings(max_examples=150, deadline=None)
def test_no_text_breaks_it_and_lines_stay(text: str) -> None:
    """Whatever the text, its tokens joined are the text, and the rewriting keeps the number of lines."""
    assert "".join(token.text for token in tokens(text)) == text
    assert as_python_3(text).count("\n") == text.count("\n")


def test_long_texts_are_no_trouble() -> None:
    """Many quotes, brackets and backticks take linear time."""
    for piece in ('"', "'''", "(", "`", "print ", "lambda (", "except A, "):
        assert as_python_3(piece * 20_000)


def test_secrets_of_python_2_go_and_the_program_stays_one() -> None:
    """A secret in a string is cut there; `print` and the comma behind the secret stay."""
    text = "import MySQLdb\nprint 'in'\ndb = MySQLdb.connect(host='h', passwd='Xk29dLq81vZw', db='shop')\nprint db\n"
    found = redact_script(text, "python")
    assert found.secrets
    assert "Xk29dLq81vZw" not in found.text
    assert "db='shop')" in found.text
    ast.parse(as_python_3(found.text))

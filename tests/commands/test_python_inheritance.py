"""Classes of Python that build on others, settings as attributes, texts cut from an end."""

import pytest

from tests.commands.tools import facts, reads, writes


def _run(text: str, arguments: str = "", **files: str):  # type: ignore[no-untyped-def]
    tree = {"opt/p.py": text, **{f"opt/{name.replace('_', '.')}": content for name, content in files.items()}}
    return facts(f"cd /opt && python3 /opt/p.py {arguments}", tree)


_CHAIN = """
class Base:
    def __init__(self, name):
        self.path = "/srv/" + name
class Middle(Base):
    def __init__(self, name):
        {middle}
        self.more = 1
class Last(Middle):
    def __init__(self):
        super().__init__("x")
    def run(self):
        open(self.path, "w")
Last().run()
"""


@pytest.mark.parametrize(
    "middle",
    ['super().__init__(name + "y")', 'super(Middle, self).__init__(name + "y")', 'Base.__init__(self, name + "y")'],
)
def test_what_a_parent_sets_is_known(middle: str) -> None:
    """`super()` means the class behind the one in whose text it stands."""
    assert writes(_run(_CHAIN.format(middle=middle))) == {"/srv/xy"}


def test_a_method_of_the_parent_gives_its_value() -> None:
    """An overriding method may use what it overrides."""
    text = (
        "class A:\n    def place(self):\n        return '/srv'\n"
        "class B(A):\n    def place(self):\n        return super().place() + '/b'\n"
        "open(B().place(), 'w')\n"
    )
    assert writes(_run(text)) == {"/srv/b"}


def test_a_parent_that_is_not_there_says_nothing() -> None:
    """A class of a library is unknown; `super` outside of a class too."""
    text = "import lib\nclass A(lib.B):\n    def __init__(self):\n        super().__init__('/srv/x')\nA()\n"
    assert writes(_run(text + "super().go('/x')\n")) == set()


def test_sections_of_settings_become_attributes() -> None:
    """A reader of INI files that turns each value and lays attributes over them."""
    text = """
import ast, configparser, namedtupled
class App:
    def __init__(self):
        conf = configparser.ConfigParser()
        conf.read("p.ini")
        self.conf = namedtupled.map(self._turned(conf._sections))
    def _turned(self, conf):
        if isinstance(conf, str):
            return ast.literal_eval(conf)
        elif isinstance(conf, dict):
            return_value = dict()
            for key, value in conf.items():
                return_value[key] = self._turned(value)
            return return_value
        raise ValueError(conf)
open(App().conf.list.path, "w")
"""
    assert writes(_run(text, p_ini='[list]\npath = "/srv/list"\n')) == {"/srv/list"}


@pytest.mark.parametrize(
    ("expression", "path"),
    [
        ("'/srv/x' if isinstance('a', str) else '/srv/y'", "/srv/x"),
        ("'/srv/x' if isinstance({}, str) else '/srv/y'", "/srv/y"),
        ("'/srv/x' if isinstance(3, (str, int)) else '/srv/y'", "/srv/x"),
        ("'/srv/' + '/a/b_ENS.nc'[-6:-3]", "/srv/ENS"),
        ("'/srv/' + f'/a/{n}_ENS.nc'[-6:-3]", "/srv/ENS"),
        ("'/srv/' + f'ab{n}'[:2]", "/srv/ab"),
        ("'/srv/' + f'ab{n}'[:3]", "/srv/*"),
        ("'/srv/' + f'{n}.nc'[-9:-3]", "/srv/*"),
        ("'/srv/x' if f'/a/{n}' is None else '/srv/y'", "/srv/y"),
        ("'/srv/x' if f'/a/{n}' is not None else '/srv/y'", "/srv/x"),
    ],
)
def test_types_and_pieces(expression: str, path: str) -> None:
    """What is known of a text is enough for its type and for a piece near a known end."""
    assert writes(_run(f"import sys\nn = sys.stdin.read()\nopen({expression}, 'w')\n")) == {path}


def test_a_type_that_is_not_known_leaves_both_ways() -> None:
    """Something from outside may be anything."""
    text = "import sys\nn = sys.stdin.read()\nopen('/a' if isinstance(n, str) else '/b', 'w')\n"
    assert writes(_run(text)) == {"/a", "/b"}


def test_a_function_with_many_ends_may_end_in_the_last() -> None:
    """Five answers of one kind do not hide the sixth."""
    tests = "".join(f"    if '{sign}' in name:\n        return True\n" for sign in "abcde")
    text = (
        f"import os\ndef skip(name):\n{tests}    return False\n"
        "for name in os.listdir('/srv/in'):\n    if skip(name) == True:\n        continue\n"
        "    os.rename('/srv/in/' + name, '/srv/done/' + name)\n"
    )
    assert "/srv/done/*" in writes(_run(text))


def test_a_home_that_a_command_is_given_is_the_home() -> None:
    """`os.environ['HOME']` in the words of a command is no folder called `~`."""
    text = "import os, subprocess\nsubprocess.call(['mv', '/a/x.csv', os.environ['HOME'] + '/in dir/'])\n"
    assert writes(_run(text)) == {"~/in dir/x.csv"}
    assert reads(_run(text)) == {"/a/x.csv"}

"""Programs in Python stay programs when their secrets are taken out."""

import ast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction import redact_script


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("headers = {'Authorization': f'Bearer {token}'}\n", "headers = {'Authorization': f'Bearer {token}'}\n"),
        ("connect(user=u, passwd=PASSWORD, db=d)\n", None),
        ("connect(passwd=os.environ['DB_PASSWORD'],\n    db='x')\n", None),
        ("token = secrets.token_hex(32)\n", None),
        ("def f(api_key=None, api_secret=None) -> None:\n    pass\n", None),
        ("url = f'https://h.example/x?key={API_KEY}'\nopen('/a')\n", None),
        ("if not token: sys.exit(1)\n", "if not token: sys.exit(1)\n"),
        ("self._api_key = api_key\n", "self._api_key = api_key\n"),
        ("x: str = field(\n    default_factory=str)\nservice_token: str = field(\n    default='')\n", None),
    ],
)
def test_names_and_calls_are_no_secrets(text: str, kept: str | None) -> None:
    """What only says where a secret comes from stays readable as a program."""
    found = redact_script(text, "python")
    assert ast.dump(ast.parse(found.text))
    assert found.text.count("\n") == text.count("\n")
    if kept is not None:
        assert found.text == kept


@pytest.mark.parametrize(
    "text",
    [
        "password = 'Xk29dLq81vZw'\n",
        'connect(host="h", password="Xk29dLq81vZw", db="d")\n',
        "# the password is Xk29dLq81vZw\nx = 1\n",
        "headers = {'Authorization': 'Bearer Xk29dLq81vZw'}\n",
        "f'postgresql://u:Xk29dLq81vZw@{host}/d'\n",
        "TOKEN = 'Xk29dLq81vZw' if x else os.environ['TOKEN']\n",
        "os.system('mysql -u root -pXk29dLq81vZw shop')\n",
        "password = Xk29dLq81vZw'\n",
        "print 'old'; password = 'Xk29dLq81vZw'\n",
        "then print 'old'; password = Xk29dLq81vZw\n",
    ],
)
def test_secrets_still_go(text: str) -> None:
    """Strings and comments are searched as before; a text that is no Python is searched as any other."""
    found = redact_script(text, "python")
    assert "Xk29dLq81vZw" not in found.text
    assert found.secrets
    assert redact_script(found.text, "python").text == found.text


_WORDS = st.sampled_from(
    ["password = ", "f'{x} ", "'", '"', "'Xk29dLq81vZw'", "api_key=key,", "(", ")", "\n", "# token: ab1\n", "1234567"]
)


@settings(max_examples=60)
@given(st.lists(_WORDS, max_size=12).map("".join))
def test_lines_are_kept_and_what_parsed_parses(text: str) -> None:
    """Whatever the text, the number of its lines stays; a program stays one."""
    found = redact_script(text, "python").text
    assert found.count("\n") == text.count("\n")
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return
    ast.parse(found)

"""Passwords among the arguments of calls, whatever the language."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction.calls import calls

HOLDING = [
    "s.login('me', 'hunter2')",
    "requests.get(u, auth=('me', \"hunter2\"))",
    'DBI->connect("dbi:mysql:x", "root", "hunter2", {RaiseError => 1})',
    "new PDO('mysql:host=h', 'root', 'hunter2');",
    "ftp_login(ftp_connect('h'), 'me', 'hunter2');",
    "define('DB_PASSWORD', 'hunter2');",
    "ssh.connect('h', 22, 'root', 'hunter2')",
    "$ua->credentials('h:80', 'realm', 'me', 'hunter2');",
    "u.set_password('hunter2')",
    "keyring.set_password('svc', 'me', 'hunter2')",
    "req.basic_auth 'me', 'hunter2'",
    "base64.b64encode('me:hunter2')",
    'curl_setopt($c, CURLOPT_USERPWD, "me:hunter2");',
    "process.env.TOKEN || 'hunter2'",
    "ENV.fetch('API_KEY', 'hunter2')",
    "$redis->auth('hunter2');",
    "['auth' => ['me', 'hunter2']]",
    "my ($u, $pass) = ('me', 'hunter2');",
    "$passwd = q(hunter2);",
    "ConvertTo-SecureString 'hunter2' -AsPlainText",
    "$p='x'; $p = 'hunter2'; new PDO('mysql:host=h', 'root', $p);",
]
SILENT = [
    "s.login(user, password)",
    "s.login('me', getpass())",
    "up='x'; p = load('y'); s.login('me', p)",
    "s.login('me', p); p='hunter2'",
    "define('APP_NAME', 'hunter2');",
    "new PDO('sqlite:x', '', '');",
    "catalog('a', 'hunter2')",
    "connect('h', 'me', 'hunter2'",
    "auth=('me', '$PASSWORD')",
    "login('me'",
    "process.env.MODE || 'full2'",
    "ENV.fetch('API_KEY', nil)",
    "base64.b64encode('hello')",
    "env('APP_NAME', 'hunter2')",
    "$redis->auth($pass);",
    "$mode = q(hunter2);",
]


@pytest.mark.parametrize("text", HOLDING)
def test_the_argument_is_found(text: str) -> None:
    """The password's argument is taken, without its quotes and no other."""
    assert [text[start:end] for start, end, _ in calls(text)] == ["hunter2"]


@pytest.mark.parametrize("text", SILENT)
def test_other_calls_are_left(text: str) -> None:
    """Variables, calls, other functions and names that announce nothing stay."""
    assert list(calls(text)) == []


@settings(max_examples=50)
@given(st.lists(st.sampled_from(["login(", "PDO(", "'", '"', "\\", ",", ")", "a", "(", "\n", "auth="]), max_size=40))
def test_any_text(pieces: list[str]) -> None:
    """Whatever is written, spans lie in the text."""
    text = "".join(pieces)
    assert all(0 <= start < end <= len(text) for start, end, _ in calls(text))

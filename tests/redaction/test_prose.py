"""Secrets in what configuration files, dialogues and people say."""

import pytest

from migrator.redaction import redact_plain

FOUND = [
    "user me\npassword hunter2",
    'expect password: ; send "hunter2\\r"; expect #; send "exit\\r"',
    "LOGON td/me,hunter2;",
    "$p = 'hunter2'; Connect-X -Password $p",
    """-H 'Authorization: Digest username="a", response="hunter2"'""",
    "token:hunter2",
    "user 'me' there with password 'hunter2'",
    "db.example.com:5432:app:me:hunter2",
    "connect to x user me using hunter2",
    "CONNECT TO x USER me USING hunter2",
    "Create user x Identified By hunter2;",
    "pragma key='hunter2';",
    ".LOGON td/me,hunter2;",
    "connect target sys/hunter2@PROD",
    "'password hunter2'",
    "alter user x identified by hunter2;",
    "select aes_decrypt(a, 'hunter2') from t",
    "password <- 'hunter2'",
]
SILENT = [
    "user bob password expired",
    "00:1A:2B:3C:4D:5E",
    "fe80:5432:a:b:c",
    "connect to x user $U using $P",
    "create user x identified by $PW",
    "create user x identified by values :v",
    "pragma key_size = 256;",
    "# pass: see 1Password",
    "SELECT user, password FROM t WHERE token = %s",
    "UPDATE t SET password = :password",
    "const token = await f();",
    "my $token = shift @ARGV;",
    "const c = { password: process.env.PASS, x: 1 };",
    'connect(password=os.environ["X"], user="u")',
    "connect(user=user, password=password)",
    'headers = {"Authorization": "Bearer %s" % x}',
    '{"password": "varchar(64)", "token": "text"}',
    "ALTER USER x PASSWORD :'pw';",
    "post_with_token: user not found",
    "bot_token: Optional[str] = None",
    "{ bot_token: botToken }",
    "for (var token: tokens) {",
    "my $pw = substr $sent, 0, 72;",
    "if ( $cookie =~ /logout/ ) {",
    "id-token: write",
    "ftp: USER HAS MOVED to another host",
    "AUTH ERROR: $@",
    "see `http://localhost:8080`",
    "curl http://api-token:8080/x",
    "curl http://token-broker.auth.svc:8080/v2",
    "docker pull acme/app-token:1.2.3",
    "docker run acme/secret-sync:v2.1",
    "ssh password-db:2222",
    "php artisan token:prune password:expire",
    "pip install 'auth-token==2.1.0'",
    "echo 'pass=12 fail=3'",
    "helm upgrade x y --set adminKey=root-key",
    "echo 'password: ok'",
    "printf 'pass: %d fail: %d' 3 4",
    "[[ $token == ghp_* ]]",
    "curl -H 'Authorization: Negotiate' h",
    "sqoop import --password-alias db.alias",
    "PASS: program would accept this",
    'send "$env(PW)\\r"; expect password: ; send "$env(PW)\\r"',
]


@pytest.mark.parametrize("text", FOUND)
def test_said_secrets(text: str) -> None:
    """What stands in a secret's place goes."""
    found = redact_plain(text)
    assert "hunter2" not in found.text
    assert len(found.secrets) == 1


@pytest.mark.parametrize("text", SILENT)
def test_other_words(text: str) -> None:
    """Sentences, columns, parameters, references and addresses stay."""
    assert redact_plain(text).text == text

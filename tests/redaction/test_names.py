"""Names announce secrets; values in a secret's place may be none."""

from __future__ import annotations

import pytest

from migrator.redaction.marks import Kind
from migrator.redaction.names import is_harmless, kind_of_name, kind_of_pair, looks_drawn
from migrator.redaction.texts import redact, redact_plain

SECRET_NAMES = {
    "PASSWORD": Kind.PASSWORD,
    "DB_PASSWORD": Kind.PASSWORD,
    "dbPassword": Kind.PASSWORD,
    "PGPASSWORD": Kind.PASSWORD,
    "MYSQL_PWD": Kind.PASSWORD,
    "dbpass": Kind.PASSWORD,
    "db.password": Kind.PASSWORD,
    "PASSWORD_PROD": Kind.PASSWORD,
    "RESTIC_PASSWORD2": Kind.PASSWORD,
    "password_base64": Kind.PASSWORD,
    "GH_TOKEN": Kind.TOKEN,
    "authToken": Kind.TOKEN,
    "TOKEN_GITHUB": Kind.TOKEN,
    "CLIENT_SECRET": Kind.SECRET,
    "SECRET_KEY_BASE": Kind.SECRET,
    "api-key": Kind.KEY,
    "APIKey": Kind.KEY,
    "ENCRYPTION_KEY": Kind.KEY,
    "AccountKey": Kind.KEY,
    "AWS_ACCESS_KEY_ID": Kind.AWS_KEY,
    "aws_secret_access_key": Kind.AWS_KEY,
    "cookie": Kind.COOKIE,
    "AUTH_SALT": Kind.SECRET,
    "ESXPW": Kind.PASSWORD,
    "mot-de-passe": Kind.PASSWORD,
    "DB_KENNWORT": Kind.PASSWORD,
    "SENHA_BANCO": Kind.PASSWORD,
    "haslo": Kind.PASSWORD,
    "parol": Kind.PASSWORD,
}
OTHER_NAMES = """
PATH PWD OLDPWD HOME KEY key PUBLIC_KEY SORT_KEY KEYBOARD TOKENIZERS_PARALLELISM BYPASS COMPASS PASSIVE MONKEY
PASSWORD_FILE password-file TOKEN_URL SECRET_NAME SSH_ASKPASS PASSWORD_STORE_DIR max-tokens pass-through
PASSWORD_MIN_LENGTH token_count secret_arn pin pat passes 123 _
starting-token client-request-token db.existingSecret token-ttl-seconds salt parola clave PAROLE CLAVE_API
SECRET_BACKEND PASSWORD_HASHERS GITHUB_TOKEN_PERMISSIONS ROUTING_KEY"""
HARMLESS = """
$X ${X} $(cat) `cat` true none - 12 XXXX **** <password> {{x}} /run/p ~/p ./p.txt certs/a.pem env:X file:/x ssm://a/b
arn:aws:secretsmanager:x REDACTED-token {resolve} %(x)s @file [secret]
YOUR_PASSWORD your-token TOKEN_HERE ! public :password
@option.pw@ __PW__ %DB_PW% CHANGE_ME prod/db/password x.properties $env(PW)
undef write 14.0 SFTP_PASSWORD OPENAI_API_KEY abc... %%DB_PW%% .Values.db.user"""


@pytest.mark.parametrize(("name", "kind"), SECRET_NAMES.items())
def test_names_of_secrets(name: str, kind: Kind) -> None:
    """The word that counts is found in any spelling."""
    assert kind_of_name(name) is kind


@pytest.mark.parametrize("name", OTHER_NAMES.split())
def test_other_names(name: str) -> None:
    """Names that only sound like it, or say where the secret is, hold none."""
    assert kind_of_name(name) is None


@pytest.mark.parametrize("value", ["", " ", "$(cat x)", *HARMLESS.split()])
def test_values_that_are_none(value: str) -> None:
    """Variables, switches, placeholders, files, references and marks stay."""
    assert is_harmless(value)


@pytest.mark.parametrize("value", ["hunter2", "changeme", "pass word", "a/b+c=", "x", "123", "/Abc+9=="])
def test_values_that_may_be(value: str) -> None:
    """Anything else may be the secret."""
    assert not is_harmless(value)


HALF_TOLD = {
    ("CF_Key", "8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e"): Kind.KEY,
    ("cron_key", "Ab3dE6gH9jK2"): Kind.KEY,
    ("sonar.login", "8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e"): Kind.KEY,
    ("HTTP_AUTH", "me:Hunter2"): Kind.PASSWORD,
    ("DBLOGIN", "scott/hunter2@ORCL"): Kind.PASSWORD,
    ("ORA_CONN", "/@PROD"): None,
    ("PIN", "4711"): Kind.PASSWORD,
    ("DB_PASS", "x"): Kind.PASSWORD,
    ("cron_key", "nightly"): None,
    ("CLAVE_API", "S3cr3tKey"): Kind.KEY,
    ("PAROLA", "chiave"): None,
    ("ROUTING_KEY", "orders.created"): None,
    ("BACKUP_KEY", "S3cr3tKey"): Kind.KEY,
    ("SIGNING_KEY", "3AA5C34371567BD2"): None,
    ("ENCRYPT_KEY", "3AA5C34371567BD2"): None,
    ("activationkey", "1-8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e"): Kind.KEY,
    ("ALERT_WEBHOOK", "https://h/in/9sK2mXq7Rt4vLp0w"): Kind.TOKEN,
    ("ALERT_WEBHOOK", "http://h:9000/hooks/deploy"): None,
    ("SNMP_COMMUNITY", "hunter"): Kind.PASSWORD,
    ("SORT_KEY", "8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e"): None,
    ("SMTP_AUTH", "login"): None,
    ("RUN_AS_USER", "app:app"): None,
    ("PIN", "17"): None,
    ("code", "SUMMER"): None,
    ("APP_ID", "6f1b2c3d-0000-4000-8000-abcdef012345"): None,
}


@pytest.mark.parametrize(("pair", "kind"), HALF_TOLD.items())
def test_name_and_value_together(pair: tuple[str, str], kind: Kind | None) -> None:
    """Where a name leaves it open, the value tells."""
    assert kind_of_pair(*pair) is kind


def test_drawn_values() -> None:
    """Hexadecimal and mixtures look drawn, names and numbers do not."""
    drawn = ("8f0c2a4e6b8d1f3a", "Ab3dE6gH9jK2")
    assert [
        word for word in (*drawn, "12345678901234567890", "MyOrders2024Report", "created_at") if looks_drawn(word)
    ] == [*drawn]


@pytest.mark.parametrize(
    "text",
    [
        "$token = &$tokens[$i];",
        "if ($op === 'eq') $token = '==';",
        "$secret = Settings::$SECRET_OF_LOGIN;",
        "self::$SECRET = self::from_file('x');",
        '$dsn = "user=".$this->user." password=".$this->password;',
        '"WHERE name = \'" . esc($name) . "\' AND password = \'" . esc($given) . "\' AND on = 1"',
        "'where password = \"' + esc(given) + '\" and on = 1'",
        "# apikey = models.CharField(default=one, max_length=16)",
        '# url = "https://api.shop.example/user/?key=2{}".format(key)',
        " * Collects the bridges of all yards: api_key => what it opens.",
        "// api_client_secret: the client secret of the yard (string)",
        "key=$(sed -n 's:.*<ApiKey>\\(.*\\)</ApiKey>.*:\\1:p' conf.xml)",
        "T=`cat p.xml | sed -e 's;^.* OnlineToken=\";;' | sed -e 's;\".*$;;'`",
        'base="http://localhost:$port/api"',
        "if (!isKnownIso3166Alpha2Country($code)) return codeOfIso3166Alpha2Country($other);",
    ],
)
def test_silent_for_code_that_names_a_secret(text: str) -> None:
    """Variables, calls, operators, patterns, ports and prose where another text has the secret itself."""
    assert redact_plain(text).text == text
    assert redact(text).text == text


def test_a_secret_beside_code_is_found() -> None:
    """What is written out is one, whatever the language around it."""
    for text, secret in (
        ("$token = 'q8Zt4Lw9Xk2P';", "q8Zt4Lw9Xk2P"),
        ("\"WHERE password = 'Wint3r-fell' AND on = 1\"", "Wint3r-fell"),
        ("<ApiKey>4f1c9a7be20d4c55</ApiKey>", "4f1c9a7be20d4c55"),
        ("curl http://etl:Wint3rfell@db1/x", "Wint3rfell"),
        ("'api_key' => 'q8Zt4Lw9Xk2P'", "q8Zt4Lw9Xk2P"),
        ("x = 'aB3dE9fGh2JkL4mNoP6qRs8TuV0wXyZ'", "aB3dE9fGh2JkL4mNoP6qRs8TuV0wXyZ"),
        ("new key 7fD9kLmQ2xZpT8vB1nRw(yard)", "7fD9kLmQ2xZpT8vB1nRw"),
    ):
        assert secret not in redact_plain(text).text


@pytest.mark.parametrize(
    "secret",
    [
        "Wint3r.fell(9)",
        "a.b(zH4",
        "Wint3r::fell(7",
        "{}Wint3rfell",
        "ab{}Wint3rfell",
        ".$Wint3rfell",
        r"\(Wint3rfell",
        "Wint3r'|fell",
        "Wint3r.Fell[9x",
    ],
)
def test_a_secret_that_begins_like_code_is_found(secret: str) -> None:
    """A bracket, braces, a point or a pipe alone make no code."""
    assert secret not in redact(f"PASSWORD='{secret}' run" if "'" not in secret else f'PASSWORD="{secret}" run').text
    assert secret not in redact_plain(f'password = "{secret}"').text


def test_a_secret_that_is_put_between_two_texts_is_found() -> None:
    """A quotation that is shut for a variable holds no secret; one that is shut for another quotation may."""
    for sign in ".+":
        assert "Wint3rfell" not in redact_plain(f'cmd = "dump --password=" {sign} \'Wint3rfell\' {sign} " db"').text

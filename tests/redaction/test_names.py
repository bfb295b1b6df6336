"""Names announce secrets; values in a secret's place may be none."""

from __future__ import annotations

import pytest

from migrator.redaction.marks import Kind
from migrator.redaction.names import is_harmless, kind_of_name

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
}
OTHER_NAMES = """
PATH PWD OLDPWD HOME KEY key PUBLIC_KEY SORT_KEY KEYBOARD TOKENIZERS_PARALLELISM BYPASS COMPASS PASSIVE MONKEY
PASSWORD_FILE password-file TOKEN_URL SECRET_NAME SSH_ASKPASS PASSWORD_STORE_DIR max-tokens pass-through
PASSWORD_MIN_LENGTH token_count secret_arn pin pat passes 123 _"""
HARMLESS = """
$X ${X} $(cat) `cat` true none - 12 XXXX **** <password> {{x}} /run/p ~/p ./p.txt certs/a.pem env:X file:/x ssm://a/b
arn:aws:secretsmanager:x REDACTED-token {resolve} %(x)s @file [secret]"""


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

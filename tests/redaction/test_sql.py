"""Secrets that SQL writes into a column that is called like one."""

from migrator.redaction import redact


def test_the_column_tells_which_value() -> None:
    """Of the values the one in the password's place goes."""
    text = "mysql -e \"INSERT INTO u (name, password) VALUES ('hunter1', 'hunter2')\""
    assert redact(text).text == text.replace("hunter2", "REDACTED-password")


def test_other_values_stay() -> None:
    """Parameters, other columns and a statement that is cut off come back as they were."""
    for text in (
        "mysql -e \"INSERT INTO u (name, password_age) VALUES ('a', 'hunter2')\"",
        'mysql -e "INSERT INTO u (name, password) VALUES (?, ?)"',
        'mysql -e "INSERT INTO u (name, password) VALUES"',
        'mysql -e "INSERT INTO u (a, b, password) VALUES (1)"',
    ):
        assert redact(text).text == text

"""Words look chosen as passwords, or like names."""

import pytest

from migrator.redaction.looks import is_well_known, looks_chosen

CHOSEN = """Wint3rfell! gr4nite_Peak S3cr3t! P@ssw0rd Sup3rS3cret xK9mP2qL7v dbpass123 hunter22 Tr0ub4dor&3 winter24!
0racleDb Pa$$word1"""
NAMES = """web01 s3cmd Node1 k8s i18n log4j sha256sum 8d3f2a1c9b7e ami-0c55b159cbfafe1f0 S3Bucket Ec2Instance db2024
orders_2026Q1 v1.2.3-rc1 eu-west-1a t3a.large utf8mb4 x86_64 report.csv %Y-%m-%d user@host.example.org #33ff66 AbcTask1
TLSv1 SHA256withRSA C024BE91L 20261122T0300Z -p4sswOrd a/P4ssword sunflower
secret-v2 tokens2 password-reset2"""


@pytest.mark.parametrize("text", CHOSEN.split())
def test_chosen(text: str) -> None:
    """Digits and signs for letters, mixed kinds, and words that tell make a password."""
    assert looks_chosen(text)


@pytest.mark.parametrize("text", NAMES.split())
def test_named(text: str) -> None:
    """Names with numbers, versions, commits, addresses, colours and paths do not."""
    assert not looks_chosen(text, hinted=True)


def test_a_hint_lets_one_digit_do() -> None:
    """Beside a user's name one digit for a letter tells enough."""
    assert looks_chosen("v3rtica", hinted=True)
    assert not looks_chosen("v3rtica")


def test_well_known_words() -> None:
    """The passwords of examples are known; what explains how to call a program is in capitals."""
    assert all(is_well_known(text) for text in ("secret", "dbpass", "ChangeMe"))
    assert not any(is_well_known(text) for text in ("PASSWORD", "prod", "production"))

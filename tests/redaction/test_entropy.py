"""Random words are told from names, paths, dates and digests."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.redaction.entropy import names_an_identifier, random_words

RANDOM = """
wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY CANARY9f8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c3d2e1f0a
Xk29fLq0Zr8TbVw3Nc7Yd1Ph6Sj4Mg5R a8f3k2j9x0q7w6e5r4t3y2u1z9 Q0FOQVJZYmFzaWMx 43414e41525970617373
h8Kd+29sLq/0Zr8TbVw3Nc7Yd1Ph== xk_9fLq0Zr8T-bVw3Nc7Yd1-Ph6Sj4Mg5Rt7
session_id=1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms eyJwYXNzd29yZCI6Imh1bnRlciJ9"""
ORDINARY = """
3f786850e387550fdab836ed7e6dc881de23001b d41d8cd98f00b204e9800998ecf8427e oc_0b6ecc5a6fdd9246b88415267dbc3224
6f1b2c3d-0000-4000-8000-abcdef012345 20240101T120000Z backup-2024-01-01-120000.tar.gz UpdateDocusignContractStatus
/usr/lib/python3/dist-packages/django/contrib/admin2 generate_ip_rep_list_v2_final satellite-paraguay-2024-backup
com.example.MyApp2ProcessorV3Handler 0123456789abcdefghijklmnop dG91Y2ggL3RtcC9wd25lZA== 12345678901234567890
abcdefghijklmnopqrstuvwxyzABCD my-stack-production-eu-west-1-blue2 gfs.t00z.pgrb2.0p50.f000
Users/MyProject/BuildOutput/ReleaseV2/ab ThisIsACamelCaseClassName2Factory
SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8 spreadsheet_id=1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms
PUBLIC_KEY=HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=
https://docs.google.com/spreadsheets/d/1BxiMVs0XRA5nFMdKvBdBZjgmUUqptlbs74OgvE2upms/edit
age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p eyJtb2RlIjoiZnVsbCJ9 W3siYSI6MX0seyJiIjoyfV0="""


@pytest.mark.parametrize("word", RANDOM.split())
def test_random_words(word: str) -> None:
    """Keys, and words and passwords in base64 or hexadecimal, are found."""
    assert list(random_words(f"x {word} y"))


@pytest.mark.parametrize("word", ORDINARY.split())
def test_ordinary_words(word: str) -> None:
    """Commits, digests, UUIDs, dates, class names, paths and encoded commands are not."""
    assert list(random_words(f"x {word} y")) == []


def test_names_of_identifiers() -> None:
    """A sheet's id opens nothing by itself; a session's does."""
    assert names_an_identifier("SHEET_ID")
    assert names_an_identifier("folderId")
    assert not names_an_identifier("SESSION_ID")
    assert not names_an_identifier("DB_PASS")


@settings(max_examples=100, deadline=None)
@given(st.integers())
def test_words_drawn_by_chance(seed: int) -> None:
    """Forty characters drawn from letters and digits are found, if there are two digits among them at least."""
    drawn = random.Random(seed)
    word = "7" + "".join(drawn.choices(string.ascii_letters + string.digits, k=38)) + "3"
    assert list(random_words(word)) == [(0, 40)]

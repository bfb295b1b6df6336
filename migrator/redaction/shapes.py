"""Secrets of known shape: the keys and tokens that their issuers give a prefix, JSON web tokens, private keys."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from migrator.redaction.marks import Kind

Span: TypeAlias = tuple[int, int, Kind]
"""Offsets of a secret, and its kind."""

_ISSUED = re.compile(
    r"""(?<![A-Za-z0-9])(?:
      gh[pousr]_\w{16,} | github_pat_\w{20,}                                  # GitHub
    | gl(?:pat|dt|rt|ptt|cbt|soat|ft)-[\w-]{10,}                              # GitLab
    | xox[a-z]-[\w-]{8,} | xapp-[\w-]{10,}                                    # Slack
    | sk-[\w-]{16,} | [sr]k_(?:live|test)_\w{8,} | whsec_\w{16,}             # OpenAI and its kin, Stripe
    | AIza[\w-]{30,} | ya29\.[\w-]{10,} | GOCSPX-[\w-]{16,}                   # Google
    | SG\.[\w-]{10,200}\.[\w-]{10,} | key-[0-9a-f]{32}                        # SendGrid, Mailgun
    | npm_\w{30,} | pypi-[\w-]{20,} | dckr_pat_[\w-]{16,} | hf_\w{20,}        # npm, PyPI, Docker, Hugging Face
    | do[por]_v1_\w{20,} | dapi[0-9a-f]{32} | lin_api_\w{16,}                 # DigitalOcean, Databricks, Linear
    | AGE-SECRET-KEY-1\w+ | hv[sb]\.[\w-]{10,}                                # age, Vault
    | [0-9]{8,10}:AA[\w-]{30,} | EAA[A-Za-z0-9]{30,}                          # Telegram, Facebook
    | shp(?:at|ca|pa|ss)_\w{16,} | sq0[a-z]{3}-[\w-]{16,}                     # Shopify, Square
    | PMAK-[\w-]{16,} | NRAK-\w{16,} | glsa_\w{16,}                           # Postman, New Relic, Grafana
    )""",
    re.VERBOSE,
)
# Hashes of crypt(5).
_HASH = re.compile(r"\$(?:[1567y]|2[abxy]|gy|apr1|argon2(?:id?|d))\$(?:[\w./,=-]{0,60}\$){0,3}[\w./+]{13,}")
# The prefixes of IAM's unique identifiers (IAM User Guide, "IAM identifiers").
# Their first letters stand first: `re` skips quickly to them, and looks back from there.
_AWS_KEY = re.compile(r"A(?<![A-Za-z0-9]A)(?:KIA|SIA|ROA|IDA|NPA|NVA|BIA|CCA)[0-9A-Z]{12,}")
_JWT = re.compile(r"eyJ(?<![A-Za-z0-9]eyJ)[\w-]{5,4000}\.[\w-]{5,4000}(?:\.[\w-]*)?")
_PRIVATE_KEY = re.compile(
    r"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----"
    r".*?(?:-----END [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----|\Z)",
    re.DOTALL,
)
# All of them have a run of so many of these, or say what they are in capitals: most job lines have neither.
_RUN = re.compile(r"[\w.:-]{13}|PRIVATE KEY")


def shapes(text: str) -> Iterator[Span]:
    """Yield what has the shape of a key or a token."""
    if not _RUN.search(text):
        return
    for pattern, kind in (
        (_PRIVATE_KEY, Kind.PRIVATE_KEY),
        (_JWT, Kind.JWT),
        (_AWS_KEY, Kind.AWS_KEY),
        (_ISSUED, Kind.TOKEN),
        (_HASH, Kind.PASSWORD),
    ):
        for match in pattern.finditer(text):
            yield *match.span(), kind

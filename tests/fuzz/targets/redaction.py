"""Redaction: a planted secret is gone whatever stands around it, lines keep their number, a second time changes nothing."""

from __future__ import annotations

from functools import partial

from migrator.redaction import Redacted, redact, redact_line, redact_plain, redact_script, redact_stdin, redact_unread
from tests.fuzz.targets.target import Target, seeds, text_of

SECRET = "Zq7Planted0Xw"
# Each: a command with a secret where it must be found, as a line of its own.
CARRIERS = (
    f"mysql -u root -p{SECRET} shop",
    f"PGPASSWORD={SECRET} psql -h db shop",
    f"curl -u admin:{SECRET} https://example.com/x",
    f"curl -H 'Authorization: Bearer {SECRET}' https://example.com/x",
    f"sshpass -p {SECRET} ssh backup@example.com",
    f"/opt/run --password={SECRET}",
    f"wget https://user:{SECRET}@example.com/y",
    f"export API_TOKEN={SECRET}",
)
_SEEDS = (
    "\x00/opt/load.sh && \n | gzip > /x",
    "\x01echo 'it is' \"so $x\" $(date)\n# done",
    "\x02if a; then b; fi <<E\ntext\nE\n",
    "\x03a=b; for i in x; do y; done\nz -p --pass",
    "\x04ssh h 'q' `w`\n{ e; }",
    "\x05docker login -u x --password-stdin < /f\nrm",
)


def check(data: bytes) -> None:
    """Redact a text in every way, and a planted secret on a line between two texts."""
    number, text = data[:1], text_of(data[1:])
    carrier = CARRIERS[number[0] % len(CARRIERS) if number else 0]
    for way in (redact, redact_line, redact_plain, redact_unread, partial(redact_script, language="python")):
        _holds(way(text), text)
    _holds(redact_stdin("mysql -p", text), text)
    again = redact(redact(text).text)
    assert again.text == redact(text).text, f"{text!r} is not settled"
    before, _, after = text.partition("\n")
    whole = f"{_closed(before)}\n{carrier}\n{after}"
    for found in (redact(whole), redact_plain(whole)):
        assert SECRET not in found.text, f"{found.text!r} holds the planted secret"


def _closed(text: str) -> str:
    """Give a text behind which a new command begins: no quote, comment, substitution or here-document is open."""
    return "".join(letter for letter in text if letter not in "'\"`$<\\#(){}[]" and letter != "\n")


def _holds(found: Redacted, text: str) -> None:
    assert found.text.count("\n") == text.count("\n"), "the number of lines changed"
    assert found.secrets or found.text == text, "a text without a secret changed"


TARGETS = (Target("redaction", check, seeds(*_SEEDS)),)

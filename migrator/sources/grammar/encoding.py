"""Tell a crontab from a file that is no text: UTF-16, UTF-32, or binary."""

from __future__ import annotations

_MARKS = (b"\xff\xfe", b"\xfe\xff")
_LONG_MARKS = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")  # the first begins like a mark of UTF-16
_BINARY = (b"\x7fELF", b"\x1f\x8b", b"PK\x03\x04", b"\x89PNG", b"SQLite format 3\0", b"%PDF-", b"BZh", b"\xfd7zXZ\0")
_SAMPLE = 8192
_TEXT = b"\a\b\t\n\v\f\r\x1b" + bytes(range(0x20, 0x100))
_MOST = 0.3
_REMEDY = "save the file as UTF-8 without a byte order mark"


def not_text(data: bytes) -> tuple[str, str] | None:
    """Give fault and remedy of a file that is no text that cron could read, else None."""
    sample = data[:_SAMPLE]
    if sample.startswith(_LONG_MARKS):
        return "UTF-32, which cron rejects", _REMEDY
    if sample.startswith(_MARKS) or _every_other_nul(sample):
        return "UTF-16, which cron rejects", _REMEDY
    if sample.startswith(_BINARY):
        return "binary file", "name a crontab"
    if len(sample.translate(None, _TEXT)) > _MOST * len(sample):
        return "binary file", "name a crontab"
    return None


def _every_other_nul(sample: bytes) -> bool:
    """Say whether the bytes are ASCII in UTF-16 without a mark: NULs in all even or all odd places, and not in both."""
    if len(sample) < 4 or b"\0" not in sample:
        return False
    even, odd = sample[0::2], sample[1::2]
    for nuls, others in ((even, odd), (odd, even)):
        if nuls.count(0) >= 0.9 * len(nuls) and others.count(0) <= 0.1 * len(others):
            return True
    return False

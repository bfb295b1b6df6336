"""Files that are no text."""

from __future__ import annotations

import pytest

from migrator.sources.grammar import not_text

LINE = "7 3 * * * /usr/bin/true\n"


@pytest.mark.parametrize(
    "data",
    [LINE.encode("utf-16"), LINE.encode("utf-16-le"), LINE.encode("utf-16-be"), b"\xfe\xff" + LINE.encode("utf-16-be")],
)
def test_utf_16_is_named(data: bytes) -> None:
    """With a mark or without."""
    fault = not_text(data)
    assert fault is not None
    assert "UTF-16" in fault[0]


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-be"])
def test_utf_32_is_named(encoding: str) -> None:
    """Its mark begins like that of UTF-16."""
    fault = not_text(("\ufeff" * (encoding != "utf-32") + LINE).encode(encoding))
    assert fault is not None
    assert "UTF-32" in fault[0]


@pytest.mark.parametrize(
    "data", [b"\0" * 64, b"\0", b"\0\0\n", b"\x7fELF\x02\x01\x01" + b"\0" * 50, b"\x1f\x8b\x08\x00abc"]
)
def test_a_binary_file_is_named(data: bytes) -> None:
    """NULs alone, or a known magic number."""
    assert not_text(data) is not None
    assert "binary" in str(not_text(data))


@pytest.mark.parametrize(
    "data",
    [b"", LINE.encode(), b"\xef\xbb\xbf" + LINE.encode(), b"# caf\xe9\n", b"* * * * * x\0* * * * * y\n", b"\r\n",
     b"\x1b[0m\n", "# 日本語\n".encode(), b"a\n"],
)  # fmt: skip
def test_text_is_text(data: bytes) -> None:
    """Other encodings, a few NULs and control characters are cron's to judge."""
    assert not_text(data) is None

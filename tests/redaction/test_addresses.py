"""Secrets in addresses: what stands before the host, in the path and behind the question mark."""

import pytest

from migrator.redaction.addresses import addresses

KEY = "8f0c2a4e6b8d1f3a5c7e9b1d3f5a7c9e"
HOLDING = {
    "https://h/cron.php?cron_key=Ab3dE6gH9jK2": "Ab3dE6gH9jK2",
    f"https://h/weather?q=x&appid={KEY}": KEY,
    f"https://h/x?code={KEY}": KEY,
    "http://h/write?db=m&u=w&p=Hunter2": "Hunter2",
    "https://h/x?key=Hunter2": "Hunter2",
    "https://h/x?cron_key=Hunter2": "Hunter2",
    "https://h/x?_username=a&_secret=hunter": "hunter",
    f"https://h/hooks/{KEY}": KEY,
    f"https://n8n.h/webhook/prod/{KEY}": KEY,
    "https://outlook.office.com/webhook/a1b2@c3/IncomingWebhook/d4/e5": "a1b2@c3/IncomingWebhook/d4/e5",
    "rtmp://a.rtmp.h/live2/ab1c-de2f-gh3i": "ab1c-de2f-gh3i",
    "me:hunter2@tcp(db:3306)/x": "hunter2",
    "DBLOGIN=scott/hunter2@ORCL": "hunter2",
    "cx_Oracle.connect('scott/hunter2@h/x')": "hunter2",
    "mount_smbfs //me:hunter2@nas/b /m": "hunter2",
}
SILENT = [
    "https://h/x?sort_key=created_at&cache_key=abc",
    "https://h/report?key=monthly",
    "https://h/x?code=SUMMER&page_token=4",
    "https://h/list?user=bob&p=3",
    "https://h/x?p=Hunter2",
    f"https://h/x?id={KEY}",
    "https://h/hooks/redeploy-webhook-of-the-site",
    f"https://h/jobs/{KEY}/status",
    "rtsp://h:554/stream1",
    "IMAGE=org/app2@sha256:1",
    "//nas/share22/x@y",
]


@pytest.mark.parametrize(("text", "secret"), HOLDING.items())
def test_the_secret_is_found(text: str, secret: str) -> None:
    """The secret's part is taken, and no other."""
    assert {text[start:end] for start, end, _ in addresses(text)} == {secret}


@pytest.mark.parametrize("text", SILENT)
def test_other_addresses_stay(text: str) -> None:
    """Names, pages, identifiers and plain words hold none."""
    assert list(addresses(text)) == []

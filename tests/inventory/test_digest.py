"""What tells whether a file has changed."""

import hashlib
from pathlib import Path

from migrator.inventory.digest import digest_of
from tests.inventory.taking import inventory


def test_without_a_secret_it_is_that_of_the_bytes():
    """Anybody can check it with sha256sum."""
    data = b"0 1 * * * a\r\n\xff\0"
    assert digest_of(data) == hashlib.sha256(data).hexdigest()


def test_a_secret_cannot_be_found_by_trying():
    """Tabs that differ in the password alone have one digest, joined lines too; every other change gives another."""
    one, other = (b"# x\n0 1 * * * mysql -p%s\nB=2\n" % word for word in (b"hunter2", b"tr0ub4dor"))
    assert digest_of(one, {2}) == digest_of(other, {2})
    assert digest_of(one, {2}) != digest_of(one.replace(b"# x", b"# y"), {2})
    assert digest_of(one, {2}) != digest_of(one.replace(b"B=2", b"B=3"), {2})
    assert digest_of(one, {2}) != digest_of(one + b"\n", {2})
    joined = [b"0 1 * * * mysql \\\n -p%s\nB=2\n" % word for word in (b"hunter2", b"tr0ub4dor")]
    assert len({digest_of(data, {1}) for data in joined}) == 1
    assert digest_of(joined[0], {1}) != digest_of(joined[0].replace(b"B", b"C"), {1})


def test_the_ledger_has_it_and_says_what_was_switched_off(tmp_path: Path):
    """The line with the password is left out; a periodic folder has no digest; marks are found with their lines."""
    tab = "#migrator-off old-1: 0 1 * * * mysql -phunter2xyz\n0 2 * * * mysql -pCANARY7x\n"
    found = inventory(tmp_path, {"crontab": tab})
    [row] = found.ledger
    assert row.digest == digest_of(tab.encode(), {1, 2})
    assert [(str(line.origin), line.job) for line in found.switched_off] == [("crontab:1", "old-1")]
    assert row.disabled == 1


def test_a_line_that_was_switched_off_keeps_its_title(tmp_path: Path):
    """As the reader of its file would call it; a line that is no entry any more goes by its id."""
    tab = "#migrator-off old-1: 0 1 * * * /opt/load.sh x\n#migrator-off old-2: 61 * * * * y\n"
    assert [line.title for line in inventory(tmp_path, {"crontab": tab}).switched_off] == ["load.sh x", "old-2"]
    system = "#migrator-off old-3: 0 1 * * * root /opt/clean.py\n"
    assert [line.title for line in inventory(tmp_path / "b", {"etc/cron.d/x": system}).switched_off] == ["clean.py"]

"""Names that `ls FOLDER | grep …` lets through."""

import pytest

from tests.commands.tools import facts, reads


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (r"for f in $(ls /data/in | grep '\.csv$'); do cat /data/in/$f; done", "/data/in/*.csv"),
        (r"for f in $(ls -1 /data/in | grep -E '^a-.*\.csv$' | sort); do cat /data/in/$f; done", "/data/in/a-*.csv"),
        (r"for f in `ls /data/in | grep ^a- | grep csv$`; do cat /data/in/$f; done", "/data/in/a-*csv"),
        (r"f=$(ls -t /data/in | grep -i '\.csv$' | head -1); cat /data/in/$f", "/data/in/*.csv"),
        (r"for f in $(ls -l /data/in | grep '^d'); do cat /data/in/$f; done", "/data/in/*"),
        (r"for f in $(ls /data/in | grep -v '\.csv$'); do cat /data/in/$f; done", "/data/in/*"),
        (r"for f in $(ls /data/in | grep 'a\|b'); do cat /data/in/$f; done", "/data/in/*"),
        (r"for f in $(ls /data/in | grep -f /etc/names); do cat /data/in/$f; done", "/data/in/*"),
        ("for f in $(ls /data/in | grep $WHAT); do cat /data/in/$f; done", "/data/in/*"),
    ],
)
def test_what_grep_lets_through(command, expected):
    """A plain pattern tells the names; what it leaves out, or what is not known, tells nothing."""
    assert {name for name in reads(facts(command)) if "*" in name} == {expected}

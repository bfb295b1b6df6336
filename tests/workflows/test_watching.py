"""A loop that asks a bucket is a question of its own only where it asks nothing else and ends as the machine would."""

from decimal import Decimal

import pytest

from migrator.commands.facts import Wait, WaitKind
from migrator.model import Origin, Range
from migrator.workflows.watching import Listing, listing


def said(text: str, target: str = "s3://bkt/in/x", timeout: int | None = None) -> Listing | str:
    """Read a loop that sleeps for a minute."""
    minute = Range(Decimal(60), Decimal(60))
    return listing(Wait(WaitKind.OBJECT, target, minute, timeout, Origin("tab", 1), text), text)


@pytest.mark.parametrize(
    "text",
    [
        "until aws s3 ls s3://bkt/in/x > /dev/null 2>&1; do sleep 60; done",
        'while ! aws s3 ls "$SOURCE"\ndo echo waiting; sleep 60; done',
        'while [ -z "$(aws s3 ls s3://bkt/$F)" ]; do sleep 1m; done',
        "until [[ -n $(aws s3 ls s3://bkt/$F) ]]; do sleep 1m; done",
    ],
)
def test_a_loop_until_there_is_one(text: str):
    """By the status, or by what is printed."""
    assert said(text) == Listing("bkt", "in/x")


def test_an_ending_is_kept():
    """`grep -q` for an ending asks for names that end so."""
    text = "until aws s3 ls s3://bkt/in/ | grep -q '\\.csv$'; do sleep 60; done"
    assert said(text, "s3://bkt/in/") == Listing("bkt", "in/", ".csv")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("while aws s3 ls s3://bkt/in/x; do sleep 60; done", "by one `aws s3 ls`"),
        ("until aws s3 ls s3://bkt/in/x --profile p; do sleep 60; done", "by one `aws s3 ls`"),
        ("until aws s3 ls s3://bkt/in/x && ready; do sleep 60; done", "by one `aws s3 ls`"),
        ("until aws s3 ls s3://bkt/in/x; do test -f /x && aws s3 ls s3://b/y; sleep 60; done", "by one `aws s3 ls`"),
        ("until aws s3 ls s3://bkt/in/x; do [ -f /stop ] && exit 1; sleep 60; done", "by one `aws s3 ls`"),
        ("for i in 1 2; do aws s3 ls s3://bkt/in/x && break; sleep 60; done", "by one `aws s3 ls`"),
        ("until aws s3 ls s3://bkt/in/x; do [ $((n++)) -gt 9 ] && break; sleep 60; done", "gives up"),
        ("until aws s3 ls s3://bkt/in/x; do [ $((n++)) -gt 9 ] && exit 0; sleep 60; done", "gives up"),
        ("until aws s3 ls s3://bkt/in/x; do [ $((n++)) -gt $m ] && exit 1; sleep 60; done", "how long"),
        ("until aws s3 ls s3://bkt/in/x | grep -c csv; do sleep 60; done", "more than the ending"),
    ],
)
def test_what_only_its_shell_knows(text: str, why: str):
    """A loop until it is gone, one that looks at more, one that gives up and goes on."""
    found = said(text)
    assert isinstance(found, str)
    assert why in found


def test_names_and_kinds():
    """A name that varies, a whole bucket, a file."""
    text = "until aws s3 ls s3://bkt/in/x; do sleep 60; done"
    assert "only known when it runs" in str(said(text, "s3://bkt/dt=*/x"))
    assert "only known when it runs" in str(said(text, "s3://bkt/"))
    of_file = Wait(WaitKind.FILE, "/x", None, None, Origin("tab", 1), text)
    assert listing(of_file, text) == "a file can only be looked for on the host"

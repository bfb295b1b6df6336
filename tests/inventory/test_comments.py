"""The comments above an entry go with its job."""

from tests.inventory.taking import of_text


def comments(text: str) -> list[list[tuple[int, str]]]:
    """Give each job's comments, by line."""
    return [[(one.origin.line, one.text) for one in job.comments] for job in of_text(text.encode()).jobs]


def test_the_lines_directly_above_are_the_jobs():
    """The first entry below a comment has it; the next has its own, or none."""
    assert comments("# one\n# two\n0 1 * * * /a\n0 2 * * * /b\n# three\n0 3 * * * /c\n") == [
        [(1, "# one"), (2, "# two")],
        [],
        [(5, "# three")],
    ]


def test_a_blank_a_setting_and_a_disabled_entry_part_them():
    """What stands above them is about something else."""
    for between in ("", "A=b", "#0 5 * * * /off", "no schedule"):
        assert comments(f"# heading\n{between}\n0 1 * * * /a\n") == [[]], between


def test_of_a_long_text_the_last_lines_are_kept():
    """A licence above the first entry is no word about it."""
    [kept] = comments("".join(f"# {n}\n" for n in range(40)) + "0 1 * * * /a\n")
    assert [line for line, _ in kept] == list(range(33, 41))


def test_secrets_in_comments_are_left_out():
    """A comment reaches the report as evidence, and a password in it must not."""
    [[(_, text)]] = comments("# after the import: mysql -u root -pCANARY123 db\n0 1 * * * /a\n")
    assert "CANARY" not in text
    assert "after the import" in text

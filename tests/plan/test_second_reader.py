"""python-crontab as the second reader."""

from migrator.plan.second_reader import enabled_entries


def test_counts_the_entries_that_are_on():
    """Schedule, user and command; comments, also those above an entry, and what is commented out do not count."""
    text = b"# x\n0 1 * * * a\n#0 2 * * * b\n@daily c # y\nA=1\n0 1 * * * a\n"
    found = enabled_entries(text, user_column=False)
    assert found is not None
    assert sorted(found.elements()) == [("0 1 * * *", None, "a"), ("0 1 * * *", None, "a"), ("@daily", None, "c")]
    system = enabled_entries(b"0 1 * * * root a\n", user_column=True)
    assert system is not None
    assert list(system) == [("0 1 * * *", "root", "a")]


def test_gives_up_where_it_cannot_read():
    """A byte that is not UTF-8, a settings line without a name or value, and files that would take it minutes."""
    assert enabled_entries(b"0 1 * * * \xe9\n", user_column=False) is None
    assert enabled_entries(b"0 1 * * * a\n" * 4000, user_column=False) is None

"""Names of tasks."""

from hypothesis import given
from hypothesis import strategies as st

from migrator.workflows.naming import Names, slug


@given(st.text())
def test_a_slug_is_plain(text):
    """Letters, digits and hyphens, at most 40, never empty."""
    found = slug(text)
    assert 0 < len(found) <= 40
    assert all(character.isascii() and (character.isalnum() or character == "-") for character in found)


@given(st.lists(st.sampled_from(["a", "a-2", "b"]), max_size=8))
def test_names_are_given_once(wanted):
    """Whatever is asked for, every name given is new."""
    names = Names()
    given_names = [names.give(one) for one in wanted]
    assert len(set(given_names)) == len(given_names)

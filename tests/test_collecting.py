"""The collector of cycles is set back, whatever happens while much is made."""

from __future__ import annotations

import gc

import pytest

from migrator.collecting import seldom_collected, uncollected


@pytest.mark.parametrize("way", [seldom_collected, uncollected])
def test_the_collector_is_put_back(way):
    """As it was before, after an error too."""
    before = gc.isenabled(), gc.get_threshold()
    with way():
        assert (gc.isenabled(), gc.get_threshold()) != before
    assert (gc.isenabled(), gc.get_threshold()) == before
    with pytest.raises(ValueError, match="x"), way():
        raise ValueError("x")
    assert (gc.isenabled(), gc.get_threshold()) == before


def test_what_was_off_stays_off():
    """Who did without the collector goes on doing so."""
    gc.disable()
    try:
        with uncollected():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_was_put_out_of_sight_stays_there():
    """Where another has frozen objects, they are not brought back."""
    hidden = [[]]
    gc.freeze()
    try:
        with uncollected():
            pass
        # How many are frozen says nothing: some of them end meanwhile, as all objects do.
        assert not any(seen is hidden for seen in gc.get_objects())
    finally:
        gc.unfreeze()
    assert any(seen is hidden for seen in gc.get_objects())

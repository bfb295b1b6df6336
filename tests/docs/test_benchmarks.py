"""The fleet generator gives what it promises; the measurements themselves are run by hand."""

from __future__ import annotations

import pytest

from benchmarks import advice, fleet


def crontab_lines(folder):
    """Count the lines of all crontab files of a fleet."""
    files = [*folder.glob("*/etc/cron.d/fleet"), *folder.glob("*/var/spool/cron/crontabs/app")]
    return sum(file.read_bytes().count(b"\n") for file in files)


@pytest.mark.parametrize(("lines", "hosts"), [(1, 1), (250, 3), (1000, None)])
def test_the_lines_add_up(tmp_path, lines, hosts):
    """The fleet has exactly the lines that were asked for."""
    count = fleet.write(tmp_path / "fleet", lines, hosts)
    assert crontab_lines(tmp_path / "fleet") == lines
    assert len(list((tmp_path / "fleet").iterdir())) == count == (hosts or lines // fleet.LINES_PER_HOST)


def test_the_same_seed_gives_the_same_hosts():
    """Nothing but the seed decides; another seed gives another fleet."""
    assert list(fleet.hosts(500, 5, 1)) == list(fleet.hosts(500, 5, 1))
    assert list(fleet.hosts(500, 5, 1)) != list(fleet.hosts(500, 5, 2))


def test_a_host_does_not_depend_on_the_fleets_size():
    """Host 2 is the same in a fleet of five and of ten."""
    assert list(fleet.hosts(500, 5, 1))[2] == list(fleet.hosts(1000, 10, 1))[2]


def test_replicas_and_chains_are_there():
    """The system file is equal everywhere, and a chain's second script reads what its first one wrote."""
    made = list(fleet.hosts(400, 4, 1))
    assert len({host.system_lines for host in made}) == 1
    texts = [text for host in made for text in host.scripts.values()]
    assert any("-extract-$(date" not in text and "extract-$(date" in text for text in texts if "# clean of" in text)


def test_too_few_lines_are_refused():
    """A host without a line is no host."""
    with pytest.raises(ValueError, match="spread over"):
        list(fleet.hosts(2, 3, 1))


def test_the_portfolio_of_the_advice_has_its_mix():
    """A fifth of its clusters has five units or more, some have doubtful ties, and the seed decides all of it."""
    made = advice.portfolio(200, 1)
    assert made == advice.portfolio(200, 1) != advice.portfolio(200, 2)
    cases = advice.cases_of(made)
    assert len(cases) == 200
    assert sum(case.cluster.metrics.units >= 5 for case in cases) == 40
    assert made.relations

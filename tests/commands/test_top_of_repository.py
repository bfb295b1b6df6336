"""Scripts that ask git for the top of the repository they lie in."""

import pytest

from tests.commands.tools import facts, writes


def _script(ask: str) -> str:
    return f'#!/bin/bash\nTOP="$({ask})"\ndate > "$TOP/out/day.csv"\n'


@pytest.mark.parametrize(
    "ask",
    [
        'git -C "$(dirname "${BASH_SOURCE[0]}")" rev-parse --show-toplevel',
        'git -C "$(dirname "$0")" rev-parse --show-toplevel',
        'cd "$(dirname "$0")" && git rev-parse --show-toplevel',
    ],
)
def test_the_top_is_above_the_script(ask: str) -> None:
    """The tree is the repository: what lies above the script's place in it is its top."""
    found = facts("/srv/app/cron/a.sh", {"cron/a.sh": _script(ask)})
    assert writes(found) == {"/srv/app/out/day.csv"}


@pytest.mark.parametrize("ask", ["git -C /other rev-parse --show-toplevel", "git rev-parse HEAD"])
def test_another_repository_or_question_is_not_answered(ask: str) -> None:
    """Another folder may be in another repository, and a commit is no folder."""
    assert "/srv/app/out/day.csv" not in writes(facts("/srv/app/cron/a.sh", {"cron/a.sh": _script(ask)}))


def test_words_that_a_command_gives_are_gone_through_one_by_one() -> None:
    """`for x in $(echo $LIST)` splits what is printed as `for x in $LIST` does."""
    script = 'LIST="ctd fluor"\nfor kind in $(echo $LIST); do date > /srv/$kind/day.csv; done\n'
    assert writes(facts("sh /opt/a.sh", {"opt/a.sh": script})) == {"/srv/ctd/day.csv", "/srv/fluor/day.csv"}
    quoted = 'LIST="ctd fluor"\nfor kind in "$(echo $LIST)"; do date > /srv/day.csv; done\n'
    assert writes(facts("sh /opt/a.sh", {"opt/a.sh": quoted})) == {"/srv/day.csv"}

"""Groups that are alike are checked once, and each of them gets the verdicts that it would get by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.verify.alike import Alike
from migrator.verify.answers import Answer, Asked
from migrator.verify.group_checks import group_answer
from migrator.verify.group_facts import facts_of, parts_of
from migrator.verify.listing import Group, Listing, groups
from tests.artifacts.making import HEAD, host
from tests.execution.pinned import pinned

_NAMES = ("orders01", "invoices0002", "meters03x")
_EXPORTED = frozenset({"Group", "GroupArn", "QueueArn", "TopicArn"})


def _files() -> dict[str, str]:
    """Give hosts whose crontabs differ in names, minutes and values."""
    made: dict[str, str] = {}
    for number, name in enumerate(_NAMES):
        text = (
            f"{HEAD}DATA=/srv/{name}\n"
            f"{number} {number + 4} * * 1-5 /opt/bin/{name}-extract 'a b' && /opt/bin/{name}-load\n"
            f"{number + 20} 6 * * * cd /srv/{name} && ./{name}-report >> /var/log/{name}.log 2>&1\n"
        )
        made |= host(text, f"web0{number}xyz")
    return made


@dataclass(frozen=True)
class Written:
    """A plan, its files, and what its groups have."""

    plan: MigrationPlan
    folder: Path
    listing: Listing
    groups: list[Group]

    def alike(self) -> Alike:
        """Begin with no form."""
        return Alike(self.listing, self.folder, Asked(_EXPORTED, definitions=False))

    def alone(self, group: Group) -> Answer:
        """Check a group as it is."""
        return group_answer(group, self.listing, self.folder, Asked(_EXPORTED, definitions=False))


@pytest.fixture(scope="module", params=[Target.EVENTBRIDGE, Target.STEP_FUNCTIONS])
def written(tmp_path_factory, request) -> Written:
    """Write the files of all hosts."""
    folder = tmp_path_factory.mktemp("alike")
    plan = pinned(folder, _files(), request.param)
    listing = Listing.of(plan)
    return Written(plan, folder, listing, [group for group in groups(plan, listing) if group.jobs])


def same(one: Answer, other: Answer) -> bool:
    """Compare answers, whatever the order in them."""
    kinds = ("verdicts", "machines", "claims", "exports", "wants")
    return all(sorted(map(str, getattr(one, kind))) == sorted(map(str, getattr(other, kind))) for kind in kinds)


def test_groups_that_are_alike_have_one_form(written):
    """All hosts are alike; each has the verdicts of its own jobs and file."""
    alike = written.alike()
    for group in written.groups:
        found = alike.answer(group)
        assert same(found, written.alone(group))
        assert {job for job, *_ in found.verdicts} == set(group.jobs)
    assert len(alike.known) < len(written.groups)
    assert any(alike.known.values())


def test_a_changed_file_has_the_verdicts_of_its_own(written):
    """A line that is left out, stands twice or has another word is told as where nothing is known of groups alike."""
    alike = written.alike()
    for group in written.groups:
        alike.answer(group)
    group = max(written.groups, key=lambda one: len(one.jobs))
    place = written.folder / group.artifacts[0].path
    text = place.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    faulty = 0
    try:
        for number, line in enumerate(lines):
            if line.startswith("#") or number % 5:
                continue
            other = ("", line * 2, re.sub(r"[A-Za-z]+(?=[^A-Za-z:]*$)", "other", line))[number // 5 % 3]
            place.write_text("".join((*lines[:number], other, *lines[number + 1 :])), encoding="utf-8")
            alone = written.alone(group)
            assert same(alike.answer(group), alone), line
            faulty += any(holds is False for _, _, holds, _, _ in alone.verdicts)
    finally:
        place.write_text(text, encoding="utf-8")
    assert faulty > 10


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("zzz", "zzz"),
        ("description: 'What cron ran: ", "description: '{{ x }} "),
        ("/srv/orders01", "/srv/invoices0002"),
        ("orders01", "orders02"),
        ("cron(0 4 ", "cron(1 4 "),
        ("Timezone: Europe/Berlin", "Timezone: Europe/London"),
    ],
)
def test_a_fault_in_what_is_put_aside(written, old, new):
    """Told texts, names, values, minutes and zones are no part of a form, and none of their faults is lost."""
    alike = written.alike()
    for group in written.groups:
        alike.answer(group)
    group = next(one for one in written.groups if "orders01" in str(one.jobs))
    place = written.folder / group.artifacts[0].path
    text = place.read_text(encoding="utf-8")
    head = text.index("Resources:")
    place.write_text(text[:head] + text[head:].replace(old, new, 1), encoding="utf-8")
    try:
        found = alike.answer(group)
        assert same(found, written.alone(group))
    finally:
        place.write_text(text, encoding="utf-8")
    assert any(holds is False for _, _, holds, _, _ in found.verdicts) == (old in text[head:] and old != new)


def test_names_are_as_long_as_they_are(written):
    """A limit that the real name breaks is told, though names of one form have one length."""
    alike = written.alike()
    for group in written.groups:
        alike.answer(group)
    group = written.groups[0]
    place = written.folder / group.artifacts[0].path
    text = place.read_text(encoding="utf-8")
    name = re.findall(r"\n      Name: (\S+)\n", text)[0]
    place.write_text(text.replace(f"\n      Name: {name}\n", f"\n      Name: {name}{'x' * (65 - len(name))}\n"))
    try:
        assert same(alike.answer(group), written.alone(group))
        assert ("schedule", False) in {(check, holds) for _, check, holds, _, _ in alike.answer(group).verdicts}
    finally:
        place.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    "command",
    [
        "case orders0001 in ord*) /opt/load ;; esac",
        "[[ orders0001 == o* ]] && /opt/load; exit",
        "x=orders0001; /opt/${x%1} && /opt/load",
        "set -x12345 && /opt/load",
        "/opt/zqz0001 && /opt/load",
        "mysql -pREDACTED-password orders0001 && /opt/load",
    ],
)
def test_commands_that_ask_for_more_of_a_name(tmp_path, command):
    """Patterns, options by letter, braces and marks are checked as they are, and come to the same."""
    plan = pinned(tmp_path, host(f"{HEAD}5 4 * * * {command}\n"), Target.STEP_FUNCTIONS)
    listing = Listing.of(plan)
    alike = Alike(listing, tmp_path, Asked(_EXPORTED, definitions=False))
    for group in groups(plan, listing):
        if group.jobs:
            assert same(alike.answer(group), group_answer(group, listing, tmp_path, alike.asked))
    assert not any(alike.known.values())


def test_parts_made_of_facts_know_nothing_else(written):
    """A check that asked for more than the facts would not get it."""
    group = written.groups[0]
    told = facts_of(group, written.listing)
    assert told is not None
    _, listing = parts_of(told.facts, "x.yaml")
    (job, *_) = listing.jobs.values()
    assert job.id == group.artifacts[0].jobs[0]
    with pytest.raises(AttributeError):
        _ = job.title
    with pytest.raises(AttributeError):
        _ = job.schedule.text


def test_groups_of_another_kind_have_no_facts(written):
    """Files of no job, of another target, and jobs without a file are checked as they are."""
    assert facts_of(Group((), written.groups[0].jobs), written.listing) is None
    assert facts_of(Group(written.groups[0].artifacts, ()), written.listing) is None
    (artifact,) = written.groups[0].artifacts
    away = artifact.model_copy(update={"target": Target.AIRFLOW})
    assert facts_of(Group((away,), written.groups[0].jobs), written.listing) is None

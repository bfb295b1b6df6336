"""Crontabs with lines switched off, and on again: every other byte stays."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.inventory.digest import digest_of
from migrator.model import Dialect, Inactive
from migrator.plan.tabs import InexactError, Planned, Tab, UnfitTabError, is_same_file, switch_off, switch_on
from migrator.plan.visible import storable
from migrator.redaction import redact
from migrator.sources.items import Comment, Disabled, Entry, Format, SourceFile
from migrator.sources.registry import read_file

LINES = st.sampled_from(
    [
        b"0 1 * * * /opt/a", b"*/5 * * * * /opt/b >> /var/log/b 2>&1", b"@daily c%in",
        b"15 6 * * 1-5 mysql -phunter2xy",
        b"# comment", b"#0 1 * * * /off", b"", b"  ", b"MAILTO=a@b.example", b"PATH=/bin", b"0 5 * * * /r\r", b"\t",
        b"0 3 * * * /opt/\xff\xfe", b"0 4 * * * /opt/a\\", b"0 6 * * * x\0y", b"0 7 * * * x\0#y", b"\0",
        "0 8 * * * /opt/\u00e9t\u00e9 \u202e".encode(), b"61 * * * * x", b"  0 9 * * * /indented", b"@reboot /boot",
        b"#migrator-off x: 0 1 * * * z", b"1 cron.daily root run-parts /etc/cron.daily", b"7 10 weekly /opt/w",
        b"0 1 * * * root /opt/a",
    ]
)  # fmt: skip
CRONTABS = Path(__file__).resolve().parents[3] / "shared/corpus/crontabs"
FORMATS = st.sampled_from([Format.CRONTAB, Format.SYSTEM_CRONTAB, Format.ANACRONTAB])


def entries(data: bytes, form: Format, dialect: Dialect) -> list[Entry]:
    """Read the entries of a file."""
    items = read_file(SourceFile("tab", form, data, dialect=dialect), dialect).items
    return [item for item in items if isinstance(item, Entry)]


def tab_of(data: bytes, wanted, form: Format = Format.CRONTAB, dialect: Dialect = Dialect.DEBIAN, secret=()) -> Tab:
    """Know a file as the plan does: each entry is a job, named by its number; `wanted` are lines."""
    jobs: dict[int, tuple[Planned, ...]] = {}
    for number, entry in enumerate(entries(data, form, dialect)):
        planned = Planned(f"job-{number}", storable(redact(entry.command).text))
        jobs[entry.origin.line] = (*jobs.get(entry.origin.line, ()), planned)
    lines = frozenset(line for line in wanted if line in jobs)
    moving = frozenset(planned.job for line in lines for planned in jobs[line])
    return Tab("tab", form, dialect, digest_of(data, secret), frozenset(secret), jobs, lines, moving)


def joined(data: bytes, line: int, form: Format, dialect: Dialect) -> bool:
    """Say whether a line holds something besides entries."""
    items = read_file(SourceFile("tab", form, data, dialect=dialect), dialect).items
    return any(item.origin.line == line and not isinstance(item, Entry) for item in items)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.lists(LINES, max_size=9), st.booleans(), FORMATS, st.sampled_from(Dialect))
def test_undo_gives_equal_bytes_and_nothing_else_changes(data, lines, ended, form, dialect):
    """For any file and any of its lines: off and on again is the file; off differs by the marks alone."""
    text = b"\n".join(lines) + (b"\n" if ended and lines else b"")
    numbers = sorted({entry.origin.line for entry in entries(text, form, dialect)})
    wanted = data.draw(st.sets(st.sampled_from(numbers))) if numbers else set()
    tab = tab_of(text, wanted, form, dialect)
    if any(joined(text, line, form, dialect) for line in wanted):
        # A NUL byte hides a settings line or a comment behind the entry: such a line is refused, never guessed at.
        with pytest.raises(UnfitTabError, match="own line"):
            switch_off(text, tab)
        return
    off = switch_off(text, tab)
    assert off.lines == tuple(sorted(wanted))
    assert switch_on(off.data, tab).data == text
    before, after = text.split(b"\n"), off.data.split(b"\n")
    assert len(before) == len(after)
    for number, (one, other) in enumerate(zip(before, after, strict=True), 1):
        assert other.endswith(one)
        assert other[: len(other) - len(one)].startswith(b"#migrator-off job-") == (number in wanted)
        assert (one == other) == (number not in wanted)
    left = [entry for entry in entries(text, form, dialect) if entry.origin.line not in wanted]
    assert entries(off.data, form, dialect) == left


@settings(max_examples=60, deadline=None)
@given(st.lists(LINES, min_size=1, max_size=6), st.integers(0, 200), st.binary(min_size=1, max_size=2))
def test_any_other_change_is_noticed(lines, place, junk):
    """A byte more anywhere: the tab is refused, both ways."""
    text = b"\n".join(lines) + b"\n"
    tab = tab_of(text, range(20))
    place %= len(text) + 1
    other = text[:place] + junk + text[place:]
    assert is_same_file(text, tab)
    if other != text:
        assert not is_same_file(other, tab)
        for edit in (switch_off, switch_on):
            with pytest.raises(UnfitTabError, match="changed since the plan"):
                edit(other, tab)


def test_waves_follow_each_other():
    """The second wave's tab is what the first one left; each can be undone alone, in any order."""
    text = b"0 1 * * * a\n0 2 * * * b\n0 3 * * * c\n"
    first, second = tab_of(text, {1}), tab_of(text, {3})
    once = switch_off(text, first).data
    twice = switch_off(once, second).data
    assert twice == b"#migrator-off job-0: 0 1 * * * a\n0 2 * * * b\n#migrator-off job-2: 0 3 * * * c\n"
    assert switch_on(twice, first).data == switch_off(text, second).data
    assert switch_on(switch_on(twice, first).data, second).data == text


def test_what_is_off_already_stays_off():
    """A second cut-over of the same wave changes nothing, and says so."""
    text = b"0 1 * * * a\n"
    tab = tab_of(text, {1})
    off = switch_off(text, tab).data
    again = switch_off(off, tab)
    assert (again.data, again.lines, again.before) == (off, (), (1,))
    on = switch_on(text, tab)
    assert (on.data, on.lines, on.before) == (text, (), (1,))


def test_a_secret_may_change_and_a_command_may_not():
    """The digest leaves the secret's line out; the command there must still be the plan's."""
    text = b"0 1 * * * mysql -phunter2xyz\n"
    tab = tab_of(text, {1}, secret={1})
    assert switch_off(text.replace(b"hunter2xyz", b"other9secret"), tab).lines == (1,)
    with pytest.raises(UnfitTabError, match="does not start job-0 any more"):
        switch_off(b"0 1 * * * rm -rf /srv -phunter2xyz\n", tab)


def test_a_nul_joins_what_the_wave_would_part():
    """Two jobs on one line, one of them in the wave: refused. Both of them: both go."""
    text = b"0 1 * * * a\x000 2 * * * b\n"
    both = tab_of(text, {1})
    assert len(both.jobs[1]) == 2
    assert switch_on(switch_off(text, both).data, both).data == text
    with pytest.raises(UnfitTabError, match="line 1 also starts job-1"):
        switch_off(text, replace(both, wave=frozenset({"job-0"})))
    setting = b"0 1 * * * a\0B=2\n0 2 * * * c\n"
    with pytest.raises(UnfitTabError, match="holds more than the job: assignment"):
        switch_off(setting, tab_of(setting, {1}))


def test_a_file_without_a_last_line_break():
    """Debian's cron ignores such a file; as a comment the last line would let it run the others: that is said."""
    text = b"0 1 * * * a\n0 2 * * * b"
    last = switch_off(text, tab_of(text, {2}))
    assert last.data == b"0 1 * * * a\n#migrator-off job-1: 0 2 * * * b"
    assert any("as it stood cron would ignore it" in note for note in last.notes)
    assert not any("ignore" in note for note in switch_off(text, tab_of(text, {1})).notes)


def test_what_the_second_reader_cannot_read_is_said():
    """A Latin-1 byte stops python-crontab, not the cut-over."""
    text = b"0 1 * * * /opt/\xe9\n"
    edited = switch_off(text, tab_of(text, {1}))
    assert edited.data == b"#migrator-off job-0: " + text
    assert any("one reader only" in note for note in edited.notes)
    assert switch_off(b"0 1 * * * a\n", tab_of(b"0 1 * * * a\n", {1})).notes == ()


def test_a_line_that_goes_on_below_is_switched_off_whole():
    """Joined lines of busybox and anacron: the mark on the first takes all of them out."""
    text = b"0 1 * * * a \\\n b\n0 2 * * * c\n"
    off = switch_off(text, tab_of(text, {1}, dialect=Dialect.BUSYBOX)).data
    assert [entry.command for entry in entries(off, Format.CRONTAB, Dialect.BUSYBOX)] == ["c"]
    anacron = b"1 5 a x \\\n y\n7 5 b z\n"
    off = switch_off(anacron, tab_of(anacron, {1}, Format.ANACRONTAB)).data
    assert [entry.name for entry in entries(off, Format.ANACRONTAB, Dialect.DEBIAN)] == ["b"]


def test_an_id_that_cannot_be_a_mark_is_refused():
    """A plan written by hand must not put a line break into a tab."""
    text = b"0 1 * * * a\n"
    tab = replace(
        tab_of(text, {1}), jobs={1: (Planned("x\n* * * * * evil", "a"),)}, wave=frozenset({"x\n* * * * * evil"})
    )
    with pytest.raises(UnfitTabError, match="no id that a line can be marked with"):
        switch_off(text, tab)


def test_what_a_reader_finds_otherwise_is_given_to_nobody(monkeypatch):
    """Where either reader sees more than the named lines change, there is no tab."""
    text = b"0 1 * * * a\n0 2 * * * b\n"
    tab = tab_of(text, {1})
    monkeypatch.setattr("migrator.plan.tabs.enabled_entries", lambda data, user_column: Counter([data]))
    with pytest.raises(InexactError, match="python-crontab finds other entries") as caught:
        switch_off(text, tab)
    assert caught.value.exit_code == 12


def test_marked_lines_are_disabled_to_the_reader():
    """A scan of the tab lists them as switched off, not as comments."""
    text = b"0 1 * * * frob\n"
    off = switch_off(text, tab_of(text, {1})).data
    [item] = read_file(SourceFile("tab", Format.CRONTAB, off), Dialect.DEBIAN).items
    assert isinstance(item, Disabled)


@pytest.mark.oracle
@pytest.mark.skipif(not CRONTABS.exists(), reason="../shared is not beside the checkout")
def test_real_crontabs_are_cut_over_and_back():
    """Every second entry of every file, by both readers' word; then every byte is as it was."""
    seen = 0
    for number, path in enumerate(sorted(path for path in CRONTABS.rglob("*") if path.is_file())):
        text = path.read_bytes()
        form = (Format.CRONTAB, Format.SYSTEM_CRONTAB)[number % 2]
        dialect = (Dialect.DEBIAN, Dialect.CRONIE, Dialect.BUSYBOX)[number % 3]
        lines = sorted({entry.origin.line for entry in entries(text, form, dialect)})[::2]
        tab = tab_of(text, lines, form, dialect)
        off = switch_off(text, tab)
        assert switch_on(off.data, tab).data == text, path
        assert len(off.data) == len(text) + sum(len(f"#migrator-off {tab.jobs[line][0].job}: ") for line in lines), path
        seen += len(lines)
    assert seen > 1000


HEADER = (
    b"# DO NOT EDIT THIS FILE - edit the master and reinstall.\n"
    b"# (TAB installed on Sat Nov 21 10:00:00 2026)\n"
    b"# (Cron version -- $Id: crontab.c,v 2.13 1994/01/17 03:20:37 vixie Exp $)\n"
)


@pytest.mark.parametrize(("planned", "now"), [(0, 1), (1, 0), (1, 2), (2, 1)])
def test_lines_of_crontabs_own_may_come_and_go(planned, now):
    """Installed by crontab(1) a tab of Debian's spool has three lines more, listed by it three less."""
    tab = b"# mine\n0 1 * * * mysql -phunter2xyz\n0 2 * * * b\n"
    then, text = HEADER * planned + tab, HEADER * now + tab
    known = replace(tab_of(then, {3 * planned + 2}, secret={3 * planned + 2}), header=3 * planned)
    off = switch_off(text, known)
    assert off.data == text.replace(b"0 1", b"#migrator-off job-0: 0 1")
    assert (off.lines, off.shift) == ((3 * now + 2,), 3 * (now - planned))
    assert switch_on(off.data, known).data == text
    with pytest.raises(UnfitTabError, match="changed since the plan"):
        switch_off(text + b"\n", known)


@pytest.mark.parametrize(
    ("seen", "says"),
    [
        (lambda items: items[:-1], "other lines would be read differently"),
        (lambda items: [Comment(items[0].origin, "#"), *items[1:]], "a line would not become a comment"),
        (lambda items: items[1:], "a line would not become a comment"),
    ],
)
def test_what_our_reader_finds_otherwise_is_given_to_nobody(monkeypatch, seen, says):
    """Another line that changes, a line that is no disabled entry afterwards, one that vanishes."""
    text = b"0 1 * * * a\n0 2 * * * b\n"
    tab = tab_of(text, {1})

    def read(source, dialect):
        found = read_file(source, dialect)
        return replace(found, items=tuple(seen(list(found.items)))) if b"#migrator-off" in source.data else found

    monkeypatch.setattr("migrator.plan.tabs.read_file", read)
    with pytest.raises(InexactError, match=says):
        switch_off(text, tab)


def test_a_fault_that_the_marks_would_bring_is_given_to_nobody(monkeypatch):
    """Cron must not stop reading a file because of a cut-over."""
    text = b"0 1 * * * a\n"
    tab = tab_of(text, {1})

    def read(source, dialect):
        found = read_file(source, dialect)
        fault = Inactive("bad-line", "line 1: it is odd") if b"#migrator-off" in source.data else None
        return replace(found, fault=fault)

    monkeypatch.setattr("migrator.plan.tabs.read_file", read)
    with pytest.raises(InexactError, match="cron would no longer read it: line 1: it is odd"):
        switch_off(text, tab)


def test_other_bytes_are_given_to_nobody(monkeypatch):
    """A mark that does not come off again leaves another digest than the planned one."""
    text = b"0 1 * * * a\n"
    tab = tab_of(text, {1})
    marks = iter([b"#migrator-off job-0: ", b"# other ", b"#migrator-off job-0: "])
    monkeypatch.setattr("migrator.plan.tabs._bytes_of", lambda job, path: next(marks))
    with pytest.raises(InexactError, match="other bytes than the marks would change"):
        switch_off(text, tab)

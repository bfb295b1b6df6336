"""What a command gets on its standard input: crontab(5)'s `%`, here documents and strings."""

import pytest

from tests.commands.tools import facts, names, reads, script, writes


@pytest.mark.parametrize(
    ("command", "stdin", "read", "written"),
    [
        ("mysql -h db1 shop", "insert into a select * from b;", {"shop.b"}, {"shop.a"}),
        ("cd /x; sqlplus -s u@d", "insert into a select * from b;", {"b"}, {"a"}),
        ("sh", "cp /a /b", {"/a"}, {"/b"}),
        ("bash -s one two", "cp /a/$1 /b/$2", {"/a/one"}, {"/b/two"}),
        ("nice bash", "cp /a /b", {"/a"}, {"/b"}),
        ("ssh far sh -s", "cp /a /b", {"/a"}, {"/b"}),
        ("python3 -", "open('/a/x.csv')", {"/a/x.csv"}, set()),
        ("mail -s hi me@example.org", "insert into a values (1)", set(), set()),
        ("cat > /b/x", "cp /a /c", set(), {"/b/x"}),
        ("mysql shop < /a/x.txt", "insert into a values (1)", {"/a/x.txt"}, set()),
        ("cat /k | mysql shop", "insert into a values (1)", {"/k"}, set()),
    ],
)
def test_the_text_behind_a_percent_sign(command: str, stdin: str, read: set[str], written: set[str]) -> None:
    """SQL for a client, a script for a shell, a program for an interpreter, a letter for mail."""
    found = facts(command, stdin=stdin)
    assert reads(found) == read
    assert writes(found) == written


def test_a_shell_reads_its_input_once() -> None:
    """A shell in the text has none of its own."""
    found = facts("sh", stdin="sh\ncp /a /b")
    assert names(found) == ["sh", "cp"]
    assert found.unclear == ("what `sh` reads from its standard input",)


def test_a_here_document_has_lines_of_its_own() -> None:
    """Evidence in a text that is fed to a shell is where it stands."""
    found = script("bash -s <<'E'\ncp /a /b\nE\n")
    (access,) = [a for a in found.touched if a.resource.name == "/b"]
    assert (access.origin.line, access.text) == (3, "cp /a /b")


@pytest.mark.parametrize(
    ("command", "read"),
    [
        ("mail -a 'Content-Type: text/html' -s 'a/b x.y' me@example.org", set()),
        ("mail -a From:me@example.org -s done.txt me@example.org", set()),
        ("mutt -s x -a /r/report.pdf -- me@example.org", {"/r/report.pdf"}),
    ],
)
def test_headers_and_subjects_of_mail_are_no_files(command: str, read: set[str]) -> None:
    """What is attached is."""
    assert reads(facts(command)) == read


@pytest.mark.parametrize(
    "words",
    [
        "--margin 0.18",
        "--date 2026-01-02 --from 2026/01/02",
        "--part 1/3",
        "--version 1.2.3 --release sdk-14.10",
        "--type text/plain",
        "--zone Europe/Berlin",
        "--source db1.internal --input feeds.example.com",
        "--size 1.5GB --output 0.5",
        "--name a.b --mail me@example.org",
    ],
)
def test_words_that_are_no_files(words: str) -> None:
    """Numbers, dates, versions, hosts, zones and media types."""
    assert not facts(f"/opt/work {words}").touched


def test_words_that_are_files() -> None:
    """A folder, an ending that says so, or an option that does."""
    found = facts("/opt/work --orders x.csv --input feed.dat2 --output /r/x --rows data/in")
    assert reads(found) == {"~/x.csv", "~/feed.dat2", "~/data/in"}
    assert writes(found) == {"/r/x"}


@pytest.mark.parametrize(
    "tail", ["logger -t x", "ts", "tee -a /var/log/x.log", "mail -s x me@example.org", "ts | logger"]
)
def test_what_a_pipeline_says_is_no_step(tail: str) -> None:
    """Logging and mailing of a program's words are part of its step and no data."""
    found = facts(f"/opt/b.py 2>&1 | {tail}", {"opt/b.py": "open('/a/x.csv')\n"})
    assert names(found) == ["b.py"]
    assert len(found.units) == 1
    assert not writes(found)

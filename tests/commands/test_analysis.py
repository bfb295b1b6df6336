"""The whole stage: memory, places, order, bounds, and texts of any kind."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands import analyse
from migrator.commands.programs import FAMILIES
from migrator.model import JobId
from tests.commands.tools import Files, facts, job, names, script

SHARED = Path(__file__).resolve().parents[3] / "shared"


def test_equal_commands_are_read_once_and_placed_apart() -> None:
    """A hundred thousand lines with few commands take seconds; each keeps its own line."""
    jobs = [job(f"/opt/run.sh {n % 5}", name=f"j{n}", line=n + 1) for n in range(20_000)]
    files = Files({"opt/run.sh": "cp /a/$1 /b/$1\n"})
    found = analyse(jobs, files)
    assert files.asked < 50
    assert list(found) == [j.id for j in jobs]
    last = found[JobId("j19999")]
    assert last.job == "j19999"
    assert str(last.called[0].origin) == "crontab:20000"
    assert str(last.steps[0].origin) == "opt/run.sh:1"


def test_what_a_reading_depends_on_is_told_apart() -> None:
    """Settings, user and host change the answer to equal commands."""
    jobs = [
        job("touch x", name="a"),
        job("touch x", name="b", user="bob"),
        job("touch x", name="c", settings={"HOME": "/h"}),
        job("touch x", name="d", host="h1"),
    ]
    found = analyse(jobs, Files())
    resources = {found[j.id].steps[0].accesses[0].resource for j in jobs}
    assert len(resources) == 4


def test_every_place_is_the_jobs_or_a_files() -> None:
    """No marker of «here» is left anywhere in the facts."""
    found = facts(
        "flock -n /l sudo /opt/run.sh || sleep 5",
        {"opt/run.sh": "if [ -f /a ]; then exit 1; fi\nuntil [ -f /b ]; do sleep 1; done\n/opt/gone.sh\n"},
    )
    assert "Origin(path='', line=0)" not in repr(found)


@pytest.mark.parametrize(
    "command",
    [
        " && ".join(["/opt/a"] * 5000),
        "|".join(["cat"] * 3000),
        "cp /x " + "a" * 20_000 + " /b/" + "x/" * 10_000,
        "A=b; " * 4000,
        "echo " + "$(date)" * 2000,
        "( " * 3000 + "x" + " )" * 3000,
        "$(" * 2000 + "x" + ")" * 2000,
        "{ " * 2000 + "x; " + "}; " * 2000,
        ";".join(f"p{n} /a/{n} > /b/{n}" for n in range(2500)),
        "rm " + " ".join(f"/x/{n}" for n in range(5000)),
        "if true; then " * 500,
        "A=$A$A; " * 60 + "touch /x/$A",
        "for a in 1 2; do " * 60 + "x" + "; done" * 60,
    ],
)
def test_long_and_deep_commands_take_little_time(command: str) -> None:
    """Linear in the length, bounded in depth, and said where something is left out."""
    found = facts(command)
    assert found.steps


def test_functions_that_multiply_are_bounded() -> None:
    """Ten levels of two calls each end at the cap, with a word about it."""
    text = "f0() { /opt/a; }\n" + "".join(f"f{n}() {{ f{n - 1}; f{n - 1}; }}\n" for n in range(1, 15)) + "f14\n"
    found = script(text)
    assert len(found.steps) <= 1000
    assert any("not read" in why for why in found.unclear)


def test_names_are_unique_and_short() -> None:
    """Steps can be told apart by name."""
    found = facts("; ".join(["gzip /a", "/opt/gzip-2", "gzip /b", "gzip /c", "/opt/" + "x" * 300]))
    assert len(set(names(found))) == len(found.steps)
    assert all(len(name) <= 64 for name in names(found))


def test_two_readings_are_equal() -> None:
    """Same input, same facts."""
    text = "export A=1 B=2\nfor f in /a/*; do cp $f /b/; done\npython3 x.py --in /c --out /d &\nwait\n"
    assert repr(script(text)) == repr(script(text))


def test_no_program_is_in_two_families() -> None:
    """Each program has one reader, and each module of the folder is in the tuple."""
    found = [name for family in FAMILIES for name in family.readers]
    assert len(found) == len(set(found))
    folder = Path(analyse.__code__.co_filename).parent / "programs"
    modules = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert modules == {family.name for family in FAMILIES}


WORDS = st.sampled_from(
    [
        "/opt/a",
        "cp",
        "/x",
        "&&",
        "||",
        ";",
        "|",
        "&",
        "if",
        "then",
        "fi",
        "for",
        "do",
        "done",
        "in",
        "while",
        "(",
        ")",
        "{",
        "}",
        ">",
        ">>",
        "<",
        "2>&1",
        "$X",
        "$(date)",
        "`",
        "'",
        '"',
        "ssh",
        "sudo",
        "-n",
        "flock",
        "xargs",
        "aws",
        "s3",
        "case",
        "esac",
        "eval",
        "exec",
        "\\",
        "<<E",
        "\n",
        "A=1",
        "[",
        "]",
        "$((",
        "))",
        "${X:-y}",
        "python3",
        "-c",
        "make",
        "docker",
        "exec",
        "find",
        "-delete",
        "tar",
        "czf",
        "sleep",
        "5",
        "wait",
        "set",
        "-e",
        "f()",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=25))
def test_any_words_are_survived(words: list[str]) -> None:
    """No mixture of shell words breaks the reading; units partition the steps."""
    found = facts(" ".join(words))
    assert [step for unit in found.units for step in unit.steps] == list(range(len(found.steps)))
    assert all(step.text for step in found.steps)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    """Nor does any text at all; a command that is not blank has a step."""
    found = facts(text)
    assert bool(found.steps) == bool(text.strip()) or "\0" in text


@pytest.mark.oracle
def test_real_crontabs_are_read() -> None:
    """Thousands of real lines: every one has a step, a unit and no failure."""
    folder = SHARED / "corpus" / "crontabs"
    if not folder.is_dir():
        pytest.skip("the corpus of real crontabs is not here")
    commands = set()
    for path in sorted(folder.iterdir()):
        for line in path.read_bytes().decode("utf-8", "surrogateescape").split("\n"):
            fields = line.split(None, 5)
            if len(fields) == 6 and line[:1] not in "#@" and path.suffix != ".tsv":
                commands.add(fields[5])
    found = analyse([job(command, name=str(n)) for n, command in enumerate(sorted(commands))], Files())
    assert len(found) > 1000
    assert all(each.steps and each.units for each in found.values())


@pytest.mark.oracle
def test_hostile_shell_text_is_kept_exactly() -> None:
    """Each hostile command is read in little time."""
    folder = SHARED / "oracles" / "bad" / "crontab"
    if not folder.is_dir():
        pytest.skip("the hostile inputs are not here")
    for path in sorted(folder.glob("sh-*.cron")):
        for line in path.read_bytes().decode("utf-8", "surrogateescape").split("\n"):
            fields = line.split(None, 5)
            if len(fields) == 6:
                assert facts(fields[5]).steps, path.name

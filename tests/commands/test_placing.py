"""Evidence is the file, the line and the words that stand there; secrets of called files are told."""

from migrator.commands import CommandFacts
from migrator.model import Mode
from tests.commands.tools import PLACE, facts, script


def _words(found: CommandFacts, name: str) -> tuple[str, int, str]:
    access = next(a for a in found.touched if a.resource.name == name)
    return access.origin.path, access.origin.line, access.text


def test_an_access_in_a_python_program_quotes_the_program() -> None:
    """Not the crontab's line that calls it."""
    files = {"opt/x.py": "import os\n\nrows = open('/data/in.csv')\n"}
    found = facts("python3 /opt/x.py >> /var/log/x.log 2>&1", files)
    assert _words(found, "/data/in.csv") == ("opt/x.py", 3, "rows = open('/data/in.csv')")
    assert _words(found, "/var/log/x.log")[0] == PLACE.path


def test_an_access_in_a_perl_program_quotes_the_program() -> None:
    """The same for languages that are read by their text."""
    found = facts("perl /opt/p.pl", {"opt/p.pl": "#!/usr/bin/perl\nopen(F, '>', '/data/out.csv');\n"})
    assert _words(found, "/data/out.csv") == ("opt/p.pl", 2, "open(F, '>', '/data/out.csv');")


def test_an_access_in_a_recipe_quotes_the_makefile() -> None:
    """The line as it stands there with the lines that continue it, not as make expands it."""
    text = "D = /data\nall:\n\t@cp $(D)/x \\\n\t  $(D)/y\n"
    found = facts("cd /p && make", {"p/Makefile": text})
    assert _words(found, "/data/y") == ("p/Makefile", 3, "@cp $(D)/x \\\n\t  $(D)/y")


def test_an_access_in_a_sourced_function_quotes_its_file() -> None:
    """A function's words stand in the file that defines it."""
    files = {"opt/run.sh": "#!/bin/sh\n. /opt/lib.sh\nsave /data/x\n", "opt/lib.sh": "save() {\n  cp $1 /keep/\n}\n"}
    found = facts("/opt/run.sh", files)
    assert _words(found, "/data/x") == ("opt/lib.sh", 2, "cp $1 /keep/")


def test_words_that_a_variable_made_give_way_to_the_line() -> None:
    """`$CMD` is what stands in the crontab."""
    found = facts("$CMD", settings={"CMD": "cp /a/x /b/y"})
    assert all(a.text == "$CMD" for a in found.touched)
    inner = script("c='cp /a/x /b/y'\nsh -c \"$c\"\n")
    assert _words(inner, "/b/y") == ("opt/run.sh", 3, 'sh -c "$c"')


def test_secrets_of_called_files_are_told_by_place() -> None:
    """Of the script, of what it sources and of a module; not of files that the job never opens."""
    files = {
        "opt/run.sh": "#!/bin/sh\n. /opt/a.env\nmysqldump -psecret9 shop > /b/x\npython3 /opt/x.py\n",
        "opt/a.env": "API_TOKEN=abc123def456\n",
        "opt/x.py": "password = 'hunter22'\n",
        "opt/other.sh": "PASSWORD=unseen99\n",
    }
    found = facts("/opt/run.sh", files)
    told = [(s.origin.path, s.origin.line, s.kind) for s in found.secrets]
    assert told == [("opt/a.env", 1, "token"), ("opt/run.sh", 3, "password"), ("opt/x.py", 1, "password")]
    assert not facts("echo hello", files).secrets


def test_a_secret_that_a_program_started_reaches_the_job() -> None:
    """A script that a Python program starts is one of the job's files."""
    files = {
        "opt/x.py": "import os\nos.system('/opt/s.sh')\n",
        "opt/s.sh": "#!/bin/sh\nexport DB_PASSWORD=hunter22\ncp /a /b\n",
    }
    assert [s.origin.path for s in facts("python3 /opt/x.py", files).secrets] == ["opt/s.sh"]


def test_no_text_of_evidence_is_invented() -> None:
    """Each quoted access has its first line in the file at its place."""
    text = "#!/bin/bash\nset -e\nfor f in a b; do\n  cp /in/$f \"/out/$f\"\ndone\nbash -c 'rm /in/a'\n"
    files = {"opt/run.sh": text + "cat <<X | sh\nmv /c/d /e\nX\n"}
    found = facts("/opt/run.sh", files)
    lines = files["opt/run.sh"].split("\n")
    kept = [a for a in found.touched if a.mode is not Mode.ROTATE]
    assert kept
    for access in kept:
        assert access.text.split("\n")[0] in lines[access.origin.line - 1]


def test_a_called_script_is_shown_as_its_line_has_it() -> None:
    """`${X}/a.sh` is not `$X/a.sh`: who opens the line finds the words."""
    found = facts(
        "/s/run.sh",
        {"s/run.sh": "source /s/none.conf\n${X}/a.sh &\n$Y/b.sh\n", "s/a.sh": "cp /a /b\n", "s/b.sh": "id\n"},
    )
    assert [call.written for call in found.called if call.origin.path] == ["/s/run.sh", "${X}/a.sh", "$Y/b.sh"]

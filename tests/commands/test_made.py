"""Scripts that a job writes itself and then runs."""

import pytest

from tests.commands.tools import facts, names, reads, writes


def _run(text: str):  # type: ignore[no-untyped-def]
    tree = {"opt/x.sh": text, "opt/load.sh": "cp /in/$1.csv /out/\n"}
    return facts("cd /tmp/w && sh /opt/x.sh", tree)


@pytest.mark.parametrize(
    "text",
    [
        'rm go\necho "/opt/load.sh a" >> go\nchmod 755 go\n./go\n',
        "cat > /tmp/w/go <<EOF\n#!/bin/sh\n/opt/load.sh a\nEOF\nsh /tmp/w/go\n",
        "day=a\ncat > go <<EOF\n/opt/load.sh $day\nEOF\nbash ./go\n",
        'echo "x=a" > go\necho "/opt/load.sh \\$x" >> go\n./go\n',
    ],
)
def test_a_script_that_the_job_writes_is_read_where_it_runs(text: str) -> None:
    """Its text is known: one step, with what the lines in it read and write."""
    found = _run(text)
    assert "/in/a.csv" in reads(found)
    assert "/out/a.csv" in writes(found)
    assert not found.unclear
    assert "load.sh" not in names(found)


@pytest.mark.parametrize(
    "text",
    [
        'echo "/opt/load.sh a" > go\n',
        'echo "/opt/load.sh a" > go\necho ok > go\n./go\n',
        'echo "/opt/load.sh a" > go\ncat other > go\n./go\n',
        'echo "/opt/load.sh a" > go\n./gone\n',
        'echo "./go" > go\n./go\n',
    ],
)
def test_silent_where_it_is_not_run_or_not_known(text: str) -> None:
    """Never run, written over, filled from a file, another name, a script that calls itself."""
    assert "/in/a.csv" not in reads(_run(text))


def test_a_script_of_another_language_that_the_job_writes() -> None:
    """Plotted from a here document in a file with a name that only a run knows."""
    text = """
day=$(date -d "yesterday" +%F)
script=$(mktemp)
cat <<EOF > "$script"
set output '/out/${day}.png'
plot "/in/${day}.csv" using 1:2
EOF
gnuplot "$script"
"""
    found = _run(text)
    assert "/out/*.png" in writes(found)
    assert "/in/*.csv" in reads(found)


def test_silent_where_two_files_have_names_that_only_a_run_knows() -> None:
    """Which of both is run is not told by what is known of their names."""
    text = "a=$(mktemp)\nb=$(mktemp)\necho \"plot '/in/a.csv'\" > $a\necho \"plot '/in/b.csv'\" > $b\ngnuplot $a\n"
    assert not {"/in/a.csv", "/in/b.csv"} & reads(_run(text))

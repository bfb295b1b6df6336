"""Batch systems: what a queue is given to run is the job's work."""

import pytest

from tests.commands.tools import facts, names, reads, writes

SCRIPT = "#!/bin/bash\n#PBS -N reduce\n#SBATCH -n 1\ncd /work\nreduce.py --out x\ncp /raw/a /red/$1\n"


@pytest.mark.parametrize(
    "call",
    [
        "qsub /jobs/reduce.pbs",
        "qsub -q short -l nodes=1:ppn=8 /jobs/reduce.pbs",
        "qsub -N night -cwd -j y -o /dev/null /jobs/reduce.pbs",
        "sbatch /jobs/reduce.pbs",
        "sbatch --time=01:00:00 -n 4 --mem 4G /jobs/reduce.pbs",
        "bsub -q long sh /jobs/reduce.pbs",
        "srun -n 4 sh /jobs/reduce.pbs",
    ],
)
def test_the_script_is_followed(call: str) -> None:
    """Its steps stand for the call, whatever options stand before it."""
    found = facts(call, {"jobs/reduce.pbs": SCRIPT})
    assert names(found) == ["reduce.py", "cp"]
    assert found.wrappers[0].name == call.split()[0]


def test_arguments_reach_the_script() -> None:
    """What stands behind its name."""
    assert writes(facts("sbatch /jobs/reduce.pbs n1", {"jobs/reduce.pbs": SCRIPT})) >= {"/red/n1"}


def test_the_folder_of_the_call_is_known_to_the_script() -> None:
    """`cd $PBS_O_WORKDIR` and its kin lead to where the job was handed in."""
    script = "cd $PBS_O_WORKDIR\ncp in.csv out.csv\n"
    assert writes(facts("cd /data/n && qsub /jobs/a.pbs", {"jobs/a.pbs": script})) == {"/data/n/out.csv"}
    script = "cd $SLURM_SUBMIT_DIR\ncp in.csv out.csv\n"
    assert reads(facts("cd /data/n && sbatch /jobs/a.job", {"jobs/a.job": script})) == {"/data/n/in.csv"}


def test_a_command_given_as_text_or_as_a_program() -> None:
    """`--wrap` has shell text, `-b y` a program."""
    assert writes(facts("sbatch --wrap 'cp /a /b; cp /b /c'")) == {"/b", "/c"}
    assert names(facts("qsub -b y /opt/run -x 1")) == ["run"]


def test_a_script_that_is_not_there_is_said_and_nothing_is_made_up() -> None:
    """Neither its options nor its name touch a file."""
    found = facts("qsub -o /var/out/log.txt -q short /jobs/none.pbs")
    assert reads(found) == writes(found) == set()
    assert any("none.pbs" in why for why in found.unclear)

"""Batch systems that are given a script to run: its work is the job's, whenever the queue lets it begin.

PBS and Grid Engine `qsub`, Slurm `sbatch` and `srun`, LSF `bsub` (their manual pages of these names).
"""

from __future__ import annotations

from collections.abc import Mapping

from migrator.commands.peeling import Peeled, Peeler, leading
from migrator.commands.values import Value, literal

_PBS = """
    -a -A -b -c -C -e -j -J -k -l -m -M -N -o -p -P -q -r -S -u -v -w -W -pe -hold_jid -wd -t -tc -binding -ac
    -dl -js -now -R -sync -shell -jsv -ar -ckpt
"""
_SLURM = """
    -A -a -b -c -C -D -d -e -G -i -J -L -M -m -N -n -o -p -q -S -t -w -x --job-name --time --mem --partition --output
    --error --account --qos --nodes --ntasks --cpus-per-task --dependency --chdir --array --mail-user --mail-type
    --export --constraint --gres --begin --nodelist --exclude --mem-per-cpu --input
"""
_LSF = "-J -o -oo -e -eo -q -n -W -M -R -P -w -u -g -m -G -E -b -c -i -L -cwd -app -sla -t -C -F -S -v -D"
# Where the job was handed in, as its script finds it set.
_FOLDERS = ("PBS_O_WORKDIR", "SGE_O_WORKDIR", "SLURM_SUBMIT_DIR", "LS_SUBCWD")
_SETTINGS = tuple((name, literal(".")) for name in _FOLDERS)


def _given(valued: str, *, script: bool) -> Peeler:
    """Give the reader of a submitting program; `script` says that the first word is a script, not a program."""
    names = frozenset(valued.split())

    def peel(arguments: tuple[Value, ...]) -> Peeled | None:
        split = leading(arguments, names)
        wrapped = split.last("--wrap")
        if wrapped is not None:
            return Peeled(split.said, text=wrapped, settings=_SETTINGS)
        if not split.rest:
            return None
        binary = split.last("-b")
        runs_script = script and not (binary is not None and binary.text.startswith("y"))
        folder = split.last("-wd", "-D", "--chdir", "-cwd")
        rest = (literal("sh"), *split.rest) if runs_script else split.rest
        return Peeled(split.said, rest, settings=_SETTINGS, folder=folder)

    return peel


PEELERS: Mapping[str, Peeler] = {
    "qsub": _given(_PBS, script=True),
    "sbatch": _given(_SLURM + "--wrap", script=True),
    "srun": _given(_SLURM, script=False),
    "bsub": _given(_LSF, script=False),
}

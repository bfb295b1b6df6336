"""A file that one job writes and another reads, both named as files.

**Speaks** when both ends are found and their names can mean one file on one host or on a shared mount.

**Confidence.** 0.95 for one literal name: nobody reads a full path by chance. 0.65 to 0.85 for names that meet in a
part that varies, by how many fixed letters that part has; 0.45 where both sides vary. What is read in all folders below
one (`in/**/*.csv`) meets what lies at any depth there, as it would right in the folder. Times 0.9 below `/tmp` for a
literal name and 0.65 for a pattern, where programs drop files of all kinds; times 0.75 for one minute, since cron
gives the two no order; less where a name was put together from parts that are not all known.

A name that begins with `~` is that of the one home that is named, times 0.85; one that begins with an unknown folder,
0.68 where a folder and a file of ten letters or more are known and fit one place only. 0.71 for what one job prints
into a log, its errors apart, and another makes something of.

**Says nothing** of other logs, devices, lock files, of what a job wrote itself before it read it, of several jobs that
add to one file, and of equal paths on two hosts.
"""

from collections.abc import Iterator

from migrator.graph.candidates import Candidate, EvidenceKind, Scene
from migrator.graph.through import through
from migrator.graph.types import DependencyKind


def find(scene: Scene) -> Iterator[Candidate]:
    """Give a candidate for each file that flows from one job to another."""
    for flow in scene.data.get(DependencyKind.FILE, ()):
        yield through(flow, DependencyKind.FILE, "files")


EVIDENCE = EvidenceKind("files", find)

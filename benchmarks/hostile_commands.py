"""Print the time against the size of texts that break readers of shell and make: a blow-up is seen at once.

Run `python -m benchmarks.hostile_commands [--seconds S] [--only WORD]`. Each shape is studied at growing sizes until it
takes longer than the limit. The last column is the time a unit of size takes against the size before: 1 is linear, 2
and more says that twice the size takes four times the time. Processor time, one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from benchmarks.commands import NoFiles, jobs_of
from migrator.commands import analyse
from migrator.sources.tree import Located

SIZES = (1_000, 10_000, 100_000, 1_000_000, 10_000_000)
SCRIPT = "opt/run.sh"


@dataclass(frozen=True, slots=True)
class Files(NoFiles):
    """A tree of files in memory, by their deployed path without the first `/`."""

    texts: Mapping[str, str]

    def locate(self, written: str, expanded: str | None, _host: str | None) -> Located | None:
        """Find a file by its whole path."""
        name = (expanded or written).removeprefix("/")
        return Located(name, "below the root") if name in self.texts else None

    def text(self, path: str) -> str | None:
        """Give a file's text; as on a disk, none above 1 MiB."""
        text = self.texts.get(path)
        return text if text is not None and len(text) <= 1 << 20 else None


Shape = Callable[[int], "tuple[str, Mapping[str, str]]"]
"""Gives a command and the files of its tree, of about the size in characters."""


def line(piece: str, head: str = "", tail: str = "") -> Shape:
    """Repeat a piece on the job's own line."""
    return lambda size: (head + piece * max(1, size // len(piece)) + tail, {})


def file(piece: str, head: str = "", tail: str = "", *, path: str = SCRIPT, call: str = "/" + SCRIPT) -> Shape:
    """Repeat a piece in a file that the job calls."""
    return lambda size: (call, {path: head + piece * max(1, size // len(piece)) + tail})


def numbered(piece: str, head: str = "", tail: str = "", *, path: str = SCRIPT, call: str = "/" + SCRIPT) -> Shape:
    """Repeat a piece with its number (`{0}`) and the next (`{1}`) in a file that the job calls."""

    def made(size: int) -> tuple[str, Mapping[str, str]]:
        count = max(1, size // (len(piece) + 6))
        return call, {path: head + "".join(piece.format(n, n + 1) for n in range(count)) + tail}

    return made


def circle(calls: int) -> Shape:
    """Scripts that source and call each other, each several times."""

    def made(size: int) -> tuple[str, Mapping[str, str]]:
        files = max(2, size // 1000)
        text = {
            f"opt/s{n}.sh": "".join(
                f". /opt/s{(n + step) % files}.sh\n/opt/s{(n * step + 1) % files}.sh\n" for step in range(1, calls + 1)
            )
            for n in range(min(files, 500))
        }
        return "/opt/s0.sh", text

    return made


MAKE = {"path": "p/Makefile", "call": "make -C /p"}
SHAPES: Mapping[str, Shape] = {
    "one word": line("a"),
    "many words": line("a "),
    "quoted words": line("\"a b\" 'c' "),
    "variables": line("$A"),
    "&&": line("a && ", tail="a"),
    "||": line("a || ", tail="a"),
    ";": line("a; "),
    "pipes": line("a | ", tail="a"),
    "&": line("a & "),
    "redirects": line("> f "),
    "assignments": line("A=b "),
    "doubling": line("A=$A$A; ", head="A=xy; "),
    "growing": line("A=$A/b; "),
    "cd": line("cd a; "),
    "braces": line("{a,b}"),
    "open '": line("'"),
    'open "': line('"a" "', tail='"'),
    "open `": line("` "),
    "open (": line("("),
    "open $(": line("$("),
    "open ${": line("${"),
    "open <(": line("<("),
    "open ((": line("(("),
    "open $((": line("$(("),
    "open [[": line("[[ "),
    "open {": line("{ "),
    "open if": line("if "),
    "open case": line("case a in "),
    "closed (": lambda size: ("(" * (size // 2) + "a" + ")" * (size // 2), {}),
    "closed $(": lambda size: ("echo " + "$(a " * (size // 5) + ")" * (size // 5), {}),
    "$( then (": lambda size: ("echo " + "$(a " * (size // 9) + ") (a)" * (size // 9), {}),
    "closed ${": lambda size: ("echo " + "${a:-" * (size // 6) + "}" * (size // 6), {}),
    "nested sh -c": lambda size: ("sh -c " * min(size // 6, 20_000) + "a", {}),
    "sudo": line("sudo ", tail="a"),
    "mixed junk": line("a ( ) && ; | `"),
    "sed script": line("s/a/b/;", head="sed '", tail="' f"),
    "sql": line("select a from b; ", head='psql -c "', tail='"'),
    "here documents": file("cat <<A\nx\nA\n"),
    "open here documents": file("cat <<A\n"),
    "many on one line": file("<<A "),
    "functions": numbered("f{0}() {{ f{1}; f{1}; }}\n", tail="f0\n"),
    "if in if": file("if a; then\n", tail=""),
    "elif": file("elif b; then\n c\n", head="if a; then\n x\n", tail="fi\n"),
    "case arms": numbered("a{0}) b ;;\n", head="case $X in\n", tail="esac\n"),
    "for in for": file("for x in a b; do\n"),
    "closed for": lambda size: (
        "/" + SCRIPT,
        {SCRIPT: "for x in a b; do\n" * (size // 23) + "a\n" + "done\n" * (size // 23)},
    ),
    "comments": file("# it's\n"),
    "lines": file("cp /a/$X /b/$X\n"),
    "variables set": numbered("V{1}=$V{0}/x\n"),
    "arrays": numbered("A+=(x{0})\n"),
    "traps": file("trap 'rm -f $F' EXIT\n"),
    "loops that wait": file("while [ ! -f /x ]; do sleep 1; done\n"),
    "circle of 2 calls": circle(2),
    "circle of 9 calls": circle(9),
    "make: targets": numbered("t{0}: t{1}\n\techo $@ > /x/$@\n", **MAKE),
    "make: variables": numbered("V{1} = $(V{0})$(V{0})\n", tail="all:\n\techo $(V9)\n", **MAKE),
    "make: open": file("$(", head="X := ", tail="\nall:\n\ta\n", **MAKE),
    "make: itself": file("\t$(MAKE) all\n", head="all:\n", **MAKE),
    "make: patterns": numbered("%.a{1}: %.a{0}\n\tcp $< $@\n", head="all: x.a5\n", **MAKE),
    "make: conditions": file("ifeq ($(X),y)\n", tail="all:\n\ta\n", **MAKE),
    "csh": file("if (-e x) then\n set a = b\nendif\n", head="#!/bin/csh\n"),
    "csh: open": file("(", head="#!/bin/csh\nif ("),
    "csh: foreach": file("foreach a (b)\n", head="#!/bin/csh\n"),
}


def measure(shape: Shape, size: int) -> float:
    """Give the seconds that one study takes."""
    command, files = shape(size)
    jobs, tree = jobs_of([command]), Files(files)
    begin = time.process_time()
    analyse(jobs, tree)
    return time.process_time() - begin


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--only", default="")
    wanted = parser.parse_args()
    for name, shape in SHAPES.items():
        if wanted.only not in name:
            continue
        before: tuple[int, float] | None = None
        for size in SIZES:
            seconds = measure(shape, size)
            growth = "" if before is None or before[1] < 0.005 else f"{seconds / before[1] / (size / before[0]):8.2f}"
            print(f"{name:22}{size:>12,} {seconds:>9.3f} s {growth}", flush=True)
            before = (size, seconds)
            if seconds > wanted.seconds:
                print(f"{name:22} STOPPED: more than {wanted.seconds} s")
                break


if __name__ == "__main__":
    main()

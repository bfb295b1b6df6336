"""Many scripts in one run of a real shell, whose commands are recorders: functions that write down their name."""

from __future__ import annotations

import subprocess
from collections import defaultdict
from collections.abc import Sequence

STUBS = tuple("abcdefgh")
_PRELUDE = """
recorded_step() {
  printf '%s %s\\n' "$ID" "$*" >&3
  case "|$FAIL|" in *"|$*|"*) return 1 ;; esac
  return 0
}
round_while() {
  printf '%s %s\\n' "$ID" "$1" >&3
  case "|$FAIL|" in *"|$1|"*) return 1 ;; esac
  eval "count_$1=\\$((count_$1 + 1)); [ \\$count_$1 -le 2 ]"
}
round_until() {
  printf '%s %s\\n' "$ID" "$1" >&3
  eval "count_$1=\\$((count_$1 + 1)); [ \\$count_$1 -gt 2 ]"
}
"""


def prelude(names: Sequence[str] = STUBS, loops: int = 9) -> str:
    """Give the recorders as shell functions; `w0`… decide on rounds of `while`, `u0`… of `until`."""
    made = [f'{name}() {{ recorded_step {name} "$@" || return 1; }}' for name in names]
    made += [
        f"w{number}() {{ round_while w{number}; }}\nu{number}() {{ round_until u{number}; }}" for number in range(loops)
    ]
    return _PRELUDE + "\n".join(made) + "\n"


def run_all(
    shell: str, runs: Sequence[tuple[str, frozenset[str]]], names: Sequence[str] = ()
) -> list[tuple[list[str], int]]:
    """Run scripts, each with what fails, in subshells of one process; give the lines of each and its status."""
    pieces = [prelude(names or STUBS)]
    for number, (script, failed) in enumerate(runs):
        pieces.append(f"ID={number}; FAIL='{'|'.join(sorted(failed))}'\n(\n{script}\n) >/dev/null 2>&1 </dev/null\n")
        pieces.append('printf \'%s = %s\\n\' "$ID" "$?" >&3\n')
    done = subprocess.run([shell], input="exec 3>&1\n" + "".join(pieces), capture_output=True, text=True, timeout=120)
    assert done.stderr == ""
    lines: defaultdict[int, list[str]] = defaultdict(list)
    statuses: dict[int, int] = {}
    for line in done.stdout.splitlines():
        number, _, said = line.partition(" ")
        if said.startswith("= "):
            statuses[int(number)] = int(said[2:])
        else:
            lines[int(number)].append(said)
    return [(lines[number], statuses[number]) for number in range(len(runs))]

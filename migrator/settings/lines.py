"""Find the lines of the settings file that add and deny dependencies: tomllib does not tell them."""

import re
from bisect import bisect_right
from collections import defaultdict

from migrator.model import Evidence, Origin
from migrator.settings.schema import DenyOrAdd, DependencySettings

_UPSTREAM = re.compile(r"""["']?\bupstream["']?[ \t]*=[ \t]*(?:"([^"\\\n]*)"|'([^'\n]*)')""")
# An entry may be spread over as many characters, and as many entries of one upstream are looked at.
_REACH = 2000
_TRIES = 50


def note_lines(dependencies: DependencySettings, text: str, name: str) -> None:
    """Tell each entry its line: the one that names its upstream, with its downstream and its reason near by.

    An entry whose names are written with escapes is told none.
    """
    entries = (*dependencies.add, *dependencies.deny)
    if not entries:
        return
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    places: defaultdict[str, list[int]] = defaultdict(list)
    for match in _UPSTREAM.finditer(text):
        places[match[1] if match[1] is not None else match[2]].append(match.start())
    for entry in entries:
        free = places.get(entry.upstream, [])
        found = next((place for place in free[:_TRIES] if _names(entry, text, place)), None)
        if found is not None:
            free.remove(found)
            line = bisect_right(starts, found)
            here = text[starts[line - 1] : starts[line - 1] + _REACH].partition("\n")[0].strip()
            entry.found_at(Evidence(Origin(name, line), here))


def _names(entry: DenyOrAdd, text: str, place: int) -> bool:
    around = text[max(0, place - _REACH) : place + _REACH]
    return all(f'"{word}"' in around or f"'{word}'" in around for word in (entry.downstream, entry.why))

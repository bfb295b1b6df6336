"""What people write about order, and which job they mean by it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from migrator.model import Job, JobId

# A clause ends at its punctuation; the dot of a file's name is none.
_CLAUSE = r"(?P<what>(?:[^.;:()!?,]|\.(?=[a-z]{1,4}\b)){2,80})"
_DONE = r"(?:is|are|has|have|was|were)\s+(?:been\s+)?(?:done|finished|completed?|over|ready|run|ended|there)\b"
_NEEDS = r"(?:depends\s+on|follows|waits?\s+for|(?:needs|uses)\s+the\s+(?:outputs?|results?|data)\s+(?:of|from))"
_STARTS = r"(?:runs?|start(?:s|ed)?|goes)"
_LATER = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bafter\s+{_CLAUSE}",
        rf"\b(?:once|when|as\s+soon\s+as)\s+(?P<what>[^;:()!?,]{{2,60}}?)\s+{_DONE}",
        rf"\b{_NEEDS}\s+{_CLAUSE}",
    )
)
_EARLIER = re.compile(rf"\b{_STARTS}\s+(?:\S+\s+){{0,4}}?before\s+{_CLAUSE}", re.IGNORECASE)
_HINTS = ("after", "before", "once", "when", "soon", "depends", "follows", "wait", "needs", "uses")
_ABOVE = re.compile(
    r"(?:the\s+)?(?:above|previous|preceding)(?:\s+(?:job|one|line|entry|script|task|is|has|run).*)?"
    r"|the\s+(?:job|one|line|entry|script|task)\s+(?:above|before).*",
    re.IGNORECASE,
)
# What happens again and again outside, and minutes apart that only spread the load.
_NO_JOB = re.compile(r"\s*(?:each|every|any|all|an?\s+(?:few|couple)|\d)\b", re.IGNORECASE)
_STAGGER = re.compile(r"\b(?:avoid|stagger|simultaneous|spread|collid|contention|competing|overlap)", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+")
_COMPOUND = re.compile(r"[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)+")
_NOT_NAMES = frozenset(
    re.findall(
        r"\w+",
        """
    the a an of to for in on at by its it is are was were be been has have had all any each every this that
    these those and or so we our job jobs script scripts cron crontab run runs running ran task tasks process
    step first last next done finished finish finishes complete completed completes ended over ready there
    from with into new old other own midnight noon morning evening night hour hours hourly minute minutes
    minutely day days daily week weeks weekly month months monthly year yearly monday tuesday wednesday
    thursday friday saturday sunday am pm utc gmt time times reboot boot start started starts starting which
    who where when then than after before once only just use user home bin usr var opt local src lib etc tmp
    log logs dev null sh bash python python3 perl php node ruby java env sudo cd root data file files output
        """,
    )
)
_ENDINGS = ("ing", "ed", "es", "er", "s", "e", "ion")
_SHORTEST = 4
# A word that so many jobs have names none of them.
_COMMON = 200
_LONGEST = 2000
_NEAR = 60


@dataclass(frozen=True, slots=True)
class Said:
    """An order that a text states: `what` is named, `start` where in the text; `before`: this job comes first."""

    what: str
    start: int
    says: str
    before: bool = False

    @property
    def above(self) -> bool:
        """Say whether it names the entry above."""
        return _ABOVE.fullmatch(self.what.strip()) is not None


def orders_in(text: str) -> Iterator[Said]:
    """Give the orders that a comment states, by their places; a text without such a word costs one look."""
    text = text[:_LONGEST]
    lowered = text.lower()
    if not any(hint in lowered for hint in _HINTS):
        return
    found = [(match, False) for pattern in _LATER for match in pattern.finditer(text)]
    found += [(match, True) for match in _EARLIER.finditer(text)]
    for match, before in sorted(found, key=lambda item: item[0].start()):
        if _NO_JOB.match(match["what"]) or _STAGGER.search(text, match.start(), match.end() + _NEAR):
            continue
        yield Said(match["what"].strip(), match.start(), f"says «{match[0].strip()}»", before)


class Words:
    """The names and words of the jobs of one file."""

    def __init__(self, jobs: Iterable[Job]) -> None:
        self._names: defaultdict[str, set[JobId]] = defaultdict(set)
        self._words: defaultdict[str, set[JobId]] = defaultdict(set)
        for job in jobs:
            text = f"{job.title} {job.command[:1000]}"
            for name in _COMPOUND.findall(text):
                for part in {name, *name.split("/")}:
                    self._names[_plain(part)].add(job.id)
            for word in _WORD.findall(text):
                if word.lower() not in _NOT_NAMES:
                    self._words[_stem(word)].add(job.id)

    def called(self, text: str) -> list[JobId] | None:
        """Give the jobs that run what a text names as programs are named: `load.sh`, `import-orders`.

        None where it names none so; a name that no job has names nobody, whatever its words.
        """
        names = _COMPOUND.findall(text)
        for name in names:
            found = self._names.get(_plain(name.rpartition("/")[2]))
            if found:
                return sorted(found)
        return [] if names else None

    def described(self, text: str) -> list[JobId]:
        """Give the jobs that have every word of a text that is a word for work, two words or more first."""
        words = [
            _stem(word) for word in _WORD.findall(text) if word.lower() not in _NOT_NAMES and len(word) >= _SHORTEST
        ]
        sets = [self._words[word] for word in words if word in self._words]
        # The first words name the job; what follows may be another thought, but a foreign word there means nobody.
        if not sets or len(sets) < len(words[:2]):
            return []
        if min(map(len, sets)) > _COMMON:
            return []
        return sorted(set.intersection(*sorted(sets, key=len)))


def _plain(name: str) -> str:
    return re.sub(r"[-_]", "-", re.sub(r"\.(?:sh|py|pl|php|rb|js|mjs|ts|bash|r|jar)\Z", "", name.lower())).strip(".-")


def _stem(word: str) -> str:
    """Cut the ending off: `imports`, `importing` and `import` are one, `calibration` and `calibrate` too."""
    word = word.lower()
    for ending in ("ation", "ating", "ates", "ated", "ate", *_ENDINGS):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)]
    return word

"""Groups that are alike are checked once: those that differ in names, minutes and told texts alone.

A group's template and the facts of the plan that its checks ask for (`group_facts`) are brought into one form: names
are put for names (`renaming`), told texts are taken out, and what is compared as a whole is put aside (`one_form`).
What is checked then is that form, read and compared as any other, and once for all groups that have it. Why its
verdicts are theirs:

- The checks get nothing else than the form: its text, and parts of a plan that have its facts and no other field.
- No check asks for what was taken out. The minutes are compared for each group by itself, with its own schedules;
  what cfn-lint says is asked of each template itself.
- Checks compare texts, join them, and take them apart at signs that no name has; they ask for lengths, and for letters
  and digits by their kind. Nothing of that changes where names are put for names: each has another one in its place,
  which stands nowhere else, so that what is put for two texts is equal where they are; and a limit that the shortest
  and the longest names keep is kept by those between.
- What would ask for more of a name is not brought into one form: shell text and rules with patterns or an order of
  texts, arithmetic, options by letter, escapes by number, marks of secrets.
- A verdict that does not hold, or that tells a name, is not taken over: that group is checked as it is.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from migrator.redaction.marks import MARK
from migrator.verify.answers import Answer, Asked
from migrator.verify.files import FOLDER, files_of, text_of
from migrator.verify.group_checks import found_in, group_answer
from migrator.verify.group_facts import Facts, Told, facts_of, parts_of, shell_texts
from migrator.verify.listing import Group, Listing
from migrator.verify.one_form import one_form, resources_in
from migrator.verify.renaming import longer, longest, marked, names_in, renamed, renaming
from migrator.verify.replaced import replaced_faults
from migrator.verify.stack import UnreadError

_PATH = "artifacts/zqpath.yaml"
# Signs by a number, in YAML, JSON and shells: a name that begins within one is none.
_ESCAPE = re.compile(r"\\[uxU0-7]")
# Rules of state machines by which texts are put in an order, or hold patterns.
_ORDERED = re.compile("String(?:Matches|Less|Greater)")
# Shell text that asks for more of a word than whether it is another one: patterns, arithmetic, options by letter.
_ASKING = re.compile(
    r"\[\[|\(\(|\bcase\b|\bbase64\b|\$\{[A-Za-z_0-9]*[^A-Za-z_0-9}]|(?:^|\s)[\"']?[-+]\S*(?:[zZ]q|9zq)", re.MULTILINE
)
_MOST_KNOWN = 1 << 14


class _Form(NamedTuple):
    """A group in one form, the length of its longest names, and the way back: what stands in the place of what."""

    digest: bytes
    text: str
    facts: str
    longest: int
    names: Mapping[str, str]
    minutes: Mapping[str, str]


@dataclass(slots=True)
class Alike:
    """The groups of a plan below a folder, and what was found in each form; None where that is not to be taken over."""

    listing: Listing
    folder: Path
    asked: Asked
    known: dict[bytes, Answer | None] = field(default_factory=dict)
    home: Path = field(init=False)

    def __post_init__(self) -> None:
        """Look up once where files may lie."""
        self.home = self.folder.resolve() / FOLDER

    def answer(self, group: Group) -> Answer:
        """Check a group."""
        form = None if self.asked.definitions else self._form(group)
        found = None if form is None else self._found(form)
        if form is None or found is None:
            return group_answer(group, self.listing, self.folder, self.asked)
        return self._told(group, form, found)

    def _form(self, group: Group) -> _Form | None:
        told = facts_of(group, self.listing)
        if told is None:
            return None
        (artifact,) = group.artifacts
        try:
            real = text_of(self.folder / artifact.path, self.home)
        except UnreadError:
            return None
        if any(replaced_faults(real, [self.listing.jobs[name] for name in artifact.jobs])):
            return None
        facts = json.dumps(told.facts)
        if not real.isascii() or marked(real) or _ESCAPE.search(real) or _ORDERED.search(real) or not _fit(told, facts):
            return None
        text, minutes = one_form(real)
        for old, new in told.lines.items():
            text = text.replace(old, new)
        given = renaming([*artifact.jobs, *names_in([*told.named, *resources_in(text)])])
        if given is None:
            return None
        text, facts = renamed(text, given), renamed(facts, given)
        length = longest(given)
        digest = hashlib.sha256(f"{length} {len(text)} {text}{facts}".encode()).digest()
        return _Form(digest, text, facts, length, {new: old for old, new in given.items()}, minutes)

    def _found(self, form: _Form) -> Answer | None:
        if form.digest not in self.known:
            if len(self.known) >= _MOST_KNOWN:
                self.known.clear()
            self.known[form.digest] = self._checked(form)
        return self.known[form.digest]

    def _checked(self, form: _Form) -> Answer | None:
        """Check a form, with the shortest names and with the longest."""
        short = self._checked_once(form.text, form.facts, form.minutes)
        long = (
            self._checked_once(longer(form.text, form.longest), longer(form.facts, form.longest), form.minutes)
            if short
            else None
        )
        same = short and long and [one[1:] for one in short.verdicts] == [one[1:] for one in long.verdicts]
        return short if same else None

    def _checked_once(self, text: str, told: str, minutes: Mapping[str, str]) -> Answer | None:
        try:
            facts: Facts = json.loads(told)
        except ValueError:
            return None
        if any(_ASKING.search(one) for one in shell_texts(facts)):
            return None
        group, listing = parts_of(facts, _PATH)
        found = found_in(group, listing, files_of({_PATH: text}, {}, self.asked.exported), self.asked)
        return found if _for_all(found, listing, minutes) else None

    def _told(self, group: Group, form: _Form, found: Answer) -> Answer:
        """Say of a group what was found in its form."""
        (artifact,) = group.artifacts
        path = artifact.path
        ids = {renamed(name, {old: new for new, old in form.names.items()}): name for name in artifact.jobs}
        own = Answer(
            tuple(
                (ids[job], check, holds, why.replace(_PATH, path), tool)
                for job, check, holds, why, tool in found.verdicts
            ),
            tuple(
                (replace(machine, name=renamed(machine.name, form.names)), [ids[job] for job in jobs])
                for machine, jobs in found.machines
            ),
            (),
            tuple((path, ids[key]) for _, key in found.claims),
            tuple((path, name) for _, name in found.exports),
            (),
            tuple(replace(one, job=ids[one.job], written=one.written.restored(form.minutes)) for one in found.starts),
            (path,),
        )
        return own.compared(self.listing.jobs)


def _fit(told: Told, facts: str) -> bool:
    """Say whether facts hold no sign that is put for others, no escape and no mark of a secret."""
    bare = facts
    for text, put in told.whole.items():
        if marked(text) or MARK.search(text):
            return False
        bare = bare.replace(f'"{put}"', "")
    return not (marked(bare) or _ESCAPE.search(bare) or MARK.search(bare))


def _for_all(found: Answer, listing: Listing, minutes: Mapping[str, str]) -> bool:
    """Say whether what was found in a form can be said of all groups that have it."""
    told = [why.replace(_PATH, "") for *_, why, _ in found.verdicts]
    told += [name for _, name in found.exports]
    for one in found.starts:
        told += [one.written.zone or "", *one.written.expressions, *(one.written.patterns or ())]
    good = all(holds is not False for _, _, holds, _, _ in found.verdicts)
    own = all(key in listing.keys for _, key in found.claims)
    return good and own and not found.wants and not any(marked(one) for one in told if one not in minutes)

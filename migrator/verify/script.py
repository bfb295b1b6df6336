"""What a document's script does, read back word by word.

Only scripts of one shape are read: become a user, with an environment and nothing else of it, go home, run one command.
Any other text is a fault, so nothing can be done beside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NoReturn

_ASSIGNED = re.compile(r"([a-z]+(?:_[0-9]+)?)=(?=['\"])")
_FETCHED = re.compile(
    r"(secret_[0-9]+)=\$\(aws secretsmanager get-secret-value --region '<AWS::Region>' "
    r"--secret-id '<([A-Za-z0-9]+)>' --query SecretString --output text\) \|\| exit 1\n"
)
_HOME = """home=$(getent passwd "$user" | cut -d: -f6)\n"""
_NO_HOME = """[ -n "$home" ] || { echo "this host has no user $user" >&2; exit 1; }\n"""
_DAY = """day=$(TZ="$zone" date -d '{{ ScheduledTime }}' '+%d %u') || exit 1\n"""
_CASE = re.compile(r"case \$day in ((?:[0-3?][0-9?]\\ (?:\?|\[[1-7]+\])\|?)+)\) ;; \*\) exit 0 ;; esac\n")
_OTHER_DAY = re.compile(_CASE.pattern.replace("exit 0", "exit 64"))
_ROUND = re.compile(r"([0-9]{1,5})\) ")
_RUNUSER = '/sbin/runuser -u "$user" -- env -i'
_VARIABLE = re.compile(r"([A-Za-z_][A-Za-z0-9_]*)=")
_PLAIN = re.compile(r"[A-Za-z0-9_./:=@%+,-]+")
_TAKING = re.compile(r"IFS= read -r ([A-Za-z_][A-Za-z0-9_]*) <&3 && export \1(?: && )?")
_ENDING = 'cd "$HOME" && exec "$0" -c "$1"'


class ScriptError(ValueError):
    """A script of another shape: what is odd, as a clause."""


@dataclass(frozen=True, slots=True)
class Name:
    """A shell variable that stands in a word."""

    name: str


Word = tuple["str | Name", ...]
"""Pieces of a word: texts, and variables in double quotes."""


@dataclass(slots=True)
class Run:
    """What a script runs. `secrets` leads from a variable to the parameter that it is fetched by.

    `rounds` has, for each loop around the command, what the round that the document is told of puts before it.
    """

    user: str = ""
    zone: str | None = None
    secrets: dict[str, str] = field(default_factory=dict)
    patterns: tuple[str, ...] | None = None
    stdin: Word | None = None
    environment: dict[str, Word] = field(default_factory=dict)
    shell: Word = ()
    command: Word = ()
    rounds: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class DayTest:
    """A script that only tells whether a run goes on: the zone, and the days on which it does."""

    zone: str
    patterns: tuple[str, ...]


def read_day_test(text: str) -> DayTest:
    """Read a script that tells the day; raise ScriptError where it does anything else."""
    return _Reading(text).day_test()


def read_script(text: str) -> Run:
    """Read a script; raise ScriptError where it does anything but run one command as a user."""
    return _Reading(text).run()


@dataclass(slots=True)
class _Reading:
    """A place in the script, and what was read before it."""

    text: str
    at: int = 0
    values: dict[str, Word] = field(default_factory=dict)

    def run(self) -> Run:
        run = Run()
        run.user = self._plain_assignment("user")
        if self.text.startswith("zone=", self.at):
            run.zone = self._plain_assignment("zone")
        while match := _FETCHED.match(self.text, self.at):
            run.secrets[match[1]] = match[2]
            self.at = match.end()
        self._expect(_HOME)
        self._expect(_NO_HOME)
        if self._take(_DAY):
            run.patterns = self._case()
        if (run.patterns is None) != (run.zone is None):
            self._odd("a zone and a test of the day, one without the other")
        while self.text.startswith(f"case '{{{{ Round{len(run.rounds) + 1} }}}}' in ", self.at):
            run.rounds.append(self._round(len(run.rounds) + 1))
        self._values()
        self._execution(run)
        if run.command[: len(run.rounds)] != tuple(Name(f"item_{n}") for n in range(1, len(run.rounds) + 1)):
            self._odd("the item of a round does not stand before the command")
        run.command = run.command[len(run.rounds) :]
        return run

    def day_test(self) -> DayTest:
        zone = self._plain_assignment("zone")
        self._expect(_DAY)
        match = _OTHER_DAY.match(self.text, self.at)
        if match is None or match.end() != len(self.text):
            self._odd("the test of the day is not read")
        return DayTest(zone, tuple(match[1].split("|")))

    def _execution(self, run: Run) -> None:
        if self._take("printf '%s' "):
            run.stdin = self._word()
            self._expect(" |\n")
        else:
            self._expect("exec ")
        self._expect(_RUNUSER)
        self._break()
        while match := _VARIABLE.match(self.text, self.at):
            self.at = match.end()
            if match[1] in run.environment:
                self._odd(f"{match[1]} is set twice")
            run.environment[match[1]] = self._word()
            self._break()
        self._expect("/bin/sh -c ")
        hidden = self._inside(_only_text(self._word()))
        self._break()
        run.shell = self._word()
        self._break()
        run.command = self._word()
        self._redirections(run, hidden)

    def _redirections(self, run: Run, hidden: list[str]) -> None:
        if hidden:
            self._break()
            self._expect("3<<VALUES")
        if run.stdin is None:
            self._break()
            self._expect("< /dev/null")
        self._expect("\n")
        for number, name in enumerate(hidden, start=1):
            self._expect(f"$value_{number}\n")
            if name in run.environment:
                self._odd(f"{name} is set twice")
            run.environment[name] = self.values.pop(f"value_{number}", ())
        if hidden:
            self._expect("VALUES\n")
        if self.values or self.at != len(self.text):
            self._odd("there is more than the one command")

    def _values(self) -> None:
        while (match := _ASSIGNED.match(self.text, self.at)) and match[1].startswith("value_"):
            self.at = match.end()
            self.values[match[1]] = self._word()
            self._expect("\n")

    def _inside(self, program: str) -> list[str]:
        names: list[str] = []
        rest = program
        while match := _TAKING.match(rest):
            names.append(match[1])
            rest = rest[match.end() :]
        if rest != ("exec 3<&- && " if names else "") + _ENDING:
            self._odd("what runs as the user is not: go home, run the command")
        return names

    def _case(self) -> tuple[str, ...]:
        match = _CASE.match(self.text, self.at)
        if match is None:
            self._odd("the test of the day is not read")
        self.at = match.end()
        return tuple(match[1].split("|"))

    def _round(self, number: int) -> dict[str, str]:
        self._expect(f"case '{{{{ Round{number} }}}}' in ")
        found: dict[str, str] = {}
        while match := _ROUND.match(self.text, self.at):
            self.at = match.end()
            self._expect(f"item_{number}=")
            found[match[1]] = _only_text(self._word())
            self._expect(" ;; ")
        self._expect("*) exit 1 ;; esac\n")
        return found

    def _plain_assignment(self, name: str) -> str:
        self._expect(f"{name}=")
        text = _only_text(self._word())
        self._expect("\n")
        return text

    def _word(self) -> Word:
        pieces: list[str | Name] = []
        begin = self.at
        while self.at < len(self.text):
            character = self.text[self.at]
            if character == "'":
                end = self.text.find("'", self.at + 1)
                if end < 0:
                    self._odd("a quote is not closed")
                pieces.append(self.text[self.at + 1 : end])
                self.at = end + 1
            elif self.text.startswith("\\'", self.at):
                pieces.append("'")
                self.at += 2
            elif match := re.compile(r'"\$([a-z_0-9]+)"').match(self.text, self.at):
                pieces.append(Name(match[1]))
                self.at = match.end()
            elif match := _PLAIN.match(self.text, self.at):
                pieces.append(match[0])
                self.at = match.end()
            else:
                break
        if begin == self.at:
            self._odd("a word is missing")
        return _merged(pieces)

    def _break(self) -> None:
        self._expect(" \\\n  " if self.text.startswith(" \\\n", self.at) else " ")

    def _take(self, wanted: str) -> bool:
        if not self.text.startswith(wanted, self.at):
            return False
        self.at += len(wanted)
        return True

    def _expect(self, wanted: str) -> None:
        if not self._take(wanted):
            found = self.text[self.at : self.at + 40]
            self._odd(f"{wanted.strip()[:40]!r} is expected where {found!r} stands")

    def _odd(self, what: str) -> NoReturn:
        line = self.text.count("\n", 0, self.at) + 1
        msg = f"line {line} of the script: {what}"
        raise ScriptError(msg)


def _merged(pieces: list[str | Name]) -> Word:
    merged: list[str | Name] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        elif piece != "":
            merged.append(piece)
    return tuple(merged)


def _only_text(word: Word) -> str:
    if any(isinstance(piece, Name) for piece in word):
        msg = "a variable stands where a text is expected"
        raise ScriptError(msg)
    return "".join(str(piece) for piece in word)

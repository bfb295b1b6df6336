"""Scripts of csh and tcsh as text that the shell reader understands, line for line (csh(1), "Control flow").

What is put over: settings, lists, expressions, `foreach`, `while`, `if`, `switch`, redirections with `&`, the modifiers
`:h :t :r :e`. A line that is not understood (`goto`, an alias) is left out and named. Lines keep their numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

_QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|`[^`\n]*`|\\.|[^'\"`\\]+|.")
_SET = re.compile(r"(\w+)\s*=\s*")
_MODIFIED = re.compile(r"\$\{?(\w+)((?::[htre])+)\}?")
_ELEMENT = re.compile(r"\$\{?(\w+)\[(\d+)\]\}?")
_WHOLE = re.compile(r"\$\{?argv(?:\[\*\])?\}?(?!\w|\[)")
_COUNT = re.compile(r"\$\{?#(\w+)\}?")
_BOTH = re.compile(r">(>?)&!?\s*([^\s;|&()]+)")
_CUTS = {"h": "%/*", "t": "##*/", "r": "%.*", "e": "##*."}
_FOREACH = re.compile(r"foreach\s+(\w+)\s*\((.*)\)\s*$", re.DOTALL)
_LABEL = re.compile(r"(\w+):\s*$")
_COMPARED = re.compile(r"(.*?\S)\s*(==|!=|=~|!~|<=|>=|<|>)\s*(\S.*)", re.DOTALL)
_FILE_TEST = re.compile(r"(!?)\s*-([a-zA-Z])\s+(.+)", re.DOTALL)
_ASKED = re.compile(r"(!?)\s*\$\?(\w+)")
_SIGNS = {"==": "=", "!=": "!=", "=~": "=", "!~": "!=", "<": "-lt", ">": "-gt", "<=": "-le", ">=": "-ge"}
_NO_WORK = "onintr limit unlimit rehash unhash unalias history stty sched setpath nobeep hashstat"
_NOTHING = frozenset(_NO_WORK.split())
_OWN_SWITCHES = "echo verbose noclobber noglob nonomatch filec autologout notify savehist nobeep"
_SWITCHES = frozenset(_OWN_SWITCHES.split())
_LONGEST = 20_000
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Translation:
    """The text for the shell reader, and the lines that are not in it: number and text."""

    text: str
    lost: tuple[tuple[int, str], ...]


@lru_cache(maxsize=64)
def translated(text: str) -> Translation:
    """Put a script of csh over; its lines keep their numbers."""
    translator = _Translator()
    for number, line, lines in _joined(text):
        translator.line(number, line)
        translator.out.extend([""] * (lines - 1))
    return Translation("\n".join(translator.out), tuple(translator.lost))


def _joined(text: str) -> Iterator[tuple[int, str, int]]:
    """Yield lines with those that continue them, and how many they were."""
    lines = text.split("\n")
    place = 0
    while place < len(lines):
        start = place
        while lines[place].endswith("\\") and place + 1 < len(lines):
            place += 1
        place += 1
        yield start + 1, " ".join([line.removesuffix("\\") for line in lines[start:place]]), place - start


@dataclass(slots=True)
class _Translator:
    out: list[str] = field(default_factory=list)
    lost: list[tuple[int, str]] = field(default_factory=list)
    # Whether the arm of the innermost `switch` is open.
    arms: list[bool] = field(default_factory=list)

    def line(self, number: int, line: str) -> None:
        """Add the line that stands for one of csh."""
        bare = line.strip()
        if not bare or bare.startswith("#") or len(bare) > _LONGEST:
            self.out.append("")
            return
        found = self._statements(_uncommented(bare))
        if found is None:
            self.lost.append((number, bare))
        self.out.append(found or "")

    def _statements(self, text: str) -> str | None:
        made = [self._statement(piece.strip()) for piece in _split(text, ";") if piece.strip()]
        known = [piece for piece in made if piece is not None]
        return None if len(known) < len(made) else "; ".join(known).replace("then;", "then").replace("do;", "do")

    def _statement(self, text: str) -> str | None:
        first = re.match(r"[@\w]+", text)
        word = first[0] if first else ""
        rest = text[len(word) :].strip()
        if word in ("if", "else", "endif", "while", "foreach", "end"):
            return self._control(word, rest, text)
        if word in ("switch", "case", "default", "breaksw", "endsw"):
            return self._switch(word, rest)
        if word in ("goto", "alias") or _LABEL.fullmatch(text):
            return None
        return _command(word, rest, text)

    def _control(self, word: str, rest: str, text: str) -> str | None:
        if word == "foreach":
            match = _FOREACH.match(text)
            return None if match is None else f"for {match[1]} in {_changed(match[2]).strip()}; do"
        if word in ("end", "endif"):
            return "done" if word == "end" else "fi"
        if word == "else":
            if not rest:
                return "else"
            return self._condition("elif", rest[2:].strip()) if rest.startswith("if") else None
        return self._condition(word, rest)

    def _condition(self, word: str, text: str) -> str | None:
        """Put `(expression) then`, `(expression) command` or a loop's `(expression)` over."""
        end = _closing(text)
        if end < 0:
            return None
        asked, rest = _expression(text[1:end]), text[end + 1 :].strip()
        if word == "while":
            return f"while {asked}; do"
        if rest.count("(") > _DEEPEST:
            return None
        if rest == "then" or (word == "elif" and not rest):
            return f"{word} {asked}; then"
        done = self._statement(rest)
        return None if done is None or word == "elif" else f"if {asked}; then {done}; fi"

    def _switch(self, word: str, rest: str) -> str | None:
        if word == "switch":
            self.arms.append(False)
            return f"case {_changed(rest.strip('() '))} in"
        if not self.arms:
            return "break" if word == "breaksw" else None
        falls = ";& " if self.arms[-1] else ""
        self.arms[-1] = word in ("case", "default")
        if word == "case":
            return f"{falls}{rest.rstrip(':').strip()})"
        if word == "default":
            return f"{falls}*)"
        if word == "breaksw":
            return ";;"
        self.arms.pop()
        return "esac"


def _command(word: str, rest: str, text: str) -> str:
    """Put a simple command over."""
    if word == "set":
        return _settings(rest)
    if word == "@":
        return _counted(rest)
    if word == "setenv":
        name, _, value = rest.partition(" ")
        return f"export {name}={_changed(value.strip()) or chr(39) * 2}"
    if word == "unsetenv":
        return f"unset {rest}"
    if word == "chdir":
        return f"cd {_changed(rest)}"
    if word == "exit":
        return f"exit {_changed(rest.strip('() '))}".strip()
    if word == "repeat":
        return _changed(rest.partition(" ")[2]) or ":"
    return ":" if word in _NOTHING else _changed(text)


def _settings(rest: str) -> str:
    """Put `set a=b c = (d e)` over; switches of the shell itself change nothing here."""
    rest = rest.removeprefix("-r ").strip()
    made: list[str] = []
    while match := _SET.match(rest):
        rest = rest[match.end() :]
        end = _closing(rest) + 1 if rest.startswith("(") else _word_end(rest)
        value = _changed(rest[:end])
        made.append(f"{match[1]}={value}")
        rest = rest[end:].strip()
    names = [name for name in rest.split() if name.isidentifier() and name not in _SWITCHES]
    return " ".join([*made, *(f"{name}=" for name in names)]) or ":"


def _counted(rest: str) -> str:
    match = re.match(r"(\w+)\s*(\+\+|--|[-+*/%]?=)\s*(.*)", rest)
    if match is None:
        return ":"
    name, sign, value = match.groups()
    if sign in ("++", "--"):
        return f"{name}=$(({name} {sign[0]} 1))"
    return f"{name}=$(({_changed(value)}))" if sign == "=" else f"{name}=$(({name} {sign[0]} ({_changed(value)})))"


def _expression(text: str) -> str:
    """Put an expression over, as tests joined by `&&` and `||`."""
    either = [_split(part, "&&") for part in _split(text, "||")]
    return " || ".join([" && ".join([_asked(each.strip()) for each in parts]) for parts in either])


def _asked(text: str) -> str:
    if text.count("(") > _DEEPEST or text.count("!") > _DEEPEST:
        return "[ '' ]"
    if text.startswith("{") and text.endswith("}"):
        return _changed(text[1:-1].strip())
    if text.startswith("(") and _closing(text) == len(text) - 1:
        return f"( {_expression(text[1:-1])} )"
    if match := _ASKED.fullmatch(text):
        return f'[ {"-z" if match[1] else "-n"} "${match[2]}" ]'
    if match := _FILE_TEST.fullmatch(text):
        test = match[2] if match[2] in "defrswxL" else "s" if match[2] == "z" else "e"
        negated = bool(match[1]) is not (match[2] == "z")
        return f"[ {'! ' if negated else ''}-{test} {_changed(match[3].strip())} ]"
    if match := _COMPARED.fullmatch(text):
        return f"[ {_changed(match[1])} {_SIGNS[match[2]]} {_changed(match[3])} ]"
    if text.startswith("!"):
        return f"! {_asked(text[1:].strip())}"
    return f"[ {_changed(text) or chr(39) * 2} ]"


def _changed(text: str) -> str:
    """Put the variables and redirections of a text over, those in single quotes left."""
    pieces = [piece if piece[0] in "'\\" else _variables(piece) for piece in _QUOTED.findall(text)]
    return _redirected("".join(pieces))


def _variables(text: str) -> str:
    text = _WHOLE.sub("$*", _COUNT.sub(lambda m: "$#" if m[1] == "argv" else f"${{#{m[1]}[@]}}", text))
    text = _ELEMENT.sub(lambda m: f"${m[2]}" if m[1] == "argv" else f"${{{m[1]}[{max(0, int(m[2]) - 1)}]}}", text)
    text = _MODIFIED.sub(_modified, text)
    return text.replace("$status", "$?").replace("$cwd", "$PWD")


def _modified(match: re.Match[str]) -> str:
    """Put one modifier over; several give something that no variable of the script holds."""
    name, modifiers = match[1], match[2]
    return f"${{{name}{_CUTS[modifiers[1]]}}}" if len(modifiers) == 2 else f"${{{name}{modifiers.replace(':', '_')}}}"


def _redirected(text: str) -> str:
    if ">" not in text:
        return text
    return re.sub(r">(>?)!", r">\1", _BOTH.sub(r">\1 \2 2>&1", text))


def _uncommented(text: str) -> str:
    place = 0
    for piece in _QUOTED.findall(text):
        if piece[0] not in "'\"`\\" and (mark := re.search(r"(?:^|\s)#", piece)) and "$#" not in piece:
            return text[: place + mark.start()].rstrip()
        place += len(piece)
    return text


def _split(text: str, sign: str) -> list[str]:
    """Take a text apart at a sign that stands in no quotes and parentheses."""
    parts, depth = [""], 0
    for piece in _QUOTED.findall(text):
        if piece[0] in "'\"`\\":
            parts[-1] += piece
            continue
        for each in re.findall(r"&&|\|\||.", piece, re.DOTALL):
            depth += (each == "(") - (each == ")")
            if each == sign and depth <= 0:
                parts.append("")
            else:
                parts[-1] += each
    return parts


def _closing(text: str) -> int:
    """Find the end of the parentheses that a text begins with, -1 where there is none."""
    depth = place = 0
    for piece in _QUOTED.findall(text):
        if piece[0] not in "'\"`\\":
            for offset, char in enumerate(piece):
                depth += (char == "(") - (char == ")")
                if not depth:
                    return place + offset if char == ")" else -1
        place += len(piece)
    return -1


def _word_end(text: str) -> int:
    place = 0
    for piece in _QUOTED.findall(text):
        if piece[0] not in "'\"`\\" and (blank := re.search(r"\s", piece)):
            return place + blank.start()
        place += len(piece)
    return len(text)

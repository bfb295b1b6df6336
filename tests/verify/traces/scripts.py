"""Shell scripts made by chance from a seed, of every construct that the interpreter knows."""

from __future__ import annotations

import random

_STUBS = "abcdefgh"


class Maker:
    """Makes one script; loops are numbered, so that each counts its own rounds."""

    def __init__(self, seed: int, *, bash: bool) -> None:
        self.chance = random.Random(seed)
        self.bash = bash
        self.loops = 0
        self.commands = 0
        self.deepest = 0
        self.repeated = False
        self.jobs = False
        self.functions: list[str] = []

    def script(self) -> str:
        """Give the text of a script."""
        lines = ["rc=0"]
        if self.chance.random() < 0.4:
            lines.append("set -e")
        if self.bash and self.chance.random() < 0.3:
            lines.append("set -o pipefail")
        if self.chance.random() < 0.25:
            lines.append(f"trap '{self.listed(1, simple=True)}' EXIT")
        if self.bash and self.chance.random() < 0.2:
            lines.append(f"trap '{self.command()}' ERR")
        for name in ("f1", "f2")[: self.chance.choice([0, 0, 1, 2])]:
            self.repeated = True
            lines.append(f"{name}() {{ {self.listed(1, inside=True)}; }}")
            self.repeated = False
            self.functions.append(name)
        self.deepest = self.chance.choice([1, 1, 1, 2])
        lines += [self.statement(self.deepest) for _ in range(self.chance.choice([1, 1, 2, 3]))]
        if self.chance.random() < 0.2:
            lines.append(f"exit {self.chance.choice(['0', '3', '$?', ''])}")
        return "\n".join(lines)

    def command(self) -> str:
        """Give a command, mostly a recorder."""
        shape = self.chance.random()
        if shape < 0.84:
            return self.recorder()
        if shape < 0.9 and self.functions:
            return self.chance.choice(self.functions)
        if shape < 0.94:
            return f"x=$({self.recorder()}; {self.recorder()})"
        return self.chance.choice([":", "true", "false", "[ $? -eq 0 ]", "rc=$?", "[ ${rc:-0} -ne 0 ]"])

    def recorder(self) -> str:
        """Give a recorder with an argument that no other has."""
        self.commands += 1
        return f"{self.chance.choice(_STUBS)} {self.commands}"

    def listed(self, depth: int, *, inside: bool = False, simple: bool = False) -> str:
        """Give statements on one line."""
        made = [self.command() if simple else self.statement(depth) for _ in range(self.chance.choice([1, 1, 2, 3]))]
        if inside and self.chance.random() < 0.3:
            made.insert(self.chance.randint(0, len(made)), self.chance.choice(["return 0", "return 2", "return"]))
        return "; ".join(made).replace("&;", "&")

    def statement(self, depth: int) -> str:
        """Give a statement."""
        shape = self.chance.random()
        if depth == 0 or shape < 0.2:
            return self.and_or(0)
        if shape < 0.5:
            return self.and_or(depth)
        if shape < 0.6 and depth == self.deepest:
            return self.chance.choice([f"{self.and_or(depth - 1)} &", f"{self.command()} & wait $!", "wait"])
        return self.compound(depth)

    def and_or(self, depth: int) -> str:
        """Give commands with `&&` and `||` between."""
        made = self.pipeline(depth)
        for _ in range(self.chance.choice([0, 0, 1, 1, 2])):
            made += f" {self.chance.choice(['&&', '||'])} {self.pipeline(depth)}"
        return made

    def pipeline(self, depth: int) -> str:
        """Give a pipeline, often of one stage."""
        sign = "! " if self.chance.random() < 0.12 else ""
        stages = [self.stage(depth) for _ in range(self.chance.choice([1, 1, 1, 1, 1, 1, 1, 2, 3]))]
        return sign + " | ".join(stages)

    def stage(self, depth: int) -> str:
        """Give one stage."""
        return self.compound(depth) if depth and self.chance.random() < 0.3 else self.command()

    def compound(self, depth: int) -> str:
        """Give a compound command."""
        below = depth - 1
        kind = self.chance.choice(["group", "subshell", "if", "if", "case", "for", "while", "until"])
        if kind in ("for", "while", "until") and (self.loops >= 9 or self.repeated):
            kind = "group"
        match kind:
            case "group":
                return f"{{ {self.listed(below)}; }}".replace("&;", "&")
            case "subshell":
                leaves = "; exit 4" if self.chance.random() < 0.2 else ""
                return f"( {self.listed(below)}{leaves} )".replace("&;", "&")
            case "if":
                return self.choice(below)
            case "case":
                word = self.chance.choice(["one", "two", "other"])
                default = f" *) {self.listed(below)} ;;" if self.chance.random() < 0.5 else ""
                return f"case {word} in one|uno) {self.listed(below)} ;; t*) {self.listed(below)} ;;{default} esac"
            case "for":
                self.repeated = True
                leaves = self.chance.choice(
                    ["", "", "; [ $i = 2 ] && break", f"; {self.command()} || continue; {self.recorder()}"]
                )
                made = f"for i in 1 2; do {self.recorder()} $i; {self.statement(below)}{leaves}; done"
                self.repeated = False
                return made
            case _:
                number, self.loops = self.loops, self.loops + 1
                return f"{kind} {kind[0]}{number}; do {self.command()}; {self.command()}; done"

    def choice(self, below: int) -> str:
        """Give an `if`."""
        made = f"if {self.listed(0)}; then {self.listed(below)}; "
        if self.chance.random() < 0.3:
            made += f"elif {self.and_or(0)}; then {self.listed(below)}; "
        if self.chance.random() < 0.5:
            made += f"else {self.listed(below)}; "
        return made + "fi"

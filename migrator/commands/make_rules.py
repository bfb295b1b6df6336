"""The rules of a makefile as one run of make sees them: conditions decided, includes read, variables set in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from migrator.commands.make_text import Expander, Variable, stem
from migrator.commands.makefile import Condition, Export, Inclusion, MakeRule, MakeSetting, Statement, statements
from migrator.commands.scope import Source

_ARGUMENTS = re.compile(r"\((.*),(.*)\)|\"([^\"]*)\"\s+\"([^\"]*)\"|'([^']*)'\s+'([^']*)'", re.DOTALL)
_ENVIRONMENT = re.compile(r"\$\{(\w+)\}")
# Set by a login or by cron itself, so that a condition on them is not decided by the makefile.
_GIVEN_NAMES = "HOME USER LOGNAME SHELL PATH PWD HOSTNAME LANG TZ MAKEFLAGS MAKELEVEL"
_GIVEN = frozenset(_GIVEN_NAMES.split())
_MOST_INCLUDES = 50
_MOST_TARGETS = 2000

Find = Callable[[str], "Source | None"]
"""Gives the file that an `include` names, None where it is not among the files read."""


@dataclass(slots=True)
class Rule:
    """A target's prerequisites, its recipe by (file, line, text), the variables that it alone sees, and its place."""

    prerequisites: list[str] = field(default_factory=list)
    recipe: list[tuple[Source, int, str]] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    source: Source | None = None
    line: int = 0


@dataclass(slots=True)
class Makefile:
    """What was read. `fixed` are the command line's variables, `environment` what make finds set."""

    environment: Mapping[str, str]
    find: Find
    fixed: frozenset[str] = frozenset()
    expander: Expander = field(default_factory=Expander)
    rules: dict[str, Rule] = field(default_factory=dict)
    patterns: list[tuple[str, Rule]] = field(default_factory=list)
    exported: set[str] = field(default_factory=set)
    first: str = ""
    one_shell: bool = False
    unclear: list[str] = field(default_factory=list)
    included: int = 0
    active: tuple[str | None, ...] = ()

    def read(self, source: Source) -> None:
        """Read a makefile and those that it includes."""
        self.active = (*self.active, source.path)
        states: list[_Branch] = []
        for statement in statements(source.text):
            if isinstance(statement, Condition):
                self._condition(statement, states)
            elif all(state.taken is not False for state in states):
                self._take(statement, source, unsure=any(state.taken is None for state in states))
        self.active = self.active[:-1]

    def _condition(self, found: Condition, states: list[_Branch]) -> None:
        if found.word == "endif":
            if states:
                states.pop()
        elif found.word != "else":
            states.append(_Branch(self._holds(found.word, found.argument)))
        elif states:
            state = states[-1]
            state.seen.append(state.taken)
            state.taken = _otherwise(state.seen)
            word, _, argument = found.argument.partition(" ")
            if word in ("ifeq", "ifneq", "ifdef", "ifndef") and state.taken is not False:
                held = self._holds(word, argument.strip())
                state.taken = held if state.taken else (False if held is False else None)

    def _holds(self, word: str, argument: str) -> bool | None:
        """Decide a condition; None where only a run can."""
        if word in ("ifdef", "ifndef"):
            name = self.expander.expand(argument).strip()
            found = self.expander.variables.get(name)
            known = bool(found.text) if found is not None else self._given(name)
            return known if known is None or word == "ifdef" else not known
        match = _ARGUMENTS.match(argument)
        if match is None:
            return None
        groups = [group for group in match.groups() if group is not None]
        one, other = [self._settled(self.expander.expand(each).strip()) for each in groups]
        if one is None or other is None:
            return None
        return (one == other) is (word == "ifeq")

    def _given(self, name: str) -> bool | None:
        if name in self.environment:
            return bool(self.environment[name])
        return None if name in _GIVEN else False

    def _settled(self, text: str) -> str | None:
        """Give a text with the environment put in; None where something in it is not known."""
        for name in _ENVIRONMENT.findall(text):
            if name in _GIVEN and name not in self.environment:
                return None
        text = _ENVIRONMENT.sub(lambda match: self.environment.get(match[1], ""), text)
        return None if "$" in text or "*" in text else text

    def _take(self, statement: Statement, source: Source, *, unsure: bool) -> None:
        if isinstance(statement, MakeSetting):
            self._set(statement, unsure=unsure)
        elif isinstance(statement, MakeRule):
            self._rule(statement, source, unsure=unsure)
        elif isinstance(statement, Inclusion):
            self._include(statement)
        elif isinstance(statement, Export):
            self.exported.update(self.expander.words(statement.names) or self.expander.variables)

    def _set(self, setting: MakeSetting, *, unsure: bool) -> None:
        name = self.expander.expand(setting.name).strip()
        if setting.exported:
            self.exported.add(name)
        if setting.targets:
            for target in self._targets(setting.targets):
                rule = self.rules.setdefault(target, Rule())
                before = rule.own.get(name, "") if setting.sign == "+" else ""
                rule.own[name] = f"{before} {self.expander.expand(setting.value, rule.own)}".strip()
            return
        known = self.expander.variables.get(name)
        if (name in self.fixed and not setting.overrides) or (
            setting.sign == "?" and (known is not None or name in self.environment)
        ):
            return
        if unsure:
            self.expander.variables[name] = Variable(f"${{{name}}}", simple=True)
        elif setting.sign == "+" and known is not None:
            added = self.expander.expand(setting.value) if known.simple else setting.value
            self.expander.variables[name] = Variable(f"{known.text} {added}".strip(), known.simple)
        elif setting.sign == ":":
            self.expander.variables[name] = Variable(self.expander.expand(setting.value), simple=True)
        else:
            self.expander.variables[name] = Variable(setting.value, simple=False)
        if name == ".DEFAULT_GOAL":
            self.first = self.expander.expand(setting.value).strip()

    def _targets(self, text: str) -> list[str]:
        return [target for target in self.expander.words(text) if _is_name(target)]

    def _rule(self, found: MakeRule, source: Source, *, unsure: bool) -> None:
        needs = [need for need in self.expander.words(found.prerequisites.replace("|", " ")) if _is_name(need)]
        recipe = [(source, line, text) for line, text in found.recipe]
        middle = self.expander.expand(found.pattern).strip()
        for target in self._targets(found.targets):
            if target == ".ONESHELL":
                self.one_shell = True
            if "%" in target and not middle:
                self.patterns.append((target, Rule(needs, recipe, source=source, line=found.line)))
                continue
            if not self.first and not target.startswith("."):
                self.first = target
            if len(self.rules) >= _MOST_TARGETS and target not in self.rules:
                self.unclear.append(f"the rest of the makefile: more than {_MOST_TARGETS} targets are not read")
                return
            rule = self.rules.setdefault(target, Rule())
            fits = stem(middle, target) if middle else None
            if needs or rule.source is None:
                rule.source, rule.line = source, found.line
            rule.prerequisites.extend(needs if fits is None else [need.replace("%", fits, 1) for need in needs])
            if fits is not None:
                rule.own["*"] = fits
            # A second recipe takes the place of the first, as make warns; one behind a `::` stands beside it.
            if recipe:
                rule.recipe = [*rule.recipe, *recipe] if found.double or unsure else list(recipe)

    def _include(self, found: Inclusion) -> None:
        for name in self.expander.words(found.names):
            self.included += 1
            source = self.find(name) if self.included <= _MOST_INCLUDES else None
            if source is None:
                if not found.optional:
                    self.unclear.append(f"what the makefile includes: `{name}` is not among the files read")
            elif source.path not in self.active:
                self.read(source)

    def rule(self, target: str) -> Rule | None:
        """Find the rule that makes a target: its own, with the recipe of a pattern rule where it has none."""
        found = self.rules.get(target)
        if found is not None and found.recipe:
            return found
        for pattern, rule in self.patterns:
            fits = stem(pattern, target)
            if not fits or not rule.recipe:
                continue
            needs = [need.replace("%", fits, 1) for need in rule.prerequisites]
            before = found if found is not None else Rule()
            own = {**before.own, "*": fits}
            return Rule([*before.prerequisites, *needs], rule.recipe, own, rule.source, rule.line)
        return found

    def values(self, names: Iterable[str]) -> dict[str, str]:
        """Give what variables come to, those left out that are not set."""
        variables = self.expander.variables
        return {name: self.expander.expand(f"$({name})") for name in sorted(set(names)) if name in variables}


def _is_name(word: str) -> bool:
    """Say whether a word is a target's name; one with a `$(date …)` in it is the same wherever it stands."""
    return "$" not in word or not (word.startswith("$(") or "${" in word)


@dataclass(slots=True)
class _Branch:
    """A condition's open branch: whether it is taken, None where that is not known, and those before it."""

    taken: bool | None
    seen: list[bool | None] = field(default_factory=list)


def _otherwise(seen: list[bool | None]) -> bool | None:
    if True in seen:
        return False
    return None if None in seen else True

"""Managers of versions and environments: what switches the shell to another interpreter is no work of its own.

`conda activate`, `nvm use`, `module load` change the shell that they stand in, and what follows needs that shell.
"""

from __future__ import annotations

from collections.abc import Sequence

from migrator.commands.invocation import Effect, Family, Invocation, Role

# Manager: the words that switch; none where every call does.
_SWITCHES = {
    name: frozenset(words.split())
    for names, words in (
        ("activate deactivate workon module ml chruby chnode", ""),
        ("conda mamba micromamba", "activate deactivate"),
        ("nvm fnm", "use install deactivate"),
        ("rvm gvm sdk", "use"),
        ("rbenv pyenv nodenv goenv jenv phpenv plenv asdf mise", "shell local global activate deactivate use rehash"),
    )
    for name in names.split()
}


def switches(words: Sequence[str]) -> bool:
    """Say whether a command switches its shell to another version or environment."""
    name, *rest = words or [""]
    verbs = _SWITCHES.get(name)
    if verbs is None:
        return False
    # `rvm 3.2` is short for `rvm use 3.2`; with `do` it runs a program there.
    return not verbs or (rest[:1] != [] and (rest[0] in verbs or (name == "rvm" and len(rest) == 1)))


def _manager(call: Invocation) -> Effect:
    if switches((call.name, *call.texts)):
        return Effect(role=Role.HOUSEKEEPING, label=call.name)
    return Effect(label=" ".join([call.name, *call.texts[:1]]))


FAMILY = Family("environments", dict.fromkeys(_SWITCHES, _manager))

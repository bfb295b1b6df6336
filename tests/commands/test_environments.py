"""What switches a shell to another interpreter is no step; what else a manager of versions does is one."""

import pytest

from tests.commands.tools import facts, names


@pytest.mark.parametrize(
    "text",
    [
        "conda activate tide && /opt/a",
        "nvm install && nvm use && /opt/a",
        "rvm use 3.2; /opt/a",
        "rvm 3.2; /opt/a",
        "pyenv shell 3.12; /opt/a",
        "workon tide; /opt/a",
        "module load gcc; /opt/a; module purge",
        "chruby 3.2; /opt/a",
    ],
)
def test_a_switch_is_no_step(text: str) -> None:
    """Only the program behind it works, and it is one unit."""
    found = facts(text)
    assert names(found) == ["a"]
    assert len(found.units) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("conda install -y numpy && /opt/a", ["conda install", "a"]),
        ("conda env update -f e.yml; /opt/a", ["conda env", "a"]),
        ("rvm 3.2 do ruby /opt/a.rb", ["rvm 3.2"]),
        ("nvm exec 18 node /opt/a.js", ["nvm exec"]),
        ("asdf plugin update --all", ["asdf plugin"]),
    ],
)
def test_what_a_manager_does_else_is_a_step(text: str, found: list[str]) -> None:
    """It installs, updates, or runs a program."""
    assert names(facts(text)) == found

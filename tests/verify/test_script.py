"""Scripts read back: one shape, and nothing beside it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.artifacts.parts.shell_words import quoted
from migrator.verify.script import ScriptError, read_script

BEFORE = (
    "user='etl'\n"
    'home=$(getent passwd "$user" | cut -d: -f6)\n'
    '[ -n "$home" ] || { echo "this host has no user $user" >&2; exit 1; }\n'
)
RUN = """exec /sbin/runuser -u "$user" -- env -i A='b' /bin/sh -c 'cd "$HOME" && exec "$0" -c "$1"' '/bin/sh' """


@settings(max_examples=200)
@given(st.text(st.sampled_from("ab '\"\\{}$`&|;<>()\n:A"), min_size=1, max_size=60))
def test_any_command_is_read_back(text):
    """What a real sh would hand over is what is read, whatever the text."""
    run = read_script(f"{BEFORE}{RUN}{quoted(text)} < /dev/null\n")
    assert run.command == (text,)
    assert (run.user, run.shell, run.environment) == ("etl", ("/bin/sh",), {"A": ("b",)})


@given(st.text(st.sampled_from("ab'\"\\$ \n<|;"), max_size=40))
def test_any_other_text_is_a_fault_or_a_run(text):
    """Nothing but ScriptError is raised, however a script is cut or filled."""
    whole = f"{BEFORE}{RUN}'x' < /dev/null\n"
    for script in (text, BEFORE + text, whole + text, whole[: len(text) * 4]):
        if script == whole:
            read_script(script)
        else:
            with pytest.raises(ScriptError):
                read_script(script)


@pytest.mark.parametrize(
    "ending",
    [
        "'x' < /dev/null; id\n",
        "'x' 'y' < /dev/null\n",
        "'x' < /etc/passwd\n",
        "'x' > /tmp/o < /dev/null\n",
        '"$(id)" < /dev/null\n',
    ],
)
def test_more_than_one_command_is_a_fault(ending):
    """A second command, argument or redirection is no part of the shape."""
    with pytest.raises(ScriptError):
        read_script(BEFORE + RUN + ending)

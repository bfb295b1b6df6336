"""A password that is glued to its option: its letters are no options, and no database."""

import pytest

from tests.commands.tools import facts, reads, writes


@pytest.mark.parametrize(
    "option",
    [
        "-pREDACTED-password",
        "-psDe",
        "-p$PASS",
        '-p"$(cat /run/secret)"',
        "-p",
        "--password=sDe",
        "-BpREDACTED-password",
    ],
)
def test_the_database_is_the_word_behind(option):
    """Whatever the password is made of, mysql works on the database that is named."""
    found = facts(f"mysql -u me {option} shop -e 'insert into t select 1 from u'")
    assert (reads(found) - {"/run/secret"}, writes(found)) == ({"shop.u"}, {"shop.t"})
    assert reads(facts(f"mysqldump -ume {option} shop > /a/x")) - {"/run/secret"} == {"shop.*"}


def test_two_databases_are_two():
    """The same password does not make them one."""
    found = [
        writes(facts(f"mysql -pREDACTED-password {name} -e 'insert into t select 1'")) for name in ("one", "other")
    ]
    assert found == [{"one.t"}, {"other.t"}]


def test_other_programs_too():
    """A withheld value ends a bundle of letters."""
    found = facts("7z a -pREDACTED-password /a/x.7z /in")
    assert "/a/x.7z" in writes(found)
    assert writes(facts("curl -ume:REDACTED-password -o /a/x http://e.org/")) == {"/a/x"}
    assert writes(facts("sqlcmd -U me -PREDACTED-password -d shop -Q 'insert into t select 1'")) == {"shop.t"}

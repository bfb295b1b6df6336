"""The lines of the settings file that add and deny dependencies."""

from migrator.settings.load import read

TEXT = """\
[team]
engineers = 2
[dependencies]
add = [
  {upstream = "a", downstream = "b", why = "one after the other"},
  {upstream = 'a', downstream = "c", why = "likewise"},
]
[[dependencies.deny]]
upstream = "a"
downstream = "d"
why = "an old file"
[[dependencies.deny]]
downstream = "e"
why = "x"
upstream = "\\u0061"
"""


def places(path, text):
    """Read settings from a file; give the line and text of each entry."""
    path.write_text(text, encoding="utf-8")
    said = read(path).dependencies
    found = [entry.place for entry in (*said.add, *said.deny)]
    return [(str(place.origin), place.text) if place else None for place in found]


def test_each_entry_has_its_line(tmp_path):
    """Inline tables and headed ones; a name with an escape is told no line rather than a wrong one."""
    assert places(tmp_path / "migrator.toml", TEXT) == [
        ("migrator.toml:5", '{upstream = "a", downstream = "b", why = "one after the other"},'),
        ("migrator.toml:6", """{upstream = 'a', downstream = "c", why = "likewise"},"""),
        ("migrator.toml:9", 'upstream = "a"'),
        None,
    ]


def test_equal_entries_have_lines_of_their_own(tmp_path):
    """The same entry twice stands on two lines."""
    line = '{upstream = "a", downstream = "b", why = "w"}'
    found = places(tmp_path / "other.toml", f"[dependencies]\nadd = [{line},\n{line}]\n")
    assert [place for place, _ in found] == ["other.toml:2", "other.toml:3"]


def test_settings_without_entries_need_no_line(tmp_path):
    """Nothing is looked for where nothing is said."""
    assert places(tmp_path / "migrator.toml", "[team]\nengineers = 2\n") == []

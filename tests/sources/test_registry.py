"""Tests of the tuple of sources."""

import importlib
import pkgutil

import migrator.sources
from migrator.model import Dialect, Origin
from migrator.sources import SOURCES, Source, beside, read_file
from migrator.sources.items import Format, SourceFile, Unread
from migrator.sources.surroundings import Surroundings


def test_no_source_is_forgotten():
    """Every module with a `SOURCE` stands in the tuple, and every format has one."""
    modules = [
        importlib.import_module(f"migrator.sources.{info.name}")
        for info in pkgutil.iter_modules(migrator.sources.__path__)
    ]
    declared = {module.SOURCE for module in modules if isinstance(getattr(module, "SOURCE", None), Source)}
    assert declared == set(SOURCES)
    assert [source.format for source in SOURCES] == list(dict.fromkeys(source.format for source in SOURCES))
    assert {source.format for source in SOURCES} == set(Format)


def test_a_file_that_could_not_be_had_is_its_unread_line():
    """Nothing is read of it, and its one line is accounted for."""
    unread = Unread(Origin("x"), "", "the file is a FIFO")
    reading = read_file(SourceFile("x", Format.CRONTAB, b"", unread=(unread,)), Dialect.DEBIAN)
    assert (reading.items, reading.lines) == ((unread,), 1)


def test_files_of_a_host_lie_beside_each_other():
    """Groups go by host and root."""
    one = SourceFile("a/etc/crontab", Format.SYSTEM_CRONTAB, b"x", host="a", root="a")
    two = SourceFile("b/etc/crontab", Format.SYSTEM_CRONTAB, b"y", host="b", root="b")
    groups = beside([one, two])
    assert groups == {("a", "a"): Surroundings((one,)), ("b", "b"): Surroundings((two,))}

"""Choices of R, and more of its functions for files."""

import pytest

from migrator.commands.facts import CommandFacts
from tests.commands.tools import facts, reads, writes


def _run(text: str, call: str = "Rscript /opt/p.R") -> CommandFacts:
    return facts(call, {"opt/p.R": text + "\n"})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ('p <- ifelse(is.null(z), "/a/x", "/b/x")', {"/a/x", "/b/x"}),
        ('p <- ifelse(is.null(NULL), "/a/x", "/b/x")', {"/a/x"}),
        ('p <- ifelse(is.null("set"), "/a/x", "/b/x")', {"/b/x"}),
        ('p <- if_else(FALSE, "/a/x", "/b/x")', {"/b/x"}),
        ('p <- ifelse(test = TRUE, yes = "/a/x", no = "/b/x")', {"/a/x"}),
        ('p <- switch(kind(), day = "/a/x", "/b/x")', {"/a/x", "/b/x"}),
        ('p <- switch("day", day = "/a/x", night = "/b/x")', {"/a/x"}),
        ('p <- switch("noon", day = "/a/x", "/b/x")', {"/b/x"}),
        ('p <- switch("noon", day = "/a/x")', set()),
    ],
)
def test_choices(text, read):
    """What a choice gives is known where its test is, else it is any of what it may give."""
    assert reads(_run(text + "\nread.csv(p)")) == read


def test_the_folder_of_a_script_that_nobody_sources():
    """A program that cron starts is sourced by nobody: its working folder is meant."""
    text = (
        'at <- ifelse(is.null(sys.frames()), getwd(), dirname(sys.frame(1)$ofile))\nread.csv(paste0(at, "/in/x.csv"))'
    )
    assert reads(_run(text, "cd /srv && Rscript /opt/p.R")) == {"/srv/in/x.csv"}


def test_a_default_that_is_null():
    """`is.null` tells a parameter that is not given."""
    text = 'f <- function(d = NULL) {\n  if (is.null(d)) d <- "/a/x"\n  read.csv(d)\n}\n'
    assert reads(_run(text + "f()")) == {"/a/x"}
    assert reads(_run(text + 'f("/b/x")')) == {"/b/x"}


@pytest.mark.parametrize(
    ("text", "read", "written"),
    [
        ('x <- foreign::read.spss("/a/x")', {"/a/x"}, set()),
        ('x <- qs::qread("/a/x")\nqs::qsave(x, "/a/y")', {"/a/x"}, {"/a/y"}),
        ('unzip("/a/x", exdir = "/b")', {"/a/x"}, set()),
        ('zip("/a/x", files = "/b/y")', set(), {"/a/x"}),
        ('capture.output(1, file = "/a/x")', set(), {"/a/x"}),
        ('tiff("/a/x")', set(), {"/a/x"}),
        # SQL over tables in memory, a package of another language, a plot on the screen.
        ('sqldf("SELECT a FROM sales WHERE a > 1")', set(), set()),
        ('np <- import("numpy")', set(), set()),
        ("capture.output(x)", set(), set()),
    ],
)
def test_files(text, read, written):
    """Each reads or writes the file that it names, and nothing else."""
    found = _run(text)
    assert (reads(found), writes(found)) == (read, written)

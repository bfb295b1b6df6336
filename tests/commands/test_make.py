"""What a call of make does, as its makefile says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from migrator.commands import CommandFacts
from migrator.commands.make_rules import Makefile
from migrator.commands.make_text import Expander, Variable
from migrator.commands.makefile import statements
from migrator.commands.scope import Source
from tests.commands.tools import facts, names, reads, writes


def made(makefile: str, call: str = "make -C /p", **more: str) -> CommandFacts:
    """Read a call of make in a folder with this makefile; `more` are other files, by name."""
    files = {"p/Makefile": makefile, **more}
    return facts(call, files)


def test_targets_go_in_the_order_of_the_call_and_prerequisites_go_first() -> None:
    """A prerequisite that two targets share is made once."""
    makefile = "load: base\n\tload.py\nbase:\n\tbase.py\nsend: base load\n\tsend.py\n"
    assert names(made(makefile, "make -C /p send load")) == ["base.py", "load.py", "send.py"]
    assert names(made(makefile, "make -C /p load send")) == ["base.py", "load.py", "send.py"]


def test_targets_that_only_speak_are_no_steps() -> None:
    """A crontab's frame of log targets around the work."""
    makefile = "start:\n\t@date +'%F START $(TITLE)'\nwork:\n\twork.py\nstop:\n\t@echo STOP $(TITLE)\n"
    assert names(made(makefile, 'cd /p; ( make TITLE="the work" start work stop ) >> /var/log/x.log 2>&1')) == [
        "work.py"
    ]


def test_the_command_line_beats_the_makefile() -> None:
    """But for `override`."""
    makefile = "OUT = /a\noverride KEPT = /k\nall:\n\tcp /s $(OUT)/x\n\tcp /s $(KEPT)/x\n"
    assert writes(made(makefile)) == {"/a/x", "/k/x"}
    assert writes(made(makefile, "make -C /p OUT=/b KEPT=/c")) == {"/b/x", "/k/x"}


@pytest.mark.parametrize(
    ("head", "out"),
    [
        ("X := /a\nOUT := $(X)/d\nX := /b\n", "/a/d"),
        ("X = /a\nOUT = $(X)/d\nX = /b\n", "/b/d"),
        ("OUT = /a\nOUT ?= /b\n", "/a"),
        ("OUT ?= /b\n", "/b"),
        ("L = a\nL += b\nOUT = /x/$(lastword $(L))\n", "/x/b"),
        ("define OUT\n/a\nendef\n", "/a"),
        ("L = a b\nOUT = $(addprefix /x/,$(lastword $(L)))\n", "/x/b"),
        ("F = /a/b.raw\nOUT = $(F:.raw=.csv)\n", "/a/b.csv"),
        ("F = /a/b.raw\nOUT = $(patsubst %.raw,%.csv,$(F))\n", "/a/b.csv"),
        ("where = /w/$(1)\nOUT = $(call where,z)\n", "/w/z"),
        ("OUT = $(if ,/a,/b)\n", "/b"),
        ("OUT = $(dir /a/b/c.csv)x\n", "/a/b/x"),
        ("OUT = /$(notdir /a/b)$(filter-out a,a /c)\n", "/b/c"),
    ],
)
def test_variables_and_functions(head: str, out: str) -> None:
    """`=` at its use, `:=` at its place, `?=` where nothing is set."""
    assert writes(made(head + "all:\n\tcat /s > $(OUT)\n")) == {out}


def test_what_a_shell_says_stays_unknown() -> None:
    """`$(shell …)` is a run's to know; that it asks the clock is known."""
    found = made(
        "DAY := $(shell date +%F)\nROOT := $(shell jq -r .path < conf.json)\nall:\n\tcp /s $(ROOT)/out-$(DAY).csv\n"
    )
    assert writes(found) == {"*/out-*.csv"}
    assert any(str(trait.trait) == "date-dependent" for trait in found.traits)


@pytest.mark.parametrize(
    ("condition", "call", "step"),
    [
        ("ifeq ($(MODE),full)", "make -C /p MODE=full", "then.py"),
        ("ifeq ($(MODE),full)", "make -C /p MODE=part", "else.py"),
        ("ifeq ($(MODE),full)", "make -C /p", "else.py"),
        ("ifneq ($(MODE),full)", "make -C /p MODE=full", "else.py"),
        ('ifeq "$(MODE)" "full"', "make -C /p MODE=full", "then.py"),
        ("ifdef MODE", "make -C /p MODE=x", "then.py"),
        ("ifdef MODE", "make -C /p", "else.py"),
        ("ifndef MODE", "make -C /p", "then.py"),
        ("ifeq ($(OS),Windows_NT)", "make -C /p", "else.py"),
        ("ifeq ($(MODE),x)\nRUN = no.py\nelse ifeq ($(MODE),full)", "make -C /p MODE=full", "then.py"),
    ],
)
def test_conditions_that_the_call_decides(condition: str, call: str, step: str) -> None:
    """What neither the makefile, the call nor cron sets is empty."""
    assert names(made(f"{condition}\nRUN = then.py\nelse\nRUN = else.py\nendif\nall:\n\t$(RUN)\n", call)) == [step]


def test_a_condition_that_only_a_run_decides_leaves_both() -> None:
    """A variable is unknown then, and both recipes are read."""
    makefile = (
        "ifeq ($(shell uname),Linux)\nOUT = /a\nall:\n\tone.py\nelse\nOUT = /b\nall:\n\ttwo.py\nendif\n"
        "all: last\nlast:\n\tcp /s $(OUT)/x\n"
    )
    found = made(makefile)
    assert names(found) == ["cp", "one.py", "two.py"]
    assert writes(found) == {"*/x"}


def test_the_environment_of_the_crontab_decides_too() -> None:
    """A setting above the line is in make's environment."""
    makefile = "ifeq ($(STAGE),prod)\nall:\n\tprod.py\nelse\nall:\n\ttest.py\nendif\n"
    files = {"p/Makefile": makefile}
    assert names(facts("make -C /p", files, settings={"STAGE": "prod"})) == ["prod.py"]
    assert names(facts("STAGE=prod make -C /p", files)) == ["prod.py"]
    assert names(facts("make -C /p", files)) == ["test.py"]


def test_pattern_rules_make_what_has_no_rule() -> None:
    """The stem goes into the prerequisites; the recipe sees target, source and stem."""
    makefile = "all: /o/a.csv /o/b.csv\n/o/%.csv: /r/%.raw\n\tconvert.py < $< > $@\n"
    found = made(makefile)
    assert names(found) == ["convert.py", "convert.py-2"]
    assert reads(found) == {"/r/a.raw", "/r/b.raw"}
    assert writes(found) == {"/o/a.csv", "/o/b.csv"}


def test_static_patterns_and_grouped_directories() -> None:
    """`targets: pattern: prerequisites`, and `$(@F)`."""
    found = made("all: /o/a.gz\n/o/a.gz /o/b.gz: /o/%.gz: /r/%\n\tgzip -c $< > /out/$(@F)\n")
    assert writes(found) == {"/out/a.gz"}
    assert reads(found) == {"/r/a"}


def test_includes_are_read_from_the_folder_of_the_call() -> None:
    """A missing one is said, unless it may be missing."""
    found = made("include rules.mk\n-include gone.mk\nall: build\n", **{"p/rules.mk": "build:\n\tbuild.py\n"})
    assert names(found) == ["build.py"]
    assert not found.unclear or "build.py" in found.unclear[0]
    missing = made("include gone.mk\nall:\n\twork.py\n")
    assert any("gone.mk" in why for why in missing.unclear)


def test_makefiles_that_include_each_other_end() -> None:
    """Each is read once on the way."""
    assert names(
        made("include a.mk\nall:\n\twork.py\n", **{"p/a.mk": "include b.mk\n", "p/b.mk": "include a.mk\n"})
    ) == ["work.py"]


def test_a_recursive_make_keeps_the_settings_of_the_call() -> None:
    """`$(MAKE)` hands them on."""
    makefile = "all:\n\t$(MAKE) part\npart:\n\tcp /s $(OUT)/x\n"
    assert writes(made(makefile, "make -C /p OUT=/b")) == {"/b/x"}
    below = made("all:\n\t$(MAKE) -C sub load\n", **{"p/sub/Makefile": "load:\n\tcp /s here\n"})
    assert writes(below) == {"/p/sub/here"}


def test_a_make_that_calls_itself_for_ever_ends() -> None:
    """And says so."""
    found = made("all:\n\t$(MAKE) all\n\t$(MAKE) all\n\t$(MAKE) all\n")
    assert any("too often" in why for why in found.unclear)


def test_a_dry_run_does_nothing() -> None:
    """`-n` prints what would be done, `-q` asks."""
    makefile = "all:\n\twork.py\n"
    assert names(made(makefile, "make -n -C /p; other.py")) == ["other.py"]
    assert names(made(makefile, "make -sC /p")) == ["work.py"]


@pytest.mark.parametrize(
    "call",
    [
        "make -C /p -j 4 load",
        "make -j4 -C /p load",
        "make -j -C /p load",
        "make -kj2 --directory=/p load",
        "make --file /p/Makefile load",
    ],
)
def test_options_are_no_targets(call: str) -> None:
    """A number behind `-j` is its own."""
    assert names(made("all:\n\tno.py\nload:\n\tload.py\n", call)) == ["load.py"]


def test_a_target_without_a_rule_is_said() -> None:
    """The call is then a step that is not known."""
    found = made("all:\n\twork.py\n", "make -C /p nothing")
    assert names(found) == ["make nothing"]
    assert any("no rule for `nothing`" in why for why in found.unclear)


def test_the_last_recipe_counts_and_double_colons_add() -> None:
    """As make warns."""
    assert names(made("all:\n\tone.py\nall:\n\ttwo.py\n")) == ["two.py"]
    assert names(made("all::\n\tone.py\nall::\n\ttwo.py\n")) == ["one.py", "two.py"]


def test_one_shell_for_a_whole_recipe() -> None:
    """`.ONESHELL` keeps the folder from line to line; without it each line begins anew."""
    recipe = "all:\n\tcd /w\n\tcat /s > here\n"
    assert writes(made(".ONESHELL:\n" + recipe)) == {"/w/here"}
    assert writes(made(recipe)) == {"/p/here"}


def test_a_recipe_goes_on_behind_a_condition() -> None:
    """Conditions stand between its lines, too."""
    makefile = "all:\n\tone.py\nifdef MORE\n\ttwo.py\nendif\n\tthree.py\n"
    assert names(made(makefile, "make -C /p MORE=1")) == ["one.py", "two.py", "three.py"]
    assert names(made(makefile)) == ["one.py", "three.py"]


def test_variables_of_one_target() -> None:
    """They are set for its recipe."""
    assert writes(made("all: OUT = /only\nall:\n\tcp /s $(OUT)/x\n")) == {"/only/x"}


def test_exported_variables_reach_the_recipe_as_environment() -> None:
    """`$$NAME` is the shell's."""
    assert writes(made("export OUT = /e\nLOCAL = /l\nall:\n\tcp /s $$OUT/x\n\tcp /s $$LOCAL/y\n")) == {"/e/x", "*/y"}


def test_text_that_doubles_ends() -> None:
    """Thirty variables that each hold the one before twice."""
    lines = "".join(f"V{n} = $(V{n - 1})$(V{n - 1})\n" for n in range(1, 40))
    found = made(f"V0 = xx\n{lines}all:\n\techo $(V39)\n\twork.py\n")
    assert "work.py" in names(found)
    assert any("more than is read" in why for why in found.unclear)


@pytest.mark.parametrize(("length", "spent"), [(5, 1), (5000, 101)])
def test_a_long_reference_counts_by_its_length(length: int, spent: int) -> None:
    """A text that names itself is read again and again: the work ends sooner the longer it is."""
    expander = Expander()
    expander.expand(f"$(call a,{'b' * length})")
    assert expander.spent == spent


def test_loops_of_make_end() -> None:
    """A loop in a loop in a loop over five hundred words."""
    words = " ".join(f"w{n}" for n in range(500))
    loop = "$(foreach a,$(L),$(foreach b,$(L),$(foreach c,$(L),x)))"
    assert names(made(f"L = {words}\nX = {loop}\nall:\n\twork.py $(X)\n")) == ["work.py"]


@settings(max_examples=60)
@given(st.text(alphabet="a:=%$(){}#\\\t\n ifeqndls,+?.-@<", max_size=80))
def test_any_text_is_read(text: str) -> None:
    """No makefile raises; what is read lies in the text."""
    lines = text.count("\n") + 1
    for statement in statements(text):
        for number, _ in getattr(statement, "recipe", ()):
            assert 1 <= number <= lines
    read = Makefile({}, lambda _name: None)
    read.read(Source(text, "Makefile"))
    for target in read.rules:
        read.rule(target)


@settings(max_examples=60)
@given(st.text(alphabet="ab$(){},:=% shelwordfi", max_size=60))
def test_any_reference_expands_within_bounds(text: str) -> None:
    """What variables hold may refer to them again."""
    expander = Expander({"a": Variable(text, simple=False), "b": Variable("$(a)$(a)", simple=False)})
    assert len(expander.expand(text + "$(b)")) <= 200_000


def test_a_target_named_by_the_clock_is_one_name() -> None:
    """`$(shell date +%F)` has a blank in it; the rule, the prerequisite and `$@` mean the same file."""
    makefile = "W := $(shell date +%G-W%V)\nall: out/$(W).html\nout/$(W).html: in.csv\n\tcp in.csv $@\n"
    found = made(makefile)
    assert names(found) == ["cp"]
    assert writes(found) == {"/p/out/*-W*.html"}
    assert not found.unclear


def test_prerequisites_are_read_where_no_command_names_them() -> None:
    """A file that only the rule names is what its recipe works on; the proof is the rule's line."""
    makefile = "all: a.png\n%.png: %.gp ../data/x.csv\n\tdraw > $@\n"
    found = made(makefile)
    assert reads(found) == {"/p/a.gp", "/data/x.csv"}
    assert {a.origin.line for a in found.touched if a.resource.name == "/data/x.csv"} == {2}


def test_phony_names_programs_and_rules_without_work_read_nothing() -> None:
    """A name is a file where it has a folder or an ending."""
    makefile = ".PHONY: a.x\nall: a.x b run.sh\n\ttrue\na.x: d/e.csv\nb: a.x run.sh\n\tload\n"
    assert reads(made(makefile)) == set()


def test_what_make_may_find_up_to_date_is_said() -> None:
    """A prerequisite is made again only where it is older than what it comes from; the goal of the call is wanted."""
    makefile = "all: x.csv\n\tsend x.csv\nx.csv: /in/a\n\tcp /in/a x.csv\n"
    assert [a.stale for a in made(makefile).touched if a.mode == "write"] == [True]
    assert [a.stale for a in made(makefile, "make -C /p x.csv").touched if a.mode == "write"] == [False]

"""report.md: what it says, and that no text of a user acts in it."""

import re

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from migrator.model import ScheduleKind, Target
from migrator.plan.clusters import ChangePart, FlipPart
from migrator.plan.document import ArtifactPart, ChosenPart, EnvironmentPart, LeftOutPart, VerdictPart
from migrator.plan.jobs import HubPart
from migrator.report import report
from tests.report import plans as p
from tests.report.hostile import hostile_plan, texts

CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def parsed(markdown: str) -> list[Token]:
    """Parse as GitHub does, tables and raw HTML included, and give all tokens, inline ones too."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(markdown)
    return [token for block in tokens for token in (block, *(block.children or ()))]


def section(markdown: str, heading: str) -> str:
    """Give the text below a heading of the second level."""
    return markdown.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def shape(markdown: str) -> list[str]:
    """Give the outline of a report: its headings' levels, tables' widths, lists and fences; no text."""
    return [f"{token.type} {token.tag} {token.info}" for token in parsed(markdown) if token.type not in INLINE]


INLINE = {"text", "code_inline", "softbreak", "inline", "text_special"}


def test_what_the_settings_ignore_is_not_what_cron_does_not_run():
    """The headline and the list of inactive jobs tell both apart."""
    ignored = p.job("a", active=False, inactive_kind="ignored", inactive_why="the settings say to ignore a")
    broken = p.job("b", 2, active=False, inactive_kind="no-newline", inactive_why="no last newline")

    def told(*jobs):
        text = report(p.plan(jobs, [p.cluster(job.id, [job.id]) for job in jobs]))
        return text.split("\n\n")[1], text.split("inactive job", 1)[1].split("\n\n")[1]

    headline, listed = told(ignored, broken, p.job("c", 3))
    assert "cron runs 2 of them today; the settings ignore 1 of them." in headline
    assert listed.startswith("The settings ignore 1 of them, which cron goes on running. Cron runs none of the others")
    headline, listed = told(ignored, p.job("c", 3))
    assert "cron runs" not in headline
    assert listed.startswith("The settings ignore them")
    assert told(broken, p.job("c", 3))[1].startswith("Cron runs none of these today")


def test_hazards_of_jobs_of_one_title_are_told_apart():
    """In a cluster of two jobs of one title a hazard names the line of its own."""
    jobs = [p.job("a", 3, title="load.sh"), p.job("b", 4, title="load.sh"), p.job("c", 5)]
    one = p.cluster("all", ["a", "b", "c"], dependencies=2, hazards=(p.hazard("b"), p.hazard("c", slug="overlap")))
    text = report(p.plan(jobs, [one]))
    assert "- **silent**, `load.sh (etc/crontab:4)`: " in text
    assert "- **silent**, `c`: " in text


def test_says_what_was_found_where_it_goes_and_what_is_open():
    """The first paragraph is enough for those who read one."""
    headline = report(p.small_plan()).split("\n\n")[1]
    assert "hold **8 jobs** (2 more copies on other hosts); cron runs 7 of them today" in headline
    assert "1 cluster (4 jobs) goes to **Step Functions**" in headline
    assert "1 cluster (1 job) stays on the host" in headline
    assert "costs $0 a month now and **$0.75–$3.66** then" in headline
    assert "1 hazard that would go wrong in silence, 1 line that could not be read and 1 question" in headline


def test_an_unknown_bill_is_never_zero():
    """What is known is told apart from what the rest depends on."""
    answer = p.recommendation(Target.MWAA)
    cluster = p.cluster("a", ["a"], Target.MWAA, recommendation=answer)
    portfolio = p.portfolio([cluster], known=p.money(5), unknown=1)
    markdown = report(p.plan([p.job("a")], [cluster], portfolio=portfolio))
    assert "then $5.00 for what is known; the bill of 1 cluster depends on run times" in markdown
    assert "| MWAA | 1 | 1 | depends on run times |" in markdown
    assert "| MWAA ◀ | $212–$358 | depends on run times | depends on run times |" in markdown


def test_a_shared_bill_that_is_unknown_says_what_it_depends_on():
    """All clusters may be known and their common bill not."""
    cluster = p.cluster("a", ["a"])
    chosen = {Target.EVENTBRIDGE: ChosenPart(clusters=1, jobs=1, monthly=None)}
    shared = {Target.EVENTBRIDGE: p.estimate(None, None, "the region")}
    portfolio = p.portfolio([cluster], chosen=chosen, shared=shared, alternatives=())
    text = report(p.plan([p.job("a")], [cluster], portfolio=portfolio))
    assert "| EventBridge Scheduler | 1 | 1 | depends on the region |" in text
    assert "Other ways" not in text


def test_nothing_open_is_said_too():
    """A plan without open points says so."""
    assert "Nothing is open." in report(p.plan([p.job("a")], [p.cluster("a", ["a"])]))


def test_every_target_says_how_its_files_are_used():
    """What stays on its host has no files and needs no word."""
    for target in (Target.EVENTBRIDGE, Target.STEP_FUNCTIONS, Target.AIRFLOW, Target.MWAA):
        artifact = ArtifactPart(path=f"artifacts/{target}/x", target=target, jobs=("a",))
        text = report(
            p.plan([p.job("a")], [p.cluster("a", ["a"], target)]).model_copy(update={"artifacts": (artifact,)})
        )
        assert "deploy" in text.partition("The files that do it")[2].lower()
    assert "The files that do it" not in report(p.plan([p.job("a")], [p.cluster("a", ["a"])]))


def test_the_sections_stand_in_reading_order():
    """From what was read to how it was made."""
    left_out = (LeftOutPart(job="backup", target=Target.EVENTBRIDGE, why="of a reason"),)
    shown = report(p.small_plan().model_copy(update={"left_out": left_out}))
    headings = re.findall(r"^## (.*)$", shown, re.MULTILINE)
    assert headings == [
        "What was read",
        "Overview",
        "Where it goes",
        "Clusters",
        "Waves",
        "The files that do it",
        "Cluster by cluster",
        "Jobs on their own",
        "1 inactive job",
        "1 question to answer",
        "1 line could not be read",
        "1 remark on lines and files",
        "1 text that looks like a secret",
        "How this was made",
    ]


def test_the_ledger_adds_up():
    """The last row is the sum of the others."""
    assert "| **2 files** |  |  | 21 | 8 | 2 | 6 | 2 | 2 | 1 |" in report(p.small_plan())


def test_a_long_ledger_shows_what_needs_a_look():
    """Above forty files the quiet ones are left to the data."""
    rows = tuple(p.ledger(f"f{number:03}", 1) for number in range(100))
    noisy = p.ledger("unread-file", 0, unread=3)
    text = section(report(p.plan([p.job("a")], [p.cluster("a", ["a"])], ledger=(*rows, noisy))), "What was read")
    assert "Shown are 12 of 101 files" in text
    assert "`unread-file`" in text
    assert "**101 files**" in text
    assert text.count("\n| `") == 12


def test_a_small_cluster_is_mermaid_with_links_to_its_picture():
    """Two to twelve jobs are drawn in the text itself."""
    text = report(p.small_plan(), ["overview", "extract-orders"])
    assert "![All clusters by target](graphs/overview.svg)" in text
    assert "```mermaid" in section(text, "Cluster by cluster")
    assert "[SVG](graphs/extract-orders.svg), [PNG](graphs/extract-orders.png)" in text


def test_a_large_cluster_shows_its_picture():
    """Above twelve jobs the picture itself is shown, and Mermaid only where none was drawn."""
    plan = p.lattice(4, 4)
    assert "![Jobs and dependencies of the cluster](graphs/lattice.svg)" in report(plan, ["lattice", "overview"])
    assert "```mermaid" not in report(plan, ["lattice", "overview"])
    assert "```mermaid" in section(report(plan), "Cluster by cluster")


def test_a_cluster_section_has_evidence_reasons_costs_and_doubts():
    """Everything that a reviewer asks is in the section."""
    text = section(report(p.small_plan()), "Cluster by cluster")
    assert "4 jobs, 4 units, 4 steps, 4 dependencies, longest chain 4, 122 starts a month" in text
    assert "| `load-orders` | at 06:45 every day | 30 | 1 | 1 | `etc/crontab:5` |" in text
    assert "Times are those of Europe/Riga." in text
    assert "- `extract-orders` → `load-orders`: file, confidence 0.95" in text
    assert "  - `opt/etl/load.sh:3` `extract-orders > /srv/a.sql` writes /srv/a.sql" in text
    assert "`mail-report` → `extract-orders`: file, the run before" in text
    assert "(`lone-job`): `opt/etl/load.sh:1`" in text
    assert "**Against Step Functions**" in text
    assert "- MWAA: one job needs no environment" in text
    assert "the host is retired: EventBridge Scheduler. Set `aws.compute = ecs`." in text
    assert "- runs: $0.75–$3.65 (1 × $3.65 per month; 720 hours a month; price unverified)" in text
    assert "**silent**, `load-orders`: 02:30 does not exist" in text
    assert "`mail-report`: mail.sh is not among the files read" in text


def test_dependencies_are_counted_as_they_are_listed():
    """What others imply is told apart: the list below has it, too."""
    cluster = p.cluster("c", ["a", "b", "c"], Target.STEP_FUNCTIONS, 2)
    ties = [p.needs("a", "b"), p.needs("b", "c"), p.needs("a", "c")]
    text = report(p.plan([p.job(name) for name in "abc"], [cluster], ties))
    assert "3 dependencies (1 implied by others)" in text


def test_a_question_about_jobs_names_jobs():
    """A cluster may have the id of its first job: who owns that job is no question about the cluster."""
    clusters = [p.cluster("a and 1 more", ["a", "b"], Target.STEP_FUNCTIONS, id="a")]
    question = p.small_plan().questions[0]
    asked = [question.model_copy(update={"about": ("a",), "jobs": jobs}) for jobs in (1, 2)]
    text = report(p.plan([p.job("a"), p.job("b")], clusters, questions=tuple(asked)))
    assert "About `a`." in text
    assert "About `a and 1 more`." in text


def test_one_job_forms_no_clusters():
    """A single job is not told as a crowd."""
    assert "They form" not in report(p.plan([p.job("a")], [p.cluster("a", ["a"])])).split("\n\n")[1]


def test_jobs_are_told_in_the_order_of_their_dependencies():
    """The table begins with what starts the chain, whatever the ids."""
    jobs = [p.job("a-last"), p.job("b-first")]
    plan = p.plan(
        jobs, [p.cluster("c", ["a-last", "b-first"], Target.STEP_FUNCTIONS, 1)], [p.needs("b-first", "a-last")]
    )
    text = section(report(plan), "Cluster by cluster")
    assert text.index("| `b-first`") < text.index("| `a-last`")


def test_zones_that_differ_stand_at_each_job():
    """One zone is said once, two are said where they hold, and a start by others has none."""
    upstream = p.schedule("after others", kind=ScheduleKind.UPSTREAM, timezone=None)
    jobs = [
        p.job("a", schedule=p.schedule("at 01:00", timezone="Europe/Riga")),
        p.job("b", schedule=p.schedule("at 02:00", timezone=None)),
        p.job("c", schedule=upstream),
    ]
    text = report(p.plan(jobs, [p.cluster("x", ["a", "b", "c"], Target.STEP_FUNCTIONS)]))
    assert "at 01:00 (Europe/Riga)" in text
    assert "at 02:00 (time zone not known)" in text
    assert "after others |" in text


def test_open_pinned_and_cyclic_clusters_say_so():
    """Nobody takes an open answer for a decision."""
    clusters = [
        p.cluster("a", ["a"], recommendation=p.recommendation(Target.AIRFLOW, undecided="the hours are not known")),
        p.cluster("b", ["b"], recommendation=p.recommendation(Target.EVENTBRIDGE, pinned=True)),
        p.cluster("c", ["c", "d"], Target.STEP_FUNCTIONS, 2, cyclic=True),
    ]
    jobs = [p.job(name) for name in "abcd"]
    text = report(p.plan(jobs, clusters, [p.needs("c", "d"), p.needs("d", "c")]))
    assert "**Open:** the hours are not known." in text
    assert "| Airflow on EC2 (open) |" in text
    assert "**Pinned by the user** to EventBridge Scheduler." in text
    assert "run in a circle" in text


def test_links_lead_to_headings_that_are_there():
    """Every link inside the report has its target, as GitHub names it."""
    text = report(p.small_plan(), ["overview", "extract-orders"])
    headings = [line.lstrip("# ").lower() for line in text.splitlines() if line.startswith("#")]
    anchors = {re.sub(r"[^\w\- ]", "", heading).replace(" ", "-") for heading in headings}
    linked = set(re.findall(r"\]\(#([^)]*)\)", text))
    assert linked
    assert linked <= anchors


def test_two_clusters_of_one_title_are_told_apart_by_their_place():
    """Table, heading, waves and questions show which is meant."""
    clusters = [
        p.cluster("same", [name], id=name, file_name=name, recommendation=p.recommendation(Target.MWAA))
        for name in "ab"
    ]
    jobs = [p.job("a", 1, title="same"), p.job("b", 2, title="same")]
    question = p.small_plan().questions[0].model_copy(update={"about": ("a", "b")})
    wave = p.small_plan().waves[0].model_copy(update={"clusters": ("a", "b")})
    text = report(p.plan(jobs, clusters, questions=(question,), waves=(wave,)))
    assert "| [same (etc/crontab:2)](#same-etccrontab2-mwaa) |" in text
    assert "### same (etc/crontab:2): MWAA" in text
    assert "`same (etc/crontab:1)`, `same (etc/crontab:2)`" in section(text, "Waves")
    assert "About `same (etc/crontab:1)`, `same (etc/crontab:2)`." in text


def test_a_link_that_could_lead_to_the_wrong_section_is_left_out():
    """Two titles that differ in punctuation only have one anchor."""
    clusters = [
        p.cluster(name, [name], file_name=name[:1], recommendation=p.recommendation(Target.MWAA))
        for name in ("a!", "a?")
    ]
    assert "](#" not in report(p.plan([p.job("a!"), p.job("a?")], clusters))


def test_jobs_on_their_own_are_one_line_each():
    """Two hundred lone jobs make a table, not two hundred sections."""
    names = [f"job-{number}" for number in range(200)]
    clusters = [p.cluster(name, [name], hazards=(p.hazard(name),)) for name in names]
    text = report(p.plan([p.job(name) for name in names], clusters))
    assert text.count("\n### ") == 2
    assert "no other job reads what it writes or writes what it reads (200): `job-0`, `job-1`" in text
    assert "| Runner-up |" in text
    assert "**clock-change** (silent, 200 jobs): 02:30 does not exist" in text
    assert len(text.splitlines()) < 300


def test_many_clusters_share_sections_by_shape():
    """Above sixty clusters one of each shape is told, and the others are named there."""
    names = [(f"a{number}", f"b{number}") for number in range(70)]
    clusters = [
        p.cluster(one, [one, other], Target.STEP_FUNCTIONS, 1, shape="odd" if number == 7 else "even")
        for number, (one, other) in enumerate(names)
    ]
    ties = [p.needs(*pair) for pair in names]
    text = report(p.plan([p.job(name) for pair in names for name in pair], clusters, ties))
    assert len(re.findall(r"^### ", text, re.MULTILINE)) == 2
    assert "The same holds for 68 more clusters of this shape" in text
    assert "| 69 × [" in text


def test_a_bill_that_was_shown_is_not_shown_again():
    """The same lines for the runner-up are told once and then pointed at."""
    clusters = [
        p.cluster(name, [name], recommendation=p.recommendation(Target.STEP_FUNCTIONS, runner_up=Target.AIRFLOW))
        for name in ("first", "second")
    ]
    text = report(p.plan([p.job("first"), p.job("second")], clusters))
    assert text.count("$36–$107 (") == 1
    assert "Airflow on EC2, line by line: as for `first`." in text


def test_environments_notes_and_flips_are_told():
    """What is shared, what holds for many jobs, and the settings that would change the answer."""
    cluster = p.cluster(
        "a",
        ["a", "b"],
        Target.MWAA,
        recommendation=p.recommendation(
            Target.MWAA,
            notes=("also consider something",),
            flips=(FlipPart(when="with 2 engineers", to=Target.AIRFLOW, change=ChangePart(key="k", value=2)),),
        ),
    )
    environment = EnvironmentPart(
        target=Target.MWAA, name="pci", clusters=("c-a",), jobs=2, dags=1, monthly=p.money(212), why="they share it"
    )
    portfolio = p.portfolio([cluster], environments=(environment,))
    text = report(p.plan([p.job("a"), p.job("b")], [cluster], portfolio=portfolio, notes=("keep the `PATH`",)))
    assert "One MWAA environment for `pci`: 1 cluster, 2 jobs, 1 DAG, $212 a month in all; they share it" in text
    assert "- keep the `PATH`" in section(text, "What holds for many jobs")
    assert "with 2 engineers: Airflow on EC2. Set `k = 2`." in text
    assert "- also consider something" in text


def test_units_are_told_where_there_are_several():
    """A job of one unit needs no list."""
    steps = tuple(p.job("x").steps[0].model_copy(update={"text": f"step {number}"}) for number in range(20))
    units = tuple(p.job("x").units[0].model_copy(update={"steps": (number,)}) for number in range(14))
    whole = (*units, units[0].model_copy(update={"steps": (14, 15, 16, 17, 18, 19), "why": ""}))
    jobs = [p.job("a", steps=steps, units=whole), p.job("b")]
    text = report(p.plan(jobs, [p.cluster("c", ["a", "b"], Target.STEP_FUNCTIONS)]))
    assert "  1. `step 0` (the only step)" in text
    assert "  13. 3 more units in `plan.json`" in text
    assert section(text, "Cluster by cluster").count("\n- `b`") == 0


def test_what_is_too_much_is_counted():
    """Long lists end in a number, and say where the rest is."""
    cluster = p.cluster("a", ["a"])
    lines = tuple(p.small_plan().unread[0].model_copy(update={"line": number}) for number in range(150))
    text = report(p.plan([p.job("a")], [cluster], unread=lines, ledger=(p.ledger(unread=150),)))
    assert "50 more are in `plan.json`." in text
    plan = p.lattice(9, 8)
    assert "12 more are in `jobs.csv` and `plan.json`." in report(plan)
    assert re.search(r"and \d+ more in `plan.json`", report(plan))
    assert "one cluster of each shape" not in report(plan)
    lone = [p.cluster(f"j{number}", [f"j{number}"]) for number in range(310)]
    text = report(p.plan([p.job(c.jobs[0], owner=f"team {c.id}") for c in lone], lone))
    assert "210 more are in `jobs.csv` and `plan.json`." in text
    assert "for one cluster of each shape" in text
    off = {"active": False, "inactive_kind": "bad-line", "inactive_why": "line 3 is bad"}
    idle = [p.job(f"j{number}", number, **off) for number in range(50)]
    text = report(p.plan(idle, [p.cluster(one.id, [one.id]) for one in idle]))
    assert "| `etc/crontab` | 50 | bad-line | line 3 is bad |" in text
    assert "drawn as" in report(plan)


def test_many_jobs_on_their_own_that_are_alike_share_a_row():
    """All but name, time and place is the same: owner, units, hazards; up to a hundred have a row each."""

    def told(count):
        jobs = [p.job(f"j{n}", n, f"at minute {n % 60}", owner="web" if n == 7 else None) for n in range(1, count + 1)]
        plan = p.plan(jobs, [p.cluster(job.id, [job.id]) for job in jobs])
        return section(report(plan), "Jobs on their own")

    text = told(101)
    assert "| 100 jobs: `j1`, `j10`, `j100` and 97 more | at minute 1 and 59 other schedules | 1 | – |" in text
    assert "| `etc/crontab:1` and 99 more | stay on the host | – |" in text
    assert "| `j7` | at minute 7 | 1 | `web` | `etc/crontab:7` |" in text
    assert "share a row" in text
    assert "share a row" not in told(100)


def test_of_many_files_those_that_fail_come_first():
    """Twelve of them, or all that fail, and shared ones, which have checks of their own; up to sixty are all listed."""

    def told(count, failing=0):
        files = [
            ArtifactPart(path=f"artifacts/f{n}", target=Target.EVENTBRIDGE, jobs=(f"j{n}",)) for n in range(count - 1)
        ]
        files.append(ArtifactPart(path="artifacts/base", target=Target.EVENTBRIDGE, jobs=()))
        verdicts = [
            VerdictPart(job=f"j{number}", check="parse", holds=number >= failing, why="w", tool="migrator")
            for number in range(count - 1)
        ]
        for holds, path in ((True, "artifacts/base"), (None, "artifacts/base"), (True, "artifacts/other")):
            verdicts.append(VerdictPart(job="", check="c", holds=holds, why=f"{path} is read", tool="migrator"))
        plan = p.plan([p.job("a")], [p.cluster("a", ["a"])], artifacts=tuple(files), verdicts=tuple(verdicts))
        return section(report(plan), "The files that do it")

    text = told(61)
    assert "Shown are 12 of 61 files" in text
    assert text.count("| `artifacts/") == 12
    assert "| `artifacts/base` | 0 | 1 | 0 | 1 |" in text
    assert "- c: artifacts/base is read\n" in text + "\n"
    text = told(61, failing=20)
    assert text.count("| 1 | 0 | 1 | 0 |") == 20
    assert "Shown are 20 of 61 files" in text
    assert told(60).count("| `artifacts/") == 60


def test_an_empty_plan_has_a_report():
    """No job, no cluster: the account is there all the same."""
    text = report(p.plan([], [], ledger=(p.ledger(jobs=0),)))
    assert "**0 jobs**" in text
    assert "## How this was made" in text


def test_hubs_and_notes_of_the_writing_are_in_the_method():
    """What joins nothing, and what was left out."""
    plan = p.plan([p.job("a")], [p.cluster("a", ["a"])], hubs=(HubPart(name="/var/log", jobs=("a",)),))
    text = report(plan, notes=["No pictures were asked for"])
    assert "Touched by too many jobs to mean an order, so they join none: `/var/log`." in text
    assert "- No pictures were asked for" in text


def test_what_is_not_there_is_left_out():
    """No reasons, no bill, no price list, nobody to ask: no empty heading for it."""
    bare = p.recommendation(Target.EVENTBRIDGE, reasons=(), estimates={}, rejected=(), flips=())
    moved = p.recommendation(Target.STEP_FUNCTIONS, reasons=(), estimates={}, rejected=(), flips=(), runner_up=None)
    clusters = [
        p.cluster("a", ["a"], recommendation=bare),
        p.cluster("b", ["b", "c"], recommendation=moved, owners=()),
    ]
    metrics = clusters[1].metrics.model_copy(
        update={"dependencies": 1, "branches": 2, "width": 2, "runs_per_month": None}
    )
    clusters[1] = clusters[1].model_copy(update={"metrics": metrics})
    portfolio = p.portfolio([], chosen={Target.EVENTBRIDGE: ChosenPart(clusters=1, jobs=1, monthly=None)}, unknown=2)
    asked = p.small_plan().questions[0].model_copy(update={"about": ()})
    plan = p.plan(
        [p.job("a", unclear=("eval",)), p.job("b", owner=None), p.job("c", owner=None)],
        clusters,
        [p.needs("b", "c", lag="previous-run")],
        portfolio=portfolio,
        prices="",
        questions=(asked,),
    )
    text = report(plan)
    assert "Why:" not in text
    assert "Prices:" not in text
    assert "Nobody is named as owner. Step Functions: not estimated a month." in text
    assert "2 branches, up to 2 side by side." in text
    assert "**Costs**" not in text
    assert "About" not in section(text, "1 question to answer")
    assert "| EventBridge Scheduler | 1 | 1 | not estimated |" in text
    assert "### What is unclear about them\n\n- eval: `a`" in text
    assert "| `a` | every day at 03:00 | 1 | `data` | `etc/crontab:1` | stay on the host | unclear |" in text


def test_the_same_plan_gives_the_same_text():
    """Nothing in the report depends on the moment."""
    assert report(p.small_plan(), {"overview", "extract-orders"}) == report(
        p.small_plan(), ["extract-orders", "overview"]
    )


PLAIN = shape(report(hostile_plan("plain")))


@pytest.mark.parametrize("text", texts())
def test_no_text_changes_the_shape_of_the_report(text):
    """Headings, tables, lists, links and fences are ours, whatever jobs are called."""
    markdown = report(hostile_plan(text))
    assert not CONTROL.search(markdown)
    tokens = parsed(markdown)
    assert not [token.content for token in tokens if token.type in ("html_block", "html_inline")]
    links = [str(token.attrs.get("href", "#")) for token in tokens if token.type == "link_open"]
    assert all(re.match(r"(#[\w%-]*|cutover/wave-1\.md)$", link) for link in links)
    assert not [token for token in tokens if token.type == "image"]
    if text.strip():
        left = [kind for kind in shape(markdown) if not kind.startswith("link")]
        assert left == [kind for kind in PLAIN if not kind.startswith("link")]
    outside = re.sub(r"(?s)```.*?```|`[^`\n]*`", "", markdown)
    assert not re.search(r"<\s*(script|iframe|img|svg|object|details)\b", outside, re.IGNORECASE)


def test_an_owner_of_one_job_is_not_shown_for_all():
    """Of a cluster and of the jobs on their own: the owners, and of how many jobs."""
    clusters = [p.cluster("one", ["a", "b"], Target.STEP_FUNCTIONS, dependencies=1), p.cluster("c", ["c"])]
    clusters.append(p.cluster("d", ["d"]))
    jobs = [p.job("a", owner="shop"), p.job("b", owner=None), p.job("c", owner="web"), p.job("d", owner=None)]
    text = report(p.plan(jobs, clusters))
    assert "Owner: `shop` (1 of 2 jobs)." in text
    table = section(text, "Clusters")
    assert "| `shop` (1 of 2 jobs) | 2 |" in table
    assert "| `web` (1 of 2 jobs) | 2 |" in table


def test_another_region_is_named_beside_the_figures():
    """In the summary, under the table of targets and above each bill; nowhere where the prices are the region's."""
    asked = {"region": "eu-central-1", "price_region": "us-east-1"}
    text = report(p.small_plan().model_copy(update=asked))
    assert "(prices of us-east-1, not of eu-central-1)" in text.split("##")[0]
    assert "All figures are at the prices of us-east-1; those of eu-central-1" in section(text, "Where it goes")
    assert "**Costs**, USD a month (prices of us-east-1, not of eu-central-1)" in text
    same = report(p.small_plan().model_copy(update=asked | {"region": "us-east-1"}))
    assert "prices of us-east-1, not" not in same
    assert "All figures" not in same


def test_pinned_targets_are_marked_where_everything_goes():
    """All of a target's clusters, or how many of them."""
    answer = p.recommendation(Target.AIRFLOW, pinned=True)
    pinned = p.cluster("a", ["a"], recommendation=answer)
    text = report(p.plan([p.job("a")], [pinned]))
    assert "| Airflow on EC2 (pinned) | 1 | 1 |" in section(text, "Where it goes")
    assert "1 cluster (1 job, pinned by the users) goes to **Airflow on EC2**" in text
    free = p.cluster("b", ["b"], recommendation=p.recommendation(Target.AIRFLOW))
    mixed = report(p.plan([p.job("a"), p.job("b")], [pinned, free]))
    assert "| Airflow on EC2 (1 pinned) | 2 | 2 |" in section(mixed, "Where it goes")
    assert "pinned" not in section(report(p.small_plan()), "Where it goes")


def test_the_tools_that_were_there_are_named():
    """What made checks, and what made none."""
    file = ArtifactPart(path="artifacts/x.yaml", target=Target.EVENTBRIDGE, jobs=("a",))
    checks = [("parse", True, "migrator"), ("lint", None, "cfn-lint"), ("SDK call", True, "botocore")]
    verdicts = tuple(
        VerdictPart(job="a", check=check, holds=holds, why="it is not installed", tool=tool)
        for check, holds, tool in checks
    )
    plan = p.plan([p.job("a")], [p.cluster("a", ["a"])], artifacts=(file,), verdicts=verdicts)
    told = section(report(plan), "The files that do it")
    assert "Tools that were there and made some of them: `botocore`." in told
    assert "Tools that made none, for the reason below: `cfn-lint`." in told
    ours = plan.model_copy(update={"verdicts": verdicts[:1]})
    assert "Tools that" not in report(ours)


def test_a_bill_with_an_environment_of_its_own_says_so():
    """Where the plan has an Airflow for other clusters anyway; silent in those, and where the plan has none."""
    lines = p.cluster("s", ["s"], Target.STEP_FUNCTIONS)
    bill = p.estimate(p.money(36, 154), p.money(0))
    answer = lines.recommendation.model_copy(update={"estimates": {Target.AIRFLOW: bill}})
    asking = lines.model_copy(update={"recommendation": answer})
    there = p.cluster("a", ["a"], Target.AIRFLOW)
    shared = EnvironmentPart(
        target=Target.AIRFLOW,
        name="",
        clusters=(there.id,),
        jobs=1,
        dags=1,
        monthly=p.money(36, 154),
        why="money is short",
    )
    jobs = [p.job("s"), p.job("a")]
    portfolio = p.portfolio([asking, there])
    text = report(p.plan(jobs, [asking, there], portfolio=portfolio.model_copy(update={"environments": (shared,)})))
    assert text.count("Airflow on EC2 is shown with an environment of its own.") == 1
    assert "of its own" not in report(p.plan(jobs, [asking, there], portfolio=portfolio))


def test_the_load_of_an_environment_is_told():
    """What its busiest minute asks of it stands beside its bill."""
    shared = EnvironmentPart(
        target=Target.MWAA, name="", clusters=(), jobs=8, dags=1, monthly=None, why="many jobs", load="Up to 8 at once"
    )
    one = p.cluster("a", ["a"])
    portfolio = p.portfolio([one]).model_copy(update={"environments": (shared,)})
    assert "many jobs. Up to 8 at once" in report(p.plan([p.job("a")], [one], portfolio=portfolio))


def test_a_part_of_an_environment_is_told_from_one_of_its_own():
    """Two clusters share one Airflow; MWAA beside it is a whole one. A cluster alone has no part."""
    estimates = {
        Target.AIRFLOW: p.estimate(p.money(18, 77), p.money(0)),
        Target.MWAA: p.estimate(p.money(248, 286), p.money(0)),
    }
    both = []
    for name in ("a", "b"):
        one = p.cluster(name, [name], Target.AIRFLOW)
        answer = one.recommendation.model_copy(update={"estimates": estimates, "runner_up": Target.MWAA})
        both.append(one.model_copy(update={"recommendation": answer}))

    def told(*clusters):
        shared = EnvironmentPart(
            target=Target.AIRFLOW,
            name="",
            clusters=tuple(one.id for one in clusters),
            jobs=2,
            dags=2,
            monthly=p.money(36, 154),
            why="money is short",
        )
        portfolio = p.portfolio(both).model_copy(update={"environments": (shared,)})
        return report(p.plan([p.job("a"), p.job("b")], both, portfolio=portfolio))

    assert told(*both).count("this cluster's part of the environment that 2 clusters share; MWAA is shown") == 2
    assert "runner-up MWAA: $248–$286 with an environment of its own" in told(*both)
    assert "part of the environment" not in told(both[0])


def test_scripts_that_are_not_there_are_told_in_one_line():
    """Four and more; a fault of the shell's text stands once, as code."""
    lacking = tuple(f"what `/opt/{name}.sh` does: it is not among the files read" for name in "abcd")
    fault = ("shell text that was not understood (syntax): x `y", "shell text that was not understood: x `y")
    one = p.cluster("a", ["a"])
    text = report(p.plan([p.job("a", unclear=(*lacking, *fault))], [one]))
    assert text.count("is not among the files read") == 0
    scripts = "`/opt/a.sh`, `/opt/b.sh`, `/opt/c.sh`, `/opt/d.sh`"
    assert f"- what these do, which are not among the files read: {scripts}\n" in text
    assert text.count("not understood") == 1
    few = report(p.plan([p.job("a", unclear=lacking[:2])], [one]))
    assert few.count("it is not among the files read: `a`") == 2

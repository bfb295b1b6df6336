"""What the terminal gets."""

import io
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from migrator.model import Target
from migrator.plan.clusters import ChangePart, FlipPart
from migrator.plan.document import LeftOutPart
from migrator.report import Written, print_explanation, print_plan, print_scan
from migrator.report.naming import UnknownNameError
from migrator.report.terminal.screen import Screen
from tests.report import plans as p
from tests.report.hostile import OWN, hostile_plan

WRITTEN = Written(Path("out"), ("graphs/a.png", "graphs/a.svg", "plan.json", "report.md"), p.small_plan())


def printed(show, *arguments, width=80):
    """Give what is printed at a width."""
    stream = io.StringIO()
    show(*arguments, stream, width=width)
    return stream.getvalue()


def test_scan_shows_ledger_jobs_and_what_was_not_read():
    """Counts, words, place, reason and remedy."""
    text = printed(print_scan, p.small_plan(), width=120)
    assert "21 lines in 2 files on 3 hosts; 8 jobs, 7 active" in text
    assert "etc/crontab:14: 61 is no minute; use 0–59" in text
    assert "61 * * * * root /x" in text
    assert "inactive: the file" in text
    assert "everything after % is standard input; write \\%" in text


def test_scan_lists_jobs_below_their_file():
    """The file stands once, its jobs with their lines below it; jobs that are files stand below their folder."""
    places = [("etc/crontab", 5), ("etc/crontab", 12), ("etc/cron.daily/clean", 0), ("etc/cron.daily/tidy", 0)]
    jobs = [
        p.job(f"job-{number}", origin=p.PlaceOf(path=path, line=line)) for number, (path, line) in enumerate(places)
    ]
    text = printed(print_scan, p.plan(jobs, [p.cluster(job.id, [job.id]) for job in jobs]))
    rows = text.split("4 jobs\n")[1].splitlines()[:6]
    assert [row.split()[:2] for row in rows] == [
        ["etc/crontab"],
        ["5", "job-0"],
        ["12", "job-1"],
        ["etc/cron.daily"],
        ["job-2", "every"],
        ["job-3", "every"],
    ]


def test_scan_names_the_zone_of_a_line_that_has_its_own():
    """A CRON_TZ holds for the lines below it; the host's zone is told elsewhere."""
    jobs = [
        p.job("a", schedule=p.schedule("at 09:00 every day", timezone="Asia/Tokyo", own_zone=True)),
        p.job("b", 2, schedule=p.schedule("at 09:00 every day", timezone="Asia/Tokyo")),
    ]
    text = printed(print_scan, p.plan(jobs, []))
    assert text.count("at 09:00 every day Asia/Tokyo") == text.count("Asia/Tokyo") == 1


def test_plan_shows_targets_money_questions_and_files():
    """What one wants to know before opening the report."""
    text = printed(print_plan, p.small_plan(), WRITTEN)
    assert "Step Functions                 1      4   $0.75–$3.65" in text
    assert "extract-orders" in text
    assert "Which time zone does cron use on etl1?" in text
    assert "Written to out:" in text
    assert "graphs/ (2 files)" in text


def test_jobs_without_a_file_are_told():
    """Who reads no further than the terminal hears that nothing was written for some jobs, and why."""
    left = [
        LeftOutPart(job=job, target=Target.EVENTBRIDGE, why=why) for job, why in (("a", "x"), ("b", "y"), ("c", "y"))
    ]
    text = printed(print_plan, p.small_plan().model_copy(update={"left_out": tuple(left)}), WRITTEN)
    assert "No file starts 3 jobs of those that move, for now:\n  • y (2 jobs)\n  • x (1 job)" in text
    assert "No file starts" not in printed(print_plan, p.small_plan(), WRITTEN)


def test_an_unknown_bill_is_open_not_zero():
    """The sum shows what is known and how many bills are open."""
    cluster = p.cluster("a", ["a"], Target.MWAA)
    portfolio = p.portfolio([cluster], known=p.money(5), unknown=1)
    text = printed(print_plan, p.plan([p.job("a")], [cluster], portfolio=portfolio), WRITTEN)
    assert "depends" in text
    assert "$5.00 + 1 open" in text


def test_long_lists_end_in_a_count():
    """A terminal is not a report."""
    names = [f"job-{number}" for number in range(81)]
    line, finding = p.small_plan().unread[0], p.small_plan().findings[0]
    question = p.small_plan().questions[0]
    plan = p.plan(
        [p.job(name) for name in names],
        [p.cluster("all", names)],
        ledger=tuple(p.ledger(f"f{number}") for number in range(50)),
        unread=tuple(line.model_copy(update={"line": number, "text": "", "remedy": ""}) for number in range(30)),
        findings=tuple(finding.model_copy(update={"line": number, "remedy": ""}) for number in range(30)),
        questions=tuple(question.model_copy(update={"id": f"q{number}"}) for number in range(9)),
    )
    scanned = printed(print_scan, plan)
    assert "20 more files" in scanned
    assert "21 more jobs" in scanned
    assert "10 more lines" in scanned
    assert "10 more remarks" in scanned
    assert "4 more questions in report.md" in printed(print_plan, plan, WRITTEN)
    pairs = [(f"a{number}", f"b{number}") for number in range(20)]
    clusters = [p.cluster(one, [one, two], Target.STEP_FUNCTIONS) for one, two in pairs]
    many = p.plan([p.job(name) for pair in pairs for name in pair], clusters)
    assert "8 more clusters in report.md" in printed(print_plan, many, WRITTEN)


def test_clusters_of_one_shape_share_a_row_in_a_fleet():
    """As they share a section of the report; sixty have a row each."""

    def told(count):
        pairs = [(f"a{number:02}", f"b{number:02}") for number in range(count)]
        clusters = [
            p.cluster(one, [one, two], Target.STEP_FUNCTIONS).model_copy(update={"shape": "odd" if n == 3 else "even"})
            for n, (one, two) in enumerate(pairs)
        ]
        return printed(print_plan, p.plan([p.job(name) for pair in pairs for name in pair], clusters), WRITTEN)

    assert "60 × a00" in told(61)
    assert "\na03 " in told(61)
    assert "more clusters" not in told(61)
    assert " × " not in told(60)
    assert "48 more clusters in report.md" in told(60)


def test_nothing_found_is_a_line():
    """No job, no table of jobs."""
    assert printed(print_scan, p.plan([], [], ledger=(p.ledger(jobs=0),))).endswith("0 jobs; 0 unread.\n")


def test_no_file_is_a_line():
    """An empty table tells nobody why it is empty."""
    assert printed(print_scan, p.plan([], [], ledger=())).startswith("No file was read: ")


def test_explain_tells_a_job_with_its_evidence():
    """Steps, effects, ties, reasons, bills and hazards of this job."""
    text = printed(print_explanation, p.small_plan(), "load-orders")
    assert "at 06:45 every day (0 3 * * *; Europe/Riga); 30 starts a month" in text
    assert "Reads: /srv/orders.csv" in text
    assert "extract-orders → load-orders: file, confidence 0.95" in text
    assert "opt/etl/load.sh:4 load-orders < /srv/a.sql – reads /srv/a.sql" in text
    assert "backup → load-orders: lock" in text
    assert "Step Functions ◀" in text
    assert "the host is retired: EventBridge Scheduler (aws.compute = ecs)" in text
    assert "silent: 02:30 does not exist" in text
    assert "Job mail-report" not in text


def test_explain_tells_a_cluster_with_all_its_jobs():
    """The title of a cluster that one of its jobs has too is the cluster."""
    text = printed(print_explanation, p.small_plan(), "extract-orders")
    assert "Cluster extract-orders: Step Functions" in text
    assert "mail-report → extract-orders: file, the run before" in text
    assert text.count("\nJob ") == 4
    assert "silent, load-orders: 02:30 does not exist" in text
    assert "Unclear: mail.sh is not among the files read" in text


def test_explain_tells_what_is_not_known():
    """No zone, no count, no bill, an open answer: each says so."""
    answer = p.recommendation(Target.MWAA, undecided="nobody knows", notes=("a note",))
    vague = p.schedule("at boot", timezone=None, runs_per_month=None)
    off = {"active": False, "inactive_kind": "bad-line", "inactive_why": None}
    plan = p.plan(
        [p.job("a", schedule=vague, replicas=p.replicas("w1"), **off)], [p.cluster("c", ["a"], recommendation=answer)]
    )
    text = printed(print_explanation, plan, "a", width=120)
    assert "time zone not known); how often is not known" in text
    assert "and on 1 more host" in text
    assert "Inactive: bad-line" in text
    assert "Open: nobody knows" in text
    assert "in no wave" in text
    bare = plan.clusters[0].recommendation.model_copy(update={"estimates": {}})
    unpriced = plan.model_copy(update={"clusters": (plan.clusters[0].model_copy(update={"recommendation": bare}),)})
    assert "USD a month" not in printed(print_explanation, unpriced, "a")


def test_explain_tells_how_far_an_answer_holds():
    """In how many worlds, for which jobs a change holds, and what was tried without effect."""
    change = ChangePart(key="dependencies.deny", value="[…]")
    flip = FlipPart(when="if b does not need a", to=Target.EVENTBRIDGE, change=change, undecided=True, jobs=("b",))
    answer = p.recommendation(
        Target.AIRFLOW,
        flips=(flip,),
        unmoved=("how often it runs", "how long it takes"),
        worlds={Target.AIRFLOW: 67, Target.MWAA: 33},
    )
    cluster = p.cluster("c", ["a", "b"], dependencies=1, recommendation=answer)
    text = printed(print_explanation, p.plan([p.job("a"), p.job("b")], [cluster]), "c", width=200)
    assert "How far it holds: Airflow on EC2 in 67 of 100 ways to answer what is open and MWAA in 33." in text
    assert "if b does not need a: EventBridge Scheduler for 1 of 2 jobs, still open (dependencies.deny = […])" in text
    assert "tried one by one, and changes nothing: how often it runs, how long it takes" in text
    plain = printed(print_explanation, p.plan([p.job("a")], [p.cluster("c", ["a"])]), "c")
    assert "How far" not in plain
    assert "tried one by one" not in plain


def test_prices_of_another_region_are_named():
    """Beside the bills of a plan and of one cluster; not where the region is the same or not stated."""
    one = p.plan([p.job("a")], [p.cluster("c", ["a"])], region="eu-central-1", price_region="us-east-1")
    assert "USD a month (prices of us-east-1, not of eu-central-1)" in printed(print_explanation, one, "c")
    for region in ("us-east-1", None):
        assert "prices of" not in printed(print_explanation, one.model_copy(update={"region": region}), "c")


def test_owners_of_some_jobs_are_not_those_of_all():
    """The owner of one job of two is shown with that number."""
    cluster = p.cluster("c", ["a", "b"], dependencies=1)
    jobs = [p.job("a", owner="shop"), p.job("b", owner=None)]
    assert "owner shop (1 of 2 jobs)" in printed(print_explanation, p.plan(jobs, [cluster]), "c")
    both = [p.job("a", owner="shop"), p.job("b", owner="data")]
    assert "owner data, shop\n" in printed(print_explanation, p.plan(both, [cluster]), "c")
    none = [p.job("a", owner=None), p.job("b", owner=None)]
    assert "owner" not in printed(print_explanation, p.plan(none, [cluster]), "c")


def test_an_unknown_name_is_an_error():
    """Nothing is printed for it."""
    with pytest.raises(UnknownNameError):
        printed(print_explanation, p.small_plan(), "nothing")


@pytest.mark.parametrize("text", OWN)
def test_no_text_acts_on_the_terminal(text):
    """No control character, no colour of the user's, no markup, and no line wider than the screen."""
    plan = hostile_plan(text)
    for shown in (
        printed(print_scan, plan),
        printed(print_plan, plan, WRITTEN),
        printed(print_explanation, plan, "c1"),
        printed(print_explanation, plan, "c"),
    ):
        assert all(character == "\n" or character.isprintable() for character in shown)
    if "[bold red]" in text:
        assert "[bold red]markup[/]" in printed(print_scan, plan, width=400)


@pytest.mark.parametrize("width", [80, 120])
def test_lines_keep_within_the_screen(width):
    """At both usual widths."""
    plan = p.small_plan()
    for shown in (
        printed(print_scan, plan, width=width),
        printed(print_plan, plan, WRITTEN, width=width),
        printed(print_explanation, plan, "extract-orders", width=width),
    ):
        assert max(len(line) for line in shown.splitlines()) <= width


def test_rich_is_imported_when_something_is_printed():
    """Start-up does not pay for it."""
    code = "import sys, migrator.report; print('rich' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        """Say so."""
        return True


def test_no_color_is_respected(monkeypatch):
    """A terminal gets colour unless NO_COLOR is set; a file gets none."""
    monkeypatch.setenv("TERM", "xterm-256color")
    for name in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    coloured = Terminal()
    print_scan(p.small_plan(), coloured)
    assert "\x1b[33m" in coloured.getvalue()
    monkeypatch.setenv("NO_COLOR", "1")
    plain = Terminal()
    print_scan(p.small_plan(), plain)
    assert "\x1b[33m" not in plain.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "a  ",
        "word " * 30,
        "x" * 90,
        "日本" * 12,
        "日本" * 40,
        "é–→•",
        "a" * 77 + " b",
        "a" * 76,
        "a" * 78,
        " a\u0301 ",
    ],
)
def test_lines_that_fit_are_what_the_console_prints(text):
    """They are written without its help, which takes ten times as long."""
    ours, theirs = io.StringIO(), io.StringIO()
    screen, console = Screen(ours, 40), Console(file=theirs, width=40, markup=False, highlight=False, emoji=False)
    screen.line(text, "bold")
    screen.heading(text)
    console.print(Text(text, style="bold"))
    console.print()
    console.print(Text(text, style="bold"))
    assert ours.getvalue() == theirs.getvalue()


def test_a_coloured_line_is_the_consoles():
    """Where colours are wanted, they are there."""
    stream = io.StringIO()
    screen = Screen(stream, 40)
    screen.console = Console(file=stream, width=40, force_terminal=True, color_system="standard")
    screen.line("a", "bold")
    assert stream.getvalue() == "\x1b[1ma\x1b[0m\n"

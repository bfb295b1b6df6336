"""The page of a wave: what it says, and that no text of a user acts in it."""

import re

import pytest

from migrator.model import Dialect, Target
from migrator.plan.document import ArtifactPart, LeftOutPart
from migrator.plan.jobs import DaysPart, FormPart
from migrator.plan.moving import MinutesPart, QuietPart, SwitchPart, TabPart, WavePart
from migrator.report import report
from migrator.report.markdown.cutover import cutover_pages
from migrator.report.markdown.cutover_words import today_of
from migrator.report.wave_order import with_last_before
from tests.report import plans as p
from tests.report.hostile import hostile_plan, texts
from tests.report.test_markdown import CONTROL, parsed, shape

FORM = FormPart(
    expressions=("cron(0 3 * * ? *)",),
    timezone="Europe/Riga",
    exact=False,
    differences=("03:00 is another minute",),
    guard=None,
    notes=(),
    why_not=None,
)


def wave(**changes):
    """Make a wave of one job in one tab."""
    tab = TabPart(
        path="spool/etl",
        host="etl1",
        format="crontab",
        user="etl",
        digest="ab12",
        lines=(SwitchPart(line=7, job="load"),),
    )
    fields = {
        "number": 1,
        "clusters": ("c-load",),
        "after": (),
        "why": "easy",
        "jobs": ("load",),
        "tabs": (tab,),
        "minutes": (MinutesPart(kind="quiet", jobs=("load",), rule="off and on between 03:01 and 02:58"),),
    }
    return WavePart(**(fields | changes))


def page(target=Target.EVENTBRIDGE, waves=None, hazards=(), **job):
    """Write the page of the first wave."""
    one = p.cluster("load", ["load"], target, hazards=hazards)
    found = p.plan([p.job("load", **job)], [one], waves=waves or (wave(),))
    return next(text for _, text in cutover_pages(found))


def test_goes_from_deploying_to_rolling_back():
    """Eight steps in their order; the lines, the digest, both commands, and the rule for the minute."""
    text = page()
    steps = ["Settle first", "Deploy, switched off", "Shadow run", "Compare", "Switch cron off", "Switch the target on"]
    assert re.findall(r"^## \d\. (.*)$", text, re.MULTILINE) == [*steps, "Watch", "Roll back"]
    assert "| etl1 | `spool/etl` | 7 | `migrator cutover`, then `crontab -u etl TAB` | `ab12` |" in text
    assert "migrator cutover DIR 1 PATH -o TAB\n" in text
    assert "migrator cutover DIR 1 PATH -o TAB --undo\n" in text
    assert "- `load`: off and on between 03:01 and 02:58." in text
    assert "`load` is the rarest, every day at 03:00" in text
    assert "0 3 * * * etl" not in text, "no text of a tab"


@pytest.mark.parametrize(
    ("target", "deployed", "back"),
    [
        (Target.EVENTBRIDGE, "Each schedule is `DISABLED`", "set `State` to `DISABLED` again"),
        (Target.STEP_FUNCTIONS, "of each state machine is `DISABLED`", "set the schedule's `State` to `DISABLED`"),
        (Target.AIRFLOW, "Airflow: deploy a stack for each template", "pause the DAG"),
        (Target.MWAA, "MWAA: deploy a stack for each template", "pause the DAG"),
    ],
)
def test_each_target_is_switched_in_its_own_words(target, deployed, back):
    """Only those of the wave's targets; an Airflow may start at once when it is unpaused."""
    text = page(target)
    assert deployed in text
    assert back in text
    assert ("it would run at once" in text) == (target in (Target.AIRFLOW, Target.MWAA))
    assert ("`airflow dags test DAG`" in text) == (target is Target.AIRFLOW)
    assert ("pause it again when it has ended" in text) == (target is Target.MWAA)


def test_a_job_that_no_file_starts_is_not_switched_off():
    """Its page says so where files are deployed and where cron is switched off; of others it says nothing."""
    one = p.cluster("load", ["load"])
    plan = p.plan([p.job("load")], [one], waves=(wave(),))
    part = LeftOutPart(job="load", target=Target.EVENTBRIDGE, why="anacron counts days")
    text = next(text for _, text in cutover_pages(plan.model_copy(update={"left_out": (part,)})))
    assert "- `load`: anacron counts days" in text
    assert "**Not yet: `load`**" in text.split("## 5.")[1].split("## 6.")[0]
    assert "`migrator cutover` leaves the line on, unless `--all` is given." in text
    assert "Not yet" not in page()


def test_what_to_compare():
    """Outputs, what is deleted, and logs by name; where nothing was seen it says so."""
    text = page(writes=("/srv/a.csv",), deletes=("/srv/old",), logs=("/var/log/load.log",))
    assert (
        "| `load` | `/srv/a.csv`, `/srv/old (deleted)` | `/var/log/load.log` | every day at 03:00 (`0 3 * * *`) |"
        in text
    )
    assert "run them over copies only: `load`" in text
    plain = page()
    assert "| none that could be seen | no log file that could be seen" in plain
    assert "over copies only" not in plain


@pytest.mark.parametrize(
    ("command", "dialect", "told"),
    [
        ("/opt/x >/dev/null", Dialect.DEBIAN, "part of its output is thrown away, and cron mails the rest"),
        ("/opt/x >/dev/null", Dialect.BUSYBOX, "thrown away, and the rest goes where crond's own messages go"),
        ("/opt/x >/dev/null 2>&1", Dialect.DEBIAN, "; its output is thrown away"),
        ("/opt/x > /dev/null 2>/dev/null", Dialect.DEBIAN, "; its output is thrown away"),
        ("/opt/x", Dialect.DEBIAN, "; cron mails what it prints"),
        ("/opt/x 2>/dev/null", Dialect.DEBIAN, "; cron mails what it prints"),
    ],
)
def test_where_output_goes(command, dialect, told):
    """Only what keeps neither output is told to be silent: errors are mailed where standard output alone goes away."""
    assert told in page(command=command, schedule=p.schedule("every day", dialect=dialect))


def test_a_test_of_the_day_makes_a_job_rare():
    """How long a wave is watched goes by the days on which a job does its work, not by its starts."""
    asked = DaysPart(days=tuple(range(1, 32)), weekdays=(1,))
    jobs = [
        p.job("weekly", schedule=p.schedule("at 03:00 every day", day_test=asked)),
        p.job("daily", 2, schedule=p.schedule("at 04:00 every day", runs_per_month=30.0)),
    ]
    one = p.cluster("both", ["weekly", "daily"], Target.EVENTBRIDGE)
    found = p.plan(jobs, [one], waves=(wave(clusters=("c-both",), jobs=("weekly", "daily")),))
    text = next(text for _, text in cutover_pages(found))
    assert "`weekly` is the rarest, at 03:00 every day; by its own test it goes on only on Mondays." in text


def test_a_test_of_days_that_the_line_names_counts_once():
    """`28-31` before a test of the last day is once a month, which four times a year is rarer than."""
    last = DaysPart(days=tuple(range(1, 32)), weekdays=tuple(range(7)), last=True)
    monthly = p.schedule("monthly", text="0 5 28-31 * *", runs_per_month=3.4, day_test=last)
    jobs = [p.job("ends", schedule=monthly), p.job("quarterly", 2, schedule=p.schedule("rare", runs_per_month=0.33))]
    one = p.cluster("both", ["ends", "quarterly"], Target.EVENTBRIDGE)
    found = p.plan(jobs, [one], waves=(wave(clusters=("c-both",), jobs=("ends", "quarterly")),))
    assert "`quarterly` is the rarest" in next(text for _, text in cutover_pages(found))


def test_other_minutes_are_announced():
    """A form that is not exact is named where it is switched on; an exact one is not."""
    text = page(schedule=p.schedule("every day", forms={Target.EVENTBRIDGE: FORM}))
    assert "| `load` | EventBridge Scheduler | `cron(0 3 * * ? *)` | Europe/Riga | no, see the report |" in text
    assert "Other minutes than cron's are expected of `load`." in text
    exact = FORM.model_copy(update={"exact": True})
    assert "than cron's are" not in page(schedule=p.schedule("every day", forms={Target.EVENTBRIDGE: exact}))
    open_ = FORM.model_copy(update={"exact": None, "timezone": None})
    text = page(schedule=p.schedule("every day", timezone=None, forms={Target.EVENTBRIDGE: open_}))
    assert "yes, clock changes aside" in text
    assert "Other minutes" not in text
    assert "Around a clock change, other minutes than cron's are possible for `load`" in text


def test_silent_hazards_come_first():
    """With their remedy; without one the page says that there is none."""
    assert "Each of these goes wrong without a sign:\n\n- `load`:" in page(hazards=(p.hazard("load"),))
    assert "No silent hazard of this wave is left to settle." in page(hazards=(p.hazard("load", "loud"),))


def test_what_the_files_see_to_is_not_to_be_settled():
    """It is counted apart; for a job without a file it is to be settled like the others."""
    carried = p.hazard("load").model_copy(update={"carried": True})
    text = page(hazards=(carried, p.hazard("load", slug="other")))
    assert text.count("- `load`: 02:30 does not exist") == 1
    assert "The files of step 2 see to 1 more silent hazard" in text
    assert "No silent hazard of this wave is left to settle." in page(hazards=(carried,))
    part = LeftOutPart(job="load", target=Target.EVENTBRIDGE, why="anacron counts days")
    plan = p.plan([p.job("load")], [p.cluster("load", ["load"], hazards=(carried,))], waves=(wave(),))
    text = next(text for _, text in cutover_pages(plan.model_copy(update={"left_out": (part,)})))
    assert "Each of these goes wrong without a sign:\n\n- `load`:" in text
    assert "see to" not in text


def test_the_work_to_do_first():
    """What makes a move more than small; a small one needs no words."""
    assert "- `load`, large: 3 local files to carry over" in page(
        effort="large", effort_why=("3 local files to carry over",)
    )
    assert "The work to do first" not in page(effort="small", effort_why=("one unit",))


def test_quiet_times():
    """A time, none at all, jobs that never pause; a zone with clock changes is warned of, others are not."""

    def quiet(**changes):
        fields = {"host": "etl1", "timezone": "UTC", "begin": "03:01", "end": "02:58", "minutes": 1438, "pauses": True}
        fields |= {"jobs": 2, "busy": (), "clock_changes": False}
        return page(waves=(wave(quiet=(QuietPart(**(fields | changes)),)),))

    assert "- etl1 (UTC): 03:01 to 02:58 of the next day, for 2 jobs" in quiet()
    assert "clocks change" not in quiet()
    assert "Not in a night in which the clocks change" in quiet(clock_changes=True)
    assert "etl1 (UTC): never, taken together: switch job by job" in quiet(pauses=False, begin="", end="", minutes=0)
    assert "etl1 (UTC): never; `load` too often to wait for" in quiet(
        jobs=0, pauses=False, begin="", end="", busy=("load",)
    )
    assert "its zone is not known" in quiet(timezone=None)


def test_what_is_no_tab_is_switched_by_other_means():
    """A periodic folder by its mode, a manifest where it is started from; then there is no command to edit."""
    line = SwitchPart(line=0, job="load")
    member = TabPart(path="etc/cron.daily/x", host="h", format="periodic", user=None, digest=None, lines=(line,))
    text = page(waves=(wave(tabs=(member,)),))
    assert "| h | `etc/cron.daily/x` | the whole file | chmod a-x /etc/cron.daily/x keeps run-parts" in text
    assert "migrator cutover DIR" not in text
    declared = member.model_copy(update={"format": "manifest", "path": "jobs.yaml"})
    assert "switch each off where it is started from today" in page(waves=(wave(tabs=(declared,)),))


def test_a_declared_job_is_not_told_about_cron():
    """A manifest alone has it: no cron line, no cron log and no mail; what starts it today no file names."""
    line = SwitchPart(line=0, job="load")
    tab = TabPart(path="jobs.yaml", host="h", format="manifest", user=None, digest=None, lines=(line,))
    quiet = QuietPart(
        host="h",
        timezone="UTC",
        begin="01:00",
        end="02:00",
        minutes=60,
        pauses=True,
        jobs=1,
        busy=(),
        clock_changes=True,
    )
    text = page(source="manifest", waves=(wave(tabs=(tab,), quiet=(quiet,)),))
    assert "## 5. Switch off what starts them today" in text
    assert "no log file that could be seen; no file says where its output goes" in text
    assert "What has started these jobs until now, which no file that was read names" in text
    assert "jobs.yaml only declares jobs: switch each on again where it was started from." in text
    assert re.findall(r"[^.\n]*\bcron\b[^.\n]*", text.replace("Same minutes as cron?", ""), re.IGNORECASE) == []


def test_the_log_that_shows_the_end():
    """Busybox writes other lines; of a periodic folder's files cron's log tells nothing."""
    busybox = p.schedule("daily", dialect=Dialect.BUSYBOX)
    tab, alpine, file = p.job("a"), p.job("b", schedule=busybox), p.job("c", source="periodic")
    assert today_of([tab]).watched == (
        "Cron's log has no new start of these jobs (`CMD` lines in syslog, the journal or `/var/log/cron`, user `etl`)."
    )
    assert "(`cmd` lines of crond in syslog, user `etl`)" in today_of([alpine]).watched
    alone = "names the folder of `c` alone: that nothing new is written tells that run-parts starts it no more."
    assert today_of([file]).watched == f"Cron's log {alone}"
    both = today_of([tab, alpine, file]).watched
    assert both.startswith("Cron's log has no new start of `a`, `b` (")
    assert " or `cmd` lines of crond in syslog" in both
    assert both.endswith(alone)


def test_a_mixed_wave_tells_both():
    """Cron's jobs are looked for in cron's log, the declared one elsewhere."""
    jobs = [p.job("load"), p.job("fetch", source="manifest", user="other")]
    clusters = [p.cluster("load", ["load"]), p.cluster("fetch", ["fetch"])]
    both = wave(clusters=("c-load", "c-fetch"), jobs=("load", "fetch"))
    [text] = dict(cutover_pages(p.plan(jobs, clusters, waves=(both,)))).values()
    assert "## 5. Switch off cron, and what else starts these jobs" in text
    assert "`/var/log/cron`, user `etl`). What has started `fetch` until now" in text


def test_risk_order_and_names_of_pages():
    """What to watch most, what must have run before, and file names that sort as the waves do."""
    risk = {"risky": "c-load", "risk": "its move is large"}
    waves = [wave(number=number, after=(1,) if number > 1 else (), **risk) for number in range(1, 12)]
    one = p.cluster("load", ["load"])
    pages = dict(cutover_pages(p.plan([p.job("load")], [one], waves=tuple(waves))))
    assert list(pages) == sorted(pages)
    assert "Watch `load` most: its move is large." in pages["wave-02.md"]
    assert "Begin when wave 1 went well." in pages["wave-02.md"]
    assert "Begin when" not in pages["wave-01.md"]


PLAIN = shape("\n".join(text for _, text in cutover_pages(hostile_plan("plain"))))


@pytest.mark.parametrize("text", texts())
def test_no_text_changes_the_shape_of_a_page(text):
    """Headings, tables, lists and fences are ours, whatever jobs, files and hosts are called."""
    [markdown] = dict(cutover_pages(hostile_plan(text))).values()
    assert not CONTROL.search(markdown)
    tokens = parsed(markdown)
    assert not [token for token in tokens if token.type in ("html_block", "html_inline", "link_open", "image")]
    if text.strip():
        assert shape(markdown) == PLAIN


def test_files_open_targets_and_many_hosts():
    """Written artifacts are named, an open target is warned of, and of seventy files sixty are listed."""
    tab = wave().tabs[0]
    many = tuple(tab.model_copy(update={"host": f"h{number}"}) for number in range(70))
    answer = p.recommendation(Target.EVENTBRIDGE, undecided="the hours decide")
    one = p.cluster("load", ["load"], recommendation=answer)
    files = (ArtifactPart(path="artifacts/load.yaml", target=Target.EVENTBRIDGE, jobs=("load",)),)
    found = p.plan([p.job("load")], [one], waves=(wave(tabs=many),), artifacts=files)
    [text] = dict(cutover_pages(found)).values()
    assert "The files: `artifacts/load.yaml`." in text
    assert "The target is open for `load`: answer the questions and plan again." in text
    assert "10 more files are in `plan.json`, under the wave's `tabs`." in text


def test_many_waves_in_the_report():
    """Sixty have a row; the others their pages."""
    waves = tuple(wave(number=number, risky="c-load", risk="it is open") for number in range(1, 71))
    found = report(p.plan([p.job("load")], [p.cluster("load", ["load"])], waves=waves))
    assert "10 more waves have their pages in `cutover/`." in found
    assert "(cutover/wave-07.md)" in found


def test_waves_of_a_kind_share_a_row():
    """Four in a row do, three do not; which of them wait for each other their pages say."""

    def told(count, after=()):
        waves = [wave(number=number, after=(1,) if number > 1 else ()) for number in range(1, count + 1)]
        waves[-1] = waves[-1].model_copy(update={"after": after})
        last = wave(number=count + 1, why="hard", after=(1,))
        return report(p.plan([p.job("load")], [p.cluster("load", ["load"])], waves=(*waves, last)))

    assert "| [1](cutover/wave-1.md) to [4](cutover/wave-4.md) | 4 clusters | each after some of these" in told(4)
    assert "| [5](cutover/wave-5.md) | 1 cluster | 1 | hard: `load` | – |" in told(4)
    assert " to [" not in told(3)


def test_only_the_last_of_the_waves_before_are_named():
    """What a wave before waits for goes without saying; the plan itself keeps all."""
    after = [(), (1,), (1,), (1, 2), (1, 2, 3, 4)]
    waves = tuple(wave(number=number, after=before) for number, before in enumerate(after, 1))
    assert [each.after for each in with_last_before(waves)] == [(), (1,), (1,), (2,), (3, 4)]
    pages = dict(cutover_pages(p.plan([p.job("load")], [p.cluster("load", ["load"])], waves=waves)))
    assert "Begin when waves 3 and 4 went well." in pages["wave-5.md"]

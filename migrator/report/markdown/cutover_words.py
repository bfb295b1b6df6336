"""What the pages of the cut-over say of targets, files, jobs and quiet times."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrator.advice.mail import prints, throws_away
from migrator.model import Dialect, Target
from migrator.model.wording import counted, some
from migrator.plan.clusters import ClusterPart
from migrator.plan.cutover import instead_of_editing
from migrator.plan.jobs import JobPart
from migrator.plan.moving import QuietPart, TabPart
from migrator.plan.tabs import EDITABLE
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.words import spaced, when
from migrator.sources.items import Format

MOST_NAMES = 4
CLOCK_CHANGES = "yes, clock changes aside"
OTHER_MINUTES = "no, see the report"

_STACKS = (
    "deploy the stack of `base.yaml` once, subscribe those who hear of failures to its topic, then deploy a stack for "
    "each other file"
)
_DAGS = (
    "deploy a stack for each template, set the Variables that each DAG's file names, then copy the DAGs. Each is "
    "paused (`is_paused_upon_creation=True`), with `catchup=False`"
)
_WAITS = "A run that is triggered while the DAG is paused does not start: it waits till the DAG is unpaused"
DEPLOYED = {
    Target.EVENTBRIDGE: f"EventBridge Scheduler: {_STACKS}. Each schedule is `DISABLED`, with a short event age and a "
    "dead-letter queue",
    Target.STEP_FUNCTIONS: f"Step Functions: {_STACKS}. The schedule of each state machine is `DISABLED`",
    Target.AIRFLOW: f"Airflow: {_DAGS}",
    Target.MWAA: f"MWAA: {_DAGS}",
}
STARTED = {
    Target.EVENTBRIDGE: "EventBridge Scheduler: start its target by hand, for SSM with `aws ssm send-command "
    "--document-name STACK-JOB --instance-ids INSTANCE`",
    Target.STEP_FUNCTIONS: "Step Functions: `aws stepfunctions start-execution`, with the `Input` of its schedule in "
    "the file, and in it a moment (YYYY-MM-DDThh:mm:ssZ) in place of `<aws.scheduler.scheduled-time>`",
    Target.AIRFLOW: f"Airflow: `airflow dags test DAG`, which runs the tasks at once. {_WAITS}",
    Target.MWAA: "MWAA: set `START_DATE` in the DAG's file to the minute that has passed, unpause the DAG well before "
    f"its next start, trigger it, and pause it again when it has ended. {_WAITS}",
}
_FROM_NOW_ON = (
    "set `START_DATE` in the DAG's file to the moment at which its lines were switched off, then unpause the DAG. With "
    "an earlier date it would run at once for the start that has just passed, a second time"
)
_AGAIN = "in the file and deploy it again. It starts 0 to 59 seconds after the minute"
SWITCHED_ON = {
    Target.EVENTBRIDGE: f"EventBridge Scheduler: set `State` to `ENABLED` {_AGAIN}",
    Target.STEP_FUNCTIONS: f"Step Functions: set the schedule's `State` to `ENABLED` {_AGAIN}",
    Target.AIRFLOW: f"Airflow: {_FROM_NOW_ON}",
    Target.MWAA: f"MWAA: {_FROM_NOW_ON}",
}
TAKEN_BACK = {
    Target.EVENTBRIDGE: "set `State` to `DISABLED` again",
    Target.STEP_FUNCTIONS: "set the schedule's `State` to `DISABLED` again, and let or stop what runs",
    Target.AIRFLOW: "pause the DAG, and let or stop what runs",
    Target.MWAA: "pause the DAG, and let or stop what runs",
}


@dataclass(frozen=True, slots=True)
class Today:
    """What starts the jobs of a wave until now: cron, or for a job that a manifest alone declares what no file names.

    `starter` does the work, `switch_off` is a heading, `clocks` what a changed clock may do, `watched` what must not
    start the jobs any more.
    """

    starter: str
    switch_off: str
    clocks: str
    watched: str


_CRON_LOG = "Cron's log has no new start of {which} ({lines}{users})."
_CRON_LINES = "`CMD` lines in syslog, the journal or `/var/log/cron`"
_BUSYBOX_LINES = "`cmd` lines of crond in syslog"
_FOLDER_LOG = (
    "Cron's log names the folder of {which} alone: that nothing new is written tells that run-parts starts {them} no "
    "more."
)
_DECLARED_LOG = (
    "What has started {which} until now, which no file that was read names, has no new run of {them} in its own "
    "records."
)


def is_declared(job: JobPart) -> bool:
    """Say whether a manifest alone has the job: no line of a crontab starts it."""
    return job.source == Format.MANIFEST


def today_of(jobs: Sequence[JobPart]) -> Today:
    """Give the words for the jobs of a wave."""
    declared = [job for job in jobs if is_declared(job)]
    cron_log = _cron_log([job for job in jobs if not is_declared(job)])
    if not declared:
        return Today("cron", "Switch cron off", "cron repairs a changed clock, and a target may not", cron_log)
    if len(declared) == len(jobs):
        clocks = "what starts these jobs today may take a changed clock otherwise than the target"
        log = _DECLARED_LOG.format(which="these jobs", them="them")
        return Today("what starts it today", "Switch off what starts them today", clocks, log)
    which = names([job.title for job in declared], MOST_NAMES)
    return Today(
        "cron (or what else starts it today)",
        "Switch off cron, and what else starts these jobs",
        "cron repairs a changed clock, and a target may not",
        f"{cron_log} {_DECLARED_LOG.format(which=which, them='them' if len(declared) > 1 else 'it')}",
    )


def _cron_log(jobs: Sequence[JobPart]) -> str:
    """Say what cron's log shows when the jobs start no more: of a periodic folder's files it tells nothing."""
    files = [job for job in jobs if job.source == Format.PERIODIC]
    tabs = [job for job in jobs if job.source != Format.PERIODIC]
    said = []
    if tabs or not files:
        users = sorted({job.user for job in tabs if job.user})
        of_users = f", {'user' if len(users) == 1 else 'users'} {names(users, 6)}" if users else ""
        dialects = {job.schedule.dialect is Dialect.BUSYBOX for job in tabs} or {False}
        lines = " or ".join(_BUSYBOX_LINES if busybox else _CRON_LINES for busybox in sorted(dialects))
        which = names([job.title for job in tabs], MOST_NAMES) if files else "these jobs"
        said.append(_CRON_LOG.format(which=which, lines=lines, users=of_users))
    if files:
        which = names([job.title for job in files], MOST_NAMES)
        said.append(_FOLDER_LOG.format(which=which, them="them" if len(files) > 1 else "it"))
    return " ".join(said)


def sentence(text: str) -> str:
    """Write a clause as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def exactness(job: JobPart, cluster: ClusterPart) -> str:
    """Say whether the target starts a job at the same minutes as cron."""
    form = job.schedule.forms.get(cluster.recommendation.target)
    if form is None or not form.expressions:
        return "–"
    if form.exact is None:
        return "not known, see the report" if job.schedule.timezone else CLOCK_CHANGES
    return ("with a guard" if form.guard else "yes") if form.exact else OTHER_MINUTES


def fires(job: JobPart) -> str:
    """Say when a job starts."""
    return f"{prose(when(job.schedule))} ({code(spaced(job.schedule.text))})"


def outputs(job: JobPart) -> str:
    """Name what a job writes and deletes."""
    found = [*job.writes, *(f"{name} (deleted)" for name in job.deletes)]
    return names(found, MOST_NAMES) if found else "none that could be seen"


def logs(job: JobPart) -> str:
    """Say where a job's runs are written down."""
    if job.logs:
        return names(job.logs, MOST_NAMES)
    return f"no log file that could be seen; {_printed(job)}"


def _printed(job: JobPart) -> str:
    """Say where cron takes what a job prints (crontab(5), MAILTO)."""
    if is_declared(job):
        return "no file says where its output goes"
    mailto = next((setting.value for setting in job.settings if setting.name == "MAILTO"), None)
    if mailto is not None and not mailto.strip("\"' "):
        return "what it prints is lost, since MAILTO is empty"
    if not prints(job.command):
        return "its output is thrown away" if throws_away(job.command) else "its output goes elsewhere"
    to_crond = mailto is None and job.schedule.dialect is Dialect.BUSYBOX
    if throws_away(job.command):
        rest = "the rest goes where crond's own messages go" if to_crond else "cron mails the rest"
        return f"part of its output is thrown away, and {rest}"
    return "what it prints goes where crond's own messages go" if to_crond else "cron mails what it prints"


def tab_cells(tab: TabPart) -> list[str]:
    """Give a row of the table of files: host, path, lines, how, digest."""
    lines = [str(switch.line) for switch in tab.lines if switch.line]
    how = "`migrator cutover`" if tab.format in EDITABLE else prose(instead_of_editing(tab))
    if tab.format == Format.CRONTAB and tab.user:
        how += f", then {code(f'crontab -u {tab.user} TAB')}"
    digest = code(tab.digest) if tab.digest else "–"
    return [prose(tab.host or "the host"), code(tab.path), some(lines, 20) or "the whole file", how, digest]


def quiet_words(quiet: QuietPart, titles: dict[str, str]) -> str:
    """Say when no job starts on a host."""
    host = prose(quiet.host or "the host")
    zone = prose(quiet.timezone or "its zone is not known")
    often = names([titles.get(job, job) for job in quiet.busy], MOST_NAMES)
    busy = f"; {often} too often to wait for" if quiet.busy else ""
    if not quiet.jobs:
        return f"{host} ({zone}): never{busy}"
    if not quiet.pauses:
        return f"{host} ({zone}): never, taken together{busy}: switch job by job"
    night = " of the next day" if quiet.end < quiet.begin else ""
    return f"{host} ({zone}): {quiet.begin} to {quiet.end}{night}, for {counted(quiet.jobs, 'job')}{busy}"


def how_long(jobs: Iterable[JobPart], titles: dict[str, str]) -> str:
    """Say how long a wave has to be watched: by its rarest job."""
    clocked = [job for job in jobs if job.schedule.runs_per_month]
    if not clocked:
        return "Until each job has run at least twice; no clock says when that is."
    rarest = min(clocked, key=_works)
    return (
        f"Until each job has run at least twice: {code(titles[rarest.id], 80)} is the rarest, "
        f"{prose(when(rarest.schedule))}."
    )


def _works(job: JobPart) -> float:
    """Give the starts a month at which a job's own test of the day goes on."""
    runs, asked = job.schedule.runs_per_month or 0.0, job.schedule.day_test
    if asked is None:
        return runs
    fields = job.schedule.text.split()
    day, weekday = (fields[2], fields[4]) if len(fields) == 5 else ("*", "*")
    # Where the line itself narrows the days, those that its test asks for are among them: `28-31` before a last day.
    if weekday.startswith("*"):
        runs *= len(asked.weekdays) / 7
    if day.startswith("*"):
        runs *= len(asked.days) / 31
    if asked.last:
        runs /= 30.4 if day.startswith("*") else 3.4
    return runs

"""Each hazard is found on the line that has it, and on no other."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import migrator.advice.hazards
from migrator.advice import Case
from migrator.advice.gaps import shortest_gap
from migrator.advice.hazard import HazardCheck
from migrator.advice.hazards import HAZARDS, exit_swallow, locale_order
from migrator.advice.types import Hazard
from migrator.commands.facts import Lock, LockKind, StepKind, Trait, Wait, WaitKind, Wrapper
from migrator.graph.types import DependencyKind, Lag, Safety
from migrator.model import (
    Access,
    CronFields,
    Declared,
    Dialect,
    Inactive,
    Mode,
    Origin,
    Range,
    Resource,
    ResourceKind,
    Schedule,
    ScheduleKind,
    Setting,
)
from migrator.schedules.compare import Difference
from tests.advice.build import answer, case, changed, clock, depends, facts, fan, job, line, lone, started_by, step

LINE = Origin("tab-a", 1)
ECS = {"aws": {"compute": "ecs"}}
ON_AIRFLOW = {"targets": {"c1": "airflow"}}
PINNED = {"targets": {"c1": "eventbridge"}}
PARIS = "Europe/Paris"
_UNREAD: dict[str, object] = {"unclear": ("shell text that was not understood",)}


def found(hazard: str, of: Case, **tables: object) -> list[Hazard]:
    """Give the hazards of one id."""
    return [item for item in answer(of, **tables).hazards if item.id == hazard]


def wait(kind: WaitKind, seconds: int = 600, *, leads: bool = True) -> dict[str, object]:
    """Make facts with a wait on the job's own line, before all else."""
    length = Range(Decimal(seconds), Decimal(seconds))
    return {"waits": (Wait(kind, "", length, None, LINE, f"sleep {seconds}", leads),)}


def touching(
    mode: Mode,
    *,
    log: bool = False,
    kind: ResourceKind = ResourceKind.FILE,
    name: str = "/data/x",
    text: str = ">> /data/x",
) -> dict[str, object]:
    """Make a step that touches a file."""
    return {"accesses": (Access(Resource(kind, name, "etl1"), mode, LINE, text, log=log),)}


def sending(text: str) -> Case:
    """Make a job that sends something to a service by a command."""
    return lone(steps=[step("curl", StepKind.TRANSFER, **touching(Mode.WRITE, kind=ResourceKind.URL, text=text))])


def copying(text: str) -> Case:
    """Make a job that copies to a place on another host."""
    return lone(steps=[step("x", StepKind.TRANSFER, **touching(Mode.WRITE, kind=ResourceKind.REMOTE), text=text)])


def asking(text: str) -> Case:
    """Make a job with a statement for a database."""
    return lone(steps=[step("psql", StepKind.DATABASE, text=text)])


def locked(kind: LockKind, *, skips: bool = False) -> dict[str, object]:
    """Make facts with a lock."""
    return {"locks": (Lock(kind, "/run/x.lock", skips, LINE, "flock /run/x.lock"),)}


def hidden(command: str) -> Case:
    """Make a job with a lock that gives up, and a command whose failure does not show."""
    return lone(command=command, traits=[Trait.SWALLOWS_EXIT], found=locked(LockKind.FLOCK, skips=True))


def giving_up(text: str) -> Case:
    """Make a job with a lock of flock's that gives up, as it is written."""
    return lone(found={"locks": (Lock(LockKind.FLOCK, "/x", True, LINE, text),)})


def lasting(of: Case, worst: str) -> dict[str, object]:
    """Say how long the first job takes."""
    return {"jobs": {of.jobs[0].id: {"duration": {"typical": "1s", "worst": worst}}}}


def pair(first: Schedule, second: Schedule, lag: Lag = Lag.NONE, kind: DependencyKind = DependencyKind.FILE) -> Case:
    """Make two jobs of which the second needs the first."""
    one, two = job("a", first), job("b", second)
    return case((one, facts(one)), (two, facts(two)), ties=[depends(one, two, lag, kind)])


def at(text: str, zone: str | None = None, dialect: Dialect = Dialect.DEBIAN) -> Case:
    """Make a lone job with a schedule."""
    return lone(schedule=clock(text, zone, dialect))


def doing(command: str, **more: object) -> Case:
    """Make a lone job with a command."""
    return lone(command=command, **more)


def having(*traits: Trait) -> Case:
    """Make a lone job with traits."""
    return lone(traits=traits)


def guarded(text: str, command: str) -> Case:
    """Make a lone job whose command tests the date first, in a known zone."""
    return lone(schedule=clock(text, "UTC"), command=command, traits=[Trait.DATE_GUARD])


def told(kind: str, *, repeated: bool = False) -> Case:
    """Make a lone job whose comparison found one kind of difference."""
    of = at("30 4 * * *", PARIS)
    proof = of.proofs[of.jobs[0].id]
    found = {
        target: replace(one, differences=(Difference(kind, "differs", repeated=repeated),))
        for target, one in proof.items()
    }
    return replace(of, proofs={of.jobs[0].id: found})


LAST_DAY = '[ "$(date -d tomorrow +%d)" = 01 ] && /opt/x'
FIRST_WEEK = '[ "$(date +%u)" = 1 ] && /opt/x'
NEVER = Inactive("never-fires", "no minute of any year matches")
HOUR = lone(schedule=clock("*/30 * * * *"))
LOUD_LOCKS = [
    (giving_up(text), {})
    for text in (
        'flock -n /tmp/l grep -E "0 rows" f',
        "flock -n -E 75 /tmp/l /opt/x -E 0",
        "flock -w 5 /tmp/l /opt/x --conflict-exit-code=0",
    )
]
HOME_SET = Setting("HOME", "/srv/x", Origin("tab-a", 0))
SESSION = Setting("SSH_AUTH_SOCK", "/tmp/agent", Origin("tab-a", 0))
SECRET = Setting("PGPASSWORD", "REDACTED-password", Origin("tab-a", 0))

# hazard: where it is found, and where it is not; with settings.
SPEAKS: dict[str, list[tuple[Case, dict[str, object]]]] = {
    "dom-dow-or": [(at("0 0 13 * 5"), {})],
    "star-step-and": [(at("0 0 */2 * 1"), {}), (at("0 0 */2 * 1"), ON_AIRFLOW)],
    "sloppy-accepted": [(at("0 6 * * 1#2"), {})],
    "dead-schedule": [(at("0 0 30 2 *"), {}), (lone(inactive=NEVER), {})],
    "not-running": [(lone(inactive=Inactive("no-newline", "the file has no last newline")), {})],
    "dst-skip": [(at("30 2 * * *", PARIS), {}), (at("30 2 * * *", PARIS), ON_AIRFLOW)],
    "dst-wild-skip": [(at("*/20 2 * * *", PARIS), ON_AIRFLOW)],
    "dst-repeat": [
        (at("30 2 * * *", PARIS), ON_AIRFLOW),
        (at("30 1 * * *", "America/New_York"), ON_AIRFLOW),
        (at("*/20 2 * * *", PARIS), {}),
        (at("30 2 * * *", PARIS, Dialect.BUSYBOX), {}),
    ],
    "other-minutes": [(told("missing"), {}), (told("twice"), {}), (told("unknown"), {})],
    "date-guard": [
        (having(Trait.DATE_GUARD), {}),
        (guarded("0 0 28-31 * *", '[ "$(date -d yesterday +%d)" = 01 ] && /opt/x'), {}),
        (guarded("0 0 * * 1", '[ "$(date +%d)" -le 3 ] && /opt/x'), {}),
        (guarded("0 0 30 2 *", LAST_DAY), {}),
    ],
    "sub-minute": [
        (lone(schedule=clock("* * * * *"), command="sleep 30; /opt/x", found=wait(WaitKind.TIME, 30)), PINNED)
    ],
    "random-delay": [
        (lone(found=wait(WaitKind.RANDOM)), {}),
        (lone(schedule=replace(clock(), random_minutes=45)), {}),
    ],
    "sleep-as-order": [(doing("sleep 600 && /opt/load", found=wait(WaitKind.TIME)), {})],
    "clock-as-order": [(pair(clock("0 1 * * *"), clock("0 2 * * *")), {})],
    "anacron": [(lone(schedule=started_by(ScheduleKind.ANACRON)), {})],
    "run-parts": [(having(Trait.STARTS_FOLDER), {})],
    "short-months": [(at(f"0 0 {days}"), {}) for days in ("31 * *", "29 2 *", "30,31 * *", "30 2,3 *", "29 * */1")],
    "percent": [(lone(stdin="hello"), {}), (doing(r"echo $(date +\%F)"), {})],
    "refused-line": [
        (changed(doing("tar czf /b/x-$(date +", found=_UNREAD), stdin="F).tgz"), {}),
        (changed(doing("sleep $(( ( RANDOM ", found=_UNREAD), stdin="600 ))"), {}),
        (doing("echo \"it's", found=_UNREAD), {}),
        (doing("{ certbot renew }", found=_UNREAD), {}),
    ],
    "backslash-collapse": [(doing(r"echo a\\b"), {}), (doing(r"echo \% a\\b"), {})],
    "bash-in-sh": [
        (doing(command), {})
        for command in (
            "[[ -f /x ]] && /opt/x",
            "((n > 1)) && /opt/x",
            "source /etc/x && /opt/x",
            "for i in {1..5}; do /opt/x $i; done",
            "cp /x/{a,b} /y",
            "/opt/x &> /var/log/x",
            "/opt/x >& /dev/null",
            "cat <<< $A",
            "diff <(/opt/a) <(/opt/b)",
            "sleep $((RANDOM % 60)); /opt/x",
            "sleep $RANDOM; /opt/x",
            "/opt/x ${A//a/b}",
            "/opt/x ${A:0:4}",
            "A=(1 2); /opt/x",
            "A+=b; /opt/x",
            '[ "$A" == b ] && /opt/x',
            "[ a '=''=' b ] && /opt/x",
            "'sour'ce /etc/x; /opt/x",
            "/opt/x; shop\\t -s nullglob",
            "cp {a {b,c}}d /y",
            "rm /x/{,a.}log",
        )
    ],
    "locale-order": [
        (doing("sort /a > /b"), {}),
        (doing("/opt/x | /usr/bin/comm -12 /a -"), {}),
        (doing("/opt/x $(date +%b)"), {}),
        (lone(steps=[step(text="join /a /b", program="join")]), {}),
    ],
    "home-folder": [
        (doing("cd && /opt/x"), {}),
        (doing("cd app && ./x"), {}),
        (doing('cd "$HOME/app" && ./x'), {}),
        (doing("cd ~/app; ./x"), {}),
        (doing("bin/x", steps=[step(text="bin/x", program="bin/x", origin=LINE)]), {}),
        (
            doing(
                "python app.py",
                steps=[step("app", StepKind.SCRIPT, text="python app.py", program="app.py", origin=LINE)],
            ),
            {},
        ),
        (lone(steps=[step(**touching(Mode.READ, name="~/in.csv"))]), {}),
        (doing("./bin/load.sh"), {}),
        (doing("~/bin/load.sh"), {}),
        (doing("${HOME}/bin/load.sh; $HOME/bin/x"), {}),
        (doing("/opt/x >> load.log"), {}),
        (doing("$HOME/run.sh >> load.log", settings=(HOME_SET,)), {}),
        (doing("cd app && ./x", settings=(HOME_SET,)), {}),
        (doing("$HOME/run.sh", settings=(replace(HOME_SET, value=""),)), {}),
    ],
    "exit-swallow": [
        (having(Trait.SWALLOWS_EXIT), {}),
        *(
            (doing(command), {})
            for command in ("/opt/x; true", "/opt/x; echo done", "/opt/x; logger done", "/opt/x &", "{ /opt/x; } & :")
        ),
    ],
    "retry-unsafe": [
        (lone(steps=[step(**touching(Mode.APPEND))]), {}),
        (lone(steps=[step("mail", StepKind.MAIL)], declared=Declared(retries=3)), {}),
        (lone(steps=[step("x", text="/opt/x.sh | mail -s sums boss@shop.example")]), {}),
        (lone(steps=[step("chat", StepKind.MAIL, program="telegram-send")]), {}),
        (asking("psql -c 'INSERT INTO sums SELECT 1'"), {}),
        (having(Trait.SENDS_MAIL), {}),
        (sending("curl -X POST https://pay.example.com/charge"), {}),
        (sending("curl --data-binary @/x https://pay.example.com/charge"), {}),
    ],
    "carriage-return": [(doing("/opt/x\r"), {})],
    "local-files": [(lone(steps=[step(**touching(Mode.READ))]), ECS)],
    "file-handoff": [(pair(clock(), clock()), ECS)],
    "host-lock": [(lone(found=locked(LockKind.PID_FILE)), ECS)],
    "lock-skips": [
        (lone(found=locked(LockKind.FLOCK, skips=True)), {}),
        (hidden("/opt/other || true"), {}),
        *LOUD_LOCKS,
    ],
    "overlap": [(HOUR, lasting(HOUR, "40m"))],
    "daemon-start": [(having(Trait.DAEMON), PINNED), (having(Trait.WATCHDOG), PINNED)],
    "acts-on-host": [(having(Trait.HOST_MAINTENANCE), PINNED)],
    "needs-root": [(having(Trait.NEEDS_ROOT), ECS)],
    "local-services": [(having(Trait.NEEDS_HOST), {**ECS, **PINNED})],
    "other-hosts": [
        (lone(steps=[step("ssh", StepKind.REMOTE)]), ECS),
        (lone(found={"wrappers": (Wrapper("ssh", "db1", LINE),)}), ECS),
        (lone(steps=[step("ansible-playbook")]), ECS),
        (having(Trait.LOGS_IN), ECS),
        (copying("rsync -a /x/ h2:/y/"), ECS),
        (lone(steps=[step("git push", StepKind.TRANSFER, text="git push git@h2:t/a.git")]), ECS),
    ],
    "clock-of-run": [
        (having(Trait.DATE_DEPENDENT), {}),
        (asking("psql -c 'INSERT INTO d SELECT * FROM o WHERE day = current_date - 1'"), {}),
        (lone(steps=[step("find", text="find /in -mtime -1 -exec /opt/load {} +")]), {}),
    ],
    "hostname-guard": [(having(Trait.HOST_GUARD), {})],
    "shell-path": [
        (doing("/opt/x", shell="/bin/bash -l"), {}),
        (doing("/opt/x", shell="/bin/bash # the good one"), {}),
        (doing("/opt/x", shell="bash"), {}),
        (doing("/opt/x", shell="~/bin/sh", schedule=clock(dialect=Dialect.CRONIE)), {}),
    ],
    "session-agent": [
        (doing("DISPLAY=:0 /opt/x"), {}),
        (doing("/opt/x && systemctl -q --user reload web"), {}),
        (doing("XDG_RUNTIME_DIR=/run/user/1000 /opt/x"), {}),
        (doing("ssh-add -l; /opt/x $SSH_AUTH_SOCK"), {}),
        (doing("unset SSH_AGENT_PID; export SSH_AUTH_SOCK=/run/agent; /opt/x"), {}),
        (lone(settings=(SESSION,)), {}),
        (having(Trait.NEEDS_SESSION), {}),
    ],
    "secret-argv": [
        (doing("mysql -pREDACTED-password"), {}),
        (doing("mysql -pREDACTED-password"), ON_AIRFLOW),
        (lone(settings=(SECRET,), command="/opt/x ${PGPASSWORD}"), {}),
        (lone(settings=(SECRET,), steps=[step("psql", program="/usr/bin/psql")]), {}),
        (lone(steps=[step("curl", text="curl -H REDACTED-header")]), {}),
    ],
    "jinja": [(doing("docker ps --format '{{.Names}}'"), ON_AIRFLOW), (doing("echo ${#list[@]}"), ON_AIRFLOW)],
    "exit-99": [(doing("/opt/x || exit 99"), ON_AIRFLOW), (having(Trait.EXITS_99), ON_AIRFLOW)],
    "cfn-resolve": [(doing("/opt/x {{resolve:ssm:y}}"), {})],
    "lambda-limit": [
        (lone(), {"aws": {"compute": "lambda"}}),
        (lone(), {"aws": {"compute": "lambda"}, **lasting(lone(), "20m")}),
    ],
    "long-override": [(doing("x" * 8001), ECS)],
    "long-polling": [(line(2), lasting(line(2), "30h"))],
    "waiter-ceiling": [(fan(8), {"team": {"engineers": 2}, **lasting(fan(8), "3h")})],
}

SILENT: dict[str, list[tuple[Case, dict[str, object]]]] = {
    "dom-dow-or": [
        (at("0 0 13 * *"), {}),
        (at("0 0 13 * 5"), ON_AIRFLOW),
        (at("0 0 */2 * 1"), {}),
        (replace(at("0 0 13 * 5"), proofs={}), {}),
    ],
    "star-step-and": [(at("0 0 */2 * *"), {}), (at("0 0 13 * 5"), {}), (at("0 0 */2 * 1", None, Dialect.BUSYBOX), {})],
    "sloppy-accepted": [(at("0 6 * * 1-5"), {})],
    "dead-schedule": [(at("0 0 29 2 *"), {})],
    "not-running": [(lone(), {}), (lone(inactive=NEVER), {}), (lone(inactive=Inactive("ignored", "as said")), {})],
    "dst-skip": [
        (at("30 2 * * *"), {}),
        (at("30 2 * * *", "UTC"), {}),
        (at("30 4 * * *", PARIS), {}),
        (at("*/20 2 * * *", PARIS), {}),
        (at("30 2 * * *", PARIS, Dialect.BUSYBOX), {}),
        (lone(schedule=started_by(ScheduleKind.EVENT)), {}),
        (replace(at("30 2 * * *", PARIS), proofs={}), {}),
    ],
    "dst-wild-skip": [
        (told("again", repeated=True), {}),
        (at("*/20 2 * * *", PARIS), {}),
        (at("30 2 * * *", PARIS), ON_AIRFLOW),
    ],
    "dst-repeat": [
        (at("30 2 * * *", PARIS), {}),
        (at("30 2 * * *"), ON_AIRFLOW),
        (at("30 4 * * *", PARIS), ON_AIRFLOW),
        (at("30 * * * *", PARIS), ON_AIRFLOW),
    ],
    "other-minutes": [(at("30 2 * * *"), {}), (at("*/7 * * * *", PARIS), {}), (at("30 2 * * *", PARIS), {})],
    "date-guard": [(lone(), {}), (guarded("0 0 28-31 * *", LAST_DAY), {}), (guarded("0 6 * * *", FIRST_WEEK), {})],
    "sub-minute": [(lone(schedule=clock("* * * * *")), {})],
    "random-delay": [(lone(found=wait(WaitKind.TIME)), {})],
    "sleep-as-order": [
        (doing("/opt/load; sleep 600", found=wait(WaitKind.TIME, leads=False)), {}),
        (doing("sleep 30; /opt/x", found=wait(WaitKind.TIME, 30)), {}),
        (doing("sleep $((RANDOM))", found=wait(WaitKind.RANDOM)), {}),
    ],
    "clock-as-order": [
        (pair(clock("0 1 * * *"), clock("0 1 * * *")), {}),
        (pair(clock("0 1 * * *"), clock("0 2 * * *"), Lag.PREVIOUS_RUN), {}),
        (pair(clock("0 1 * * *"), started_by(ScheduleKind.UPSTREAM)), {}),
    ],
    "anacron": [(lone(), {})],
    "run-parts": [(lone(), {})],
    "short-months": [
        (at("0 0 28 * *"), {}),
        (at("0 0 31 * 1"), {}),
        (at("0 0 1,31 * *"), {}),
        (at("0 0 31 1,3 *"), {}),
        (at("0 0 30 2 *"), {}),
    ],
    "percent": [
        (doing("date +%s"), {}),
        (doing(r"date +\%s", schedule=clock(dialect=Dialect.BUSYBOX)), {}),
        (changed(doing(r"date +\%s"), source="manifest"), {}),
    ],
    "refused-line": [
        (changed(doing("mail bob"), stdin="Dear Bob"), {}),
        (doing("/opt/a.sh", found=_UNREAD), {}),
        (doing("echo it\\'s $(date +%F)", found=_UNREAD), {}),
        (doing("print 'x", found=_UNREAD, shell="/usr/bin/python3"), {}),
        (changed(doing("echo 'x", found=_UNREAD), source="periodic"), {}),
    ],
    "backslash-collapse": [
        (doing(r"echo a\b"), {}),
        (doing(r"echo a\\b", schedule=clock(dialect=Dialect.CRONIE)), {}),
        (doing(r"cat % a\\b"), {}),
        (changed(doing(r"echo a\\b"), source="anacrontab"), {}),
    ],
    "bash-in-sh": [
        (doing("[ -f /x ] && . /etc/x && /opt/x"), {}),
        (doing("[[ -f /x ]] && /opt/x", shell="/bin/bash"), {}),
        (doing("bash -c '[[ -f /x ]] && /opt/x'"), {}),
        (doing("/opt/x {a} {b c,d} {e..f"), {}),
        (doing("echo " + "{," * 4000), {}),
        (doing("echo " + "{" + "," * 8000), {}),
        (doing("echo " + "{a.." * 2000), {}),
        (doing("/opt/x > /var/log/x 2>&1"), {}),
        (doing("/opt/x >&2; /opt/y >& 2; /opt/z 2>&- >&$FD"), {}),
        (doing("find /x -exec /opt/y {} +; /opt/x '{a,b}' ${A:-a,b} https://x.example/{a,b}"), {}),
        (doing("/opt/x ${A:-b} ${#A} ${A%.*} ${A##*/}"), {}),
        (doing("A=b /opt/x $((A + 1)); /opt/x '${A//a/b}'"), {}),
        (lone(command="sleep $RANDOM", settings=(Setting("RANDOM", "5", LINE),)), {}),
        (doing("sleep $RANDOM", schedule=clock(dialect=Dialect.KUBERNETES)), {}),
    ],
    "locale-order": [
        (doing("sort -t, -k2,2n /a > /b"), {}),
        (doing("LC_ALL=C sort /a > /b"), {}),
        (lone(command="sort /a", settings=(Setting("LANG", "C", LINE),)), {}),
        (doing("/opt/x --sort=name | grep join"), {}),
        (doing("/opt/x $(date +%F)"), {}),
        (doing("sort " + "x" * 21_000), {}),
    ],
    "home-folder": [
        (doing("cd /opt/app && ./load.sh"), {}),
        (doing("cd /opt/app && bin/x", steps=[step(text="bin/x", program="bin/x", origin=LINE)]), {}),
        (doing('cd "$APP" && ./load.sh'), {}),
        (doing("x a/b", steps=[step(text="x a/b", program="x", origin=LINE)]), {}),
        (doing("/opt/x >> /var/log/x 2>&1"), {}),
        (doing("/opt/x 2>&1 | tee /tmp/y"), {}),
        *(
            (doing(command, settings=(HOME_SET,)), {})
            for command in ("$HOME/run.sh", "~/run.sh", "${HOME}/a; $HOME/b", "cd && ./x", 'cd "$HOME/app"; ./x')
        ),
    ],
    "exit-swallow": [
        (lone(), {}),
        *(
            (doing(command), {})
            for command in ("echo done", "echo a; /opt/x", "set -e; /opt/x; echo done", "/opt/x & wait")
        ),
    ],
    "retry-unsafe": [
        (lone(steps=[step(**touching(Mode.APPEND, log=True))]), {}),
        (lone(steps=[step(**touching(Mode.APPEND, name="/srv/app/logs/beats.log"))]), {}),
        (lone(steps=[step(**touching(Mode.WRITE))]), {}),
        (lone(steps=[step(**touching(Mode.APPEND))]), {"jobs": {"a": {"idempotent": True}}}),
        (asking("psql -c 'insert into sums select 1 on conflict do nothing'"), {}),
        (lone(steps=[step("x", text="/opt/x.sh | /opt/mail-filter > /srv/mail")]), {}),
        (lone(steps=[step("shown", StepKind.MAIL, program="/usr/bin/notify-send")]), {}),
        (asking("psql -c 'delete from sums'"), {}),
        (lone(steps=[step(**touching(Mode.WRITE)), step("more", **touching(Mode.APPEND))]), {}),
        (sending("curl -X PUT -d @/x https://store.example.com/a"), {}),
        (sending("curl -T /x https://store.example.com/a"), {}),
    ],
    "carriage-return": [(lone(), {})],
    "local-files": [
        (lone(steps=[step(**touching(Mode.READ))]), {}),
        (lone(steps=[step(**touching(Mode.APPEND, log=True))]), ECS),
        (lone(steps=[step(**touching(Mode.READ, kind=ResourceKind.S3))]), ECS),
        (lone(steps=[step(service="glue", **touching(Mode.READ))]), ECS),
    ],
    "file-handoff": [(pair(clock(), clock()), {}), (pair(clock(), clock(), kind=DependencyKind.OBJECT), ECS)],
    "host-lock": [(lone(found=locked(LockKind.PID_FILE)), {}), (lone(), ECS)],
    "lock-skips": [
        *(
            (giving_up(text), {})
            for text in (
                "flock -n -E 0 /x /opt/y",
                "/usr/bin/flock -nE0 /x /opt/y",
                "timeout 60 flock -w 5 \\\n -E '0' 9",
                "flock --conflict-exit-code=0 --nonblock /x /opt/y",
                "flock --timeout 3 --conflict-exit-code 0 /x /opt/y",
            )
        ),
        (hidden("flock /run/x.lock || true"), {}),
        (lone(found=locked(LockKind.FLOCK)), {}),
        (lone(found={"locks": (Lock(LockKind.FLOCK, "/x", True, LINE, "flock -n 9", False),)}), {}),
        (lone(found=locked(LockKind.PID_FILE, skips=True)), {}),
    ],
    "overlap": [
        (HOUR, {}),
        (HOUR, lasting(HOUR, "30m")),
        (lone(schedule=clock("*/30 * * * *"), found=locked(LockKind.FLOCK)), lasting(HOUR, "40m")),
        (lone(schedule=started_by(ScheduleKind.EVENT)), lasting(HOUR, "40m")),
    ],
    "daemon-start": [(having(Trait.DAEMON), {}), (lone(), {})],
    "acts-on-host": [(having(Trait.HOST_MAINTENANCE), {}), (lone(), {})],
    "needs-root": [(having(Trait.NEEDS_ROOT), {})],
    "local-services": [(having(Trait.NEEDS_HOST), PINNED), (lone(), ECS)],
    "other-hosts": [
        (lone(steps=[step("ssh", StepKind.REMOTE)]), {}),
        (lone(), ECS),
        (copying("rsync -a /x/ h2::y/"), ECS),
        (copying("rclone sync /x h2:y"), ECS),
    ],
    "clock-of-run": [
        (lone(), {}),
        (asking("psql -c 'DELETE FROM d WHERE day < current_date - 30'"), {}),
        (lone(steps=[step("find", text="find /in -mtime +9 -exec /opt/clear {} +")]), {}),
    ],
    "hostname-guard": [(lone(), {})],
    "shell-path": [
        (doing("/opt/x", shell="/opt/homebrew/bin/bash"), {}),
        (doing("/opt/x"), {}),
        (doing("/opt/x", shell="bash", schedule=clock(dialect=Dialect.BUSYBOX)), {}),
        (changed(doing("/opt/x", shell="/bin/bash -l"), source="manifest"), {}),
    ],
    "session-agent": [
        (doing("/opt/display"), {}),
        (doing("systemctl restart web; /opt/x --user etl"), {}),
        (doing("DISPLAY= /opt/x; SSH_AUTH_SOCK='' /opt/y"), {}),
        (doing("unset SSH_AUTH_SOCK SSH_AGENT_PID; env -u XAUTHORITY /opt/x"), {}),
        (lone(settings=(replace(SESSION, value=""), replace(HOME_SET, value="/srv/gpg-agent"))), {}),
    ],
    "secret-argv": [
        (doing("mysql -p"), {}),
        (lone(settings=(SECRET,)), {}),
        (lone(settings=(SECRET,), command="/opt/x $PGPASSWORDS"), {}),
        (lone(settings=(replace(SECRET, name="TOKEN"),), steps=[step("psql", program="psql")]), {}),
    ],
    "jinja": [(doing("docker ps --format '{{.Names}}'"), {}), (doing("echo ${list}"), ON_AIRFLOW)],
    "exit-99": [(doing("exit 990"), ON_AIRFLOW), (doing("/opt/x --exit 99"), ON_AIRFLOW), (doing("exit 99"), {})],
    "cfn-resolve": [(doing("/opt/x {{resolve:ssm:y}}"), ON_AIRFLOW), (doing("echo {{x}}"), {})],
    "lambda-limit": [
        (lone(), {}),
        (lone(), {"aws": {"compute": "lambda"}, **lasting(lone(), "15m")}),
        (lone(steps=[step(service="glue")]), {"aws": {"compute": "lambda"}}),
    ],
    "long-override": [(doing("x" * 8000), ECS), (doing("x" * 9000), {})],
    "long-polling": [(line(2), lasting(line(2), "20h")), (line(2), {}), (line(2), {**lasting(line(2), "30h"), **ECS})],
    "waiter-ceiling": [(fan(8), {"team": {"engineers": 2}}), (line(2), lasting(line(2), "3h"))],
}


def test_every_hazard_is_listed():
    """The tuple has every module of the folder, once, and every id is its file's name."""
    folder = Path(migrator.advice.hazards.__file__).parent
    names = {path.stem.replace("_", "-") for path in folder.glob("*.py")} - {"--init--"}
    assert len({check.id for check in HAZARDS}) == len(HAZARDS)
    assert {check.id for check in HAZARDS} == names
    assert set(SPEAKS) == set(SILENT) == names


@pytest.mark.parametrize("check", HAZARDS, ids=lambda check: check.id)
def test_hazard_says_why_and_when_it_is_silent(check: HazardCheck):
    """Its module's docstring is its page, and it cites where it comes from."""
    page = __import__(check.find.__module__, fromlist=["CHECK"]).__doc__
    assert "**Why.**" in page
    assert "**Says nothing**" in page
    assert check.reference
    assert check.targets


@pytest.mark.parametrize(("hazard", "number"), [(name, n) for name, rows in SPEAKS.items() for n in range(len(rows))])
def test_speaks(hazard: str, number: int):
    """It is found once, with text, remedy and a place."""
    of, tables = SPEAKS[hazard][number]
    [item] = found(hazard, of, **tables)
    assert item.text
    assert item.remedy
    assert item.evidence
    assert item.job in of.cluster.jobs


@pytest.mark.parametrize(("hazard", "number"), [(name, n) for name, rows in SILENT.items() for n in range(len(rows))])
def test_silent(hazard: str, number: int):
    """It is not found."""
    of, tables = SILENT[hazard][number]
    assert found(hazard, of, **tables) == []


def test_a_job_starts_where_its_settings_set_home():
    """A relative path is found from there, not from the home folder of its user."""
    [item] = found("home-folder", doing("bin/run.sh > load.log", settings=(HOME_SET,)))
    assert item.text == "`> load.log` is found because cron starts in /srv/x"
    [item] = found("home-folder", doing('eval "$(./bin/agent)"; /opt/x', settings=(HOME_SET,)))
    assert item.text == "`./bin/agent` is found because cron starts in /srv/x"


def test_plain_job_has_no_hazard():
    """An ordinary job is told nothing at all."""
    assert answer(lone(command="/opt/etl/load.sh >> /var/log/load.log 2>&1")).hazards == ()


def test_evidence_points_at_the_upstream_too():
    """The race of two clocks is shown by what ties them."""
    [item] = found("clock-as-order", pair(clock("0 1 * * *"), clock("0 2 * * *")))
    assert "a.sh makes at `0 1 * * *`" in item.text
    assert item.evidence[0].says == "reads what a wrote"


def tied(**changes: object) -> Case:
    """Make two jobs an hour apart, and say more of what ties them."""
    found = pair(clock("0 1 * * *"), clock("0 2 * * *"))
    [tie] = found.cluster.dependencies
    return replace(found, cluster=replace(found.cluster, dependencies=(replace(tie, **changes),)))  # type: ignore[arg-type]


def test_an_order_that_something_holds_is_no_race():
    """A wait, a marker or a duration that fits keeps the order; a duration that does not is said."""
    assert not found("clock-as-order", tied(safety=Safety.HELD, timing="waits until it is there"))
    assert not found("clock-as-order", tied(safety=Safety.FITS, timing="starts 1 hour after"))
    [item] = found("clock-as-order", tied(safety=Safety.RACE, timing="starts 1 hour after, it may use half a result"))
    assert "half a result" in item.text


def test_a_file_of_the_host_is_handed_over_whatever_speaks_for_it():
    """A folder, and a wait for a file, lie on the disk that the job leaves; a wait for an object does not."""
    here, there = Resource(ResourceKind.FILE, "/d/x", "h"), Resource(ResourceKind.S3, "s3://b/x")
    assert found("file-handoff", tied(kind=DependencyKind.FOLDER), **ECS)
    assert found("file-handoff", tied(kind=DependencyKind.WAIT, through=here), **ECS)
    assert not found("file-handoff", tied(kind=DependencyKind.WAIT, through=there), **ECS)


def test_texts_are_the_comparison_s():
    """A skipped hour is skipped by EventBridge and run late by Airflow; the days are told."""
    [eventbridge] = found("dst-skip", at("30 2 * * *", PARIS))
    [airflow] = found("dst-skip", at("30 2 * * *", PARIS), **ON_AIRFLOW)
    assert "2027-03-28" in eventbridge.text
    assert "cron starts it at 03:00, EventBridge Scheduler does not" in eventbridge.text
    assert "cron starts it at 03:00, Airflow at 03:30" in airflow.text


def test_an_unknown_zone_is_no_hazard():
    """What the zone decides is asked, and not told as a hazard."""
    assert answer(at("30 2 * * *")).hazards == ()


def test_test_of_the_day_is_told_with_its_reason():
    """The remark on the fields and the test that follows from it."""
    [item] = found("dom-dow-or", at("0 0 13 * 5"))
    assert (
        "the day of the week matches `5`, which EventBridge Scheduler cannot say: a test of the day must" in item.text
    )


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("* * * * *", 1), ("*/7 * * * *", 4), ("0 3 * * *", 1440), ("0 22,1 * * *", 180), ("59 23 * * *", 1440)],
)
def test_shortest_gap(text: str, minutes: int):
    """The closest two starts, over midnight too."""
    fields = clock(text).fields
    assert isinstance(fields, CronFields)
    assert shortest_gap(fields) == minutes


def test_dead_schedule_has_no_gap():
    """What never fires has no two starts."""
    fields = clock("0 0 30 2 *").fields
    assert isinstance(fields, CronFields)
    assert shortest_gap(fields) is None


LOCALES = (
    "date +%F",
    "date +%Y%m%d-%H%M",
    'x "$(date +%b)"',
    "date '+%-B %d'",
    'date +%"b"',
    "date +%\\b",
    "date +%_^#0a",
    "d=`date +%x`; y $d",
    "date -d now '+the %F of %A'",
    "s'or't in",
    "s\\ort in; date +%F",
    "date +%F && /usr/bin/comm a b",
    "join a b > c",
    "$'sort' in",
    "/opt/join-rows in",
    "x `sort` | y",
    "x <(sort)",
    "(date +%s; echo +%b)",
    "echo date %b",
)


@pytest.mark.parametrize("text", LOCALES)
def test_what_is_not_parsed_for_a_locale_has_none(text, monkeypatch):
    """A text that is passed over by its letters is one in which nothing would be found."""
    passed = locale_order._told(text)
    monkeypatch.setattr(locale_order, "_may_tell", lambda text: True)
    assert passed == locale_order._told(text)


ENDS = (
    "/opt/run --all",
    "/opt/run a > /var/log/x 2>&1",
    "/opt/run a >> /var/log/x.log 2>&1",
    "/opt/run a >&2 b",
    "true",
    "[ -f x ] x",
    "x > /dev/null &",
    "x; true",
    "x 2>&1 & echo y",
    "x\necho y",
    "if a > b",
    "do echo",
    "time true",
    "x \\; echo",
    "'a;b' c",
    "a | echo",
    "x > 'a' & true",
    "> x y",
    "",
    " ",
)


@pytest.mark.parametrize("text", ENDS)
def test_what_is_not_parsed_for_its_end_is_one_command(text, monkeypatch):
    """A line that is passed over as plain is one in which no end would be found."""
    of = lone(command=text)
    passed = answer(of)
    monkeypatch.setattr(exit_swallow, "_is_one_command", lambda text: False)
    assert passed == answer(of)

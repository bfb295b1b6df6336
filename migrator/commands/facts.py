"""The facts about one job's command, each with its place."""

from enum import StrEnum

from migrator.inventory.types import Secret
from migrator.model import Access, Evidence, JobId, Origin, Range, ServiceCall
from migrator.model.frozen import frozen
from migrator.model.worded import worded


@worded
class StepKind(StrEnum):
    """What sort of work a step is."""

    PROGRAM = "program"
    SCRIPT = (
        "script"  # a program in a language that is read for its effects, or a shell script that could not be followed
    )
    FILES = "files"  # housekeeping: cp mv rm tar gzip find chmod
    CLOUD = "cloud"
    REMOTE = "remote"  # runs on another host
    CONTAINER = "container"
    DATABASE = "database"
    TRANSFER = "transfer"  # curl, rsync, scp, rclone
    WAIT = "wait"  # waits for a file, an object, a service
    MAIL = "mail"
    OPAQUE = "opaque"  # not understood


@worded
class Join(StrEnum):
    """How a step follows the one before it."""

    FIRST = "first"
    THEN = "then"  # `;` or a new line: whatever the one before gave
    AND = "and"  # `&&`, or after `set -e`: only when it succeeded
    OR = "or"  # `||`: only when it failed
    PARALLEL = "parallel"  # started with `&`, or beside another that was


@frozen
class Step:
    """One command that does work. A pipeline is one step.

    `name` is short and unique in its job (`load.py`, `aws s3 cp`); `text` the redacted source. `branch` is the path of
    branch labels it lies in (`if 3`, `case 7/2`), empty on the main line. `loop` says that it repeats. `program` is the
    path or word that is run, wrappers peeled. `trail` has the offsets that lead to it: of a command in the job's own
    text, then, where that one runs other shell text, of a command in that, and so on.
    """

    name: str
    text: str
    kind: StepKind
    origin: Origin
    program: str
    join: Join = Join.FIRST
    branch: tuple[str, ...] = ()
    loop: bool = False
    accesses: tuple[Access, ...] = ()
    call: ServiceCall | None = None
    unclear: tuple[str, ...] = ()
    trail: tuple[int, ...] = ()


@frozen
class Unit:
    """Steps (indices into `CommandFacts.steps`) that run, fail and repeat together; `why` says what began the unit."""

    steps: tuple[int, ...]
    why: str


@worded
class BranchKind(StrEnum):
    """The kinds of decision point."""

    IF = "if"
    CASE = "case"
    HANDLER = "handler"  # `||` to something that works
    TEST = "test"  # `&&` behind a test
    LOOP = "loop"  # a loop with a condition


@frozen
class Branch:
    """A decision point."""

    kind: BranchKind
    origin: Origin
    text: str


@worded
class LockKind(StrEnum):
    """How exclusion is made."""

    FLOCK = "flock"
    LOCK_TOOL = "lock-tool"
    PID_FILE = "pid-file"
    DIRECTORY = "directory"
    PROCESS_LIST = "process-list"


@frozen
class Lock:
    """A lock: `name` is the normalised path or pattern; `skips` when a second run gives up instead of waiting.

    `fails` says whether the run that gives up ends as a failure; None where what stands behind it decides.
    """

    kind: LockKind
    name: str
    skips: bool
    origin: Origin
    text: str
    fails: bool | None = True


@worded
class WaitKind(StrEnum):
    """What is waited for."""

    TIME = "time"
    RANDOM = "random"
    FILE = "file"
    OBJECT = "object"
    SERVICE = "service"


@frozen
class Wait:
    """A wait.

    `target` is what is waited for; `seconds` the time slept in all or between looks, None where unknown; `timeout` the
    longest in all; `leads` says that nothing works before it and nothing decides about it.
    """

    kind: WaitKind
    target: str
    seconds: Range | None
    timeout: int | None
    origin: Origin
    text: str
    leads: bool = False


@frozen
class Wrapper:
    """A peeled wrapper and what it said: (`timeout`, `5m`), (`sudo`, `-u bob`), (`nice`, `-n 19`), (`ssh`, `host`)."""

    name: str
    arguments: str
    origin: Origin


@worded
class Trait(StrEnum):
    """What is true of the command as a whole and matters where it may go."""

    DAEMON = "daemon"  # leaves a process behind, or never ends
    WATCHDOG = "watchdog"  # restarts something that is down
    HOST_MAINTENANCE = "host-maintenance"  # acts on the host itself: packages, logs, services, certificates, disks
    SWALLOWS_EXIT = "swallows-exit"  # a failure does not show in the exit code
    DATE_DEPENDENT = "date-dependent"  # asks the clock which day it works on
    DATE_GUARD = "date-guard"  # runs only on days that the command itself tests
    HOST_GUARD = "host-guard"  # runs only on hosts that the command itself tests
    NEEDS_ROOT = "needs-root"
    NEEDS_HOST = "needs-host"  # local services, devices, sockets, /proc
    FOLLOWS_UNREAD = "follows-unread"  # calls a script that is not among the files read
    NEEDS_SESSION = "needs-session"  # an agent, a bus or a display of a login
    LOGS_IN = "logs-in"  # to another host, from a program that is no shell's
    SENDS_MAIL = "sends-mail"  # from a program that is no shell's
    EXITS_99 = "exits-99"  # can end with the code that Airflow takes for skipped
    STARTS_FOLDER = "starts-folder"  # run-parts: what it starts is listed as jobs of their own


@frozen
class TraitFound:
    """A trait and its proof."""

    trait: Trait
    evidence: Evidence


@frozen
class Called:
    """A script among the files read that the job runs: as written, its path in the tree, how one led to the other."""

    written: str
    path: str
    how: str
    origin: Origin


@frozen
class Followed:
    """A shell script that was read where it is called or sourced.

    `caller` is the script that the call stands in, None for the job's own text, `at` the offset of the calling command
    there; `path` and `text` are the script's own, the text redacted.
    """

    caller: str | None
    at: int
    path: str
    text: str


@frozen
class CommandFacts:
    """Everything known about one job's command. Order is the source's order.

    `fan_out` and `fan_in` count parallel starts and the waits that join them. `reads` and `writes` are in the steps'
    accesses; `accesses` here adds those of no single step (the line's own log). `services` are cloud calls that
    a program makes among its other work, which no step stands for. `secrets` are those found in the files that it
    calls, imports or reads its settings from. `followed` are the shell scripts behind several units or a
    cloud call.
    """

    job: JobId
    steps: tuple[Step, ...]
    units: tuple[Unit, ...]
    branches: tuple[Branch, ...] = ()
    accesses: tuple[Access, ...] = ()
    locks: tuple[Lock, ...] = ()
    waits: tuple[Wait, ...] = ()
    wrappers: tuple[Wrapper, ...] = ()
    called: tuple[Called, ...] = ()
    traits: tuple[TraitFound, ...] = ()
    fan_out: int = 0
    fan_in: int = 0
    timeout: int | None = None
    unclear: tuple[str, ...] = ()
    services: tuple[ServiceCall, ...] = ()
    secrets: tuple[Secret, ...] = ()
    followed: tuple[Followed, ...] = ()

    @property
    def calls(self) -> tuple[ServiceCall, ...]:
        """Give the cloud calls, in order."""
        return tuple(step.call for step in self.steps if step.call)

    @property
    def touched(self) -> tuple[Access, ...]:
        """Give all accesses, the steps' first."""
        return tuple(access for step in self.steps for access in step.accesses) + self.accesses

    def has(self, trait: Trait) -> bool:
        """Say whether the trait was found."""
        return any(found.trait is trait for found in self.traits)

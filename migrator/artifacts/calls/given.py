"""What a call says, from a command line of the AWS CLI or from a manifest: its options with their texts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from migrator.artifacts.parts.file import CannotBeSaidError
from migrator.plan.clusters import CallPart
from migrator.plan.jobs import JobPart
from migrator.redaction.marks import MARK
from migrator.shell import parse
from migrator.shell.tree import Command, Literal, Redirect, Word

# Options of every command (AWS CLI reference, «Global options»). What they print or how, nobody gets to see.
_PRINTING = frozenset({"query", "output", "color", "cli-read-timeout", "cli-connect-timeout"})
_PRINTING_FLAGS = frozenset({"debug", "no-cli-pager", "no-cli-auto-prompt", "no-paginate"})
_REGIONS = frozenset({"AWS_DEFAULT_REGION", "AWS_REGION"})
# What the CLI takes its identity or its address from (its user guide, «Environment variables»).
_ELSEWHERE = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_CONFIG_FILE", "AWS_ENDPOINT_URL", "AWS_CA_BUNDLE")
_PASSING = ("/tmp/", "/var/tmp/", "/dev/shm/")  # noqa: S108 - compared with, never written to
_ACTS_UNQUOTED = frozenset("*?[~{")


@dataclass(frozen=True, slots=True)
class Given:
    """What is said of a call.

    `options` are without their dashes; an empty text is a flag. `name` is a manifest's, None for a command line;
    `operands` are a command line's words behind the action. `raw` is the CLI's --cli-binary-format, empty where none is
    said. `notes` tell what is not carried over.
    """

    service: str
    action: str
    declared: bool
    name: str | None = None
    options: Mapping[str, str] = field(default_factory=dict)
    operands: tuple[str, ...] = ()
    raw: str = ""
    region: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        """Name the call for people, in parameters' names."""
        return self.name or self.action


def of_manifest(call: CallPart) -> Given:
    """Take a manifest's call: its keys are options by their CLI names; all values are texts."""
    for text in (call.name or "", *(part for argument in call.arguments for part in argument)):
        _check_text(text)
    return Given(call.service, call.action, declared=True, name=call.name, options=dict(call.arguments))


def of_command(text: str, job: JobPart, flags: Collection[str], read: Collection[str] = ()) -> Given:
    """Read a command line that is one call and nothing else; `flags` are the action's options without a value.

    Raise CannotBeSaidError where a word is only known at the run, or something of the call stays on the host.
    """
    command = _only_command(text)
    notes = [note for redirect in command.redirects for note in _redirected(redirect, job, read)]
    words = [_literal(word) for word in command.words]
    program = words[0].rpartition("/")[2] if words else ""
    if program not in {"aws", "aws2"}:
        msg = "its command is not the AWS CLI alone"
        raise CannotBeSaidError(msg)
    options, operands = _sorted_out(words[1:], flags)
    region = _region(command, job, options)
    for name in [name for name in options if name in _PRINTING | _PRINTING_FLAGS]:
        del options[name]
    raw = options.pop("cli-binary-format", "")
    if len(operands) < 2:
        msg = "its command names no action"
        raise CannotBeSaidError(msg)
    service, action, *rest = operands
    return Given(service, action, False, None, options, tuple(rest), raw, region, tuple(notes))


def leaves_answer(path: str, read: Collection[str]) -> list[str]:
    """Say that an answer is not written into a file of the host; raise CannotBeSaidError where somebody may miss it."""
    if path in {"/dev/null", "/dev/stdout", "/dev/stderr"}:
        return []
    if path in read or not path.startswith(_PASSING):
        msg = f"it leaves the service's answer in {path[:80]}"
        raise CannotBeSaidError(msg)
    return [f"The answer is not written to {path}, which nothing that was read takes in."]


def _only_command(text: str) -> Command:
    script = parse(text)
    items = script.items
    if script.faults or len(items) != 1 or items[0].background or not isinstance(items[0].node, Command):
        msg = "its command is more than one call"
        raise CannotBeSaidError(msg)
    return items[0].node


def _literal(word: Word) -> str:
    text = word.literal
    if text is None:
        msg = f"the shell makes {word.raw[:60]} only when it runs"
        raise CannotBeSaidError(msg)
    if any(isinstance(part, Literal) and not part.quoted and _ACTS_UNQUOTED & set(part.text) for part in word.parts):
        msg = f"the shell may make another text of {word.raw[:60]}"
        raise CannotBeSaidError(msg)
    _check_text(text)
    return text


def _check_text(text: str) -> None:
    if MARK.search(text):
        msg = "a secret stands in its arguments"
        raise CannotBeSaidError(msg)
    if text.startswith(("file://", "fileb://")):
        msg = f"it sends a file of the host ({text[:60]})"
        raise CannotBeSaidError(msg)


def _redirected(redirect: Redirect, job: JobPart, read: Collection[str]) -> Iterator[str]:
    target = redirect.target.literal if redirect.target else None
    if redirect.operator == ">&" and target is not None and target.isdigit():
        return
    if target is not None and redirect.operator in {">", ">>", ">|", "&>", "&>>", ">&"}:
        if target in job.logs and target not in read:
            yield f"What the call answers is not written to {target} any more."
        else:
            yield from leaves_answer(target, read)
        return
    if target != "/dev/null":
        msg = "it takes in a file or a text of the shell"
        raise CannotBeSaidError(msg)


def _sorted_out(words: Sequence[str], flags: Collection[str]) -> tuple[dict[str, str], list[str]]:
    options: dict[str, str] = {}
    operands: list[str] = []
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            operands.append(word)
            continue
        name, sign, value = word[2:].partition("=")
        if name in options:
            msg = f"it gives --{name[:40]} twice"
            raise CannotBeSaidError(msg)
        if not sign and name not in flags and name not in _PRINTING_FLAGS:
            if not rest or rest[0].startswith("--"):
                msg = f"it gives --{name[:40]} no value, or one that is not carried over"
                raise CannotBeSaidError(msg)
            value = rest.pop(0)
            _check_text(value)
        options[name] = value
    return options, operands


def _region(command: Command, job: JobPart, options: dict[str, str]) -> str | None:
    """Give the region that the call is made in, None where only the host knows."""
    around = {setting.name: setting.value for setting in job.settings}
    for assignment in command.assignments:
        value = assignment.value.literal if assignment.value else ""
        if assignment.append or assignment.elements is not None or value is None:
            msg = f"the shell makes {assignment.name} only when it runs"
            raise CannotBeSaidError(msg)
        if not assignment.name.startswith("AWS_"):
            msg = f"it is called with {assignment.name} set"
            raise CannotBeSaidError(msg)
        around[assignment.name] = value
    if "profile" in options or any(around.get(name) for name in _ELSEWHERE):
        msg = "it is called as a profile of the host's, or at another address"
        raise CannotBeSaidError(msg)
    named = options.pop("region", None) or next((around[name] for name in sorted(_REGIONS) if around.get(name)), None)
    if named is not None and not named.replace("-", "").isalnum():
        msg = "its region is no name of a region"
        raise CannotBeSaidError(msg)
    return named

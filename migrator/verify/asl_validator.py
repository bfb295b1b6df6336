"""asl-validator (npm), which holds state machines against the schema of the Amazon States Language."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath

TOOL = "asl-validator"
_SECONDS = 120
_LONGEST = 2000  # characters of what it says of one definition
_BAD, _GOOD = "\N{MULTIPLICATION X}", "\N{CHECK MARK}"
# What a stack knows of itself stands in texts as references; the tool looks at the form of ARNs.
_SAMPLES = {"<AWS::Partition>": "aws", "<AWS::Region>": "us-east-1", "<AWS::AccountId>": "111122223333"}


class NotRunError(RuntimeError):
    """The tool could not be asked: why."""


@dataclass(frozen=True, slots=True)
class AslValidator:
    """The program, and where it finds node (as in PATH)."""

    program: Path
    search_path: str

    def faults(self, definitions: Sequence[str]) -> list[tuple[str, ...]]:
        """Give what it says about each definition (JSON), nothing where it is content; raise NotRunError.

        All go through one process: starting node takes longer than a definition.
        """
        if not definitions:
            return []
        with tempfile.TemporaryDirectory() as folder:
            places = [Path(folder) / f"{number:06d}.json" for number in range(len(definitions))]
            for place, definition in zip(places, definitions, strict=True):
                place.write_text(_sampled(definition), encoding="utf-8")
            said = self._said([word for place in places for word in ("--json-path", str(place))])
        return [_about(place.name, said) for place in places]

    def _said(self, arguments: Sequence[str]) -> str:
        command = [str(self.program), *arguments]
        try:
            done = subprocess.run(  # noqa: S603 - a program of PATH, and our own arguments
                command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                env={"PATH": self.search_path},
                timeout=_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            # Its own message has the whole command, with a path for each definition.
            msg = f"{TOOL} could not be run: it was not done in {_SECONDS} seconds"
            raise NotRunError(msg) from error
        except OSError as error:
            msg = f"{TOOL} could not be run: {error}"
            raise NotRunError(msg) from error
        said = done.stdout.decode(errors="replace")
        if said.count(_GOOD) + said.count(_BAD) < len(arguments) // 2:
            last = (said.strip().splitlines() or [f"exit {done.returncode}"])[-1]
            msg = f"{TOOL} could not be run: {last[:200]}"
            raise NotRunError(msg)
        return said


def find_asl_validator(search_path: str | None) -> AslValidator | None:
    """Find it in the absolute folders of `search_path` (as in PATH): others may lie in what is planned."""
    folders = [folder for folder in (search_path or "").split(":") if PurePath(folder).is_absolute()]
    found = shutil.which(TOOL, path=":".join(folders)) if folders else None
    return AslValidator(Path(found), ":".join(folders)) if found else None


def _sampled(definition: str) -> str:
    for reference, sample in _SAMPLES.items():
        definition = definition.replace(reference, sample)
    return definition


def _about(name: str, said: str) -> tuple[str, ...]:
    """Cut what is said of one definition out of the output, which has a mark before each."""
    for part in said.replace(_GOOD, f"\0{_GOOD}").replace(_BAD, f"\0{_BAD}").split("\0"):
        if f'{name}" is invalid' in part and part.startswith(_BAD):
            lines = part[:_LONGEST].splitlines()[1:]
            return tuple(line.strip() for line in lines if line.strip()) or ("it is invalid",)
    return ()

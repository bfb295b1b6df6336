"""Run a target under atheris: `python -m tests.fuzz.run NAME --seconds 600`. README.md says how to go on from there."""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
import traceback
from collections.abc import Iterable
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["migrator"]):
    from tests.fuzz.targets import TARGETS

FINDINGS = Path(__file__).parent / "findings"
_SLOW = 3.0  # seconds of the processor; the instrumented code takes about three times as long as the code itself
_TOKEN = re.compile(rb"\w+|[^\w\s]+")


class Fuzzing:
    """A target with what it broke on so far: one finding for each kind of exception and place that raised it."""

    def __init__(self, name: str) -> None:
        self.target = TARGETS[name]
        self.kinds: set[str] = set()

    def once(self, data: bytes) -> None:
        """Check an input; keep it if it is a finding of a new kind, and go on."""
        begun = time.process_time()
        try:
            self.target.check(data)
        except Exception as error:  # noqa: BLE001 - whatever comes out of a parser is the finding
            self._keep(data, _kind(error))
        if time.process_time() - begun > _SLOW:
            self._keep(data, "slow")

    def _keep(self, data: bytes, kind: str) -> None:
        if kind in self.kinds:
            return
        self.kinds.add(kind)
        folder = FINDINGS / self.target.name
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / hashlib.sha256(data).hexdigest()[:12]
        path.write_bytes(data)
        print(f"FINDING {kind}: {path}", flush=True)  # noqa: T201 - this is a program for a terminal

    def mutated(self, data: bytes, longest: int, seed: int) -> bytes:
        """Change an input: mostly as libFuzzer does, at times by repeating or nesting a piece of it many times."""
        chance = random.Random(seed)
        if not data or chance.random() < 0.9:
            return atheris.Mutate(data, longest)
        start = chance.randrange(len(data))
        piece = data[start : start + chance.randint(1, 12)]
        times = chance.randint(2, max(2, (longest - len(data)) // len(piece)))
        return (data[:start] + piece * times + data[start:])[:longest]


def _kind(error: Exception) -> str:
    places = [
        f"{Path(frame.filename).name}:{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
        if "/migrator/" in frame.filename
    ]
    return f"{type(error).__name__} in {places[-1] if places else 'the target'}"


def _dictionary(seeds: Iterable[bytes], path: Path) -> None:
    """Write the words and signs of the seeds for libFuzzer, which puts them together anew."""
    tokens = sorted({token for seed in seeds for token in _TOKEN.findall(seed) if len(token) <= 32})
    path.write_text("".join('"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n' for token in tokens))


def main() -> None:
    """Fuzz one target."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.run")
    parser.add_argument("name", choices=sorted(TARGETS))
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument(
        "--seeds", type=Path, action="append", default=[], help="a folder of further inputs to begin with"
    )
    asked = parser.parse_args()
    fuzzing = Fuzzing(asked.name)
    target = fuzzing.target
    FINDINGS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        corpus, words = Path(folder) / "corpus", Path(folder) / "words"
        corpus.mkdir()
        for number, seed in enumerate(target.seeds):
            (corpus / f"seed{number}").write_bytes(seed)
        _dictionary(target.seeds, words)
        options = [
            f"-max_total_time={asked.seconds}",
            f"-max_len={target.longest}",
            f"-dict={words}",
            "-rss_limit_mb=8192",
            "-timeout=60",
            "-print_final_stats=1",
            "-verbosity=1",
            f"-artifact_prefix={FINDINGS / target.name}-",
        ]
        folders = [str(each) for each in (corpus, *asked.seeds, FINDINGS / asked.name) if each.is_dir()]
        atheris.Setup([sys.argv[0], *options, *folders], fuzzing.once, custom_mutator=fuzzing.mutated)
        atheris.Fuzz()


if __name__ == "__main__":
    main()

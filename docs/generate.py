"""Write the pages of rules, hazards and evidence from the docstrings of their modules: `python docs/generate.py`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from migrator.advice.hazard import HazardCheck
from migrator.advice.hazards import HAZARDS
from migrator.advice.rule import Rule
from migrator.advice.rules import RULES
from migrator.graph.evidence import EVIDENCE
from migrator.model import Target

FOLDER = Path(__file__).parent
_EVIDENCE = (
    "What ties two jobs, and how sure that makes it. A tie at or above `threshold` (0.6 unless `[dependencies]` in "
    "`migrator.toml` says otherwise) is a dependency and joins the jobs; one below is shown as doubtful and joins "
    "nothing. `add` and `deny` go before all of it. Of several flows of data between two jobs the surest counts; "
    "words, names and a short time gap each take away their part of the remaining doubt. Every dependency says whether "
    "something holds the later job back today (`held`), the durations given fit (`fits`), only the clock speaks for it "
    "(`hoped`), it is lost already (`race`), or a time is not known (`open`)."
)


def pages() -> dict[str, str]:
    """Give every generated page by its path below `docs/`."""
    found = {f"rules/{rule.id}.md": _rule_page(rule) for rule in RULES}
    found |= {f"hazards/{check.id}.md": _hazard_page(check) for check in HAZARDS}
    found["rules/README.md"] = _index(
        "Rules",
        "Each rule gives reasons for and against targets. None of them chooses: hard limits, pins, bands, people and "
        "money do, in that order.",
        [(rule.id, _docstring(rule.judge.__module__)) for rule in RULES],
    )
    found["hazards/README.md"] = _index(
        "Hazards",
        "What breaks when a job leaves cron. A check speaks only where it can point at a line; a hazard that was "
        "weighed is accepted in `migrator.toml`, with a reason, under `[[accept]]`.",
        [(check.id, _docstring(check.find.__module__)) for check in HAZARDS],
    )
    kinds = {kind.id: _docstring("migrator.graph.evidence." + kind.id.replace("-", "_")) for kind in EVIDENCE}
    found |= {f"evidence/{name}.md": _page(name, text) for name, text in kinds.items()}
    found["evidence/README.md"] = _index("Evidence", _EVIDENCE, list(kinds.items()))
    return found


def write() -> Iterator[Path]:
    """Write the pages that differ, remove those of what is gone, and give the paths touched."""
    wanted = pages()
    for name, text in sorted(wanted.items()):
        path = FOLDER / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            yield path
    for path in [*FOLDER.glob("rules/*.md"), *FOLDER.glob("hazards/*.md"), *FOLDER.glob("evidence/*.md")]:
        if path.relative_to(FOLDER).as_posix() not in wanted:
            path.unlink()
            yield path


def _rule_page(rule: Rule) -> str:
    return _page(rule.id, _docstring(rule.judge.__module__), f"**Source.** {rule.reference}.")


def _hazard_page(check: HazardCheck) -> str:
    places = [target.label for target in Target if target in check.targets]
    where = f"**Checked for** {', '.join(places)}."
    return _page(check.id, _docstring(check.find.__module__), f"{where}\n\n**Source.** {check.reference}.")


def _page(name: str, text: str, foot: str = "") -> str:
    title, _, body = text.partition("\n")
    return "\n\n".join(part for part in (f"# {name}", title, body.strip(), foot) if part) + "\n"


def _index(title: str, text: str, rows: list[tuple[str, str]]) -> str:
    listed = "\n".join(f"| [{name}]({name}.md) | {page.partition(chr(10))[0]} |" for name, page in rows)
    return f"# {title}\n\n{text}\n\n| id | what it says |\n| --- | --- |\n{listed}\n"


def _docstring(module: str) -> str:
    return (importlib.import_module(module).__doc__ or "").strip()


if __name__ == "__main__":
    for written in write():
        print(written)  # noqa: T201 - the script's own output

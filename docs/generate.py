"""Write the pages of rules and hazards from the docstrings of their modules: `python docs/generate.py`."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path

from migrator.advice.hazard import HazardCheck
from migrator.advice.hazards import HAZARDS
from migrator.advice.rule import Rule
from migrator.advice.rules import RULES
from migrator.model import Target

FOLDER = Path(__file__).parent


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
    for path in [*FOLDER.glob("rules/*.md"), *FOLDER.glob("hazards/*.md")]:
        if path.relative_to(FOLDER).as_posix() not in wanted:
            path.unlink()
            yield path


def _rule_page(rule: Rule) -> str:
    return _page(rule.id, _docstring(rule.judge.__module__), f"**Source.** {rule.reference}.")


def _hazard_page(check: HazardCheck) -> str:
    places = [target.label for target in Target if target in check.targets]
    where = f"**Checked for** {', '.join(places)}."
    return _page(check.id, _docstring(check.find.__module__), f"{where}\n\n**Source.** {check.reference}.")


def _page(name: str, text: str, foot: str) -> str:
    title, _, body = text.partition("\n")
    return f"# {name}\n\n{title}\n\n{body.strip()}\n\n{foot}\n"


def _index(title: str, text: str, rows: list[tuple[str, str]]) -> str:
    listed = "\n".join(f"| [{name}]({name}.md) | {page.partition(chr(10))[0]} |" for name, page in rows)
    return f"# {title}\n\n{text}\n\n| id | what it says |\n| --- | --- |\n{listed}\n"


def _docstring(module: str) -> str:
    return (importlib.import_module(module).__doc__ or "").strip()


if __name__ == "__main__":
    for written in write():
        print(written)  # noqa: T201 - the script's own output

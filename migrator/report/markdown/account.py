"""What was read, line by line, and what could not be."""

from collections import defaultdict
from collections.abc import Sequence

from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.account import FindingPart, LedgerPart
from migrator.plan.jobs import JobPart
from migrator.report.markdown.blocks import Blocks, bullets, shortened, table
from migrator.report.markdown.escaping import code, names, place, prose

_MOST_FILES = 40
_SOME_FILES = 12  # of many, where no line is unread
_MOST_ROWS = 100
_MOST_PLACES = 6
_COUNTS = ("lines", "jobs", "assignments", "comments", "blank", "disabled", "unread")


def ledger_blocks(plan: MigrationPlan) -> Blocks:
    """Account for every line of every file; above forty files, those that need a look and the totals."""
    rows = plan.ledger
    intro = "Every line that was read is in one column; *lines* is their sum."
    shown: Sequence[LedgerPart] = rows
    if len(rows) > _MOST_FILES:
        # Unread lines matter most; of files that are much alike a few show what they are like.
        ranked = sorted(rows, key=lambda row: (-row.unread, -row.disabled, -row.jobs, row.path))
        unread = sum(row.unread > 0 for row in rows)
        shown = sorted(ranked[: min(_MOST_FILES, max(_SOME_FILES, unread))], key=lambda row: row.path)
        intro += f" Shown are {len(shown)} of {counted(len(rows), 'file')}: those with the most lines unread, then "
        intro += "disabled, then the largest. All are in `plan.json`."
    headers = ["File", "Read as", "Host", "Lines:", "Jobs:", "Settings:", "Comments:", "Blank:", "Disabled:", "Unread:"]
    body = [
        [
            code(row.path, 80),
            f"{prose(row.format)}, {row.dialect}",
            code(row.host or ""),
            *_counts([row]),
        ]
        for row in shown
    ]
    total = [f"**{counted(len(rows), 'file')}**", "", "", *_counts(rows)]
    return ["## What was read", intro, table(headers, [*body, total])]


def inactive_blocks(plan: MigrationPlan) -> Blocks:
    """Show what cron does not run, with the reason."""
    jobs = [job for job in plan.jobs if not job.active]
    if not jobs:
        return []
    blocks = [f"## {counted(len(jobs), 'inactive job')}", _why_inactive(jobs)]
    if len(jobs) > _MOST_FILES:
        return blocks + _inactive_by_file(jobs)
    rows = [
        [code(job.title, 60), place(job.origin), prose(job.inactive_kind or "–"), prose(job.inactive_why or "–")]
        for job in jobs
    ]
    return [*blocks, table(["Job", "Place", "Kind", "Why"], rows)]


def _why_inactive(jobs: Sequence[JobPart]) -> str:
    ignored = sum(job.runs_today for job in jobs)
    if ignored == len(jobs):
        return "The settings ignore them: none is in a wave, and cron goes on running them."
    first = f"The settings ignore {ignored:,} of them, which cron goes on running. " if ignored else ""
    which = "the others" if ignored else "these"
    return f"{first}Cron runs none of {which} today, so none is in a wave until somebody decides."


def _inactive_by_file(jobs: Sequence[JobPart]) -> Blocks:
    groups: defaultdict[tuple[str, str, str], list[JobPart]] = defaultdict(list)
    for job in jobs:
        groups[(job.origin.path, job.inactive_kind or "–", job.inactive_why or "–")].append(job)
    rows = [
        [code(path, 80), f"{len(group):,}", prose(kind), prose(why)]
        for (path, kind, why), group in list(groups.items())[:_MOST_ROWS]
    ]
    return [table(["File", "Jobs:", "Kind", "Why"], rows), *_more(len(groups) - _MOST_ROWS)]


def unread_blocks(plan: MigrationPlan) -> Blocks:
    """Show what could not be read: place, text, reason, remedy."""
    if not plan.unread:
        return []
    rows = [
        [place(line), code(line.text, 80), prose(line.reason), prose(line.remedy) or "–"]
        for line in plan.unread[:_MOST_ROWS]
    ]
    heading = f"## {counted(len(plan.unread), 'line')} could not be read"
    return [heading, table(["Place", "Text", "Reason", "Remedy"], rows), *_more(len(plan.unread) - _MOST_ROWS)]


def finding_blocks(plan: MigrationPlan) -> Blocks:
    """Show the remarks on lines and files, one entry for each kind and text."""
    if not plan.findings:
        return []
    groups: defaultdict[tuple[str, str, str, str], list[FindingPart]] = defaultdict(list)
    for finding in plan.findings:
        groups[(finding.severity, finding.kind, finding.text, finding.remedy)].append(finding)
    order = {"silent": 0, "loud": 1, "nuisance": 2}
    ranked = sorted(groups.items(), key=lambda item: (order.get(item[0][0], 3), -len(item[1]), item[0]))
    items = [_finding(key, group) for key, group in ranked]
    return [
        f"## {counted(len(plan.findings), 'remark')} on lines and files",
        bullets(shortened(items, _MOST_ROWS, "kinds in `plan.json`")),
    ]


def secret_blocks(plan: MigrationPlan) -> Blocks:
    """Say where secrets stand, by place and kind only."""
    if not plan.secrets:
        return []
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for secret in plan.secrets:
        groups[secret.kind].append(str(secret))
    items = [f"{prose(kind)}: {names(places, 20)}" for kind, places in sorted(groups.items())]
    intro = (
        "They are left out of every file of this plan. A text is taken for a secret by its name, its place or its "
        "look, so some may be none. Whoever can read the files named here can read those that are: move them to "
        "Secrets Manager or Parameter Store, and change them."
    )
    return [
        f"## {counted(len(plan.secrets), 'text')} that look{'s' * (len(plan.secrets) == 1)} like a secret",
        intro,
        bullets(items),
    ]


def _counts(rows: Sequence[LedgerPart]) -> list[str]:
    return [f"{sum(getattr(row, name) for row in rows):,}" for name in _COUNTS]


def _finding(key: tuple[str, str, str, str], group: Sequence[FindingPart]) -> str:
    severity, _, text, remedy = key
    places = [str(finding) for finding in group]
    advice = f" Remedy: {prose(remedy)}." if remedy else ""
    return f"**{prose(severity)}**: {prose(text)}.{advice} {names(places, _MOST_PLACES)}"


def _more(count: int) -> Blocks:
    return [f"{count:,} more are in `plan.json`."] if count > 0 else []

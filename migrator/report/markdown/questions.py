"""What a person must answer."""

from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.report.markdown.blocks import Blocks
from migrator.report.markdown.escaping import names, prose
from migrator.report.titles import cluster_titles, job_titles


def question_blocks(plan: MigrationPlan) -> Blocks:
    """Ask each question, with what the answer settles and what it is about."""
    if not plan.questions:
        return []
    of_jobs, of_clusters = job_titles(plan), cluster_titles(plan)
    lines = []
    for number, question in enumerate(plan.questions, start=1):
        jobs = f" ({counted(question.jobs, 'job')})" if question.jobs else ""
        lines.append(f"{number}. **{prose(question.text)}**{jobs}")
        lines.append(f"   Settles {prose(_ended(question.settles))}")
        # A cluster may have the id of one of its jobs: as many names as jobs are meant to be jobs.
        called = of_clusters | of_jobs if question.jobs == len(question.about) else of_jobs | of_clusters
        about = list(dict.fromkeys(called.get(name, name) for name in question.about))
        if about:
            lines.append(f"   About {names(about, 6)}.")
    return [f"## {counted(len(plan.questions), 'question')} to answer", "\n".join(lines)]


def _ended(text: str) -> str:
    return text if text.endswith(".") else text + "."

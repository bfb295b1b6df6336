"""`cutover/wave-N.md`: how one wave is carried out, step by step, and taken back. No text of a tab stands in it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from migrator.model import Target
from migrator.model.wording import counted
from migrator.plan import MigrationPlan
from migrator.plan.clusters import ClusterPart, HazardPart
from migrator.plan.cutover import instead_of_restoring
from migrator.plan.document import LeftOutPart
from migrator.plan.jobs import JobPart
from migrator.plan.moving import MinutesPart, TabPart, WavePart
from migrator.plan.tabs import EDITABLE
from migrator.report.markdown.blocks import Blocks, bullets, first, table
from migrator.report.markdown.cutover_words import (
    CLOCK_CHANGES,
    DEPLOYED,
    MOST_NAMES,
    OTHER_MINUTES,
    STARTED,
    SWITCHED_ON,
    TAKEN_BACK,
    exactness,
    fires,
    how_long,
    logs,
    outputs,
    quiet_words,
    sentence,
    tab_cells,
    today_of,
)
from migrator.report.markdown.escaping import code, names, prose
from migrator.report.titles import cluster_titles, job_titles
from migrator.report.wave_order import with_last_before
from migrator.report.words import listed

_MOST_ROWS = 200
_MOST_TABS = 60
_IN_PLAN = "in `plan.json`"


def cutover_pages(plan: MigrationPlan) -> Iterator[tuple[str, str]]:
    """Give each wave's file name in `cutover/`, and its page."""
    jobs = {job.id: job for job in plan.jobs}
    clusters = {cluster.id: cluster for cluster in plan.clusters}
    titles = (job_titles(plan), cluster_titles(plan))
    files: defaultdict[str, list[str]] = defaultdict(list)
    for file in plan.artifacts:
        for name in file.jobs:
            files[name].append(file.path)
    left_out: defaultdict[str, list[tuple[int, LeftOutPart]]] = defaultdict(list)
    for place, part in enumerate(plan.left_out):
        left_out[part.job].append((place, part))
    for wave in with_last_before(plan.waves):
        moving = [clusters[name] for name in wave.clusters if name in clusters]
        without_file = sorted(each for name in set(wave.jobs) for each in left_out.get(name, ()))
        page = _Page(wave, jobs, moving, titles, files, [part for _, part in without_file])
        yield page_name(plan, wave), "\n\n".join(page.blocks()) + "\n"


def page_name(plan: MigrationPlan, wave: WavePart) -> str:
    """Name the page of a wave so that the names sort as the waves do."""
    return f"wave-{wave.number:0{len(str(len(plan.waves)))}}.md"


class _Page:
    """One wave's page."""

    def __init__(
        self,
        wave: WavePart,
        jobs: dict[str, JobPart],
        clusters: Sequence[ClusterPart],
        titles: tuple[dict[str, str], dict[str, str]],
        files: Mapping[str, Sequence[str]],
        without_file: Sequence[LeftOutPart],
    ) -> None:
        self.files = files
        self.wave = wave
        self.titles, self.cluster_titles = titles
        self.clusters = clusters
        moving = set(wave.jobs)
        self.jobs = [
            (jobs[name], cluster) for cluster in clusters for name in cluster.jobs if name in moving and name in jobs
        ]
        self.today = today_of([job for job, _ in self.jobs])
        self.without_file = without_file
        self.targets = [
            target for target in Target if any(cluster.recommendation.target is target for cluster in clusters)
        ]

    def blocks(self) -> Blocks:
        """Give the whole page."""
        blocks = [f"# Wave {self.wave.number}: {counted(len(self.jobs), 'job')}", self._why()]
        for number, part in enumerate(
            (self._settle, self._deploy, self._shadow, self._compare, self._off, self._on, self._watch, self._back), 1
        ):
            heading, *rest = part()
            blocks += [f"## {number}. {heading}", *rest]
        return blocks

    def _why(self) -> str:
        wave = self.wave
        text = f"{prose(wave.why[:1].upper() + wave.why[1:])}."
        if wave.risky:
            name = code(self.cluster_titles.get(wave.risky, wave.risky))
            text += f" Watch {name} most: {prose(wave.risk)}."
        if wave.after:
            waves = listed([str(number) for number in wave.after])
            text += f" Begin when {'waves' if len(wave.after) > 1 else 'wave'} {waves} went well."
        return text

    def _settle(self) -> Iterator[str]:
        yield "Settle first"
        hazards = [(hazard, cluster) for cluster in self.clusters for hazard in cluster.hazards]
        startless = {part.job for part in self.without_file}
        silent = [hazard for hazard, _ in hazards if hazard.severity == "silent"]
        left = [hazard for hazard in silent if not hazard.carried or hazard.job in startless]
        if left:
            yield "Each of these goes wrong without a sign:"
            yield bullets(first(left, _MOST_ROWS, "in the report", self._hazard))
        else:
            yield "No silent hazard of this wave is left to settle."
        if len(left) < len(silent):
            more = f"{counted(len(silent) - len(left), 'more silent hazard')}"
            yield f"The files of step 2 see to {more}, as the report tells: mind it where you write a target by hand."
        work = [job for job, _ in self.jobs if job.effort in ("medium", "large")]
        if work:
            yield "The work to do first:"
            yield bullets(first(work, _MOST_ROWS, _IN_PLAN, self._work))
        if any(cluster.recommendation.undecided is not None for cluster in self.clusters):
            open_ones = [self.cluster_titles[c.id] for c in self.clusters if c.recommendation.undecided is not None]
            yield f"The target is open for {names(open_ones, MOST_NAMES)}: answer the questions and plan again."

    def _deploy(self) -> Iterator[str]:
        yield "Deploy, switched off"
        yield bullets(f"{DEPLOYED[target]}." for target in self.targets if target in DEPLOYED)
        rows = []
        for job, cluster in self.jobs[:_MOST_ROWS]:
            form = job.schedule.forms.get(cluster.recommendation.target)
            shown = ", ".join(code(text) for text in form.expressions[:3]) if form and form.expressions else "–"
            zone = prose(form.timezone) if form and form.timezone else prose(job.schedule.timezone or "not known")
            rows.append([self._name(job.id), cluster.recommendation.target.label, shown, zone, exactness(job, cluster)])
        yield table(["Job", "Target", "Schedule", "Time zone", "Same minutes as cron?"], rows)
        yield from self._rest(len(self.jobs))
        files = sorted({path for name in self.wave.jobs for path in self.files.get(name, ())})
        if files:
            yield f"The files: {names(files, 12)}."
        if self.without_file:
            yield "**Nothing of this plan starts these**, since no file could be written for them:"
            yield bullets(first(self.without_file, _MOST_ROWS, "in the report", self._reason))
            yield "Make what is to start each by hand, and try it. Till then leave its line or file as it is in step 5."

    def _shadow(self) -> Iterator[str]:
        yield "Shadow run"
        yield (
            "Start each job once by hand on its target, well away from its own start, while "
            f"{self.today.starter} still does the work. Let it write to copies where running twice would do harm."
        )
        yield bullets(f"{STARTED[target]}." for target in self.targets if target in STARTED)
        changing = [job for job, _ in self.jobs if job.deletes]
        if changing:
            titles = [self.titles[job.id] for job in changing]
            yield f"These delete or rotate: run them over copies only: {names(titles, 12)}."

    def _compare(self) -> Iterator[str]:
        yield "Compare"
        yield (
            f"The shadow run against the last one by {self.today.starter}: the outputs' size and content, the log's "
            "last lines, the minute."
        )
        rows = [
            [
                self._name(job.id),
                outputs(job),
                logs(job),
                fires(job),
            ]
            for job, _ in self.jobs[:_MOST_ROWS]
        ]
        yield table(["Job", "Outputs", "Log", "Fires"], rows)
        yield from self._rest(len(self.jobs))

    def _off(self) -> Iterator[str]:
        yield self.today.switch_off
        if self.without_file:
            kept = names([self.titles.get(part.job, part.job) for part in self.without_file], 12)
            stays = " `migrator cutover` leaves the line on, unless `--all` is given." if self._stays_on() else ""
            yield f"**Not yet: {kept}**, till something that was made by hand starts it: else it runs nowhere.{stays}"
        yield from self._quiet()
        tabs = self.wave.tabs
        if tabs:
            shown = [tab_cells(tab) for tab in tabs[:_MOST_TABS]]
            yield table(["Host", "File", "Lines", "How", "SHA-256 when planned"], shown)
        if len(tabs) > _MOST_TABS:
            yield f"{len(tabs) - _MOST_TABS:,} more files are {_IN_PLAN}, under the wave's `tabs`."
        if self._editable():
            yield f"```sh\nmigrator cutover DIR {self.wave.number} PATH -o TAB\n```"
            yield (
                "DIR is this plan's folder, PATH the crontab as it is now, TAB a new file outside DIR: the same bytes, "
                "with these lines made comments. It is refused where the file has changed since the plan. Install it "
                "with `crontab -u USER TAB`, or put it in the system file's place with the same owner and mode."
            )
        yield from self._minutes()

    def _quiet(self) -> Iterator[str]:
        if self.wave.quiet:
            yield "When no job of this wave starts, on each host's clock:"
            yield bullets(first(self.wave.quiet, _MOST_TABS, _IN_PLAN, lambda quiet: quiet_words(quiet, self.titles)))
        if any(quiet.clock_changes for quiet in self.wave.quiet):
            yield f"Not in a night in which the clocks change: {self.today.clocks}."

    def _minutes(self) -> Iterator[str]:
        if self.wave.minutes:
            read = " (cron reads a changed table within a minute, cron(8))" if self._editable() else ""
            yield f"Which start is lost or double, job by job{read}. A start that was lost is made up by hand:"
            yield bullets(first(self.wave.minutes, _MOST_ROWS, _IN_PLAN, self._rule))

    def _hazard(self, found: HazardPart) -> str:
        return f"{self._name(found.job)}: {prose(found.text)}. {prose(sentence(found.remedy))}"

    def _work(self, job: JobPart) -> str:
        return f"{self._name(job.id)}, {job.effort}: {'; '.join(prose(why) for why in job.effort_why)}"

    def _reason(self, part: LeftOutPart) -> str:
        return f"{self._name(part.job)}: {prose(part.why)}"

    def _rule(self, found: MinutesPart) -> str:
        return f"{names([self.titles.get(job, job) for job in found.jobs], MOST_NAMES)}: {prose(found.rule)}."

    def _on(self) -> Iterator[str]:
        yield "Switch the target on"
        yield bullets(f"{SWITCHED_ON[target]}." for target in self.targets if target in SWITCHED_ON)
        if later := self._exact(OTHER_MINUTES):
            yield f"Other minutes than cron's are expected of {later}."
        if unknown := self._exact(CLOCK_CHANGES):
            yield f"Around a clock change, other minutes than cron's are possible for {unknown}: the zone is not known."

    def _exact(self, how: str) -> str:
        found = [self.titles[job.id] for job, cluster in self.jobs if exactness(job, cluster) == how]
        return names(found, 12) if found else ""

    def _watch(self) -> Iterator[str]:
        yield "Watch"
        yield bullets(
            [
                self.today.watched,
                "The target has one run for each start of the schedule, none twice, and none failed.",
                "The outputs above are as fresh as before, and what reads them runs well.",
                how_long([job for job, _ in self.jobs], self.titles),
            ]
        )

    def _back(self) -> Iterator[str]:
        yield "Roll back"
        yield bullets(f"{target.label}: {TAKEN_BACK[target]}." for target in self.targets if target in TAKEN_BACK)
        if self._editable():
            yield f"```sh\nmigrator cutover DIR {self.wave.number} PATH -o TAB --undo\n```"
            yield (
                "This takes the marks away again, and compares the file with the SHA-256 above: it is then the one "
                "that was planned. The digest is taken without the text of lines that hold a secret, and without the "
                "lines that crontab(1) itself puts at the top. Keep this folder until no wave needs it."
            )
        for tab in self._others():
            yield f"{prose(instead_of_restoring(tab))}."
        yield "Then look for starts that were lost in between, and start those jobs once by hand."

    def _stays_on(self) -> bool:
        startless = {part.job for part in self.without_file}
        lines = (line for tab in self.wave.tabs if tab.format in EDITABLE for line in tab.lines)
        return any(line.job in startless for line in lines)

    def _editable(self) -> bool:
        return any(tab.format in EDITABLE for tab in self.wave.tabs)

    def _others(self) -> list[TabPart]:
        return [tab for tab in self.wave.tabs if tab.format not in EDITABLE][:_MOST_TABS]

    def _name(self, job: str) -> str:
        return code(self.titles.get(job, job), 80)

    def _rest(self, count: int) -> Iterator[str]:
        if count > _MOST_ROWS:
            yield f"{count - _MOST_ROWS:,} more jobs are {_IN_PLAN}."

"""Texts that would act if a writer let them, and plans that are full of them."""

import json
from pathlib import Path

from migrator.advice.types import RunsOn, Verdict
from migrator.model import Target
from migrator.plan import MigrationPlan
from migrator.plan.account import FindingPart, SecretPart, UnreadPart
from migrator.plan.document import QuestionPart, WavePart
from migrator.plan.jobs import HubPart
from migrator.plan.moving import (
    HostPart,
    KeepPart,
    LeftPart,
    MinutesPart,
    PaybackPart,
    QuietPart,
    SwitchedOffPart,
    SwitchPart,
    TabPart,
)
from migrator.plan.parts import Part, PlaceOf, Proof
from tests.report import plans as p

SHARED = Path(__file__).parents[2].parent / "shared" / "oracles"

OWN = [
    "a | b || c |---|",
    "```\n# heading\n```js\nalert(1)\n```",
    "`a` ``b`` ```c``` ` `` `",
    "[click](javascript:alert(1)) ![x](http://x/y.png) <http://x>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "# heading\n## another\n===\n---\n> quote\n- list\n1. one",
    "<!-- comment --> <![CDATA[ x ]]> &lt;b&gt; &#60;i&#62;",
    "</td></tr></table><svg onload=x><foreignObject>",
    '"] --> evil["x"] end; subgraph x; click n1 "javascript:x"',
    '%%{init: {"theme": "dark"}}%% graph TD; A-->B',
    '"; evil [label="x"]; n1 -> evil; "',
    '"] ; } digraph x { a -> b [URL="javascript:x"',
    "<<b>bold</b>> \\N \\G \\L \\l \\r \\n \\",
    "\x1b[31mred\x1b[0m \x07\x08 \x00 \x9b31m",
    "\u202e cod.sh \u2066 \u2069 \u200f \u200b \ufeff",
    "a" + "\u0301" * 200,
    "\udce9\udcff \ud800",
    '=HYPERLINK("http://x","y")',
    "+1+cmd|' /C calc'!A0,@SUM(1),-2+3,\"=1+1\"",
    "\t=1+1",
    "\r=1+1\n@x",
    "-cmd; =x; |y",
    "[bold red]markup[/] [link=http://x]y[/link] :smile:",
    "{{ 7*7 }} {% raw %} {# x #} ${jndi:x} $(touch /tmp/x) `touch /tmp/x`",
    "$`math`$ $x$ \\(x\\) ~~strike~~ **bold** __bold__ _em_ *em* #1 @user www.example.com",
    "x" * 5000,
    "漢字 ｗｉｄｅ \U0001f468\u200d\U0001f469\u200d\U0001f467",
    "",
    " ",
    "\\",
    "a\\|b\\\\|c",
]


def changed(part: Part, **update: object) -> Part:
    """Exchange fields, and validate the result as `model_copy` does not."""
    return type(part)(**{name: getattr(part, name) for name in type(part).model_fields} | update)


def texts() -> list[str]:
    """Give our own hostile texts, and those of the shared data where that is present."""
    shared = sorted((SHARED / "bad" / "inject").glob("*.json"))
    return [*OWN, *(json.loads(file.read_bytes())["jobs"][0]["title"] for file in shared)]


def hostile_plan(text: str) -> MigrationPlan:
    """Put a text everywhere that a user's text may come from."""
    place = PlaceOf(path=text, line=3)
    proof = Proof(path=text, line=3, text=text, says=text)
    fields = {"title": text, "owner": text, "host": text, "user": text, "command": text, "text": text, "stdin": text}
    fields |= {"origin": place, "unclear": (text,), "reads": (text,), "locks": (text,), "effort_why": (text,)}
    fields |= {"schedule": p.schedule(text, text=text, timezone=text), "replicas": p.replicas(text)}
    fields |= {"writes": (text,), "deletes": (text,), "logs": (text,)}
    off = {"active": False, "inactive_kind": text, "inactive_why": text}
    jobs = [p.job(name, **fields) for name in ("a", "b", "c")] + [p.job("d", **fields, **off)]
    hazard = changed(p.hazard("a"), text=text, remedy=text, id=text, evidence=(proof,))
    reason = changed(p.recommendation(Target.RETAIN).reasons[0], text=text, rule=text, evidence=(proof,))
    changes = {"reasons": (reason,), "undecided": text, "notes": (text,)}
    clusters = [
        p.cluster(
            text, ["a", "b"], Target.STEP_FUNCTIONS, 1, id="c1", file_name="c1", owners=(text,), hazards=(hazard,)
        ),
        p.cluster(text, ["c"], id="c2", file_name="c2", owners=(text,), hazards=(hazard,)),
        p.cluster(text, ["d"], id="c3", file_name="c3", recommendation=p.recommendation(Target.MWAA, **changes)),
    ]
    tie = changed(p.needs("a", "b"), evidence=(proof,))
    relation = changed(p.tied("c", "a"), evidence=(proof,))
    return p.plan(
        jobs,
        clusters,
        [tie],
        [relation],
        ledger=(p.ledger(text, 4, host=text, format=text),),
        unread=(UnreadPart(path=text, line=1, text=text, reason=text, remedy=text),),
        findings=(FindingPart(path=text, line=1, kind=text, text=text, remedy=text, severity="silent"),),
        secrets=(SecretPart(path=text, line=1, kind=text),),
        questions=(QuestionPart(id="q", about=("a", text), text=text, settles=text),),
        waves=(_wave(text),),
        hosts=(_host(text),),
        payback=PaybackPart(
            sizes={text: 1}, hours=None, cost=None, saving=None, months=None, verdict=Verdict.UNKNOWN, why=(text,)
        ),
        switched_off=(SwitchedOffPart(path=text, line=2, job=text),),
        hubs=(HubPart(name=text, jobs=("a",)),),
        prices=text,
        notes=(text,),
    )


def _wave(text: str) -> WavePart:
    line = SwitchPart(line=3, job="a")
    tabs = tuple(
        TabPart(path=text, host=text, format=form, user=text, digest=text, lines=(line,))
        for form in ("crontab", "periodic", "manifest")
    )
    quiet = QuietPart(
        host=text, timezone=text, begin="01:00", end="02:00", minutes=61, pauses=True, jobs=1, busy=("b",),
        clock_changes=True,
    )  # fmt: skip
    return WavePart(
        number=1,
        clusters=("c1", "c2"),
        after=(),
        why=text,
        jobs=("a", "b", "c"),
        risky="c1",
        risk=text,
        tabs=tabs,
        minutes=(MinutesPart(kind="quiet", jobs=("a",), rule=text),),
        quiet=(quiet,),
    )


def _host(text: str) -> HostPart:
    return HostPart(
        host=text,
        entries=3,
        inactive=1,
        after=(LeftPart(wave=1, left=0),),
        keeps=(KeepPart(runs_on=RunsOn.HOST, why=text, jobs=("a",)),),
        moves=("c1", text),
        emptied=False,
    )

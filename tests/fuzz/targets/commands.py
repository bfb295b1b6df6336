"""Commands and the scripts that they call: analysed without an exception, whatever they are."""

from __future__ import annotations

from migrator.commands import analyse
from tests.commands.tools import Files, job
from tests.fuzz.targets import shell
from tests.fuzz.targets.target import Target, seeds, text_of

_SEEDS = (
    "cd /srv && nice -n 5 flock -n /l timeout 5m sudo -u x env A=b bash -c 'a > $A; b < c' >> /log 2>&1",
    "ssh -p 22 u@h 'tar cz /x' | gzip > /b/$(date +%F).gz && aws s3 cp - s3://b/k && find /b -mtime +7 -delete",
    'mysqldump -uroot -pX db | gzip | tee a b; psql -c "insert into t select * from u"; rsync -a a: b:/c --exclude=d',
    "/opt/s.sh; . /opt/s.sh; make -C /opt all; docker run --rm -v /a:/b img cmd; xargs -n1 -P4 sh -c 'x {}' < l",
    "while ! test -f /f; do sleep 60; done; for d in a b; do scp $d h:; done; curl -d @x -o y https://e/ | jq . > z",
    "aws glue start-job-run --job-name x --arguments '{\"a\": 1}'; until aws emr wait cluster-running; do :; done",
)


def check(data: bytes) -> None:
    """Analyse a command that calls a script of the same text: nothing is raised."""
    text = text_of(data)
    line, _, script = text.partition("\0")
    files = Files({"opt/s.sh": script, "opt/Makefile": script})
    found = analyse(
        [job(line.split("\n", 1)[0], stdin=script[:200] or None, settings={"A": "x"}), job(line, name="k")], files
    )
    assert sorted(found) == ["j", "k"]


TARGETS = (
    Target("commands", check, seeds(*_SEEDS, *(f"/opt/s.sh a b\0{text_of(one)}" for one in shell.TARGETS[0].seeds))),
)

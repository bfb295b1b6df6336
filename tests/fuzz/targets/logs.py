"""Run logs of any form: what cannot be read of them is counted, and no line vanishes."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from migrator.history import take
from tests.commands.tools import job
from tests.fuzz.targets.target import Target, seeds

_SEEDS = (
    (
        "Nov 20 02:00:01 etl1 CRON[123]: (etl) CMD (/opt/load.sh)\nNov 20 02:00:01 etl1 CRON[122]: pam_unix(cron:session): session opened for user etl by (uid=0)\n"
        "Nov 20 02:03:01 etl1 CRON[122]: pam_unix(cron:session): session closed for user etl\n"
    ),
    "2026-11-20T02:00:01.123456+01:00 etl1 crond[9]: (etl) CMD (/opt/load.sh)\n<78>1 2026-11-20T02:00:01Z h CROND 9 - - (etl) CMDEND (/opt/load.sh)\n",
    '{"__REALTIME_TIMESTAMP":"1763600401000000","_HOSTNAME":"etl1","SYSLOG_IDENTIFIER":"CRON","_PID":"5","MESSAGE":"(etl) CMD (/opt/load.sh)"}\n',
    "-- Boot x --\nFeb 29 23:59:59 h anacron[1]: Job `cron.daily' started\nfcron[2]: Job x terminated (exit status: 1)\n",
)
_JOBS = (job("/opt/load.sh", user="etl", host="etl1"), job("/opt/other.sh", name="k", user="etl"))


def check(data: bytes) -> None:
    """Read a log and lay it beside two jobs."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "etl1.log"
        path.write_bytes(data)
        told = take((path,), _JOBS, (), date(2026, 11, 22))
    for file in told.files:
        assert file.lines >= file.runs + file.unread


TARGETS = (Target("logs", check, seeds(*_SEEDS)),)

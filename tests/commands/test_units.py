"""Units: what belongs together, and why."""

import pytest

from tests.commands.tools import facts, script, units

BACKUP = """\
set -euo pipefail
OUT=/var/backups/nightly
STAMP=$(date +%F)
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT
mysqldump --single-transaction shop > "$WORK/shop.sql"
mysqldump crm > "$WORK/crm.sql"
tar czf "$WORK/etc.tgz" /etc
gzip -9 "$WORK/shop.sql"
sha256sum "$WORK"/* > "$WORK/SUMS"
tar cf "$OUT/backup-$STAMP.tar" -C "$WORK" .
gpg --batch -r ops --encrypt "$OUT/backup-$STAMP.tar"
aws s3 cp "$OUT/backup-$STAMP.tar.gpg" s3://acme-backups/nightly/
find "$OUT" -mtime +14 -delete
"""


FETCH_WORK_SEND = """\
aws s3 cp s3://b/in.csv /tmp/in.csv && python3 p.py --in /tmp/in.csv && aws s3 cp /tmp/out.csv s3://b/out.csv"""


def test_a_backup_script_is_nine_steps_and_one_unit() -> None:
    """The last copy carries what the script made, so it stays with it; the reason says so."""
    found = script(BACKUP)
    assert len(found.steps) == 9
    assert units(found) == [tuple(range(9))]
    assert "carries a file that it made" in found.units[0].why


def test_a_backup_without_a_temporary_folder_is_one_unit() -> None:
    """Dumps into one folder, then packed, sealed, sent and cleared."""
    found = script("""\
mysqldump a > /var/backups/a.sql
mysqldump b > /var/backups/b.sql
tar czf /var/backups/all.tgz /var/backups/*.sql
rm /var/backups/a.sql /var/backups/b.sql
openssl enc -aes256 -in /var/backups/all.tgz -out /var/backups/all.enc
rsync -a /var/backups/all.enc backup.example:/srv/
find /var/backups -mtime +7 -delete
""")
    assert units(found) == [tuple(range(7))]


def test_three_programs_are_three_units() -> None:
    """Each has its own inputs and outputs; the clean-up stays with the last."""
    found = script("""\
cd /opt/etl
python3 extract.py --out data/raw.csv &&
python3 transform.py --in data/raw.csv --out data/clean.csv &&
python3 load.py --in data/clean.csv
find data -mtime +7 -delete
""")
    assert units(found) == [(0,), (1,), (2, 3)]
    assert all(unit.why for unit in found.units)
    assert "own inputs and outputs" in found.units[1].why


def test_a_temporary_folder_ties_programs() -> None:
    """Programs that hand files over in one mktemp folder cannot run apart."""
    found = script("""\
T=$(mktemp -d)
python3 a.py --out $T/x.csv
python3 b.py --in $T/x.csv --out $T/y.csv
python3 c.py $T/y.csv
""")
    assert units(found) == [(0, 1, 2)]
    assert "shares shell state" in found.units[0].why


def test_a_file_under_tmp_ties_programs() -> None:
    """A fixed name under /tmp is a temporary file as well."""
    assert units(facts("python3 a.py --out /tmp/x.csv && python3 b.py --in /tmp/x.csv")) == [(0, 1)]


def test_the_output_of_a_command_ties_programs() -> None:
    """A variable that holds a program's output is shared state, the date is not."""
    assert units(script("RUN=$(/opt/start --quiet)\n/opt/check $RUN\n")) == [(0, 1)]
    assert units(script("D=$(date +%F)\n/opt/start $D\n/opt/check $D\n")) == [(0,), (1,)]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("/opt/a && aws sns publish --topic-arn t --message m", [(0,), (1,)]),
        ("/opt/a && ssh db1 /opt/b", [(0,), (1,)]),
        ("ssh db1 /opt/a; ssh db1 /opt/b; ssh db2 /opt/c", [(0, 1), (2,)]),
        ("/opt/a && docker exec web /opt/b", [(0,), (1,)]),
        ("until [ -f /in/x.csv ]; do sleep 60; done; /opt/a", [(0,), (1,)]),
        ("rsync -a /home/ nas:/home/", [(0,)]),
        ("/opt/a; rsync -a /home/ nas:/home/", [(0,), (1,)]),
        ("curl -s -o /srv/x.csv https://a.example/x.csv && python3 load.py --in /srv/x.csv", [(0, 1)]),
        ("rm -f /srv/old.csv; /opt/a; chmod 644 /srv/new.csv", [(0, 1, 2)]),
        ("tar czf /b/home.tgz /home; python3 report.py", [(0,), (1,)]),
        ("/opt/a || mail -s failed ops@example.com < /dev/null", [(0, 1)]),
        ("/opt/a && curl -fsS https://hc-ping.com/abc > /dev/null", [(0, 1)]),
        ("/opt/a && echo 1 | curl --data-binary @- http://gw:9091/metrics/job/a", [(0, 1)]),
        ("/opt/a || curl -X POST -d '{}' https://hooks.slack.com/services/a/b/c", [(0, 1)]),
        ("/opt/a || curl -s https://api.telegram.org/botX/sendMessage -d text=failed", [(0, 1)]),
        ('/opt/a || curl -s -d "text=failed" "$SLACK_WEBHOOK_URL"', [(0, 1)]),
        ("/opt/a || curl -d failed ntfy.sh/jobs", [(0, 1)]),
        ("/opt/a && curl -s https://api.telegram.org/botX/getUpdates -o /srv/in/news.json", [(0,), (1,)]),
        ('/opt/a && curl -X POST "$DEPLOY_WEBHOOK"', [(0,), (1,)]),
        ("apt-get update && apt-get -y upgrade", [(0, 1)]),
        (FETCH_WORK_SEND, [(0, 1, 2)]),
        ("docker stop db && tar czf /b/db.tgz /srv/db && docker start db", [(0, 1, 2)]),
    ],
)
def test_boundaries(command: str, expected: list[tuple[int, ...]]) -> None:
    """A cloud call, another host, a container, a wait and another program begin a unit; housekeeping does not."""
    assert units(facts(command)) == expected


def test_every_step_is_in_one_unit_and_every_unit_says_why() -> None:
    """Units partition the steps in order."""
    found = script(BACKUP + "aws lambda invoke --function-name f /tmp/out\nssh a b\n/opt/x\n")
    assert [step for unit in found.units for step in unit.steps] == list(range(len(found.steps)))
    assert all(unit.why for unit in found.units)

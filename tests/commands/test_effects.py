"""What commands touch: paths resolved, modes, logs, tables, objects."""

import pytest

from migrator.model import Mode
from tests.commands.tools import facts, reads, touched, writes


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("cp /a/x /b/y", {"/a/x"}, {"/b/y"}),
        ("cp /a/x /b/", {"/a/x"}, {"/b/x"}),
        ("cp -t /b /a/x /a/y", {"/a/x", "/a/y"}, {"/b/x", "/b/y"}),
        ("mv /a/x /b/x", {"/a/x"}, {"/b/x"}),
        ("mv /a/x.csv{.tmp,}", {"/a/x.csv.tmp"}, {"/a/x.csv"}),
        ("cp /a/{x,y}.csv /b/", {"/a/x.csv", "/a/y.csv"}, {"/b/x.csv", "/b/y.csv"}),
        ("tar czf /b/x.tgz -C /srv data", {"/srv/data"}, {"/b/x.tgz"}),
        ("tar xzf /b/x.tgz -C /srv", {"/b/x.tgz"}, {"/srv/"}),
        ("gzip /a/x.csv", {"/a/x.csv"}, {"/a/x.csv.gz"}),
        ("gunzip -k /a/x.csv.gz", {"/a/x.csv.gz"}, {"/a/x.csv"}),
        ("zip -q /b/x.zip /a/x", {"/a/x"}, {"/b/x.zip"}),
        ("sort -o /b/x /a/x", {"/a/x"}, {"/b/x"}),
        ("sed -i s/a/b/ /a/x", {"/a/x"}, {"/a/x"}),
        ("grep -v foo /a/x > /b/x", {"/a/x"}, {"/b/x"}),
        ("cat /a/x | tee /b/x | python3 p.py > /b/y.txt", {"/a/x"}, {"/b/x", "/b/y.txt"}),
        ("gpg -r k -o /b/x.gpg -e /a/x", {"/a/x"}, {"/b/x.gpg"}),
        ("openssl enc -aes-256-cbc -in /a/x -out /b/x", {"/a/x"}, {"/b/x"}),
        ("dd if=/a/x of=/b/x", {"/a/x"}, {"/b/x"}),
        ("split -l 100 /a/x /b/part-", {"/a/x"}, {"/b/part-*"}),
        ("curl -o /b/x https://h.example/x", {"https://h.example/x"}, {"/b/x"}),
        ("cd /b && curl -O https://h.example/d/x.csv?a=1", {"https://h.example/d/x.csv*a=1"}, {"/b/x.csv"}),
        ("curl -T /a/x https://h.example/up", {"/a/x"}, {"https://h.example/up"}),
        ("wget -qO /b/x https://h.example/x", {"https://h.example/x"}, {"/b/x"}),
        ("wget -P /b https://h.example/x", {"https://h.example/x"}, {"/b/x"}),
        ("rsync -a --delete /a/ host:/b/", {"/a/"}, {"host:/b/"}),
        ("rsync -e 'ssh -i /k' bob@h.example:/a/ /b/", {"bob@h.example:/a/"}, {"/b/"}),
        ("scp /a/x h:/b/", {"/a/x"}, {"h:/b/x"}),
        ("rsync h.example::m/x.gz /b/", {"h.example::m/x.gz"}, {"/b/x.gz"}),
        ("rclone copy --filter-from /f /a drive:b", {"/a"}, {"drive:b"}),
        ("aws s3 cp /a/x s3://b/k/", {"/a/x"}, {"s3://b/k/x"}),
        ("aws s3 sync s3://b/k /a", {"s3://b/k/"}, {"/a/"}),
        ("aws s3 mv s3://b/x s3://c/x", {"s3://b/x"}, {"s3://c/x"}),
        ("gsutil cp /a/x gs://b/x", {"/a/x"}, {"gs://b/x"}),
        ("s3cmd put /a/x s3://b/x", {"/a/x"}, {"s3://b/x"}),
        ("hdfs dfs -put /a/*.csv /user/x", {"/a/*.csv"}, {"hdfs:///user/x/"}),
        ("hadoop fs -get hdfs://nn:8020/user//x /a", {"hdfs:///user/x"}, {"/a"}),
        ("mysqldump shop orders > /b/o.sql", {"shop.orders"}, {"/b/o.sql"}),
        ("mysqldump --databases a b | gzip > /b/o.gz", {"a.*", "b.*"}, {"/b/o.gz"}),
        ("pg_dump -h db shop -f /b/o.sql", {"shop.*"}, {"/b/o.sql"}),
        ("psql -d dw -c 'INSERT INTO sales SELECT * FROM stage.orders'", {"stage.orders"}, {"dw.sales"}),
        ("psql dw <<EOF\ninsert into a select 1 from b\nEOF", {"dw.b"}, {"dw.a"}),
        ("mysql shop -e 'select * from t' > /b/t.tsv", {"shop.t"}, {"/b/t.tsv"}),
        ("sqlite3 /a/x.db 'select * from t'", {"/a/x.db", "x.t"}, set()),
        ("sqlite3 /a/x.db 'insert into t values (1)'", set(), {"/a/x.db", "x.t"}),
        ("sqlite3 $DB 'select * from t'", {"t"}, set()),
        (
            "mysqlimport --local -u me shop /in/orders.csv /in/lines.txt",
            {"/in/orders.csv", "/in/lines.txt"},
            {"shop.orders", "shop.lines"},
        ),
        ("mysqlimport --ignore-lines 1 $DB", set(), set()),
        ("sqlite3 /a/x.db '.backup /b/x.db'", {"/a/x.db"}, {"/a/x.db", "/b/x.db"}),
        ("mongodump --db shop --out /b/m", {"shop.*"}, {"/b/m"}),
        ("restic -r /repo backup /home", {"/home"}, {"/repo"}),
        ("/opt/p --input /a/x --output=/b/y --config /etc/p.conf", {"/a/x"}, {"/b/y"}),
        ("/opt/p < /a/x > /b/y.csv", {"/a/x"}, {"/b/y.csv"}),
        ("crontab -l > /b/tab.bak", set(), {"/b/tab.bak"}),
        ("ln -sf /a/x /b/x", {"/a/x"}, {"/b/x"}),
        ("cd /a && git add plot/*.png out", {"/a/plot/*.png", "/a/out"}, set()),
        ("git -C /a add -A .", set(), set()),
    ],
)
def test_reads_and_writes(command: str, read: set[str], written: set[str]) -> None:
    """File arguments of common commands, redirections, tables of SQL."""
    found = facts(command)
    assert reads(found) == read
    assert writes(found) == written


@pytest.mark.parametrize(
    ("command", "name"),
    [
        ("rm -rf /a/x /a/y", {"/a/x", "/a/y"}),
        ("find /a -name '*.tmp' -mtime +3 -delete", {"/a/*.tmp"}),
        ("find /a/b -type f -exec rm {} +", {"/a/b/"}),
        ("aws s3 rm --recursive s3://b/old/", {"s3://b/old/"}),
        ("psql -c 'truncate table a.b; delete from a.c'", {"a.b", "a.c"}),
        ("find /a -name '*.x' | xargs rm -f", {"/a/*.x"}),
    ],
)
def test_deletes(command: str, name: set[str]) -> None:
    """What is cleared away."""
    assert touched(facts(command), Mode.DELETE) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/a//b/./c/../d", "/a/b/d"),
        ("x.csv", "/home/u/x.csv"),
        ("./x.csv", "/home/u/x.csv"),
        ("~/x.csv", "/home/u/x.csv"),
        ("$HOME/x.csv", "/home/u/x.csv"),
        ("/a/x-$(date +%F).csv", "/a/x-*.csv"),
        ("/a/`date +%Y`/x.csv", "/a/*/x.csv"),
        ("/a/$WHO/x.csv", "/a/*/x.csv"),
        ("/a/x-2026-01-31.csv", "/a/x-*.csv"),
        ("/a/x?.[ch]", "/a/x*.*"),
        ("/a/{1..300}.csv", "/a/*.csv"),
        ("$BASE/x.csv", "/srv/base/x.csv"),
        ("${BASE}/x.csv", "/srv/base/x.csv"),
        ("${OTHER:-/srv/o}/x.csv", "/srv/o/x.csv"),
        ("'/a/it is.csv'", "/a/it is.csv"),
    ],
)
def test_names_are_normal_forms(path: str, name: str) -> None:
    """Dates and unknown variables become `*`, known ones their values, relative paths absolute."""
    found = facts(f"touch {path}", settings={"HOME": "/home/u", "BASE": "/srv/base"})
    assert writes(found) == {name}


def test_homes_that_are_not_known_keep_their_sign() -> None:
    """`~user` stands for a home that nothing says; root's is known."""
    assert writes(facts("touch x")) == {"~/x"}
    assert writes(facts("touch x", user="bob")) == {"~bob/x"}
    assert writes(facts("touch x ~ann/y", user="root")) == {"/root/x", "~ann/y"}


def test_whoever_runs_what_lies_in_the_home_of_root_is_root() -> None:
    """Nobody else may look into it; a file of it that is only an argument says so too, another user's name does not."""
    assert "/root/out" in writes(facts("/root/bin/x.sh > out"))
    assert "/root/out" in writes(facts("python3 /root/x.py > out"))
    assert "~bob/out" in writes(facts("/root/bin/x.sh > out", user="bob"))
    assert "~/out" in writes(facts("/srv/root/x.sh > out"))


def test_a_settings_value_is_not_expanded() -> None:
    """Cron stores `$BASE/log` as it stands, and the shell does not look at it again."""
    found = facts("touch $LOGS/x.txt", settings={"BASE": "/srv", "LOGS": "$BASE/l", "HOME": "/h"})
    assert writes(found) == {"/h/$BASE/l/x.txt"}


@pytest.mark.parametrize(
    "command",
    [
        "/opt/a >> /var/log/a.log 2>&1",
        "/opt/a > /srv/out.txt 2>&1",
        "/opt/a 2> /srv/err.txt",
        "/opt/a &> /srv/all.txt",
        "(/opt/a; /opt/b) >> /x/cron.log",
    ],
)
def test_logs_are_no_data(command: str) -> None:
    """The output of a run is marked as log."""
    found = facts(command)
    assert writes(found) == set()
    assert len(touched(found, Mode.WRITE, Mode.APPEND, logs=True)) == 1


def test_output_that_is_data_is_no_log() -> None:
    """A dump's or a filter's output is data, with the errors in it too."""
    assert writes(facts("mysqldump x > /b/x.sql 2>&1")) == {"/b/x.sql"}
    assert writes(facts("python3 report.py > /var/www/r.html")) == {"/var/www/r.html"}


def test_nothing_is_kept_of_devices_and_unknown_names() -> None:
    """/dev/null, a name of which nothing is known, files of one run."""
    for command in ("/opt/a > /dev/null 2>&1", "cp $A $B", "T=$(mktemp); /opt/a > $T", "/opt/a > /tmp/x.$$"):
        assert facts(command).touched == (), command


def test_a_log_that_is_moved_or_emptied_is_rotated() -> None:
    """Moving, packing or emptying a log is a rotation; clearing old ones is deletion."""
    assert "/x/a.log" in touched(facts("mv /x/a.log /x/a.log.1"), Mode.ROTATE)
    assert touched(facts(": > /x/cron.log"), Mode.ROTATE) == {"/x/cron.log"}
    assert touched(facts("echo -n > /x/cron.log"), Mode.ROTATE) == {"/x/cron.log"}
    assert touched(facts("find /x/logs -mtime +7 -delete"), Mode.DELETE) == {"/x/logs/"}


def test_a_path_belongs_to_its_host() -> None:
    """Files carry the job's host, objects and tables none."""
    found = facts("cp /a/x /b/x && aws s3 cp /b/x s3://c/x", host="etl1")
    assert {(a.resource.kind.value, a.resource.host) for a in found.touched} == {("file", "etl1"), ("s3", None)}


def test_loop_variables_are_unknown_but_a_glob_is_not() -> None:
    """`*` for what changes; a loop over a pattern keeps the pattern."""
    assert reads(facts("for d in $(list); do cp /in/$d/x /out/; done")) == {"/in/*/x"}
    assert reads(facts("for f in /in/*.csv; do cp $f /out/; done")) == {"/in/*.csv"}
    assert reads(facts("for f in /in/one.csv; do cp $f /out/; done")) == {"/in/one.csv"}


def test_rights_and_links_take_no_data() -> None:
    """`find -exec chmod` changes no content, and a symbolic link may be made before there is anything behind it."""
    found = facts("find /srv/in -name '*.csv' -exec chmod 644 {} +")
    assert not touched(found)
    [link] = facts("ln -sfn /srv/in /srv/now").steps
    assert [a.confidence for a in link.accesses if a.resource.name == "/srv/in"] == [0.3]


@pytest.mark.parametrize(
    ("command", "read", "written"),
    [
        ("cd /srv && curl -s feed.example/in.csv -o a.csv", {"http://feed.example/in.csv"}, {"/srv/a.csv"}),
        ("cd /srv && curl -s localhost:8080/run", {"http://localhost:8080/run"}, set()),
        ("cd /srv && curl -X POST localhost:9200/x/_refresh", set(), {"http://localhost:9200/x/_refresh"}),
        ('curl -s "$FEED/in.csv" -o /srv/a.csv', {"http://*/in.csv"}, {"/srv/a.csv"}),
        ("cd /srv && wget -q feed.example/a.csv", {"http://feed.example/a.csv"}, {"/srv/a.csv"}),
        ("curl -s file:///srv/q.csv -o /srv/a.csv", {"/srv/q.csv"}, {"/srv/a.csv"}),
        ("curl -T /srv/x.csv ftp.example/in/", {"/srv/x.csv"}, {"http://ftp.example/in/"}),
    ],
)
def test_an_address_without_its_scheme(command, read, written):
    """It is no file of the working folder."""
    found = facts(command)
    assert (reads(found), writes(found)) == (read, written)

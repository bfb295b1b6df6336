"""Tests of short names for commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from migrator.inventory.titles import LONGEST, slug_of, title_of


@pytest.mark.parametrize(
    ("command", "title"),
    [
        ("cd /opt/etl && ./load_orders.sh >> /var/log/x.log 2>&1", "load_orders.sh"),
        ("/usr/bin/flock -n /tmp/l /opt/etl/run.sh orders", "run.sh orders"),
        ("taskset -c 0 /opt/etl/run.sh", "run.sh"),
        ("time -p /opt/etl/run.sh", "run.sh"),
        ("caffeinate -i /opt/etl/run.sh", "run.sh"),
        ("setlock -n /tmp/l /opt/etl/run.sh", "run.sh"),
        ("lockf -s -t 0 /tmp/l /opt/etl/run.sh", "run.sh"),
        ("parallel -j 4 /opt/etl/run.sh ::: a b", "run.sh"),
        ("exec -a loader /opt/etl/run.sh", "run.sh"),
        ("sudo -Eu etl /opt/etl/run.sh", "run.sh"),
        ("ssh db1 -p 2222 /opt/etl/run.sh", "ssh db1 run.sh"),
        ("docker compose run -v /srv:/data web rake reports:send", "rake reports:send"),
        ("docker run --rm --ipc host --read-only acme/etl:2 load.py", "docker run etl load.py"),
        ("cronitor exec d3x0c1 /opt/etl/run.sh", "run.sh"),
        ("flock -n /tmp/l -c 'cd /x && python3 etl/load.py'", "load.py"),
        ("cd /srv && /srv/venv/bin/python manage.py clearsessions", "manage.py clearsessions"),
        ("python3 /opt/etl/load.py --day x", "load.py"),
        ("python -m etl.load orders", "python -m etl.load"),
        ("nice -n 19 ionice -c2 -n7 pg_dump shop | gzip > x", "pg_dump shop"),
        ("test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }", "run-parts cron.daily"),
        ("timeout 30m sudo -u etl bash -lc 'source /x; /opt/a/b.sh now'", "b.sh now"),
        ("curl -fsS https://u:p@hc.example.com/x", "curl hc.example.com"),
        ("A=1 B=2 /bin/foo", "foo"),
        ("", "(empty command)"),
        ("cd /x", "cd"),
        ("/usr/bin/php -q /var/www/x/cron.php", "cron.php"),
        ("if [ -f x ]; then /opt/y.sh; fi", "y.sh"),
        ("aws s3 sync a b", "aws s3 sync"),
        ("perl -e 'sleep int(rand(43200))' && certbot -q renew", "certbot"),
        ("sleep 30; /x/y.sh", "y.sh"),
        ("sleep $((RANDOM % 600)); /usr/local/bin/sitemap", "sitemap"),
        (
            "sleep $(( ( RANDOM % 600 ) + 1 ))m && test -x /x || ( cd / && run-parts /etc/cron.daily )",
            "run-parts cron.daily",
        ),
        ("sleep $(( ( RANDOM", "sleep"),
        ("if [ -x /s/check ] && [ $(date +%d) -le 7 ]; then /s/check --all; fi", "check"),
        ("cd $(dirname /a/b) && ./run.sh", "run.sh"),
        ("(cd /x; (nice /y.sh) )", "y.sh"),
        ("su - bob -c '/opt/x.sh y'", "x.sh y"),
        ("env Q=1 $RUN $APP/scripts/refresh orders", "refresh orders"),
        ("${PYTHON} -u /opt/etl/load.py --day x", "load.py"),
        ("$RUN orders /opt/x", "$RUN orders"),
        ("$RUN", "$RUN"),
        ("su bob -s /bin/sh -c 'cd /x && ./run.sh'", "run.sh"),
        ("runuser -u etl -- python3 /opt/a.py", "a.py"),
        ("su postgres", "su"),
        ("for h in a b; do ssh bk@$h 'pg_dump -Fc shop' > /b/$h || exit 1; done", "ssh pg_dump"),
        ("ssh -i /root/k -o BatchMode=yes deploy@web2.example.org 'cd /s && ./run.sh'", "ssh web2.example.org run.sh"),
        ("ssh web1", "ssh web1"),
        ("ssh web1 'cd /x'", "ssh web1 cd"),
        ("docker compose -f /s/c.yml exec -T web python manage.py clearsessions", "manage.py clearsessions"),
        ("docker-compose run --rm app bundle exec rake reports:send", "rake reports:send"),
        ("docker exec -u www-data -i cloud sh -c 'php occ files:scan'", "php occ files:scan"),
        ("docker exec", "docker exec"),
        ("docker run --rm -v /d:/d -e A=1 registry.example.org:5000/acme/etl:1.2 load --day x", "docker run etl load"),
        ("docker run -d -p 80:80 nginx", "docker run nginx"),
        ("docker run --rm", "docker run"),
        ("docker run - x", "docker run"),
        ("docker system prune -f", "docker system prune"),
        ("kubectl -n prod exec deploy/api -- /app/bin/cleanup", "cleanup"),
        ("kubectl apply -f x.yaml", "kubectl apply"),
        ("poetry run python -m acme.jobs.sync", "python -m acme.jobs.sync"),
        ("poetry install", "poetry install"),
        ("uv run --with requests --frozen scripts/load.py", "load.py"),
        ("conda run -n etl python /opt/x.py", "x.py"),
        ("npx -y tsx src/daily.ts", "tsx daily.ts"),
        ("npm run build", "npm run build"),
        ("parallel -j4 'convert {} {.}.webp' ::: /srv/*.png", "convert"),
        ("/usr/local/bin/croncape /usr/bin/mysqlcheck -A", "mysqlcheck"),
        ("gosu app /opt/b.sh", "b.sh"),
        ("forge_run_job db/reporting_cron.php", "forge_run_job reporting_cron.php"),
        ("run_job --quiet db/stats.php > /x", "run_job stats.php"),
        ("/opt/a.sh /opt/b.php", "a.sh"),
        ("certbot -q renew --deploy-hook /etc/hooks/x.sh", "certbot"),
        ("d=`date +%Y%m%d -d yesterday`; export d; source /x; load_day -d $d", "load_day"),
        ("touch /OLMA/input/red.flag", "touch red.flag"),
        ("sh /opt/a.sh", "a.sh"),
        ("bash", "bash"),
        ("bash -c", "bash"),
        ("bash -c 'bash -c \"bash -c x\"'", "bash"),
        ("sh -c 'echo hello'", "echo"),
        ("env -i PATH=/bin /x/y", "y"),
        ("/", "/"),
        ("'unterminated", "unterminated"),
        ("\x1b[2Jx", "[2Jx"),
        ("flock /tmp/l 'cd /a && /b/c.sh'", "c.sh"),
        ("python3", "python3"),
        ("perl -e 'print 1'", "perl -e"),
        ("find /var/lib/php/sessions -mtime +2 -delete", "find sessions"),
        ("ls -t /srv/dumps | tail -n +8 | xargs -r -n 1 rm -f", "rm"),
        ("pgrep -f tunnel > /dev/null || /home/etl/bin/start_tunnel.sh", "start_tunnel.sh"),
        ("grep -c ERROR /var/log/x.log", "grep"),
        ("psql -f /opt/sql/close_month.sql", "psql close_month.sql"),
        ("> /tmp/x", "(empty command)"),
    ],
)
def test_titles(command: str, title: str):
    """A title is the script or program, not what stands around it."""
    assert title_of(command) == title


@pytest.mark.parametrize("text", [" " * 20_000, "/" * 20_000, '"' * 20_000, "\\" * 20_001, "(" * 20_000, "a;" * 9000])
def test_time_stays_linear(text: str):
    """Very long words and lists are named in no time."""
    assert 0 < len(title_of(text)) <= LONGEST


@given(st.text())
def test_any_command_has_a_title_and_a_slug(command: str):
    """A title is one line, short, printable; a slug is safe in any name."""
    title = title_of(command)
    assert 0 < len(title) <= LONGEST
    assert title.isprintable()
    slug = slug_of(title)
    assert 0 < len(slug) <= 40
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")

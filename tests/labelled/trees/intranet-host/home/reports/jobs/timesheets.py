#!/usr/bin/env python3
import os
import subprocess
from datetime import date

OUT = os.path.expanduser("~reports/out")
SQL = "/home/reports/sql/timesheets.sql"


def run():
    target = os.path.join(OUT, "10-timesheets-%s.pdf" % date.today().isoformat())
    with open(SQL) as sql:
        table = subprocess.run(["sqlcmd", "-S", "erp", "-W"], stdin=sql, capture_output=True, check=True).stdout
    subprocess.run(["enscript", "-p", "-"], input=table, check=True)
    subprocess.run(["wkhtmltopdf", "-", target], input=table, check=True)


if __name__ == "__main__":
    run()

#!/usr/bin/env python3
"""Daily means from the table, monthly means from the daily file."""
import argparse
import os

import pandas as pd
from sqlalchemy import create_engine

from gauges import settings

QUERY = """
    SELECT station, date(at) AS day, avg(level_m) AS level, max(level_m) AS peak
      FROM readings
     WHERE at >= date('now', '-400 days')
     GROUP BY station, day
"""


def daily(conf):
    engine = create_engine(conf["database"]["url"])
    frame = pd.read_sql(QUERY, engine)
    frame.to_csv(os.path.join(conf["paths"]["products"], "daily.csv"), index=False)


def monthly(conf):
    frame = pd.read_csv(os.path.join(conf["paths"]["products"], "daily.csv"), parse_dates=["day"])
    frame["month"] = frame["day"].dt.strftime("%Y-%m")
    out = frame.groupby(["station", "month"])["level"].mean().reset_index()
    out.to_csv(os.path.join(conf["paths"]["products"], "monthly.csv"), index=False)


if __name__ == "__main__":
    ap = argparse.ArgumentParser()
    ap.add_argument("--period", choices=["daily", "monthly"], default="daily")
    opts = ap.parse_args()
    configuration = settings.load()
    if opts.period == "daily":
        daily(configuration)
    else:
        monthly(configuration)

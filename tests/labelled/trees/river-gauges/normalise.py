#!/usr/bin/env python3
"""Raw JSON of all networks into one table. Files that were read get the suffix .done."""
import argparse
import json
from pathlib import Path

import pandas as pd
from sqlalchemy import create_engine

from gauges import settings

FIELDS = ["station", "at", "level_m", "flow_m3s"]


def rows_of(path):
    data = json.loads(path.read_text())
    for item in data["items"]:
        yield {key: item.get(key) for key in FIELDS}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("-c", "--config")
    conf = settings.load(parser.parse_args().config)
    raw = Path(conf.get("paths", "raw"))
    engine = create_engine(conf.get("database", "url"))

    for path in sorted(raw.glob("*/*.json")):
        frame = pd.DataFrame(rows_of(path))
        if frame.empty:
            continue
        frame.to_sql("readings", engine, if_exists="append", index=False)
        path.rename(path.with_suffix(".done"))


main()

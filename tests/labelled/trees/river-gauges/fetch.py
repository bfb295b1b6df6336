#!/usr/bin/env python3
"""Fetch the newest readings of one network, one file a run."""
import argparse
import csv
import json
import logging
from datetime import datetime, timezone
from pathlib import Path

import requests

from gauges import settings

log = logging.getLogger("fetch")


def station_ids(conf, network):
    with open(conf["paths"]["stations"], newline="") as handle:
        return [row["id"] for row in csv.DictReader(handle) if row["network"] == network]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--network", choices=["usgs", "ea"], required=True)
    parser.add_argument("--config", default=None)
    args = parser.parse_args()
    conf = settings.load(args.config)

    folder = Path(conf["paths"]["raw"]) / args.network
    folder.mkdir(parents=True, exist_ok=True)
    sites = station_ids(conf, args.network)
    answer = requests.get(conf[args.network]["endpoint"], params={"sites": ",".join(sites)}, timeout=60)
    answer.raise_for_status()

    stamp = datetime.now(timezone.utc).strftime("%Y%m%dT%H%M")
    target = folder / f"{stamp}.json"
    target.write_text(json.dumps(answer.json()))
    log.info("wrote %s", target)


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    main()

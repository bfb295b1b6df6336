"""The pictures for the intranet: a line a station, and the months as bars."""
import argparse
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import pandas as pd

from gauges.settings import load


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", type=Path, default=Path("img"))
    out = parser.parse_args().out
    products = Path(load()["paths"]["products"])

    days = pd.read_csv(products / "daily.csv")
    for station, group in days.groupby("station"):
        group.plot(x="day", y="level")
        plt.savefig(out / f"{station}.png")
        plt.close()

    months = products / "monthly.csv"
    if months.exists():
        pd.read_csv(months).plot.bar(x="month", y="level")
        plt.savefig(out / "months.png")


if __name__ == "__main__":
    main()

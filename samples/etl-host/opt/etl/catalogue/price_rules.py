"""Tonight's prices: our cost and margin, held against what the competitors ask."""

import argparse
import datetime

import pandas as pd


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--products", default="/srv/etl/staging/catalogue/products.csv")
    parser.add_argument("--offers", default="/srv/etl/landing/competitors")
    parser.add_argument("--out", default="/srv/etl/staging/prices/prices.csv")
    parser.add_argument("--margin", type=float, default=0.2)
    return parser.parse_args()


def main():
    args = parse()
    today = datetime.date.today().strftime("%Y%m%d")
    products = pd.read_csv(args.products)
    offers = pd.read_csv(f"{args.offers}/offers-{today}.csv")
    prices = products.merge(offers.groupby("ean", as_index=False)["price"].min(), on="ean", how="left")
    floor = prices["cost"] * (1 + args.margin)
    prices["ours"] = floor.where(prices["price"].isna(), prices[["price"]].max(axis=1))
    prices.to_csv(args.out, index=False)


if __name__ == "__main__":
    main()

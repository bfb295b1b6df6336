"""Margins by supplier, as text for the buyers' mail."""

import pandas as pd

prices = pd.read_csv("/srv/etl/staging/prices/prices.csv")
products = pd.read_csv("/srv/etl/staging/catalogue/products.csv")

joined = prices.merge(products, on=["supplier", "ean"])
joined["margin"] = 1 - joined["cost_x"] / joined["ours"]
print(joined.groupby("supplier")["margin"].describe().to_string())

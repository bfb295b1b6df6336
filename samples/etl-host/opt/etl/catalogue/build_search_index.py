"""Write the documents of the search index."""

import csv
import json
import pathlib

PRODUCTS = pathlib.Path("/srv/etl/staging/catalogue/products.csv")
INDEX = pathlib.Path("/srv/etl/out/search/documents.jsonl")

INDEX.parent.mkdir(parents=True, exist_ok=True)
with PRODUCTS.open(newline="") as rows, INDEX.open("w") as documents:
    for row in csv.DictReader(rows):
        documents.write(json.dumps({"id": row["ean"], "brand": row["supplier"]}) + "\n")

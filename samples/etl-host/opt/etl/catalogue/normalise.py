"""One product list out of four suppliers' price lists."""

import csv
import glob
import os
import xml.etree.ElementTree as ElementTree

SUPPLIERS = "/srv/etl/landing/suppliers"
CATALOGUE = "/srv/etl/staging/catalogue/products.csv"


def products(path):
    supplier = os.path.splitext(os.path.basename(path))[0]
    for item in ElementTree.parse(path).iter("item"):
        yield {"supplier": supplier, "ean": item.findtext("ean"), "cost": item.findtext("net")}


def main():
    os.makedirs(os.path.dirname(CATALOGUE), exist_ok=True)
    with open(CATALOGUE, "w", newline="") as file:
        writer = csv.DictWriter(file, ["supplier", "ean", "cost"])
        writer.writeheader()
        for path in sorted(glob.glob(SUPPLIERS + "/*.xml")):
            writer.writerows(products(path))


if __name__ == "__main__":
    main()

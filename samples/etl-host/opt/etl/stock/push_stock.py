"""Send what changed since the last hour to the shop."""

import json
import os
import sys
import urllib.request

STOCK = "/srv/etl/landing/stock/stock.json"
SEEN = "/var/lib/etl/stock-seen.json"
SHOP = os.environ.get("SHOP_API", "https://shop.nordlicht.example/api/stock")


def main():
    with open(STOCK) as file:
        levels = {item["sku"]: item["free"] for item in json.load(file)["items"]}
    seen = {}
    if os.path.exists(SEEN):
        with open(SEEN) as file:
            seen = json.load(file)
    changed = {sku: free for sku, free in levels.items() if seen.get(sku) != free}
    if changed:
        request = urllib.request.Request(SHOP, json.dumps(changed).encode(), method="PUT")
        urllib.request.urlopen(request, timeout=30)
    with open(SEEN, "w") as file:
        json.dump(levels, file)
    if "--quiet" not in sys.argv:
        print(f"{len(changed)} of {len(levels)} changed")


if __name__ == "__main__":
    main()

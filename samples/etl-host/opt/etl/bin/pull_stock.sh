#!/bin/bash
# Stock levels of the warehouse system, as JSON.
set -euo pipefail
. /opt/etl/conf/etl.env

mkdir -p "$LANDING/stock"
curl -fsS --retry 3 -H "Authorization: Bearer $WMS_TOKEN" \
    https://wms.nordlicht.example/api/v2/stock -o "$LANDING/stock/stock.json.part"
mv "$LANDING/stock/stock.json.part" "$LANDING/stock/stock.json"

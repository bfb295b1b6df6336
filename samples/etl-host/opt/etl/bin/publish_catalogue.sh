#!/bin/bash
# Prices and search documents to the shop. Before a sale starts, prices are frozen: then only the search goes out.
set -uo pipefail
. /opt/etl/conf/etl.env

if [ -e /etc/etl/price-freeze ]; then
    echo "prices are frozen"
else
    aws s3 cp "$STAGING/prices/prices.csv" s3://nordlicht-shop-feeds/prices/prices.csv \
        || { echo "prices not published" | mail -s "catalogue" data-alerts@nordlicht.example; exit 1; }
fi

aws s3 cp $OUT/search/documents.jsonl s3://nordlicht-shop-feeds/search/documents.jsonl
aws lambda invoke --function-name reindex-search --invocation-type Event /dev/null

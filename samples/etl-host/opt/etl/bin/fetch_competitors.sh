#!/bin/bash
set -euo pipefail
. /opt/etl/conf/etl.env

mkdir -p $LANDING/competitors
curl -fsS -u "nordlicht:kX4-not-a-password" "https://api.pricewatch.example/v1/offers?country=DE&format=csv" \
    > $LANDING/competitors/offers-$(date +%Y%m%d).csv

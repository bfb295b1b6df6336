#!/bin/bash
# The register of postcodes changes on Sundays.
set -euo pipefail
. /opt/etl/conf/etl.env

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
cd "$tmp"
wget -q https://download.register.example/postcodes/DE.zip
unzip -q DE.zip
psql "$WAREHOUSE_DB" -c "truncate geo.postcodes" -c "\copy geo.postcodes from 'DE.txt' delimiter E'\t'"

#!/bin/bash
# extract.sh TABLE: one day of a table of the ticket shop, as CSV in the raw zone.
set -euo pipefail
. /opt/etl/etl.env

table=$1
day=${2:-$(date -d yesterday +%F)}
psql -Xq "$TICKETS_DSN" -c "\copy (select * from public.$table where updated_at::date = '$day') to stdout csv header" \
    | gzip \
    | aws s3 cp - "s3://harbor-lake/raw/$table/dt=$day/$table.csv.gz"

#!/bin/bash
# Yesterday's clean orders into the warehouse. Safe to repeat: the day is deleted first.
set -euo pipefail
. /opt/etl/conf/etl.env

day=${1:-$(date -d yesterday +%F)}
file="$STAGING/orders/orders-$day.csv"
if [ ! -s "$file" ]; then
    echo "no orders of $day, nothing to load" >&2
    exit 1
fi

psql "$WAREHOUSE_DB" -v ON_ERROR_STOP=1 <<SQL
begin;
delete from sales.order_lines where placed_at::date = '$day';
\copy sales.order_lines from '$file' csv header
commit;
SQL

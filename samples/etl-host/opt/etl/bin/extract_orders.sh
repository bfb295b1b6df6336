#!/bin/bash
# Yesterday's orders and their lines, from the read replica of the shop.
set -euo pipefail
. /opt/etl/conf/etl.env

day=${1:-$(date -d yesterday +%F)}
mkdir -p "$LANDING/orders"

psql "$SHOP_DB" -v ON_ERROR_STOP=1 -c "\copy (
    select o.id, o.customer_id, o.placed_at, o.currency, l.sku, l.quantity, l.price
      from public.orders o join public.order_lines l on l.order_id = o.id
     where o.placed_at::date = '$day') to '$LANDING/orders/orders-$day.csv' csv header"

echo "$(date '+%F %T') extracted orders of $day"

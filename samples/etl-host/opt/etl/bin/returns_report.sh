#!/bin/bash
# Returns by reason, last seven days. Reads the live shop on purpose: returns are booked by hand until Monday morning.
. /opt/etl/conf/etl.env
psql "$SHOP_DB" --html -f /opt/etl/sql/returns_by_reason.sql \
    | mail -a 'Content-Type: text/html' -s "Returns of last week" service@nordlicht.example

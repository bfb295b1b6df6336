#!/bin/bash
. /srv/dwh/etc/dwh.env

if [ ! -e "$STATE/staging.$TODAY.ok" ]; then
    die "no staging today"
fi
psql -X -v ON_ERROR_STOP=1 -f "$SQL/dim_customer.sql" || die dim_customer
psql -X -v ON_ERROR_STOP=1 -f "$SQL/fact_sales.sql" || die fact_sales

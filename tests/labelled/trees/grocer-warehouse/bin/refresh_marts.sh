#!/bin/bash
# marts are rebuilt from scratch, it takes 20 min
. /srv/dwh/etc/dwh.env
psql -X -v ON_ERROR_STOP=1 -f $SQL/mart_store_daily.sql || die store_daily

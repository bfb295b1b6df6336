#!/bin/bash
. /srv/dwh/etc/dwh.env
T=$(mktemp) || exit 1
trap 'rm -f $T' EXIT
curl -sf https://rates.example/eur/weekly.csv | tail -n +2 > $T
psql -X -c "delete from dwh.fx_rate where week = date_trunc('week', now())"
psql -X -c "\copy dwh.fx_rate from '$T' csv"

#!/bin/bash
# Cron mails what this prints: silence means that all feeds are young enough.
. /opt/etl/conf/etl.env

if [ -z "$(find $LANDING/stock/stock.json -mmin -90 2> /dev/null)" ]; then
    echo "stock.json is older than 90 minutes"
fi
if [ -z "$(find $LANDING/fx/rates.csv -mtime -4 2> /dev/null)" ]; then
    echo "rates.csv is older than four days"
fi

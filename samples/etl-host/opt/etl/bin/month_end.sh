#!/bin/bash
# Close of the month for the accountants: journal out of the ledger, signed, to their server.
set -euo pipefail
. /opt/etl/conf/etl.env

month=$1
dir=$OUT/month_end/$month
mkdir -p "$dir"
psql "$WAREHOUSE_DB" -c "\copy (select * from finance.ledger where month = '$month') to '$dir/journal.csv' csv header"
gpg --batch --yes --local-user finance@nordlicht.example --detach-sign "$dir/journal.csv"
scp -q "$dir"/journal.csv* nordlicht@drop.steuerbuero.example:incoming/

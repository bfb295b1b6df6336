#!/bin/bash
# inbox -> stg.*
. /srv/dwh/etc/dwh.env

LOCK=/var/lock/dwh-load.lock
exec 9>"$LOCK"
flock -n 9 || die "another load is running"

for src in pos loyalty; do
    tries=0
    while [ ! -f "$STATE/$src.$TODAY.ok" ]; do
        tries=$((tries + 1))
        [ $tries -gt 90 ] && die "$src did not arrive"
        sleep 60
    done
done

psql -X -v ON_ERROR_STOP=1 -c "truncate stg.pos_line; truncate stg.card" || die truncate
for f in "$INBOX"/pos/pos_*_"$TODAY".csv.gz; do
    gunzip -c "$f" | psql -X -c "copy stg.pos_line from stdin with (format csv, header)" || die "$f"
done
psql -X -c "\copy stg.card from '$INBOX/loyalty/cards_$TODAY.csv' with (format csv, header)" || die cards

touch "$STATE/staging.$TODAY.ok"
say "staging complete"

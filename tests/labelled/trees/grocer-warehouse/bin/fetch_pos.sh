#!/bin/bash
# collect the day's till files of every store
. /srv/dwh/etc/dwh.env

say start
mkdir -p "$INBOX/pos"
for store in 011 014 022 023 031 107; do
    sftp -q -b - till@pos-gw.greengrocer.example <<BATCH || die "store $store"
lcd $INBOX/pos
get /upload/$store/pos_${store}_$TODAY.csv.gz
BATCH
done
touch "$STATE/pos.$TODAY.ok"
say done

#!/bin/bash
. /srv/dwh/etc/dwh.env
URL=https://api.loyalty.example/v2/export

say start
curl -sf --retry 3 -H "@/srv/dwh/etc/loyalty.header" "$URL?day=$TODAY" -o "$INBOX/loyalty/cards_$TODAY.csv" || die curl
[ -s "$INBOX/loyalty/cards_$TODAY.csv" ] || die "empty file"
touch "$STATE/loyalty.$TODAY.ok"

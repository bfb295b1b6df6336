#!/bin/bash
# switched off in the crontab since the contract ran out
. /srv/dwh/etc/dwh.env
curl -sf "https://wx.example/hist?d=$TODAY" -o "$INBOX/weather/wx_$TODAY.csv" || die curl
touch "$STATE/weather.$TODAY.ok"

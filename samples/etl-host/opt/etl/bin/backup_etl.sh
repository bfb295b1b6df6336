#!/bin/bash
# Backup of the warehouse and of this host's settings to the NAS. Fourteen days are kept.
set -euo pipefail

day=$(date +%F)
work=$(mktemp -d /var/tmp/etl-backup.XXXXXX)
nas=/mnt/nas/backup/etl1

pg_dumpall --globals-only > "$work/globals.sql"
pg_dump --format=custom --file="$work/warehouse.dump" warehouse
cp -a /opt/etl/conf "$work/conf"
crontab -l > "$work/crontab.txt"
tar -C "$work" -czf "/var/tmp/etl-$day.tar.gz" .
sha256sum "/var/tmp/etl-$day.tar.gz" > "/var/tmp/etl-$day.tar.gz.sha256"
mv "/var/tmp/etl-$day.tar.gz" "/var/tmp/etl-$day.tar.gz.sha256" "$nas/"
find "$nas" -name 'etl-*.tar.gz*' -mtime +14 -delete
rm -rf "$work"

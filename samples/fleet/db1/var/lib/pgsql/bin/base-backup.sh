#!/bin/bash
# A base backup a day, on the backup volume.
set -euo pipefail
target=/backup/pg16/$(date +%F)
mkdir -p "$target"
pg_basebackup -D "$target" -Ft -z -X none -c fast
ln -sfn "$target" /backup/pg16/latest

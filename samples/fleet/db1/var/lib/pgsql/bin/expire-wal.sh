#!/bin/bash
# WAL older than the oldest base backup that we keep.
set -euo pipefail
find /backup/pg16 -maxdepth 1 -type d -name '20*' -mtime +8 -exec rm -rf {} +
oldest=$(ls -1d /backup/pg16/20* | head -n 1)
pg_archivecleanup /backup/wal "$(basename "$(ls "$oldest"/*.backup | head -n 1)")"

#!/bin/bash
# Wait for the partner's files, an hour at most, then let Glue turn them into Parquet.
set -euo pipefail

SOURCE=s3://coastal-partner-drop/incoming/
tries=60

until aws s3 ls "$SOURCE" | grep -q '\.csv$'; do
    tries=$((tries - 1))
    if [ "$tries" -le 0 ]; then
        echo "no file below $SOURCE after an hour" >&2
        exit 1
    fi
    sleep 60
done

aws glue start-job-run --job-name csv_to_parquet

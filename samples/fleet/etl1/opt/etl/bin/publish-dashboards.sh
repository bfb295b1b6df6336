#!/bin/bash
# Tell the BI server to read the marts again, and wait until it has.
set -euo pipefail
curl -fsS -X POST https://bi.harbortickets.example/refresh
until curl -fsS https://bi.harbortickets.example/refresh | grep -q done; do
    sleep 15
done

#!/bin/bash
# Coordinates for addresses that have none yet, 500 at a time.
set -euo pipefail
. /opt/etl/conf/etl.env
cd /opt/etl
exec venv/bin/python geo/geocode.py --table crm.addresses --limit 500

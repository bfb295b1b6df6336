#!/bin/bash
# scrub.sh DAYS: raw frames older than that are on tape
source /home/observer/night/bin/common.sh
find ${RAW_DIR} -maxdepth 1 -type d -mtime +$1 -exec rm -rf {} \;

#!/bin/bash
. /opt/ops/lib/metrics.sh

df -P -x tmpfs | awk 'NR > 1 {print $6, $5 + 0}' | while read mount percent; do
    metric "disk.$mount" "$percent"
    if [ "$percent" -ge 92 ]; then
        logger -t check_disk "$mount is $percent% full"
    fi
done
prom disk_checked "$(date +%s)"

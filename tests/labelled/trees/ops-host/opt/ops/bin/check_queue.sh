#!/bin/bash
. /opt/ops/lib/metrics.sh
LAST=$OPS_STATE/queue.last

if [ "$1" = --reset ]; then
    rm -f $LAST
    exit 0
fi

now=$(postqueue -p | tail -n 1 | awk '{print $5 + 0}')
before=$(cat $LAST 2>/dev/null || echo 0)
echo "$now" > $LAST
metric mail.queue "$now"
prom mail_queue "$now"
(( now - before > 200 )) && logger -t check_queue "queue grew from $before to $now"
exit 0

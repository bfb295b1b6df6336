#!/bin/bash
# Sessions out of the raw clicks, as a Glue job. Tells the team when Glue does not even take the job.
set -uo pipefail
. /opt/etl/conf/etl.env

day=$(date -d yesterday +%F)
tries=0
until aws s3 ls "$LAKE/clicks/raw/dt=$day/_SUCCESS" > /dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge 60 ]; then
        echo "gave up waiting for the clicks of $day" >&2
        exit 1
    fi
    sleep 120
done

aws glue start-job-run --job-name sessionize-clicks \
    --arguments "{\"--input\": \"$LAKE/clicks/raw/dt=$day/\", \"--output\": \"$LAKE/clicks/sessions/dt=$day/\"}" \
  || aws sns publish --topic-arn arn:aws:sns:eu-central-1:111122223333:data-alerts \
         --subject "sessionize-clicks" --message "Glue refused the run of $day"

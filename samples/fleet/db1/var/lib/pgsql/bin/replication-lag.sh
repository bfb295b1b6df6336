#!/bin/bash
# Mail when a replica is more than a minute behind.
lag=$(psql -XAtq -d tickets -c "select coalesce(max(extract(epoch from replay_lag)), 0)::int from pg_stat_replication")
if [ "$lag" -gt 60 ]; then
    echo "replica is ${lag}s behind" | mail -s "replication lag on db1" dba@harbortickets.example
fi

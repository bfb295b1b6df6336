#!/bin/bash
# second copy, after the disk. Takes the home itself, the disk may be unplugged.
LOG=/home/jana/backup/log/$(date +%Y-%m).log
export BORG_REPO=/mnt/nas/${NAS_SHARE:?}/borg
export BORG_PASSCOMMAND="cat /home/jana/.borg-pass"

# one borg at a time, also when started by hand
exec 8>/tmp/borg.lock
flock -w 600 8 || exit 1

borg create --compression zstd --exclude '*/.cache' ::{now:%Y-%m-%d} /home/jana >> $LOG 2>&1
borg prune --keep-daily 7 --keep-weekly 5 --keep-monthly 12 >> $LOG 2>&1

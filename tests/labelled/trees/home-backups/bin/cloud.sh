#!/bin/bash
# cloud.sh WHAT REMOTE
# third copy: what disk.sh copied goes to the cloud
LOG=/home/jana/backup/log/$(date +%Y-%m).log

SRC="$HOME/$1"
# SRC="/mnt/usb/$1"      # was: from the disk. Too slow over USB 2
rclone sync --transfers 2 --bwlimit 1M --exclude-from /home/jana/backup/etc/exclude.$1 "$SRC" "$2:" >> $LOG 2>&1

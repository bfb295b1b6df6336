#!/bin/bash
# disk.sh WHAT: copy one folder of the home to the USB disk
WHAT=$1
SRC=/home/jana/$WHAT
DST=/mnt/usb/$WHAT
LOG=/home/jana/backup/log/$(date +%Y-%m).log

mountpoint -q /mnt/usb || { echo "disk is not there"; exit 1; }
rsync -a --delete --exclude-from=/home/jana/backup/etc/exclude.$WHAT "$SRC/" "$DST/" >> $LOG 2>&1

#!/bin/sh
# the 1st of the month: take the disk to grandma
echo "Swap the USB disks, and test one restore." | mail -s "Backup day" jana

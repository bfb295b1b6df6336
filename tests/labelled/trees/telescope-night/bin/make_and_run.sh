#!/bin/bash
# one rsync a disk, in a script of the day so that it can be run again by hand
cd /home/observer/night/tmp || exit 1
rm -f today.sh
echo "rsync -a /export/spectra/ /backup/disk1/spectra/" >> today.sh
echo "rsync -a /export/notes/ /backup/disk2/notes/" >> today.sh
chmod +x today.sh
./today.sh

#!/bin/bash
# the week's fluxes to the archive of the institute
source /home/observer/night/bin/common.sh
list="";
for i in 1 2 3 4 5 6 7;
do
    night=`date -d "$i days ago" +%Y%m%d`;
    list=${list}" "${PHOT_DIR}${night}".dat";
done;
tar czf /tmp/phot_week.tgz ${list} && scp /tmp/phot_week.tgz archive.astro.uni.example:/incoming/dome2/;

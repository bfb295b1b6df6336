#!/bin/sh
# whole database, seven generations
D=/var/backups/shop
mysqldump --defaults-extra-file=/var/www/.my.cnf --single-transaction shop | gzip > $D/shop-`date +%a`.sql.gz.tmp &&
mv $D/shop-`date +%a`.sql.gz.tmp $D/shop-`date +%a`.sql.gz

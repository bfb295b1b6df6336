#!/bin/bash
# Price lists of all suppliers, over SFTP. One that does not answer must not stop the others.
. /opt/etl/conf/etl.env

mkdir -p "$LANDING/suppliers"
for supplier in bergzeit alpenkraft fjordline kletterhaus; do
    sftp -b - "nordlicht@sftp.$supplier.example" <<SFTP || echo "$supplier did not answer" >&2
get outbox/pricelist.xml $LANDING/suppliers/$supplier.xml
SFTP
done

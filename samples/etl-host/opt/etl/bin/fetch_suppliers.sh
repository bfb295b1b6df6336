#!/bin/bash
# Price lists of all suppliers, over SFTP. One that does not answer must not stop the others.
. /opt/etl/conf/etl.env

mkdir -p "$LANDING/suppliers"
for supplier in bergzeit alpenkraft fjordline kletterhaus; do
    curl -fsS --retry 2 --key /home/etl/.ssh/suppliers "sftp://nordlicht@sftp.$supplier.example/outbox/pricelist.xml" \
        -o "$LANDING/suppliers/$supplier.xml" || echo "$supplier did not answer" >&2
done

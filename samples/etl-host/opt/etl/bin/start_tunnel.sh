#!/bin/bash
# The warehouse database is behind the bastion; everything here talks to localhost:6432.
nohup ssh -N -o ExitOnForwardFailure=yes -o ServerAliveInterval=30 \
    -L 6432:warehouse.internal:5432 etl@bastion.nordlicht.example -- warehouse-tunnel \
    >> /var/log/etl/tunnel.log 2>&1 &

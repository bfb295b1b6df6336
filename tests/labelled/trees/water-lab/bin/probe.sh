#!/bin/sh
# instrument on the network? writes nothing, mails when silent
ping -c1 -W2 icpms.lab.example >/dev/null && exit
echo "no answer from the ICP-MS since $(date)"

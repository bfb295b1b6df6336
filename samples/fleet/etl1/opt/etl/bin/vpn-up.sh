#!/bin/sh
# The ad platform only talks to the office's address.
exec sudo /usr/sbin/openvpn --daemon --config /etc/openvpn/office.conf

#!/usr/bin/python3
"""Days until each certificate of certs.txt ends."""
import argparse
import datetime
import socket
import ssl

import psycopg2

HOSTS = "/opt/ops/etc/certs.txt"


def days_left(host):
    context = ssl.create_default_context()
    with context.wrap_socket(socket.create_connection((host, 443), 10), server_hostname=host) as s:
        end = datetime.datetime.strptime(s.getpeercert()["notAfter"], "%b %d %H:%M:%S %Y %Z")
    return (end - datetime.datetime.utcnow()).days


def main():
    ap = argparse.ArgumentParser()
    ap.add_argument("--days", type=int, default=30)
    args = ap.parse_args()
    with open(HOSTS) as f:
        hosts = [line.strip() for line in f if line.strip()]
    db = psycopg2.connect(host="pgmon.hoster.example", dbname="metrics")
    with db, db.cursor() as cursor:
        for host in hosts:
            left = days_left(host)
            cursor.execute("INSERT INTO samples (host, name, value) VALUES (%s, 'cert.days', %s)", (host, left))
            if left < args.days:
                print(host, left)


main()

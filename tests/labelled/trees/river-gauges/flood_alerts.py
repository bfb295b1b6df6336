#!/usr/bin/env python3
import csv
import smtplib
from email.message import EmailMessage

import yaml

from gauges import settings

conf = settings.load()
with open("thresholds/levels.yaml") as handle:
    limits = yaml.safe_load(handle)

alarms = []
with open(conf["paths"]["products"] + "/daily.csv") as handle:
    for row in csv.DictReader(handle):
        limit = limits.get(row["station"])
        if limit and float(row["peak"]) > limit:
            alarms.append(f"{row['station']}: {row['peak']} m > {limit} m")

if alarms:
    mail = EmailMessage()
    mail["Subject"] = f"{len(alarms)} stations above their limit"
    mail["To"] = conf["mail"]["to"]
    mail.set_content("\n".join(alarms))
    with smtplib.SMTP("localhost") as server:
        server.send_message(mail)

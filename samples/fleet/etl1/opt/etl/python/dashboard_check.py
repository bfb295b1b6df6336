"""Look at the dashboards before the others do: mail when one shows no data of yesterday."""

import smtplib
import urllib.request

BOARDS = ("sales", "venues", "customers")
stale = []
for board in BOARDS:
    with urllib.request.urlopen(f"https://bi.harbortickets.example/boards/{board}/age") as answer:
        if int(answer.read()) > 86400:
            stale.append(board)
if stale:
    with smtplib.SMTP("localhost") as mail:
        mail.sendmail("etl@etl1", "data@harbortickets.example", "Subject: stale boards\n\n" + "\n".join(stale))

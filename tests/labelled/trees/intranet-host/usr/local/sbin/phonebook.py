#!/usr/bin/env python3
"""The phone book as a PDF on the intranet."""
import json

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

PEOPLE = "/var/lib/people/people.json"
TARGET = "/srv/www/phonebook.pdf"

with open(PEOPLE) as handle:
    people = sorted(json.load(handle), key=lambda p: p["name"])

page = canvas.Canvas(TARGET, pagesize=A4)
for number, person in enumerate(people):
    page.drawString(60, 800 - number % 50 * 15, f"{person['name']:40} {person['phone']}")
    if number % 50 == 49:
        page.showPage()
page.save()

#!/bin/sh
# all reports of today in one file
cd /home/reports/out || exit 1
pdfunite ??-*-$(date +%F).pdf all.pdf.new && mv all.pdf.new all.pdf

#!/usr/bin/env python3
"""Complain on syslog when the newest reading is older than three hours."""
import sqlite3
import syslog

db = sqlite3.connect("file:/data/hydro/gauges.db?mode=ro", uri=True)
(age,) = db.execute("SELECT (julianday('now') - julianday(max(at))) * 24 FROM readings").fetchone()
if age is None or age > 3:
    syslog.syslog(syslog.LOG_WARNING, f"no reading for {age} hours")

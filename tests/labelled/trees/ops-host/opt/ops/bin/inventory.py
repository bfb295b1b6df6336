#!/usr/bin/python3
"""What is installed here, for the CMDB."""
import json
import platform
import subprocess

import requests

packages = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${Version}\n"], capture_output=True, text=True).stdout
report = {"host": platform.node(), "kernel": platform.release(), "packages": packages.splitlines()}
requests.post("https://cmdb.hoster.example/api/hosts", data=json.dumps(report), timeout=30)
